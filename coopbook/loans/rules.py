"""Who may borrow what, and who decides and pays out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coopbook.errors import Conflict, Missing, Refused
from coopbook.i18n import N_, Names, Word
from coopbook.money import Money


class LoanState(StrEnum):
    """Where a loan stands between the application and the last installment."""

    APPLIED = "applied"
    APPROVED = "approved"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    DISBURSED = "disbursed"
    SETTLED = "settled"
    WRITTEN_OFF = "written_off"


STATE_NAMES = {
    LoanState.APPLIED: N_("Applied for"),
    LoanState.APPROVED: N_("Approved"),
    LoanState.REFUSED: N_("Refused"),
    LoanState.CANCELLED: N_("Cancelled"),
    LoanState.DISBURSED: N_("Running"),
    LoanState.SETTLED: N_("Settled"),
    LoanState.WRITTEN_OFF: N_("Written off, still owed"),
}


class Sector(StrEnum):
    """What the money of a loan works in, in the groups of KBLI 2020.

    Agriculture with livestock, fishery and forestry (A), crafts and food made at home
    (C), trade (G), transport (H), food stalls and lodging (I), building (F), other
    services (L to S); and what earns nothing itself.
    """

    AGRICULTURE = "agriculture"
    CRAFTS = "crafts"
    TRADE = "trade"
    TRANSPORT = "transport"
    FOOD = "food"
    BUILDING = "building"
    SERVICES = "services"
    EDUCATION = "education"
    HEALTH = "health"
    MIGRATION = "migration"
    HOUSEHOLD = "household"


SECTOR_NAMES = {
    Sector.AGRICULTURE: N_("Farming, livestock, fish"),
    Sector.CRAFTS: N_("Things made at home or in a workshop"),
    Sector.TRADE: N_("Shop and trade"),
    Sector.TRANSPORT: N_("Transport"),
    Sector.FOOD: N_("Food stall and lodging"),
    Sector.BUILDING: N_("Building and repair of houses"),
    Sector.SERVICES: N_("Other services"),
    Sector.EDUCATION: N_("School and study"),
    Sector.HEALTH: N_("Health"),
    Sector.MIGRATION: N_("Going to work abroad"),
    Sector.HOUSEHOLD: N_("Household needs"),
}


@dataclass(eq=False)
class WriteOffStands(Refused):
    """What a written-off loan was before is not changed under the write-off."""

    sentence = N_(
        "Loan %(loan)s is written off. Reverse the write-off first, then this can be"
        " put right."
    )

    loan: int


@dataclass(eq=False)
class NoSuchLoan(Missing):
    """There is no loan of that number."""

    sentence = N_("There is no loan %(number)s.")

    number: int


@dataclass(eq=False)
class NoSuchLoanProduct(Missing):
    """The cooperative offers no loan of that name."""

    sentence = N_("There are no loans called %(asked)s.")

    asked: str


@dataclass(eq=False)
class TooMuchAsked(Refused):
    """The product has a limit."""

    sentence = N_("%(product)s lends at most %(limit)s, not %(asked)s.")

    product: Names
    limit: Money
    asked: Money


@dataclass(eq=False)
class TooLong(Refused):
    """The product has a longest term."""

    sentence = N_("%(product)s runs 1 to %(longest)s months, not %(asked)s.")

    product: Names
    longest: int
    asked: int


@dataclass(eq=False)
class BorrowersAreMembers(Refused):
    """Only active members borrow.

    Source: Permenkop 8/2023, loans are for members and other cooperatives.
    """

    sentence = N_("%(name)s has to be an active member before borrowing.")

    name: str


@dataclass(eq=False)
class WrongState(Refused):
    """The loan is at another point of its life."""

    sentence = N_("Loan %(number)s is not at that point: %(state)s.")

    number: int
    state: Word


@dataclass(eq=False)
class OwnLoan(Refused):
    """Nobody decides on, or pays out, their own loan."""

    sentence = N_("This is your own loan. Somebody else has to do this.")


@dataclass(eq=False)
class RelatedDecides(Refused):
    """Nobody decides on a loan of their house or their kin."""

    sentence = N_(
        "%(name)s belongs to the household or the family of %(borrower)s. Somebody else"
        " has to decide."
    )

    name: str
    borrower: str


@dataclass(eq=False)
class ProposerDecides(Refused):
    """Whoever proposed a loan does not decide on it."""

    sentence = N_("%(name)s has signed this loan before, so somebody else decides.")

    name: str


@dataclass(eq=False)
class AboveTreasurer(Refused):
    """A treasurer decides on small loans."""

    sentence = N_(
        "Loan %(number)s is above %(most)s, up to which the treasurer decides. A"
        " manager has to."
    )

    number: int
    most: Money


@dataclass(eq=False)
class BoardDecides(Refused):
    """A large loan needs a decision of the board."""

    sentence = N_(
        "Loan %(number)s is above %(most)s, so the board decides together. Enter its"
        " decision, and name it in the application."
    )

    number: int
    most: Money


@dataclass(eq=False)
class AboveLendingLimit(Refused):
    """One borrower does not owe too large a part of own capital.

    Source: Permenkop 8/2023 on the lending limit [secondary sources].
    """

    sentence = N_(
        "%(name)s would owe %(owes)s. The lending limit is %(most)s, %(percent)s %% of"
        " the own capital of %(capital)s. At most %(room)s more can be lent."
    )

    name: str
    owes: Money
    most: Money
    percent: int
    capital: Money
    room: Money


@dataclass(eq=False)
class ApproverDisburses(Refused):
    """Whoever approved a loan does not pay it out, at any amount."""

    sentence = N_("%(name)s approved this loan, so somebody else pays it out.")

    name: str


@dataclass(eq=False)
class DisbursedBeforeApplied(Refused):
    """Money goes out after it was asked for."""

    sentence = N_("Loan %(number)s was applied for on %(applied_on)s, not before.")

    number: int
    applied_on: date


@dataclass(eq=False)
class FeesEatLoan(Refused):
    """Nothing would be left to pay out."""

    sentence = N_("The fees of %(fees)s leave nothing of %(principal)s to pay out.")

    fees: Money
    principal: Money


@dataclass(eq=False)
class MoreThanOwed(Refused):
    """A payment is not more than everything owed."""

    sentence = N_(
        "Loan %(number)s owes %(payoff)s in all; %(asked)s is more than that."
    )

    number: int
    payoff: Money
    asked: Money


@dataclass(eq=False)
class NotThePayoff(Refused):
    """A loan is ended by exactly what ends it on that day."""

    sentence = N_(
        "Loan %(number)s is ended on %(on)s by %(payoff)s, not by %(asked)s. Take that"
        " amount, or let the money pay the next installments."
    )

    number: int
    on: date
    payoff: Money
    asked: Money


@dataclass(eq=False)
class EnoughToEnd(Refused):
    """Who pays all that would end a loan does not pay interest for later."""

    sentence = N_(
        "%(asked)s is enough to end loan %(number)s, which takes %(payoff)s today."
        " Choose to end the loan."
    )

    number: int
    payoff: Money
    asked: Money


@dataclass(eq=False)
class PaidBeforeDisbursed(Refused):
    """An installment is paid on the day of disbursement or later."""

    sentence = N_("Loan %(number)s was paid out on %(disbursed_on)s, not before.")

    number: int
    disbursed_on: date


@dataclass(eq=False)
class PaymentsStand(Refused):
    """A disbursement is not taken back under payments that were made on it."""

    sentence = N_(
        "Loan %(number)s has payment %(voucher)s. Reverse its payments first."
    )

    number: int
    voucher: str


@dataclass(eq=False)
class NothingToWaive(Refused):
    """A waiver is at most what is asked."""

    sentence = N_(
        "Loan %(number)s asks %(penalty)s of penalty on %(on)s; %(asked)s cannot be"
        " waived."
    )

    number: int
    on: date
    penalty: Money
    asked: Money


@dataclass(eq=False)
class ChangedBefore(Refused):
    """A rate or a tranche comes after everything that stands."""

    sentence = N_(
        "Something of %(last)s stands on loan %(number)s. A change begins on that day"
        " or later, not on %(on)s."
    )

    number: int
    on: date
    last: date


@dataclass(eq=False)
class MoreThanApproved(Refused):
    """What is paid out in tranches was approved as a whole."""

    sentence = N_(
        "Of loan %(number)s %(left)s may still be paid out, not %(asked)s. More needs"
        " a new application."
    )

    number: int
    left: Money
    asked: Money


@dataclass(eq=False)
class RefinanceHidesArrears(Refused):
    """A late loan is restructured, not topped up."""

    sentence = N_(
        "Loan %(number)s is %(days)s days late, so more money on a new paper would hide"
        " that. Restructure it instead, or let the arrears be paid first."
    )

    number: int
    days: int


@dataclass(eq=False)
class RestructuredOften(Refused):
    """A new paper again and again is no help, and hides what is not paid."""

    sentence = N_(
        "Loan %(number)s was restructured %(times)s times in a row and never paid on"
        " time for long, so the by-laws allow no other paper. Collect what is late,"
        " take the collateral over, or have it written off."
    )

    number: int
    times: int


@dataclass(eq=False)
class TooLittleToReplace(Refused):
    """A loan that takes the place of another pays it off."""

    sentence = N_(
        "Loan %(number)s needs %(owed)s to be ended, fees of the new loan included;"
        " %(asked)s does not fit. A restructuring lends just that, a refinancing more."
    )

    number: int
    owed: Money
    asked: Money


@dataclass(eq=False)
class FollowsFromOthers(Refused):
    """An entry that the book worked out from others is not reversed by itself."""

    sentence = N_(
        "%(voucher)s follows from other entries. Reverse the payment it belongs to; the"
        " book puts this one right itself."
    )

    voucher: str


@dataclass(eq=False)
class TranchesStand(Refused):
    """A disbursement is not taken back under more that was paid out."""

    sentence = N_(
        "Loan %(number)s had more paid out by %(voucher)s. Reverse that first."
    )

    number: int
    voucher: str


@dataclass(eq=False)
class NotHeld(Refused):
    """Only what is held is given back."""

    sentence = N_("%(held)s is held for loan %(number)s, not %(asked)s.")

    number: int
    held: Money
    asked: Money


@dataclass(eq=False)
class FeesTooHigh(Refused):
    """Fees and penalties that nobody would believe."""

    sentence = N_(
        "Fees of %(fees)s %% of a loan and a penalty of %(penalty)s %% are not"
        " believable. Fees stay below 100 %%, a penalty at most 10 %% a day."
    )

    fees: str
    penalty: str


def check_state(number: int, state: LoanState, *states: LoanState) -> None:
    """Refuse what a loan in another state does not allow; raise ``WrongState``."""
    if state not in states:
        raise WrongState(number, Word(STATE_NAMES[state]))


@dataclass(eq=False)
class NoOfficer(Refused):
    """Who looks after loans works here."""

    sentence = N_(
        "%(name)s does not work with loans here. Choose a credit officer, a teller, "
        "the treasurer or a manager."
    )

    name: str


@dataclass(eq=False)
class QuotedTooLong(Refused):
    """A quotation is good for some days."""

    sentence = N_(
        "A quotation begins on the day it is made and is good for at most %(days)s "
        "days."
    )

    days: int


@dataclass(eq=False)
class QuotedOtherwise(Conflict):
    """A letter says what was quoted, or nothing."""

    sentence = N_(
        "Quotation %(number)s said %(first)s. Something was entered since that makes "
        "another sum of it; quote again."
    )

    number: int
    first: Money


@dataclass(eq=False)
class EndedOnce(Refused):
    """A loan that was ended and runs again is paid, and not changed any more."""

    sentence = N_(
        "Loan %(number)s was ended on %(on)s and runs again only because something was"
        " taken back. What it owes is paid; for more money, agree on a new loan."
    )

    number: int
    on: date
