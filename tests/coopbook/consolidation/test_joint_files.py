"""Several books as one in every form, with the year before beside them."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import zipfile
from datetime import date

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from coopbook import consolidation, statements, yearend
from coopbook.cooperatives import cooperative
from coopbook.exports.joint_files import joint_csv, joint_xlsx
from coopbook.ledger import chart
from coopbook.ledger.accounts import enter_accounts
from coopbook.money import ZERO, Money
from coopbook.printing.joint_paper import joint_pdf
from coopbook.printing.loan_sheet import Printed
from coopbook.statements import Kind
from tests.conftest import found, needed
from tests.coopbook.consolidation.test_consolidation import (
    CAPITAL,
    INVESTED,
    LENT,
    OWED,
    book_it,
)
from tests.coopbook.corrections.test_adjusting import LATER, closed, proposed
from tests.coopbook.rounds.neighbours import whole
from tests.coopbook.yearend.years import lived

NEXT = (date(2027, 1, 1), date(2027, 12, 31))
FIRST_YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def two(engine):
    """A shop that began in 2026 and lends its unit money in both years."""
    shop, unit = found(engine), found(engine, bare=True)
    with shop.open() as book:
        enter_accounts(book, (*chart.trade_chart(), *chart.unit_chart()))
        book_it(book, LENT, chart.BANK, 500_000)
        book_it(book, INVESTED, chart.BANK, 700_000)
        book_it(book, LENT, 43_101, 4_000, on=date(2027, 2, 1))
        book_it(book, LENT, chart.BANK, 90_000, on=date(2027, 3, 1))
    with unit.open() as book:
        enter_accounts(book, chart.unit_chart())
        book_it(book, chart.BANK, OWED, 500_000)
        book_it(book, chart.BANK, CAPITAL, 700_000)
        book_it(book, 54_101, OWED, 4_000, on=date(2027, 2, 1))
        book_it(book, 52_009, OWED, 90_000, on=date(2027, 3, 1))
    return shop, unit


def joint(pair, span=NEXT):
    with pair[0].read() as book:
        return consolidation.joint_statements(book, [pair[1].number], *span)


def words_of(made):
    """Return what a paper says."""
    pages = PdfReader(io.BytesIO(made)).pages
    return " ".join(page.extract_text() for page in pages)


def by_code(rows, what):
    return {row["code"]: row for row in rows if row["statement"] == what}


def test_the_year_before_stands_beside_it_for_every_book(two):
    told = joint(two)
    assert told.then is not None
    assert told.refused is None
    for what in consolidation.WHAT:
        for one in told.rows(what):
            assert len(one.now) == len(one.then) == 4
            if one.row.kind is Kind.HEADING:
                assert one.now == one.then == (None,) * 4
    rows = {one.row.code: one for one in told.rows("position")}
    assert rows["other_current"].then[:2] == (Money(500_000), ZERO)
    assert rows["other_current"].then[2:] == (Money(-500_000), ZERO)
    before = joint(two, FIRST_YEAR).now
    for what in ("position", "surplus", "cash"):
        for one in told.rows(what):
            if one.row.kind is not Kind.HEADING:
                assert one.then[-1] == before.amount(one.row.code), one.row.code


def test_a_book_that_was_not_founded_yet_has_an_empty_column(two):
    told = joint(two, FIRST_YEAR)
    assert told.then is None
    assert all(one.then == (None,) * 4 for one in told.rows("cash"))
    shop, unit = two
    with unit.open() as book:
        cooperative(book).first_day = date(2027, 1, 1)
        book.session.flush()
        with consolidation.beside(book, shop.number) as other:
            told = consolidation.joint_statements(other, [unit.number], *NEXT)
        book.session.rollback()
    parts = {one.row.code: one.then for one in told.rows("position")}
    assert parts["cash"][1] is None
    assert parts["cash"][0] is not None


def test_books_apart_a_year_before_have_nothing_beside(two):
    shop, unit = two
    with shop.open() as book:
        book_it(book, LENT, chart.BANK, 1, on=date(2026, 12, 31))
    with unit.open() as book:
        book_it(book, chart.BANK, OWED, 1, on=date(2027, 1, 1))
    told = joint(two)
    assert isinstance(told.refused, consolidation.BooksApart)
    assert isinstance(told.now.apart, consolidation.BooksApart)
    made = joint_csv(told, str)
    assert 'before,apart,"Of what units owe each other on 2026-12-31' in made
    assert 'equity,apart,"Of what units' in made
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(joint_xlsx(told, str)))
    equity = sheets.get_sheet_by_name("Ekuitas").to_python()
    assert any("2026-12-31" in str(row[0]) for row in equity)
    with shop.read() as book:
        printed = Printed(by="budi", at=book.clock())
        assert joint_pdf(book, told, printed, str).startswith(b"%PDF")


def test_the_csv_has_every_column_of_both_years(two):
    shop, unit = two
    told = joint(two)
    rows = list(csv.DictReader(io.StringIO(joint_csv(told, str, language="en"))))
    heads = [
        f"{shop.number} Melati {shop.number}",
        f"{unit.number} Melati {unit.number}",
    ]
    heads += ["Left out", "Together"]
    assert list(rows[0])[3:] == [*heads, *(f"{one} 2026-12-31" for one in heads)]
    cash = by_code(rows, "cash")
    assert int(cash["closing"]["Together"]) == told.now.amount("closing").units
    assert int(cash["expenses_out"]["Left out"]) == -90_000
    assert int(cash["net_change"]["Together 2026-12-31"]) == 200_000
    equity = by_code(rows, "equity")
    assert equity["closing.principal"]["name"] == "At the end: Principal shares"
    assert (
        equity["closing.total"]["Together"]
        == by_code(rows, "position")["total_equity"]["Together"]
    )


def unworked(made):
    """Return a workbook whose formulas have no result yet."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.startswith("xl/worksheets/"):
                content = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", content)
            new.writestr(name, content)
    return out.getvalue()


