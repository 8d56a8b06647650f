"""Whatever is paid, entered late, reversed or changed, cards hold what the oracle says.

The oracle gets the terms of the loan and what an auditor finds in the tables: the
entries with their lines, which of them are reversed, and the rows of changes.  It never
imports the book's own reckoning.
"""

from contextlib import suppress
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coopbook import ledger, loans, members
from coopbook.errors import Refused
from coopbook.ledger import chart
from coopbook.loans.replay import Wish
from coopbook.money import Money
from tests.conftest import FIRST_DAY, SOAK
from tests.coopbook.loans.living import agreements, do, exported, fund, lend
from tests.oracles.naive_histories import naive_booked, naive_events
from tests.oracles.naive_repayment import naive_replay

LENT = Money(1_200_000)
LIFE = 420
ACTS = ["pay"] * 6 + ["reverse"] * 2 + ["rate", "waive", "held", "tranche"]


@st.composite
def acts(draw):
    """Draw what people do with a loan: mostly pay, and often enter it late.

    A drawn chance spreads days and amounts as a year at a counter does; drawn one by
    one they would cluster at its beginning.
    """
    chance, found = draw(st.randoms(use_true_random=False)), []
    for _ in range(chance.randint(4, 12)):
        found.append(
            (
                chance.choice(ACTS),
                FIRST_DAY + timedelta(chance.randint(0, LIFE)),
                chance.choice([chance.randint(1, 400_000), 150_000, 80_000]),
                chance.choice([Wish.NEXT, Wish.NEXT, *Wish]),
            )
        )
    if chance.random() < 0.5:
        found.sort(key=lambda act: act[1])
    return found


RUNS = 2_000 if SOAK else 60
SLOW = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]


@settings(max_examples=RUNS, deadline=None, suppress_health_check=SLOW)
@given(drawn=agreements(), doing=acts())
def test_cards_hold_what_a_naive_recomputation_of_the_events_says(coop, drawn, doing):
    try:
        with coop.open() as book:
            fund(book)
            who = members.member(book, 1)
            number = lend(book, who, LENT, "emergency", drawn, on=FIRST_DAY).number
    except Refused:
        return
    for act in doing:
        with suppress(Refused), coop.open() as book:
            do(book, loans.loan(book, number), *act)
    with coop.open() as book:
        loan = loans.loan(book, number)
        last = FIRST_DAY + timedelta(LIFE + 60)
        found = exported(book, loan)
        events, booked = naive_events(found), naive_booked(found)
        said = naive_replay(found["terms"], found["rules"], events, last)
        stands = loans.standing(book, loan, last)

        assert -booked.get(loan.account_number, 0) == said["outstanding"]
        card = ledger.card_balance(book, loan.account_number, loan.number)
        assert card == Money(said["outstanding"])
        assert booked.get(chart.PENALTIES, 0) == sum(p[0] for p in said["payments"])
        interest = booked.get(loan.interest_account_number, 0)
        assert interest == sum(p[1] for p in said["payments"])
        assert booked.get(chart.OVERPAID, 0) == said["held"]
        assert stands.days_past_due == said["days_past_due"]
        assert stands.arrears.units == said["arrears"]
        assert stands.payoff.units == said["asked"]
        settled = loan.state is loans.LoanState.SETTLED
        assert settled == (said["asked"] == 0) or not events
