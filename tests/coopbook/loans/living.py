"""Random lives of loans at a counter, and what an auditor finds of them afterwards."""

import json
from fractions import Fraction

from hypothesis import strategies as st
from sqlalchemy import text

from coopbook import ledger, loans
from coopbook.ledger import chart, credit, debit
from coopbook.loans.conditions import Conditions
from coopbook.loans.replay import Early, Order, Wish
from coopbook.loans.terms import STEPS, InterestMethod, Remainder, StepRounding
from coopbook.money import Money, Per, Rate
from coopbook.people import approvals
from tests.conftest import FIRST_DAY, as_

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


def offer(book, code, method, rate, step, conditions, penalty):
    """Let a kind of loan offer the terms drawn."""
    product = loans.product(book, code)
    product.method, product.rate, product.rounding_step = method, rate, step
    product.conditions, product.penalty_rate = conditions.text(), penalty
    product.max_term, product.limit = 12, Money(50_000_000)
    return product


def lend(book, member, amount, code, agreed, *, on):
    """Pay out a loan on the terms drawn, unless nobody can agree on them."""
    method, rate, term, *rest = agreed
    product = offer(book, code, method, rate, *rest)
    with as_(book, "dewi"):
        loan = loans.apply(
            *(book, member, product, amount), term=term, purpose="x", on=on
        )
    second(book, loans.asked_for(book, loan))
    loans.disburse(book, loan, on=on)
    return loan


def second(book, asked):
    with as_(book, "budi"):
        return approvals.approve(book, asked.number, digest=asked.digest)


def do(book, loan, kind, on, units, wish):
    """Do one thing with a running loan; what the book refuses is not done."""
    if kind == "pay":
        if wish is Wish.SETTLE:
            units = loans.payoff(book, loan, on).total.units
        loans.repay(book, loan, Money(units), on=on, wish=wish)
    elif kind == "reverse":
        paid = [each for each in loans.payments(book, loan) if not each.reversed_by]
        if paid:
            take_back(book, paid[units % len(paid)].entry_number, on)
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


def take_back(book, number, on):
    """Reverse an entry, on its own day at the earliest."""
    entry = ledger.entry(book, number)
    ledger.reverse(book, entry, on=max(on, entry.booked_on), reason="salah")


def exported(book, loan):
    """Return what an auditor finds in the tables about a loan, and what it agreed."""
    where = {"c": book.cooperative_id, "n": loan.number}
    entries = book.session.execute(
        text(
            "SELECT e.number, e.booked_on, e.source, e.reverses, l.account_number,"
            " l.debit, l.credit FROM entry e JOIN line l"
            " ON l.cooperative_id = e.cooperative_id AND l.entry_number = e.number"
            " WHERE e.cooperative_id = :c AND l.loan_number = :n ORDER BY e.number"
        ),
        where,
    ).all()
    changes = book.session.execute(
        text(
            "SELECT kind, changed_on, amount, rate, entry_number, recorded"
            " FROM loan_change WHERE cooperative_id = :c AND loan_number = :n"
            " ORDER BY number"
        ),
        where,
    ).all()
    terms, rules = terms_in_words(loan)
    return {
        "entries": entries,
        "changes": changes,
        "account": loan.account_number,
        "held": chart.OVERPAID,
        "terms": terms,
        "rules": rules,
        "replaces": loan.replaces,
        "restructured": loan.carried_days is not None,
    }


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
