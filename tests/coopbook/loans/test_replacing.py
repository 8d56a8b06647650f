"""A loan that takes the place of another keeps it linked, and hides nothing."""

from datetime import timedelta

import pytest

from coopbook import ledger, loans, members
from coopbook.ledger import chart, credit, debit
from coopbook.loans import LoanState, rules
from coopbook.money import ZERO, Money
from coopbook.people import approvals
from coopbook.verification import verify
from tests.conftest import FIRST_DAY, VAULT, as_

LATE = FIRST_DAY + timedelta(days=100)
EARLY = FIRST_DAY + timedelta(days=20)


def fund(book):
    much = Money(50_000_000)
    lines = [debit(chart.TELLER_CASH, much), credit(33002, much)]
    ledger.post(book, on=FIRST_DAY, memo="Hibah", lines=lines)


def approve(book, loan):
    with as_(book, "budi"):
        asked = loans.asked_for(book, loan)
        approvals.approve(book, asked.number, digest=asked.digest)
    return loan


@pytest.fixture
def old(book):
    """A loan of 1,200,000 over twelve months of which nothing was paid."""
    lines = [
        debit(chart.TELLER_CASH, Money(50_000_000)),
        credit(33002, Money(50_000_000)),
    ]
    ledger.post(book, on=FIRST_DAY, memo="Hibah", lines=lines)
    product = loans.product(book, "productive")
    with as_(book, "dewi"):
        loan = loans.apply(
            *(book, members.member(book, 1), product, Money(1_200_000)),
            term=12,
            purpose="warung",
            on=FIRST_DAY,
        )
    loans.disburse(book, approve(book, loan), on=FIRST_DAY)
    return loan


def asked(book, old, amount, on, *, restructure):
    with as_(book, "dewi"):
        return loans.ask_replacement(
            *(book, old, loans.product(book, "productive"), amount),
            term=18,
            purpose="warung",
            on=on,
            restructure=restructure,
        )


def test_a_late_loan_is_not_refinanced(book, old):
    with pytest.raises(rules.RefinanceHidesArrears, match="Restructure it instead"):
        asked(book, old, Money(3_000_000), LATE, restructure=False)


def test_a_restructured_loan_carries_what_it_was_late_by(book, old):
    ends = loans.to_date(book, old, LATE)
    assert ends.interest > ZERO
    assert ends.penalty > ZERO
    with pytest.raises(rules.TooLittleToReplace):
        asked(book, old, ends.total - Money(1), LATE, restructure=True)
    new = approve(book, asked(book, old, ends.total, LATE, restructure=True))
    cash = ledger.account_balance(book, chart.TELLER_CASH)
    entry = loans.disburse(book, new, on=LATE)

    assert (new.replaces, old.state) == (old.number, LoanState.SETTLED)
    assert new.carried_days == (LATE - FIRST_DAY).days - 31
    assert ledger.account_balance(book, chart.TELLER_CASH) == cash
    assert ledger.card_balance(book, *old.card) == ZERO
    assert ledger.card_balance(book, *new.card) == ends.total
    assert loans.standing(book, new, LATE).days_past_due == 0
    assert loans.standing(book, old, LATE + timedelta(days=90)).settled

    ledger.reverse(book, entry, on=LATE, reason="salah")
    assert (new.state, old.state) == (LoanState.APPROVED, LoanState.DISBURSED)
    assert ledger.card_balance(book, *old.card) == Money(1_200_000)
    assert loans.standing(book, old, LATE).days_past_due == 69


def test_a_refinancing_pays_the_old_loan_and_the_rest_to_the_member(coop, book, old):
    ends = loans.to_date(book, old, EARLY)
    new = approve(book, asked(book, old, Money(3_000_000), EARLY, restructure=False))
    entry = loans.disburse(book, new, on=EARLY)

    paid = sum(
        (line.credit for line in entry.lines if line.account_number == 11102), ZERO
    )
    assert paid == loans.paid_out(new) - ends.total
    assert new.carried_days is None
    assert old.state is LoanState.SETTLED
    with pytest.raises(rules.WrongState):
        loans.repay(book, old, Money(1), on=EARLY)


def test_a_replacement_is_not_taken_back_under_payments(book, old):
    new = approve(book, asked(book, old, Money(3_000_000), EARLY, restructure=False))
    entry = loans.disburse(book, new, on=EARLY)
    loans.repay(book, new, Money(100_000), on=LATE)

    with pytest.raises(rules.PaymentsStand):
        ledger.reverse(book, entry, on=LATE, reason="salah")


def test_the_book_stays_whole_through_replacing_and_back(coop):
    with coop.open() as book:
        lines = [
            debit(chart.TELLER_CASH, Money(9_000_000)),
            credit(33002, Money(9_000_000)),
        ]
        ledger.post(book, on=FIRST_DAY, memo="Hibah", lines=lines)
        with as_(book, "dewi"):
            loan = loans.apply(
                *(book, members.member(book, 1), loans.product(book, "emergency")),
                Money(600_000),
                term=6,
                purpose="x",
                on=FIRST_DAY,
            )
        loans.disburse(book, approve(book, loan), on=FIRST_DAY)
        new = asked(
            book, loan, loans.to_date(book, loan, LATE).total, LATE, restructure=True
        )
        loans.disburse(book, approve(book, new), on=LATE)

    checks = verify(engine=coop.engine, vault=VAULT, cooperative_id=coop.number)
    assert [check.finding for check in checks if check.finding] == []
