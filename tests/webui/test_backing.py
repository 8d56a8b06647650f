"""What stands behind a loan, at the desks: appraisal, guarantors, collateral."""

from __future__ import annotations

from datetime import date

from coopbook import appraisal, loans, members, savings, security
from coopbook.money import Money
from coopbook.people import approvals
from tests.conftest import FIRST_DAY, TODAY, Coop, as_
from tests.coopbook.rounds.neighbours import approve, furnish_street
from tests.webui.conftest import Desks, plain
from tests.webui.test_counter_savings import ON, in_english

ASKED = Money(3_000_000)


def asked(coop: Coop) -> tuple[int, int]:
    """Let Wati ask for three million; return the loan's number and Tuti's."""
    with coop.open() as book:
        wati, tuti = furnish_street(book, ("Wati", "Tuti"))
        account = savings.account_for(book, tuti, "voluntary")
        assert account is not None
        savings.deposit(book, account, Money(900_000), on=FIRST_DAY)
        with as_(book, "dewi"):
            loan = loans.apply(
                *(book, wati, loans.product(book, "productive"), ASKED),
                term=12,
                purpose="Warung",
                on=TODAY,
            )
        return loan.number, tuti.number


FOUND = {
    "business": "Warung sayur",
    "income": "3000000",
    "expenses": "1500000",
    "recommends": "lend",
    "on": ON,
}
JUDGED = {
    f"of_{name}": "good"
    for name in ("character", "capacity", "capital", "collateral", "conditions")
}


def test_an_appraisal_says_at_once_whether_the_installments_fit(desks: Desks) -> None:
    number, _ = asked(desks.coop)
    in_english(desks, "dewi")
    path = f"/loans/{number}/appraisal"
    short = desks.send(path, **JUDGED, **{**FOUND, "income": "2000000"})
    assert "It does not fit." in plain(short)
    shown = desks.send(path, **JUDGED, **FOUND)
    assert "Rp 1.500.000 is left of a month" in plain(shown)
    assert "at most Rp 600.000 may go to them. It fits." in plain(shown)

    posted = desks.post(path, **JUDGED, **FOUND)

    assert posted.headers["Location"] == f"/loans/{number}/backing"
    page = desks.text(f"/loans/{number}/backing")
    assert "it fits" in page
    assert "Warung sayur" in page
    assert "installments fit" in desks.text(f"/loans/{number}")
    with desks.coop.read() as book:
        row = appraisal.appraisal_of(book, loans.loan(book, number))
        assert row is not None
        assert row.appraised_by == "dewi"
        approved = loans.asked_for(book, loans.loan(book, number))
    with desks.coop.open() as book:
        approve(book, approved)
    late = desks.send(path, **JUDGED, **FOUND)
    assert late.status_code == 422
    assert "was decided on already" in plain(late)


def test_a_guarantor_is_written_down_held_and_let_go_by_two(desks: Desks) -> None:
    number, tuti = asked(desks.coop)
    in_english(desks, "dewi")
    path = f"/loans/{number}/guarantors/new"
    about = {"relation": "tetangga", "amount": "500000", "on": ON}
    nobody = desks.send(path, name="Pak RT", hold="y", **about)
    assert "There are no voluntary savings of Pak RT to hold." in plain(nobody)
    unknown = desks.send(path, member="4711", **about)
    assert unknown.status_code in (404, 422)
    much = desks.send(path, member=tuti, hold="y", **{**about, "amount": "950000"})
    assert "At most Rp 900.000 of this account can be held" in plain(much)

    desks.post(path, member=tuti, hold="y", **about)
    desks.post(path, name="Pak Harun", **about)

    page = desks.text(f"/loans/{number}/backing")
    assert "held on savings" in page
    assert "by word alone" in page
    assert "16 %" in page  # 500,000 of 3,000,000; a word covers nothing
    freed = desks.post(
        f"/loans/{number}/guarantors/1/release", reason="pindah desa", on=ON
    )
    assert freed.headers["Location"] == f"/loans/{number}/backing"
    assert "It waits for a second person." in desks.text(f"/loans/{number}/backing")
    with desks.coop.read() as book:
        row = security.guarantor(book, loans.loan(book, number), 1)
        assert row.released_on is None
    in_english(desks, "budi")
    assert "Let a guarantor of a running loan go" in desks.text("/approvals")
    with desks.coop.read() as book:
        released = loans.asked_for(book, loans.loan(book, number))
        assert released is not None
        freeing = max(one.number for one in approvals.inbox(book))
    shown = desks.text(f"/approvals/{freeing}")
    assert "Tuti" in shown
    assert "pindah desa" in shown
    deciding = desks.text(f"/approvals/{released.number}")
    assert "Tuti, Pak Harun" in deciding  # who answers stands where one decides


