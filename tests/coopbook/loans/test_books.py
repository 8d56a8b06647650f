"""Whatever is paid, entered late, reversed or changed, cards hold what the oracle says.

The oracle gets the terms of the loan and what an auditor finds in the tables: the
entries with their lines, which of them are reversed, and the rows of changes.  It never
imports the book's own reckoning.
"""

import json
from contextlib import suppress
from datetime import timedelta
from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from coopbook import ledger, loans, members
from coopbook.errors import Refused
from coopbook.ledger import chart, credit, debit
from coopbook.loans.conditions import Conditions
from coopbook.loans.replay import Early, Order, Wish
from coopbook.loans.terms import STEPS, InterestMethod, Remainder, StepRounding
from coopbook.money import Money, Per, Rate
from coopbook.people import approvals
from tests.conftest import FIRST_DAY, SOAK, as_
from tests.oracles.naive_repayment import naive_replay

LENT = Money(1_200_000)
LIFE = 420
ACTS = ["pay"] * 6 + ["reverse"] * 2 + ["rate", "waive", "held", "tranche"]
METHODS = [
    InterestMethod.FLAT,
    InterestMethod.DECLINING,
    InterestMethod.ANNUITY,
    InterestMethod.BULLET,
]


@st.composite
def agreements(draw):
    """Draw what a product of a village might say."""
    return (
        draw(st.sampled_from(METHODS)),
        Rate(Fraction(draw(st.integers(0, 40)), 1_000)),
        draw(st.integers(2, 12)),
        draw(st.sampled_from(STEPS)),
        Conditions(
            due_day=draw(st.sampled_from([None, 5, 31])),
            principal_grace=0,
            step_rounding=draw(st.sampled_from(list(StepRounding))),
            remainder=draw(st.sampled_from(list(Remainder))),
            order=draw(st.sampled_from(list(Order))),
            tolerance=Money(draw(st.sampled_from([0, 500]))),
            cap=draw(st.sampled_from([None, Fraction(1, 2)])),
            early=draw(st.sampled_from(list(Early))),
            early_months=1,
            early_share=Fraction(1, 2),
            approved=Money(3_000_000),
        ),
        Rate.percent("0.5", per=Per.DAY),
    )


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


def lent(book, method, rate, term, step, conditions, penalty):
    """Pay out a loan on the terms drawn, or say that nobody can agree on them."""
    product = loans.product(book, "emergency")
    product.method, product.rate, product.rounding_step = method, rate, step
    product.conditions, product.penalty_rate = conditions.text(), penalty
    product.max_term = 12
    with as_(book, "dewi"):
        loan = loans.apply(
            *(book, members.member(book, 1), product, LENT),
            term=term,
            purpose="x",
            on=FIRST_DAY,
        )
    with as_(book, "budi"):
        asked = loans.asked_for(book, loan)
        approvals.approve(book, asked.number, digest=asked.digest)
    loans.disburse(book, loan, on=FIRST_DAY)
    return loan


def second(book, asked):
    with as_(book, "budi"):
        return approvals.approve(book, asked.number, digest=asked.digest)


def do(book, loan, kind, on, units, wish):
    """Do one thing; what the book refuses is not done."""
    if kind == "pay":
        if wish is Wish.SETTLE:
            units = loans.payoff(book, loan, on).total.units
        loans.repay(book, loan, Money(units), on=on, wish=wish)
    elif kind == "reverse":
        paid = [each for each in loans.payments(book, loan) if not each.reversed_by]
        if paid:
            entry = ledger.entry(book, paid[units % len(paid)].entry_number)
            ledger.reverse(book, entry, on=max(on, entry.booked_on), reason="salah")
    elif kind == "rate":
        rate = Rate(Fraction(units % 40, 1_000))
        second(book, loans.change_rate(book, loan, rate, on=on, reason="rapat"))
    elif kind == "waive":
        amount = Money(units % 900)
        second(book, loans.waive_penalty(book, loan, amount, on=on, reason="ok"))
    elif kind == "tranche":
        loans.pay_tranche(book, loan, Money(units), on=on)
    else:
        loans.use_held(book, loan, on=on)


