"""verify notices whatever is done to a book, and says where, without a traceback."""

from __future__ import annotations

import shutil
import sqlite3
from datetime import date

import pytest
from sqlalchemy import text

from coopbook import importing, ledger, loans, members, savings
from coopbook.chain.findings import Wrong
from coopbook.cooperatives import set_setting
from coopbook.db import schema
from coopbook.db.base import Base
from coopbook.db.engines import engine_for
from coopbook.importing.model import CutOver
from coopbook.money import Money, Rate
from coopbook.people import approvals
from coopbook.verification import verify
from coopbook.verification.engine import check_schema
from coopbook.verification.rows import recorded_tables
from tests.conftest import TODAY, VAULT, as_, found
from tests.coopbook.ended import end_a_year
from tests.coopbook.gone_bad import go_bad
from tests.coopbook.living import live_on
from tests.coopbook.meetings.holding import hold_a_meeting
from tests.coopbook.printing.furnishing import print_a_book
from tests.coopbook.trading import trade

CHAINED = ["entry", "line", "event"]
BANK_BOOK = """Tanggal;Uraian;Debet;Kredit;Saldo
03/03/2026;Setoran;5000;;5000
04/03/2026;Biaya;;1000;4000
"""


OLD_BALANCE = """Tanggal;Kode Akun;Nama Akun;Debet;Kredit
05/03/2026;11103;Kas kecil;9000;
05/03/2026;32001;Cadangan;;9000
"""


def old_books(book):
    """Bring in an old trial balance twice, the first time by mistake, and sign it."""
    answers = importing.Answers(said={"pot": "voluntary"}).to_json()
    importing.keep_mapping(book, "Gaji", "deductions", answers)
    for _ in range(2):
        batch = importing.bring_in(book, "trial-balance", OLD_BALANCE.encode())
        if batch.number == 2:
            importing.take_back(book, batch.number, reason="salah lembar")
    book.session.add(
        CutOver(
            cooperative_id=book.cooperative_id,
            on=TODAY,
            first="yanti",
            second="budi",
            statement="{}",
            digest="0" * 64,
        )
    )


def live(coop):
    """Let some life happen: a loan, a reversal, keys, a closed month."""
    with coop.open() as book:
        siti = members.member(book, 1)
        members.correct(book, siti, phone="081234567890", family_card_no="3201010101")
        with as_(book, "dewi"):
            loan = loans.apply(
                *(book, siti, loans.product(book, "emergency"), Money(120_000)),
                term=3,
                purpose="sakit",
                on=TODAY,
            )
        with as_(book, "budi"):
            request = approvals.inbox(book)[0]
            approvals.approve(book, request.number, digest=request.digest)
        loans.disburse(book, loan, on=TODAY)
        entry = loans.repay(book, loan, Money(40_000), on=TODAY)
        ledger.reverse(book, entry, on=TODAY, reason="salah orang")
        ledger.close_month(book, "2026-01")
        paper = ledger.Paper("nota.pdf", "application/pdf", b"%PDF-1.4 nota")
        ledger.post_voucher(
            book, "expense", Money(1_000), on=TODAY, memo="Listrik", paper=paper
        )
        importing.bring_in(book, "bank-book", BANK_BOOK.encode())
        tiers = (savings.Tier(Money(0), Rate.percent(6, "year")),)
        terms = savings.InterestTerms(savings.Basis.DAILY, tiers)
        kind = savings.product(book, "voluntary")
        first = TODAY.replace(day=1)
        savings.set_terms(book, kind, terms, valid_from=first, source="rapat")
        set_setting(book, "savings_tax_free", "0", valid_from=first, source="rapat")
        savings.post_interest(book, kind, f"{first:%Y-%m}")
        old_books(book)
        with as_(book, "budi"):
            hold_a_meeting(book)
        print_a_book(book, savings.account(book, 2))
        live_on(book)
        go_bad(book, TODAY)
        trade(book, TODAY)
    with coop.read() as book:
        account = savings.account(book, 2)
        book.once("verify-key", savings.deposit, account, Money(7_000), on=TODAY)
        book.once("member-key", members.admit, "Dewi Lestari", on=TODAY)
    with coop.open() as book:
        end_a_year(book)


def wrong(checks):
    return [check for check in checks if not check.in_order]


