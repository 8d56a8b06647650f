"""The database alone refuses to change the past, whoever writes the SQL."""

from __future__ import annotations

import re
import sqlite3

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from coopbook import ledger, savings
from coopbook.db.engines import engine_for
from coopbook.db.guards import grants
from coopbook.money import Money
from coopbook.tables import table_names
from tests.conftest import TODAY, found

ENTRY = (
    "INSERT INTO entry (cooperative_id, number, booked_on, recorded_at, actor, memo,"
    " voucher, kind, source, reverses, approval, once, previous, hash) SELECT"
    " cooperative_id, {number}, {on}, {at}, 'x', '', {voucher}, 'BM', '', {reverses},"
    " NULL, NULL, {previous}, 'f' FROM head WHERE cooperative_id = :c"
)
LINE = (
    "INSERT INTO line (cooperative_id, entry_number, number, booked_on,"
    " account_number, card_number, debit, credit) VALUES"
    " (:c, {entry}, {number}, {on}, {account}, {card}, {debit}, {credit})"
)
EVENT = (
    "INSERT INTO event (cooperative_id, number, recorded_at, actor, subject, body,"
    " previous, hash) SELECT cooperative_id, {number}, {at}, 'x', 'x', '[]',"
    " {previous}, 'f' FROM head WHERE cooperative_id = :c"
)
NEXT = "(SELECT number + 1 FROM head WHERE cooperative_id = :c)"
REVERSED = "(SELECT max(reverses) FROM entry WHERE cooperative_id = :c)"
LAST_ENTRY = "(SELECT max(number) FROM entry WHERE cooperative_id = :c)"


def entry(**changes):
    parts = {
        "number": "number + 1",
        "on": "'2026-03-16'",
        "at": "'9999'",
        "voucher": "'BM-2026-900000'",
        "reverses": "CAST(NULL AS BIGINT)",
        "previous": "hash",
    }
    return ENTRY.format(**{**parts, **changes})


def line(n, left, right, **changes):
    parts = {
        "entry": NEXT,
        "number": n,
        "on": "'2026-03-16'",
        "account": 11101 if left else 11102,
        "card": 0,
        "debit": left,
        "credit": right,
    }
    return LINE.format(**{**parts, **changes})


def event(**changes):
    parts = {"number": "number + 1", "at": "'9999'", "previous": "hash"}
    return EVENT.format(**{**parts, **changes})


def closed(name):
    return (
        f"INSERT INTO period (cooperative_id, name, closed) VALUES (:c, '{name}', true)"
    )


GOOD = [line(1, 5, 0), line(2, 0, 5)]

