"""What a row of a member's sheet may move, and the row itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from coopbook.importing.sheets.shapes import plain
from coopbook.importing.understood import Movement, Part, exact
from coopbook.money import Rate


class Pot(StrEnum):
    """Where a member's money lies: the three savings, or surplus not yet taken."""

    PRINCIPAL = "principal"
    MANDATORY = "mandatory"
    VOLUNTARY = "voluntary"
    SURPLUS = "surplus"


SHARES = "shares"
"""Principal and mandatory in one column; a rule of the import divides them."""
LOAN_OUT = "loan.out"
LOAN_PRINCIPAL = "loan.principal"
LOAN_INTEREST = "loan.interest"
LOAN_PENALTY = "loan.penalty"
LOAN_FEE = "loan.fee"
ROUNDING = "rounding"
"""What the old system itself rounded; it belongs on the rounding accounts."""

POTS = {
    "pokok": Pot.PRINCIPAL,
    "simpananpokok": Pot.PRINCIPAL,
    "principal": Pot.PRINCIPAL,
    "principalshare": Pot.PRINCIPAL,
    "wajib": Pot.MANDATORY,
    "simpananwajib": Pot.MANDATORY,
    "mandatory": Pot.MANDATORY,
    "mandatoryshare": Pot.MANDATORY,
    "sukarela": Pot.VOLUNTARY,
    "simpanansukarela": Pot.VOLUNTARY,
    "manasuka": Pot.VOLUNTARY,
    "tabungan": Pot.VOLUNTARY,
    "voluntary": Pot.VOLUNTARY,
    "shu": Pot.SURPLUS,
    "sisahasilusaha": Pot.SURPLUS,
    "surplus": Pot.SURPLUS,
}


@dataclass(frozen=True, slots=True)
class LoanFacts:
    """What a row says of a member's loan besides what is paid.

    ``outstanding`` is what is left after the row; ``nth`` of ``term`` the
    installment it pays.  Of a loan taken over: its first ``principal``, its day,
    its ``rate``, how many installments are ``remaining``, what is in ``arrears``.
    """

    contract: str = ""
    outstanding: Decimal | None = None
    term: int | None = None
    nth: int | None = None
    rate: Rate | None = None
    principal: Decimal | None = None
    disbursed_on: date | None = None
    remaining: int | None = None
    arrears: Decimal | None = None


NOTHING_SAID = LoanFacts()


@dataclass(frozen=True, slots=True)
class MemberRow(Movement):
    """A row of what one member pays in, takes out or owes.

    ``amount`` is the sum of its parts: what comes in less what goes out.
    """

    member: str
    name: str
    parts: tuple[Part, ...]
    reference: str = ""
    loan: LoanFacts = NOTHING_SAID
    sheet: str = ""
    stated: Decimal | None = None
    """The balance the sheet states after this row, where it does."""

    @property
    def pot(self) -> str:
        """Where the first part goes."""
        return self.parts[0].to

    def content(self) -> tuple[str, ...]:
        """Everything that makes this row itself, each thing written one way."""
        common = (*Movement.content(self), self.member, self.name)
        if len(self.parts) == 1:
            return (*common, str(self.parts[0].to), self.reference)
        said = (f"{part.to} {exact(part.amount)}" for part in self.parts)
        return (*common, *said, self.reference)


def known_pots(products: Mapping[str, str]) -> Mapping[str, str]:
    """Return the words for kinds of savings, those of the book's own added.

    ``products`` are the book's kinds by any of their names.
    """
    own = {plain(name): code for name, code in products.items()}
    return {**own, **POTS}
