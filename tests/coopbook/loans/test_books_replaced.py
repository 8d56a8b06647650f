"""However loans take the place of others, cards hold what the oracle says.

A life begins with one loan; others restructure or refinance it, are paid out at once or
later, are taken back, and all of them are paid, changed and put right meanwhile.
"""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st
from sqlalchemy import text

from coopbook import ledger, loans, members, savings
from coopbook.cooperatives import set_setting
from coopbook.errors import Refused
from coopbook.ledger import chart
from coopbook.ledger.model import Card
from coopbook.loans import LoanState
from coopbook.loans.replay import Wish
from coopbook.money import Money
from coopbook.verification import verify
from tests.conftest import FIRST_DAY, SOAK, VAULT, as_
from tests.coopbook.loans import living
from tests.coopbook.loans.living import agreements, exported, fund, lend, offer, second
from tests.oracles.naive_histories import (
    naive_booked,
    naive_carried,
    naive_stood,
    paid_out_by,
    taken_over,
)

LENT = Money(1_200_000)
STAGE = 120
"""How many days lie at most between a loan and the one in its place."""
LAST = FIRST_DAY + timedelta(4 * STAGE)
ACTS = ["pay"] * 4 + ["pay_due"] * 3 + ["reverse"] * 3
ACTS += ["rate", "waive", "held", "back", "tranche"]
MOSTLY = [True, True, True, False]
RUNS = 2_000 if SOAK else 30
KINDS = ["restructure", "restructure", "refinance"]


@st.composite
def lives(draw):
    """Draw terms of two or three loans, and what people do until the last is old.

    Each is (kind, which loan counted from the newest, day, units, wish).
    """
    agreed = draw(st.lists(agreements(), min_size=2, max_size=3))
    chance, doing, since = draw(st.randoms(use_true_random=False)), [], 0

    def act(kinds, first, last, newest=False):
        doing.append(
            (
                chance.choice(kinds),
                0 if newest else chance.choice([0, 0, 0, 1, 1, 2]),
                FIRST_DAY + timedelta(chance.randint(max(first, 0), last)),
                chance.choice([chance.randint(1, 400_000), 150_000, 80_000]),
                chance.choice([Wish.NEXT, Wish.NEXT, Wish.HOLD, *Wish]),
            )
        )

    for _ in agreed[1:]:
        for _ in range(chance.randint(1, 4)):
            act(ACTS, since - 20, since + STAGE)
        since += chance.choice([chance.randint(1, STAGE), chance.randint(1, 40)])
        kind = chance.choice(KINDS)
        if kind == "refinance" and chance.choice(MOSTLY):
            act(["pay_due"], since, since, newest=True)
        act([kind], since, since, newest=True)
        if not chance.choice(MOSTLY):
            act(ACTS, since, since + 20)
        act(["pay_out"], since, since + chance.choice([0, 0, 20]), newest=True)
        if not chance.choice(MOSTLY):
            act(["take_back"], since, since + 30, newest=True)
            act(ACTS, since - 20, since + 20)
            act(["pay_out", *ACTS], since, since + 40, newest=True)
    for _ in range(chance.randint(2, 6)):
        act(ACTS, since - 20, since + STAGE)
    return agreed, doing


@pytest.fixture
def village(coop):
    """A cooperative where one may borrow whatever mandatory shares are missed."""
    with coop.open() as book:
        set_setting(
            *(book, "share_arrears_to_borrow", 99),
            valid_from=FIRST_DAY,
            source="tests",
            on=FIRST_DAY - timedelta(days=1),
        )
    return coop


def begin(book, agreed):
    """Lend to a new member, so that nothing else is on the cards of one life."""
    fund(book)
    member = members.admit(book, "Ani Lestari", on=FIRST_DAY)
    share = savings.open_account(book, member, savings.product(book, "principal"))
    savings.deposit(book, share, Money(100_000), on=FIRST_DAY)
    return lend(book, member, LENT, "emergency", agreed, on=FIRST_DAY)


def ask(book, old, agreed, kind, on, units):
    """Ask for a loan in the place of another, and let another person approve it."""
    method, rate, term, *rest = agreed
    code, restructure = ["productive", "emergency"][units % 2], kind == "restructure"
    product = offer(book, code, method, rate, *rest)
    amount = loans.to_date(book, old, on).total
    if not restructure:
        amount += Money(100_000 + 3 * units)
    with as_(book, "dewi"):
        new = loans.ask_replacement(
            *(book, old, product, amount),
            term=term,
            purpose="x",
            on=on,
            restructure=restructure,
        )
    second(book, loans.asked_for(book, new))
    assert new.replaces == old.number
    assert (new.carried_days is not None) == restructure
    return new


def after_all(book, loan, on, units):
    """Return a day after all that was booked, mostly: nothing comes before it."""
    days = [str(row.booked_on) for row in exported(book, loan)["entries"]]
    return on if units % 8 == 0 else max([on, *map(date.fromisoformat, days)])


def pay_due(book, loan, on):
    """Pay what is due, or on its day what is due next."""
    stands = loans.standing(book, loan, on)
    if not stands.due.total and stands.next_due is not None:
        on = stands.next_due.due_on
        stands = loans.standing(book, loan, on)
    loans.repay(book, loan, stands.due.total, on=on)


