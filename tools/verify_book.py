#!/usr/bin/env python3
"""Check a cooperative's book without the program that wrote it.

    python verify_book.py PLACE [--checkpoints FILE]

PLACE is a book.db, a book's folder or an export's; FILE has the checkpoints that were
kept elsewhere, one a line.  Written from docs/chain.md with Python's own library;
where ``cryptography`` is there, signatures are checked too.  Nothing is changed.
Ends with 0 in order, 3 not in order, 4 in order where something cannot be told from
what is here, 2 misuse.
"""

import argparse
import base64
import csv
import hashlib
import io
import json
import re
import sqlite3
import sys
from collections import Counter, defaultdict
from decimal import Decimal
from fractions import Fraction
from heapq import merge
from itertools import groupby, zip_longest
from operator import itemgetter
from pathlib import Path
from urllib.parse import quote

try:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
except ImportError:
    Ed25519PublicKey = None

GUARDS = {"0016": "ef71880b48fda6f28ec2d937b6b3e3d43a6fbf8f44f99d8af02c475886031a06"}
APART = {"entry", "line", "event", "head", "counter", "balance", "day_balance"}
APART |= {"loan_daily", "loan_class_log", "import_row", "once", "alembic_version"}
SERIES = {"members": "RA", "board": "PENGURUS", "supervisors": "PENGAWAS"}
ENTRY = "number booked_on recorded_at actor memo voucher kind source reverses"
ENTRY += " approval once previous hash"
BALANCES = {"balance": "account_number card_number month"}
BALANCES["day_balance"] = "account_number day"
EVENT = "number recorded_at actor subject body once previous hash"
LINE = "entry_number number booked_on account_number card_number debit credit"
LINE += " loan_number unit fund pillar term_of_office"
JOURNAL = "entry voucher booked_on recorded_at actor memo kind source reverses line"
JOURNAL += " account card debit credit loan unit fund pillar term_of_office"
JOURNAL += " previous hash"
NAMES = "code name_id name_en"
LOANS = "loan=number member=member_number product=product_code account=account_number"
LOANS += " interest_account=interest_account_number principal term method rate=rate%"
LOANS += " rate_per=rate/ rounding_step penalty_rate=penalty_rate%"
LOANS += " penalty_per=penalty_rate/ penalty_grace_days conditions applied_on"
LOANS += " approved_on approver=approved_by disbursed_on state board_term head_term"
LOANS += " related=related? migrated_on paid_before_principal paid_before_interest"
LOANS += " replaces carried_days"
CHANGES = "loan=loan_number number kind changed_on amount rate=rate% rate_per=rate/"
CHANGES += " entry=entry_number recorded"
JUDGED = "loan=loan_number number kind judged_on decision=decision_number"
HELD = "loan=loan_number kind='savings amount since=placed_on until=released_on"
GOODS = "loan=loan_number kind='collateral amount=accepted since=received_on"
GOODS += " until=released_on"
WORD = "loan=loan_number kind='promise amount since=agreed_on until=released_on"
OFFICES = "number office began_on ended_on"
CHECKED = "number record head made_on made_at reason period made_by schema_digest"
CHECKED += " previous key_id public_key signature"
TABLES = {  # file: table, its key in the cooperative, day to be counted from, columns
    "loans.csv": [("loan", "number", "applied_on", LOANS)],
    "loan-changes.csv": [("loan_change", "loan_number number", "changed_on", CHANGES)],
    "loan-judgements.csv": [
        ("loan_judgement", "loan_number number", "judged_on", JUDGED)
    ],
    "security.csv": [
        ("savings_hold", "number", "placed_on", HELD),
        ("collateral", "number", "received_on", GOODS),
        ("loan_guarantor", "loan_number number", "agreed_on", WORD),
    ],
    "by-laws.csv": [("setting", "name valid_from", "", "name valid_from value")],
    "terms-of-office.csv": [("term_of_office", "number", "began_on", OFFICES)],
    "checkpoints.csv": [("checkpoint", "number", "", CHECKED)],
    "closed-days.csv": [("closed_day", "closed_on", "", "closed_on open_after_all")],
}
KEYS = {table: key.split() for each in TABLES.values() for table, key, *_ in each}
KEYS |= {"account": ["number"], "cooperative": []}
OWN_FILES = {"journal.csv", "trial-balance.csv", "chain.jsonl", "checkpoints.csv"}
OWN = "number record head made_on made_at previous key_id public_key signature"
KNOWN = r"CB1\|(\d{1,16})\|(\d{1,16})\|\d{4}-\d\d-\d\d\|[A-Z2-7]{52}\|[0-9T:.-]{26}Z"
KNOWN += r"\|([A-Z2-7]{16}|-)\|([A-Z2-7]{103}|-)"
write = json.JSONEncoder(separators=(",", ":"), sort_keys=True).encode


