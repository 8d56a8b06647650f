"""Write an event for every act of the session, from the rows it flushed."""

from __future__ import annotations

import hashlib
from typing import Any

from sqlalchemy import Table, event
from sqlalchemy.orm import Session

from coopbook.book.book import Book
from coopbook.book.canon import canonical, digest, plain
from coopbook.chain.model import Event
from coopbook.db.base import Base
from coopbook.vault import Vault

VERSION = 1

#: Tables that the chain does not describe by events: the records themselves,
#: what the guards keep, and figures that are derived from the lines.
UNRECORDED = frozenset(
    {
        *("entry", "line", "event", "head", "counter", "balance", "day_balance"),
        *("loan_daily", "loan_class_log"),
    }
)


def event_hash(
    cooperative_id: int,
    number: int,
    recorded_at: str,
    actor: str,
    subject: str,
    body: str,
    once: str | None,
    previous: str,
) -> str:
    """Return the digest of an event: every column of it, in this order."""
    return digest(
        [
            *(VERSION, "event", cooperative_id, number, recorded_at, actor),
            *(subject, body, once, previous),
        ]
    )


def place_of(table: Table, row: dict[str, Any], column: str) -> str:
    """Return the place a sealed field is bound to: ``1/member/5/phone``."""
    key = "/".join(
        str(plain(row[c.key])) for c in table.primary_key if c.key != "cooperative_id"
    )
    owner = row.get("cooperative_id", row.get("id"))
    return f"{owner}/{table.name}/{key}/{column}"


def after_image(
    table: Table, row: dict[str, Any], vault: Vault | None
) -> dict[str, Any]:
    """Return what an event says of a row.

    A column marked ``sealed`` appears as a commitment, one marked ``digest`` as
    its SHA-256, one marked ``derived`` not at all.
    """
    image: dict[str, Any] = {}
    for column in table.columns:
        name, value = column.key, row[column.key]
        how = column.info.get("chain", "plain")
        if how == "derived":
            continue
        if value is not None and how == "sealed":
            assert vault is not None, "a book with personal fields has its secret"
            value = {"commitment": vault.commitment(value, place_of(table, row, name))}
        elif value is not None and how == "digest":
            raw = value if isinstance(value, bytes) else str(value).encode()
            value = {"sha256": hashlib.sha256(raw).hexdigest()}
        image[name] = plain(value)
    return image


def record(book: Book, rows: list[tuple[Table, dict[str, Any]]]) -> None:
    """Append one event with the after-image of every row.

    The rows are written in the order of their tables and keys.
    """
    images = sorted(
        (table.name, canonical(after_image(table, row, book.vault)))
        for table, row in rows
    )
    subject = "+".join(sorted({name for name, _ in images}))
    body = "[" + ",".join(f'["{name}",{image}]' for name, image in images) + "]"
    number, at = book.number + 1, book.moment()
    record_hash = event_hash(
        *(book.cooperative_id, number, at, book.actor, subject, body),
        *(book.once_key, book.hash),
    )
    book.run(
        f"INSERT INTO {Event.__tablename__} (cooperative_id, number, recorded_at,"
        " actor, subject, body, once, previous, hash)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(book.cooperative_id, number, at, book.actor, subject, body),
            *(book.once_key, book.hash, record_hash),
        ),
    )
    book.advance(number, record_hash, at)


def row_of(thing: Any) -> tuple[Table, dict[str, Any]]:
    """Return the table of an object and its columns by name."""
    table = type(thing).__table__
    mapper = type(thing).__mapper__
    row = {c.key: getattr(thing, mapper.get_property_by_column(c).key) for c in table.c}
    return table, row


@event.listens_for(Session, "after_flush")
def _record_flush(session: Session, context: Any) -> None:
    book = session.info.get("book")
    new, dirty = set(session.new), set(session.dirty)
    changed = [
        thing
        for thing in [*new, *dirty]
        if isinstance(thing, Base)
        and thing.__tablename__ not in UNRECORDED
        and (thing in new or session.is_modified(thing))
    ]
    if not changed:
        return
    assert book is not None, "rows of the book change through a Book"
    record(book, [row_of(thing) for thing in changed])


@event.listens_for(Session, "before_flush")
def _refuse_deletion(session: Session, context: Any, instances: Any) -> None:
    for thing in session.deleted:
        raise AssertionError(
            f"{type(thing).__name__} is archived or ended, not deleted"
        )
