"""Other people's programs add the exported book up and agree with its trial balance.

Nothing here knows the program that wrote the folder; it reads the files alone.
"""

import csv
import hashlib
import json
import os
import re
import shutil
import subprocess

import pytest


def trial_balance(folder):
    """Return the exported trial balance: units by account, debit positive."""
    with (folder / "trial-balance.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["account"]: int(row["debit"]) - int(row["credit"])
            for row in csv.DictReader(file)
        }


def number_of(account):
    """Return the account number inside ``Assets:11201-Bank-current-account``."""
    return re.search(r":(\d+)", account)[1]


def run(program, *words):
    found = shutil.which(program)
    if not found and os.environ.get("COOPBOOK_STRICT") == "1":
        pytest.fail(f"{program} is needed here")
    if not found:
        pytest.skip(f"{program} is not here")
    done = subprocess.run(
        [found, *map(str, words)], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert not done.stderr.strip()
    return done.stdout


def by_beancount(folder):
    loader = pytest.importorskip("beancount.loader")
    data = pytest.importorskip("beancount.core.data")
    entries, errors, _ = loader.load_file(str(folder / "ledger.beancount"))
    assert errors == []
    asserted = [entry for entry in entries if isinstance(entry, data.Balance)]
    assert len(asserted) == len(trial_balance(folder))
    balances = {}
    for entry in entries:
        if isinstance(entry, data.Transaction):
            for posting in entry.postings:
                number = number_of(posting.account)
                balances[number] = balances.get(number, 0) + int(posting.units.number)
    return balances


def by_hledger(folder):
    file = folder / "ledger.journal"
    rows = run(
        *("hledger", "-f", file, "balance", "--flat", "--no-total", "-O", "csv")
    ).splitlines()
    return {
        number_of(account): int(balance.removeprefix("IDR "))
        for account, balance in csv.reader(rows[1:])
    }


def by_ledger(folder):
    form = "%(account)\t%(quantity(scrub(display_total)))\n"
    rows = run(
        *("ledger", "--args-only", "-f", folder / "ledger.journal", "balance"),
        *("--flat", "--no-total", "--format", form),
    )
    pairs = (row.split("\t") for row in rows.splitlines())
    return {number_of(account): int(units) for account, units in pairs}


PROGRAMS = {"beancount": by_beancount, "hledger": by_hledger, "ledger": by_ledger}


def test_another_program_adds_up_to_the_same_trial_balance(exported):
    balances = PROGRAMS[exported.name](exported)

    ours = trial_balance(exported)
    assert {number: units for number, units in balances.items() if units} == ours
    assert sum(ours.values()) == 0
    assert len(ours) >= 5


def test_a_changed_amount_is_noticed_by_the_other_program(exported):
    name = "ledger.beancount" if exported.name == "beancount" else "ledger.journal"
    if exported.name != "beancount":
        run(exported.name, "--version")
    text = (exported / name).read_text(encoding="utf-8")
    changed = re.sub(r"(?<!\d)7919(?!\d)", "7918", text)
    assert changed != text
    (exported / name).write_text(changed, encoding="utf-8")

    with pytest.raises(AssertionError):
        PROGRAMS[exported.name](exported)


def test_the_manifest_vouches_for_every_file(exported):
    manifest = json.loads((exported / "manifest.json").read_text(encoding="utf-8"))

    files = {path.name for path in exported.iterdir()} - {"manifest.json"}
    assert {file["name"] for file in manifest["files"]} == files
    for file in manifest["files"]:
        content = (exported / file["name"]).read_bytes()
        assert file["sha256"] == hashlib.sha256(content).hexdigest()
        assert file["bytes"] == len(content)
        assert file["debit"] == file["credit"] > 0
    assert re.fullmatch("[0-9a-f]{64}", manifest["head_hash"])