class Wrong(Exception):
    """What a check found first."""


class Untold(Exception):
    """What cannot be told from what is here."""


def must(true, said):
    """Stop the check unless something is true."""
    if not true:
        raise Wrong(said)


def sha(raw):
    """Return the SHA-256 of a text or of bytes, in hexadecimal figures."""
    return hashlib.sha256(raw if type(raw) is bytes else raw.encode()).hexdigest()


def select(db, table, columns, owner):
    """Yield rows of one cooperative, in the order of their first two columns."""
    sql = f"SELECT {columns.replace(' ', ', ')} FROM {table} WHERE cooperative_id = ?"
    yield from db.execute(f"{sql} ORDER BY 1, 2", (owner,))


def of_book(db, owner):
    """Yield of each record number, moment, previous, seal and the array to hash."""
    lines = groupby(select(db, "line", LINE, owner), itemgetter(0))
    named, own = next(lines, (None, ()))
    entries = (("entry", *row) for row in select(db, "entry", ENTRY, owner))
    events = (("event", *row) for row in select(db, "event", EVENT, owner))
    both = merge(entries, events, key=itemgetter(1))
    for kind, number, *parts, previous, seal in both:
        if kind == "entry" and named == number:
            parts.append([list(each[1:]) for each in own])
            named, own = next(lines, (None, ()))
        must(named is None or named > number, f"lines without their entry: {named}")
        whole = [1, kind, owner, number, *parts, previous]
        yield number, parts[kind == "entry"], previous, seal, whole
    must(named is None, f"lines without their entry: {named}")


def of_export(folder, owner):
    """Yield the same from chain.jsonl; an event that is only a link has no array."""
    with (folder / "chain.jsonl").open(encoding="ascii", newline="\n") as file:
        for text in map(str.rstrip, file):
            whole = json.loads(text)
            must(write(whole) == text, f"not written in the one way: {text[:60]}")
            if whole[0] == "withheld":
                _, whose, number, at, previous, seal = whole
                whole = None
            else:
                whose, number, previous, seal = *whole[2:4], whole[-1], sha(text)
                at = whole[4 + (whole[1] == "entry")]
            must(whose == owner, f"record {number} is of cooperative {whose}")
            yield number, at, previous, seal, whole


def follow(records, heads, seen):
    """Follow the chain to its head; leave seals, sums and vouchers in ``seen``."""
    last, then, links, seals = "", "", 0, seen.setdefault("seals", [])
    for number, at, previous, seal, whole in records:
        must(number == len(seals) + 1, f"record {len(seals) + 1} is missing or double")
        must(previous == last, f"record {number} does not follow the one before")
        must(whole is None or sha(write(whole)) == seal, f"record {number} was changed")
        must(at >= then, f"record {number} is earlier than the one before")
        links += whole is None
        if whole and whole[1] == "entry":
            check_entry(whole, seen)
            seen["entries"][number] = whole[11]
        elif whole and "images" in seen:
            note(whole, seen["images"])
        seals.append(seal)
        last, then = seal, at
    seen["links"] = links
    head = next(heads, (0,))
    must(head == (len(seals), last, then)[: len(head)], f"the head is record {head[0]}")
    return f"{len(seals):,} records" + (f", {links:,} only as links" if links else "")


