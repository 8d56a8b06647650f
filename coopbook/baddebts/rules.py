"""What is refused of bad debts, each with what would work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coopbook.errors import Missing, Refused
from coopbook.i18n import N_, Word
from coopbook.money import Money


class Condition(StrEnum):
    """What has to be true before a loan is written off."""

    CLASS = "class"
    PROVIDED = "provided"
    LETTERS = "letters"
    COLLATERAL = "collateral"
    HELD = "held"


CONDITION_NAMES = {
    Condition.CLASS: N_("it is in the worst class of the policy"),
    Condition.PROVIDED: N_("it is provided for in full"),
    Condition.LETTERS: N_("three warning letters were sent, or the borrower has died"),
    Condition.COLLATERAL: N_("no collateral lies here, no savings are held for it"),
    Condition.HELD: N_("no money is held for its installments"),
}


@dataclass(eq=False)
class NotYetWrittenOff(Refused):
    """A loan leaves the books only when everything else was tried."""

    sentence = N_(
        "Loan %(loan)s cannot be written off yet. Still missing: %(missing)s."
    )

    loan: int
    missing: tuple[Word, ...]


@dataclass(eq=False)
class NoClaim(Missing):
    """A loan that was not written off has no claim."""

    sentence = N_("Loan %(loan)s is not written off, so it is paid as any other.")

    loan: int


@dataclass(eq=False)
class MoreThanClaimed(Refused):
    """Nobody pays, or is forgiven, more than is claimed."""

    sentence = N_("Of loan %(loan)s %(left)s is still claimed; %(asked)s is more.")

    loan: int
    left: Money
    asked: Money


@dataclass(eq=False)
class BeforeWriteOff(Refused):
    """What happens to a claim happens after the loan was written off."""

    sentence = N_("Loan %(loan)s was written off on %(on)s. Choose that day or later.")

    loan: int
    on: date


@dataclass(eq=False)
class WrongBody(Refused):
    """Whoever the by-laws name decides."""

    sentence = N_("%(label)s was not decided by %(body)s, as the by-laws ask.")

    label: str
    body: Word


@dataclass(eq=False)
class DecidedLater(Refused):
    """A decision comes before what is done by it."""

    sentence = N_("%(label)s was decided on %(decided)s, after %(on)s.")

    label: str
    decided: date
    on: date


@dataclass(eq=False)
class DecidedBefore(Refused):
    """Nobody decides about what has not happened."""

    sentence = N_(
        "%(label)s was decided on %(decided)s; what it is used for began only on"
        " %(since)s. Enter the decision that was taken about it."
    )

    label: str
    decided: date
    since: date


@dataclass(eq=False)
class NothingLateHere(Refused):
    """Collateral is taken over for what is not paid."""

    sentence = N_(
        "Nothing of loan %(loan)s is late on %(on)s, so nothing is taken over for it."
    )

    loan: int
    on: date


@dataclass(eq=False)
class WaitsAlready(Refused):
    """One request about a loan at a time."""

    sentence = N_("Request %(number)s about loan %(loan)s waits already.")

    number: int
    loan: int


@dataclass(eq=False)
class ClaimsStand(Refused):
    """A write-off is reversed only when nothing stands on it."""

    sentence = N_(
        "%(voucher)s stands on this write-off. Reverse that first, the newest first."
    )

    voucher: str


@dataclass(eq=False)
class ToldAlready(Refused):
    """A waiver the borrower was told of is a promise."""

    sentence = N_(
        "The borrower of loan %(loan)s was told on %(on)s that this is waived; it is"
        " not taken back."
    )

    loan: int
    on: date


@dataclass(eq=False)
class ClaimStands(Refused):
    """Whoever has a written-off loan pays it, or has it waived, before anything new."""

    sentence = N_(
        "%(name)s still owes %(left)s on loan %(loan)s, which was written off. Take a"
        " recovery, or ask for a waiver, first."
    )

    name: str
    loan: int
    left: Money


@dataclass(eq=False)
class NotThisLoans(Refused):
    """Collateral is taken over for the loan it secures, once."""

    sentence = N_("Collateral %(number)s does not lie here for loan %(loan)s.")

    number: int
    loan: int


@dataclass(eq=False)
class NotForeclosed(Missing):
    """Nothing was taken over by that entry, or it was sold."""

    sentence = N_("Voucher %(voucher)s took no collateral over that is still here.")

    voucher: str


@dataclass(eq=False)
class SoldAlready(Refused):
    """What was sold cannot be given back."""

    sentence = N_("It was sold by %(voucher)s. Reverse the sale first.")

    voucher: str


@dataclass(eq=False)
class NotDead(Refused):
    """Insurance pays for who has died."""

    sentence = N_("%(name)s is not written down as deceased.")

    name: str


@dataclass(eq=False)
class RelievesAClaim(Refused):
    """What an insurance pays on a loan that was written off goes down on its claim."""

    sentence = N_(
        "Loan %(loan)s was written off. Take what the insurance pays on its claim,"
        " with the insurer as who pays."
    )

    loan: int


@dataclass(eq=False)
class SoldBeforeTaken(Refused):
    """A thing is sold after it was taken over."""

    sentence = N_(
        "It was taken over on %(taken)s, so it is not sold on %(on)s. Give that day or"
        " a later one."
    )

    taken: date
    on: date


@dataclass(eq=False)
class ToldWrongly(Refused):
    """The borrower is told of a waiver that stands, when it was decided or later."""

    sentence = N_(
        "The claim on loan %(loan)s was waived on %(waived)s. Write down the day on"
        " which the borrower was told: that one or a later one, and not to come."
    )

    loan: int
    waived: date


@dataclass(eq=False)
class WaiverTakenBack(Refused):
    """Nobody is told of a waiver that was taken back."""

    sentence = N_(
        "The waiver on loan %(loan)s was taken back, so there is nothing to tell."
    )

    loan: int


@dataclass(eq=False)
class ComesToMore(Refused):
    """What was agreed to is not what it comes to by now."""

    sentence = N_(
        "Loan %(loan)s came to %(asked)s when it was asked, and comes to %(now)s by"
        " now. Ask again."
    )

    loan: int
    asked: Money
    now: Money


@dataclass(eq=False)
class MoreThanGained(Refused):
    """The borrower gets a part of what a sale brought above the value, no more."""

    sentence = N_(
        "The sale brought %(most)s more; %(asked)s cannot go to the borrower."
    )

    most: Money
    asked: Money


@dataclass(eq=False)
class NotTheirSavings(Refused):
    """A claim is settled with the borrower's own savings."""

    sentence = N_(
        "Savings account %(number)s is not of the borrower of loan %(loan)s. Choose one"
        " of theirs."
    )

    number: int
    loan: int


