"""Who pays: what is planted is asked about, and nothing else is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from coopbook import (
    ledger,
    loans,
    orders,
    people,
    savings,
)
from coopbook.dates import months_after
from coopbook.earlywarning import Kind
from coopbook.ledger import debit
from coopbook.money import Money
from coopbook.orders import StandingOrder
from coopbook.people import Role
from tests.conftest import FIRST_DAY, PASSWORD_HASH
from tests.coopbook.earlywarning.villages import (
    found_of,
    lend_on,
    settled_street,
)
from tests.coopbook.rounds.neighbours import voluntary_of

DUE = months_after(FIRST_DAY, 1)
ONE = timedelta(days=1)


# -- somebody else pays -------------------------------------------------------


def test_an_installment_in_the_name_of_the_officer_is_asked_about(village, wati):
    loan = lend_on(village, wati)  # dewi proposed it
    row = loans.schedule_of(village, loan)[0]
    loans.repay(village, loan, row.total, on=row.due_on, payer="Ibu DEWI")
    (one,) = found_of(village, row.due_on, Kind.OFFICER_PAYS)
    assert (one.loans, one.facts["name"], one.facts["named"]) == (
        *((loan.number,), "dewi"),
        row.total,
    )
    assert one.facts["by"] == ("rina",)
    assert found_of(village, row.due_on - ONE, Kind.OFFICER_PAYS) == []


@pytest.mark.parametrize("payer", ["", "Wati", "Tuti Rahayu", "Rina"])
def test_an_installment_in_another_name_is_not(village, wati, payer):
    """Wati is the borrower herself; Rina works here, but tends no loan and is none."""
    loan = lend_on(village, wati)
    row = loans.schedule_of(village, loan)[0]
    loans.repay(village, loan, row.total, on=row.due_on, payer=payer)
    assert found_of(village, row.due_on, Kind.OFFICER_PAYS) == []


def test_whoever_looked_after_the_loan_at_any_time_counts(village, wati):
    loan = lend_on(village, wati)
    row = loans.schedule_of(village, loan)[0]
    loans.repay(village, loan, row.total, on=row.due_on, payer="Rina")
    assert found_of(village, row.due_on, Kind.OFFICER_PAYS) == []
    loans.look_after(village, [loan], "rina", on=FIRST_DAY)
    loans.look_after(village, [loan], "budi", on=row.due_on)
    (one,) = found_of(village, row.due_on, Kind.OFFICER_PAYS)
    assert one.facts["name"] == "rina"


def test_what_was_reversed_was_paid_by_nobody(village, wati):
    loan = lend_on(village, wati)
    row = loans.schedule_of(village, loan)[0]
    paid = loans.repay(village, loan, row.total, on=row.due_on, payer="Dewi")
    ledger.reverse(village, paid, on=row.due_on, reason="salah")
    assert found_of(village, row.due_on, Kind.OFFICER_PAYS) == []


def worker(book, who, role=Role.TELLER, name="asih"):
    return people.add_user(
        *(book, name, "Asih Utami", PASSWORD_HASH, [role]),
        on=FIRST_DAY,
        member_number=who.number,
        hashed=True,
    )


@pytest.mark.parametrize(("role", "asked"), [(Role.TELLER, 1), (Role.MEMBER, 0)])
def test_who_works_here_and_is_a_member_may_pay_for_nobody_unasked(
    village, role, asked
):
    borrower, other = settled_street(village, ("Wati", "Endang"))
    worker(village, other, role)
    loan = lend_on(village, borrower)
    row = loans.schedule_of(village, loan)[0]
    loans.repay(village, loan, row.total, on=row.due_on, payer="Bu Endang")
    assert len(found_of(village, row.due_on, Kind.OFFICER_PAYS)) == asked


def test_who_works_here_pays_the_own_loan_by_either_name(village):
    (other,) = settled_street(village, ("Endang",))
    worker(village, other)
    loan = lend_on(village, other)
    for row, payer in zip(
        loans.schedule_of(village, loan), ("Asih Utami", "Endang"), strict=False
    ):
        loans.repay(village, loan, row.total, on=row.due_on, payer=payer)
    assert found_of(village, DUE + 40 * ONE, Kind.OFFICER_PAYS) == []


def test_savings_of_who_works_here_pay_nobody_elses_loan_unasked(village):
    borrower, other = settled_street(village, ("Wati", "Endang"))
    worker(village, other)
    loan, own = lend_on(village, borrower), lend_on(village, other)
    account = voluntary_of(village, other)
    savings.deposit(village, account, Money(900_000), on=FIRST_DAY)
    for each in (loan, own):
        row = loans.schedule_of(village, each)[0]
        done = loans.paying(village, each, row.total, row.due_on)
        lines = [
            debit(account.account_number, row.total, card=account.number),
            *loans.credits_of(village, done),
        ]
        entry = ledger.post(
            village, on=row.due_on, memo="Angsuran", lines=lines, source="orders.pay"
        )
        loans.conclude(village, done, entry)
    (one,) = found_of(village, DUE, Kind.OFFICER_PAYS)
    assert (one.loans, one.facts["name"]) == ((loan.number,), "asih")
    assert one.facts["saved"] == loans.schedule_of(village, loan)[0].total


def test_a_standing_order_on_anothers_savings_is_asked_about_while_it_runs(village):
    borrower, other = settled_street(village, ("Wati", "Endang"))
    worker(village, other)
    loan = lend_on(village, borrower)
    account = voluntary_of(village, other)
    row = StandingOrder(
        cooperative_id=village.cooperative_id,
        number=1,
        savings_number=account.number,
        loan_number=loan.number,
        valid_from=FIRST_DAY,
        ended_on=None,
    )
    village.session.add(row)
    village.session.flush()
    (one,) = found_of(village, FIRST_DAY, Kind.OFFICER_PAYS)
    assert (one.loans, one.facts["name"]) == ((loan.number,), "asih")
    orders.end_order(village, row, on=FIRST_DAY)
    assert found_of(village, FIRST_DAY, Kind.OFFICER_PAYS) == []