@pytest.fixture(scope="module")
def bookdir(tmp_path_factory):
    """A SQLite book of its own, copied for each test that damages it."""
    folder = tmp_path_factory.mktemp("book")
    engine = engine_for(folder)
    schema.create(engine)
    coop = found(engine)
    live(coop)
    engine.dispose()
    (folder / "secret").write_text(VAULT.secret.hex())
    raw = sqlite3.connect(folder / "book.db")
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()
    return folder


@pytest.fixture
def damaged(bookdir, tmp_path):
    """A copy of the book, opened as a stranger with a shell would."""
    shutil.copy(bookdir / "book.db", tmp_path / "book.db")
    shutil.copy(bookdir / "secret", tmp_path / "secret")
    raw = sqlite3.connect(tmp_path / "book.db", isolation_level=None)
    yield tmp_path, raw
    raw.close()


def unguard(raw):
    """Drop every guard; return how each was made."""
    found = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    guards = found.fetchall()
    raw.execute("BEGIN")
    for name, _ in guards:
        raw.execute(f"DROP TRIGGER {name}")
    raw.execute("COMMIT")
    return [sql for _, sql in guards]


def guard(raw, texts):
    """Put every guard back."""
    raw.execute("BEGIN")
    for sql in texts:
        raw.execute(sql)
    raw.execute("COMMIT")


def tamper(raw, *statements):
    """Change the past as the owner of the file can: guards off, change, guards on."""
    texts = unguard(raw)
    for statement, *values in statements:
        raw.execute(statement, *values)
    guard(raw, texts)


def test_an_honest_book_is_in_order(coop):
    live(coop)

    checks = verify(engine=coop.engine, vault=VAULT, cooperative_id=coop.number)

    assert wrong(checks) == []
    assert len(checks) == 18


def test_an_untouched_file_is_in_order(bookdir):
    assert wrong(verify(bookdir)) == []


def test_one_stored_figure_changed_is_named_with_its_voucher(damaged):
    folder, raw = damaged
    tamper(raw, ("UPDATE line SET debit = debit + 1 WHERE debit = 120000",))

    (first, *_) = wrong(verify(folder))

    assert first.finding.said() == (
        "Entry 27 (BKK-2026-000001) does not balance."
    ) or first.finding.said().endswith("(BKK-2026-000001) does not balance.")


def test_every_column_of_every_chained_table_is_watched(damaged, capsys):
    """Each non-key column of the metadata, changed in one row that has it."""
    folder, raw = damaged
    shutil.copy(folder / "book.db", folder / "clean.db")
    texts = unguard(raw)
    missed, seen = [], 0
    tables = [Base.metadata.tables[name] for name in CHAINED] + recorded_tables()
    extra = [Base.metadata.tables[n] for n in ("head", "once", "counter", "import_row")]
    extra += [Base.metadata.tables[n] for n in ("balance", "day_balance")]
    empty = []
    for table in [*tables, *extra]:
        keys = [column.name for column in table.primary_key]
        row = raw.execute(f"SELECT * FROM {table.name} LIMIT 1").fetchone()
        if row is None:
            empty.append(table.name)
            continue
        for column in table.columns:
            if column.name in keys:
                continue
            seen += 1
            raw.execute("BEGIN")
            raw.execute("PRAGMA ignore_check_constraints = ON")
            before = raw.execute(
                f"SELECT {', '.join(keys)}, {column.name} FROM {table.name}"
                f" ORDER BY {column.name} IS NULL LIMIT 1"
            ).fetchone()
            *key, value = before
            changed = value + 1 if isinstance(value, int) else f"{value or ''}9"
            where = " AND ".join(f"{name} = ?" for name in keys)
            raw.execute(
                f"UPDATE {table.name} SET {column.name} = ? WHERE {where}",
                (changed, *key),
            )
            raw.execute("COMMIT")
            guard(raw, texts)
            if not wrong(verify(folder)):
                missed.append(f"{table.name}.{column.name}")
            unguard(raw)
            raw.execute(
                f"UPDATE {table.name} SET {column.name} = ? WHERE {where}",
                (value, *key),
            )
    guard(raw, texts)

    with capsys.disabled():
        print(f"\n{seen} columns changed, {len(missed)} unnoticed; empty: {empty}")
    assert missed == []
    assert seen >= 100
    assert empty == []
    assert wrong(verify(folder)) == []


