"""Bad debts of a month: what the loans are at its end, and what was done about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import select

from coopbook.baddebts.allowance import Scale
from coopbook.baddebts.breakdown import RISK_DAYS, by_term
from coopbook.baddebts.classes import LoanClass, Policy
from coopbook.baddebts.gathered import (
    Contacts,
    Losses,
    beside_risk,
    contacts_between,
    losses_between,
    next_steps,
)
from coopbook.baddebts.queries import (
    PAR_DAYS,
    Assessed,
    Assessment,
    ClassRow,
    Risk,
    assess,
)
from coopbook.baddebts.service import PROVIDE
from coopbook.baddebts.tenure import Fallen
from coopbook.book import Book
from coopbook.cooperatives import Office, cooperative
from coopbook.dates import day_before, last_day, months_after
from coopbook.db.types import total
from coopbook.errors import Refused
from coopbook.i18n import N_
from coopbook.ledger import chart
from coopbook.ledger.model import Entry, Line
from coopbook.ledger.queries import account_balance
from coopbook.loans.history import WRITE_OFF
from coopbook.money import ZERO, Money

UNDONE = ".reversal"
WORST = 20


@dataclass(eq=False)
class MonthRuns(Refused):
    """A month is reported on when it is over."""

    sentence = N_("The month that ends on %(on)s is not over yet. Ask for one that is.")

    on: date


def check_over(month: date, today: date) -> None:
    """Refuse a month that is not over on a day; raise ``MonthRuns``."""
    end = last_day(month.year, month.month)
    if end >= today:
        raise MonthRuns(end)


@dataclass(frozen=True, slots=True)
class AllowanceMoved:
    """How the allowance in the books came from one balance to another.

    ``other`` is what was entered by hand or brought along from older books; below zero
    where it made the allowance smaller.
    """

    opening: Money
    added: Money
    released: Money
    used: Money
    other: Money
    closing: Money

    def __post_init__(self) -> None:
        moved = self.added - self.released - self.used + self.other
        assert self.opening + moved == self.closing


@dataclass(frozen=True, slots=True)
class RiskThen:
    """What is at risk at the month's end, a month before, and a year before.

    None where there was no book yet.
    """

    now: Risk
    month_before: Risk | None
    year_before: Risk | None


@dataclass(frozen=True, slots=True)
class Restructured:
    """Loans that took the place of others that could not be paid as agreed.

    ``at_risk`` is the principal of all of them and of every loan more than thirty days
    late, each once, with what was written off in twelve months; ``share`` its share of
    all principal and of that.
    """

    count: int
    outstanding: Money
    at_risk: Money
    share: Fraction


@dataclass(frozen=True, slots=True)
class Worst:
    """A loan that needs somebody's attention, and what is to be done next about it."""

    loan: int
    member: int
    name: str
    loan_class: LoanClass
    days: int
    arrears: Money
    outstanding: Money
    next_step: str = ""


@dataclass(frozen=True, slots=True)
class TermLine:
    """A term of office: what it approved, and what first fell late in it.

    ``lent`` loans were approved in it, ``late`` of them were ever more than thirty days
    late, and ``at_risk`` is what of them is so now; ``fell`` first were in it.  Beside
    both stands what one would expect of loans of the same age.  ``name`` is empty for
    what belongs to no term that is written down.
    """

    office: Office
    name: str
    began_on: date | None
    lent: int
    late: int
    late_expected: Fraction
    late_flagged: bool
    at_risk: Money
    fell: int
    expected: Fraction
    flagged: bool


@dataclass(frozen=True, slots=True)
class MonthlyReport:
    """Everything about bad debts in a month, as its last day found it."""

    on: date
    policy: Policy
    scale: Scale
    classes: tuple[ClassRow, ...]
    outstanding: Money
    non_performing: Fraction
    at_risk: tuple[RiskThen, ...]
    needed: Money
    allowance: AllowanceMoved
    losses: Losses
    restructured: Restructured
    contacts: Contacts
    worst: tuple[Worst, ...]
    terms: tuple[TermLine, ...]

    @property
    def count(self) -> int:
        """How many loans run."""
        return sum(row.count for row in self.classes)

    @property
    def apart(self) -> Money:
        """What has to be added to the allowance; below zero what is too much."""
        return self.needed - self.allowance.closing


