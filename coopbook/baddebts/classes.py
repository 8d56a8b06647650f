"""How good a loan still is: the class each policy gives it (pure).

Source: domain guide 4.1; every policy carries its own with its mark.  *Exceeds so many
months* is read as later than the due day and so many calendar months, clamped to the
month's end: what fell due on 31 January exceeds three months from 1 May on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from coopbook.dates import months_after
from coopbook.errors import Refused
from coopbook.i18n import N_, Word

DOUBTFUL_MONTHS = 21
"""How long a doubtful loan may stay so, where the by-laws say nothing else."""


class LoanClass(StrEnum):
    """How good a loan still is, the better before the worse."""

    CURRENT = "current"
    SPECIAL_MENTION = "special_mention"
    DELINQUENT = "delinquent"
    SUBSTANDARD = "substandard"
    DOUBTFUL = "doubtful"
    DELINQUENT_12 = "delinquent_12"
    LOSS = "loss"

    @property
    def rank(self) -> int:
        """Its place from the best to the worst."""
        return RANKS[self]


RANKS = {each: place for place, each in enumerate(LoanClass)}
CLASS_NAMES = {
    LoanClass.CURRENT: N_("current"),
    LoanClass.SPECIAL_MENTION: N_("special mention"),
    LoanClass.DELINQUENT: N_("delinquent"),
    LoanClass.SUBSTANDARD: N_("substandard"),
    LoanClass.DOUBTFUL: N_("doubtful"),
    LoanClass.DELINQUENT_12: N_("delinquent for more than 12 months"),
    LoanClass.LOSS: N_("loss"),
}
NON_PERFORMING = frozenset(
    {LoanClass.SUBSTANDARD, LoanClass.DOUBTFUL, LoanClass.LOSS}
    | {LoanClass.DELINQUENT, LoanClass.DELINQUENT_12}
)
"""What counts as a bad loan in the ratio of them."""


class Policy(StrEnum):
    """By which rules loans are classed."""

    KUKM = "kukm"
    BANK5 = "bank5"
    LKM3 = "lkm3"
    PEARLS = "pearls"
    KKPKK2021 = "kkpkk2021"


class Mark(StrEnum):
    """How sure the rules of a policy are."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    KNOWLEDGE = "knowledge"
    UNKNOWN = "unknown"


MARK_NAMES = {
    Mark.PRIMARY: N_("read in the regulation"),
    Mark.SECONDARY: N_("from secondary sources"),
    Mark.KNOWLEDGE: N_("general knowledge, not confirmed"),
    Mark.UNKNOWN: N_("not known"),
}


@dataclass(frozen=True, slots=True)
class About:
    """What a policy is called, whose rules it holds, how sure they are."""

    title: str
    source: str
    mark: Mark
    classes: tuple[LoanClass, ...]
    missing: str = ""


C = LoanClass
FOUR = (C.CURRENT, C.SUBSTANDARD, C.DOUBTFUL, C.LOSS)
POLICIES = {
    Policy.KUKM: About(
        N_("Four classes of the ministry of cooperatives"),
        "Permen KUKM 20/2008, 14/2009",
        Mark.PRIMARY,
        FOUR,
    ),
    Policy.BANK5: About(
        N_("Five classes of banks"),
        N_("practice of banks and of lenders like LPDB"),
        Mark.KNOWLEDGE,
        (C.CURRENT, C.SPECIAL_MENTION, C.SUBSTANDARD, C.DOUBTFUL, C.LOSS),
    ),
    Policy.LKM3: About(
        N_("Three classes of microfinance institutions (historic)"),
        "POJK 62/2015 (III)",
        Mark.SECONDARY,
        (C.CURRENT, C.DOUBTFUL, C.LOSS),
    ),
    Policy.PEARLS: About(
        N_("Delinquency of credit unions"),
        "WOCCU PEARLS",
        Mark.KNOWLEDGE,
        (C.CURRENT, C.DELINQUENT, C.DELINQUENT_12),
    ),
    Policy.KKPKK2021: About(
        N_("Four classes of the supervision tool of 2021"),
        "Juknis Deputi Perkoperasian 15/2021",
        Mark.UNKNOWN,
        FOUR,
        missing=N_("Its thresholds could not be read, so they are not guessed."),
    ),
}


