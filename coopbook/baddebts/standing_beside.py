"""The allowance by the policy and the impairment by SAK EP, loan by loan."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from coopbook import loans
from coopbook.baddebts.impairment import Expected, impairment
from coopbook.baddebts.queries import Assessed, Assessment
from coopbook.book import Book
from coopbook.cooperatives import setting
from coopbook.loans.rates import cost
from coopbook.money import ZERO, Money

EXACT = 10**9
"""The internal rate is found by approximation; it is taken to this fraction."""


@dataclass(frozen=True, slots=True)
class Reconciled:
    """A loan's allowance by the policy, and its impairment."""

    assessed: Assessed
    impairment: Money

    @property
    def apart(self) -> Money:
        """How much more the policy sets aside."""
        return self.assessed.allowance - self.impairment


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """All loans of which either asks for something, and both sums."""

    rows: tuple[Reconciled, ...]

    @property
    def policy(self) -> Money:
        """What the policy sets aside."""
        return sum((row.assessed.allowance for row in self.rows), ZERO)

    @property
    def impairment(self) -> Money:
        """What the loans are worth less."""
        return sum((row.impairment for row in self.rows), ZERO)

    @property
    def apart(self) -> Money:
        """How much more the policy sets aside."""
        return self.policy - self.impairment


def monthly_rate_of(book: Book, each: Assessed) -> Fraction:
    """Return the effective rate of a month a loan was made on, its fees included."""
    loan = each.loan
    assert loan.disbursed_on is not None
    fees = sum((fee for _, _, fee in loans.fees_of(loan)), ZERO)
    received = max(loan.principal - fees, Money(1))
    terms = loans.terms_of(loan)
    plan = loans.schedule(terms, loan.principal, loan.disbursed_on)
    found = cost(terms, received, plan, loan.disbursed_on)
    return Fraction(round(found.monthly * EXACT), EXACT)


def reconcile(book: Book, now: Assessment) -> Reconciliation:
    """Return allowance and impairment of the loans of a day side by side.

    There is evidence of a loss where a loan is more than so many days late
    (``impairment_days``) or was restructured and not cured.  Expected is what counts
    of its cover, sold after so many months (``impairment_months``); of a loan without
    evidence everything is.
    """
    days = setting(book, "impairment_days", now.on)
    months = setting(book, "impairment_months", now.on)
    found = []
    for each in now.rows:
        lost = ZERO
        if each.days > days:
            expected = [Expected(months, each.deductible)]
            lost = impairment(each.outstanding, expected, monthly_rate_of(book, each))
        if lost or each.allowance:
            found.append(Reconciled(each, lost))
    return Reconciliation(tuple(found))