ILLEGAL = {
    "change an amount": ["UPDATE line SET debit = 1 WHERE cooperative_id = :c"],
    "change a date": [
        "UPDATE line SET booked_on = '2026-01-02' WHERE cooperative_id = :c"
    ],
    "change a memo": ["UPDATE entry SET memo = 'x' WHERE cooperative_id = :c"],
    "change an actor": ["UPDATE entry SET actor = 'x' WHERE cooperative_id = :c"],
    "change a voucher": [f"UPDATE entry SET voucher = 'x' WHERE number = {LAST_ENTRY}"],
    "change a hash": [f"UPDATE entry SET hash = 'x' WHERE number = {LAST_ENTRY}"],
    "change an event": ["UPDATE event SET body = '[]' WHERE cooperative_id = :c"],
    "change a key": ["UPDATE once SET asked = 'x' WHERE cooperative_id = :c"],
    "delete an entry": ["DELETE FROM entry WHERE cooperative_id = :c"],
    "delete a line": ["DELETE FROM line WHERE cooperative_id = :c"],
    "delete an event": ["DELETE FROM event WHERE cooperative_id = :c"],
    "delete a key": ["DELETE FROM once WHERE cooperative_id = :c"],
    "delete a member": ["DELETE FROM member WHERE cooperative_id = :c"],
    "delete a balance": ["DELETE FROM balance WHERE cooperative_id = :c"],
    "delete the head": ["DELETE FROM head WHERE cooperative_id = :c"],
    "set the head back": [
        "UPDATE head SET number = number - 1 WHERE cooperative_id = :c"
    ],
    "change the head's hash": ["UPDATE head SET hash = 'x' WHERE cooperative_id = :c"],
    "push the head on": [
        "UPDATE head SET number = number + 1 WHERE cooperative_id = :c"
    ],
    "an entry without lines": [entry()],
    "an entry with one line": [line(1, 5, 0), entry()],
    "an unbalanced entry": [line(1, 5, 0), line(2, 0, 4), entry()],
    "lines of another date": [line(1, 5, 0), line(2, 0, 5, on="'2026-03-15'"), entry()],
    "lines never sealed": [*GOOD],
    "a line for a sealed entry": [line(9, 5, 0, entry=LAST_ENTRY)],
    "a line in both columns": [line(1, 5, 5), line(2, 0, 5), entry()],
    "a line of nothing": [line(1, 0, 0), line(2, 0, 5), entry()],
    "a negative amount": [line(1, -5, 0), line(2, 0, -5), entry()],
    "a control account without card": [
        line(1, 5, 0, account=21101),
        line(2, 0, 5),
        entry(),
    ],
    "a card that is not there": [line(1, 5, 0, card=99), line(2, 0, 5), entry()],
    "an account that is not there": [line(1, 5, 0, account=77), line(2, 0, 5), entry()],
    "a number left out": [
        line(1, 5, 0, entry=f"{NEXT} + 1"),
        line(2, 0, 5, entry=f"{NEXT} + 1"),
        entry(number="number + 2"),
    ],
    "another previous": [*GOOD, entry(previous="'x'")],
    "a moment before the last": [*GOOD, entry(at="'1999'")],
    "a voucher used before": [*GOOD, entry(voucher="'BKM-2026-000001'")],
    "a second reversal": [*GOOD, entry(reverses=REVERSED)],
    "a closed month": [
        line(1, 5, 0, on="'2026-01-05'"),
        line(2, 0, 5, on="'2026-01-05'"),
        entry(on="'2026-01-05'"),
    ],
    "a closed year": [
        closed("2027"),
        line(1, 5, 0, on="'2027-03-05'"),
        line(2, 0, 5, on="'2027-03-05'"),
        entry(on="'2027-03-05'"),
    ],
    "a closed day": [
        closed("2027-03-05"),
        line(1, 5, 0, on="'2027-03-05'"),
        line(2, 0, 5, on="'2027-03-05'"),
        entry(on="'2027-03-05'"),
    ],
    "a day before the first": [
        line(1, 5, 0, on="'2025-12-31'"),
        line(2, 0, 5, on="'2025-12-31'"),
        entry(on="'2025-12-31'"),
    ],
    "30 February": [
        line(1, 5, 0, on="'2026-02-30'"),
        line(2, 0, 5, on="'2026-02-30'"),
        entry(on="'2026-02-30'"),
    ],
    "an event out of turn": [event(number="number + 2")],
    "an event on another chain": [event(previous="'x'")],
    "an event in the past": [event(at="'1999'")],
}
LITE_ONLY = {
    "replace an entry": [
        f"INSERT OR REPLACE INTO entry SELECT * FROM entry WHERE number = {LAST_ENTRY}"
    ],
    "replace a line": [
        "REPLACE INTO line SELECT * FROM line WHERE cooperative_id = :c"
    ],
    "replace an event": [
        "REPLACE INTO event SELECT * FROM event WHERE cooperative_id = :c"
    ],
    "a fraction of a unit": [line(1, 5.5, 0), line(2, 0, 5.5), entry()],
    "an amount in words": [line(1, "'lima'", 0), line(2, 0, "'lima'"), entry()],
    "a date that is none": [
        line(1, 5, 0, on="'besok'"),
        line(2, 0, 5, on="'besok'"),
        entry(on="'besok'"),
    ],
}
POSTGRESQL_ONLY = {
    "empty a table": ["TRUNCATE line CASCADE"],
    "disable a guard": ["ALTER TABLE line DISABLE TRIGGER ALL"],
    "drop a guard": ["DROP TRIGGER line_no_update ON line"],
    "switch triggers off": ["SET session_replication_role = replica"],
    "check keys early, then add a line": [
        *GOOD,
        entry(),
        "SET CONSTRAINTS ALL IMMEDIATE",
        line(3, 5, 0, entry="(SELECT number FROM head WHERE cooperative_id = :c)"),
    ],
    "forge the head in a temporary table": [
        "CREATE TEMPORARY TABLE head (cooperative_id bigint, number bigint,"
        " hash text, recorded_at text)",
        "INSERT INTO head VALUES (:c, 0, '', '')",
        line(1, 5, 0, entry="1000000"),
        line(2, 0, 5, entry="1000000"),
        entry(number="1000000", previous="''"),
    ],
}


def lived(engine):
    """A cooperative with an entry reversed, a key used and a month closed."""
    coop = found(engine)
    with coop.open() as book:
        account = savings.account(book, 2)
        posted = savings.deposit(book, account, Money(9), on=TODAY).number
        ledger.close_month(book, "2026-01")
    with coop.read() as book:
        book.once("key", savings.deposit, savings.account(book, 2), Money(5), on=TODAY)
    with coop.open() as book:
        last = ledger.entries(book, limit=1).rows[0]
        ledger.reverse(book, ledger.entry(book, posted), on=TODAY, reason="x")
        ledger.reverse(book, last, on=TODAY, reason="uji")
    return coop


@pytest.fixture(scope="module")
def lite(sqlite_engine):
    return lived(sqlite_engine)


@pytest.fixture(scope="module")
def app_role(postgresql_engine):
    """The book as a role that keeps it but owns nothing."""
    coop = lived(postgresql_engine)
    with postgresql_engine.connect().execution_options(writing=True) as connection:
        connection.execute(text("DROP ROLE IF EXISTS desk"))
        connection.execute(text("CREATE ROLE desk LOGIN"))
        for statement in grants("desk", table_names):
            connection.execute(text(statement))
        connection.commit()
    engine = engine_for(postgresql_engine.url.set(username="desk").render_as_string())
    coop.engine = engine
    yield coop
    engine.dispose()


