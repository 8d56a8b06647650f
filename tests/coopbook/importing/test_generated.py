"""Sheets made by the hundred: what was meant is understood, or what is wrong said."""

import os
import shutil
import subprocess
from collections import Counter
from decimal import Decimal

import pytest

from coopbook.errors import Refused
from coopbook.importing.files.reading import read
from coopbook.importing.kinds import bank_book, savings_sheet
from coopbook.importing.queries import preview
from coopbook.importing.service import post_import
from coopbook.importing.sheets.amounts import amount
from coopbook.ledger import chart
from coopbook.ledger.queries import account_balance

from .workbooks import BINARY, CSV, DEFECTS, generate

UNDERSTAND = {"savings": savings_sheet.understand, "bank-book": bank_book.understand}
BATCHES = [range(start, start + 50) for start in range(0, 600, 50)]


def said(kind, movement):
    if kind == "savings":
        pot = movement.parts[0].to
        return movement.on, movement.amount, movement.member, pot, movement.memo
    return movement.on, movement.amount, movement.memo, movement.balance


def check(made, data=None):
    """Compare what is understood of a sheet with what it was made from."""
    about = f"seed {made.seed}: {made.kind} as {made.container}, {made.defect}"
    try:
        found = UNDERSTAND[made.kind](read(data or made.data))
    except Refused as refusal:
        assert made.defect in ("missing column", "cut short"), f"{about}: {refusal}"
        assert str(refusal)
        return
    assert made.defect not in ("missing column", "cut short"), about
    moved = {m.row: said(made.kind, m) for m in found.movements}
    unread = {problem.row for problem in found.not_understood}
    broken = {problem.row for problem in found.breaks}
    assert moved == made.rows, about
    figures = {f.key: f.stated for f in found.figures if f.stated is not None}
    proposal = found.proposal
    if made.defect in ("wrong total", "wrong sub-total"):
        assert unread == set(), about
        named = broken | {s.row.number for s in wrong(proposal)}
        assert made.bad in named, about
        return
    assert unread == ({made.bad} if made.defect else set()), about
    if not made.defect:
        assert broken == set(), about
        assert wrong(proposal) == [], about
        assert len(proposal.subtotals) >= made.subtotals, about
        assert figures.items() >= made.totals.items(), about


def wrong(proposal):
    """Return the sub-totals that their rows contradict."""
    found = []
    for subtotal in proposal.subtotals:
        rows = [r for r in proposal.rows if subtotal.first <= r.number <= subtotal.last]
        for key, cell in subtotal.row.cells.items():
            if cell in ("", None) or key in ("on", "member", "name", "memo", "number"):
                continue
            try:
                stated = amount(cell, mark=proposal.mark)
                counted = [amount(r.cells[key], mark=proposal.mark) for r in rows]
            except Refused:
                continue
            if stated and stated != sum(counted, Decimal(0)):
                found.append(subtotal)
    return found


@pytest.mark.parametrize("seeds", BATCHES, ids=lambda seeds: str(seeds.start))
def test_what_was_meant_is_understood_or_what_is_wrong_is_said(seeds):
    for seed in seeds:
        check(generate(seed))


@pytest.mark.parametrize("defect", DEFECTS)
def test_every_defect_is_named_in_every_container(defect):
    for seed in range(6):
        for container in (*BINARY, "html", CSV[0], CSV[-1]):
            check(generate(10_000 + seed, container, defect))


@pytest.mark.parametrize("container", CSV)
def test_every_separator_and_encoding_is_understood(container):
    for seed in range(5):
        check(generate(20_000 + seed, container, ""))


def test_the_same_seed_makes_the_same_sheet():
    one, other = generate(7, "ods"), generate(7, "ods")

    assert (one.rows, one.totals, one.bad) == (other.rows, other.totals, other.bad)
    assert read(one.data) == read(other.data)


def test_the_seeds_throw_every_kind_container_and_defect():
    thrown = [generate(seed) for seed in range(600)]

    assert {made.kind for made in thrown} == set(UNDERSTAND)
    assert {made.container for made in thrown} >= {*BINARY, "html"}
    assert {made.defect for made in thrown} == {"", *DEFECTS}
    assert Counter(made.defect for made in thrown)[""] > 300


@pytest.fixture(scope="module")
def converted(tmp_path_factory):
    """Sheets that LibreOffice wrote as .xls and .ods, by their seed."""
    office = shutil.which("soffice")
    if office is None:
        if os.environ.get("COOPBOOK_STRICT") == "1":
            pytest.fail("soffice is missing: apt-get install libreoffice-calc")
        pytest.skip("soffice is missing: apt-get install libreoffice-calc")
    folder = tmp_path_factory.mktemp("office")
    made = {seed: generate(seed, "xlsx", "") for seed in range(30_000, 30_040)}
    for seed, each in made.items():
        (folder / f"{seed}.xlsx").write_bytes(each.data)
    for kind in ("xls", "ods"):
        subprocess.run(
            [
                *(office, "--headless", f"-env:UserInstallation={folder.as_uri()}/own"),
                *("--convert-to", kind, "--outdir", str(folder / kind)),
                *(str(path) for path in sorted(folder.glob("*.xlsx"))),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
    return made, folder


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_what_libreoffice_writes_is_understood(converted, kind):
    made, folder = converted
    for seed, each in made.items():
        check(each, (folder / kind / f"{seed}.{kind}").read_bytes())


@pytest.mark.parametrize("seeds", BATCHES, ids=lambda seeds: str(seeds.start))
def test_what_is_posted_is_what_was_generated(old, seeds):
    """Every sheet without a defect is posted; the others leave the book as it was."""
    posted = {"savings": Decimal(0), "bank-book": Decimal(0)}
    for seed in seeds:
        made = generate(seed)
        with old.open("yanti") as book:
            before = book.number
            try:
                looked = preview(book, made.kind, made.data)
            except Refused:
                assert made.defect and book.number == before
                continue
            if looked.not_understood:
                with pytest.raises(Refused):
                    post_import(book, looked, accept="generated")
                assert made.defect and book.number == before
                continue
            moved = sum((row.amount for _, row in looked.fresh), Decimal(0))
            opened = looked.opening.amount if looked.opening else Decimal(0)
            batch = post_import(book, looked, accept="generated")
            assert batch.lines_total.units == moved + opened, made
            assert batch.rows_posted == len(made.rows) - looked.already
            posted[made.kind] += moved + opened
    with old.read() as book:
        cards = (chart.PRINCIPAL_SHARE, chart.MANDATORY_SHARE, chart.VOLUNTARY)
        held = sum(account_balance(book, number).units for number in cards)
        assert held == posted["savings"]
        assert account_balance(book, chart.BANK).units == posted["bank-book"]