def note(whole, images):
    """Keep the last image of each row that a table of an export is made of."""
    images["events"] = {}
    for table, image in json.loads(whole[7]):
        if table in KEYS:
            key = tuple(image[name] for name in KEYS[table])
            images.setdefault(table, {})[key] = image


def check_entry(whole, seen):
    """Check an entry by itself, and count what it moves."""
    number, day, voucher, kind, lines = itemgetter(3, 4, 8, 9, 14)(whole)
    must(type(lines) is list and len(lines) > 1, f"entry {number} has too few lines")
    for _, on, account, card, debit, credit, *_ in lines:
        whole = all(type(each) is int for each in (account, card, debit, credit))
        must(whole and min(debit, credit) == 0, f"entry {number} has an odd line")
        must(on == day, f"entry {number} has lines of another day")
        keys = (account, card, int(day[:4] + day[5:7])), (account, day)
        for table, key in zip(BALANCES, keys, strict=True):
            before = seen[table].get(key, (0, 0))
            seen[table][key] = (before[0] + debit, before[1] + credit)
    must(sum(x[4] - x[5] for x in lines) == 0, f"entry {number} does not balance")
    put(seen["series"], voucher, f"{kind}-{day[:4]}")


def put(series, label, expected):
    """Put a number on paper into its series."""
    must(re.fullmatch(rf"{expected}-\d+", label), f"{label} is not of {expected}")
    series.setdefault(expected, []).append(int(label.rpartition("-")[2]))


def check_numbers(series):
    """Check that numbers on paper go up from 1 without a gap."""
    for name, numbers in sorted(series.items()):
        for expected, number in enumerate(sorted(numbers), start=1):
            must(number == expected, f"{name}-{expected:06d} is missing or double")
    return f"{sum(map(len, series.values())):,} in {len(series)} series"


def check_file(db):
    """Ask SQLite whether the file is whole."""
    (told,) = db.execute("PRAGMA integrity_check(1)").fetchone()
    orphan = db.execute("PRAGMA foreign_key_check").fetchone()
    must(told == "ok", told)
    must(orphan is None, f"a row of {orphan and orphan[0]} refers to nothing")
    return f"{db.execute('PRAGMA page_count').fetchone()[0]:,} pages"


def check_guards(db):
    """Compare the guards with those that docs/chain.md lists by their digest."""
    sql = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
    found = [[name, " ".join(text.split())] for name, text in db.execute(sql)]
    named = [version for version in GUARDS if GUARDS[version] == sha(write(found))]
    must(named, f"{len(found)} guards, not those of version {', '.join(GUARDS)}")
    return f"{len(found)}, of version {named[0]}"


def check_rows(db, owner):
    """Compare every row with the last event that has it."""
    columns, keys, images, count, taken = {}, {}, {}, 0, 0
    sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND substr(name, 1, 7)"
    for (table,) in db.execute(f"{sql} <> 'sqlite_'").fetchall():
        info = db.execute(f'PRAGMA table_info("{table}")').fetchall()
        columns[table] = {each[1]: each[2] for each in info}
        keys[table] = [each[1] for each in sorted(info, key=itemgetter(5)) if each[5]]
    for _, body in select(db, "event", "number body", owner):
        for table, image in json.loads(body):
            images[table, tuple(image[name] for name in keys[table])] = image
    for table in sorted(columns.keys() - APART):
        mine = "cooperative_id" if "cooperative_id" in columns[table] else "id"
        for row in db.execute(f'SELECT * FROM "{table}" WHERE {mine} = ?', (owner,)):
            row = dict(zip(columns[table], row, strict=True))
            key = tuple(row[name] for name in keys[table])
            image = images.pop((table, key), None)
            must(image, f"a row of {table} has no event: {key}")
            must(image.keys() <= row.keys(), f"a column of {table} is gone")
            for name, value in row.items():
                said = image.get(name)
                out = type(said) is dict and value in (None, "", b"")
                same = out or as_said(value, said, columns[table][name])
                must(same, f"{name} in {table} {key} was changed")
                taken += out
            count += 1
    left = [key for key in images if key[0] not in APART]
    must(not left, f"a row is gone: {left[:1]}")
    return f"{count:,} rows" + (f", {taken:,} fields taken out" if taken else "")


