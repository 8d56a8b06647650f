"""Checkpoints, the book's own and those kept elsewhere, fit the chain."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection

from coopbook.chain.findings import Wrong
from coopbook.checkpoints import rules
from coopbook.checkpoints.rules import Statement
from coopbook.i18n import N_
from coopbook.ledger.following import rows

OWN = (
    "SELECT number, record, head, made_on, made_at, previous, key_id, public_key,"
    " signature FROM checkpoint WHERE cooperative_id = {} ORDER BY number"
)
RECORD = "SELECT hash FROM {table} WHERE cooperative_id = {{}} AND number = {number}"


def check_checkpoints(connection: Connection, cooperative_id: int) -> int:
    """Compare each checkpoint of the book with the chain; return how many."""
    before, count = "", 0
    for row in rows(connection, OWN, cooperative_id):
        count += 1
        statement = _statement(cooperative_id, row)
        if row[0] != count or row[5] != (rules.digest(before) if before else ""):
            raise Wrong(
                N_("Checkpoint %(number)s does not follow the one before."),
                number=row[0],
            )
        if _hash_of(connection, statement) != statement.head:
            raise Wrong(
                N_("Checkpoint %(number)s says another digest of record %(count)s."),
                number=row[0],
                count=statement.count,
            )
        signed = row[7] is not None
        if signed != (statement.signature is not None) or (
            signed and not rules.is_signed_by(statement, bytes.fromhex(row[7]))
        ):
            raise Wrong(
                N_("The signature of checkpoint %(number)s does not hold."),
                number=row[0],
            )
        before = statement.text
    return count


def check_known(connection: Connection, known: Statement) -> int:
    """Compare a checkpoint that was kept elsewhere; return its record's number.

    The book has the same checkpoint itself, made right after that record; where it
    has not, its end was cut off there.
    """
    facts: dict[str, Any] = {"day": known.day, "number": known.count}
    found = _hash_of(connection, known)
    if found is None:
        raise Wrong(
            N_(
                "The checkpoint of %(day)s does not fit: the book has no record"
                " %(number)s."
            ),
            **facts,
        )
    if found != known.head:
        raise Wrong(
            N_(
                "The checkpoint of %(day)s does not fit: record %(number)s or one"
                " before it is not what it was."
            ),
            **facts,
        )
    own = rows(connection, OWN, known.cooperative)
    texts = {_statement(known.cooperative, row).text for row in own}
    if known.text not in texts:
        raise Wrong(
            N_(
                "The book does not have the checkpoint of %(day)s at record"
                " %(number)s: it was cut off after it, or the line is not genuine."
            ),
            **facts,
        )
    return known.count


def _statement(cooperative_id: int, row: Any) -> Statement:
    _, record, head, made_on, made_at, _, key, _, signature = row
    day = date.fromisoformat(made_on)
    return Statement(cooperative_id, record, day, head, made_at, key, signature)


def _hash_of(connection: Connection, statement: Statement) -> str | None:
    for table in ("entry", "event"):
        sql = RECORD.format(table=table, number=int(statement.count))
        for (found,) in rows(connection, sql, statement.cooperative):
            return str(found)
    return None