def test_the_guarantor_sees_it_on_the_phone(desks: Desks) -> None:
    number, _ = asked(desks.coop)
    with desks.coop.open() as book:
        loan, siti = loans.loan(book, number), members.member(book, 1)
        security.guarantee(
            *(book, loan, Money(250_000)), on=TODAY, relation="kakak", member=siti
        )
        from coopbook.people import Role, add_user
        from tests.conftest import PASSWORD_HASH

        add_user(
            *(book, "siti", "Siti", PASSWORD_HASH, [Role.MEMBER]),
            on=FIRST_DAY,
            member_number=1,
            hashed=True,
        )
    in_english(desks, "siti")
    said = desks.text("/mine")
    assert "You answer for" in said
    assert f"Loan {number} · Wati" in said
    assert desks.get(f"/loans/{number}/backing").status_code == 403


def test_collateral_is_taken_in_kept_elsewhere_and_given_back(desks: Desks) -> None:
    number, _ = asked(desks.coop)
    in_english(desks, "dewi")
    about = {
        "kind": "vehicle",
        "description": "Honda Beat 2019",
        "document": "BPKB N-01",
        "owner": "Wati",
        "relation": "sendiri",
        "value": "9000000",
        "appraised_by": "Dewi",
        "kept_where": "Lemari besi",
        "on": ON,
    }
    path = f"/loans/{number}/collateral/new"
    much = desks.send(path, accepted="7000000", **about)
    assert "at most Rp 6.300.000 counts as cover" in plain(much)
    desks.post(path, insured_until="01/02/2027", **about)
    twice = desks.send(path, **about)
    assert "secures loan" in plain(twice)
    assert "210 %" in desks.text(f"/loans/{number}/backing")
    desks.post("/collateral/1/place", kept_where="Bank, kotak 4")
    assert "Bank, kotak 4" in desks.text("/collateral")
    paper = desks.get("/collateral/1.pdf")
    assert paper.data.startswith(b"%PDF")

    with desks.coop.open() as book:
        loans.cancel(book, loans.loan(book, number))
    assert "to give back" in desks.text("/collateral")
    desks.post("/collateral/1/release", to="Wati", reason="batal", on=ON)

    with desks.coop.read() as book:
        row = security.collateral(book, 1)
        assert (row.released_on, row.released_to) == (TODAY, "Wati")
        assert row.insured_until == date(2027, 2, 1)
    assert "No collateral lies here." in desks.text("/collateral")


def test_own_savings_are_held_for_a_loan(desks: Desks) -> None:
    number, _ = asked(desks.coop)
    with desks.coop.open() as book:
        wati = loans.loan(book, number).member
        account = savings.account_for(book, wati, "voluntary")
        assert account is not None
        savings.deposit(book, account, Money(400_000), on=FIRST_DAY)
        own = account.number
    in_english(desks, "dewi")
    desks.post(f"/loans/{number}/holding", account=own, amount="300000", on=ON)
    assert "10 %" in desks.text(f"/loans/{number}/backing")


def test_tellers_look_and_do_not_write(desks: Desks) -> None:
    number, _ = asked(desks.coop)
    desks.log_in("rina")
    page = desks.text(f"/loans/{number}/backing")
    assert "guarantors/new" not in page
    for path in ("appraisal", "guarantors/new", "collateral/new", "holding"):
        assert desks.get(f"/loans/{number}/{path}").status_code == 403
    application = desks.get(f"/loans/{number}/application.pdf")
    assert application.data.startswith(b"%PDF")