def as_said(value, said, kind):
    """Say whether a column holds what the event says of it, as far as can be known."""
    if type(said) is dict:  # what is sealed only who holds the secret can compare
        found = sha(value if type(value) is bytes else str(value))
        return said.get("sha256", found) == found
    whole = kind == "BOOLEAN" and type(value) is int and value in (0, 1)
    return write(bool(value) if whole else value) == write(said)


def check_balances(db, owner, seen):
    """Work out every carried balance again from the lines."""
    for table, names in BALANCES.items():
        rows = select(db, table, f"{names} opening debit credit", owner)
        kept, carried, last = {row[:-3]: row[-3:] for row in rows}, 0, None
        for key, moved in sorted(seen[table].items()):
            said = (carried if key[:-1] == last else 0, *moved)
            must(kept.pop(key, None) == said, f"{table} {key} does not equal its lines")
            carried, last = said[0] + said[1] - said[2], key[:-1]
        must(not kept, f"{table} {min(kept, default='')} has no lines")
    return f"{sum(len(seen[table]) for table in BALANCES):,} balances"


def check_counters(db, owner, series):
    """Check numbers on paper, of decisions too, and the counters that gave them."""
    for label, body, day in select(db, "decision", "label body decided_on", owner):
        put(series, label, f"{SERIES.get(body)}-{day[:4]}")
    kept, found = dict(select(db, "counter", "series last", owner)), series.keys()
    for name in sorted(kept.keys() | found):
        must(kept.get(name) == len(series.get(name, ())) > 0, f"the counter of {name}")
    return check_numbers(series)


def letters(raw):
    """Write bytes in base32, as a checkpoint has them."""
    return base64.b32encode(raw).decode().rstrip("=")


def check_own(owner, rows, seen):
    """Check the checkpoints the book has itself; keep their texts and keys."""
    before = ""
    for count, row in enumerate(rows, start=1):
        number, record, head, day, at, previous, key, public, mark = row
        must(int(number) == count, f"checkpoint {count} is missing")
        must(previous == (sha(before) if before else ""), f"checkpoint {count}: order")
        must(bool(public) == bool(mark) == bool(key), f"checkpoint {count}: signature")
        parts = (record, day, letters(bytes.fromhex(head)), at.replace("+00:00", "Z"))
        before = "|".join(map(str, ("CB1", owner, *parts, key or "-", mark or "-")))
        if public:
            raw = bytes.fromhex(public)
            must(letters(hashlib.sha256(raw).digest()[:10]) == key, f"key of {count}")
            seen["keys"][key] = raw
        check_text(before, seen, elsewhere=False)
        seen["texts"][before] = count
    return f"{len(seen['texts']):,}, signed with {len(seen['keys'])} key(s)"


def check_text(text, seen, elsewhere=True):
    """Compare the text of a checkpoint with the chain; check its signature."""
    _, _, count, day, head, _, key, mark = text.split("|")
    at, seals = f"the checkpoint of {day} at record {count}", seen["seals"]
    must(0 < int(count) <= len(seals), f"{at}: there are {len(seals):,} records")
    same = letters(bytes.fromhex(seals[int(count) - 1])) == head
    must(same, f"{at}: this record or one before it is not what it was")
    if mark != "-" and key in seen["keys"] and Ed25519PublicKey:
        raw = base64.b32decode(mark + "=" * (-len(mark) % 8))
        public = Ed25519PublicKey.from_public_bytes(seen["keys"][key])
        try:
            public.verify(raw, text.rpartition("|")[0].encode())
        except Exception:
            raise Wrong(f"{at}: its signature does not hold") from None
    here = not elsewhere or text in seen["texts"]
    must(here, f"{at}: the book has it not itself; cut off there, or not genuine")
    return "fits"


