"""Bring in every kind of sheet, take a batch back, and close the old books.

Columns are added and tables created; nothing that is there is touched.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

SQLITE_GUARDS = [
    "CREATE TRIGGER import_taken_back_no_update BEFORE UPDATE ON import_taken_back BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER old_balance_no_update BEFORE UPDATE ON old_balance BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER cut_over_no_update BEFORE UPDATE ON cut_over BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER cut_over_no_delete BEFORE DELETE ON cut_over BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER import_taken_back_no_delete BEFORE DELETE ON import_taken_back BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER old_balance_no_delete BEFORE DELETE ON old_balance BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER sheet_mapping_no_delete BEFORE DELETE ON sheet_mapping BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
]

POSTGRESQL_GUARDS = [
    "CREATE TRIGGER import_taken_back_no_update BEFORE UPDATE ON import_taken_back FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER old_balance_no_update BEFORE UPDATE ON old_balance FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER cut_over_no_update BEFORE UPDATE ON cut_over FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER cut_over_no_delete BEFORE DELETE ON cut_over FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER import_taken_back_no_delete BEFORE DELETE ON import_taken_back FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER old_balance_no_delete BEFORE DELETE ON old_balance FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER sheet_mapping_no_delete BEFORE DELETE ON sheet_mapping FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER cut_over_no_truncate BEFORE TRUNCATE ON cut_over FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER import_taken_back_no_truncate BEFORE TRUNCATE ON import_taken_back FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER old_balance_no_truncate BEFORE TRUNCATE ON old_balance FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER sheet_mapping_no_truncate BEFORE TRUNCATE ON sheet_mapping FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
]


def upgrade() -> None:
    """Add what older loans and further kinds of sheet need, with their guards."""
    op.create_table(
        "cut_over",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("first", sa.Text(), nullable=False),
        sa.Column("second", sa.Text(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cooperative_id"],
            ["cooperative.id"],
            name=op.f("fk_cut_over_cooperative_id"),
        ),
        sa.PrimaryKeyConstraint("cooperative_id", "day", name=op.f("pk_cut_over")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sheet_mapping",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("archived", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cooperative_id"],
            ["cooperative.id"],
            name=op.f("fk_sheet_mapping_cooperative_id"),
        ),
        sa.PrimaryKeyConstraint(
            "cooperative_id", "name", name=op.f("pk_sheet_mapping")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "import_taken_back",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("batch_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("first_entry", sa.BigInteger(), nullable=False),
        sa.Column("last_entry", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "batch_number"],
            ["import_batch.cooperative_id", "import_batch.number"],
            name=op.f("fk_import_taken_back_cooperative_id_batch_number"),
        ),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "first_entry"],
            ["entry.cooperative_id", "entry.number"],
            name=op.f("fk_import_taken_back_cooperative_id_first_entry"),
        ),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "last_entry"],
            ["entry.cooperative_id", "entry.number"],
            name=op.f("fk_import_taken_back_cooperative_id_last_entry"),
        ),
        sa.PrimaryKeyConstraint(
            "cooperative_id", "batch_number", name=op.f("pk_import_taken_back")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "old_balance",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("batch_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("account_number", sa.BigInteger(), nullable=True),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("debit", sa.BigInteger(), nullable=False),
        sa.Column("credit", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "account_number"],
            ["account.cooperative_id", "account.number"],
            name=op.f("fk_old_balance_cooperative_id_account_number"),
        ),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "batch_number"],
            ["import_batch.cooperative_id", "import_batch.number"],
            name=op.f("fk_old_balance_cooperative_id_batch_number"),
        ),
        sa.PrimaryKeyConstraint(
            "cooperative_id", "batch_number", "number", name=op.f("pk_old_balance")
        ),
        sqlite_with_rowid=False,
    )
    op.add_column("import_batch", sa.Column("answers", sa.Text(), nullable=True))
    op.add_column("import_batch", sa.Column("subject", sa.Text(), nullable=True))
    op.add_column("loan", sa.Column("migrated_on", sa.Date(), nullable=True))
    op.add_column("loan", sa.Column("reference", sa.Text(), nullable=True))
    op.add_column(
        "loan", sa.Column("paid_before_principal", sa.BigInteger(), nullable=True)
    )
    op.add_column(
        "loan", sa.Column("paid_before_interest", sa.BigInteger(), nullable=True)
    )
    lite = op.get_bind().dialect.name == "sqlite"
    for statement in SQLITE_GUARDS if lite else POSTGRESQL_GUARDS:
        op.execute(statement.replace(":", r"\:"))


def downgrade() -> None:
    """Drop it again."""
    op.drop_column("loan", "paid_before_interest")
    op.drop_column("loan", "paid_before_principal")
    op.drop_column("loan", "reference")
    op.drop_column("loan", "migrated_on")
    op.drop_column("import_batch", "subject")
    op.drop_column("import_batch", "answers")
    op.drop_table("old_balance")
    op.drop_table("import_taken_back")
    op.drop_table("sheet_mapping")
    op.drop_table("cut_over")
