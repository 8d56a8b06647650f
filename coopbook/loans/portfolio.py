"""All running loans on a day: what is outstanding, and what of it is at risk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from coopbook.book import Book
from coopbook.loans.arrears import LoanStanding
from coopbook.loans.model import Loan
from coopbook.loans.queries import loans, standing
from coopbook.loans.rules import LoanState
from coopbook.money import ZERO, Money

PAGE = 500


@dataclass(frozen=True, slots=True)
class Portfolio:
    """The running loans of a day, each with how it stands."""

    on: date
    rows: tuple[tuple[Loan, LoanStanding], ...]

    @property
    def outstanding(self) -> Money:
        """Principal that is owed on all of them."""
        return sum((now.outstanding_principal for _, now in self.rows), ZERO)

    def late(self, days: int = 0) -> list[tuple[Loan, LoanStanding]]:
        """Return the loans of which any part is more than so many days late."""
        return [each for each in self.rows if each[1].days_past_due > days]

    def at_risk(self, days: int) -> Fraction:
        """Return the share of outstanding principal at risk.

        The whole outstanding principal of loans of which any part is more than so many
        days late, over all outstanding principal; zero where nothing is.
        """
        whole = self.outstanding.units
        risk = sum(now.outstanding_principal.units for _, now in self.late(days))
        return Fraction(risk, whole) if whole else Fraction(0)


def portfolio(book: Book, on: date) -> Portfolio:
    """Return the running loans that were paid out by a day."""
    found: list[tuple[Loan, LoanStanding]] = []
    before = None
    while True:
        some = loans(book, LoanState.DISBURSED, before=before, limit=PAGE)
        found += [
            (loan, standing(book, loan, on))
            for loan in some
            if loan.disbursed_on is not None and loan.disbursed_on <= on
        ]
        if len(some) < PAGE:
            return Portfolio(on, tuple(reversed(found)))
        before = some[-1].number