@dataclass(eq=False)
class PolicyUnavailable(Refused):
    """Thresholds nobody could read are not guessed."""

    sentence = N_(
        "Loans cannot be classed by \u201c%(policy)s\u201d: its thresholds could not be"
        " read. Choose another policy."
    )

    policy: Word


class Rhythm(StrEnum):
    """How often a loan is repaid, as the ministry's table counts it.

    The table names one, two, three and six months; four and five go with the shorter.
    """

    SHORT = "short"
    MONTHS = "months"
    HALF_YEARS = "half_years"


class Reason(StrEnum):
    """Why a loan is in its class."""

    NOTHING_LATE = "nothing_late"
    WITHIN = "within"
    PRINCIPAL = "principal"
    INTEREST = "interest"
    MATURED = "matured"
    COVERED = "covered"
    UNCOVERED = "uncovered"
    TOO_LONG = "too_long"
    HANDED_OVER = "handed_over"
    DAYS = "days"
    CARRIED = "carried"
    WORST = "worst"


REASON_NAMES = {
    Reason.NOTHING_LATE: N_("nothing is late"),
    Reason.WITHIN: N_("late, but within what this class allows"),
    Reason.PRINCIPAL: N_("principal is late"),
    Reason.INTEREST: N_("interest is late"),
    Reason.MATURED: N_("it should have been paid back in full"),
    Reason.COVERED: N_("long late, and covered by collateral"),
    Reason.UNCOVERED: N_("long late, and not covered"),
    Reason.TOO_LONG: N_("doubtful for too long"),
    Reason.HANDED_OVER: N_("at the court or claimed on insurance"),
    Reason.DAYS: N_("by its days past due"),
    Reason.CARRIED: N_("it keeps the class of the loan it took the place of"),
    Reason.WORST: N_("another loan of this member is worse"),
}


