"""The standard tests of a journal: what to look at, each with its vouchers.

A finding is a question, not an accusation.  Source: the standard tests of AICPA's audit
data standards for the general ledger, and what auditors of small cooperatives ask for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import and_, or_, select

from coopbook.auditing.digits import Digits, first_digits
from coopbook.auditing.sampling import Item
from coopbook.book import Book
from coopbook.cooperatives import cooperative, setting
from coopbook.cooperatives.calendar import open_days
from coopbook.db.types import total
from coopbook.i18n import N_
from coopbook.ledger.model import Entry, Line
from coopbook.loans.model import Loan
from coopbook.money import Money

OPENS, CLOSES = 7, 18
LATE_DAYS = 7
ROUND = 1_000_000
UNDER = 5
"""Office hours, days between business date and record, what is round, how many percent
under a limit is just under it: choices of ours, said on the page."""


class Standard(StrEnum):
    """A test of the journal."""

    DUPLICATES = "duplicates"
    ODD_HOURS = "odd_hours"
    ODD_DAYS = "odd_days"
    ROUND = "round"
    BACK_DATED = "back_dated"
    REVERSED = "reversed"
    UNDER_LIMIT = "under_limit"
    RELATED = "related"


STANDARD_NAMES = {
    Standard.DUPLICATES: N_("The same day, accounts and amounts more than once"),
    Standard.ODD_HOURS: N_("Recorded outside office hours, 07.00 to 18.00"),
    Standard.ODD_DAYS: N_("Booked on a day the cooperative was closed"),
    Standard.ROUND: N_("Whole millions"),
    Standard.BACK_DATED: N_("Recorded more than 7 days after its business date"),
    Standard.REVERSED: N_("Reversals and what they took back"),
    Standard.UNDER_LIMIT: N_(
        "Just under a limit from which a second person is asked, within 5 percent"
    ),
    Standard.RELATED: N_("Loans to related parties"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A voucher with its amount: what stands on its left side."""

    number: int
    voucher: str
    booked_on: date
    recorded_at: str
    actor: str
    memo: str
    kind: str
    source: str
    reverses: int | None
    amount: Money


@dataclass(frozen=True, slots=True)
class Journal:
    """The vouchers of a time, with the tests' findings by number."""

    first: date
    last: date
    rows: tuple[Row, ...]
    findings: dict[Standard, tuple[int, ...]] = field(default_factory=dict)
    missing: tuple[str, ...] = ()

    @property
    def items(self) -> list[Item]:
        """What a sample is drawn from."""
        return [Item(row.number, row.amount) for row in self.rows]

    @property
    def digits(self) -> Digits:
        """How often each first digit came among the vouchers' amounts."""
        return first_digits(row.amount.units for row in self.rows)

    def of(self, test: Standard) -> list[Row]:
        """Return the vouchers a test found."""
        wanted = set(self.findings.get(test, ()))
        return [row for row in self.rows if row.number in wanted]


def journal_of(book: Book, first: date, last: date) -> Journal:
    """Return the vouchers of a time with everything the standard tests found."""
    found = book.session.execute(
        select(
            *(Entry.number, Entry.voucher, Entry.booked_on, Entry.recorded_at),
            *(Entry.actor, Entry.memo, Entry.kind, Entry.source, Entry.reverses),
            total(Line.debit),
        )
        .join(
            Line,
            and_(
                Line.cooperative_id == Entry.cooperative_id,
                Line.entry_number == Entry.number,
            ),
        )
        .where(Entry.cooperative_id == book.cooperative_id)
        .where(Entry.booked_on >= first)
        .where(Entry.booked_on <= last)
        .group_by(
            *(Entry.number, Entry.voucher, Entry.booked_on, Entry.recorded_at),
            *(Entry.actor, Entry.memo, Entry.kind, Entry.source, Entry.reverses),
        )
        .order_by(Entry.number)
    )
    rows = tuple(Row(*values) for values in map(tuple, found))
    limits = {
        (name, day): setting(book, name, day)
        for name in ("payout_limit", "voucher_limit")
        for day in {row.booked_on for row in rows}
    }
    zone = ZoneInfo(cooperative(book).timezone)
    findings = {
        Standard.DUPLICATES: _duplicates(book, rows, first, last),
        Standard.ODD_HOURS: tuple(
            row.number for row in rows if not OPENS <= _local(row, zone).hour < CLOSES
        ),
        Standard.ODD_DAYS: _odd_days(book, rows),
        Standard.ROUND: tuple(
            row.number for row in rows if row.amount and not row.amount.units % ROUND
        ),
        Standard.BACK_DATED: tuple(
            row.number
            for row in rows
            if (_local(row, zone).date() - row.booked_on).days > LATE_DAYS
        ),
        Standard.REVERSED: _reversed(rows),
        Standard.UNDER_LIMIT: tuple(
            row.number
            for row in rows
            if row.kind in ("BKK", "BBK")
            and _just_under(row.amount.units, limits[_limit_of(row), row.booked_on])
        ),
        Standard.RELATED: _related(book, first, last),
    }
    return Journal(first, last, rows, findings, _missing(book, rows))


