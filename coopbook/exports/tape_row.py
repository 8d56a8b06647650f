"""A loan as the tape tells of it: the book's rows behind its columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from coopbook.baddebts import (
    Assessed,
    Judged,
    Lateness,
    LoanClass,
    Policy,
    Verdict,
)
from coopbook.cooperatives import TermOfOffice
from coopbook.loans import InstallmentStanding, InstallmentState, Loan, LoanStanding
from coopbook.loans.terms import Terms
from coopbook.money import ZERO, Money, Rate

PLACES = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Told:
    """A loan on the day of the tape, with all its columns ask for.

    ``assessed`` and ``verdicts`` are of loans that ran on the day; ``carried`` are the
    days it came with, as long as they count; ``purpose`` and ``hamlet`` are without
    names and numbers.
    """

    on: date
    loan: Loan
    terms: Terms
    standing: LoanStanding
    lateness: Lateness
    judged: Judged
    assessed: Assessed | None
    verdicts: Mapping[Policy, Verdict]
    carried: int | None
    purpose: str
    hamlet: str
    officer: str
    group: int | None
    offices: Mapping[int, TermOfOffice]
    first_late_on: date | None

    @property
    def every(self) -> str:
        """How long a period is: ``1 month``."""
        if self.terms.dates:
            return "dates"
        return f"{self.terms.every.count} {self.terms.every.unit.value}"

    @property
    def paid(self) -> int:
        """How many installments are paid in full."""
        return sum(row.state is InstallmentState.PAID for row in self.standing.strip)

    @property
    def late_principal(self) -> Money:
        """Principal of installments that are late."""
        return sum((row.principal - row.paid_principal for row in self._late()), ZERO)

    @property
    def late_interest(self) -> Money:
        """Interest of installments that are late."""
        return sum((row.interest - row.paid_interest for row in self._late()), ZERO)

    def _late(self) -> list[InstallmentStanding]:
        strip = self.standing.strip
        return [row for row in strip if row.state is InstallmentState.LATE]

    def class_by(self, policy: Policy) -> LoanClass | None:
        """Return its class by a policy, where it ran."""
        verdict = self.verdicts.get(policy)
        return verdict.loan_class if verdict else None

    def began(self, term: int | None) -> date | None:
        """Return the first day of a term of office."""
        found = self.offices.get(term or 0)
        return found.began_on if found else None


def percent_of(rate: Rate) -> str:
    """Write a rate as a percentage with a point, six places at most.

    >>> percent_of(Rate.percent("1.5")), percent_of(Rate.percent("24", "year"))
    ('1.5', '24')
    """
    share = rate.share * 100
    said = (Decimal(share.numerator) / share.denominator).quantize(PLACES)
    return f"{said:f}".rstrip("0").rstrip(".")