def table(folder, name):
    """Read a table of an export, whichever way its cells are cut."""
    text = (folder / name).read_bytes().decode("utf-8-sig")
    cut = ";" if ";" in text.partition("\n")[0] else ","
    yield from csv.DictReader(io.StringIO(text, newline=""), delimiter=cut)


def check_manifest(folder, manifest):
    """Compare each file with the manifest: its digest, rows, debit and credit."""
    names = {told["name"] for told in manifest["files"]} | {"manifest.json"}
    must(len(names) == len(manifest["files"]) + 1, "a file is named twice")
    for told in manifest["files"]:
        name = told["name"]
        must(Path(name).name == name and (folder / name).is_file(), f"no file {name}")
        must(sha((folder / name).read_bytes()) == told["sha256"], f"{name} was changed")
        if name in TABLES or name in OWN_FILES - {"chain.jsonl"}:
            rows = list(table(folder, name))
            must(len(rows) == told["rows"], f"{name} has other rows")
        if name in ("journal.csv", "trial-balance.csv"):
            sums = [sum(int(row[side]) for row in rows) for side in ("debit", "credit")]
            same = sums == [told["debit"], told["credit"]] and sums[0] == sums[1]
            must(same, f"{name} has other sums")
    for name in sorted(each.name for each in folder.iterdir()):
        must(name in names, f"{name} is not of this export: no manifest vouches for it")
    return f"{len(manifest['files'])} files"


def check_links(seen):
    """Say what records that are only links leave open: an entry may be among them."""
    must("events" not in seen["images"], "links among events that are whole")
    for number, back in seen["entries"].items():
        must(back is None or back in seen["entries"], f"{number} reverses a link")
    raise Untold(
        f"{seen['links']:,} records are only links. Each may be an event, or an entry"
        " that is not shown, the last of its series. Ask for an export with its events"
        " (coopbook export csv), or the book"
    )


def bare(value):
    """Write a value as the cell of a table, without the mark that makes it inert."""
    text = str(int(value) if type(value) is bool else "" if value is None else value)
    return text.removeprefix("'")


def check_journal(folder, owner, seen):
    """Compare the journal, line by line and column by column, with the chain."""
    records = (each[3:] for each in of_export(folder, owner) if each[4])
    entries = ((seal, whole) for seal, whole in records if whole[1] == "entry")
    of = itemgetter(3, 8, 4, 5, 6, 7, 9, 10, 11)
    lines = (
        [*of(x), line[0], *line[2:], x[15], seal]
        for seal, x in entries
        for line in x[14]
    )
    names, count, journal = JOURNAL.split(), 0, table(folder, "journal.csv")
    for count, (row, line) in enumerate(zip_longest(journal, lines), start=1):
        must(row and line, f"row {count} is not a line of the chain, or is missing")
        must(row.keys() == {*names, *NAMES.split()}, "columns were added or are gone")
        for name, said in zip(names, line, strict=True):
            same = bare(row[name]) == bare(said)
            must(same, f"row {count}: {name} is not that of the chain")
        must(named(row, seen), f"row {count}: {row['account']} has another name")
    known = "account" in seen["images"]
    return f"{count:,} lines" + ("" if known else ", names of accounts not compared")


def named(row, seen):
    """Say whether an account is named as its event says, or as it was before."""
    accounts, number = seen["images"].get("account", {}), int(row["account"])
    found = tuple(bare(row[name]) for name in NAMES.split())
    if (number,) in accounts:
        return found == tuple(bare(accounts[number,][x]) for x in NAMES.split())
    return not accounts and found == seen["names"].setdefault(number, found)


