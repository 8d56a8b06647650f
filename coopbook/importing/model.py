"""ImportBatch, ImportRow: which row of which file became which entry."""

from __future__ import annotations

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from coopbook.db.base import Base
from coopbook.db.tenancy import OfCooperative, of_a_cooperative, within
from coopbook.money import Money


class ImportBatch(OfCooperative, Base):
    """One file brought in: its figures, and why breaks of rules were accepted.

    ``sheet_total`` is the exact total, ``lines_total`` its rounded lines,
    ``rounding`` what the rounding entry holds (gain positive).
    ``rows_digest`` seals the rows, which leave no events of their own.
    """

    __tablename__ = "import_batch"
    __table_args__ = (
        of_a_cooperative(),
        within("first_entry", of="entry"),
        within("last_entry", of="entry"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str]
    file_digest: Mapped[str]
    rows_in_file: Mapped[int]
    rows_posted: Mapped[int]
    sheet_total: Mapped[str]
    lines_total: Mapped[Money]
    rounding: Mapped[Money]
    breaks: Mapped[int]
    accepted: Mapped[str | None]
    first_entry: Mapped[int]
    last_entry: Mapped[int]
    rows_digest: Mapped[str]


class ImportRow(OfCooperative, Base):
    """A row that was brought in, by what makes it itself.

    A row of less than half a rupiah has no entry; the rounding entry holds it.
    """

    __tablename__ = "import_row"
    __table_args__ = (
        within("batch_number", of="import_batch"),
        within("entry_number", of="entry"),
        Index("ix_import_row_batch", "cooperative_id", "batch_number", "row_number"),
    )

    identity: Mapped[str] = mapped_column(primary_key=True)
    batch_number: Mapped[int]
    row_number: Mapped[int]
    entry_number: Mapped[int | None]
