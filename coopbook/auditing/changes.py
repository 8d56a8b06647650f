"""What changed in the book since a day, by when it was recorded, not by its date.

An auditor who was here in March wants to know in June what is new about March: entries
that were booked back, what was taken back, and every other record by what it touched.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import and_, func, select

from coopbook.auditing.standard import Row
from coopbook.book import Book
from coopbook.chain.model import Event
from coopbook.cooperatives import cooperative
from coopbook.db.types import total
from coopbook.i18n import N_
from coopbook.ledger.model import Entry, Line
from coopbook.statements import check_day

SUBJECTS = {
    "approval": N_("Requests for a second person"),
    "period": N_("Months and years closed or opened"),
    "year_closing": N_("Years closed, opened again, approved"),
    "setting": N_("By-laws' figures"),
    "person": N_("People and what they may do"),
    "holding": N_("People and what they may do"),
    "term_of_office": N_("Terms of office"),
    "account": N_("Accounts"),
    "member": N_("Members"),
    "member_change": N_("Members' standing"),
    "savings_product": N_("Kinds of savings"),
    "savings_terms": N_("Kinds of savings"),
    "loan_product": N_("Kinds of loans"),
    "loan": N_("Loans"),
    "loan_change": N_("Loans' terms"),
    "write_off": N_("Loans written off"),
    "proposed_adjustment": N_("Corrections of earlier years"),
    "line_given": N_("Lines of the statements"),
    "surplus_policy": N_("How the surplus is divided"),
    "surplus_distribution": N_("Surplus decided on and handed out"),
    "decision": N_("Decisions"),
    "checkpoint": N_("Checkpoints"),
    "import_batch": N_("Sheets brought in"),
}
"""Tables an auditor asks about first, as people call them."""
REST = N_("Everything else")


@dataclass(frozen=True, slots=True)
class Changes:
    """What was recorded from a day on.

    ``first_record`` is the number of the first record, ``back`` the vouchers booked on
    an earlier day, ``taken_back`` reversals of earlier records, ``others`` how many
    records there are of what else, by its name and who made it.
    """

    since: date
    first_record: int | None
    entries: int
    back: tuple[Row, ...]
    taken_back: tuple[Row, ...]
    others: tuple[tuple[str, str, int], ...]


def changes_since(book: Book, since: date) -> Changes:
    """Return everything recorded from the beginning of a day on.

    The day begins on the cooperative's clock.  Raises ``OutsideTheCalendar``.
    """
    check_day(since)
    own = book.cooperative_id
    zone = ZoneInfo(cooperative(book).timezone)
    begins = datetime.combine(since, time(), zone)
    first = _first_record(book, begins)
    if first is None:
        return Changes(since, None, 0, (), (), ())
    count = book.session.scalar(
        select(func.count())
        .select_from(Entry)
        .where(Entry.cooperative_id == own, Entry.number >= first)
    )
    rows = _rows(book, first)
    return Changes(
        since,
        first,
        int(count or 0),
        tuple(row for row in rows if row.booked_on < since),
        tuple(row for row in rows if (row.reverses or first) < first),
        _others(book, first),
    )


def _first_record(book: Book, begins: datetime) -> int | None:
    """Return the number of the first record of that moment or later.

    Moments are kept as text of one form in universal time, so text is in their order.
    """
    at = begins.astimezone(UTC).isoformat(timespec="microseconds")
    found = [
        book.session.scalar(
            select(func.min(of.number))
            .where(of.cooperative_id == book.cooperative_id)
            .where(of.recorded_at >= at)
        )
        for of in (Entry, Event)
    ]
    numbers = [int(one) for one in found if one is not None]
    return min(numbers, default=None)


def _rows(book: Book, first: int) -> list[Row]:
    """Return the vouchers that say something of the time before a record."""
    columns = (
        *(Entry.number, Entry.voucher, Entry.booked_on, Entry.recorded_at),
        *(Entry.actor, Entry.memo, Entry.kind, Entry.source, Entry.reverses),
    )
    found = book.session.execute(
        select(*columns, total(Line.debit))
        .join(
            Line,
            and_(
                Line.cooperative_id == Entry.cooperative_id,
                Line.entry_number == Entry.number,
            ),
        )
        .where(Entry.cooperative_id == book.cooperative_id)
        .where(Entry.number >= first)
        .group_by(*columns)
        .order_by(Entry.number)
    )
    return [Row(*values) for values in map(tuple, found)]


def _others(book: Book, first: int) -> tuple[tuple[str, str, int], ...]:
    counted: Counter[tuple[str, str]] = Counter()
    rows = book.session.execute(
        select(Event.subject, Event.actor, func.count())
        .where(Event.cooperative_id == book.cooperative_id)
        .where(Event.number >= first)
        .group_by(Event.subject, Event.actor)
    )
    for subject, actor, count in rows:
        names = {SUBJECTS[one] for one in subject.split("+") if one in SUBJECTS}
        for name in names or {REST}:
            counted[name, actor] += count
    order = {name: place for place, name in enumerate([*SUBJECTS.values(), REST])}
    return tuple(
        (name, actor, count)
        for (name, actor), count in sorted(
            counted.items(), key=lambda one: (order[one[0][0]], one[0][1])
        )
    )