def test_sums_that_somebody_else_works_out_are_ours(two, tmp_path):
    """LibreOffice works every formula out again; nothing it finds differs."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        needed("LibreOffice")
    made = joint_xlsx(joint(two), str, language="en")
    assert made == joint_xlsx(joint(two), str, language="en")
    file = tmp_path / "gabungan.xlsx"
    file.write_bytes(unworked(made))
    done = subprocess.run(
        [
            *(office, f"-env:UserInstallation=file://{tmp_path}/profile"),
            *("--headless", "--convert-to", "ods", "--outdir", str(tmp_path)),
            str(file),
        ],
        capture_output=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    ours = CalamineWorkbook.from_filelike(io.BytesIO(made))
    theirs = CalamineWorkbook.from_path(str(tmp_path / "gabungan.ods"))
    assert ours.sheet_names == theirs.sheet_names
    compared = 0
    for name in ours.sheet_names:
        mine = ours.get_sheet_by_name(name).to_python(skip_empty_area=False)
        other = theirs.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for here, there in zip(mine, other, strict=False):
            for one, two_ in zip(here, there, strict=False):
                if isinstance(one, float):
                    assert one == (two_ or 0.0), (name, here[0])
                    compared += 1
    assert compared > 300


@pytest.mark.parametrize("language", ["id", "en"])
def test_they_are_on_paper(two, language):

    told = joint(two)
    with two[0].read() as book:
        printed = Printed(by="budi", at=book.clock())
        made = joint_pdf(book, told, printed, str, language=language)
    said = words_of(made)
    assert ("TOTAL ASSETS" if language == "en" else "JUMLAH ASET") in said
    assert ("Left out" if language == "en" else "Eliminasi") in said
    assert "31/12/26" in said or "31/12/2026" in said


def test_many_units_stand_in_one_column_on_paper(two, engine):

    others = [two[1].number, *(found(engine, bare=True).number for _ in range(3))]
    with two[0].read() as book:
        told = consolidation.joint_statements(book, others, *NEXT)
        printed = Printed(by="budi", at=book.clock())
        made = joint_pdf(book, told, printed, str, language="en")
    assert told.now.ties
    assert "Added up" in words_of(made)


def test_the_year_before_is_restated_as_in_the_book_itself(engine):
    shop, unit = found(engine), found(engine, bare=True)
    with whole(shop) as book:
        lived(book)
        closed(book, approved=True)
        yearend.book_adjustment(book, proposed(book).number, on=LATER)
        told = consolidation.joint_statements(book, [unit.number], *NEXT)
        own = statements.surplus_statement(book, *NEXT, beside=FIRST_YEAR)
        printed = Printed(by="budi", at=book.clock())
        paper = words_of(joint_pdf(book, told, printed, str, language="en"))
        assert own.restated
        rows = {one.row.code: one for one in told.rows("surplus")}
        assert rows["net_surplus"].then[0] == own.then("net_surplus")
        assert rows["net_surplus"].then[-1] == own.then("net_surplus")
    ((who, fix),) = told.restated
    assert (who.number, fix.year) == (shop.number, 2026)
    assert f"restated,{shop.number}.2026.1,Tagihan listrik" in joint_csv(told, str)
    assert "restated by corrections booked since" in paper
    assert joint((shop, unit), FIRST_YEAR).restating("en") == ""
