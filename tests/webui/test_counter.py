"""The counter: take in, pay out, print, reverse."""

from __future__ import annotations

from coopbook import ledger, savings
from coopbook.money import Money
from tests.webui.conftest import Desks, hidden_fields, plain

VOLUNTARY = 2


def balance(desks: Desks) -> Money:
    with desks.coop.read() as book:
        return savings.balance(book, savings.account(book, VOLUNTARY))


def test_a_deposit_is_shown_first_and_posted_then(desks: Desks) -> None:
    desks.log_in("rina")
    asked = {"account": VOLUNTARY, "amount": "250.000", "on": "16/03/2026"}

    shown = desks.send("/counter/1/deposit", **asked)
    assert "dua ratus lima puluh ribu rupiah" in plain(shown)
    assert "Rp 350.000" in plain(shown)
    assert balance(desks) == Money(100_000)

    posted = desks.client.post(
        "/counter/1/deposit", data=hidden_fields(shown.text) | asked
    )
    assert posted.status_code == 302
    assert balance(desks) == Money(350_000)
    receipt = desks.text(posted.headers["Location"])
    assert "Rp 250.000" in receipt
    assert "Siti Aminah" in receipt


def test_what_was_changed_after_the_preview_is_shown_again(desks: Desks) -> None:
    desks.log_in("rina")
    asked = {"account": VOLUNTARY, "amount": "250.000", "on": "16/03/2026"}
    shown = desks.send("/counter/1/deposit", **asked)

    changed = desks.client.post(
        "/counter/1/deposit",
        data=hidden_fields(shown.text) | asked | {"amount": "2.500.000"},
    )

    assert changed.status_code == 200
    assert balance(desks) == Money(100_000)


def test_sending_a_form_twice_posts_once(desks: Desks) -> None:
    desks.log_in("rina")
    asked = {"account": VOLUNTARY, "amount": "50000", "on": "16/03/2026"}
    shown = desks.send("/counter/1/deposit", **asked)
    data = hidden_fields(shown.text) | asked

    first = desks.client.post("/counter/1/deposit", data=data)
    second = desks.client.post("/counter/1/deposit", data=data)

    assert first.headers["Location"] == second.headers["Location"]
    assert balance(desks) == Money(150_000)


def test_a_withdrawal_that_is_too_large_says_what_would_work(desks: Desks) -> None:
    desks.log_in("rina")

    refused = desks.send(
        "/counter/1/withdrawal",
        account=VOLUNTARY, amount="95000", on="16/03/2026",
    )  # fmt: skip

    assert refused.status_code == 422
    assert "Rp 90.000" in plain(refused)
    assert 'aria-invalid="true"' in refused.text
    assert balance(desks) == Money(100_000)


def test_a_withdrawal_is_paid_out(desks: Desks) -> None:
    desks.log_in("rina")
    desks.post(
        "/counter/1/withdrawal", account=VOLUNTARY, amount="90000", on="16/03/2026"
    )
    assert balance(desks) == Money(10_000)


def test_a_receipt_fits_every_paper(desks: Desks) -> None:
    desks.log_in("rina")
    posted = desks.post(
        "/counter/1/deposit", account=VOLUNTARY, amount="50000", on="16/03/2026"
    )
    at = posted.headers["Location"]

    for paper in ("58", "80", "a5"):
        page = desks.text(f"{at}?paper={paper}")
        link = page.split('media="print" href="')[1].split('"')[0]
        size = desks.get(link)
        assert size.mimetype == "text/css"
        assert "auto" not in size.text
    assert desks.get(f"{at}?paper=a0").status_code == 404


def test_a_mistake_is_reversed_with_a_reason_and_stays_in_the_book(
    desks: Desks,
) -> None:
    desks.log_in("rina")
    posted = desks.post(
        "/counter/1/deposit", account=VOLUNTARY, amount="50000", on="16/03/2026"
    )
    number = posted.headers["Location"].rsplit("/", 1)[1]
    assert desks.send(f"/vouchers/{number}/reversal").status_code == 422

    answer = desks.post(
        f"/vouchers/{number}/reversal", reason="Salah anggota", on="16/03/2026"
    )

    assert answer.status_code == 302
    assert balance(desks) == Money(100_000)
    with desks.coop.read() as book:
        entry = ledger.entry(book, int(number))
        undone = ledger.reversal_of(book, entry)
    assert undone is not None
    assert "Salah anggota" in desks.text(f"/books/vouchers/{undone.number}")


def test_amounts_nobody_can_mean_are_refused_at_the_form(desks: Desks) -> None:
    desks.log_in("rina")
    for typed in ("-5", "0", "1e6", "NaN", "1,250,000", "9" * 20, "<b>", "١٢٣"):
        answer = desks.send(
            "/counter/1/deposit", account=VOLUNTARY, amount=typed, on="16/03/2026"
        )
        assert answer.status_code == 422, typed


def test_the_list_of_what_was_just_done_prints_and_reverses(desks: Desks) -> None:
    desks.log_in("rina")
    desks.post("/counter/1/deposit", account=VOLUNTARY, amount="50000", on="16/03/2026")
    page = desks.text("/counter")
    assert "/reversal" in page
    assert "/receipts/" in page


def test_a_member_is_found_without_the_number_in_the_address(desks: Desks) -> None:
    desks.log_in("rina")

    by_name = desks.client.post("/members/search", data={"q": "siti", "to": "counter"})
    by_nik = desks.client.post("/members/search", data={"q": "3201014101900001"})
    listed = desks.client.post("/members/found", data={"q": "an"})

    assert by_name.headers["Location"] == "/counter/1/deposit"
    assert by_nik.headers["Location"] == "/members/1"
    assert "Ani Lestari" in listed.text
    assert desks.get("/members/search?q=siti").status_code == 405


def test_another_cooperative_is_never_seen(desks: Desks, twin) -> None:
    desks.log_in("rina", twin)
    desks.post("/counter/1/deposit", account=VOLUNTARY, amount="5000", on="16/03/2026")
    assert "Rp 1.005.000" in desks.text("/counter/1/deposit")
    assert balance(desks) == Money(100_000)


def test_amounts_are_said_in_words_while_typing(desks: Desks) -> None:
    desks.log_in("rina")
    assert desks.get("/words?amount=1.001.000").text == "satu juta seribu rupiah"
    assert desks.get("/words?amount=abc").text == ""
