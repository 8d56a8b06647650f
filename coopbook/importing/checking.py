"""The rows kept of an import are those its event sealed."""

from __future__ import annotations

from sqlalchemy import Connection, select

from coopbook.importing.identity import rows_digest
from coopbook.importing.model import ImportBatch, ImportRow


def altered_batches(connection: Connection, cooperative_id: int) -> list[int]:
    """Return the batches whose rows are no longer those that were brought in."""
    batches = connection.execute(
        select(ImportBatch.number, ImportBatch.rows_digest)
        .where(ImportBatch.cooperative_id == cooperative_id)
        .order_by(ImportBatch.number)
    ).all()
    return [
        number
        for number, sealed in batches
        if rows_digest(_kept(connection, cooperative_id, number)) != sealed
    ]


def _kept(
    connection: Connection, cooperative_id: int, batch: int
) -> list[tuple[str, int, int | None]]:
    rows = connection.execute(
        select(ImportRow.identity, ImportRow.row_number, ImportRow.entry_number)
        .where(ImportRow.cooperative_id == cooperative_id)
        .where(ImportRow.batch_number == batch)
    )
    return [(identity, row, entry) for identity, row, entry in rows]
