"""Kinds of loans at the desk: a new one, its fees, cover; harvests, tranches, held."""

from __future__ import annotations

from dataclasses import replace

from coopbook import ledger, loans, members, savings
from coopbook.loans.fees import GoesTo, Taken
from coopbook.money import Money
from coopbook.people import approvals
from tests.conftest import FIRST_DAY, TODAY, as_
from tests.coopbook.rounds.neighbours import approve, furnish_street, lend
from tests.webui.conftest import Desks, hidden_fields, plain
from tests.webui.test_counter_savings import ON, in_english


def shown_fields(desks: Desks, path: str) -> dict[str, str]:
    """Return what a form holds, as a browser would send it back."""
    import re

    page = desks.get(path).text.split("<main", 1)[-1]
    found = hidden_fields(page)
    for tag in re.findall(r"<input[^>]*>", page):
        name, value = (re.search(rf'{one}="([^"]*)"', tag) for one in ("name", "value"))
        if name and 'type="checkbox"' not in tag and 'type="hidden"' not in tag:
            found[name[1]] = value[1] if value else ""
    for name, inner in re.findall(
        r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', page, re.S
    ):
        chosen = re.search(r'<option selected value="([^"]*)"', inner)
        first = re.search(r'<option[^>]*value="([^"]*)"', inner)
        picked = chosen or first
        assert picked is not None
        found[name] = picked[1]
    return found


def test_a_new_kind_begins_like_another_once_two_agree(desks: Desks) -> None:
    in_english(desks, "budi")
    about = {
        "code": "panen",
        "name_id": "Pinjaman Panen",
        "name_en": "Harvest loan",
        "like": "productive",
        "reason": "RAT 2026",
    }
    known = desks.send("/loans/products/new", **{**about, "code": "consumer"})
    assert "There is a kind of loan “consumer” already." in plain(known)
    odd = desks.send("/loans/products/new", **{**about, "code": "pa nen!"})
    assert "Write a short name" in plain(odd)
    desks.post("/loans/products/new", **about)
    in_english(desks, "wati")
    assert "Pinjaman Panen" in desks.text("/approvals")
    assert "Begins with the terms of" in desks.text("/approvals/1")
    in_english(desks, "budi")
    with desks.coop.open() as book:
        assert "panen" not in {one.code for one in loans.products(book)}
        (asked,) = approvals.inbox(book)
        approve(book, asked, by="wati")
        row, like = loans.product(book, "panen"), loans.product(book, "productive")
        assert (row.rate, row.limit, row.account_number) == (
            *(like.rate, like.limit, like.account_number),
        )
    assert "Harvest loan" in desks.text("/loans/products")


def test_fees_and_cover_of_a_kind_are_changed_and_kept(desks: Desks) -> None:
    in_english(desks, "budi")
    path = "/loans/products/productive"
    asked = shown_fields(desks, path) | {
        "fees-0-title": "Premi asuransi",
        "fees-0-fixed": "60000",
        "fees-0-goes_to": "held",
        "fees-1-title": "Wajib pinjam",
        "fees-1-percent": "1",
        "fees-1-goes_to": "share",
        "cover": "80",
        "joint": "y",
        "reason": "Rapat pengurus",
    }
    checked = desks.client.post(path, data=asked)
    assert checked.status_code == 200, plain(checked)
    desks.client.post(path, data=asked | hidden_fields(checked.text))
    with desks.coop.open() as book:
        (waiting,) = approvals.inbox(book)
        approve(book, waiting, by="wati")
        found = loans.conditions_of(loans.product(book, "productive"))
    assert [(one.name, one.goes_to, one.taken) for one in found.fees] == [
        ("Premi asuransi", GoesTo.HELD, Taken.DEDUCTED),
        ("Wajib pinjam", GoesTo.SHARE, Taken.DEDUCTED),
    ]
    assert (found.cover, found.joint) == (80, True)
    page = desks.text("/loans/products")
    assert "held for others, like an insurer" in page
    assert "80 percent of the loan" in page
    again = shown_fields(desks, path)
    assert again["fees-0-title"] == "Premi asuransi"
    assert again["fees-1-percent"] == "1"


def test_a_loan_is_due_at_harvests(desks: Desks) -> None:
    with desks.coop.open() as book:
        (wati,) = furnish_street(book, ("Wati",))
        number = wati.number
    in_english(desks, "dewi")
    path = f"/members/{number}/loans/new"
    asked = {
        "product": "productive",
        "amount": "900000",
        "term": "12",
        "purpose": "Panen",
        "dates": "20/07/2026, 30/11/2026",
        "on": ON,
    }
    wrong = desks.send(path, **{**asked, "dates": "20/07/2026, kemarau"})
    assert wrong.status_code == 422
    shown = desks.send(path, **asked)
    assert "30/11/2026" in plain(shown)
    desks.post(path, **asked)
    with desks.coop.read() as book:
        (loan,) = loans.loans_of(book, members.member(book, number))
        days = [row.due_on.isoformat() for row in loans.schedule_of(book, loan)]
    assert days == ["2026-07-20", "2026-11-30"]


def test_more_of_a_loan_is_paid_out_and_held_money_goes_back(desks: Desks) -> None:
    with desks.coop.open() as book:
        (wati,) = furnish_street(book, ("Wati",))
        product = loans.product(book, "productive")
        kept = loans.conditions_of(product)
        product.conditions = replace(kept, approved=Money(3_000_000)).text()
        loan = lend(book, wati)
        loans.repay(book, loan, Money(70_000), on=FIRST_DAY, wish=loans.Wish.HOLD)
        number = loan.number
    in_english(desks, "rina")
    page = desks.text(f"/loans/{number}")
    assert f"/loans/{number}/tranche" in page
    assert f"/loans/{number}/held" in page
    much = desks.send(f"/loans/{number}/held", amount="70001", on=ON)
    assert much.status_code == 422
    desks.post(f"/loans/{number}/held", amount="70000", on=ON)
    desks.post(f"/loans/{number}/tranche", amount="500000", on=ON)
    with desks.coop.read() as book:
        loan = loans.loan(book, number)
        assert loans.undrawn(book, loan) == Money(1_300_000)
        assert ledger.card_balance(book, *loan.card) == Money(1_700_000)
    page = desks.text(f"/loans/{number}")
    assert f"/loans/{number}/held" not in page


def test_a_share_kept_back_is_on_the_slip_of_the_payout(desks: Desks) -> None:
    from coopbook.loans.conditions import Conditions
    from coopbook.loans.fees import Fee

    with desks.coop.open() as book:
        (wati,) = furnish_street(book, ("Wati",))
        savings.offer(book, "special", on=FIRST_DAY)
        share = Fee("Wajib pinjam", Money(50_000), goes_to=GoesTo.SHARE)
        product = loans.product(book, "productive")
        product.conditions = Conditions(fees=(share,)).text()
        with as_(book, "dewi"):
            loan = loans.apply(
                *(book, wati, product, Money(1_000_000)),
                term=10,
                purpose="x",
                on=TODAY,
            )
        approve(book, loans.asked_for(book, loan))
        number = loan.number
    in_english(desks, "rina")
    said = desks.text(f"/loans/{number}/disbursement")
    assert "50.000" in said
    desks.post(f"/loans/{number}/disbursement", on=ON)
    assert "Special mandatory share" in desks.text(f"/members/{wati_of(desks, number)}")


def wati_of(desks: Desks, number: int) -> int:
    with desks.coop.read() as book:
        return loans.loan(book, number).member_number
