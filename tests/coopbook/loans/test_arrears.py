"""What is due, what is late, what a payment settles: oldest first."""

from datetime import date, timedelta
from fractions import Fraction
from operator import attrgetter

from hypothesis import given
from hypothesis import strategies as st

from coopbook.loans.allocation import Owed, allocate, summed
from coopbook.loans.arrears import InstallmentState, owed, standing_of
from coopbook.loans.replay import Given, Replay, Rules
from coopbook.loans.schedule import schedule
from coopbook.loans.terms import InterestMethod, Terms
from coopbook.money import ZERO, Money, Per, Rate

START = date(2026, 1, 5)
TERMS = Terms(InterestMethod.FLAT, Rate.percent(1), 12)
PLAN = schedule(TERMS, Money(1_200_000), START)
DAILY = Rate.percent("0.1", per=Per.DAY)

parts = st.builds(
    Owed,
    st.integers(1, 12),
    *(st.integers(0, 10**6).map(Money) for _ in range(4)),
)


def stands(on, *paid, rate=DAILY):
    replay = Replay(TERMS, 1_200_000, START, Rules(rate, grace_days=3))
    for each in sorted(paid, key=attrgetter("on")):
        replay.take(each)
    return standing_of(replay, on)


def paid_on(on, penalty, interest, principal):
    return Given(on, penalty.units, interest.units, principal.units)


@given(st.lists(parts, max_size=12), st.integers(0, 10**8).map(Money))
def test_a_payment_settles_all_of_itself_or_all_that_is_owed(dues, amount):
    settled = summed(allocate(amount, dues)).total

    assert settled == min(amount, sum((each.total for each in dues), ZERO))


@given(st.lists(parts, max_size=12), st.integers(0, 10**8).map(Money))
def test_nothing_newer_is_settled_before_everything_older(dues, amount):
    settled = allocate(amount, dues)

    for older, part in zip(dues, settled[:-1], strict=False):
        if older.total:
            assert part.total > ZERO


def test_penalty_comes_before_fee_before_interest_before_principal():
    due = Owed(1, Money(10), Money(20), Money(30), Money(40))

    spread = [summed(allocate(Money(n), [due])) for n in (5, 25, 55, 95)]

    assert [
        (p.penalty.units, p.fee.units, p.interest.units, p.principal.units)
        for p in spread
    ] == [(5, 0, 0, 0), (10, 15, 0, 0), (10, 20, 25, 0), (10, 20, 30, 35)]


def test_an_installment_is_late_from_the_day_after():
    due_on = PLAN[0].due_on

    assert stands(due_on).days_past_due == 0
    assert stands(due_on).due.total == Money(112_000)
    assert stands(due_on + timedelta(days=1)).days_past_due == 1
    assert stands(due_on + timedelta(days=1)).arrears == Money(112_000)


def test_penalty_counts_days_after_the_grace_on_the_overdue_part_only():
    due_on = PLAN[0].due_on
    half = paid_on(due_on + timedelta(days=5), ZERO, Money(12_000), Money(44_000))

    # Ten days late: grace takes three, two at 112,000 and five at 56,000, 0.1% a day.
    now = stands(due_on + timedelta(days=10), half)

    assert now.due.penalty == Money(2 * 112 + 5 * 56)
    assert stands(due_on + timedelta(days=3)).due.penalty == ZERO


def test_a_penalty_that_was_paid_is_not_asked_again():
    due_on = PLAN[0].due_on
    paid = paid_on(
        due_on + timedelta(days=4), Money(112), Money(12_000), Money(100_000)
    )

    assert stands(due_on + timedelta(days=20), paid).due.total == ZERO


def test_the_strip_shows_each_installment_in_its_state():
    on = PLAN[2].due_on + timedelta(days=1)
    paid = paid_on(PLAN[0].due_on, ZERO, Money(24_000), Money(150_000))

    states = [each.state for each in stands(on, paid).strip]

    assert states[:5] == [
        InstallmentState.PAID,
        InstallmentState.LATE,
        InstallmentState.LATE,
        InstallmentState.DUE,
        InstallmentState.AHEAD,
    ]


@given(st.integers(0, 400), st.integers(0, 1_344_000))
def test_paying_off_leaves_nothing(days, units):
    on = START + timedelta(days=days)
    now = stands(on)
    first = summed(allocate(Money(min(units, now.payoff.units)), owed(now.strip)))
    paid = [paid_on(on, first.penalty, first.interest, first.principal)]
    rest = stands(on, *paid)
    last = summed(allocate(rest.payoff, owed(rest.strip)))
    paid.append(paid_on(on, last.penalty, last.interest, last.principal))

    assert stands(on, *paid).settled
    assert stands(on, *paid).outstanding_principal == ZERO


def test_a_rate_of_nothing_charges_nothing():
    free = Rate(Fraction(0), Per.DAY)

    now = stands(date(2027, 6, 1), rate=free)

    assert now.due.penalty == ZERO
    assert now.payoff == Money(1_344_000)