@dataclass(frozen=True, slots=True)
class Lateness:
    """What is late of a loan on a day, and what stands behind it.

    ``principal_due`` and ``interest_due`` are the oldest days on which some fell due
    that is not paid; ``cover`` what counts of its cover, over what it owes.
    """

    on: date
    rhythm: Rhythm
    matures_on: date
    principal_due: date | None = None
    interest_due: date | None = None
    bullet: bool = False
    days: int = 0
    cover: Fraction = Fraction(0)
    salvageable: bool = False
    handed_over: bool = False

    @property
    def oldest(self) -> date | None:
        """The oldest day on which anything fell due that is not paid."""
        days = [day for day in (self.principal_due, self.interest_due) if day]
        return min(days, default=None)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The class of a loan, and why."""

    loan_class: LoanClass
    reason: Reason


CURRENT = Verdict(C.CURRENT, Reason.NOTHING_LATE)


def exceeds(on: date, due: date, months: int) -> bool:
    """Say whether a day is later than so many months after another.

    >>> exceeds(date(2025, 4, 30), date(2025, 1, 31), 3)
    False
    >>> exceeds(date(2025, 5, 1), date(2025, 1, 31), 3)
    True
    """
    return on > months_after(due, months)


def classify(
    policy: Policy, late: Lateness, *, doubtful_months: int = DOUBTFUL_MONTHS
) -> Verdict:
    """Return the class a policy gives a loan.

    Units:  ``doubtful_months`` in calendar months after it became doubtful (kukm).
    Raises: ``PolicyUnavailable`` where the thresholds are unknown.
    Source: ``POLICIES`` names it for each policy.

    >>> late = Lateness(
    ...     date(2025, 5, 1), Rhythm.MONTHS, date(2026, 1, 31), date(2025, 1, 31)
    ... )
    >>> classify(Policy.KUKM, late).loan_class.value
    'substandard'
    """
    match policy:
        case Policy.KUKM:
            return _kukm(late, doubtful_months)
        case Policy.BANK5:
            return _by_days(late, BANK5)
        case Policy.LKM3:
            return _by_months(late, LKM3)
        case Policy.PEARLS:
            return _pearls(late)
    raise PolicyUnavailable(Word(POLICIES[policy].title))


# The ministry's four classes ---------------------------------------------------

PRINCIPAL_MONTHS = {
    Rhythm.SHORT: (1, 2),
    Rhythm.MONTHS: (3, 6),
    Rhythm.HALF_YEARS: (6, 12),
}
INTEREST_MONTHS = {
    Rhythm.SHORT: (1, 3),
    Rhythm.MONTHS: (3, 6),
    Rhythm.HALF_YEARS: (3, 6),
}
"""Months of arrears that are still current, and still substandard."""

NO_INSTALLMENTS = (3, 6)
MATURED_MONTHS = 3
SALVAGEABLE, COVERED = Fraction(3, 4), Fraction(1)
"""Cover of a doubtful loan: where it can be saved, and where it cannot."""


def _kukm(late: Lateness, doubtful_months: int) -> Verdict:
    if late.handed_over:
        return Verdict(C.LOSS, Reason.HANDED_OVER)
    if late.oldest is None:
        return CURRENT
    found = [Verdict(C.CURRENT, Reason.WITHIN)]
    matured = late.bullet and late.on > late.matures_on
    if matured:
        if exceeds(late.on, late.matures_on, MATURED_MONTHS):
            found.append(
                _beyond(late, late.matures_on, MATURED_MONTHS, doubtful_months)
            )
        else:
            found.append(Verdict(C.SUBSTANDARD, Reason.MATURED))
    elif late.principal_due is not None:
        limits = PRINCIPAL_MONTHS[late.rhythm]
        found.append(
            _staged(late, late.principal_due, limits, Reason.PRINCIPAL, doubtful_months)
        )
    if late.interest_due is not None:
        limits = NO_INSTALLMENTS if late.bullet else INTEREST_MONTHS[late.rhythm]
        found.append(
            _staged(late, late.interest_due, limits, Reason.INTEREST, doubtful_months)
        )
    return worst(found)


def _staged(
    late: Lateness, due: date, limits: tuple[int, int], why: Reason, longest: int
) -> Verdict:
    current, substandard = limits
    if exceeds(late.on, due, substandard):
        return _beyond(late, due, substandard, longest)
    if exceeds(late.on, due, current):
        return Verdict(C.SUBSTANDARD, why)
    return Verdict(C.CURRENT, Reason.WITHIN)


def _beyond(late: Lateness, due: date, months: int, longest: int) -> Verdict:
    """Doubtful is a matter of cover, not of days; and not for ever."""
    enough = SALVAGEABLE if late.salvageable else COVERED
    if late.cover < enough:
        return Verdict(C.LOSS, Reason.UNCOVERED)
    if exceeds(late.on, due, months + longest):
        return Verdict(C.LOSS, Reason.TOO_LONG)
    return Verdict(C.DOUBTFUL, Reason.COVERED)


def worst(found: Sequence[Verdict]) -> Verdict:
    """Return the worst of some verdicts, the first where several are.

    >>> worst([CURRENT, Verdict(LoanClass.LOSS, Reason.DAYS)]).loan_class.value
    'loss'
    """
    return max(found, key=lambda each: each.loan_class.rank)


# By days and by months ---------------------------------------------------------

BANK5 = (
    (0, C.CURRENT),
    (90, C.SPECIAL_MENTION),
    (120, C.SUBSTANDARD),
    (180, C.DOUBTFUL),
)
LKM3 = ((3, C.CURRENT), (9, C.DOUBTFUL))
DELINQUENT_DAYS, LONG_MONTHS = 30, 12


def _by_days(late: Lateness, edges: Sequence[tuple[int, LoanClass]]) -> Verdict:
    if not late.days:
        return CURRENT
    found = next((each for most, each in edges if late.days <= most), C.LOSS)
    return Verdict(found, Reason.DAYS)


def _by_months(late: Lateness, edges: Sequence[tuple[int, LoanClass]]) -> Verdict:
    due = late.oldest
    if due is None:
        return CURRENT
    for most, each in edges:
        if not exceeds(late.on, due, most):
            within = each is C.CURRENT
            return Verdict(each, Reason.WITHIN if within else Reason.DAYS)
    return Verdict(C.LOSS, Reason.DAYS)


def _pearls(late: Lateness) -> Verdict:
    due = late.oldest
    if due is None:
        return CURRENT
    if late.days <= DELINQUENT_DAYS:
        return Verdict(C.CURRENT, Reason.WITHIN)
    long = exceeds(late.on, due, LONG_MONTHS)
    return Verdict(C.DELINQUENT_12 if long else C.DELINQUENT, Reason.DAYS)
