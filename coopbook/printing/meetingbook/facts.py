"""What stands in the annual meeting's book, gathered from a year of a book."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from coopbook import (
    budgets,
    cooperatives,
    decisions,
    health,
    members,
    statements,
    surplus,
    yearend,
)
from coopbook.baddebts import Assessment
from coopbook.book import Book
from coopbook.budgets import BudgetRow
from coopbook.cooperatives import TermOfOffice, cooperative
from coopbook.disclosures import NoteFacts, note_facts, seen_on, span_of
from coopbook.health import Health
from coopbook.ledger import Entry
from coopbook.meetings import MeetingKind
from coopbook.meetings.model import Attendance, Meeting
from coopbook.members.model import Member, MemberChange
from coopbook.members.rules import MemberStatus
from coopbook.members.standing import LEFT
from coopbook.money import Money
from coopbook.printing import loan_sheet
from coopbook.printing.loan_sheet import Issuer
from coopbook.printing.slip import check_code
from coopbook.statements import Statements
from coopbook.surplus import Policy, Pool
from coopbook.yearend import TextSubject

YEARS = 5
"""How many years the charts look back."""


@dataclass(frozen=True, slots=True)
class Movement:
    """Members with a vote: at the beginning, come, gone by cause, at the end."""

    beginning: int
    came: int
    gone: dict[MemberStatus, int]
    other: int
    end: int


@dataclass(frozen=True, slots=True)
class Part:
    """A member's part of the surplus, with the name."""

    member: int
    name: str
    shares: Money
    activity: Money
    capital: Money
    patronage: Money

    @property
    def total(self) -> Money:
        """Both parts together."""
        return self.capital + self.patronage


@dataclass(frozen=True, slots=True)
class Division:
    """The surplus over its pools and members, decided on or as drafted."""

    decided: str
    policy: Policy
    source: str
    pools: dict[Pool, Money]
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Trend:
    """A figure of each of the last years, the oldest first."""

    years: tuple[int, ...]
    amounts: tuple[Money, ...]


@dataclass(frozen=True, slots=True)
class Called:
    """The meeting on the year: where, when, about what; who came once it was held."""

    held_on: date
    place: str
    begins_at: str
    agenda: str
    eligible: int | None
    present: int


@dataclass(frozen=True, slots=True)
class MeetingBook:
    """Everything in the book of a year.

    ``record`` is the last record of the book the figures were drawn from.
    """

    year: int
    language: str
    issuer: Issuer
    village: str
    drafted: bool
    meeting: Called | None
    noted: NoteFacts
    movement: Movement
    health: Health
    division: Division | None
    undivided: str
    budget: tuple[BudgetRow, ...]
    next_budget: tuple[BudgetRow, ...]
    texts: dict[TextSubject, str]
    terms: tuple[TermOfOffice, ...]
    trends: dict[str, Trend]
    record: int
    code: str

    @property
    def told(self) -> Statements:
        """The statements of the year beside those of the year before."""
        return self.noted.told

    @property
    def now(self) -> Assessment:
        """The loans at the end of the year, or today while it runs."""
        return self.noted.now

    @property
    def last(self) -> date:
        """The last day of the year."""
        return date(self.year, 12, 31)

    @property
    def serial(self) -> str:
        """The number of the paper."""
        return f"RAT-{self.year}"


def meeting_book_of(book: Book, year: int, *, language: str = "id") -> MeetingBook:
    """Gather the book of a year; of one that is not closed it says it is a draft.

    Of a year that still runs, loans are looked at as of today: what falls due until its
    end is not late yet.
    """
    first, last = span_of(book, year)
    noted = note_facts(book, year)
    division, undivided = _division(book, year)
    entry = book.session.scalar(
        select(Entry)
        .where(Entry.cooperative_id == book.cooperative_id)
        .order_by(Entry.number.desc())
        .limit(1)
    )
    return MeetingBook(
        year=year,
        language=language,
        issuer=loan_sheet.issuer_of(book),
        village=cooperative(book).village,
        drafted=yearend.closing_of(book, year) is None,
        meeting=_called(book, year),
        noted=noted,
        movement=_movement(book, first, last),
        health=health.health_of(book, seen_on(book, year)),
        division=division,
        undivided=undivided,
        budget=tuple(budgets.budget_of(book, year)),
        next_budget=tuple(
            row for row in budgets.budget_of(book, year + 1) if row.planned
        ),
        texts={
            subject: row.body for subject, row in yearend.texts_of(book, year).items()
        },
        terms=tuple(
            term
            for term in cooperatives.terms_of_office(book)
            if term.began_on <= last
            and (term.ended_on is None or term.ended_on >= first)
        ),
        trends=_trends(book, year),
        record=entry.number if entry else 0,
        code=check_code(entry) if entry else "",
    )


def _called(book: Book, year: int) -> Called | None:
    """Return the first annual meeting of the year after."""
    row = book.session.scalar(
        select(Meeting)
        .where(Meeting.cooperative_id == book.cooperative_id)
        .where(Meeting.kind == MeetingKind.ANNUAL)
        .where(Meeting.held_on > date(year, 12, 31))
        .where(Meeting.held_on <= date(year + 1, 12, 31))
        .order_by(Meeting.held_on, Meeting.number)
        .limit(1)
    )
    if row is None:
        return None
    there = select(func.count()).where(
        Attendance.cooperative_id == book.cooperative_id,
        Attendance.meeting_number == row.number,
    )
    return Called(
        *(row.held_on, row.place, row.begins_at, row.agenda, row.eligible),
        int(book.session.scalar(there) or 0),
    )


