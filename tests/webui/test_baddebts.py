"""Bad debts at the desks: what is at risk, classes, the allowance."""

from __future__ import annotations

from datetime import date

import pytest

from coopbook import baddebts, cooperatives, ledger, loans
from coopbook.baddebts import Scale
from coopbook.cooperatives import Office, begin_term
from coopbook.ledger import chart, credit, debit
from coopbook.money import Money
from coopbook.people import Role
from tests.conftest import FIRST_DAY, TODAY, Coop
from tests.coopbook.baddebts.test_assessing import replace_whole
from tests.coopbook.rounds.neighbours import furnish_street, lend
from tests.webui.conftest import Desks, hidden_fields, plain
from tests.webui.test_counter_savings import ON, in_english
from tests.webui.test_policy import only

MUCH = Money(90_000_000)
MAY_READ = (Role.MANAGER, Role.CREDIT, Role.TREASURER, Role.SUPERVISOR, Role.AUDITOR)


def lent(coop: Coop) -> list[int]:
    """Lend two neighbours 1,200,000 each, of which nothing is paid."""
    with coop.open() as book:
        street = furnish_street(book, ("Wati", "Tuti"))
        return [lend(book, who).number for who in street]


def many_late(coop: Coop, count: int) -> list[int]:
    """Lend to as many neighbours, of which nothing is paid."""
    with coop.open() as book:
        lines = [debit(chart.TELLER_CASH, MUCH), credit(33002, MUCH)]
        ledger.post(book, on=FIRST_DAY, memo="Hibah", lines=lines)
        by = cooperatives.settings(book, "share_arrears_to_borrow")[-1]
        by.value = "99"
        names = tuple(f"Tetangga {n}" for n in range(count))
        return [lend(book, who).number for who in furnish_street(book, names)]


def by_law(coop: Coop, name: str, value: int) -> None:
    with coop.open() as book:
        cooperatives.settings(book, name)[-1].value = str(value)


def test_what_is_at_risk_is_said_with_its_source(desks: Desks) -> None:
    numbers = lent(desks.coop)
    in_english(desks, "dewi")
    page = plain(desks.get("/loans/bad"))
    assert "30 days late 2 2.400.000 100,00%" in page
    assert "60 days late 0 0 0,00%" in page
    assert "Permen KUKM 20/2008, 14/2009; read in the regulation" in page
    assert "current 2 2.400.000 0" in page
    assert f"/loans/{numbers[0]}" in desks.text("/loans/bad")
    assert "late, but within what this class allows" in page
    assert "Bring the allowance up to date" not in page, "not of a credit officer"
    assert "/loans/bad" in desks.text("/loans")


def test_other_days_and_other_rules_are_shown_beside_the_books(desks: Desks) -> None:
    lent(desks.coop)
    in_english(desks, "budi")
    page = plain(desks.get("/loans/bad?policy=bank5"))
    assert "special mention 2 2.400.000" in page
    assert "general knowledge, not confirmed" in page
    assert "kkpkk2021" not in desks.text("/loans/bad"), "not guessed, not offered"
    assert desks.get("/loans/bad?policy=kkpkk2021").status_code == 422
    before = plain(desks.get("/loans/bad?on=01/02/2026"))
    assert "Nothing is late." in before
    never = plain(desks.get("/loans/bad?on=01/01/2025"))
    assert "No loan runs on this day" in never
    assert desks.get("/loans/bad?on=45/45/2026").status_code == 422


def test_the_allowance_is_seen_before_it_is_posted_and_posted_once(
    desks: Desks,
) -> None:
    lent(desks.coop)
    by_law(desks.coop, "allowance_scale", list(Scale).index(Scale.RURAL_BANK))
    in_english(desks, "yanti")
    assert "Apart 12.000" in plain(desks.get("/loans/bad"))
    shown = plain(desks.send("/loans/bad/allowance", on=ON))
    assert "ask for Rp 12.000" in shown
    assert "Loan loss provision expense" in shown
    posted = desks.post("/loans/bad/allowance", on=ON)
    assert posted.status_code == 302
    page = plain(desks.get("/loans/bad"))
    assert "Set aside already 12.000 Apart 0" in page
    with desks.coop.read() as book:
        assert ledger.account_balance(book, chart.ALLOWANCE) == Money(12_000)
        assert baddebts.allowance_due(book, TODAY).apart == Money(0)
    again = plain(desks.send("/loans/bad/allowance", on=ON))
    assert "nothing is posted" in again