def monthly_report(
    book: Book,
    month: date,
    *,
    policy: Policy | None = None,
    scale: Scale | None = None,
) -> MonthlyReport:
    """Gather the bad debts of the month a day lies in, and what was done about them.

    Raises ``PolicyUnavailable``.
    """
    first, end = month.replace(day=1), last_day(month.year, month.month)
    now = assess(book, end, policy=policy, scale=scale)
    before = _assessed(book, day_before(first), now)
    year = months_after(first, -11)
    then = _assessed(book, day_before(year), now)
    steps = next_steps(book, end)
    return MonthlyReport(
        on=end,
        policy=now.policy,
        scale=now.scale,
        classes=tuple(now.by_class()),
        outstanding=now.outstanding,
        non_performing=now.non_performing(),
        at_risk=tuple(
            RiskThen(
                now.at_risk(days),
                before.at_risk(days) if before else None,
                then.at_risk(days) if then else None,
            )
            for days in PAR_DAYS
        ),
        needed=now.allowance,
        allowance=allowance_moved(book, first, end),
        losses=losses_between(book, year, first, end),
        restructured=_restructured(book, now),
        contacts=contacts_between(book, first, end),
        worst=tuple(_worst(each, steps) for each in worst_of(now)),
        terms=tuple(
            line for office in Office for line in _term_lines(book, office, now)
        ),
    )


def _assessed(book: Book, on: date, like: Assessment) -> Assessment | None:
    """Return the loans of an earlier day by the same rules, where there was a book."""
    if on < cooperative(book).first_day:
        return None
    return assess(book, on, policy=like.policy, scale=like.scale)


def allowance_moved(book: Book, first: date, last: date) -> AllowanceMoved:
    """Return what moved the allowance in the books from a day to another, both counted.

    What was reversed counts against what it was, on the day it was reversed.
    """
    rows = book.session.execute(
        select(Entry.source, total(Line.debit), total(Line.credit))
        .join(Entry.lines_read)
        .where(Entry.cooperative_id == book.cooperative_id)
        .where(Line.account_number == chart.ALLOWANCE)
        .where(Entry.booked_on >= first)
        .where(Entry.booked_on <= last)
        .group_by(Entry.source)
    )
    added = released = used = other = ZERO
    for source, debited, credited in rows:
        if source == PROVIDE:
            added, released = added + credited, released + debited
        elif source == PROVIDE + UNDONE:
            added, released = added - debited, released - credited
        elif source.removesuffix(UNDONE) == WRITE_OFF:
            used += debited - credited
        else:
            other += credited - debited
    return AllowanceMoved(
        *(account_balance(book, chart.ALLOWANCE, day_before(first)), added, released),
        *(used, other, account_balance(book, chart.ALLOWANCE, last)),
    )


def worst_of(now: Assessment, most: int = WORST) -> list[Assessed]:
    """Return the loans that are worst: by class, then days late, then principal."""
    late = [
        each
        for each in now.rows
        if each.days or each.verdict.loan_class is not LoanClass.CURRENT
    ]
    late.sort(
        key=lambda each: (
            *(-each.verdict.loan_class.rank, -each.days, -each.outstanding.units),
            each.loan.number,
        )
    )
    return late[:most]


def _worst(each: Assessed, next_steps: Mapping[int, str]) -> Worst:
    loan = each.loan
    return Worst(
        loan=loan.number,
        member=loan.member_number,
        name=loan.member.name,
        loan_class=each.verdict.loan_class,
        days=each.days,
        arrears=each.standing.arrears,
        outstanding=each.outstanding,
        next_step=next_steps.get(loan.number, ""),
    )


def _restructured(book: Book, now: Assessment) -> Restructured:
    beside = beside_risk(book, now, RISK_DAYS)
    count = sum(each.loan.carried_days is not None for each in now.rows)
    return Restructured(count, beside.restructured, beside.at_risk, beside.share)


def _seen(found: Fallen) -> tuple[int, Fraction, bool]:
    return len(found.loans), found.expected, found.flagged


def _term_lines(book: Book, office: Office, now: Assessment) -> list[TermLine]:
    return [
        TermLine(
            office,
            row.term.name if row.term else "",
            row.term.began_on if row.term else None,
            *(row.lent, *_seen(row.approved), row.part.at_risk, *_seen(row.fell)),
        )
        for row in by_term(book, office, now)
    ]
