"""The page on the chain is enough: its examples, and a stranger's program from it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from coopbook.book.canon import canonical
from coopbook.chain.recording import UNRECORDED, event_hash
from coopbook.db import schema
from coopbook.db.engines import engine_for
from coopbook.ledger.posting import entry_hash
from coopbook.verification import verify
from coopbook.verification.rows import ELSEWHERE
from tests.conftest import VAULT, found
from tests.coopbook.test_verification import live, unguard

PAGE = (Path(__file__).parent.parent / "docs/chain.md").read_text(encoding="utf-8")


def blocks(kind):
    """The blocks of the page of one kind, as they stand."""
    return re.findall(rf"^```{kind}\n(.*?)\n^```$", PAGE, re.S | re.M)


RECORDS = list(zip(blocks("json"), blocks("sha256"), strict=True))


def test_the_page_has_an_example_of_each_kind():
    assert [json.loads(text)[1] for text, _ in RECORDS] == ["entry", "event"]
    [entry, event] = RECORDS
    assert json.loads(entry[0])[-1] == event[1]


@pytest.mark.parametrize(("text", "seal"), RECORDS, ids=["entry", "event"])
def test_an_example_is_sealed_by_its_own_text(text, seal):
    assert hashlib.sha256(text.encode("ascii")).hexdigest() == seal
    assert canonical(json.loads(text)) == text


def test_the_program_seals_the_examples_alike():
    (entry, entry_seal), (event, event_seal) = RECORDS
    version, kind, *columns, lines, previous = json.loads(entry)
    assert (version, kind) == (1, "entry")
    assert entry_hash((*columns, previous), lines) == entry_seal
    version, kind, *parts = json.loads(event)
    assert (version, kind) == (1, "event")
    assert event_hash(*parts) == event_seal


def test_the_example_of_a_commitment():
    [salt, plain, said] = re.findall(
        r"^\| (\w{22}) \| (\d+) \| (\w{64}) \|$", PAGE, re.M
    )[0]
    raw = base64.urlsafe_b64decode(salt + "==")
    assert hashlib.sha256(raw + plain.encode()).hexdigest() == said
    # The vault commits alike, with a salt of its own.
    place = "1/member/5/phone_sealed"
    token = VAULT.seal(plain, place)
    own = base64.urlsafe_b64decode(token.split(".")[1] + "==")
    expected = hashlib.sha256(own + plain.encode()).hexdigest()
    assert VAULT.commitment(token, place) == expected


def test_the_page_names_the_tables_that_leave_no_events():
    rows = re.findall(r"^\| ([a-z_, ]+) \| (?:they|worked|sealed|proved)", PAGE, re.M)
    named = {name for row in rows for name in row.split(", ")}
    assert named == UNRECORDED | ELSEWHERE


@pytest.fixture(scope="module")
def check(tmp_path_factory):
    """The page's program as a file of its own."""
    [program] = blocks("python")
    path = tmp_path_factory.mktemp("stranger") / "check.py"
    path.write_text(program, encoding="utf-8")

    def run(book):
        """Run it with nothing but Python's own library."""
        return subprocess.run(
            [sys.executable, "-I", "-S", str(path), str(book)],
            capture_output=True,
            text=True,
            check=False,
        )

    return run


@pytest.fixture(scope="module")
def lived(tmp_path_factory):
    """A book of two cooperatives, one of them with some life in it."""
    folder = tmp_path_factory.mktemp("book")
    engine = engine_for(folder)
    schema.create(engine)
    live(found(engine))
    found(engine, 10)
    engine.dispose()
    (folder / "secret").write_text(VAULT.secret.hex())
    raw = sqlite3.connect(folder / "book.db")
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()
    return folder


def test_a_stranger_follows_the_chain_of_a_book(check, lived):
    raw = sqlite3.connect(lived / "book.db")
    heads = raw.execute("SELECT cooperative_id, number FROM head ORDER BY 1").fetchall()
    raw.close()

    done = check(lived / "book.db")

    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        f"cooperative {owner}: {number} records, in order" for owner, number in heads
    ]
    assert len(heads) == 2
    assert min(number for _, number in heads) > 10


DAMAGE = {
    "memo": (
        "UPDATE entry SET memo = memo || '.' WHERE number ="
        " (SELECT max(number) FROM entry)",
        "was changed",
    ),
    "amount": (
        "UPDATE line SET debit = debit * 2, credit = credit * 2 WHERE entry_number ="
        " (SELECT max(number) FROM entry)",
        "was changed",
    ),
    "one side": (
        "UPDATE line SET debit = debit + 1 WHERE debit > 0 AND entry_number ="
        " (SELECT min(number) FROM entry)",
        "does not balance",
    ),
    "date": (
        "UPDATE line SET booked_on = '2026-02-02' WHERE number = 1 AND entry_number ="
        " (SELECT min(number) FROM entry)",
        "two dates",
    ),
    "event": ("UPDATE event SET actor = 'siti' WHERE number = 3", "was changed"),
    "event gone": ("DELETE FROM event WHERE number = 3", "is missing"),
    "tail": (
        "DELETE FROM event WHERE number = (SELECT number FROM head"
        " WHERE head.cooperative_id = event.cooperative_id)",
        "not the last record",
    ),
    "head": ("UPDATE head SET number = number - 1", "not the last record"),
    "row": ("UPDATE member SET name = 'Sitti' WHERE number = 1", "name in member"),
    "truth": ("UPDATE account SET postable = 1 - postable", "postable in account"),
    "row gone": ("DELETE FROM setting WHERE name = 'principal_share'", "gone"),
    "row added": (
        "INSERT INTO setting SELECT cooperative_id, name, '2031-01-01', value, source"
        " FROM setting LIMIT 1",
        "has no event",
    ),
    "paper": ("UPDATE attachment SET content = x'00'", "content in attachment"),
    "password": ("UPDATE person SET password_hash = 'x'", "password_hash in person"),
    "key": ("UPDATE once SET asked = 'x'", "does not belong"),
    "receipt": ("UPDATE once SET receipt = 'null'", "receipt of key"),
    "key gone": ("DELETE FROM once", "a key is gone"),
    "import": ("UPDATE import_row SET row_number = row_number + 1", "rows of import"),
}


@pytest.mark.parametrize(("damage", "said"), DAMAGE.values(), ids=DAMAGE)
def test_a_stranger_notices_what_was_done_to_it(check, lived, tmp_path, damage, said):
    shutil.copy(lived / "book.db", tmp_path / "book.db")
    raw = sqlite3.connect(tmp_path / "book.db", isolation_level=None)
    unguard(raw)
    raw.execute("PRAGMA foreign_keys = OFF")
    assert raw.execute(damage).rowcount > 0
    raw.close()

    done = check(tmp_path / "book.db")

    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_the_program_says_so_too(lived):
    assert all(each.in_order for each in verify(lived))
