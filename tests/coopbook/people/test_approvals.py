"""Two people: made by one, decided by another, exactly what was shown."""

from datetime import UTC, datetime, timedelta

import pytest

from coopbook import ledger, loans, members
from coopbook.ledger import closing
from coopbook.loans import LoanState
from coopbook.loans import rules as loan_rules
from coopbook.money import Money
from coopbook.people import Role, approvals, roles_of, set_roles
from coopbook.people import rules as people_rules
from tests.conftest import FIRST_DAY, TODAY, as_


@pytest.fixture
def closed(book):
    """January closed, and the bookkeeper's request to reopen it."""
    ledger.close_month(book, "2026-01")
    with as_(book, "yanti"):
        return ledger.ask_reopen(book, "2026-01", reason="nota terlambat", on=TODAY)


def test_a_month_is_reopened_by_a_second_person(book, closed):
    with as_(book, "sari"):
        approvals.approve(book, closed.number, digest=closed.digest)

    assert not ledger.is_closed(book, "2026-01")
    assert (closed.made_by, closed.decided_by) == ("yanti", "sari")


def test_nobody_approves_what_they_made(book):
    ledger.close_month(book, "2026-01")
    with as_(book, "budi"):
        request = ledger.ask_reopen(book, "2026-01", reason="nota", on=TODAY)
        with pytest.raises(people_rules.OwnRequest):
            approvals.approve(book, request.number, digest=request.digest)

    assert ledger.is_closed(book, "2026-01")


@pytest.mark.parametrize("name", ["rina", "dewi", "tono", "agus"])
def test_only_the_named_offices_decide(book, closed, name):
    with as_(book, name), pytest.raises(people_rules.NotYourDecision):
        approvals.approve(book, closed.number, digest=closed.digest)


def test_a_decision_is_made_once(book, closed):
    with as_(book, "sari"):
        approvals.refuse(book, closed.number, reason="tunggu rapat")
    with as_(book, "budi"), pytest.raises(people_rules.AlreadyDecided):
        approvals.approve(book, closed.number, digest=closed.digest)

    assert ledger.is_closed(book, "2026-01")


def test_what_was_shown_is_what_is_done(book, closed):
    with as_(book, "sari"), pytest.raises(people_rules.RequestChanged):
        approvals.approve(book, closed.number, digest="0" * 64)


def test_a_request_expires(book, closed):
    book.clock = lambda: datetime.now(UTC) + timedelta(days=15)

    with as_(book, "sari"):
        assert not approvals.may_decide(book, closed)
        with pytest.raises(people_rules.RequestExpired):
            approvals.approve(book, closed.number, digest=closed.digest)


def test_the_inbox_shows_what_waits_newest_first(book, closed):
    assert [row.number for row in approvals.inbox(book)] == [closed.number]
    with as_(book, "sari"):
        assert approvals.may_decide(book, closed)
        approvals.refuse(book, closed.number, reason="tidak")
    assert approvals.inbox(book) == []
    assert [row.reason for row in approvals.inbox(book, "refused")] == ["tidak"]


def test_months_close_in_their_order_and_reopen_in_the_opposite(book):
    with pytest.raises(closing.EarlierMonthOpen):
        ledger.close_month(book, "2026-02")
    ledger.close_month(book, "2026-01")
    with pytest.raises(closing.AlreadyClosed):
        ledger.close_month(book, "2026-01")
    ledger.close_month(book, "2026-02")
    with pytest.raises(closing.LaterPeriodClosed):
        ledger.ask_reopen(book, "2026-01", reason="nota", on=TODAY)
    with pytest.raises(closing.NotClosed):
        ledger.ask_reopen(book, "2026-03", reason="nota", on=TODAY)


def test_a_month_closes_when_it_is_over(book):
    with pytest.raises(closing.MonthNotOver):
        ledger.close(book, "2026-01", today=FIRST_DAY.replace(day=31))
    assert ledger.close(book, "2026-01", today=FIRST_DAY.replace(month=2)).closed


