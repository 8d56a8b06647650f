"""Lists of what is due at the desks: made, printed, keyed in; officers; quotations."""

from __future__ import annotations

import re

from coopbook import ledger, loans, rounds
from coopbook.money import Money
from tests.conftest import TODAY, Coop
from tests.coopbook.rounds.neighbours import furnish_street, lend
from tests.webui.conftest import Desks, hidden_fields, plain
from tests.webui.test_counter_savings import ON, in_english


def lent(coop: Coop) -> list[int]:
    """Lend three neighbours in two hamlets the same; two installments are due."""
    with coop.open() as book:
        near = furnish_street(book, ("Wati", "Tuti"))
        far = furnish_street(book, ("Endang",), hamlet="Alas")
        return [lend(book, who).number for who in (*near, *far)]


def test_a_list_is_made_printed_and_keyed_in_against_its_total(desks: Desks) -> None:
    found = lent(desks.coop)
    in_english(desks, "rina")
    page = desks.text("/loans/due?hamlet=Krajan")
    assert "2 loans" in page
    assert "Endang" not in page
    made = desks.client.post(
        "/loans/lists?hamlet=Krajan",
        data=hidden_fields(desks.get("/loans/due?hamlet=Krajan").text),
    )
    assert made.headers["Location"] == "/loans/lists/1"
    assert "still out" in desks.text("/loans/lists/1")
    paper = desks.get("/loans/lists/1.pdf")
    assert paper.data.startswith(b"%PDF")
    assert "DT-000001" in paper.headers["Content-Disposition"]

    typed = {
        f"a{found[0]}": "118.000",
        f"a{found[1]}": "40000",
        "control": "158000",
        "collector": "Dewi",
        "place": "field",
        "on": ON,
    }
    wrong = desks.send("/loans/lists/1/keying", **{**typed, "control": "185000"})
    assert "27.000 apart" in plain(wrong)
    strange = desks.send("/loans/lists/1/keying", **{**typed, f"a{found[0]}": "1,5"})
    assert strange.status_code == 422
    desks.post("/loans/lists/1/keying", **typed)

    with desks.coop.read() as book:
        row = rounds.round_of(book, rounds.due_list(book, 1))
        assert row is not None
        assert (row.control, row.payers, row.collector) == (Money(158_000), 2, "Dewi")
        voucher = ledger.entry(book, row.entry_number).voucher
    page = desks.text("/loans/lists/1")
    assert voucher in page
    assert "still out" not in page
    assert "158.000" in desks.text("/loans/lists")
    twice = desks.send("/loans/lists/1/keying", **typed)
    assert "was keyed in as" in plain(twice)


def test_who_stands_on_two_papers_is_named_before_anything_is_keyed_in(
    desks: Desks,
) -> None:
    found = lent(desks.coop)
    in_english(desks, "rina")
    form = hidden_fields(desks.get("/loans/due").text)
    desks.client.post("/loans/lists?hamlet=Krajan", data=form)
    assert "another one that" not in desks.text("/loans/lists/1")
    form = hidden_fields(desks.get("/loans/due").text)
    desks.client.post("/loans/lists", data=form)
    for path in ("/loans/lists/1", "/loans/lists/1/keying", "/loans/lists/2/keying"):
        page = desks.text(path)
        assert "Loans of this list stand on another one that is still out." in page
        assert re.search(rf"List [12]</a>: loans .*\b{found[0]}\b", page)
    answer = desks.client.post(
        "/loans/lists?on=31/12/2999",
        data=hidden_fields(desks.get("/loans/due").text),
    )
    assert answer.status_code == 422
    assert "A list looks ahead to" in plain(answer)


def test_nothing_due_makes_no_list(desks: Desks) -> None:
    lent(desks.coop)
    in_english(desks, "dewi")
    path = "/loans/due?on=05/01/2026"
    assert "Nothing is due by this day." in desks.text(path)
    data = hidden_fields(desks.get("/loans/due").text)
    answer = desks.client.post(path.replace("due", "lists"), data=data)
    assert answer.status_code == 422
    assert "nothing to take along" in plain(answer)
    assert "No list was made yet." in desks.text("/loans/lists")


def test_loans_go_over_to_another_officer(desks: Desks) -> None:
    found = lent(desks.coop)
    in_english(desks, "budi")
    desks.post(f"/loans/{found[0]}/officer", officer="rina", on=ON)
    assert "Rina" in desks.text(f"/loans/{found[0]}")
    shown = desks.send("/loans/officers", before="dewi", after="tuti", on=ON)
    assert "2 running loans go over to Tuti." in plain(shown)
    desks.post("/loans/officers", before="dewi", after="tuti", on=ON)
    with desks.coop.read() as book:
        assert [one.number for one in loans.looked_after(book, "tuti")] == found[1:]
    page = desks.text("/loans/due?officer=tuti")
    assert "2 loans" in page


def test_a_quotation_is_kept_and_printed_until_something_is_paid(desks: Desks) -> None:
    number, *_ = lent(desks.coop)
    in_english(desks, "rina")
    long_ = desks.send(f"/loans/{number}/quotation", on=ON, valid_to="16/05/2026")
    assert "at most 31 days" in plain(long_)
    desks.post(f"/loans/{number}/quotation", on=ON, valid_to="23/03/2026")
    page = desks.text(f"/loans/{number}")
    assert f"/loans/{number}/quotations/1.pdf" in page
    paper = desks.get(f"/loans/{number}/quotations/1.pdf")
    assert paper.data.startswith(b"%PDF")
    assert desks.get(f"/loans/{number}/quotations/2.pdf").status_code == 404
    with desks.coop.open() as book:
        loans.repay(book, loans.loan(book, number), Money(50_000), on=TODAY)
    page = desks.text(f"/loans/{number}")
    assert "not good any more" in page
    late = desks.get(f"/loans/{number}/quotations/1.pdf")
    assert late.status_code in (409, 422)
    assert "quote again" in plain(late)
