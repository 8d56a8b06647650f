"""The chain in files: every record in the text that its digest is of.

``chain.jsonl`` has one record a line, in their order: the text that is hashed, as
``docs/chain.md`` says it is written.  ``checkpoints.csv`` has the book's checkpoints.
"""

from __future__ import annotations

from collections.abc import Iterator
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection

from coopbook.book.canon import canonical
from coopbook.checkpoints import checkpoints
from coopbook.exports.csv_export import PLAIN, Style, table
from coopbook.exports.folder import Folder, Totals
from coopbook.ledger.following import ENTRIES, EVENTS, LINES, rows

VERSION = 1
TOGETHER = 1 << 16
COLUMNS = (
    *("number", "record", "head", "made_on", "made_at", "reason", "period"),
    *("made_by", "schema_digest", "previous", "key_id", "public_key", "signature"),
)
LINKS = (
    "Events are only links of the chain: by themselves they do not prove that no entry"
    " is among them. An export with its events (coopbook export csv) does."
)


def add_chain(folder: Folder, style: Style = PLAIN, *, bodies: bool = True) -> None:
    """Write every record of the book, and its checkpoints.

    Without ``bodies`` an event is only a link of the chain: who keeps the accounts
    in view need not read what was written down about people.  The manifest then says
    what that leaves open.
    """
    if not bodies:
        folder.notes.append(LINKS)
    totals = Totals()
    connection = folder.book.session.connection()
    records = _records(connection, folder.book.cooperative_id, totals, bodies=bodies)
    folder.add("chain.jsonl", _lines(records), totals)
    made = Totals()
    cells = []
    for one in reversed(checkpoints(folder.book)):
        made.count(0, 0)
        cells.append([getattr(one, name) for name in COLUMNS])
    folder.add("checkpoints.csv", table(COLUMNS, cells, style), made)


def _records(
    connection: Connection, owner: int, totals: Totals, *, bodies: bool
) -> Iterator[list[Any]]:
    lines = groupby(rows(connection, LINES, owner), itemgetter(0))
    both = merge(
        (("entry", *row) for row in rows(connection, ENTRIES, owner)),
        (("event", *row) for row in rows(connection, EVENTS, owner)),
        key=itemgetter(1),
    )
    for kind, number, *columns, previous, own_hash in both:
        if kind == "entry":
            named, together = next(lines)
            assert named == number, "every entry has its lines"
            own = [list(line[1:]) for line in together]
            totals.count(sum(line[4] for line in own), sum(line[5] for line in own))
            yield [VERSION, kind, owner, number, *columns, own, previous]
        else:
            totals.count(0, 0)
            if bodies:
                yield [VERSION, kind, owner, number, *columns, previous]
            else:
                yield ["withheld", owner, number, columns[0], previous, own_hash]


def _lines(records: Iterator[list[Any]]) -> Iterator[bytes]:
    waiting: list[str] = []
    size = 0
    for record in records:
        waiting.append(canonical(record) + "\n")
        size += len(waiting[-1])
        if size > TOGETHER:
            yield "".join(waiting).encode()
            waiting, size = [], 0
    yield "".join(waiting).encode()