def test_what_is_at_risk_is_broken_down_and_each_number_opens(desks: Desks) -> None:
    numbers = lent(desks.coop)
    in_english(desks, "sari")
    page = plain(desks.get("/loans/bad/by/hamlet"))
    assert "Krajan 2 2.400.000 2 2.400.000 100,00%" in page
    related = plain(desks.get("/loans/bad/by/related"))
    assert "no tie 2 2.400.000" in related
    assert desks.get("/loans/bad/by/luck").status_code == 404
    assert "No loan runs" in plain(desks.get("/loans/bad/by/hamlet?on=01/01/2025"))
    text = desks.text("/loans/bad/by/head")
    assert "No term of this office is written down" in text
    assert "/loans/bad/by/head/fell?term=0&on=16/03/2026" in text.replace("%2F", "/")
    behind = desks.text("/loans/bad/by/head/fell")
    assert "no term written down · first late then" in plain(
        desks.get("/loans/bad/by/head/fell")
    )
    for number in numbers:
        assert f'href="/loans/{number}"' in behind
    in_english(desks, "dewi")
    assert desks.get("/loans/bad/by/head/fell").status_code == 403
    assert desks.get("/loans/bad/by/officer").status_code == 403
    assert "/loans/bad/by/" not in desks.text("/loans/bad")


def test_each_figure_opens_its_loans(desks: Desks) -> None:
    numbers = lent(desks.coop)
    in_english(desks, "dewi")
    text = desks.text("/loans/bad")
    assert "/loans/bad/list?days=30&on=16/03/2026" in text.replace("%2F", "/")
    page = plain(desks.get("/loans/bad/list?days=30"))
    assert "2 loans, principal left 2.400.000" in page
    assert all(
        f'href="/loans/{each}"' in desks.text("/loans/bad/list") for each in numbers
    )
    assert "No loan is like this." in plain(desks.get("/loans/bad/list?days=60"))
    bank = plain(desks.get("/loans/bad/list?loan_class=special_mention&policy=bank5"))
    assert "special mention 2 loans" in bank
    assert "No loan is" in plain(desks.get("/loans/bad/list?loan_class=loss"))
    assert desks.get("/loans/bad/list?by=officer&name=dewi").status_code == 403
    assert desks.get("/loans/bad/list?days=-5").status_code == 422
    assert desks.get("/loans/bad/list?by=luck").status_code == 422

    in_english(desks, "sari")
    assert "/loans/bad/list?by=officer&name=dewi" in desks.text("/loans/bad/by/officer")
    mine = plain(desks.get("/loans/bad/list?by=officer&name=dewi"))
    assert "Officer: dewi 2 loans" in mine
    assert "No loan is" in plain(desks.get("/loans/bad/list?by=officer&name=rina"))


def test_a_term_is_held_to_what_one_would_expect(desks: Desks) -> None:
    with desks.coop.open() as book:
        for name, on in (
            ("Pak Darto", date(2026, 1, 1)),
            ("Bu Sri", date(2026, 3, 10)),
        ):
            begin_term(book, Office.VILLAGE_HEAD, name, on=on, source="SK")
    lent(desks.coop)
    in_english(desks, "sari")
    page = plain(desks.get("/loans/bad/by/head"))
    # approved on 16 March, the day of the test; late for more than 30 days on 4 March
    assert "Pak Darto 01/01/2026 – 09/03/2026 0 0 0 0 0" in page
    assert "Bu Sri 10/03/2026 – 2 2 2 1 2 2.400.000" in page
    assert "Pak Darto 2 2 1 " in page
    assert "Bu Sri 0 0 " in page
    assert "far more than expected" not in page
    picture = desks.get("/loans/bad/by/head.svg")
    assert picture.mimetype == "image/svg+xml"
    assert "Bu Sri, 2026" in picture.text
    assert "Krajan" in desks.get("/loans/bad/by/hamlet.svg").text
    approved = plain(desks.get("/loans/bad/by/head/approved?term=2"))
    assert "Bu Sri · approved then, and late since" in approved
    assert "2 loans" in approved
    for wrong in ("head/approved?term=9", "head/luck", "hamlet/fell"):
        assert desks.get(f"/loans/bad/by/{wrong}").status_code == 404