def _limit_of(row: Row) -> str:
    """Return the by-law above which a voucher needs a second person."""
    own = row.source.startswith("voucher.") or row.source == "ledger.journal"
    return "voucher_limit" if own else "payout_limit"


def _just_under(units: int, limit: int) -> bool:
    return (100 - UNDER) * limit <= 100 * units and units <= limit


def _local(row: Row, zone: ZoneInfo) -> datetime:
    return datetime.fromisoformat(row.recorded_at).astimezone(zone)


def _odd_days(book: Book, rows: Sequence[Row]) -> tuple[int, ...]:
    days = open_days(book)
    return tuple(row.number for row in rows if not days.is_open(row.booked_on))


def _reversed(rows: Sequence[Row]) -> tuple[int, ...]:
    back = {row.reverses for row in rows if row.reverses is not None}
    return tuple(
        row.number for row in rows if row.reverses is not None or row.number in back
    )


def _missing(book: Book, rows: Sequence[Row]) -> tuple[str, ...]:
    """Return what is missing of the series of a time's vouchers, in the whole book.

    Vouchers are numbered as they are recorded, so that one of a series may well bear a
    day outside the time that is looked at.
    """
    names = {row.voucher.rpartition("-")[0] for row in rows}
    if not names:
        return ()
    found = book.session.scalars(
        select(Entry.voucher)
        .where(Entry.cooperative_id == book.cooperative_id)
        .where(or_(*(Entry.voucher.startswith(f"{name}-") for name in names)))
    )
    return missing_numbers(found)


def missing_numbers(vouchers: Iterable[str]) -> tuple[str, ...]:
    """Return the numbers from 1 to the last of each series that are not there.

    >>> missing_numbers(["BM-2026-000002", "BM-2026-000004"])
    ('BM-2026-000001', 'BM-2026-000003')
    """
    series: dict[str, set[int]] = defaultdict(set)
    for voucher in vouchers:
        name, _, number = voucher.rpartition("-")
        series[name].add(int(number))
    return tuple(
        f"{name}-{number:06d}"
        for name, numbers in sorted(series.items())
        for number in sorted(set(range(1, max(numbers) + 1)) - numbers)
    )


def _duplicates(
    book: Book, rows: Sequence[Row], first: date, last: date
) -> tuple[int, ...]:
    """Return vouchers alike in day, accounts, cards and amounts; reversals are not."""
    lines = book.session.execute(
        select(
            *(Line.entry_number, Line.account_number, Line.card_number),
            *(Line.debit, Line.credit),
        )
        .where(Line.cooperative_id == book.cooperative_id)
        .where(Line.booked_on >= first)
        .where(Line.booked_on <= last)
        .order_by(Line.entry_number, Line.number)
    )
    bodies: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for entry, account, card, left, right in lines:
        bodies[entry].append((account, card, left.units - right.units))
    undone = set(_reversed(rows))
    alike: dict[object, list[int]] = defaultdict(list)
    for row in rows:
        if row.number not in undone:
            body = tuple(sorted(bodies[row.number]))
            alike[row.booked_on, body].append(row.number)
    return tuple(
        sorted(number for some in alike.values() if len(some) > 1 for number in some)
    )


def _related(book: Book, first: date, last: date) -> tuple[int, ...]:
    rows = book.session.scalars(
        select(Line.entry_number)
        .join(
            Loan,
            and_(
                Loan.cooperative_id == Line.cooperative_id,
                Loan.number == Line.loan_number,
            ),
        )
        .where(Line.cooperative_id == book.cooperative_id)
        .where(Line.booked_on >= first)
        .where(Line.booked_on <= last)
        .where(Loan.related.is_not(None))
        .distinct()
    )
    return tuple(sorted(rows))
