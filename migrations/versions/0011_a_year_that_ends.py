"""A year that ends: its closing, the surplus and what becomes of it.

Tables are created; a book that was kept before has closed no year in it yet.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

Reference = tuple[str, str, str]


class Table:
    """A table: its key, its columns (``?`` may be empty), what they refer to."""

    def __init__(self, key: str, columns: str, *refers: Reference) -> None:
        self.key, self.columns, self.refers = key.split(), columns.split(), refers


TABLES = {
    "year_closing": Table(
        "year number",
        "year number closed_on:day closed_by:text surplus income_entry? expense_entry? "
        "surplus_entry? opening_entry? reopened_on?:day decision_number?",
        ("", "cooperative", ""),
        ("income_entry", "entry", "number"),
        ("expense_entry", "entry", "number"),
        ("surplus_entry", "entry", "number"),
        ("opening_entry", "entry", "number"),
        ("decision_number", "decision", "number"),
    ),
    "surplus_policy": Table(
        "number",
        "number first_year rules:text source:text set_on:day set_by:text "
        "decision_number?",
        ("", "cooperative", ""),
        ("decision_number", "decision", "number"),
    ),
    "surplus_distribution": Table(
        "number",
        "number year rules:text surplus member_surplus approved_on:day "
        "decision_number approved_by:text entry_number? credit_entry?",
        ("", "cooperative", ""),
        ("decision_number", "decision", "number"),
        ("entry_number", "entry", "number"),
        ("credit_entry", "entry", "number"),
    ),
    "fixed_asset": Table(
        "number",
        "number name:text account_number bought_on:day cost residual months place:text "
        "document:text disposed_on?:day disposal_entry?",
        ("account_number", "account", "number"),
        ("disposal_entry", "entry", "number"),
    ),
    "depreciation": Table(
        "entry_number asset_number",
        "entry_number asset_number month amount",
        ("entry_number", "entry", "number"),
        ("asset_number", "fixed_asset", "number"),
    ),
    "cash_count": Table(
        "day account_number number",
        "day:day account_number number pieces:text book counted entry_number? "
        "explanation:text counted_by:text witness:text",
        ("account_number", "account", "number"),
        ("entry_number", "entry", "number"),
    ),
    "budget_line": Table(
        "year account_number number",
        "year account_number number amount set_on:day set_by:text",
        ("account_number", "account", "number"),
    ),
    "year_text": Table(
        "year number",
        "year number subject:text body:text written_on:day written_by:text",
        ("", "cooperative", ""),
    ),
    "health_answer": Table(
        "year number",
        "year number subject:text yes no said_by:text said_on:day written_by:text",
        ("", "cooperative", ""),
    ),
    "surplus_share": Table(
        "distribution_number member_number",
        "distribution_number member_number capital_base activity capital patronage",
        ("distribution_number", "surplus_distribution", "number"),
        ("member_number", "member", "number"),
    ),
}
INDEXES: dict[str, tuple[str, str]] = {}
CHANGED = {"year_closing", "surplus_distribution", "fixed_asset"}
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
