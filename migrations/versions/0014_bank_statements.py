"""A bank's statements, matched with the book and reconciled with it.

The tables are created empty; accounts kept before were never reconciled here.

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

Reference = tuple[str, str, str]


class Table:
    """A table: its key, its columns (``?`` may be empty), what they refer to."""

    def __init__(self, key: str, columns: str, *refers: Reference) -> None:
        self.key, self.columns, self.refers = key.split(), columns.split(), refers


TABLES = {
    "bank_statement": Table(
        "number",
        "number account_number first_day:day last_day:day opening closing "
        "file_name:text digest:text form:text bank_number:text brought_on:day "
        "brought_by:text",
        ("account_number", "account", "number"),
    ),
    "bank_line": Table(
        "statement_number number",
        "statement_number number day:day words:text amount bank_id:text balance",
        ("statement_number", "bank_statement", "number"),
    ),
    "bank_match": Table(
        "number",
        "number account_number how:text matched_on:day matched_by:text",
        ("account_number", "account", "number"),
    ),
    "bank_match_line": Table(
        "match_number statement_number line_number",
        "match_number statement_number line_number",
        ("match_number", "bank_match", "number"),
        ("statement_number line_number", "bank_line", "statement_number number"),
    ),
    "bank_match_entry": Table(
        "match_number entry_number line_number",
        "match_number entry_number line_number",
        ("match_number", "bank_match", "number"),
        ("entry_number line_number", "line", "entry_number number"),
    ),
    "bank_match_undone": Table(
        "match_number",
        "match_number undone_on:day undone_by:text reason:text",
        ("match_number", "bank_match", "number"),
    ),
    "bank_reconciliation": Table(
        "account_number day number",
        "account_number day:day number bank outstanding book reconciled_on:day "
        "reconciled_by:text",
        ("account_number", "account", "number"),
    ),
}
INDEXES: dict[str, tuple[str, str]] = {
    "ix_bank_line_id": ("bank_line", "bank_id"),
    "ix_bank_match_line": ("bank_match_line", "statement_number line_number"),
    "ix_bank_match_entry": ("bank_match_entry", "entry_number line_number"),
}
CHANGED: set[str] = set()
"""Tables whose rows may be changed; the others stand for good."""

TYPES = {"": sa.BigInteger, "day": sa.Date, "text": sa.Text, "flag": sa.Boolean}
KEPT = "SELECT RAISE(ABORT, 'kept: this record stands'); END"


def column(said: str) -> sa.Column[object]:
    """Return a column from its short form, ``name?:day``."""
    name, _, kind = said.partition(":")
    return sa.Column(
        name.rstrip("?"),
        TYPES[kind](),
        autoincrement=False,
        nullable=name.endswith("?"),
    )


def reference(table: str, columns: str, of: str, to: str) -> sa.ForeignKeyConstraint:
    """Refer to a row of the same cooperative, or to the cooperative itself."""
    here = ["cooperative_id", *columns.split()]
    there = [f"{of}.cooperative_id", *(f"{of}.{name}" for name in to.split())]
    if not columns:
        there = [f"{of}.id"]
    return sa.ForeignKeyConstraint(
        here, there, name=op.f(f"fk_{table}_{'_'.join(here)}")
    )


def create(name: str, table: Table) -> None:
    """Create a table."""
    op.create_table(
        name,
        column("cooperative_id"),
        *(column(each) for each in table.columns),
        *(reference(name, *each) for each in table.refers),
        sa.PrimaryKeyConstraint("cooperative_id", *table.key, name=op.f(f"pk_{name}")),
        sqlite_with_rowid=False,
    )


def guards(lite: bool) -> list[str]:
    """Return what refuses to change or delete the rows of the new tables."""
    for_good = [name for name in TABLES if name not in CHANGED]
    if lite:
        return [
            f"CREATE TRIGGER {name}_no_update BEFORE UPDATE ON {name} BEGIN {KEPT}"
            for name in for_good
        ] + [
            f"CREATE TRIGGER {name}_no_delete BEFORE DELETE ON {name} BEGIN {KEPT}"
            for name in TABLES
        ]
    row, kept = "FOR EACH ROW", "EXECUTE FUNCTION coopbook_kept()"
    return (
        [
            f"CREATE TRIGGER {name}_no_update BEFORE UPDATE ON {name} {row} {kept}"
            for name in for_good
        ]
        + [
            f"CREATE TRIGGER {name}_no_delete BEFORE DELETE ON {name} {row} {kept}"
            for name in TABLES
        ]
        + [
            f"CREATE TRIGGER {name}_no_truncate BEFORE TRUNCATE ON {name}"
            f" FOR EACH STATEMENT {kept}"
            for name in TABLES
        ]
    )


def upgrade() -> None:
    """Add the tables with their guards."""
    for name, table in TABLES.items():
        create(name, table)
    for name, (of, columns) in INDEXES.items():
        op.create_index(op.f(name), of, ["cooperative_id", *columns.split()])
    for statement in guards(op.get_bind().dialect.name == "sqlite"):
        op.execute(statement)


def downgrade() -> None:
    """Drop them again."""
    for name in reversed(TABLES):
        op.drop_table(name)
