"""Exports whose files were forged and whose manifest was written anew to fit them."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopbook import loans
from coopbook.exports.tape_row import percent_of
from coopbook.loans import Loan
from coopbook.money import Per, Rate
from tests.conftest import FIRST_DAY
from tests.tools.test_verify_book import check, lines_of

WITHHELD = ["withheld"]


class Forger:
    """Somebody who holds the folder of an export, and knows how a manifest is made."""

    def __init__(self, folder):
        self.folder = folder

    def rows(self, name):
        text = (self.folder / name).read_text("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text, newline="")))

    def write(self, name, rows, heads=None):
        heads = heads or list(self.rows(name)[0])
        with (self.folder / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, heads, lineterminator="\r\n")
            writer.writeheader()
            writer.writerows(rows)

    def records(self):
        return [json.loads(line) for line in lines_of(self.folder)]

    def withhold(self, numbers):
        """Leave links where records of these numbers were, journal and chain alike."""
        lines = lines_of(self.folder)
        for number in numbers:
            record = json.loads(lines[number - 1])
            seal = hashlib.sha256(lines[number - 1].rstrip().encode()).hexdigest()
            at = record[4 + (record[1] == "entry")]
            link = [*WITHHELD, record[2], number, at, record[-1], seal]
            lines[number - 1] = json.dumps(link, separators=(",", ":")) + "\n"
        (self.folder / "chain.jsonl").write_text("".join(lines))
        kept = [x for x in self.rows("journal.csv") if int(x["entry"]) not in numbers]
        self.write("journal.csv", kept)

    def balance_anew(self):
        """Write the trial balance of the journal that is left."""
        names, units = {}, {}
        for row in self.rows("journal.csv"):
            number = row["account"]
            names[number] = {x: row[x] for x in ("code", "name_id", "name_en")}
            moved = int(row["debit"]) - int(row["credit"])
            units[number] = units.get(number, 0) + moved
        kinds = {x["account"]: x["type"] for x in self.rows("trial-balance.csv")}
        self.write(
            "trial-balance.csv",
            [
                {
                    "account": number,
                    "type": kinds.get(number, "asset"),
                    "debit": max(left, 0),
                    "credit": max(-left, 0),
                    **names[number],
                }
                for number, left in units.items()
                if left
            ],
        )

    def drop(self, *names):
        for name in names:
            (self.folder / name).unlink()

    def vouch(self):
        """Let the manifest fit the files that are there."""
        path = self.folder / "manifest.json"
        manifest = json.loads(path.read_text("utf-8"))
        told = [x for x in manifest["files"] if (self.folder / x["name"]).is_file()]
        for file in told:
            raw = (self.folder / file["name"]).read_bytes()
            file["sha256"], file["bytes"] = hashlib.sha256(raw).hexdigest(), len(raw)
            if file["name"].endswith(".csv"):
                rows = self.rows(file["name"])
                file["rows"] = len(rows)
                if file["name"] in ("journal.csv", "trial-balance.csv"):
                    for side in ("debit", "credit"):
                        file[side] = sum(int(row[side]) for row in rows)
            elif file["name"] == "chain.jsonl":
                entries = [x[14] for x in self.records() if x[1] == "entry"]
                for at, side in ((4, "debit"), (5, "credit")):
                    file[side] = sum(line[at] for own in entries for line in own)
        manifest["files"] = told
        path.write_text(json.dumps(manifest), encoding="utf-8")


@pytest.fixture
def forger(lived, tmp_path):
    shutil.copytree(lived / "whole", tmp_path / "export")
    return Forger(tmp_path / "export")


@pytest.fixture
def judged(forger, lived):
    """Have the forged export checked with every line that was kept elsewhere."""

    def judge():
        forger.vouch()
        done = check(forger.folder, "--checkpoints", lived / "known.txt")
        assert done.stderr == ""
        first = done.stdout.splitlines()[0]
        return done.returncode, done.stdout, first

    return judge


def last_of_series(records):
    """Return the entry with the last voucher of the series that is longest."""
    series = {}
    for record in records:
        if record[1] == "entry":
            series.setdefault(record[8].rpartition("-")[0], []).append(record[3])
    return max(series.values(), key=len)[-1]


def test_what_is_vouched_for_anew_without_a_change_is_in_order(forger, judged):
    code, said, _ = judged()

    assert code == 0, said


# -- entries hidden behind links -----------------------------------------------


def test_entries_among_whole_events_cannot_be_made_links(forger, judged):
    hidden = last_of_series(forger.records())
    forger.withhold([hidden])
    forger.balance_anew()

    code, said, _ = judged()

    assert code == 3
    assert "links among events that are whole" in said


def test_entries_among_links_are_never_called_in_order(forger, lived, tmp_path):
    """Nothing tells them from events; so it is said, whatever the lines kept show."""
    shutil.rmtree(forger.folder)
    shutil.copytree(lived / "links", forger.folder)
    hidden = last_of_series(forger.records())
    links = check(forger.folder).stdout.count("NOT IN ORDER")
    forger.withhold([hidden])
    forger.balance_anew()
    manifest = json.loads((forger.folder / "manifest.json").read_text("utf-8"))
    manifest["as_of"] = max(x["booked_on"] for x in forger.rows("journal.csv"))
    (forger.folder / "manifest.json").write_text(json.dumps(manifest))
    forger.vouch()

    done = check(forger.folder, "--checkpoints", lived / "known.txt")

    assert links == 0
    assert done.returncode == 4, done.stdout
    assert "or an entry that is not shown" in done.stdout
    assert "All is in order" not in done.stdout


def test_an_entry_that_another_takes_back_cannot_be_hidden(forger, lived):
    shutil.rmtree(forger.folder)
    shutil.copytree(lived / "links", forger.folder)
    entries = [x for x in forger.records() if x[1] == "entry" and x[11]]
    forger.withhold([entries[0][11]])
    forger.vouch()

    done = check(forger.folder)

    assert done.returncode == 3
    assert f"{entries[0][3]} reverses a link" in done.stdout


# -- files ----------------------------------------------------------------------


def test_a_chain_left_out_proves_nothing(forger, judged, lived):
    forger.drop("chain.jsonl", "checkpoints.csv")
    rows = forger.rows("journal.csv")
    rows[0]["memo"] = "Sesuatu lain"
    forger.write("journal.csv", rows)

    code, said, _ = judged()
    alone = check(forger.folder)

    assert code == 3
    assert "its chain is not here" in said
    assert alone.returncode == 4
    assert "without it nothing here is proved" in alone.stdout
    assert "All is in order" not in alone.stdout


def test_checkpoints_left_out_are_missed(forger, judged):
    forger.drop("checkpoints.csv")

    assert judged()[0] == 3


@pytest.mark.parametrize("name", ["extra.csv", "chain.jsonl.bak", ".hidden", "deep"])
def test_what_the_manifest_does_not_name_is_told(forger, judged, name):
    if name == "deep":
        (forger.folder / name).mkdir()
    else:
        (forger.folder / name).write_text("a,b\n1,2\n")

    code, _, first = judged()

    assert code == 3
    assert first.startswith("NOT IN ORDER") and f"{name} is not of this export" in first


@pytest.mark.parametrize("name", ["by-laws.csv", "trial-balance.csv", "chain.jsonl"])
def test_rows_that_the_manifest_counts_otherwise_are_told(forger, name):
    path = forger.folder / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    for told in manifest["files"]:
        told["rows"] += told["name"] == name
    path.write_text(json.dumps(manifest), encoding="utf-8")

    done = check(forger.folder)

    assert done.returncode == 3
    assert f"{name} has other" in done.stdout


@pytest.mark.parametrize(("key", "value"), [("as_of", "2031-01-01"), ("name", "Lain")])
def test_what_the_manifest_says_of_the_book_is_compared(forger, key, value):
    path = forger.folder / "manifest.json"
    manifest = json.loads(path.read_text("utf-8")) | {key: value}
    path.write_text(json.dumps(manifest), encoding="utf-8")

    assert check(forger.folder).returncode == 3


# -- tables ---------------------------------------------------------------------

JOURNAL = """entry voucher booked_on recorded_at actor memo kind source reverses line
account code name_id name_en card loan unit fund pillar term_of_office previous hash"""


@pytest.mark.parametrize("column", JOURNAL.split())
def test_every_column_of_the_journal_is_that_of_the_chain(forger, judged, column):
    rows = forger.rows("journal.csv")
    rows[1][column] = f"{rows[1][column]}7"
    forger.write("journal.csv", rows)

    code, said, _ = judged()

    assert code == 3
    assert "NOT IN ORDER  journal: row 2" in said


def test_a_column_more_is_told(forger, judged):
    rows = [row | {"checked": "yes"} for row in forger.rows("journal.csv")]
    forger.write("journal.csv", rows, [*rows[0]])

    assert judged()[0] == 3


def swap(rows):
    """Give two accounts each other's balance."""
    one, other = [row for row in rows if row["debit"] != "0"][:2]
    one["debit"], other["debit"] = other["debit"], one["debit"]


