"""What may stand behind a loan, how much of it counts, and who lets it go (pure)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coopbook.errors import Conflict, Missing, Refused
from coopbook.i18n import N_
from coopbook.money import Money


class CollateralKind(StrEnum):
    """What secures a loan, beside savings and people."""

    VEHICLE = "vehicle"
    LAND = "land"
    GOLD = "gold"
    EQUIPMENT = "equipment"
    HARVEST = "harvest"
    OTHER = "other"


KIND_NAMES = {
    CollateralKind.VEHICLE: N_("Vehicle (BPKB)"),
    CollateralKind.LAND: N_("Land (certificate, letter C)"),
    CollateralKind.GOLD: N_("Gold"),
    CollateralKind.EQUIPMENT: N_("Equipment"),
    CollateralKind.HARVEST: N_("Harvest or stock"),
    CollateralKind.OTHER: N_("Something else"),
}


@dataclass(frozen=True, slots=True)
class Cover:
    """What a loan owes, and what stands behind it.

    ``owed`` is principal and interest to date; ``savings`` what is held of savings and
    deposits, the borrower's and the guarantors'; ``goods`` what is accepted of
    collateral.  A guarantor's word without a hold counts for nothing here: it is
    ``promised``.
    """

    owed: Money
    savings: Money
    goods: Money
    promised: Money

    @property
    def total(self) -> Money:
        """Everything that counts."""
        return self.savings + self.goods

    @property
    def percent(self) -> int | None:
        """How much of what is owed is covered, rounded down; nothing owed: none.

        >>> Cover(Money(300), Money(100), Money(100), Money(0)).percent
        66
        """
        return self.total.units * 100 // self.owed.units if self.owed else None


def covers(total: Money, owed: Money, needed: int) -> bool:
    """Say whether what counts is at least so many percent of what is owed.

    >>> covers(Money(75), Money(100), 75), covers(Money(74), Money(100), 75)
    (True, False)
    """
    return total.units * 100 >= owed.units * needed


@dataclass(eq=False)
class NotCovered(Refused):
    """A kind of loan asks for cover, and this one has too little."""

    sentence = N_(
        "Loan %(number)s needs cover of %(needed)s %% of %(owed)s, which is %(least)s; "
        "%(found)s counts so far. Add a guarantor with held savings, or collateral."
    )

    number: int
    needed: int
    owed: Money
    least: Money
    found: Money


@dataclass(eq=False)
class OwnGuarantor(Refused):
    """Nobody answers for oneself."""

    sentence = N_("%(name)s is the borrower. Own savings are held as security instead.")

    name: str


@dataclass(eq=False)
class GuarantorMissing(Refused):
    """A guarantor is a member, or has a name."""

    sentence = N_("Choose the member who answers for it, or write who does.")


@dataclass(eq=False)
class GuarantorsAreMembers(Refused):
    """Only a member with full rights answers for another one."""

    sentence = N_(
        "%(name)s is no member with full rights, so cannot answer for a loan. Choose "
        "another member, or write an outsider's name."
    )

    name: str


@dataclass(eq=False)
class GuaranteesAlready(Refused):
    """Somebody answers for a loan once."""

    sentence = N_("%(name)s answers for loan %(number)s already.")

    name: str
    number: int


@dataclass(eq=False)
class GuaranteesTooMany(Refused):
    """One person answers for so many loans, and not more."""

    sentence = N_(
        "%(name)s answers for %(count)s loans already; the by-laws allow %(most)s. "
        "Choose somebody else."
    )

    name: str
    count: int
    most: int


@dataclass(eq=False)
class NotTheirAccount(Refused):
    """What is held belongs to who answers for it."""

    sentence = N_("Account %(account)s does not belong to %(name)s.")

    account: int
    name: str


@dataclass(eq=False)
class MoreThanLoan(Refused):
    """Nobody answers for more than there is."""

    sentence = N_("The loan is of %(principal)s. Write at most that.")

    principal: Money


@dataclass(eq=False)
class AcceptedTooMuch(Refused):
    """Less counts than a thing is worth: it has to be sold first."""

    sentence = N_(
        "Of a value of %(value)s at most %(most)s counts as cover (%(share)s %% by the "
        "by-laws)."
    )

    value: Money
    most: Money
    share: int


@dataclass(eq=False)
class PledgedAlready(Refused):
    """One paper secures one loan."""

    sentence = N_(
        "The paper %(document)s secures loan %(loan)s already. It has to be released "
        "there first."
    )

    document: str
    loan: int


@dataclass(eq=False)
class LoanEnded(Refused):
    """What is over needs no security."""

    sentence = N_("Loan %(number)s is over, so nothing is pledged for it any more.")

    number: int


@dataclass(eq=False)
class GuarantorDecides(Refused):
    """Nobody lets themselves go."""

    sentence = N_(
        "It is %(name)s who answers there, and who asks here. Let another manager "
        "decide."
    )

    name: str


@dataclass(eq=False)
class ReleasedBefore(Conflict):
    """Security is released once."""

    sentence = N_("It was released on %(on)s already.")

    on: date


@dataclass(eq=False)
class ReleasedBeforeReceived(Refused):
    """What was received is given back that day or later."""

    sentence = N_("It was received on %(received)s; choose that day or a later one.")

    received: date


@dataclass(eq=False)
class NoSuchCollateral(Missing):
    """There is no collateral of that number."""

    sentence = N_("There is no collateral %(number)s.")

    number: int


@dataclass(eq=False)
class NoSuchGuarantor(Missing):
    """A loan has no guarantor of that number."""

    sentence = N_("Loan %(loan)s has no guarantor %(number)s.")

    loan: int
    number: int
