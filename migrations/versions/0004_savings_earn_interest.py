"""Keep on what terms savings earn interest, and which months are posted.

Tables are created; nothing that is there is touched.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

SQLITE_GUARDS = [
    "CREATE TRIGGER savings_interest_no_update BEFORE UPDATE ON savings_interest BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER savings_interest_no_delete BEFORE DELETE ON savings_interest BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER savings_terms_no_delete BEFORE DELETE ON savings_terms BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
]

POSTGRESQL_GUARDS = [
    "CREATE TRIGGER savings_interest_no_update BEFORE UPDATE ON savings_interest FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER savings_interest_no_delete BEFORE DELETE ON savings_interest FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER savings_terms_no_delete BEFORE DELETE ON savings_terms FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER savings_interest_no_truncate BEFORE TRUNCATE ON savings_interest FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER savings_terms_no_truncate BEFORE TRUNCATE ON savings_terms FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
]


def upgrade() -> None:
    """Add the terms and the months, with their guards."""
    op.create_table(
        "savings_terms",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("product_code", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("day_count", sa.Text(), nullable=False),
        sa.Column("tiers", sa.Text(), nullable=False),
        sa.Column("slices", sa.Boolean(), nullable=False),
        sa.Column("least", sa.BigInteger(), nullable=False),
        sa.Column("rounding", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "product_code"],
            ["savings_product.cooperative_id", "savings_product.code"],
            name=op.f("fk_savings_terms_cooperative_id_product_code"),
        ),
        sa.PrimaryKeyConstraint(
            "cooperative_id",
            "product_code",
            "valid_from",
            name=op.f("pk_savings_terms"),
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "savings_interest",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("entry_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("product_code", sa.Text(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("accounts", sa.BigInteger(), nullable=False),
        sa.Column("gross", sa.BigInteger(), nullable=False),
        sa.Column("tax", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "entry_number"],
            ["entry.cooperative_id", "entry.number"],
            name=op.f("fk_savings_interest_cooperative_id_entry_number"),
        ),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "product_code"],
            ["savings_product.cooperative_id", "savings_product.code"],
            name=op.f("fk_savings_interest_cooperative_id_product_code"),
        ),
        sa.PrimaryKeyConstraint(
            "cooperative_id", "entry_number", name=op.f("pk_savings_interest")
        ),
        sqlite_with_rowid=False,
    )
    lite = op.get_bind().dialect.name == "sqlite"
    for statement in SQLITE_GUARDS if lite else POSTGRESQL_GUARDS:
        op.execute(statement.replace(":", r"\:"))


def downgrade() -> None:
    """Drop them again."""
    op.drop_table("savings_interest")
    op.drop_table("savings_terms")