@pytest.mark.parametrize("name", ["2026-13", "x", "2026-1", "26", "2026-02-30", ""])
def test_a_period_is_written_one_way(book, name):
    with pytest.raises(closing.NotAPeriod):
        ledger.close(book, name)


def test_a_closed_day_and_a_closed_year_take_no_entries(book):
    lines = [ledger.debit(11101, Money(1)), ledger.credit(11102, Money(1))]
    ledger.close(book, TODAY.isoformat())

    with pytest.raises(ledger.rules.PeriodClosed):
        ledger.post(book, on=TODAY, memo="x", lines=lines)
    with pytest.raises(closing.EarlierMonthOpen):
        ledger.close(book, "2026")
    for month in range(1, 13):
        ledger.close_month(book, f"2026-{month:02d}")
    ledger.close(book, "2026")
    with pytest.raises(closing.LaterPeriodClosed):
        ledger.ask_reopen(book, "2026-12", reason="nota", on=TODAY)


@pytest.fixture
def applied(book):
    """Siti's application, written down by the credit officer."""
    with as_(book, "dewi"):
        return loans.apply(
            *(book, members.member(book, 1), loans.product(book, "emergency")),
            Money(150_000),
            term=3,
            purpose="sakit",
            on=TODAY,
        )


def decide(book, loan, name):
    request = loans.asked_for(book, loan)
    with as_(book, name):
        approvals.approve(book, request.number, digest=request.digest)


def test_whoever_approved_a_loan_does_not_pay_it_out(book, applied):
    decide(book, applied, "budi")

    with as_(book, "budi"), pytest.raises(loan_rules.ApproverDisburses):
        loans.disburse(book, applied, on=TODAY)
    assert loans.disburse(book, applied, on=TODAY).voucher
    assert applied.state is LoanState.DISBURSED


def test_a_refused_application_is_not_paid_out(book, applied):
    request = approvals.inbox(book)[0]
    with as_(book, "budi"):
        approvals.refuse(book, request.number, reason="tunggakan wajib")

    assert applied.state is LoanState.REFUSED
    with pytest.raises(loan_rules.WrongState) as refusal:
        loans.disburse(book, applied, on=TODAY)
    assert "Refused" in str(refusal.value)


def test_a_disbursement_under_payments_is_not_taken_back(book, applied):
    decide(book, applied, "budi")
    entry = loans.disburse(book, applied, on=TODAY)
    payment = loans.repay(book, applied, Money(1_000), on=TODAY)

    with pytest.raises(loan_rules.PaymentsStand):
        ledger.reverse(book, entry, on=TODAY, reason="salah orang")
    ledger.reverse(book, payment, on=TODAY, reason="salah orang")
    ledger.reverse(book, entry, on=TODAY, reason="salah orang")
    assert applied.state is LoanState.APPROVED
    assert applied.disbursed_on is None


def test_a_settled_loan_runs_again_when_its_last_payment_is_reversed(book, applied):
    decide(book, applied, "budi")
    loans.disburse(book, applied, on=TODAY)
    last = loans.repay(book, applied, Money(150_000), on=TODAY)
    assert applied.state is LoanState.SETTLED

    ledger.reverse(book, last, on=TODAY, reason="uang palsu")

    assert applied.state is LoanState.DISBURSED
    assert loans.standing(book, applied, TODAY).payoff == Money(150_000)


def test_roles_change_by_two_people_and_the_last_manager_stays(book):
    request = approvals.ask(
        book,
        "people.roles",
        "person:tuti",
        {"name": "tuti", "roles": ["teller", "credit"], "on": TODAY},
        days=14,
    )
    with as_(book, "wati"):
        approvals.approve(book, request.number, digest=request.digest)

    assert roles_of(book, "tuti") == {Role.TELLER, Role.CREDIT}
    set_roles(book, "wati", [], on=TODAY)
    with pytest.raises(people_rules.LastManager):
        set_roles(book, "budi", [Role.TELLER], on=TODAY)