def _movement(book: Book, first: date, last: date) -> Movement:
    """Count who came and went step by step: one may do both in a year."""
    active = MemberStatus.ACTIVE
    before = surplus.standings_on(book, first - timedelta(days=1))
    after = surplus.standings_on(book, last)
    was = {number for number, status in before.items() if status is active}
    stays = {number for number, status in after.items() if status is active}
    causes = _causes(book, set(after), last)
    gone: Counter[MemberStatus] = Counter()
    came = other = 0
    for number, old, new in _steps(book, before, first, last):
        if new is active and (old is MemberStatus.PROSPECTIVE or old in LEFT):
            came += 1
        elif new is active:
            other -= 1
        elif old is active and (new in LEFT or number in causes):
            gone[new if new in LEFT else causes[number]] += 1
        elif old is active:
            other += 1
    return Movement(
        len(was),
        came,
        {cause: gone[cause] for cause in LEFT if gone[cause]},
        other,
        len(stays),
    )


def _steps(
    book: Book, before: Mapping[int, MemberStatus], first: date, last: date
) -> Iterator[tuple[int, MemberStatus, MemberStatus]]:
    """Return each change of standing of a time: whose, from what, to what."""
    stood = dict(before)
    begun = book.session.execute(
        select(Member.number, Member.active_on)
        .where(Member.cooperative_id == book.cooperative_id)
        .where(Member.active_on >= first)
        .where(Member.active_on <= last)
    )
    changed = book.session.execute(
        select(MemberChange.member_number, MemberChange.changed_on, MemberChange.status)
        .where(MemberChange.cooperative_id == book.cooperative_id)
        .where(MemberChange.changed_on >= first)
        .where(MemberChange.changed_on <= last)
        .order_by(MemberChange.member_number, MemberChange.number)
    )
    steps = [(on, 0, number, MemberStatus.ACTIVE) for number, on in begun]
    steps += [
        (on, place, number, status)
        for place, (number, on, status) in enumerate(changed, start=1)
    ]
    for _on, _place, number, status in sorted(steps, key=lambda one: one[:3]):
        old = stood.get(number, MemberStatus.PROSPECTIVE)
        if status is not old:
            yield number, old, status
        stood[number] = status


def _causes(book: Book, numbers: set[int], last: date) -> dict[int, MemberStatus]:
    """Return by what each of some members left, the last time by a day."""
    rows = book.session.execute(
        select(MemberChange.member_number, MemberChange.status)
        .where(MemberChange.cooperative_id == book.cooperative_id)
        .where(MemberChange.changed_on <= last)
        .where(MemberChange.status.in_(LEFT))
        .order_by(MemberChange.member_number, MemberChange.number)
    )
    return {number: status for number, status in rows if number in numbers}


def _division(book: Book, year: int) -> tuple[Division | None, str]:
    """Return the surplus as decided or drafted, or why there is none."""
    names = members.names_of(book)
    try:
        policy = surplus.policy_row(book, year)
        row = surplus.distribution_of(book, year)
        if row is not None:
            return (
                Division(
                    decisions.decision(book, row.decision_number).label,
                    surplus.policy_of(book, year),
                    policy.source,
                    surplus.pools_of(book, row),
                    tuple(
                        Part(
                            *(one.member_number, names.get(one.member_number, "")),
                            *(one.capital_base, one.activity),
                            *(one.capital, one.patronage),
                        )
                        for one in surplus.shares_of(book, row)
                    ),
                ),
                "",
            )
        found = surplus.draft(book, year)
    except (surplus.NoPolicy, surplus.Deficit, surplus.NothingEarned) as refusal:
        return None, type(refusal).__name__
    return (
        Division(
            "",
            found.policy,
            policy.source,
            found.division.pools,
            tuple(
                Part(
                    *(one.base.member, names.get(one.base.member, "")),
                    *(Money(int(one.base.capital)), Money(int(one.base.activity))),
                    *(one.capital, one.patronage),
                )
                for one in found.division.shares
            ),
        ),
        "",
    )


def _trends(book: Book, year: int) -> dict[str, Trend]:
    """Return assets, loans, savings and surplus of the last years of the book."""
    begun = cooperative(book).first_day.year
    years = range(max(begun, year - YEARS + 1), year + 1)
    found: dict[str, list[Money]] = {}
    for one in years:
        last = date(one, 12, 31)
        position = statements.financial_position(book, last)
        earned = statements.net_surplus(book, *statements.year_of(last))
        for name, amount in (
            ("total_assets", position.amount("total_assets")),
            ("loans", position.amount("loans")),
            ("savings", position.amount("savings")),
            ("net_surplus", earned),
        ):
            found.setdefault(name, []).append(amount)
    return {
        name: Trend(tuple(years), tuple(amounts)) for name, amounts in found.items()
    }
