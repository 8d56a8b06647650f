"""The verifier in one file notices what ``coopbook verify`` notices, without it."""

from __future__ import annotations

import ast
import json
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from coopbook import checkpoints
from coopbook.checkpoints import read
from coopbook.checkpoints.rules import digest, sign
from coopbook.db import schema
from coopbook.db.base import Base
from coopbook.db.engines import engine_for
from coopbook.ledger.bulk import EntryDraft, post_all
from coopbook.ledger.chart import BANK, VOLUNTARY
from coopbook.ledger.rules import VoucherKind, credit, debit
from coopbook.money import Money
from coopbook.verification import verify
from tests.conftest import SOAK, TODAY, VAULT, found
from tests.coopbook.test_verification import guard, unguard
from tests.tools.damaging import damage, set_back

ROOT = Path(__file__).parents[2]
PROGRAM = ROOT / "tools" / "verify_book.py"
DAMAGES = 500 if SOAK else 60
ENTRIES = 50_000 if SOAK else 2_000


def check(*words: object, bare: bool = False) -> subprocess.CompletedProcess[str]:
    """Run the program as a stranger would; bare, with Python's own library alone."""
    options = ["-I", "-S"] if bare else []
    return subprocess.run(
        [sys.executable, *options, str(PROGRAM), *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture
def copy(lived, tmp_path):
    """A copy of the book's folder, to be damaged."""
    shutil.copytree(lived / "book", tmp_path / "book")
    return tmp_path / "book"


@pytest.fixture
def raw(copy):
    connection = sqlite3.connect(copy / "book.db", isolation_level=None)
    yield connection
    connection.close()


# -- in order ------------------------------------------------------------------


@pytest.mark.parametrize("place", ["book", "book/book.db"])
def test_a_living_book_is_in_order(lived, place):
    done = check(lived / place, "--checkpoints", lived / "known.txt")

    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[-1] == "All is in order."
    assert {line[:12] for line in lines[:-1]} == {"in order    "}
    known = (lived / "known.txt").read_text().split()
    assert sum("known checkpoint" in line for line in lines) == len(known) > 10
    assert sum(", chain: " in line for line in lines) == 2
    assert verify(lived / "book") and all(c.in_order for c in verify(lived / "book"))


@pytest.mark.parametrize("place", ["whole", "cut"])
def test_an_export_is_in_order_with_its_chain(lived, place):
    done = check(lived / place, "--checkpoints", lived / "known.txt")

    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert "only as links" not in done.stdout
    assert "not of the chain: dictionary.csv" in done.stdout
    assert done.stdout.count("known checkpoint") > 10


def test_an_export_with_links_says_that_an_entry_may_be_among_them(lived):
    done = check(lived / "links", "--checkpoints", lived / "known.txt")

    assert (done.returncode, done.stderr) == (4, ""), done.stdout
    assert "only as links" in done.stdout
    assert "or an entry that is not shown" in done.stdout
    assert "All is in order" not in done.stdout
    assert "NOT IN ORDER" not in done.stdout
    assert done.stdout.count("known checkpoint") > 10


@pytest.mark.parametrize("place", ["early", "beancount"])
def test_an_export_without_a_chain_says_that_nothing_is_proved(lived, place):
    done = check(lived / place)

    assert done.returncode == 4
    assert "chain.jsonl is not in this export" in done.stdout
    assert "All is in order" not in done.stdout
    done = check(lived / place, "--checkpoints", lived / "known.txt")
    assert done.returncode == 3
    assert "its chain is not here" in done.stdout


def test_a_copy_without_its_personal_fields_is_in_order(copy, raw, lived):
    """What is sealed, the scans and the passwords are taken out before handing on."""
    texts = unguard(raw)
    raw.execute("PRAGMA ignore_check_constraints = ON")
    taken = 0
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            how = column.info.get("chain")
            if how in ("sealed", "digest"):
                empty = "NULL" if column.nullable else "''"
                done = raw.execute(
                    f"UPDATE {table.name} SET {column.name} = {empty}"
                    f" WHERE {column.name} IS NOT NULL"
                )
                taken += done.rowcount
    guard(raw, texts)
    (copy / "secret").unlink()

    done = check(copy, "--checkpoints", lived / "known.txt")

    assert done.returncode == 0, done.stdout
    told = re.findall(r"(\d+) fields taken out", done.stdout)
    assert sum(map(int, told)) == taken > 20


def test_the_chain_of_an_export_has_no_personal_numbers(lived):
    for place in ("whole", "links"):
        text = (lived / place / "chain.jsonl").read_text("ascii")
        assert not re.search("3201014101900001|081234567890|B1234567", text)
        assert "commitment" in text or place == "links"


def test_it_works_without_cryptography_and_says_what_it_left_out(lived):
    done = check(lived / "book", "--checkpoints", lived / "known.txt", bare=True)

    assert done.returncode == 0
    assert "Signatures were not checked: cryptography" in done.stdout
    assert "Signatures" not in check(lived / "book").stdout


def test_it_is_one_readable_file_that_knows_no_coopbook():
    text = PROGRAM.read_text()
    tree = ast.parse(text)
    names = {
        alias.name if isinstance(node, ast.Import) else node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    tops = {name.partition(".")[0] for name in names}

    assert len(text.splitlines()) <= 600
    assert tops - sys.stdlib_module_names == {"cryptography"}


def test_it_leaves_nothing_beside_the_book(copy):
    (copy / "book.db").chmod(0o400)
    copy.chmod(0o500)
    try:
        assert check(copy).returncode == 0
        assert sorted(file.name for file in copy.iterdir()) == ["book.db", "secret"]
    finally:
        copy.chmod(0o700)


# -- damaged -------------------------------------------------------------------


def test_both_notice_the_same_of_hundreds_of_damages(lived, tmp_path, program, capsys):
    apart, told, noticed = [], Counter(), 0
    for seed in range(DAMAGES):
        folder = tmp_path / "copy"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(lived / "book", folder)
        connection = sqlite3.connect(folder / "book.db", isolation_level=None)
        done = damage(connection, seed)
        connection.close()
        theirs = program.main([str(folder)]) == 0
        said = capsys.readouterr()
        assert said.err == ""
        ours = all(one.in_order for one in verify(folder))
        told[done.split(" ")[0]] += 1
        noticed += not ours
        if ours is not theirs:
            apart.append((seed, done, ours, theirs))
        if done == "nothing":
            assert ours, seed

    with capsys.disabled():
        print(
            f"\n{DAMAGES} copies, {noticed} not in order, apart: {apart}; {dict(told)}"
        )
    assert apart == []
    assert noticed > DAMAGES * 0.7


def test_whatever_the_file_holds_there_is_a_sentence(lived, copy, program, capsys):
    """Bytes of the file itself, some of them changed: never a traceback."""
    data = (lived / "book" / "book.db").read_bytes()
    chance = random.Random(7)
    ends = Counter()
    for _ in range(200 if SOAK else 40):
        bad = bytearray(data)
        for _ in range(chance.choice([1, 30, 3000])):
            bad[chance.randrange(len(bad))] = chance.randrange(256)
        if chance.random() < 0.2:
            bad = bad[: chance.randrange(len(bad))]
        (copy / "book.db").write_bytes(bad)
        ends[program.main([str(copy)])] += 1
        capsys.readouterr()
    assert set(ends) <= {0, 3}
    assert ends[3] > ends[0]


@pytest.mark.parametrize("data", [b"", b"nothing", b"SQLite format 3\0" + bytes(200)])
def test_what_is_no_book_is_not_in_order(copy, data):
    (copy / "book.db").write_bytes(data)

    done = check(copy)

    assert (done.returncode, done.stderr) == (3, "")
    assert done.stdout.splitlines()[-1].startswith("NOT IN ORDER")


def test_misuse_is_told_apart(lived, tmp_path):
    (tmp_path / "note.txt").write_text("CB1|1|2\n")
    for words in (
        [],
        [tmp_path / "nowhere"],
        [tmp_path],
        [lived / "book", "--checkpoints", tmp_path / "nowhere"],
        [lived / "book", "--checkpoints", tmp_path / "note.txt"],
        [lived / "book", "--checkpoints", PROGRAM],
        [lived / "book", "--such"],
    ):
        done = check(*words)
        assert (done.returncode, done.stdout) == (2, ""), words
        assert "Traceback" not in done.stderr


def lines_of(folder):
    return (folder / "chain.jsonl").read_text("ascii").splitlines(keepends=True)


def remanifest(folder):
    """Let the manifest vouch for what was done to the files, as a forger would."""
    import hashlib

    manifest = json.loads((folder / "manifest.json").read_text())
    for told in manifest["files"]:
        raw = (folder / told["name"]).read_bytes()
        told["sha256"], told["bytes"] = hashlib.sha256(raw).hexdigest(), len(raw)
    (folder / "manifest.json").write_text(json.dumps(manifest))


EXPORTED = {
    "a line gone": ("chain.jsonl", lambda x: x[:5] + x[6:]),
    "two lines swapped": ("chain.jsonl", lambda x: [*x[:5], x[6], x[5], *x[7:]]),
    "the tail cut": ("chain.jsonl", lambda x: x[:-1]),
    "a space": ("chain.jsonl", lambda x: [*x[:5], x[5].replace(",", ", ", 1), *x[6:]]),
    "no JSON": ("chain.jsonl", lambda x: [*x[:5], "[[[" * 9000 + "\n", *x[6:]]),
    "a figure": ("journal.csv", lambda x: [*x[:2], x[2].replace("100000", "900000")]),
    "a row gone": ("journal.csv", lambda x: x[:-1]),
    "the one before": (
        "checkpoints.csv",
        lambda x: [*x[:-1], re.sub(r",\w{64},(\w{16},)", rf",{'0' * 64},\1", x[-1])],
    ),
    "a key": ("checkpoints.csv", lambda x: [*x[:-1], x[-1].replace("A", "B")]),
}


@pytest.mark.parametrize(("name", "do"), EXPORTED.values(), ids=EXPORTED)
def test_an_export_that_was_changed_is_noticed(lived, tmp_path, name, do):
    """By the manifest; and by the chain where the manifest was written again."""
    folder = tmp_path / "export"
    shutil.copytree(lived / "whole", folder)
    lines = (folder / name).read_text("utf-8").splitlines(keepends=True)
    (folder / name).write_text("".join(do(lines)), encoding="utf-8", newline="")

    plain = check(folder)
    remanifest(folder)
    forged = check(folder)

    assert (plain.returncode, plain.stderr) == (3, "")
    assert f"{name} was changed" in plain.stdout
    assert (forged.returncode, forged.stderr) == (3, "")
    assert "was changed" not in forged.stdout.splitlines()[0]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"files": 7}', "{" * 99_999])
def test_a_manifest_that_is_none_is_not_in_order(lived, tmp_path, text):
    folder = tmp_path / "export"
    shutil.copytree(lived / "whole", folder)
    (folder / "manifest.json").write_text(text)

    done = check(folder)

    assert (done.returncode, done.stderr) == (3, "")


# -- rewritten -----------------------------------------------------------------


def rewrite(program, raw, memo, more):
    """Make an entry larger and write the whole chain after it anew, signatures too.

    It is what the owner of the laptop can do: the secret lies beside the book.
    """
    texts = unguard(raw)
    (owner,) = raw.execute(
        "SELECT cooperative_id FROM entry WHERE memo = ?", (memo,)
    ).fetchone()
    last, hashes, before, row = "", [], "", 0
    for number, _, _, _, whole in list(program.of_book(raw, owner)):
        whole[-1] = last
        if whole[1] == "entry" and whole[7] == memo:
            for line in whole[14]:
                line[4:6] = [units and units + more for units in line[4:6]]
                enlarge(raw, owner, number, line, more)
        elif whole[1] == "event" and whole[6] == "checkpoint":
            [[_, image]] = json.loads(whole[7])
            image["head"] = hashes[image["record"] - 1]
            image["previous"] = digest(before) if before else ""
            statement = checkpoints.Statement(
                *(owner, image["record"], TODAY.fromisoformat(image["made_on"])),
                *(image["head"], image["made_at"]),
            )
            key = VAULT.signing_key(f"{owner}/{image['made_by']}")
            image["signature"] = sign(statement, key).signature
            before, row = sign(statement, key).text, row + 1
            whole[7] = program.write([["checkpoint", image]])
            raw.execute(
                "UPDATE checkpoint SET head = ?, previous = ?, signature = ?"
                " WHERE cooperative_id = ? AND number = ?",
                (image["head"], image["previous"], image["signature"], owner, row),
            )
            raw.execute(
                "UPDATE event SET body = ? WHERE cooperative_id = ? AND number = ?",
                (whole[7], owner, number),
            )
        seal = program.sha(program.write(whole))
        raw.execute(
            f"UPDATE {whole[1]} SET previous = ?, hash = ?"
            " WHERE cooperative_id = ? AND number = ?",
            (last, seal, owner, number),
        )
        hashes.append(seal)
        last = seal
    raw.execute("UPDATE head SET hash = ? WHERE cooperative_id = ?", (last, owner))
    guard(raw, texts)


def enlarge(raw, owner, number, line, more):
    """Carry a larger line through the balances."""
    no, day, account, card, units = line[:5]
    side, month = ("debit", 1) if units else ("credit", -1)
    raw.execute(
        f"UPDATE line SET {side} = {side} + ? WHERE cooperative_id = ?"
        " AND entry_number = ? AND number = ?",
        (more, owner, number, no),
    )
    sign_, when = month, int(day[:4] + day[5:7])
    of = "cooperative_id = ? AND account_number = ?"
    for table, key, at, where in (
        ("balance", "month", when, f"{of} AND card_number = {int(card)}"),
        ("day_balance", "day", day, of),
    ):
        raw.execute(
            f"UPDATE {table} SET {side} = {side} + ? WHERE {where} AND {key} = ?",
            (more, owner, account, at),
        )
        raw.execute(
            f"UPDATE {table} SET opening = opening + ? WHERE {where} AND {key} > ?",
            (more * sign_, owner, account, at),
        )


def test_a_history_written_anew_is_told_by_any_one_line_kept_outside(
    lived, copy, raw, program, tmp_path
):
    rewrite(program, raw, "Listrik", 900_000)
    raw.close()

    alone = check(copy)
    assert alone.returncode == 0, alone.stdout
    assert [one.finding for one in verify(copy) if not one.in_order] == []

    told = []
    for line in (lived / "known.txt").read_text().split():
        (tmp_path / "one.txt").write_text(line)
        done = check(copy, "--checkpoints", tmp_path / "one.txt")
        ours = verify(copy, known=[checkpoints.read(line)])
        assert all(one.in_order for one in ours) is (done.returncode == 0)
        told.append((checkpoints.read(line).count, done.returncode))
        if done.returncode:
            assert "is not what it was" in done.stdout
    # Only a line from before the entry cannot know of it.
    connection = sqlite3.connect(copy / "book.db")
    (number,) = connection.execute(
        "SELECT number FROM entry WHERE memo = 'Listrik'"
    ).fetchone()
    connection.close()
    assert [code for count, code in told] == [3 if n >= number else 0 for n, _ in told]
    assert sum(code == 3 for _, code in told) > 10


def test_a_book_cut_off_right_behind_a_line_is_told(lived, copy, raw):
    """All that is left fits: only that the book has not the checkpoint itself."""
    line = max((lived / "known.txt").read_text().split(), key=lambda x: read(x).count)
    owner, count = read(line).cooperative, read(line).count
    texts = unguard(raw)
    where = "WHERE cooperative_id = ?1 AND"
    raw.execute(f"DELETE FROM checkpoint {where} record = ?2", (owner, count))
    raw.execute(f"DELETE FROM event {where} number > ?2", (owner, count))
    set_back(raw, owner, count)
    guard(raw, texts)

    assert check(copy).returncode == 0
    done = check(copy, "--checkpoints", lived / "known.txt")

    wrong = [each for each in done.stdout.splitlines() if each[:3] == "NOT"]
    assert len(wrong) == 2
    assert f"at record {count}: the book has it not itself" in wrong[0]


def test_a_line_that_was_made_up_is_told(lived, tmp_path):
    """Another day, or a signature of nobody: the book does not have that line."""
    line = (lived / "known.txt").read_text().split()[0]
    parts = line.split("|")
    parts[3] = "2026-03-17" if parts[3] != "2026-03-17" else "2026-03-18"
    for text in ("|".join(parts), line.replace("CB1|", "CB1|99", 1)):
        (tmp_path / "one.txt").write_text(text)
        done = check(lived / "book", "--checkpoints", tmp_path / "one.txt")
        assert done.returncode == 3
        assert "signature" in done.stdout or "not here" in done.stdout


def test_a_checkpoint_of_the_book_with_another_key_is_told(copy, raw):
    texts = unguard(raw)
    raw.execute(
        "UPDATE checkpoint SET signature ="
        " (SELECT signature FROM checkpoint WHERE number = 2) WHERE number = 1"
    )
    guard(raw, texts)

    done = check(copy)

    assert "its signature does not hold" in done.stdout


# -- what the page says, how fast it goes ---------------------------------------


def test_the_page_the_program_and_the_book_name_the_same_guards(lived, program):
    page = (ROOT / "docs" / "chain.md").read_text()
    listed = dict(re.findall(r"^\| (\d{4}) \| ([0-9a-f]{64}) \|$", page, re.M))
    raw = sqlite3.connect(lived / "book" / "book.db")
    rows = raw.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
    )
    now = program.sha(
        json.dumps([[n, " ".join(s.split())] for n, s in rows], separators=(",", ":"))
    )
    raw.close()

    assert listed == program.GUARDS
    assert listed.get(schema.newest()) == now, f"{schema.newest()}: {now}"


def test_how_many_entries_are_followed_in_a_second(tmp_path, program, capsys):
    engine = engine_for(tmp_path)
    schema.create(engine)
    coop = found(engine)
    draft = EntryDraft(
        on=TODAY,
        memo="Setoran",
        lines=(debit(BANK, Money(5)), credit(VOLUNTARY, Money(5), card=2)),
        kind=VoucherKind.BKM,
    )
    with coop.open() as book:
        post_all(book, [draft] * ENTRIES, source="savings.deposit")
    engine.dispose()
    raw = sqlite3.connect(tmp_path / "book.db")
    head = iter(raw.execute("SELECT number, hash, recorded_at FROM head").fetchall())
    seen = program.defaultdict(dict)
    began = time.perf_counter()
    program.follow(program.of_book(raw, coop.number), head, seen)
    chain = time.perf_counter() - began
    raw.close()
    began = time.perf_counter()
    done = program.main([str(tmp_path)])
    whole = time.perf_counter() - began
    capsys.readouterr()
    with capsys.disabled():
        print(
            f"\n{ENTRIES / chain:,.0f} entries a second followed,"
            f" {ENTRIES / whole:,.0f} with every check"
        )

    assert done == 0
    assert len(seen["seals"]) > ENTRIES