@pytest.mark.parametrize("table", sorted(Base.metadata.tables))
def test_a_deleted_row_is_noticed(damaged, table):
    folder, raw = damaged
    assert raw.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    keys = [column.name for column in Base.metadata.tables[table].primary_key]
    key = raw.execute(f"SELECT {', '.join(keys)} FROM {table} LIMIT 1").fetchone()
    where = " AND ".join(f"{name} = ?" for name in keys)

    tamper(raw, (f"DELETE FROM {table} WHERE {where}", key))

    assert wrong(verify(folder))


def test_a_dropped_or_weakened_guard_is_noticed(damaged):
    folder, raw = damaged
    names = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    for name, sql in names.fetchall():
        raw.execute(f"DROP TRIGGER {name}")
        (found,) = wrong(verify(folder))
        assert found.finding.said() == f"Guard {name} was removed."
        raw.execute(sql)
    raw.execute("DROP TRIGGER line_no_update")
    raw.execute(
        "CREATE TRIGGER line_no_update BEFORE UPDATE ON line BEGIN SELECT 1; END"
    )

    assert (
        wrong(verify(folder))[0].finding.said() == "Guard line_no_update was changed."
    )


@pytest.mark.parametrize("table", ["entry", "event"])
def test_a_cut_tail_is_noticed_by_the_head(damaged, table):
    folder, raw = damaged
    (last,) = raw.execute("SELECT number FROM head").fetchone()
    tamper(
        raw,
        ("DELETE FROM line WHERE entry_number >= ?", (last - 1,)),
        ("DELETE FROM entry WHERE number >= ?", (last - 1,)),
        ("DELETE FROM event WHERE number >= ?", (last - 1,)),
    )

    sentences = [check.finding.said() for check in wrong(verify(folder))]

    assert any("records are missing at the end" in each for each in sentences)


def test_swapped_and_inserted_records_are_noticed(damaged):
    folder, raw = damaged
    tamper(
        raw,
        (
            "INSERT INTO line SELECT cooperative_id, entry_number, number + 1000,"
            " booked_on, account_number, card_number, debit, credit, loan_number,"
            " unit, fund, pillar, term_of_office FROM line",
        ),
    )

    assert wrong(verify(folder))


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: b"not a database at all" * 100,
        lambda data: data[: len(data) // 2],
        lambda data: data[:40_000] + bytes(30_000) + data[70_000:],
        lambda data: data[:100] + b"\xff" * 4000 + data[4100:],
    ],
)
def test_a_broken_file_gets_a_sentence_not_a_traceback(bookdir, tmp_path, damage):
    (tmp_path / "secret").write_text(VAULT.secret.hex())
    (tmp_path / "book.db").write_bytes(damage((bookdir / "book.db").read_bytes()))

    checks = verify(tmp_path)

    assert wrong(checks)[0].finding.said()


def test_a_folder_without_a_book_gets_a_sentence(tmp_path):
    (check,) = verify(tmp_path)

    assert check.finding.said() == f"There is no book in {tmp_path}."


def test_values_of_the_wrong_kind_are_findings(damaged):
    folder, raw = damaged
    tamper(
        raw,
        ("UPDATE line SET debit = 'banyak' WHERE debit > 0",),
        ("UPDATE loan SET rate = 'lots'",),
        ("UPDATE member SET joined_on = 'kemarin'",),
        ("UPDATE event SET body = 'x' WHERE number = 3",),
    )

    sentences = [check.finding.said() for check in wrong(verify(folder))]

    assert len(sentences) >= 4


def test_postgresql_notices_a_changed_figure_and_a_disabled_guard(
    postgresql_engine,
):
    coop = found(postgresql_engine)
    live(coop)
    where = f"WHERE cooperative_id = {coop.number} AND debit = 120000"
    with postgresql_engine.connect().execution_options(writing=True) as connection:
        connection.execute(text("ALTER TABLE line DISABLE TRIGGER line_no_update"))
        connection.execute(text(f"UPDATE line SET debit = debit + 1 {where}"))
        checks = wrong(_verify_within(connection, coop))
        connection.rollback()

    sentences = [check.finding.said() for check in checks]
    assert "Guard line_no_update was removed." in sentences
    assert any("does not balance" in each for each in sentences)
    assert (
        wrong(verify(engine=coop.engine, vault=VAULT, cooperative_id=coop.number)) == []
    )


def _verify_within(connection, coop):
    """Check on the connection that made the damage, which is then rolled back."""
    from coopbook.verification import engine as engine_checks
    from coopbook.verification.verify import _of_cooperative, _one

    yield _one("schema", None, lambda: engine_checks.check_schema(connection))
    yield from _of_cooperative(connection, coop.number, VAULT)