def do(book, numbers, agreed, act):
    """Do one thing; return the number of the loan that was asked for, if one was."""
    kind, which, on, units, wish = act
    chain = [loans.loan(book, number) for number in numbers]
    if kind not in ("pay_out", "take_back"):
        chain = [loan for loan in chain if loan.disbursed_on is not None]
    if not chain:
        return None
    loan = chain[-1 - which % len(chain)]
    if kind in ("restructure", "refinance"):
        on = after_all(book, loan, on, units)
        terms = agreed[len(numbers) % len(agreed)]
        return ask(book, loan, terms, kind, on, units).number
    if kind == "pay_out" and loan.replaces is not None:
        on = after_all(book, loans.loan(book, loan.replaces), on, units)
        on = max(on, loan.applied_on)
    if kind == "pay_out":
        loans.disburse(book, loan, on=on)
    elif kind == "take_back":
        paid_out = paid_out_by(exported(book, loan))
        if paid_out is not None:
            living.take_back(book, paid_out, on)
    elif kind == "pay_due":
        pay_due(book, loan, on)
    elif kind == "back":
        on, held = (
            after_all(book, loan, on, units),
            loans.standing(book, loan, LAST).held,
        )
        loans.give_back(book, loan, min(Money(units), held) or Money(units), on=on)
    else:
        living.do(book, loan, kind, on, units, wish)
    return None


def kept(coop):
    """Return how much is in the tables that a loan could have written to."""
    with coop.read() as book:
        return [
            book.session.execute(
                text(f"SELECT count(*) FROM {table} WHERE cooperative_id = :c"),
                {"c": coop.number},
            ).scalar()
            for table in ("entry", "line", "loan", "loan_change", "approval")
        ]


SLOW = [HealthCheck.too_slow]


def test_loans_and_those_in_their_place_are_what_the_oracle_says(village):
    @settings(max_examples=RUNS, deadline=None, suppress_health_check=SLOW)
    @given(life=lives())
    def each_is(life):
        live(village, *life)

    each_is()
    with village.read() as book:
        known = loans.loans(book, limit=10 * RUNS)
        assert any(loan.carried_days for loan in known), "no late loan was restructured"
    checks = verify(engine=village.engine, vault=VAULT, cooperative_id=village.number)
    assert [check.finding for check in checks if check.finding] == []


def live(village, agreed, doing):
    """Live one life and compare everything with the oracle."""
    try:
        with village.open() as book:
            numbers = [begin(book, agreed[0]).number]
    except Refused:
        reject()
    for act in doing:
        before = kept(village)
        try:
            with village.open() as book:
                asked = do(book, numbers, agreed, act)
            numbers += [asked] if asked else []
        except Refused:
            assert kept(village) == before
    with village.open() as book:
        chain = [loans.loan(book, number) for number in numbers]
        told = {loan.number: exported(book, loan) for loan in chain}
        held = sum(agrees(book, told, loan) for loan in chain)
        card = book.get(Card, chart.OVERPAID, chain[0].member_number)
        assert held == (
            ledger.card_balance(book, chart.OVERPAID, card.number).units if card else 0
        )


def agrees(book, told, loan):
    """Compare a loan with the oracle; return what is held for it."""
    if loan.disbursed_on is None:
        assert loan.state is LoanState.APPROVED
        assert not any(naive_booked(told[loan.number]).values())
        return 0
    said = naive_stood(told, loan.number, LAST)
    booked, stands = naive_booked(told[loan.number]), loans.standing(book, loan, LAST)
    card = ledger.card_balance(book, *loan.card)
    assert card == Money(said["outstanding"]) == stands.outstanding_principal
    assert -booked[loan.account_number] == said["outstanding"]
    assert booked.get(chart.PENALTIES, 0) == sum(p[0] for p in said["payments"])
    interest = booked.get(loan.interest_account_number, 0)
    assert interest == sum(p[1] for p in said["payments"])
    assert booked.get(chart.OVERPAID, 0) == said["held"] == stands.held.units
    assert stands.days_past_due == said["days_past_due"]
    assert stands.arrears.units == said["arrears"]
    assert stands.payoff.units == said["asked"]
    settled = loan.state is LoanState.SETTLED
    plan = loans.schedule_of(book, loan)
    rows = list(zip(plan.due_on, plan.principal, plan.interest, strict=True))
    assert settled or rows == [row[:3] for row in said["rows"]]
    assert min(plan.principal + plan.interest) >= 0
    repaid = sum(payment[2] for payment in said["payments"])
    assert sum(plan.principal) == said["outstanding"] + repaid
    assert settled == (said["asked"] == 0)
    assert (loan.state is LoanState.DISBURSED) != settled
    if loan.replaces is not None:
        took_over(told, loan)
    return said["held"]


def took_over(told, loan):
    """Compare what a loan took over with the old one, as it was known on the day."""
    old = taken_over(told, loan.number)
    assert loan.carried_days == naive_carried(told, loan.number)
    if loan.carried_days is None:
        assert old["days_past_due"] == 0
        assert loans.paid_out(loan).units >= sum(old["to_date"])
    else:
        assert loan.principal.units == sum(old["to_date"])
        assert loans.paid_out(loan) == loan.principal
