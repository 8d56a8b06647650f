"""The sample book and books of real cooperatives, added up again by other programs.

Each book is exported for beancount, hledger and ledger, which have to agree with our
trial balance on every account, and in every form comes back into an empty book.
"""

from __future__ import annotations

import itertools
import shutil
import subprocess
import sys
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from coopbook import exports, importing, ledger
from coopbook.db import schema
from coopbook.db.engines import engine_for
from coopbook.exports import Format
from coopbook.founding import founding
from coopbook.importing.answers import Answers
from coopbook.importing.journals import packed
from tests.conftest import VAULT, Coop, needed
from tests.coopbook.importing.test_journals import balances, cards, told
from tests.oracles.test_plain_text import PROGRAMS, trial_balance
from webui.demo import make

NUMBERS = itertools.count(1)
FIRST_DAY, PAYDAY = date(2016, 1, 1), date(2023, 1, 10)
SHARES = {"shares": "principal-first", "loan_product": "consumer"}
TERMS = {"loan_product": "consumer", "loan_term": "24"}
REAL = {
    "payroll": ("deductions", "daftar_potongan_jan2023.xlsx", (PAYDAY, SHARES)),
    "withdrawals": (
        *("savings", "penarikan_tunai.xlsx"),
        (date(2022, 12, 10), {"pot": "voluntary", "way": "out"}),
    ),
    "cards": ("cards", "kartu_anggota.xlsx", (None, TERMS)),
    "bank": ("bank-book", "mutasi_giro_jan2017.xlsx", (None, {})),
    "printed": ("bank-book", "mutasi_giro_jan2017_cetak.xls", (None, {})),
    "savings": ("savings", "simpanan_transaksi.xlsx", (None, {})),
}
BOOKS = ("sample", *REAL)
EVERY = [form for form in Format if form is not Format.LEDGER]
"""What hledger reads and what ledger reads is one file."""


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    """A database for the books, and a folder for each export, made when asked for."""
    folder = tmp_path_factory.mktemp("shelf")
    engine = engine_for(folder)
    schema.create(engine)
    yield engine, folder, {}
    engine.dispose()


def empty(engine):
    number = next(NUMBERS)
    with (
        Session(engine) as session,
        founding(
            session,
            number=number,
            name=f"Melati {number}",
            first_day=FIRST_DAY,
            actor="setup",
            vault=VAULT,
        ),
    ):
        pass
    return Coop(engine, number, 1)


@contextmanager
def sample(folder):
    """Make the sample book, all three years of it, and open it."""
    make.make_demo(folder, date(2026, 6, 16))
    engine = engine_for(folder)
    yield Coop(engine, 1, 1)
    engine.dispose()


@pytest.fixture
def exported(shelf, request):
    """Return the folder of a book in a form, with what its accounts and cards hold."""
    engine, folder, made = shelf
    form, name = request.param
    if name not in made:
        left = {}
        if name == "sample":
            with sample(folder / "sample") as coop:
                leave(coop, folder / name, left)
        else:
            kind, file, (on, said) = REAL[name]
            data = request.getfixturevalue("real_folder") / file
            coop = empty(engine)
            with coop.open() as book:
                answers = Answers(on=on, said=said).to_json()
                importing.bring_in(
                    book, kind, data.read_bytes(), accept="lama", answers=answers
                )
            leave(coop, folder / name, left)
        made[name] = left
    return (form, *made[name][form])


def leave(coop, folder, made):
    with coop.read() as book:
        for form in Format:
            exports.export(book, form, folder / form.value)
            made[form] = (folder / form.value, balances(book), cards(book))


def pairs(forms):
    return [
        pytest.param((form, name), id=f"{name}-{form}")
        for name in BOOKS
        for form in forms
    ]


@pytest.mark.parametrize("exported", pairs(map(Format, PROGRAMS)), indirect=True)
def test_another_program_agrees_on_every_account(exported):
    form, folder, held, _ = exported
    found = PROGRAMS[form.value](folder)
    ours = trial_balance(folder)
    assert {number: units for number, units in found.items() if units} == ours
    assert len(ours) == len(held)
    assert sum(ours.values()) == 0


CHECKS = {
    Format.BEANCOUNT: (str(Path(sys.executable).with_name("bean-check")),),
    Format.HLEDGER: ("hledger", "check", "-f"),
}


@pytest.mark.parametrize("exported", pairs(CHECKS), indirect=True)
def test_the_other_program_has_nothing_to_say_against_it(exported):
    form, folder, _, _ = exported
    (file,) = [one for one in folder.iterdir() if one.stem == "ledger"]
    command, *more = CHECKS[form]
    if shutil.which(command) is None:
        needed(command)
    done = subprocess.run(
        [command, *more, str(file)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("exported", pairs(EVERY), indirect=True)
def test_it_comes_back_into_an_empty_book(exported, shelf):
    _, folder, held, on_cards = exported
    new = empty(shelf[0])
    with new.open() as book:
        assert importing.bring_in(book, "journal", packed(folder)).rows_posted
    with new.read() as book:
        assert balances(book) == told(book) == held
        assert cards(book) == on_cards
        assert ledger.trial_balance(book, date(2030, 1, 1))