def double(rows):
    rows.append(dict(rows[0]) | {"debit": "0", "credit": "0"})


def rename(rows):
    rows[0]["name_id"] = "Kas lain"


def retype(rows):
    rows[0]["type"] = "equity"


@pytest.mark.parametrize("do", [swap, double, rename, retype])
def test_the_trial_balance_is_worked_out_from_the_chain(forger, judged, do):
    rows = forger.rows("trial-balance.csv")
    do(rows)
    forger.write("trial-balance.csv", rows)

    code, said, _ = judged()

    assert code == 3
    assert "NOT IN ORDER  trial balance: account" in said


OTHERS = """loans loan-changes loan-judgements security by-laws terms-of-office
closed-days checkpoints"""


@pytest.mark.parametrize("name", [f"{name}.csv" for name in OTHERS.split()])
def test_every_other_table_is_what_the_events_say(forger, judged, name):
    """A row gone, one twice, and each cell of one changed; the whole file left out."""
    text = (forger.folder / name).read_text("utf-8")
    heads, rows = text.splitlines()[0].split(","), forger.rows(name)
    forged = [rows[1:], [*rows, rows[-1]]] if rows else []
    forged.append([*rows, dict.fromkeys(heads, "1")])
    if rows:
        forged += [[rows[0] | {head: "9"}, *rows[1:]] for head in heads]

    for each in forged:
        forger.write(name, each, heads)
        code, said, _ = judged()
        assert code == 3, each[:1]
        assert f"NOT IN ORDER  other tables: {name}" in said
    forger.drop(name)
    code, said, _ = judged()
    assert f"NOT IN ORDER  other tables: {name} is missing" in said


