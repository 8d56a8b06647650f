"""What becomes of bad debts: write-offs, recoveries, waivers, steps taken about them.

Tables are created; every row now in the book stays as it is.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

Reference = tuple[str, str, str]


class Table:
    """A table: its key, its columns (``?`` may be empty), what they refer to."""

    def __init__(self, key: str, columns: str, *refers: Reference) -> None:
        self.key, self.columns, self.refers = key.split(), columns.split(), refers


TABLES = {
    "write_off": Table(
        "loan_number entry_number",
        "loan_number entry_number written_off_on:day loan_class:text days principal "
        "interest penalty from_allowance from_expense decision_number reason:text "
        "asked_by:text approved_by:text",
        ("decision_number", "decision", "number"),
        ("entry_number", "entry", "number"),
        ("loan_number", "loan", "number"),
    ),
    "claim_recovery": Table(
        "entry_number",
        "entry_number loan_number recovered_on:day principal interest penalty",
        ("entry_number", "entry", "number"),
        ("loan_number", "loan", "number"),
    ),
    "claim_waiver": Table(
        "entry_number",
        "entry_number loan_number waived_on:day principal interest penalty "
        "decision_number reason:text asked_by:text approved_by:text told_on?:day "
        "told_by?:text",
        ("decision_number", "decision", "number"),
        ("entry_number", "entry", "number"),
        ("loan_number", "loan", "number"),
    ),
    "foreclosure": Table(
        "entry_number",
        "entry_number loan_number collateral_number taken_on:day value settled "
        "decision_number asked_by:text approved_by:text",
        ("collateral_number", "collateral", "number"),
        ("decision_number", "decision", "number"),
        ("entry_number", "entry", "number"),
        ("loan_number", "loan", "number"),
    ),
    "foreclosure_sale": Table(
        "entry_number",
        "entry_number foreclosure_number sold_on:day price to_borrower buyer:text",
        ("entry_number", "entry", "number"),
        ("foreclosure_number", "foreclosure", "entry_number"),
    ),
    "dunning_step": Table(
        "loan_number number",
        "loan_number number kind:text step_on:day recorded_by:text met:text why?:text "
        "note:text promised_on?:day promised? next_step?:text next_on?:day label?:text "
        "arrears? deadline_on?:day copies?:text strikes?",
        ("loan_number", "loan", "number"),
    ),
    "village_consent": Table(
        "loan_number number",
        "loan_number number consented_on:day paper:text decision_number "
        "recorded_by:text withdrawn_on?:day withdrawn_by?:text",
        ("decision_number", "decision", "number"),
        ("loan_number", "loan", "number"),
    ),
}
INDEXES = {
    "ix_dunning_step_on": ("dunning_step", "step_on loan_number"),
}
CHANGED = {"claim_waiver", "village_consent"}
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
