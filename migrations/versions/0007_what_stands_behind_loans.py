"""What stands behind loans: appraisals, guarantors, collateral, groups, lists, rounds.

Tables are created; every row now in the book stays as it is.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

Reference = tuple[str, str, str]


class Table:
    """A table: its key, its columns (``?`` may be empty), what they refer to."""

    def __init__(self, key: str, columns: str, *refers: Reference) -> None:
        self.key, self.columns, self.refers = key.split(), columns.split(), refers


TABLES = {
    "loan_officer": Table(
        "loan_number number",
        "loan_number number officer:text since:day set_by:text",
        ("loan_number", "loan", "number"),
    ),
    "loan_quotation": Table(
        "loan_number number",
        "loan_number number quoted_on:day valid_to:day first last quoted_by:text "
        "recorded",
        ("loan_number", "loan", "number"),
    ),
    "loan_appraisal": Table(
        "loan_number number",
        "loan_number number appraised_on:day appraised_by:text visited_on?:day "
        "business:text dependants? income expenses other_debts of_character:text "
        "of_capacity:text of_capital:text of_collateral:text of_conditions:text "
        "recommends:text amount? note:text",
        ("loan_number", "loan", "number"),
    ),
    "loan_guarantor": Table(
        "loan_number number",
        "loan_number number member_number? name:text relation:text amount "
        "hold_number? agreed_on:day recorded_by:text released_on?:day "
        "release_note?:text",
        ("hold_number", "savings_hold", "number"),
        ("loan_number", "loan", "number"),
        ("member_number", "member", "number"),
    ),
    "collateral": Table(
        "number",
        "number loan_number kind:text description:text document:text owner:text "
        "relation:text value accepted appraised_on:day appraised_by:text "
        "kept_where:text received_on:day received_by:text insured_until?:day "
        "released_on?:day released_to?:text released_by?:text release_note?:text",
        ("loan_number", "loan", "number"),
    ),
    "loan_group": Table(
        "number",
        "number name:text hamlet:text leader_number meets:text first_meeting:day "
        "place:text founded_on:day ended_on?:day",
        ("", "cooperative", ""),
        ("leader_number", "member", "number"),
    ),
    "group_member": Table(
        "group_number number",
        "group_number number member_number joined_on:day left_on?:day note:text",
        ("group_number", "loan_group", "number"),
        ("member_number", "member", "number"),
    ),
    "group_freeze": Table(
        "group_number number",
        "group_number number frozen_on:day frozen_by:text why:text lifted_on?:day "
        "lifted_by?:text lifted_why?:text",
        ("group_number", "loan_group", "number"),
    ),
    "group_loan": Table(
        "loan_number",
        "loan_number group_number",
        ("group_number", "loan_group", "number"),
        ("loan_number", "loan", "number"),
    ),
    "group_meeting": Table(
        "group_number number",
        "group_number number met_on:day entry_number? due uncovered note:text",
        ("entry_number", "entry", "number"),
        ("group_number", "loan_group", "number"),
    ),
    "group_attendance": Table(
        "group_number meeting_number member_number",
        "group_number meeting_number member_number present:flag",
        ("group_number meeting_number", "group_meeting", "group_number number"),
        ("member_number", "member", "number"),
    ),
    "group_cover": Table(
        "group_number number",
        "group_number number entry_number loan_number member_number amount",
        ("entry_number", "entry", "number"),
        ("group_number", "loan_group", "number"),
        ("loan_number", "loan", "number"),
        ("member_number", "member", "number"),
    ),
    "group_cover_back": Table(
        "group_number cover_number number",
        "group_number cover_number number paid_on:day amount note:text",
        ("group_number cover_number", "group_cover", "group_number number"),
    ),
    "due_list": Table(
        "number",
        "number due_by:day hamlet?:text officer?:text made_on:day made_by:text",
        ("", "cooperative", ""),
    ),
    "due_list_row": Table(
        "list_number number",
        "list_number number loan_number due arrears days_late",
        ("list_number", "due_list", "number"),
        ("loan_number", "loan", "number"),
    ),
    "loan_round": Table(
        "entry_number",
        "entry_number list_number collector:text control payers",
        ("entry_number", "entry", "number"),
        ("list_number", "due_list", "number"),
    ),
}
INDEXES = {
    "ix_loan_guarantor_member": ("loan_guarantor", "member_number"),
    "ix_collateral_loan": ("collateral", "loan_number"),
    "ix_collateral_document": ("collateral", "document"),
    "ix_group_member_member": ("group_member", "member_number"),
    "ix_group_loan": ("group_loan", "group_number"),
}
CHANGED = {"loan_guarantor", "collateral", "loan_group", "group_member", "group_freeze"}
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
    for name, (of, column_name) in INDEXES.items():
        op.create_index(op.f(name), of, ["cooperative_id", column_name])
    for statement in guards(op.get_bind().dialect.name == "sqlite"):
        op.execute(statement)


def downgrade() -> None:
    """Drop them again."""
    for name in reversed(TABLES):
        op.drop_table(name)