def test_a_long_list_goes_on_after_its_last_row(desks: Desks) -> None:
    numbers = many_late(desks.coop, 30)
    in_english(desks, "sari")
    first = desks.text("/loans/bad/list?days=0")
    assert f"after={numbers[24]}" in first
    assert f'href="/loans/{numbers[25]}"' not in first
    rest = desks.text(f"/loans/bad/list?days=0&after={numbers[24]}")
    shown = [number for number in numbers if f'href="/loans/{number}"' in rest]
    assert shown == numbers[25:]
    assert "Further" not in rest
    assert "From the beginning" in rest


def test_restructured_loans_and_both_allowances_have_their_lists(desks: Desks) -> None:
    lent(desks.coop)
    with desks.coop.open() as book:
        (loan, _) = (loans.loan(book, number) for number in (1, 2))
        new = replace_whole(book, loan, TODAY).number
    in_english(desks, "dewi")
    page = desks.text("/loans/bad")
    assert "only=restructured" in page
    found = desks.text("/loans/bad/list?only=restructured")
    assert f'href="/loans/{new}"' in found
    assert 'href="/loans/2"' not in found
    assert "Nothing has to be set aside" in plain(desks.get("/loans/bad/impairment"))
    later = plain(desks.get("/loans/bad/impairment?on=01/09/2027"))
    assert "Total of all loans" in later
    assert "%" in desks.get("/loans/bad/risk.svg").text


def test_the_log_of_a_loan_is_written_on_request_and_read(desks: Desks) -> None:
    lent(desks.coop)
    in_english(desks, "dewi")
    assert "The log knows nothing" in plain(desks.get("/loans/1/classes"))
    assert "No log of classes was written yet." in plain(desks.get("/loans/bad"))
    key = hidden_fields(desks.text("/loans/bad"))
    done = desks.client.post("/loans/bad/classing", data=key)
    assert done.status_code == 302
    page = plain(desks.get("/loans/bad"))
    assert "The log of classes stands up to 16/03/2026." in page
    assert "16/03/2026 it still is current" in plain(desks.get("/loans/1/classes"))
    assert 'href="/loans/1/classes"' in desks.text("/loans/1")
    assert desks.get("/loans/99/classes").status_code == 404


def test_an_unread_policy_is_named_and_not_offered(desks: Desks) -> None:
    lent(desks.coop)
    in_english(desks, "dewi")
    page = plain(desks.get("/loans/bad"))
    assert "Not offered: Four classes of the supervision tool of 2021" in page
    assert "could not be read, so they are not guessed" in page


def test_who_lends_and_who_audits_begin_with_what_is_late(desks: Desks) -> None:
    lent(desks.coop)
    in_english(desks, "dewi")
    assert "Loans to look after" in plain(desks.get("/loans"))
    in_english(desks, only(desks.coop, Role.AUDITOR))
    assert "Loans to look after" in plain(desks.get("/audit"))


@pytest.mark.parametrize("role", MAY_READ)
def test_who_answers_for_loans_reads_it(desks: Desks, role: Role) -> None:
    in_english(desks, only(desks.coop, role))
    assert desks.get("/loans/bad").status_code == 200
    posts = desks.get("/loans/bad/allowance").status_code
    assert posts == (200 if role is Role.MANAGER else 403)


@pytest.mark.parametrize("role", [Role.TELLER, Role.MEMBER])
def test_nobody_else_does(desks: Desks, role: Role) -> None:
    in_english(desks, only(desks.coop, role))
    assert desks.get("/loans/bad").status_code == 403


def test_the_by_law_chooses_the_classes_by_their_name(desks: Desks) -> None:
    lent(desks.coop)
    in_english(desks, "budi")
    page = desks.text("/bylaws/classification_policy")
    assert "Five classes of banks" in page
    asked = {"value": "1", "valid_from": ON, "source": "RAT 2026"}
    shown = plain(desks.send("/bylaws/classification_policy", **asked))
    assert "Five classes of banks from 16/03/2026 on, instead of Four classes" in shown
    absurd = desks.send("/bylaws/classification_policy", **{**asked, "value": "4"})
    assert absurd.status_code == 422
