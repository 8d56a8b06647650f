"""Keep a whole life in the cooperative: standing, kin, proxies, meetings, deposits.

Tables are created, and columns that may be empty are added to members, savings and
kinds of savings; every row now in the book stays as it is.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

SQLITE_GUARDS = [
    "CREATE TRIGGER savings_tax_no_update BEFORE UPDATE ON savings_tax BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER deposit_interest_no_update BEFORE UPDATE ON deposit_interest BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER proxy_use_no_update BEFORE UPDATE ON proxy_use BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER money_origin_no_update BEFORE UPDATE ON money_origin BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER collection_no_update BEFORE UPDATE ON collection BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER standing_run_no_update BEFORE UPDATE ON standing_run BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER vote_no_update BEFORE UPDATE ON vote BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER passbook_print_no_update BEFORE UPDATE ON passbook_print BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER attendance_no_delete BEFORE DELETE ON attendance BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER beneficiary_no_delete BEFORE DELETE ON beneficiary BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER catch_up_plan_no_delete BEFORE DELETE ON catch_up_plan BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER collection_no_delete BEFORE DELETE ON collection BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER decision_no_delete BEFORE DELETE ON decision BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER deposit_interest_no_delete BEFORE DELETE ON deposit_interest BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER deposit_terms_no_delete BEFORE DELETE ON deposit_terms BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER document_no_delete BEFORE DELETE ON document BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER household_no_delete BEFORE DELETE ON household BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER household_member_no_delete BEFORE DELETE ON household_member BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER kin_no_delete BEFORE DELETE ON kin BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER meeting_no_delete BEFORE DELETE ON meeting BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER member_change_no_delete BEFORE DELETE ON member_change BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER money_origin_no_delete BEFORE DELETE ON money_origin BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER motion_no_delete BEFORE DELETE ON motion BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER passbook_no_delete BEFORE DELETE ON passbook BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER passbook_print_no_delete BEFORE DELETE ON passbook_print BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER payee_no_delete BEFORE DELETE ON payee BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER proxy_no_delete BEFORE DELETE ON proxy BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER proxy_card_no_delete BEFORE DELETE ON proxy_card BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER proxy_use_no_delete BEFORE DELETE ON proxy_use BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER same_person_no_delete BEFORE DELETE ON same_person BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER savings_goal_no_delete BEFORE DELETE ON savings_goal BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER savings_hold_no_delete BEFORE DELETE ON savings_hold BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER savings_tax_no_delete BEFORE DELETE ON savings_tax BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER scan_no_delete BEFORE DELETE ON scan BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER settlement_no_delete BEFORE DELETE ON settlement BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER share_exemption_no_delete BEFORE DELETE ON share_exemption BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER standing_order_no_delete BEFORE DELETE ON standing_order BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER standing_run_no_delete BEFORE DELETE ON standing_run BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER term_deposit_no_delete BEFORE DELETE ON term_deposit BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER vote_no_delete BEFORE DELETE ON vote BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
]

POSTGRESQL_GUARDS = [
    "CREATE TRIGGER savings_tax_no_update BEFORE UPDATE ON savings_tax FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER deposit_interest_no_update BEFORE UPDATE ON deposit_interest FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER proxy_use_no_update BEFORE UPDATE ON proxy_use FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER money_origin_no_update BEFORE UPDATE ON money_origin FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER collection_no_update BEFORE UPDATE ON collection FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER standing_run_no_update BEFORE UPDATE ON standing_run FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER vote_no_update BEFORE UPDATE ON vote FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER passbook_print_no_update BEFORE UPDATE ON passbook_print FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER attendance_no_delete BEFORE DELETE ON attendance FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER beneficiary_no_delete BEFORE DELETE ON beneficiary FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER catch_up_plan_no_delete BEFORE DELETE ON catch_up_plan FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER collection_no_delete BEFORE DELETE ON collection FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER decision_no_delete BEFORE DELETE ON decision FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER deposit_interest_no_delete BEFORE DELETE ON deposit_interest FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER deposit_terms_no_delete BEFORE DELETE ON deposit_terms FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER document_no_delete BEFORE DELETE ON document FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER household_no_delete BEFORE DELETE ON household FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER household_member_no_delete BEFORE DELETE ON household_member FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER kin_no_delete BEFORE DELETE ON kin FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER meeting_no_delete BEFORE DELETE ON meeting FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER member_change_no_delete BEFORE DELETE ON member_change FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER money_origin_no_delete BEFORE DELETE ON money_origin FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER motion_no_delete BEFORE DELETE ON motion FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER passbook_no_delete BEFORE DELETE ON passbook FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER passbook_print_no_delete BEFORE DELETE ON passbook_print FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER payee_no_delete BEFORE DELETE ON payee FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER proxy_no_delete BEFORE DELETE ON proxy FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER proxy_card_no_delete BEFORE DELETE ON proxy_card FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER proxy_use_no_delete BEFORE DELETE ON proxy_use FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER same_person_no_delete BEFORE DELETE ON same_person FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER savings_goal_no_delete BEFORE DELETE ON savings_goal FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER savings_hold_no_delete BEFORE DELETE ON savings_hold FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER savings_tax_no_delete BEFORE DELETE ON savings_tax FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER scan_no_delete BEFORE DELETE ON scan FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER settlement_no_delete BEFORE DELETE ON settlement FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER share_exemption_no_delete BEFORE DELETE ON share_exemption FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER standing_order_no_delete BEFORE DELETE ON standing_order FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER standing_run_no_delete BEFORE DELETE ON standing_run FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER term_deposit_no_delete BEFORE DELETE ON term_deposit FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER vote_no_delete BEFORE DELETE ON vote FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER attendance_no_truncate BEFORE TRUNCATE ON attendance FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER beneficiary_no_truncate BEFORE TRUNCATE ON beneficiary FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER catch_up_plan_no_truncate BEFORE TRUNCATE ON catch_up_plan FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER collection_no_truncate BEFORE TRUNCATE ON collection FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER decision_no_truncate BEFORE TRUNCATE ON decision FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER deposit_interest_no_truncate BEFORE TRUNCATE ON deposit_interest FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER deposit_terms_no_truncate BEFORE TRUNCATE ON deposit_terms FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER document_no_truncate BEFORE TRUNCATE ON document FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER household_no_truncate BEFORE TRUNCATE ON household FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER household_member_no_truncate BEFORE TRUNCATE ON household_member FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER kin_no_truncate BEFORE TRUNCATE ON kin FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER meeting_no_truncate BEFORE TRUNCATE ON meeting FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER member_change_no_truncate BEFORE TRUNCATE ON member_change FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER money_origin_no_truncate BEFORE TRUNCATE ON money_origin FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER motion_no_truncate BEFORE TRUNCATE ON motion FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER passbook_no_truncate BEFORE TRUNCATE ON passbook FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER passbook_print_no_truncate BEFORE TRUNCATE ON passbook_print FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER payee_no_truncate BEFORE TRUNCATE ON payee FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER proxy_no_truncate BEFORE TRUNCATE ON proxy FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER proxy_card_no_truncate BEFORE TRUNCATE ON proxy_card FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER proxy_use_no_truncate BEFORE TRUNCATE ON proxy_use FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER same_person_no_truncate BEFORE TRUNCATE ON same_person FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER savings_goal_no_truncate BEFORE TRUNCATE ON savings_goal FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER savings_hold_no_truncate BEFORE TRUNCATE ON savings_hold FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER savings_tax_no_truncate BEFORE TRUNCATE ON savings_tax FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER scan_no_truncate BEFORE TRUNCATE ON scan FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER settlement_no_truncate BEFORE TRUNCATE ON settlement FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER share_exemption_no_truncate BEFORE TRUNCATE ON share_exemption FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER standing_order_no_truncate BEFORE TRUNCATE ON standing_order FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER standing_run_no_truncate BEFORE TRUNCATE ON standing_run FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER term_deposit_no_truncate BEFORE TRUNCATE ON term_deposit FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER vote_no_truncate BEFORE TRUNCATE ON vote FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
]


def upgrade() -> None:
    """Add the tables and columns, with their guards."""
    op.create_table(
        "deposit_terms",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("months", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("rate", sa.Text(), nullable=False),
        sa.Column("day_count", sa.Text(), nullable=False),
        sa.Column("kept_percent", sa.BigInteger(), nullable=False),
        sa.Column("penalty_percent", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cooperative_id"],
            ["cooperative.id"],
            name=op.f("fk_deposit_terms_cooperative_id"),
        ),
        sa.PrimaryKeyConstraint(
            "cooperative_id", "months", "valid_from", name=op.f("pk_deposit_terms")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "household",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cooperative_id"],
            ["cooperative.id"],
            name=op.f("fk_household_cooperative_id"),
        ),
        sa.PrimaryKeyConstraint("cooperative_id", "number", name=op.f("pk_household")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "meeting",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("call", sa.BigInteger(), nullable=False),
        sa.Column("repeats", sa.BigInteger(), nullable=True),
        sa.Column("called_on", sa.Date(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("begins_at", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("agenda", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("eligible", sa.BigInteger(), nullable=True),
        sa.Column("chair", sa.Text(), nullable=False),
        sa.Column("secretary", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cooperative_id"],
            ["cooperative.id"],
            name=op.f("fk_meeting_cooperative_id"),
        ),
        sa.PrimaryKeyConstraint("cooperative_id", "number", name=op.f("pk_meeting")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "scan",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cooperative_id"], ["cooperative.id"], name=op.f("fk_scan_cooperative_id")
        ),
        sa.PrimaryKeyConstraint("cooperative_id", "number", name=op.f("pk_scan")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_scan_subject", "scan", ["cooperative_id", "subject", "number"], unique=False
    )
    op.create_table(
        "attendance",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column(
            "meeting_number", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column(
            "member_number", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("presence", sa.Text(), nullable=False),
        sa.Column("signed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "meeting_number"],
            ["meeting.cooperative_id", "meeting.number"],
            name=op.f("fk_attendance_cooperative_id_meeting_number"),
        ),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "member_number"],
            ["member.cooperative_id", "member.number"],
            name=op.f("fk_attendance_cooperative_id_member_number"),
        ),
        sa.PrimaryKeyConstraint(
            "cooperative_id",
            "meeting_number",
            "member_number",
            name=op.f("pk_attendance"),
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "beneficiary",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column(
            "member_number", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("share", sa.BigInteger(), nullable=False),
        sa.Column("phone_sealed", sa.Text(), nullable=True),
        sa.Column("national_id_sealed", sa.Text(), nullable=True),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "share BETWEEN 1 AND 100", name=op.f("ck_beneficiary_share")
        ),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "member_number"],
            ["member.cooperative_id", "member.number"],
            name=op.f("fk_beneficiary_cooperative_id_member_number"),
        ),
        sa.PrimaryKeyConstraint(
            "cooperative_id", "member_number", "number", name=op.f("pk_beneficiary")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "catch_up_plan",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column(
            "member_number", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("arrears", sa.BigInteger(), nullable=False),
        sa.Column("months", sa.BigInteger(), nullable=False),
        sa.Column("first_month", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "member_number"],
            ["member.cooperative_id", "member.number"],
            name=op.f("fk_catch_up_plan_cooperative_id_member_number"),
        ),
        sa.PrimaryKeyConstraint(
            "cooperative_id", "member_number", "number", name=op.f("pk_catch_up_plan")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "collection",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("entry_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hamlet", sa.Text(), nullable=False),
        sa.Column("collector", sa.Text(), nullable=False),
        sa.Column("members", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "entry_number"],
            ["entry.cooperative_id", "entry.number"],
            name=op.f("fk_collection_cooperative_id_entry_number"),
        ),
        sa.PrimaryKeyConstraint(
            "cooperative_id", "entry_number", name=op.f("pk_collection")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "document",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("remind_days", sa.BigInteger(), nullable=False),
        sa.Column("replaced_by", sa.BigInteger(), nullable=True),
        sa.Column("scan_number", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "scan_number"],
            ["scan.cooperative_id", "scan.number"],
            name=op.f("fk_document_cooperative_id_scan_number"),
        ),
        sa.ForeignKeyConstraint(
            ["cooperative_id"],
            ["cooperative.id"],
            name=op.f("fk_document_cooperative_id"),
        ),
        sa.PrimaryKeyConstraint("cooperative_id", "number", name=op.f("pk_document")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "household_member",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column(
            "member_number", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("household_number", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "household_number"],
            ["household.cooperative_id", "household.number"],
            name=op.f("fk_household_member_cooperative_id_household_number"),
        ),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "member_number"],
            ["member.cooperative_id", "member.number"],
            name=op.f("fk_household_member_cooperative_id_member_number"),
        ),
        sa.PrimaryKeyConstraint(
            "cooperative_id", "member_number", name=op.f("pk_household_member")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_household_member",
        "household_member",
        ["cooperative_id", "household_number"],
        unique=False,
    )
    op.create_table(
        "kin",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column(
            "member_number", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("other_number", sa.BigInteger(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "member_number"],
            ["member.cooperative_id", "member.number"],
            name=op.f("fk_kin_cooperative_id_member_number"),
        ),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "other_number"],
            ["member.cooperative_id", "member.number"],
            name=op.f("fk_kin_cooperative_id_other_number"),
        ),
        sa.PrimaryKeyConstraint(
            "cooperative_id", "member_number", "number", name=op.f("pk_kin")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_kin_other", "kin", ["cooperative_id", "other_number"], unique=False
    )
    op.create_table(
        "money_origin",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("entry_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("payer", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("foreign_amount", sa.Text(), nullable=True),
        sa.Column("rate", sa.Text(), nullable=True),
        sa.Column("purposes", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "entry_number"],
            ["entry.cooperative_id", "entry.number"],
            name=op.f("fk_money_origin_cooperative_id_entry_number"),
        ),
        sa.PrimaryKeyConstraint(
            "cooperative_id", "entry_number", name=op.f("pk_money_origin")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "motion",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column(
            "meeting_number", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("matter", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("way", sa.Text(), nullable=True),
        sa.Column("present", sa.BigInteger(), nullable=True),
        sa.Column("votes_for", sa.BigInteger(), nullable=True),
        sa.Column("votes_against", sa.BigInteger(), nullable=True),
        sa.Column("abstained", sa.BigInteger(), nullable=True),
        sa.Column("quorum", sa.Text(), nullable=True),
        sa.Column("majority", sa.Text(), nullable=True),
        sa.Column("out_of", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "meeting_number"],
            ["meeting.cooperative_id", "meeting.number"],
            name=op.f("fk_motion_cooperative_id_meeting_number"),
        ),
        sa.PrimaryKeyConstraint(
            "cooperative_id", "meeting_number", "number", name=op.f("pk_motion")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "proxy",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member_number", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("national_id_sealed", sa.Text(), nullable=True),
        sa.Column("phone_sealed", sa.Text(), nullable=True),
        sa.Column("paper", sa.Text(), nullable=False),
        sa.Column("monthly_limit", sa.BigInteger(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=True),
        sa.Column("scan_number", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "member_number"],
            ["member.cooperative_id", "member.number"],
            name=op.f("fk_proxy_cooperative_id_member_number"),
        ),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "scan_number"],
            ["scan.cooperative_id", "scan.number"],
            name=op.f("fk_proxy_cooperative_id_scan_number"),
        ),
        sa.PrimaryKeyConstraint("cooperative_id", "number", name=op.f("pk_proxy")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_proxy_member",
        "proxy",
        ["cooperative_id", "member_number", "number"],
        unique=False,
    )
    op.create_table(
        "same_person",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column(
            "member_number", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("other_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "member_number < other_number", name=op.f("ck_same_person_order")
        ),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "member_number"],
            ["member.cooperative_id", "member.number"],
            name=op.f("fk_same_person_cooperative_id_member_number"),
        ),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "other_number"],
            ["member.cooperative_id", "member.number"],
            name=op.f("fk_same_person_cooperative_id_other_number"),
        ),
        sa.PrimaryKeyConstraint(
            "cooperative_id",
            "member_number",
            "other_number",
            name=op.f("pk_same_person"),
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "decision",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("meeting_number", sa.BigInteger(), nullable=True),
        sa.Column("motion_number", sa.BigInteger(), nullable=True),
        sa.Column("scan_number", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "meeting_number", "motion_number"],
            ["motion.cooperative_id", "motion.meeting_number", "motion.number"],
            name=op.f("fk_decision_cooperative_id_meeting_number_motion_number"),
        ),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "scan_number"],
            ["scan.cooperative_id", "scan.number"],
            name=op.f("fk_decision_cooperative_id_scan_number"),
        ),
        sa.ForeignKeyConstraint(
            ["cooperative_id"],
            ["cooperative.id"],
            name=op.f("fk_decision_cooperative_id"),
        ),
        sa.PrimaryKeyConstraint("cooperative_id", "number", name=op.f("pk_decision")),
        sa.UniqueConstraint(
            "cooperative_id", "label", name=op.f("uq_decision_cooperative_id_label")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "proxy_use",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("entry_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("proxy_number", sa.BigInteger(), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "entry_number"],
            ["entry.cooperative_id", "entry.number"],
            name=op.f("fk_proxy_use_cooperative_id_entry_number"),
        ),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "proxy_number"],
            ["proxy.cooperative_id", "proxy.number"],
            name=op.f("fk_proxy_use_cooperative_id_proxy_number"),
        ),
        sa.PrimaryKeyConstraint(
            "cooperative_id", "entry_number", name=op.f("pk_proxy_use")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_proxy_use",
        "proxy_use",
        ["cooperative_id", "proxy_number", "booked_on"],
        unique=False,
    )
    op.create_table(
        "vote",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column(
            "meeting_number", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column(
            "motion_number", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column(
            "member_number", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("choice", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "meeting_number", "member_number"],
            [
                "attendance.cooperative_id",
                "attendance.meeting_number",
                "attendance.member_number",
            ],
            name=op.f("fk_vote_cooperative_id_meeting_number_member_number"),
        ),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "meeting_number", "motion_number"],
            ["motion.cooperative_id", "motion.meeting_number", "motion.number"],
            name=op.f("fk_vote_cooperative_id_meeting_number_motion_number"),
        ),
        sa.PrimaryKeyConstraint(
            "cooperative_id",
            "meeting_number",
            "motion_number",
            "member_number",
            name=op.f("pk_vote"),
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "member_change",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column(
            "member_number", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("decision_number", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "decision_number"],
            ["decision.cooperative_id", "decision.number"],
            name=op.f("fk_member_change_cooperative_id_decision_number"),
        ),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "member_number"],
            ["member.cooperative_id", "member.number"],
            name=op.f("fk_member_change_cooperative_id_member_number"),
        ),
        sa.PrimaryKeyConstraint(
            "cooperative_id", "member_number", "number", name=op.f("pk_member_change")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "passbook",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column(
            "savings_number", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("paper", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("carried", sa.BigInteger(), nullable=False),
        sa.Column("carried_entry", sa.BigInteger(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "savings_number"],
            ["savings_account.cooperative_id", "savings_account.number"],
            name=op.f("fk_passbook_cooperative_id_savings_number"),
        ),
        sa.PrimaryKeyConstraint(
            "cooperative_id", "savings_number", "number", name=op.f("pk_passbook")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "proxy_card",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("proxy_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column(
            "savings_number", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "proxy_number"],
            ["proxy.cooperative_id", "proxy.number"],
            name=op.f("fk_proxy_card_cooperative_id_proxy_number"),
        ),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "savings_number"],
            ["savings_account.cooperative_id", "savings_account.number"],
            name=op.f("fk_proxy_card_cooperative_id_savings_number"),
        ),
        sa.PrimaryKeyConstraint(
            "cooperative_id",
            "proxy_number",
            "savings_number",
            name=op.f("pk_proxy_card"),
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "savings_goal",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column(
            "savings_number", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("target", sa.BigInteger(), nullable=False),
        sa.Column("wanted_by", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "savings_number"],
            ["savings_account.cooperative_id", "savings_account.number"],
            name=op.f("fk_savings_goal_cooperative_id_savings_number"),
        ),
        sa.PrimaryKeyConstraint(
            "cooperative_id", "savings_number", name=op.f("pk_savings_goal")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "savings_tax",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("entry_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column(
            "savings_number", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("gross", sa.BigInteger(), nullable=False),
        sa.Column("tax", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "entry_number"],
            ["savings_interest.cooperative_id", "savings_interest.entry_number"],
            name=op.f("fk_savings_tax_cooperative_id_entry_number"),
        ),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "savings_number"],
            ["savings_account.cooperative_id", "savings_account.number"],
            name=op.f("fk_savings_tax_cooperative_id_savings_number"),
        ),
        sa.PrimaryKeyConstraint(
            "cooperative_id",
            "entry_number",
            "savings_number",
            name=op.f("pk_savings_tax"),
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "settlement",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member_number", sa.BigInteger(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.Column("decision_number", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("entry_number", sa.BigInteger(), nullable=True),
        sa.Column("net", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "decision_number"],
            ["decision.cooperative_id", "decision.number"],
            name=op.f("fk_settlement_cooperative_id_decision_number"),
        ),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "entry_number"],
            ["entry.cooperative_id", "entry.number"],
            name=op.f("fk_settlement_cooperative_id_entry_number"),
        ),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "member_number"],
            ["member.cooperative_id", "member.number"],
            name=op.f("fk_settlement_cooperative_id_member_number"),
        ),
        sa.PrimaryKeyConstraint("cooperative_id", "number", name=op.f("pk_settlement")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_settlement_member",
        "settlement",
        ["cooperative_id", "member_number", "number"],
        unique=False,
    )
    op.create_table(
        "share_exemption",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column(
            "member_number", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("first_month", sa.BigInteger(), nullable=False),
        sa.Column("last_month", sa.BigInteger(), nullable=False),
        sa.Column("decision_number", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "decision_number"],
            ["decision.cooperative_id", "decision.number"],
            name=op.f("fk_share_exemption_cooperative_id_decision_number"),
        ),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "member_number"],
            ["member.cooperative_id", "member.number"],
            name=op.f("fk_share_exemption_cooperative_id_member_number"),
        ),
        sa.PrimaryKeyConstraint(
            "cooperative_id", "member_number", "number", name=op.f("pk_share_exemption")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "standing_order",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("savings_number", sa.BigInteger(), nullable=False),
        sa.Column("loan_number", sa.BigInteger(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "loan_number"],
            ["loan.cooperative_id", "loan.number"],
            name=op.f("fk_standing_order_cooperative_id_loan_number"),
        ),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "savings_number"],
            ["savings_account.cooperative_id", "savings_account.number"],
            name=op.f("fk_standing_order_cooperative_id_savings_number"),
        ),
        sa.PrimaryKeyConstraint(
            "cooperative_id", "number", name=op.f("pk_standing_order")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_standing_order_loan",
        "standing_order",
        ["cooperative_id", "loan_number"],
        unique=False,
    )
    op.create_table(
        "term_deposit",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member_number", sa.BigInteger(), nullable=False),
        sa.Column("savings_number", sa.BigInteger(), nullable=False),
        sa.Column("account_number", sa.BigInteger(), nullable=False),
        sa.Column("months", sa.BigInteger(), nullable=False),
        sa.Column("principal", sa.BigInteger(), nullable=False),
        sa.Column("rate", sa.Text(), nullable=False),
        sa.Column("day_count", sa.Text(), nullable=False),
        sa.Column("kept_percent", sa.BigInteger(), nullable=False),
        sa.Column("penalty_percent", sa.BigInteger(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("matures_on", sa.Date(), nullable=False),
        sa.Column("rollover", sa.Text(), nullable=False),
        sa.Column("pays", sa.Text(), nullable=False),
        sa.Column("heir", sa.Text(), nullable=False),
        sa.Column("follows", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "account_number", "number"],
            ["card.cooperative_id", "card.account_number", "card.number"],
            name=op.f("fk_term_deposit_cooperative_id_account_number_number"),
        ),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "member_number"],
            ["member.cooperative_id", "member.number"],
            name=op.f("fk_term_deposit_cooperative_id_member_number"),
        ),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "savings_number"],
            ["savings_account.cooperative_id", "savings_account.number"],
            name=op.f("fk_term_deposit_cooperative_id_savings_number"),
        ),
        sa.PrimaryKeyConstraint(
            "cooperative_id", "number", name=op.f("pk_term_deposit")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_term_deposit_member",
        "term_deposit",
        ["cooperative_id", "member_number", "number"],
        unique=False,
    )
    op.create_index(
        "ix_term_deposit_state",
        "term_deposit",
        ["cooperative_id", "state", "matures_on"],
        unique=False,
    )
    op.create_table(
        "deposit_interest",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("entry_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column(
            "deposit_number", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("accrued", sa.BigInteger(), nullable=False),
        sa.Column("paid", sa.BigInteger(), nullable=False),
        sa.Column("tax", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "deposit_number"],
            ["term_deposit.cooperative_id", "term_deposit.number"],
            name=op.f("fk_deposit_interest_cooperative_id_deposit_number"),
        ),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "entry_number"],
            ["entry.cooperative_id", "entry.number"],
            name=op.f("fk_deposit_interest_cooperative_id_entry_number"),
        ),
        sa.PrimaryKeyConstraint(
            "cooperative_id",
            "entry_number",
            "deposit_number",
            name=op.f("pk_deposit_interest"),
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_deposit_interest",
        "deposit_interest",
        ["cooperative_id", "deposit_number", "until"],
        unique=False,
    )
    op.create_table(
        "passbook_print",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column(
            "savings_number", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("book_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("first", sa.BigInteger(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.Column("last_entry", sa.BigInteger(), nullable=False),
        sa.Column("last_line", sa.BigInteger(), nullable=False),
        sa.Column("printed_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "savings_number", "book_number"],
            ["passbook.cooperative_id", "passbook.savings_number", "passbook.number"],
            name=op.f("fk_passbook_print_cooperative_id_savings_number_book_number"),
        ),
        sa.PrimaryKeyConstraint(
            "cooperative_id",
            "savings_number",
            "book_number",
            "number",
            name=op.f("pk_passbook_print"),
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "payee",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column(
            "settlement_number", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=True),
        sa.Column("national_id_sealed", sa.Text(), nullable=True),
        sa.Column("papers", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("entry_number", sa.BigInteger(), nullable=True),
        sa.Column("void", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "entry_number"],
            ["entry.cooperative_id", "entry.number"],
            name=op.f("fk_payee_cooperative_id_entry_number"),
        ),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "settlement_number"],
            ["settlement.cooperative_id", "settlement.number"],
            name=op.f("fk_payee_cooperative_id_settlement_number"),
        ),
        sa.PrimaryKeyConstraint(
            "cooperative_id", "settlement_number", "number", name=op.f("pk_payee")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "savings_hold",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("savings_number", sa.BigInteger(), nullable=True),
        sa.Column("deposit_number", sa.BigInteger(), nullable=True),
        sa.Column("loan_number", sa.BigInteger(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("placed_on", sa.Date(), nullable=False),
        sa.Column("released_on", sa.Date(), nullable=True),
        sa.Column("release_note", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(savings_number IS NULL) <> (deposit_number IS NULL)",
            name=op.f("ck_savings_hold_one_thing"),
        ),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "deposit_number"],
            ["term_deposit.cooperative_id", "term_deposit.number"],
            name=op.f("fk_savings_hold_cooperative_id_deposit_number"),
        ),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "loan_number"],
            ["loan.cooperative_id", "loan.number"],
            name=op.f("fk_savings_hold_cooperative_id_loan_number"),
        ),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "savings_number"],
            ["savings_account.cooperative_id", "savings_account.number"],
            name=op.f("fk_savings_hold_cooperative_id_savings_number"),
        ),
        sa.ForeignKeyConstraint(
            ["cooperative_id"],
            ["cooperative.id"],
            name=op.f("fk_savings_hold_cooperative_id"),
        ),
        sa.PrimaryKeyConstraint(
            "cooperative_id", "number", name=op.f("pk_savings_hold")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_savings_hold",
        "savings_hold",
        ["cooperative_id", "savings_number"],
        unique=False,
    )
    op.create_index(
        "ix_savings_hold_deposit",
        "savings_hold",
        ["cooperative_id", "deposit_number"],
        unique=False,
    )
    op.create_table(
        "standing_run",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("order_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("run_on", sa.Date(), nullable=False),
        sa.Column("entry_number", sa.BigInteger(), nullable=True),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.Column("paid", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "entry_number"],
            ["entry.cooperative_id", "entry.number"],
            name=op.f("fk_standing_run_cooperative_id_entry_number"),
        ),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "order_number"],
            ["standing_order.cooperative_id", "standing_order.number"],
            name=op.f("fk_standing_run_cooperative_id_order_number"),
        ),
        sa.PrimaryKeyConstraint(
            "cooperative_id", "order_number", "run_on", name=op.f("pk_standing_run")
        ),
        sqlite_with_rowid=False,
    )
    op.add_column("member", sa.Column("family_card_no_index", sa.Text(), nullable=True))
    op.add_column("member", sa.Column("occupation", sa.Text(), nullable=True))
    op.add_column("member", sa.Column("hamlet", sa.Text(), nullable=True))
    op.add_column("member", sa.Column("region_code", sa.Text(), nullable=True))
    op.add_column("member", sa.Column("village_code", sa.Text(), nullable=True))
    op.add_column("member", sa.Column("risk", sa.Text(), nullable=True))
    op.add_column("member", sa.Column("source_of_funds", sa.Text(), nullable=True))
    op.create_index(
        "ix_member_family_card",
        "member",
        ["cooperative_id", "family_card_no_index"],
        unique=False,
    )
    op.create_index(
        "ix_member_hamlet",
        "member",
        ["cooperative_id", "hamlet", "number"],
        unique=False,
    )
    op.add_column("savings_account", sa.Column("blocked_on", sa.Date(), nullable=True))
    op.add_column("savings_account", sa.Column("blocked_why", sa.Text(), nullable=True))
    op.add_column("savings_account", sa.Column("woken_on", sa.Date(), nullable=True))
    op.add_column(
        "savings_account", sa.Column("earned_until", sa.Date(), nullable=True)
    )
    op.add_column(
        "savings_product", sa.Column("dormant_months", sa.BigInteger(), nullable=True)
    )
    lite = op.get_bind().dialect.name == "sqlite"
    for statement in SQLITE_GUARDS if lite else POSTGRESQL_GUARDS:
        op.execute(statement.replace(":", r"\:"))


def downgrade() -> None:
    """Drop them again."""

    op.drop_column("savings_product", "dormant_months")
    op.drop_column("savings_account", "earned_until")
    op.drop_column("savings_account", "woken_on")
    op.drop_column("savings_account", "blocked_why")
    op.drop_column("savings_account", "blocked_on")
    op.drop_index("ix_member_hamlet", table_name="member")
    op.drop_index("ix_member_family_card", table_name="member")
    op.drop_column("member", "source_of_funds")
    op.drop_column("member", "risk")
    op.drop_column("member", "village_code")
    op.drop_column("member", "region_code")
    op.drop_column("member", "hamlet")
    op.drop_column("member", "occupation")
    op.drop_column("member", "family_card_no_index")
    op.drop_table("standing_run")
    op.drop_index("ix_savings_hold_deposit", table_name="savings_hold")
    op.drop_index("ix_savings_hold", table_name="savings_hold")
    op.drop_table("savings_hold")
    op.drop_table("payee")
    op.drop_table("passbook_print")
    op.drop_index("ix_deposit_interest", table_name="deposit_interest")
    op.drop_table("deposit_interest")
    op.drop_index("ix_term_deposit_state", table_name="term_deposit")
    op.drop_index("ix_term_deposit_member", table_name="term_deposit")
    op.drop_table("term_deposit")
    op.drop_index("ix_standing_order_loan", table_name="standing_order")
    op.drop_table("standing_order")
    op.drop_table("share_exemption")
    op.drop_index("ix_settlement_member", table_name="settlement")
    op.drop_table("settlement")
    op.drop_table("savings_tax")
    op.drop_table("savings_goal")
    op.drop_table("proxy_card")
    op.drop_table("passbook")
    op.drop_table("member_change")
    op.drop_table("vote")
    op.drop_index("ix_proxy_use", table_name="proxy_use")
    op.drop_table("proxy_use")
    op.drop_table("decision")
    op.drop_table("same_person")
    op.drop_index("ix_proxy_member", table_name="proxy")
    op.drop_table("proxy")
    op.drop_table("motion")
    op.drop_table("money_origin")
    op.drop_index("ix_kin_other", table_name="kin")
    op.drop_table("kin")
    op.drop_index("ix_household_member", table_name="household_member")
    op.drop_table("household_member")
    op.drop_table("document")
    op.drop_table("collection")
    op.drop_table("catch_up_plan")
    op.drop_table("beneficiary")
    op.drop_table("attendance")
    op.drop_index("ix_scan_subject", table_name="scan")
    op.drop_table("scan")
    op.drop_table("meeting")
    op.drop_table("household")
    op.drop_table("deposit_terms")