def check_trial(folder, manifest, seen):
    """Work the trial balance out from the entries of the chain."""
    days, units = seen["day_balance"], Counter()
    last = max((day for _, day in days), default=None)
    must(manifest["as_of"] == last, f"the last entry is of {last}")
    for (account, _), (debit, credit) in days.items():
        units[account] += debit - credit
    for row in table(folder, "trial-balance.csv"):
        number = int(row["account"])
        left = units.pop(number, 0)
        sides = [bare(max(left, 0)), bare(max(-left, 0))]
        same = left and [row["debit"], row["credit"]] == sides
        must(same, f"account {number} is not what its entries come to")
        kind = seen["images"].get("account", {}).get((number,), {})
        same = row["type"] == kind.get("account_type", row["type"])
        must(same and named(row, seen), f"account {number} has another name or type")
    gone = sorted(number for number, left in units.items() if left)
    must(not gone, f"account {gone[:1]} is missing")
    for told in manifest["files"]:
        if told["name"] == "chain.jsonl":
            moved = [sum(each[side] for each in days.values()) for side in (0, 1)]
            same = [told["rows"], told["debit"], told["credit"]]
            must(same == [len(seen["seals"]), *moved], "chain.jsonl has other sums")
    return f"{len(seen['entries']):,} entries, as of {last}"


def check_tables(folder, manifest, seen):
    """Compare every other table with the events about its rows."""
    images, count = seen["images"], 0
    names = {told["name"] for told in manifest["files"]}
    if "events" not in images:
        left = sorted(names - OWN_FILES)
        must(not left, f"no events are here that vouch for {', '.join(left)}")
        return "none in this export"
    (own,) = images["cooperative"].values()
    must(own["name"] == manifest["name"], "the cooperative has another name")
    for name, parts in TABLES.items():
        must(name in names, f"{name} is missing")
        expected = Counter()
        for of, _, day, columns in parts:
            for image in images.get(of, {}).values():
                late = day and manifest["as_of"] and image[day] > manifest["as_of"]
                held = image.get("hold_number") is None
                if held and not late and image.get("loan_number", 0) is not None:
                    expected[tuple(cell(image, each) for each in columns.split())] += 1
        heads = [each.partition("=")[0] for each in columns.split()]
        for row in table(folder, name):
            must([*row] == heads, f"{name}: columns were added or are gone")
            found = tuple(bare(value) for value in row.values())
            must(expected[found] > 0, f"{name}: no event says {found[:4]}")
            expected[found] -= 1
            count += 1
        gone = next(iter(expected.elements()), None)
        must(gone is None, f"{name}: a row is missing: {gone and gone[:4]}")
    others = ", ".join(sorted(names - OWN_FILES - TABLES.keys()))
    return f"{count:,} rows of {len(TABLES)} tables; not of the chain: {others or '-'}"


def cell(image, said):
    """Return a cell as an event has it; of a rate its percent, or its time."""
    column = said.rpartition("=")[2]
    if column[0] == "'":
        return column[1:]
    value = image.get(column.rstrip("%/?"))
    if column[-1] == "?":
        return bare(value is not None)
    if column[-1] in "%/" and value is not None:
        share, per = value.split(" ")
        hundred = Fraction(share) * 100
        percent = Decimal(hundred.numerator) / hundred.denominator
        percent = f"{percent.quantize(Decimal('0.000001')):f}".rstrip("0").rstrip(".")
        return percent if column[-1] == "%" else per
    if column == "conditions" and value is None:
        plain = '{"remainder":"spread"}' if image["rounding_step"] == 1 else "{}"
        return '{"part_rounding":"down"}' if image.get("migrated_on") else plain
    return bare(value)


def run(title, of, *about):
    """Run a check and print its line; whatever is in the file, it is a sentence."""
    try:
        right, told = True, of(*about)
    except Wrong as found:
        right, told = False, found
    except Untold as found:
        right, told = None, found
    except Exception as error:
        right, told = False, f"cannot be read: {type(error).__name__}: {error}"
    how = {True: "in order", False: "NOT IN ORDER", None: "not proved"}[right]
    said = f"{how:12}  {title}: {told!s:.300}"
    print("".join(each if each.isprintable() else "?" for each in said))
    return right


