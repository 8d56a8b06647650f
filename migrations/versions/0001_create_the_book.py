"""Create the book.

There are no rows yet.  The guards are written out here as they were on the day,
because history outlives code.

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

SQLITE_GUARDS = [
    "CREATE TRIGGER line_sealed BEFORE INSERT ON line BEGIN SELECT RAISE(ABORT, 'sealed: the entry takes no more lines') WHERE EXISTS (SELECT 1 FROM entry WHERE cooperative_id = NEW.cooperative_id AND number = NEW.entry_number); SELECT RAISE(ABORT, 'typed: whole numbers and real dates only') WHERE typeof(NEW.debit) <> 'integer'; SELECT RAISE(ABORT, 'typed: whole numbers and real dates only') WHERE typeof(NEW.credit) <> 'integer'; SELECT RAISE(ABORT, 'typed: whole numbers and real dates only') WHERE typeof(NEW.number) <> 'integer'; SELECT RAISE(ABORT, 'typed: whole numbers and real dates only') WHERE typeof(NEW.entry_number) <> 'integer'; SELECT RAISE(ABORT, 'typed: whole numbers and real dates only') WHERE NOT date(NEW.booked_on, '+0 days') IS NEW.booked_on; END",
    "CREATE TRIGGER entry_seal BEFORE INSERT ON entry BEGIN SELECT RAISE(ABORT, 'typed: whole numbers and real dates only') WHERE typeof(NEW.number) <> 'integer'; SELECT RAISE(ABORT, 'typed: whole numbers and real dates only') WHERE NOT (date(NEW.booked_on, '+0 days') IS NEW.booked_on); SELECT RAISE(ABORT, 'chain: not the next record') WHERE NOT EXISTS (SELECT 1 FROM head WHERE cooperative_id = NEW.cooperative_id AND number + 1 = NEW.number AND hash = NEW.previous AND recorded_at <= NEW.recorded_at); SELECT RAISE(ABORT, 'unbalanced: an entry has two lines or more') WHERE (SELECT count(*) FROM line WHERE cooperative_id = NEW.cooperative_id AND entry_number = NEW.number) < 2; SELECT RAISE(ABORT, 'unbalanced: debit and credit differ') WHERE (SELECT sum(debit) - sum(credit) FROM line WHERE cooperative_id = NEW.cooperative_id AND entry_number = NEW.number) <> 0; SELECT RAISE(ABORT, 'dates: a line has its entry''s date') WHERE EXISTS (SELECT 1 FROM line WHERE cooperative_id = NEW.cooperative_id AND entry_number = NEW.number AND booked_on <> NEW.booked_on); SELECT RAISE(ABORT, 'closed: the period is closed') WHERE EXISTS (SELECT 1 FROM period WHERE cooperative_id = NEW.cooperative_id AND name = substr(NEW.booked_on, 1, 4) AND closed); SELECT RAISE(ABORT, 'closed: the period is closed') WHERE EXISTS (SELECT 1 FROM period WHERE cooperative_id = NEW.cooperative_id AND name = substr(NEW.booked_on, 1, 7) AND closed); SELECT RAISE(ABORT, 'closed: the period is closed') WHERE EXISTS (SELECT 1 FROM period WHERE cooperative_id = NEW.cooperative_id AND name = substr(NEW.booked_on, 1, 10) AND closed); SELECT RAISE(ABORT, 'early: before the first day of the book') WHERE EXISTS (SELECT 1 FROM cooperative WHERE id = NEW.cooperative_id AND first_day > NEW.booked_on); SELECT RAISE(ABORT, 'kept: this record stands') WHERE EXISTS (SELECT 1 FROM entry WHERE cooperative_id = NEW.cooperative_id AND voucher = NEW.voucher); SELECT RAISE(ABORT, 'kept: this record stands') WHERE EXISTS (SELECT 1 FROM entry WHERE cooperative_id = NEW.cooperative_id AND reverses = NEW.reverses); END",
    "CREATE TRIGGER event_next BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'typed: whole numbers and real dates only') WHERE typeof(NEW.number) <> 'integer'; SELECT RAISE(ABORT, 'chain: not the next record') WHERE NOT EXISTS (SELECT 1 FROM head WHERE cooperative_id = NEW.cooperative_id AND number + 1 = NEW.number AND hash = NEW.previous AND recorded_at <= NEW.recorded_at); END",
    "CREATE TRIGGER head_moves BEFORE UPDATE ON head BEGIN SELECT RAISE(ABORT, 'chain: only a record moves the head') WHERE NEW.number <> OLD.number + 1 OR NEW.cooperative_id <> OLD.cooperative_id; SELECT RAISE(ABORT, 'chain: only a record moves the head') WHERE NOT EXISTS (SELECT 1 FROM entry WHERE cooperative_id = NEW.cooperative_id AND number = NEW.number AND hash = NEW.hash) AND NOT EXISTS (SELECT 1 FROM event WHERE cooperative_id = NEW.cooperative_id AND number = NEW.number AND hash = NEW.hash); END",
    "CREATE TRIGGER entry_chain AFTER INSERT ON entry BEGIN UPDATE head SET number = NEW.number, hash = NEW.hash, recorded_at = NEW.recorded_at WHERE cooperative_id = NEW.cooperative_id; END",
    "CREATE TRIGGER event_chain AFTER INSERT ON event BEGIN UPDATE head SET number = NEW.number, hash = NEW.hash, recorded_at = NEW.recorded_at WHERE cooperative_id = NEW.cooperative_id; END",
    "CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER line_no_update BEFORE UPDATE ON line BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER event_no_update BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER once_no_update BEFORE UPDATE ON once BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER import_batch_no_update BEFORE UPDATE ON import_batch BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER import_row_no_update BEFORE UPDATE ON import_row BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER account_no_delete BEFORE DELETE ON account BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER approval_no_delete BEFORE DELETE ON approval BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER attachment_no_delete BEFORE DELETE ON attachment BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER balance_no_delete BEFORE DELETE ON balance BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER card_no_delete BEFORE DELETE ON card BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER cooperative_no_delete BEFORE DELETE ON cooperative BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER counter_no_delete BEFORE DELETE ON counter BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER day_balance_no_delete BEFORE DELETE ON day_balance BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER event_no_delete BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER head_no_delete BEFORE DELETE ON head BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER holding_no_delete BEFORE DELETE ON holding BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER import_batch_no_delete BEFORE DELETE ON import_batch BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER import_row_no_delete BEFORE DELETE ON import_row BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER line_no_delete BEFORE DELETE ON line BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER loan_no_delete BEFORE DELETE ON loan BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER loan_product_no_delete BEFORE DELETE ON loan_product BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER member_no_delete BEFORE DELETE ON member BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER once_no_delete BEFORE DELETE ON once BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER period_no_delete BEFORE DELETE ON period BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER person_no_delete BEFORE DELETE ON person BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER savings_account_no_delete BEFORE DELETE ON savings_account BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER savings_product_no_delete BEFORE DELETE ON savings_product BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
    "CREATE TRIGGER setting_no_delete BEFORE DELETE ON setting BEGIN SELECT RAISE(ABORT, 'kept: this record stands'); END",
]

POSTGRESQL_GUARDS = [
    "CREATE OR REPLACE FUNCTION coopbook_kept() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$  BEGIN RAISE EXCEPTION 'kept: this record stands' USING ERRCODE = '23001'; END $$",
    "CREATE OR REPLACE FUNCTION coopbook_head_moves() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$  BEGIN IF pg_trigger_depth() < 2 THEN RAISE EXCEPTION 'chain: only a record moves the head' USING ERRCODE = '23001'; END IF; RETURN NEW; END $$",
    "CREATE OR REPLACE FUNCTION coopbook_line_sealed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$  BEGIN PERFORM 1 FROM head WHERE cooperative_id = NEW.cooperative_id FOR UPDATE; PERFORM 1 FROM entry WHERE cooperative_id = NEW.cooperative_id AND number = NEW.entry_number; IF FOUND THEN RAISE EXCEPTION 'sealed: the entry takes no more lines' USING ERRCODE = '23001'; END IF; RETURN NEW; END $$",
    "CREATE OR REPLACE FUNCTION coopbook_next_record() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$  BEGIN UPDATE head SET number = NEW.number, hash = NEW.hash, recorded_at = NEW.recorded_at WHERE cooperative_id = NEW.cooperative_id AND number + 1 = NEW.number AND hash = NEW.previous AND recorded_at <= NEW.recorded_at; IF NOT FOUND THEN RAISE EXCEPTION 'chain: not the next record' USING ERRCODE = '23514'; END IF; RETURN NEW; END $$",
    "CREATE OR REPLACE FUNCTION coopbook_entry_seal() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$ DECLARE lines bigint; difference numeric; BEGIN SELECT count(*), sum(debit) - sum(credit) INTO lines, difference FROM line WHERE cooperative_id = NEW.cooperative_id AND entry_number = NEW.number; IF lines < 2 THEN RAISE EXCEPTION 'unbalanced: an entry has two lines or more' USING ERRCODE = '23514'; END IF; IF difference <> 0 THEN RAISE EXCEPTION 'unbalanced: debit and credit differ' USING ERRCODE = '23514'; END IF; PERFORM 1 FROM line WHERE cooperative_id = NEW.cooperative_id AND entry_number = NEW.number AND booked_on <> NEW.booked_on; IF FOUND THEN RAISE EXCEPTION 'dates: a line has its entry''s date' USING ERRCODE = '23514'; END IF; PERFORM 1 FROM period WHERE cooperative_id = NEW.cooperative_id AND name = to_char(NEW.booked_on, 'YYYY') AND closed; IF FOUND THEN RAISE EXCEPTION 'closed: the period is closed' USING ERRCODE = '23514'; END IF; PERFORM 1 FROM period WHERE cooperative_id = NEW.cooperative_id AND name = to_char(NEW.booked_on, 'YYYY-MM') AND closed; IF FOUND THEN RAISE EXCEPTION 'closed: the period is closed' USING ERRCODE = '23514'; END IF; PERFORM 1 FROM period WHERE cooperative_id = NEW.cooperative_id AND name = to_char(NEW.booked_on, 'YYYY-MM-DD') AND closed; IF FOUND THEN RAISE EXCEPTION 'closed: the period is closed' USING ERRCODE = '23514'; END IF; PERFORM 1 FROM cooperative WHERE id = NEW.cooperative_id AND first_day > NEW.booked_on; IF FOUND THEN RAISE EXCEPTION 'early: before the first day of the book' USING ERRCODE = '23514'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER line_sealed BEFORE INSERT ON line FOR EACH ROW EXECUTE FUNCTION coopbook_line_sealed()",
    "CREATE TRIGGER entry_a_next BEFORE INSERT ON entry FOR EACH ROW EXECUTE FUNCTION coopbook_next_record()",
    "CREATE TRIGGER entry_b_seal BEFORE INSERT ON entry FOR EACH ROW EXECUTE FUNCTION coopbook_entry_seal()",
    "CREATE TRIGGER event_next BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION coopbook_next_record()",
    "CREATE TRIGGER head_moves BEFORE UPDATE ON head FOR EACH ROW EXECUTE FUNCTION coopbook_head_moves()",
    "CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER line_no_update BEFORE UPDATE ON line FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER event_no_update BEFORE UPDATE ON event FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER once_no_update BEFORE UPDATE ON once FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER import_batch_no_update BEFORE UPDATE ON import_batch FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER import_row_no_update BEFORE UPDATE ON import_row FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER account_no_delete BEFORE DELETE ON account FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER approval_no_delete BEFORE DELETE ON approval FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER attachment_no_delete BEFORE DELETE ON attachment FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER balance_no_delete BEFORE DELETE ON balance FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER card_no_delete BEFORE DELETE ON card FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER cooperative_no_delete BEFORE DELETE ON cooperative FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER counter_no_delete BEFORE DELETE ON counter FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER day_balance_no_delete BEFORE DELETE ON day_balance FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER event_no_delete BEFORE DELETE ON event FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER head_no_delete BEFORE DELETE ON head FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER holding_no_delete BEFORE DELETE ON holding FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER import_batch_no_delete BEFORE DELETE ON import_batch FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER import_row_no_delete BEFORE DELETE ON import_row FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER line_no_delete BEFORE DELETE ON line FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER loan_no_delete BEFORE DELETE ON loan FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER loan_product_no_delete BEFORE DELETE ON loan_product FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER member_no_delete BEFORE DELETE ON member FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER once_no_delete BEFORE DELETE ON once FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER period_no_delete BEFORE DELETE ON period FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER person_no_delete BEFORE DELETE ON person FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER savings_account_no_delete BEFORE DELETE ON savings_account FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER savings_product_no_delete BEFORE DELETE ON savings_product FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER setting_no_delete BEFORE DELETE ON setting FOR EACH ROW EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER account_no_truncate BEFORE TRUNCATE ON account FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER approval_no_truncate BEFORE TRUNCATE ON approval FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER attachment_no_truncate BEFORE TRUNCATE ON attachment FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER balance_no_truncate BEFORE TRUNCATE ON balance FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER card_no_truncate BEFORE TRUNCATE ON card FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER cooperative_no_truncate BEFORE TRUNCATE ON cooperative FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER counter_no_truncate BEFORE TRUNCATE ON counter FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER day_balance_no_truncate BEFORE TRUNCATE ON day_balance FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER entry_no_truncate BEFORE TRUNCATE ON entry FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER event_no_truncate BEFORE TRUNCATE ON event FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER head_no_truncate BEFORE TRUNCATE ON head FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER holding_no_truncate BEFORE TRUNCATE ON holding FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER import_batch_no_truncate BEFORE TRUNCATE ON import_batch FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER import_row_no_truncate BEFORE TRUNCATE ON import_row FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER line_no_truncate BEFORE TRUNCATE ON line FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER loan_no_truncate BEFORE TRUNCATE ON loan FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER loan_product_no_truncate BEFORE TRUNCATE ON loan_product FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER member_no_truncate BEFORE TRUNCATE ON member FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER once_no_truncate BEFORE TRUNCATE ON once FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER period_no_truncate BEFORE TRUNCATE ON period FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER person_no_truncate BEFORE TRUNCATE ON person FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER savings_account_no_truncate BEFORE TRUNCATE ON savings_account FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER savings_product_no_truncate BEFORE TRUNCATE ON savings_product FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
    "CREATE TRIGGER setting_no_truncate BEFORE TRUNCATE ON setting FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()",
]

FUNCTIONS = [
    "coopbook_kept",
    "coopbook_head_moves",
    "coopbook_line_sealed",
    "coopbook_next_record",
    "coopbook_entry_seal",
]


def upgrade() -> None:
    """Create every table, then every guard."""
    op.create_table(
        "cooperative",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("village", sa.Text(), nullable=False),
        sa.Column("district", sa.Text(), nullable=False),
        sa.Column("registration_no", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cooperative")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "account",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name_id", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("account_type", sa.Text(), nullable=False),
        sa.Column("normal_balance", sa.Text(), nullable=False),
        sa.Column("postable", sa.Boolean(), nullable=False),
        sa.Column("control", sa.Boolean(), nullable=False),
        sa.Column("cash_flow", sa.Text(), nullable=False),
        sa.Column("archived_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["cooperative_id"],
            ["cooperative.id"],
            name=op.f("fk_account_cooperative_id"),
        ),
        sa.PrimaryKeyConstraint("cooperative_id", "number", name=op.f("pk_account")),
        sa.UniqueConstraint(
            "cooperative_id", "code", name=op.f("uq_account_cooperative_id_code")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "approval",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("request", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["cooperative_id"],
            ["cooperative.id"],
            name=op.f("fk_approval_cooperative_id"),
        ),
        sa.PrimaryKeyConstraint("cooperative_id", "number", name=op.f("pk_approval")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_approval_state",
        "approval",
        ["cooperative_id", "state", "number"],
        unique=False,
    )
    op.create_table(
        "counter",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cooperative_id"],
            ["cooperative.id"],
            name=op.f("fk_counter_cooperative_id"),
        ),
        sa.PrimaryKeyConstraint("cooperative_id", "series", name=op.f("pk_counter")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "entry",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("memo", sa.Text(), nullable=False),
        sa.Column("voucher", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("reverses", sa.BigInteger(), nullable=True),
        sa.Column("approval", sa.BigInteger(), nullable=True),
        sa.Column("once", sa.Text(), nullable=True),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cooperative_id"], ["cooperative.id"], name=op.f("fk_entry_cooperative_id")
        ),
        sa.PrimaryKeyConstraint("cooperative_id", "number", name=op.f("pk_entry")),
        sa.UniqueConstraint(
            "cooperative_id", "reverses", name=op.f("uq_entry_cooperative_id_reverses")
        ),
        sa.UniqueConstraint(
            "cooperative_id", "voucher", name=op.f("uq_entry_cooperative_id_voucher")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_entry_day", "entry", ["cooperative_id", "booked_on", "number"], unique=False
    )
    op.create_table(
        "event",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("once", sa.Text(), nullable=True),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cooperative_id"], ["cooperative.id"], name=op.f("fk_event_cooperative_id")
        ),
        sa.PrimaryKeyConstraint("cooperative_id", "number", name=op.f("pk_event")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "head",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cooperative_id"], ["cooperative.id"], name=op.f("fk_head_cooperative_id")
        ),
        sa.PrimaryKeyConstraint("cooperative_id", name=op.f("pk_head")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "member",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=False),
        sa.Column("active_on", sa.Date(), nullable=True),
        sa.Column("born_on", sa.Date(), nullable=True),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("village", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("national_id_sealed", sa.Text(), nullable=True),
        sa.Column("national_id_index", sa.Text(), nullable=True),
        sa.Column("family_card_no_sealed", sa.Text(), nullable=True),
        sa.Column("passport_no_sealed", sa.Text(), nullable=True),
        sa.Column("phone_sealed", sa.Text(), nullable=True),
        sa.Column("phone_index", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["cooperative_id"],
            ["cooperative.id"],
            name=op.f("fk_member_cooperative_id"),
        ),
        sa.PrimaryKeyConstraint("cooperative_id", "number", name=op.f("pk_member")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_member_national_id",
        "member",
        ["cooperative_id", "national_id_index"],
        unique=False,
    )
    op.create_index(
        "ix_member_phone", "member", ["cooperative_id", "phone_index"], unique=False
    )
    op.create_table(
        "once",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("receipt", sa.Text(), nullable=False),
        sa.Column("record", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cooperative_id"], ["cooperative.id"], name=op.f("fk_once_cooperative_id")
        ),
        sa.PrimaryKeyConstraint("cooperative_id", "key", name=op.f("pk_once")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "period",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cooperative_id"],
            ["cooperative.id"],
            name=op.f("fk_period_cooperative_id"),
        ),
        sa.PrimaryKeyConstraint("cooperative_id", "name", name=op.f("pk_period")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "person",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("full_name", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("member_number", sa.BigInteger(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cooperative_id"],
            ["cooperative.id"],
            name=op.f("fk_person_cooperative_id"),
        ),
        sa.PrimaryKeyConstraint("cooperative_id", "name", name=op.f("pk_person")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "setting",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cooperative_id"],
            ["cooperative.id"],
            name=op.f("fk_setting_cooperative_id"),
        ),
        sa.PrimaryKeyConstraint(
            "cooperative_id", "name", "valid_from", name=op.f("pk_setting")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "attachment",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("entry_number", sa.BigInteger(), nullable=True),
        sa.Column("approval_number", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "approval_number"],
            ["approval.cooperative_id", "approval.number"],
            name=op.f("fk_attachment_cooperative_id_approval_number"),
        ),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "entry_number"],
            ["entry.cooperative_id", "entry.number"],
            name=op.f("fk_attachment_cooperative_id_entry_number"),
        ),
        sa.PrimaryKeyConstraint("cooperative_id", "number", name=op.f("pk_attachment")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_attachment_entry",
        "attachment",
        ["cooperative_id", "entry_number"],
        unique=False,
    )
    op.create_table(
        "card",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column(
            "account_number", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("floor", sa.BigInteger(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "account_number"],
            ["account.cooperative_id", "account.number"],
            name=op.f("fk_card_cooperative_id_account_number"),
        ),
        sa.PrimaryKeyConstraint(
            "cooperative_id", "account_number", "number", name=op.f("pk_card")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "day_balance",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column(
            "account_number", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("opening", sa.BigInteger(), nullable=False),
        sa.Column("debit", sa.BigInteger(), nullable=False),
        sa.Column("credit", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "account_number"],
            ["account.cooperative_id", "account.number"],
            name=op.f("fk_day_balance_cooperative_id_account_number"),
        ),
        sa.PrimaryKeyConstraint(
            "cooperative_id", "account_number", "day", name=op.f("pk_day_balance")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "holding",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("user_name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("granted_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "user_name"],
            ["person.cooperative_id", "person.name"],
            name=op.f("fk_holding_cooperative_id_user_name"),
        ),
        sa.PrimaryKeyConstraint(
            "cooperative_id", "user_name", "role", "granted_on", name=op.f("pk_holding")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "import_batch",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("file_digest", sa.Text(), nullable=False),
        sa.Column("rows_in_file", sa.BigInteger(), nullable=False),
        sa.Column("rows_posted", sa.BigInteger(), nullable=False),
        sa.Column("sheet_total", sa.Text(), nullable=False),
        sa.Column("lines_total", sa.BigInteger(), nullable=False),
        sa.Column("rounding", sa.BigInteger(), nullable=False),
        sa.Column("breaks", sa.BigInteger(), nullable=False),
        sa.Column("accepted", sa.Text(), nullable=True),
        sa.Column("first_entry", sa.BigInteger(), nullable=False),
        sa.Column("last_entry", sa.BigInteger(), nullable=False),
        sa.Column("rows_digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "first_entry"],
            ["entry.cooperative_id", "entry.number"],
            name=op.f("fk_import_batch_cooperative_id_first_entry"),
        ),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "last_entry"],
            ["entry.cooperative_id", "entry.number"],
            name=op.f("fk_import_batch_cooperative_id_last_entry"),
        ),
        sa.ForeignKeyConstraint(
            ["cooperative_id"],
            ["cooperative.id"],
            name=op.f("fk_import_batch_cooperative_id"),
        ),
        sa.PrimaryKeyConstraint(
            "cooperative_id", "number", name=op.f("pk_import_batch")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "loan_product",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name_id", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("account_number", sa.BigInteger(), nullable=False),
        sa.Column("interest_account_number", sa.BigInteger(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("rate", sa.Text(), nullable=False),
        sa.Column("largest", sa.BigInteger(), nullable=False),
        sa.Column("max_term", sa.BigInteger(), nullable=False),
        sa.Column("rounding_step", sa.BigInteger(), nullable=False),
        sa.Column("origination_fee_rate", sa.Text(), nullable=False),
        sa.Column("admin_fee", sa.BigInteger(), nullable=False),
        sa.Column("penalty_rate", sa.Text(), nullable=False),
        sa.Column("penalty_grace_days", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "account_number"],
            ["account.cooperative_id", "account.number"],
            name=op.f("fk_loan_product_cooperative_id_account_number"),
        ),
        sa.PrimaryKeyConstraint("cooperative_id", "code", name=op.f("pk_loan_product")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "savings_product",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name_id", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("savings_type", sa.Text(), nullable=False),
        sa.Column("account_number", sa.BigInteger(), nullable=False),
        sa.Column("minimum_balance", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("withdrawable", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "account_number"],
            ["account.cooperative_id", "account.number"],
            name=op.f("fk_savings_product_cooperative_id_account_number"),
        ),
        sa.PrimaryKeyConstraint(
            "cooperative_id", "code", name=op.f("pk_savings_product")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "balance",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column(
            "account_number", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("card_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("month", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("opening", sa.BigInteger(), nullable=False),
        sa.Column("debit", sa.BigInteger(), nullable=False),
        sa.Column("credit", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "account_number", "card_number"],
            ["card.cooperative_id", "card.account_number", "card.number"],
            name=op.f("fk_balance_cooperative_id_account_number_card_number"),
        ),
        sa.PrimaryKeyConstraint(
            "cooperative_id",
            "account_number",
            "card_number",
            "month",
            name=op.f("pk_balance"),
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "import_row",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("identity", sa.Text(), nullable=False),
        sa.Column("batch_number", sa.BigInteger(), nullable=False),
        sa.Column("row_number", sa.BigInteger(), nullable=False),
        sa.Column("entry_number", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "batch_number"],
            ["import_batch.cooperative_id", "import_batch.number"],
            name=op.f("fk_import_row_cooperative_id_batch_number"),
        ),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "entry_number"],
            ["entry.cooperative_id", "entry.number"],
            name=op.f("fk_import_row_cooperative_id_entry_number"),
        ),
        sa.PrimaryKeyConstraint(
            "cooperative_id", "identity", name=op.f("pk_import_row")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_import_row_batch",
        "import_row",
        ["cooperative_id", "batch_number", "row_number"],
        unique=False,
    )
    op.create_table(
        "line",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("entry_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("account_number", sa.BigInteger(), nullable=False),
        sa.Column("card_number", sa.BigInteger(), nullable=False),
        sa.Column("debit", sa.BigInteger(), nullable=False),
        sa.Column("credit", sa.BigInteger(), nullable=False),
        sa.Column("loan_number", sa.BigInteger(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("fund", sa.Text(), nullable=True),
        sa.Column("pillar", sa.Text(), nullable=True),
        sa.Column("term_of_office", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "debit >= 0 AND credit >= 0 AND (debit = 0) <> (credit = 0)",
            name=op.f("ck_line_one_column"),
        ),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "account_number", "card_number"],
            ["card.cooperative_id", "card.account_number", "card.number"],
            name=op.f("fk_line_cooperative_id_account_number_card_number"),
        ),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "entry_number"],
            ["entry.cooperative_id", "entry.number"],
            name=op.f("fk_line_cooperative_id_entry_number"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint(
            "cooperative_id", "entry_number", "number", name=op.f("pk_line")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_line_loan",
        "line",
        ["cooperative_id", "loan_number", "entry_number"],
        unique=False,
        sqlite_where=sa.text("loan_number IS NOT NULL"),
        postgresql_where=sa.text("loan_number IS NOT NULL"),
    )
    op.create_index(
        "ix_line_statement",
        "line",
        [
            "cooperative_id",
            "account_number",
            "card_number",
            "booked_on",
            "entry_number",
            "number",
        ],
        unique=False,
    )
    op.create_table(
        "loan",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member_number", sa.BigInteger(), nullable=False),
        sa.Column("product_code", sa.Text(), nullable=False),
        sa.Column("account_number", sa.BigInteger(), nullable=False),
        sa.Column("interest_account_number", sa.BigInteger(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("principal", sa.BigInteger(), nullable=False),
        sa.Column("term", sa.BigInteger(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("rate", sa.Text(), nullable=False),
        sa.Column("rounding_step", sa.BigInteger(), nullable=False),
        sa.Column("origination_fee", sa.BigInteger(), nullable=False),
        sa.Column("admin_fee", sa.BigInteger(), nullable=False),
        sa.Column("penalty_rate", sa.Text(), nullable=False),
        sa.Column("penalty_grace_days", sa.BigInteger(), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=False),
        sa.Column("applied_by", sa.Text(), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("approved_by", sa.Text(), nullable=True),
        sa.Column("disbursed_on", sa.Date(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "member_number"],
            ["member.cooperative_id", "member.number"],
            name=op.f("fk_loan_cooperative_id_member_number"),
        ),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "product_code"],
            ["loan_product.cooperative_id", "loan_product.code"],
            name=op.f("fk_loan_cooperative_id_product_code"),
        ),
        sa.PrimaryKeyConstraint("cooperative_id", "number", name=op.f("pk_loan")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_loan_member",
        "loan",
        ["cooperative_id", "member_number", "number"],
        unique=False,
    )
    op.create_index(
        "ix_loan_state", "loan", ["cooperative_id", "state", "number"], unique=False
    )
    op.create_table(
        "savings_account",
        sa.Column(
            "cooperative_id", sa.BigInteger(), autoincrement=False, nullable=False
        ),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member_number", sa.BigInteger(), nullable=False),
        sa.Column("product_code", sa.Text(), nullable=False),
        sa.Column("account_number", sa.BigInteger(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "account_number", "number"],
            ["card.cooperative_id", "card.account_number", "card.number"],
            name=op.f("fk_savings_account_cooperative_id_account_number_number"),
        ),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "member_number"],
            ["member.cooperative_id", "member.number"],
            name=op.f("fk_savings_account_cooperative_id_member_number"),
        ),
        sa.ForeignKeyConstraint(
            ["cooperative_id", "product_code"],
            ["savings_product.cooperative_id", "savings_product.code"],
            name=op.f("fk_savings_account_cooperative_id_product_code"),
        ),
        sa.PrimaryKeyConstraint(
            "cooperative_id", "number", name=op.f("pk_savings_account")
        ),
        sa.UniqueConstraint(
            "cooperative_id",
            "member_number",
            "product_code",
            name=op.f("uq_savings_account_cooperative_id_member_number_product_code"),
        ),
        sqlite_with_rowid=False,
    )
    lite = op.get_bind().dialect.name == "sqlite"
    for statement in SQLITE_GUARDS if lite else POSTGRESQL_GUARDS:
        op.execute(statement.replace(":", r"\:"))


def downgrade() -> None:
    """Drop everything, the tables in the order of what refers to what."""
    op.drop_table("savings_account")
    op.drop_index("ix_loan_state", table_name="loan")
    op.drop_index("ix_loan_member", table_name="loan")
    op.drop_table("loan")
    op.drop_index("ix_line_statement", table_name="line")
    op.drop_index(
        "ix_line_loan",
        table_name="line",
        sqlite_where=sa.text("loan_number IS NOT NULL"),
        postgresql_where=sa.text("loan_number IS NOT NULL"),
    )
    op.drop_table("line")
    op.drop_index("ix_import_row_batch", table_name="import_row")
    op.drop_table("import_row")
    op.drop_table("balance")
    op.drop_table("savings_product")
    op.drop_table("loan_product")
    op.drop_table("import_batch")
    op.drop_table("holding")
    op.drop_table("day_balance")
    op.drop_table("card")
    op.drop_index("ix_attachment_entry", table_name="attachment")
    op.drop_table("attachment")
    op.drop_table("setting")
    op.drop_table("person")
    op.drop_table("period")
    op.drop_table("once")
    op.drop_index("ix_member_phone", table_name="member")
    op.drop_index("ix_member_national_id", table_name="member")
    op.drop_table("member")
    op.drop_table("head")
    op.drop_table("event")
    op.drop_index("ix_entry_day", table_name="entry")
    op.drop_table("entry")
    op.drop_table("counter")
    op.drop_index("ix_approval_state", table_name="approval")
    op.drop_table("approval")
    op.drop_table("account")
    op.drop_table("cooperative")
    if op.get_bind().dialect.name != "sqlite":
        for name in FUNCTIONS:
            op.execute(f"DROP FUNCTION {name}()")
