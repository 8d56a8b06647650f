"""What is refused of collecting, each with what would work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coopbook.errors import Missing, Refused
from coopbook.i18n import N_, Word


@dataclass(eq=False)
class NoSuchStep(Missing):
    """Nothing of that number was done about the loan."""

    sentence = N_("Nothing with the number %(number)s was done about loan %(loan)s.")

    loan: int
    number: int


@dataclass(eq=False)
class NoSuchLetter(Missing):
    """A loan has no letter of that number."""

    sentence = N_("No letter with the number %(label)s was sent about loan %(loan)s.")

    loan: int
    label: str


@dataclass(eq=False)
class NothingLate(Refused):
    """Nobody is warned who owes nothing late."""

    sentence = N_("Nothing of loan %(loan)s is late on %(on)s, so no letter is sent.")

    loan: int
    on: date


@dataclass(eq=False)
class SentAlready(Refused):
    """Nothing is sent twice."""

    sentence = N_(
        "%(what)s of loan %(loan)s was sent on %(on)s; it is not sent twice for the"
        " same arrears."
    )

    what: Word
    loan: int
    on: date


@dataclass(eq=False)
class TooSoon(Refused):
    """A letter gives people time to answer the one before."""

    sentence = N_("%(what)s can be sent from %(on)s on.")

    what: Word
    on: date


@dataclass(eq=False)
class HelpFirst(Refused):
    """Whoever is in trouble is offered help before pressure."""

    sentence = N_(
        "The borrower is in trouble (%(why)s). Offer help first: talk about another"
        " schedule and write it down."
    )

    why: Word


@dataclass(eq=False)
class FirstIsPrivate(Refused):
    """The first letter is between the cooperative and the borrower."""

    sentence = N_(
        "Guarantors and the group read no first letter. Leave them out; they may get a"
        " copy of the second."
    )


@dataclass(eq=False)
class MeetingNeeded(Refused):
    """The third letter invites to the board."""

    sentence = N_(
        "The third letter invites to the board: name a day after %(on)s and the place."
    )

    on: date


@dataclass(eq=False)
class NoConsent(Refused):
    """The village hears nothing without the borrower's consent."""

    sentence = N_(
        "The village gets no copy: loan %(loan)s has no written consent of the borrower"
        " with a decision of the board."
    )

    loan: int


@dataclass(eq=False)
class NotTheBoard(Refused):
    """The board decides whether the village hears of a debt."""

    sentence = N_("%(label)s is no decision of the board. Name one that is.")

    label: str


@dataclass(eq=False)
class NotDecidedThen(Refused):
    """The board decides about this loan, before the borrower signs or that day."""

    sentence = N_(
        "%(label)s is of %(decided)s. Name a decision of the board about this loan,"
        " from %(since)s to %(until)s."
    )

    label: str
    decided: date
    since: date
    until: date


@dataclass(eq=False)
class DayToCome(Refused):
    """What was done was done by today."""

    sentence = N_("%(on)s has not come yet. Use %(today)s or an earlier day.")

    on: date
    today: date


@dataclass(eq=False)
class NotPaidOutThen(Refused):
    """Nothing is collected on a loan before its money was paid out."""

    sentence = N_(
        "Loan %(loan)s was paid out on %(since)s. Use that day or a later one."
    )

    loan: int
    since: date


@dataclass(eq=False)
class BorrowerDied(Refused):
    """Nobody writes to the dead; there is a way to settle what they owed."""

    sentence = N_(
        "%(name)s has died, so nothing is sent in that name. Claim the insurance of the"
        " loan, or settle with the heirs; they are named on the member's page."
    )

    name: str


@dataclass(eq=False)
class NotAPromise(Refused):
    """A promise says how much, and by which day."""

    sentence = N_("A promise names an amount above zero and a day from %(on)s on.")

    on: date


@dataclass(eq=False)
class PromiseTooFar(Refused):
    """Nobody waits for a promise for years."""

    sentence = N_(
        "A promise runs for %(days)s days at most. Name a day up to %(last)s; what"
        " comes later is a matter of another schedule."
    )

    days: int
    last: date


@dataclass(eq=False)
class StruckAlready(Refused):
    """What is struck out is struck out."""

    sentence = N_("That step is struck out already.")
