"""Every kind has a workbook to fill in, and what is filled in is understood."""

import io
from datetime import date

import pytest
import python_calamine

from coopbook.i18n import say
from coopbook.importing import KIND_NAMES, Kind
from coopbook.importing.answers import Answers
from coopbook.importing.files import read
from coopbook.importing.kinds.facts import NO_BOOK
from coopbook.importing.kinds.registry import UNDERSTAND
from coopbook.importing.sheets.shapes import Reads
from coopbook.importing.templates import columns_of, template

from .conftest import workbook

ON = Answers(on=date(2026, 1, 31), said={"pot": "voluntary", "way": "in"})
WORDS = {
    "pot": "wajib", "way": "setor", "term": "12", "nth": "1", "remaining": "5",
    "rate": "1,5", "status": "lunas", "type": "aset", "side": "D", "code": "1101",
    "ended_by": "Meninggal dunia",
    "currency": "IDR", "name": "Siti", "member": "A-1", "account_name": "Kas",
}  # fmt: skip
ONCE = {"loan_out", "taken_out", "cash_credit", "credit", "memorial_credit"}


def filled(kind):
    """Return a workbook with the headings of a template and one row."""
    row = []
    for column in columns_of(kind):
        if column.reads is Reads.DAY:
            row.append(date(2026, 1, 31))
        elif column.reads is Reads.AMOUNT:
            row.append("" if column.key in ONCE else 0)
        else:
            row.append(WORDS.get(column.key, "x"))
    keys = [column.key for column in columns_of(kind)]
    for key in (
        "amount",
        "cash_debit",
        "debit",
        "mandatory",
        "outstanding",
        "principal",
    ):
        if key in keys:
            row[keys.index(key)] = 5_000
            break
    if "balance" in keys:
        row[keys.index("balance")] = 5_000
    if "principal" in keys and kind == "loans":
        row[keys.index("principal")] = 9_000
    if "loan_principal" in keys and kind == "loan-movements":
        row[keys.index("loan_principal")] = 5_000
    for key in ("total", "savings"):
        if key in keys:
            row[keys.index(key)] = 5_000
    head = [column.known[0] for column in columns_of(kind)]
    above = [("Nama", ": Siti"), ("No Anggota", ": A-1"), ()] if kind == "cards" else []
    return workbook(*above, head, row)


@pytest.mark.parametrize("kind", list(Kind))
def test_a_template_that_is_filled_in_is_understood(kind):
    found = UNDERSTAND[kind](read(filled(kind)), ON, NO_BOOK)
    assert found.not_understood == ()
    assert len(found.movements) == 1
    columns = {column.key for column in found.proposal.columns}
    assert columns == {column.key for column in columns_of(kind)}


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("kind", list(Kind))
def test_a_template_is_empty_and_says_what_it_is(kind, language):
    data = template(kind, language)
    book = python_calamine.load_workbook(io.BytesIO(data))
    rows = book.get_sheet_by_name("Data").to_python()
    head = [cell for cell in rows[-1] if cell]
    assert head == [column.known[0] for column in columns_of(kind)]
    about = book.get_sheet_by_name("Petunjuk").to_python()
    assert about[0][0] == say(KIND_NAMES[kind], language)


def test_numbers_that_are_no_amounts_are_text_in_a_template():
    import zipfile

    with zipfile.ZipFile(io.BytesIO(template("members", "id"))) as parts:
        assert 'formatCode="@"' in parts.read("xl/styles.xml").decode()
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    keys = [column.key for column in columns_of("members")]
    style = sheet.split('<col min="1"')[1].split('style="')[1].split('"')[0]
    cut = [part.split('"') for part in sheet.split("<col ")[1:]]
    for key in ("member", "national_id", "phone"):
        at = keys.index(key) + 1
        (own,) = [part for part in cut if int(part[1]) <= at <= int(part[3])]
        assert own[own.index(" style=") + 1] == style