def test_a_table_beside_links_has_nothing_that_vouches_for_it(forger, lived, tmp_path):
    shutil.rmtree(forger.folder)
    shutil.copytree(lived / "links", forger.folder)
    shutil.copy(lived / "whole" / "loans.csv", forger.folder)
    path = forger.folder / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    manifest["files"].append({"name": "loans.csv", "debit": 0, "credit": 0})
    path.write_text(json.dumps(manifest), encoding="utf-8")
    forger.vouch()

    done = check(forger.folder)

    assert done.returncode == 3
    assert "no events are here that vouch for loans.csv" in done.stdout


@given(
    top=st.integers(0, 10_000), bottom=st.integers(1, 10_000), per=st.sampled_from(Per)
)
def test_a_rate_is_the_percent_the_export_writes(program, top, bottom, per):
    rate = Rate(Fraction(top, bottom), per)
    image = {"rate": f"{rate.share} {per.value}"}

    assert program.cell(image, "rate=rate%") == percent_of(rate)
    assert program.cell(image, "rate_per=rate/") == per.value


@pytest.mark.parametrize("migrated", [None, FIRST_DAY])
@pytest.mark.parametrize("step", [0, 1, 1_000])
def test_conditions_nobody_wrote_are_those_the_export_writes(program, step, migrated):
    loan = Loan(conditions=None, rounding_step=step, migrated_on=migrated)
    day = migrated and migrated.isoformat()
    image = {"conditions": None, "rounding_step": step, "migrated_on": day}

    assert program.cell(image, "conditions") == loans.conditions_of(loan).text()