def run_book(file, known):
    """Check a book.db; yield whether each check was right."""
    log, owners = file.with_name(f"{file.name}-wal"), []
    how = "mode=ro" if log.exists() and log.stat().st_size else "immutable=1"
    db = sqlite3.connect(f"file:{quote(str(file.resolve()))}?{how}", uri=True)
    yield run("the file", check_file, db)
    yield run("guards", check_guards, db)
    sql = "SELECT cooperative_id FROM head UNION SELECT id FROM cooperative ORDER BY 1"
    yield run("cooperatives", lambda: owners.extend(db.execute(sql)) or len(owners))
    for (owner,) in owners:
        seen = defaultdict(dict)
        head = select(db, "head", "number hash recorded_at", owner)
        yield run(f"cooperative {owner}, chain", follow, of_book(db, owner), head, seen)
        yield run("events match rows", check_rows, db, owner)
        yield run("balances equal lines", check_balances, db, owner, seen)
        yield run("numbers on paper", check_counters, db, owner, seen["series"])
        own = select(db, "checkpoint", OWN, owner)
        yield from run_checkpoints(owner, own, known.pop(owner, ()), seen)


def run_export(folder, known):
    """Check the folder of an export; yield whether each check was right."""
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    owner, seen = manifest["cooperative"], defaultdict(dict)
    head = (manifest["head_number"], manifest["head_hash"])
    yield run("files and manifest", check_manifest, folder, manifest)
    if not any(told["name"] == "chain.jsonl" for told in manifest["files"]):
        yield run("chain", without_chain)
        return
    seen["images"] = {}
    yield run("chain", follow, of_export(folder, owner), iter([head]), seen)
    yield run("journal", check_journal, folder, owner, seen)
    yield run("trial balance", check_trial, folder, manifest, seen)
    yield run("other tables", check_tables, folder, manifest, seen)
    yield run("numbers on paper", check_numbers, seen["series"])
    if seen["links"]:
        yield run("what is not shown", check_links, seen)
    own = map(itemgetter(*OWN.split()), table(folder, "checkpoints.csv"))
    yield from run_checkpoints(owner, own, known.pop(owner, ()), seen)


def without_chain():
    """Say what an export is worth that has no chain."""
    raise Untold(
        "chain.jsonl is not in this export, and without it nothing here is proved: a"
        " manifest can be written anew. Ask for the whole book (coopbook export csv)"
    )


def run_checkpoints(owner, own, known, seen):
    """Check the book's own checkpoints, and those kept elsewhere."""
    yield run("checkpoints", check_own, owner, own, seen)
    for text in known:
        yield run(f"known checkpoint {text[:24]}", check_text, text, seen)


def main(words):
    """Check what is asked for; return how it ends."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("place", type=Path, metavar="PLACE")
    parser.add_argument("--checkpoints", type=Path, metavar="FILE")
    given, known = parser.parse_args(words), {}
    export = (given.place / "manifest.json").is_file()
    file = given.place / "book.db" if given.place.is_dir() else given.place
    try:
        text = given.checkpoints.read_text("utf-8-sig") if given.checkpoints else ""
        found = [x.strip() for x in text.splitlines() if x.strip()[:1] not in ("", "#")]
        for line in sorted(found, key=lambda x: int(re.fullmatch(KNOWN, x)[2])):
            known.setdefault(int(line.split("|")[1]), []).append(line)
        must(export or file.is_file(), f"there is no book and no export: {file}")
    except (OSError, ValueError, TypeError, Wrong) as error:
        parser.error(f"PLACE or FILE cannot be read: {error}")
    try:
        done = [*(run_export(given.place, known) if export else run_book(file, known))]
    except Exception as error:
        done = [run("the whole", must, False, f"cannot be read: {error}")]
    gone = "its chain is not here"
    done += [run(f"cooperative {x}", must, False, gone) for x in known]
    if Ed25519PublicKey is None:
        print("Signatures were not checked: cryptography is not installed.")
    if False in done:
        print(f"NOT IN ORDER: {done.count(False)}")
    elif None in done:
        print("What is here is in order, but NOT ALL IS PROVED: see above.")
    else:
        print("All is in order.")
    return 3 if False in done else 0 if all(done) else 4


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