def test_members_are_compared_by_their_commitments(damaged):
    folder, raw = damaged
    (token,) = raw.execute(
        "SELECT phone_sealed FROM member WHERE number = 1"
    ).fetchone()
    tamper(raw, ("UPDATE member SET national_id_sealed = ?", (token,)))

    found = wrong(verify(folder))

    assert any("member" in check.finding.said() for check in found)


@pytest.mark.parametrize("key", ["verify-key", "member-key"])
@pytest.mark.parametrize(
    "receipt", ["null", '["loan",1,1]', '["member",1,1]', '["entry",1,20]', "[1", "7"]
)
def test_a_receipt_is_the_one_that_was_given(damaged, key, receipt):
    folder, raw = damaged
    tamper(raw, ("UPDATE once SET receipt = ? WHERE key = ?", (receipt, key)))

    assert wrong(verify(folder))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE loan SET principal = principal + 0.5",
        "UPDATE card SET floor = floor + 0.9 WHERE floor IS NOT NULL",
        "UPDATE cooperative SET first_day = '2026-W01-4'",
        "UPDATE setting SET valid_from = '20260101'"
        " WHERE name NOT IN ('savings_tax_free', 'trades')",
        "UPDATE loan_product SET rate = '6/400 month' WHERE rate = '3/200 month'",
        "INSERT INTO cooperative SELECT 'zz', name, village, district,"
        " registration_no, first_day, timezone, language, sample FROM cooperative",
        "INSERT INTO counter VALUES (1, 'BKM-2031', 0)",
        "CREATE VIEW money AS SELECT 1",
        "CREATE TABLE sqliteZextra (x)",
        "CREATE INDEX extra ON member (cooperative_id, name DESC)",
        'CREATE TABLE "o\'dd\x1b" (x)',
    ],
)
def test_a_quiet_change_is_noticed_too(damaged, statement):
    folder, raw = damaged
    tamper(raw, (statement,))

    assert wrong(verify(folder))


def test_a_schema_edited_in_place_is_noticed(damaged):
    folder, raw = damaged
    raw.execute("PRAGMA writable_schema = ON")
    raw.execute(
        "UPDATE sqlite_master SET sql = replace(sql, 'PRIMARY KEY (cooperative_id,"
        " number)', 'PRIMARY KEY (cooperative_id, number) ON CONFLICT REPLACE')"
        " WHERE name = 'line' OR name = 'entry'"
    )
    raw.execute("PRAGMA writable_schema = OFF")
    raw.close()

    assert wrong(verify(folder))


CHANGES = [
    "ALTER TABLE line DROP CONSTRAINT {foreign}",
    "ALTER TABLE line DROP CONSTRAINT {check}",
    "ALTER TABLE entry ADD CONSTRAINT ck_extra CHECK (number > 0)",
    "ALTER TABLE member ALTER COLUMN name DROP NOT NULL",
    "ALTER TABLE member ALTER COLUMN name SET DEFAULT 'x'",
    "ALTER TABLE loan ALTER COLUMN purpose TYPE varchar",
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_constraint_or_column_is_noticed_on_postgresql(
    postgresql_engine, change
):
    own = "SELECT conname FROM pg_constraint WHERE conrelid = 'line'::regclass"
    with postgresql_engine.connect().execution_options(writing=True) as connection:
        names = {
            word: connection.exec_driver_sql(f"{own} AND contype = '{kind}'").first()[0]
            for word, kind in (("foreign", "f"), ("check", "c"))
        }
        connection.exec_driver_sql(change.format(**names))
        with pytest.raises(Wrong):
            check_schema(connection)
        connection.rollback()
        check_schema(connection)
        connection.rollback()


def test_a_loans_card_that_moved_beside_its_events_is_noticed(coop):
    live(coop)
    with coop.open() as book:
        loan = next(one for one in loans.loans(book, "disbursed", limit=100))
        lines = [
            ledger.debit(11102, Money(7)),
            ledger.credit(loan.account_number, Money(7), card=loan.number),
        ]
        ledger.post(book, on=date(2027, 3, 22), memo="di luar pinjaman", lines=lines)
        number = loan.number
    (found,) = wrong(
        verify(engine=coop.engine, vault=VAULT, cooperative_id=coop.number)
    )
    assert found.name == "Loans come out as their own events say"
    assert found.finding.said().startswith(f"Loan {number} owes")
