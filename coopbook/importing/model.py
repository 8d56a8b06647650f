"""What was brought in: batches and their rows, and how old books were closed."""

from __future__ import annotations

from datetime import date

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
    ``answers`` is what a person said about the sheet, as JSON; ``subject`` the
    account the sheet says it is of.
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
    answers: Mapped[str | None]
    subject: Mapped[str | None]


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


class TakenBack(OfCooperative, Base):
    """A batch that was reversed as one, why, and by which entries."""

    __tablename__ = "import_taken_back"
    __table_args__ = (
        within("batch_number", of="import_batch"),
        within("first_entry", of="entry"),
        within("last_entry", of="entry"),
    )

    batch_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    reason: Mapped[str]
    first_entry: Mapped[int]
    last_entry: Mapped[int]


class SheetMapping(OfCooperative, Base):
    """How a cooperative's own sheet is read, kept under a name for the next file.

    ``answers`` is what a person said about it, its layout included, as JSON.
    """

    __tablename__ = "sheet_mapping"
    __table_args__ = (of_a_cooperative(),)

    name: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    answers: Mapped[str]
    archived: Mapped[bool]


class OldBalance(OfCooperative, Base):
    """A line of the old books' last trial balance, as it was brought in.

    ``account_number`` is the account it was taken for; nothing where the old
    code means nothing here.
    """

    __tablename__ = "old_balance"
    __table_args__ = (
        within("account_number", of="account"),
        within("batch_number", of="import_batch"),
    )

    batch_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    code: Mapped[str]
    name: Mapped[str]
    account_number: Mapped[int | None]
    on: Mapped[date] = mapped_column("booked_on")
    debit: Mapped[Money]
    credit: Mapped[Money]


class CutOver(OfCooperative, Base):
    """The old books are closed and these begin: signed by two people, for good.

    ``statement`` is what both signed, as JSON; ``digest`` its SHA-256.
    """

    __tablename__ = "cut_over"
    __table_args__ = (of_a_cooperative(),)

    on: Mapped[date] = mapped_column("day", primary_key=True)
    first: Mapped[str]
    second: Mapped[str]
    statement: Mapped[str]
    digest: Mapped[str]