def attempt(coop, statements):
    with coop.engine.connect().execution_options(writing=True) as connection:
        try:
            for statement in statements:
                given = {"c": coop.number} if ":c" in statement else {}
                safe = re.sub(r":(?!c\b)", r"\:", statement)
                connection.execute(text(safe), given)
            connection.commit()
        except BaseException:
            connection.rollback()
            raise


@pytest.mark.parametrize("name", [*ILLEGAL, *LITE_ONLY])
def test_sqlite_refuses(lite, name):
    with pytest.raises(DBAPIError):
        attempt(lite, {**ILLEGAL, **LITE_ONLY}[name])


@pytest.mark.parametrize("name", [*ILLEGAL, *POSTGRESQL_ONLY])
def test_postgresql_refuses_the_app_role(app_role, name):
    with pytest.raises(DBAPIError):
        attempt(app_role, {**ILLEGAL, **POSTGRESQL_ONLY}[name])


def test_there_are_enough_illegal_statements():
    assert len(ILLEGAL) >= 25


def test_sqlite_takes_the_same_lines_when_they_are_right(lite):
    attempt(lite, [*GOOD, entry(voucher="'BM-2026-900001'")])


def test_the_app_role_posts_as_usual(app_role):
    with app_role.open() as book:
        assert savings.deposit(
            *(book, savings.account(book, 2), Money(5)), on=TODAY
        ).voucher


def test_the_app_role_takes_the_same_lines_when_they_are_right(app_role):
    attempt(app_role, [*GOOD, entry(voucher="'BM-2026-900001'")])


def test_a_refused_commit_leaves_no_lock_behind(lite):
    with pytest.raises(DBAPIError):
        attempt(lite, GOOD)

    with lite.open() as book:
        assert book.number


def test_guards_find_their_rows_by_key(lite):
    """No condition of a guard scans a table: each is one look-up."""
    conditions = [
        "SELECT 1 FROM entry WHERE cooperative_id = 1 AND number = 5",
        "SELECT 1 FROM entry WHERE cooperative_id = 1 AND voucher = 'x'",
        "SELECT 1 FROM entry WHERE cooperative_id = 1 AND reverses = 5",
        "SELECT sum(debit) FROM line WHERE cooperative_id = 1 AND entry_number = 5",
        "SELECT 1 FROM period WHERE cooperative_id = 1 AND name = '2026'",
        "SELECT 1 FROM head WHERE cooperative_id = 1 AND number + 1 = 5",
    ]
    with lite.engine.connect() as connection:
        for condition in conditions:
            plan = connection.execute(text(f"EXPLAIN QUERY PLAN {condition}")).all()
            assert all(row[3].startswith("SEARCH") for row in plan), (condition, plan)
        triggers = connection.execute(
            text("SELECT sql FROM sqlite_master WHERE type = 'trigger'")
        )
        for (sql,) in triggers:
            assert " OR EXISTS" not in sql


def test_a_line_cannot_slip_into_an_entry_being_sealed(app_role):
    """A writer that skips the lock waits at the guard, and is then refused."""
    first = app_role.engine.connect().execution_options(writing=True)
    second = app_role.engine.connect().execution_options(writing=True)
    given = {"c": app_role.number}
    try:
        for statement in [*GOOD, entry(voucher="'BM-2026-900002'")]:
            first.execute(text(statement), given)
        (number,) = first.execute(
            text("SELECT number FROM head WHERE cooperative_id = :c"), given
        ).one()
        second.execute(text("SET LOCAL lock_timeout = '300ms'"))
        with pytest.raises(DBAPIError, match="lock timeout"):
            second.execute(text(line(3, 5, 0, entry=number)), given)
        second.rollback()
        first.commit()
        with pytest.raises(DBAPIError, match="sealed"):
            second.execute(text(line(3, 5, 0, entry=number)), given)
    finally:
        second.close()
        first.close()


@pytest.mark.parametrize("off", ["recursive_triggers", "foreign_keys", "both"])
def test_history_stands_whatever_the_pragmas_say(lite, off):
    """A stranger's connection has other settings; the guards hold all the same."""
    raw = sqlite3.connect(lite.engine.url.database)
    names = ["recursive_triggers", "foreign_keys"] if off == "both" else [off]
    for name in names:
        raw.execute(f"PRAGMA {name}=OFF")
    for statement in (
        "REPLACE INTO entry SELECT * FROM entry",
        "REPLACE INTO line SELECT * FROM line",
        "REPLACE INTO event SELECT * FROM event",
        "UPDATE line SET debit = 1",
        "DELETE FROM entry",
    ):
        with pytest.raises(sqlite3.DatabaseError):
            raw.execute(statement)
        raw.rollback()
    raw.close()
