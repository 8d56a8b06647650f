"""The chain: every record is the next one, and says what it said when written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection

from coopbook.chain.findings import Wrong
from coopbook.chain.recording import event_hash
from coopbook.i18n import N_
from coopbook.ledger.posting import entry_hash

AT_ONCE = 1_000
ENTRIES = (
    "SELECT number, booked_on, recorded_at, actor, memo, voucher, kind, source,"
    " reverses, approval, once, previous, hash FROM entry"
    " WHERE cooperative_id = {} ORDER BY number"
)
EVENTS = (
    "SELECT number, recorded_at, actor, subject, body, once, previous, hash"
    " FROM event WHERE cooperative_id = {} ORDER BY number"
)
LINES = (
    "SELECT entry_number, number, booked_on, account_number, card_number, debit,"
    " credit, loan_number, unit, fund, pillar, term_of_office FROM line"
    " WHERE cooperative_id = {} ORDER BY entry_number, number"
)


def rows(connection: Connection, sql: str, cooperative_id: int) -> Iterator[Any]:
    """Return the rows of fixed SQL for one cooperative, dates as text.

    They come in portions, also from a database server, so a long book needs no room.
    """
    found = connection.exec_driver_sql(
        sql.format(int(cooperative_id)), execution_options={"yield_per": AT_ONCE}
    )
    with found:
        for row in found:
            yield tuple(
                value.isoformat() if hasattr(value, "isoformat") else value
                for value in row
            )


class _Lines:
    """The lines of each entry in turn, read once in the order of entries."""

    def __init__(self, source: Iterator[Any]) -> None:
        self._source = source
        self._next = next(source, None)

    def of(self, number: int) -> list[Any]:
        """Return the lines of an entry; those of none before it are a finding."""
        found = []
        while self._next is not None and self._next[0] <= number:
            if self._next[0] < number:
                raise Wrong(
                    N_("A line names entry %(number)s, which is not there."),
                    number=self._next[0],
                )
            found.append(self._next[1:])
            self._next = next(self._source, None)
        return found

    def rest(self) -> None:
        """Refuse lines beyond the last entry."""
        if self._next is not None:
            raise Wrong(
                N_("A line names entry %(number)s, which is not there."),
                number=self._next[0],
            )


def check_chain(connection: Connection, cooperative_id: int) -> int:
    """Follow the chain from its first record to its head; return its length."""
    head = connection.exec_driver_sql(
        "SELECT number, hash, recorded_at FROM head"
        f" WHERE cooperative_id = {int(cooperative_id)}"
    ).fetchone()
    if head is None:
        raise Wrong(N_("The head of the chain is missing."))
    entries = rows(connection, ENTRIES, cooperative_id)
    events = rows(connection, EVENTS, cooperative_id)
    lines = _Lines(rows(connection, LINES, cooperative_id))
    entry, event = next(entries, None), next(events, None)
    previous, last_at, number = "", "", 0
    while entry is not None or event is not None:
        number += 1
        if entry is not None and (event is None or entry[0] <= event[0]):
            previous, last_at = _entry(
                cooperative_id, number, entry, lines, previous, last_at
            )
            if event is not None and event[0] == entry[0]:
                raise Wrong(
                    N_("Two records have the number %(number)s."), number=number
                )
            entry = next(entries, None)
        else:
            previous, last_at = _event(cooperative_id, number, event, previous, last_at)
            event = next(events, None)
    lines.rest()
    if tuple(head) != (number, previous, last_at):
        raise Wrong(
            N_(
                "The chain ends at record %(number)s, its head says %(head)s:"
                " records are missing at the end, or the head was changed."
            ),
            number=number,
            head=head[0],
        )
    return number


def _next(number: int, found: Any) -> None:
    if found != number:
        raise Wrong(
            N_("Record %(number)s is missing; %(found)s comes in its place."),
            number=number,
            found=found,
        )


def _entry(
    cooperative_id: int,
    number: int,
    entry: Any,
    lines: _Lines,
    previous: str,
    last_at: str,
) -> tuple[str, str]:
    *columns, kept_previous, kept = entry
    _next(number, columns[0])
    voucher = columns[5]
    own = lines.of(number)
    facts = {"number": number, "voucher": voucher}
    whole = all(type(line[i]) is int for line in own for i in (0, 2, 3, 4, 5))
    if not whole:
        raise Wrong(
            N_("Entry %(number)s (%(voucher)s) has a figure that is no whole number."),
            **facts,
        )
    if len(own) < 2 or sum(line[4] - line[5] for line in own):
        raise Wrong(N_("Entry %(number)s (%(voucher)s) does not balance."), **facts)
    if any(line[1] != columns[1] for line in own):
        raise Wrong(
            N_("A line of entry %(number)s (%(voucher)s) has another date."), **facts
        )
    computed = entry_hash((cooperative_id, *columns, previous), own)
    if kept_previous != previous or computed != kept or columns[2] < last_at:
        raise Wrong(
            N_("Entry %(number)s (%(voucher)s) was changed after it was posted."),
            **facts,
        )
    return kept, columns[2]


def _event(
    cooperative_id: int, number: int, event: Any, previous: str, last_at: str
) -> tuple[str, str]:
    _next(number, event[0])
    _, at, actor, subject, body, once, kept_previous, kept = event
    computed = event_hash(
        cooperative_id, number, at, actor, subject, body, once, previous
    )
    if kept_previous != previous or computed != kept or at < last_at:
        raise Wrong(
            N_("Event %(number)s (%(subject)s) was changed after it was recorded."),
            number=number,
            subject=subject,
        )
    return kept, at