@dataclass(eq=False)
class BeforePaidOut(Refused):
    """A loan is judged from the day it was paid out."""

    sentence = N_("Loan %(loan)s was paid out on %(on)s. Choose that day or later.")

    loan: int
    on: date


@dataclass(eq=False)
class JudgedLater(Refused):
    """What was judged of a loan stays in its order."""

    sentence = N_("Loan %(loan)s was last judged on %(on)s. Choose that day or later.")

    loan: int
    on: date


@dataclass(eq=False)
class JudgedAlready(Refused):
    """What stands is not written down twice."""

    sentence = N_("Of loan %(loan)s this stands already: %(what)s. End it first.")

    loan: int
    what: Word


@dataclass(eq=False)
class NothingToEnd(Refused):
    """Only what stands can be ended."""

    sentence = N_("Of loan %(loan)s this does not stand: %(what)s. Nothing is to end.")

    loan: int
    what: Word


@dataclass(eq=False)
class WithWhom(Refused):
    """Whoever has the loan can be asked."""

    sentence = N_(
        "Say to whom loan %(loan)s went and the number of the paper: the court, the"
        " state receivables office or the insurer."
    )

    loan: int


@dataclass(eq=False)
class BoardNeeded(Refused):
    """Less is set aside only where the board decided so."""

    sentence = N_(
        "That loan %(loan)s can still be saved takes a decision of the board. Enter it"
        " under Decisions and name its number."
    )

    loan: int