def exported(book, loan):
    """Return what an auditor finds in the tables about a loan, as the oracle's events.

    Also what was booked on each account of it.
    """
    read = book.session.execute
    where = {"c": book.cooperative_id, "n": loan.number}
    entries = read(
        text(
            "SELECT e.number, e.booked_on, e.source, e.reverses, l.account_number,"
            " l.debit, l.credit FROM entry e JOIN line l"
            " ON l.cooperative_id = e.cooperative_id AND l.entry_number = e.number"
            " WHERE e.cooperative_id = :c AND l.loan_number = :n ORDER BY e.number"
        ),
        where,
    ).all()
    changes = read(
        text(
            "SELECT kind, changed_on, amount, rate, entry_number, recorded"
            " FROM loan_change WHERE cooperative_id = :c AND loan_number = :n"
            " ORDER BY number"
        ),
        where,
    ).all()
    undone = {row.reverses for row in entries if row.reverses}
    wishes = {row.entry_number: row.kind for row in changes if row.entry_number}
    paid, booked = {}, {}
    for row in entries:
        booked[row.account_number] = (
            booked.get(row.account_number, 0) + row.credit - row.debit
        )
        if row.number in undone or row.reverses:
            continue
        if row.source == "loans.repay":
            day, units = paid.get(row.number, (str(row.booked_on), 0))
            paid[row.number] = (day, units + row.credit - row.debit)
        elif row.source == "loans.use_held" and row.account_number == chart.OVERPAID:
            paid[row.number] = (str(row.booked_on), row.debit)
    sources = {row.number: row.source for row in entries}
    events = []
    for number, (on, units) in paid.items():
        if sources[number] == "loans.use_held":
            events.append((on, number, "held", units))
        else:
            wish = wishes.get(number, "next")
            events.append((on, number, "pay", units, wish))
    for row in changes:
        if row.entry_number in undone:
            continue
        on = str(row.changed_on)
        if row.kind == "tranche":
            events.append((on, row.entry_number, "tranche", row.amount))
        elif row.kind == "rate":
            share, per = row.rate.split(" ")
            yearly = Fraction(share) * {"month": 12, "year": 1}[per]
            events.append((on, row.recorded, "rate", yearly))
        elif row.kind == "waiver":
            events.append((on, row.recorded, "waive", row.amount))
    events.sort(key=lambda each: each[:2])
    days = type(loan.disbursed_on)
    return [(days.fromisoformat(on), *rest) for on, _, *rest in events], booked


def terms_in_words(loan):
    said = json.loads(loan.conditions or "{}")
    return {
        "method": loan.method.value,
        "principal": loan.principal.units,
        "rate": loan.rate.share,
        "per": loan.rate.per.value,
        "start": loan.disbursed_on,
        "periods": loan.term,
        "due_day": said.get("due_day"),
        "step": loan.rounding_step,
        "step_rounding": said.get("step_rounding", "up"),
        "remainder": said.get("remainder", "last"),
    }, {
        "order": said.get("order", "installments"),
        "penalty_rate": loan.penalty_rate.share,
        "penalty_per": loan.penalty_rate.per.value,
        "grace_days": loan.penalty_grace_days,
        "tolerance": said.get("tolerance", 0),
        "cap": Fraction(said["cap"]) if "cap" in said else None,
        "since": None,
        "early": said.get("early", "to_date"),
        "early_months": said.get("early_months", 0),
        "early_share": Fraction(said.get("early_share", 0)),
    }


RUNS = 2_000 if SOAK else 60
SLOW = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]


@settings(max_examples=RUNS, deadline=None, suppress_health_check=SLOW)
@given(drawn=agreements(), doing=acts())
def test_cards_hold_what_a_naive_recomputation_of_the_events_says(coop, drawn, doing):
    try:
        with coop.open() as book:
            fund(book)
            number = lent(book, *drawn).number
    except Refused:
        return
    for act in doing:
        with suppress(Refused), coop.open() as book:
            do(book, loans.loan(book, number), *act)
    with coop.open() as book:
        loan = loans.loan(book, number)
        last = FIRST_DAY + timedelta(LIFE + 60)
        events, booked = exported(book, loan)
        terms, rules = terms_in_words(loan)
        said = naive_replay(terms, rules, events, last)
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


def fund(book):
    """Put money into the cash box, so that cash never refuses what loans allow."""
    ledger.post(
        book,
        on=FIRST_DAY,
        memo="Hibah",
        lines=[
            debit(chart.TELLER_CASH, Money(50_000_000)),
            credit(33002, Money(50_000_000)),
        ],
    )
