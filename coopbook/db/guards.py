"""Guards: triggers by which the database itself refuses to change the past.

The lines of an entry are written first and the entry seals them: inserting it
checks that there are two lines or more, that they add up to zero, that they
share its date and that the date is open.  A record is taken into the chain only
as the next one.  One condition has one EXISTS: an OR would scan the table.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, text

RECORDS = ("entry", "line", "event")
FOR_GOOD = (
    *(*RECORDS, "once", "import_batch", "import_row", "import_taken_back"),
    *("old_balance", "cut_over", "savings_interest", "savings_tax"),
    "deposit_interest",
    *("proxy_use", "money_origin", "collection", "standing_run", "vote"),
    *("passbook_print", "loan_change", "loan_correction", "loan_officer"),
    *("loan_quotation", "loan_appraisal", "due_list", "due_list_row", "loan_round"),
    *("group_loan", "group_meeting", "group_attendance", "group_cover"),
    *("group_cover_back", "write_off", "claim_recovery", "foreclosure"),
    *("foreclosure_sale", "dunning_step", "class_run", "loan_class_log"),
    *("loan_judgement", "surplus_policy", "surplus_share"),
    *("health_answer", "budget_line", "year_text"),
    *("depreciation", "cash_count", "checkpoint", "proposed_line", "line_given"),
    *("fund_use", "bank_statement", "bank_line", "bank_match", "bank_match_line"),
    *("bank_match_entry", "bank_match_undone", "bank_reconciliation"),
    *("goods_movement", "goods_count"),
)
SAME = "cooperative_id = NEW.cooperative_id"

MESSAGES = {
    "sealed": "sealed: the entry takes no more lines",
    "typed": "typed: whole numbers and real dates only",
    "few": "unbalanced: an entry has two lines or more",
    "unbalanced": "unbalanced: debit and credit differ",
    "dates": "dates: a line has its entry''s date",
    "early": "early: before the first day of the book",
    "closed": "closed: the period is closed",
    "kept": "kept: this record stands",
    "chain": "chain: not the next record",
    "head": "chain: only a record moves the head",
}


def _lite(name: str, when: str, table: str, *body: str) -> str:
    joined = " ".join(body)
    return f"CREATE TRIGGER {name} {when} ON {table} BEGIN {joined} END"


def _refuse(word: str, condition: str) -> str:
    return f"SELECT RAISE(ABORT, '{MESSAGES[word]}') WHERE {condition};"


def _exists(table: str, condition: str) -> str:
    return f"EXISTS (SELECT 1 FROM {table} WHERE {SAME} AND {condition})"


def _sqlite(tables: Sequence[str]) -> list[str]:
    real_date = "date(NEW.booked_on, '+0 days') IS NEW.booked_on"
    following = _exists(
        "head",
        "number + 1 = NEW.number AND hash = NEW.previous"
        " AND recorded_at <= NEW.recorded_at",
    )
    sealed = "number = NEW.number AND hash = NEW.hash"
    names = "substr(NEW.booked_on, 1, 4), substr(NEW.booked_on, 1, 7), NEW.booked_on"
    whole = " OR ".join(
        f"typeof(NEW.{column}) <> 'integer'"
        for column in ("debit", "credit", "number", "entry_number")
    )
    return [
        _lite(
            *("line_sealed", "BEFORE INSERT", "line"),
            _refuse("sealed", _exists("entry", "number = NEW.entry_number")),
            _refuse("typed", f"{whole} OR NOT {real_date}"),
        ),
        _lite(
            *("entry_seal", "BEFORE INSERT", "entry"),
            _refuse("typed", f"typeof(NEW.number) <> 'integer' OR NOT {real_date}"),
            _refuse("chain", f"NOT {following}"),
            f"SELECT CASE WHEN lines < 2 THEN RAISE(ABORT, '{MESSAGES['few']}')"
            f" WHEN difference <> 0 THEN RAISE(ABORT, '{MESSAGES['unbalanced']}')"
            f" WHEN other THEN RAISE(ABORT, '{MESSAGES['dates']}') END"
            " FROM (SELECT count(*) AS lines, sum(debit) - sum(credit) AS difference,"
            f" max(booked_on <> NEW.booked_on) AS other FROM line WHERE {SAME}"
            " AND entry_number = NEW.number);",
            _refuse("closed", _exists("period", f"name IN ({names}) AND closed")),
            _refuse(
                "early",
                "EXISTS (SELECT 1 FROM cooperative WHERE id = NEW.cooperative_id"
                " AND first_day > NEW.booked_on)",
            ),
            _refuse("kept", _exists("entry", "voucher = NEW.voucher")),
            _refuse("kept", _exists("entry", "reverses = NEW.reverses")),
        ),
        _lite(
            *("event_next", "BEFORE INSERT", "event"),
            _refuse("typed", "typeof(NEW.number) <> 'integer'"),
            _refuse("chain", f"NOT {following}"),
        ),
        _lite(
            *("head_moves", "BEFORE UPDATE", "head"),
            _refuse(
                "head",
                "NEW.number <> OLD.number + 1"
                " OR NEW.cooperative_id <> OLD.cooperative_id",
            ),
            _refuse(
                "head",
                f"NOT {_exists('entry', sealed)} AND NOT {_exists('event', sealed)}",
            ),
        ),
        *(
            _lite(
                *(f"{table}_chain", "AFTER INSERT", table),
                "UPDATE head SET number = NEW.number, hash = NEW.hash,"
                f" recorded_at = NEW.recorded_at WHERE {SAME};",
            )
            for table in ("entry", "event")
        ),
        *(
            _lite(
                *(f"{table}_no_update", "BEFORE UPDATE", table),
                f"SELECT RAISE(ABORT, '{MESSAGES['kept']}');",
            )
            for table in FOR_GOOD
        ),
        *(
            _lite(
                *(f"{table}_no_delete", "BEFORE DELETE", table),
                f"SELECT RAISE(ABORT, '{MESSAGES['kept']}');",
            )
            for table in tables
        ),
    ]


def _function(name: str, declare: str, body: str, *, definer: bool = False) -> str:
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql"
        f"{' SECURITY DEFINER' if definer else ''} SET search_path = public, pg_temp"
        f" AS $$ {declare} BEGIN {body} END $$"
    )


def _raise(word: str, state: str = "23514") -> str:
    return f"RAISE EXCEPTION '{MESSAGES[word]}' USING ERRCODE = '{state}';"


def _postgresql(tables: Sequence[str]) -> list[str]:
    hold = f"PERFORM 1 FROM head WHERE {SAME} FOR UPDATE;"
    closed = " ".join(
        f"PERFORM 1 FROM period WHERE {SAME}"
        f" AND name = to_char(NEW.booked_on, '{shape}') AND closed;"
        f" IF FOUND THEN {_raise('closed')} END IF;"
        for shape in ("YYYY", "YYYY-MM", "YYYY-MM-DD")
    )
    of_entry = f"FROM line WHERE {SAME} AND entry_number = NEW.number"
    functions = [
        _function("coopbook_kept", "", _raise("kept", "23001")),
        _function(
            *("coopbook_head_moves", ""),
            f"IF pg_trigger_depth() < 2 THEN {_raise('head', '23001')} END IF;"
            " RETURN NEW;",
        ),
        _function(
            *("coopbook_line_sealed", ""),
            f"{hold} PERFORM 1 FROM entry WHERE {SAME} AND number = NEW.entry_number;"
            f" IF FOUND THEN {_raise('sealed', '23001')} END IF; RETURN NEW;",
            definer=True,
        ),
        _function(
            *("coopbook_next_record", ""),
            "UPDATE head SET number = NEW.number, hash = NEW.hash,"
            f" recorded_at = NEW.recorded_at WHERE {SAME} AND number + 1 = NEW.number"
            " AND hash = NEW.previous AND recorded_at <= NEW.recorded_at;"
            f" IF NOT FOUND THEN {_raise('chain')} END IF; RETURN NEW;",
            definer=True,
        ),
        _function(
            *("coopbook_entry_seal", "DECLARE lines bigint; difference numeric;"),
            "SELECT count(*), sum(debit) - sum(credit)"
            f" INTO lines, difference {of_entry};"
            f" IF lines < 2 THEN {_raise('few')} END IF;"
            f" IF difference <> 0 THEN {_raise('unbalanced')} END IF;"
            f" PERFORM 1 {of_entry} AND booked_on <> NEW.booked_on;"
            f" IF FOUND THEN {_raise('dates')} END IF; {closed}"
            " PERFORM 1 FROM cooperative WHERE id = NEW.cooperative_id"
            f" AND first_day > NEW.booked_on; IF FOUND THEN {_raise('early')} END IF;"
            " RETURN NEW;",
            definer=True,
        ),
    ]
    row = "FOR EACH ROW EXECUTE FUNCTION"
    before = "BEFORE INSERT ON"
    triggers = [
        f"CREATE TRIGGER line_sealed {before} line {row} coopbook_line_sealed()",
        f"CREATE TRIGGER entry_a_next {before} entry {row} coopbook_next_record()",
        f"CREATE TRIGGER entry_b_seal {before} entry {row} coopbook_entry_seal()",
        f"CREATE TRIGGER event_next {before} event {row} coopbook_next_record()",
        f"CREATE TRIGGER head_moves BEFORE UPDATE ON head {row} coopbook_head_moves()",
        *(
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}"
            f" {row} coopbook_kept()"
            for table in FOR_GOOD
        ),
        *(
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}"
            f" {row} coopbook_kept()"
            for table in tables
        ),
        *(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION coopbook_kept()"
            for table in tables
        ),
    ]
    return [*functions, *triggers]


def guards(dialect: str, tables: Sequence[str]) -> list[str]:
    """Return the statements that create every guard, for tables in any order."""
    ordered = sorted(tables)
    return _sqlite(ordered) if dialect == "sqlite" else _postgresql(ordered)


def trigger_name(statement: str) -> str:
    """Return the name of the trigger that a statement creates."""
    return statement.split()[2]


def create_guards(connection: Connection, tables: Sequence[str]) -> None:
    """Create every guard."""
    for statement in guards(connection.dialect.name, tables):
        connection.execute(text(statement.replace(":", r"\:")))


def grants(role: str, tables: Sequence[str]) -> list[str]:
    """Return what a PostgreSQL role needs that keeps the book but owns nothing.

    ``head`` may be locked, and its guard refuses every direct change.
    """
    statements = [f"GRANT USAGE ON SCHEMA public TO {role}"]
    for table in sorted(tables):
        rights = "SELECT, INSERT"
        if table not in FOR_GOOD:
            rights += ", UPDATE"
        statements.append(f"GRANT {rights} ON {table} TO {role}")
    return statements
