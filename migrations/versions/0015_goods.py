"""Goods: what a multi-purpose cooperative sells, what moved of it, what was counted.

The tables are created empty; a book that was kept before has traded in nothing.

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

Reference = tuple[str, str, str]


class Table:
    """A table: its key, its columns (``?`` may be empty), what they refer to."""

    def __init__(self, key: str, columns: str, *refers: Reference) -> None:
        self.key, self.columns, self.refers = key.split(), columns.split(), refers


TABLES = {
    "goods_item": Table(
        "number",
        "number code:text name:text unit:text member_price other_price active:flag",
        ("", "cooperative", ""),
    ),
    "goods_movement": Table(
        "item_number number",
        "item_number number moved_on:day kind:text quantity value takings "
        "member_number? entry_number? undoes? left_quantity left_value note:text "
        "made_by:text",
        ("item_number", "goods_item", "number"),
        ("member_number", "member", "number"),
        ("entry_number", "entry", "number"),
    ),
    "goods_count": Table(
        "item_number number",
        "item_number number day:day book counted value entry_number? "
        "explanation:text counted_by:text witness:text",
        ("item_number", "goods_item", "number"),
        ("entry_number", "entry", "number"),
    ),
}
INDEXES: dict[str, tuple[str, str]] = {
    "ix_goods_movement_entry": ("goods_movement", "entry_number"),
    "ix_goods_movement_day": ("goods_movement", "moved_on"),
}
UNIQUE = {"goods_item": "code"}
CHANGED = {"goods_item"}
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
        *(
            sa.UniqueConstraint(
                "cooperative_id", one, name=op.f(f"uq_{name}_cooperative_id_{one}")
            )
            for one in UNIQUE.get(name, "").split()
        ),
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
