"""Loans with every term: their conditions, changes, corrections; offices, closed days.

Tables are created, and columns that may be empty are added to loans and their kinds;
every row now in the book stays as it is.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

TABLES = ("closed_day", "loan_change", "loan_correction", "term_of_office")
FOR_GOOD = ("loan_change", "loan_correction")
KEPT = "SELECT RAISE(ABORT, 'kept: this record stands'); END"


def guards(lite: bool) -> list[str]:
    """Return what refuses to change or delete the rows of the new tables."""
    if lite:
        return [
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN {KEPT}"
            for table in FOR_GOOD
        ] + [
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN {KEPT}"
            for table in TABLES
        ]
    row, kept = "FOR EACH ROW", "EXECUTE FUNCTION coopbook_kept()"
    return (
        [
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {row} {kept}"
            for table in FOR_GOOD
        ]
        + [
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {row} {kept}"
            for table in TABLES
        ]
        + [
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}"
            f" FOR EACH STATEMENT {kept}"
            for table in TABLES
        ]
    )


def number(name: str, *, key: bool = False, nullable: bool = False) -> sa.Column[int]:
    """Return a column of whole numbers."""
    if key:
        return sa.Column(name, sa.BigInteger(), autoincrement=False, nullable=False)
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def within(table: str, column: str, of: str) -> sa.ForeignKeyConstraint:
    """Refer to a row of the same cooperative."""
    return sa.ForeignKeyConstraint(
        ["cooperative_id", column],
        [f"{of}.cooperative_id", f"{of}.number"],
        name=op.f(f"fk_{table}_cooperative_id_{column}"),
    )


def of_a_cooperative(table: str) -> sa.ForeignKeyConstraint:
    """Refer to the cooperative itself."""
    return sa.ForeignKeyConstraint(
        ["cooperative_id"],
        ["cooperative.id"],
        name=op.f(f"fk_{table}_cooperative_id"),
    )


def upgrade() -> None:
    """Add the tables and columns, with their guards."""
    op.create_table(
        "closed_day",
        number("cooperative_id", key=True),
        sa.Column("closed_on", sa.Date(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("open_after_all", sa.Boolean(), nullable=False),
        of_a_cooperative("closed_day"),
        sa.PrimaryKeyConstraint(
            "cooperative_id", "closed_on", name=op.f("pk_closed_day")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "term_of_office",
        number("cooperative_id", key=True),
        number("number", key=True),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("began_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        of_a_cooperative("term_of_office"),
        sa.PrimaryKeyConstraint(
            "cooperative_id", "number", name=op.f("pk_term_of_office")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "loan_change",
        number("cooperative_id", key=True),
        number("loan_number", key=True),
        number("number", key=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        number("amount", nullable=True),
        sa.Column("rate", sa.Text(), nullable=True),
        number("entry_number", nullable=True),
        number("recorded"),
        sa.Column("reason", sa.Text(), nullable=False),
        within("loan_change", "loan_number", "loan"),
        within("loan_change", "entry_number", "entry"),
        sa.PrimaryKeyConstraint(
            "cooperative_id", "loan_number", "number", name=op.f("pk_loan_change")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "loan_correction",
        number("cooperative_id", key=True),
        number("entry_number", key=True),
        number("loan_number"),
        number("payment_number"),
        number("cause_number"),
        within("loan_correction", "loan_number", "loan"),
        within("loan_correction", "entry_number", "entry"),
        within("loan_correction", "payment_number", "entry"),
        within("loan_correction", "cause_number", "entry"),
        sa.PrimaryKeyConstraint(
            "cooperative_id", "entry_number", name=op.f("pk_loan_correction")
        ),
        sqlite_with_rowid=False,
    )
    op.add_column("loan_product", sa.Column("conditions", sa.Text(), nullable=True))
    op.add_column("loan", sa.Column("conditions", sa.Text(), nullable=True))
    op.add_column("loan", number("board_term", nullable=True))
    op.add_column("loan", number("head_term", nullable=True))
    op.add_column("loan", number("decision_number", nullable=True))
    op.add_column("loan", sa.Column("related", sa.Text(), nullable=True))
    op.add_column("loan", sa.Column("agreed_on", sa.Date(), nullable=True))
    op.add_column("loan", sa.Column("agreed_by", sa.Text(), nullable=True))
    op.add_column("loan", number("replaces", nullable=True))
    op.add_column("loan", number("carried_days", nullable=True))
    lite = op.get_bind().dialect.name == "sqlite"
    for statement in guards(lite):
        op.execute(statement)


def downgrade() -> None:
    """Drop them again."""
    added = ("agreed_by", "agreed_on", "related", "decision_number", "head_term")
    for column in ("carried_days", "replaces", *added):
        op.drop_column("loan", column)
    op.drop_column("loan", "board_term")
    op.drop_column("loan", "conditions")
    op.drop_column("loan_product", "conditions")
    for table in ("loan_correction", "loan_change", "term_of_office", "closed_day"):
        op.drop_table(table)
