"""What auditors take away: an audit file, the ADS tables, a workbook that adds up."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
import zipfile
from collections import Counter
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from coopbook import exports, ledger
from coopbook.exports import ads, xlsx_export
from coopbook.ledger.rules import credit, debit
from coopbook.money import LARGEST, Money
from coopbook.people import approvals
from tests.conftest import as_, needed
from tests.coopbook.exports.saft_rules import CONTENT, NAMESPACE, faults
from tests.coopbook.importing.test_journals import balances, cards
from tests.coopbook.test_verification import live

MEMO = 'Beli "kertas" & <tinta>\x0b\ud7ff\ufffe ' + "panjang " * 60
SINCE = date(2026, 3, 1)


@pytest.fixture
def lived(coop):
    """A book with loans, deposits, a year-end, and entries that are awkward."""
    live(coop)
    with coop.open() as book:
        for memo in (MEMO, "=HYPERLINK(1)", "  ＝1+1", "   "):
            lines = [debit(11201, Money(7_919)), credit(22001, Money(7_919))]
            ledger.post(book, on=date(2027, 3, 1), memo=memo, lines=lines)
        lines = [debit(90001, Money(5)), credit(90099, Money(5))]
        entry = ledger.post(book, on=date(2027, 3, 2), memo="kotor", lines=lines)
        ledger.reverse(book, entry, on=date(2027, 3, 3), reason="keliru")
        paper = ledger.Paper("nota.pdf", "application/pdf", b"%PDF-1.4 nota")
        on, much = date(2027, 3, 4), Money(2_000_001)
        asked = ledger.post_voucher(
            book, "buy-asset", much, on=on, memo="Komputer", paper=paper
        )
        with as_(book, "budi"):
            approvals.approve(book, asked.number, digest=asked.digest)
    return coop


def saft(coop, folder, **words):
    with coop.read() as book:
        exports.export(book, "saft", folder, **words)
    return (folder / "saft.xml").read_bytes()


def text(node, name):
    found = node.find(NAMESPACE + name)
    return None if found is None else found.text


def every(root, name):
    return list(root.iter(NAMESPACE + name))


@pytest.mark.parametrize("words", [{}, {"names": False}, {"booked_from": SINCE}])
def test_an_audit_file_has_the_order_types_and_lengths_of_the_form(
    lived, tmp_path, words
):
    data = saft(lived, tmp_path / "out", **words)
    assert faults(data) == []
    root = ET.fromstring(data)
    assert (
        "not a file that the Indonesian tax office"
        in every(root, "HeaderComment")[0].text
    )
    named = "Siti Aminah" in "".join(
        text(one, "Name") for one in every(root, "Customer")
    )
    assert named is words.get("names", True)
    assert b"3201014101900001" not in data
    assert b"081234567890" not in data


def test_the_audit_file_is_the_book(lived, tmp_path):
    """Its accounts, customers and lines add up to what the book holds, card by card."""
    root = ET.fromstring(saft(lived, tmp_path / "out"))
    held, on_cards, count = Counter(), Counter(), 0
    for entry in every(root, "Transaction"):
        count += 1
        left = 0
        for line in entry.iter(NAMESPACE + "Line"):
            code, customer = text(line, "AccountID"), text(line, "CustomerID")
            side = line.find(NAMESPACE + "DebitAmount")
            sign = -1 if side is None else 1
            side = line.find(NAMESPACE + "CreditAmount") if side is None else side
            units = sign * int(text(side, "Amount").removesuffix(".00"))
            held[code] += units
            left += units
            if customer:
                of, card = customer.split("/")
                assert of == code
                on_cards[of, int(card)] += units
        assert left == 0
    total = every(root, "GeneralLedgerEntries")[0]
    assert int(text(total, "NumberOfEntries")) == count
    assert text(total, "TotalDebit") == text(total, "TotalCredit")
    with lived.read() as book:
        assert {code: units for code, units in held.items() if units} == balances(book)
        assert dict(on_cards) == cards(book)
        names = {row.code for row in ledger.accounts(book) if row.postable}
    customers = {text(one, "CustomerID") for one in every(root, "Customer")}
    assert {f"{code}/{card}" for code, card in on_cards} <= customers
    closing = {}
    for one in every(root, "Account"):
        for sign, side in ((1, "ClosingDebitBalance"), (-1, "ClosingCreditBalance")):
            if text(one, side):
                closing[text(one, "AccountID")] = sign * int(text(one, side)[:-3])
    assert set(closing) == names
    assert {code: u for code, u in closing.items() if u} == {
        code: units for code, units in held.items() if units
    }


def test_a_stretch_begins_with_what_was_there_before(lived, tmp_path):
    data = saft(lived, tmp_path / "out", booked_from=SINCE, as_of=date(2026, 3, 31))
    root = ET.fromstring(data)
    days = {text(one, "TransactionDate") for one in every(root, "Transaction")}
    assert min(days) >= "2026-03-01" and max(days) <= "2026-03-31"
    with lived.read() as book:
        before = ledger.trial_balance(book, date(2026, 2, 28))
    opening = {
        text(one, "AccountID"): text(one, "OpeningDebitBalance")
        or "-" + text(one, "OpeningCreditBalance")
        for one in every(root, "Account")
    }
    assert {code: u for code, u in opening.items() if u.strip("-0.")} == {
        row.code: f"{row.debit.units - row.credit.units}.00" for row in before
    }
    assert before


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (r"<Period>\d+</Period>\n", "", "Transaction has Period 0 times"),
        (r"(<Period>\d+</Period>\n)(<PeriodYear>\d+</PeriodYear>\n)", r"\2\1", "has"),
        (r"<Amount>\d+\.00", "<Amount>1250", "is not money"),
        (r"<GLPostingDate>[\d-]+", "<GLPostingDate>3/1/2026", "is not a date"),
        (r"<JournalID>GENERAL", "<JournalID>GENERAL-JOURNAL-2026", "characters"),
        (r"<RecordID>1</RecordID>\n", "", "Line has RecordID 0 times"),
        (r"<Type>GL</Type>", "<Type></Type>", "0 characters, at most 9"),
        (r"<Header>", "<Header><Colour>red</Colour>", "out of order"),
    ],
)
def test_the_checker_notices_a_file_that_is_not_so(coop, tmp_path, old, new, said):
    data = saft(coop, tmp_path / "out").decode()
    changed = re.sub(old, new, data)
    assert changed != data
    found = faults(changed.encode())
    assert found
    assert any(said in each for each in found)


def test_the_checker_knows_every_element_it_names():
    from tests.coopbook.exports.saft_rules import TYPES

    named = {
        name
        for children in CONTENT.values()
        for names, _ in children
        for name in names.split("|")
    }
    unused = {
        *("AuditFileRegion", "SourceDocuments", "AccountCreationDate"),
        *("ModificationDate", "SourceDocumentID", "CurrencyCode"),
    }
    assert named - set(CONTENT) - set(TYPES) == unused


def rows(folder, pattern):
    (file,) = folder.glob(pattern)
    return list(csv.DictReader(io.StringIO(file.read_text("utf-8"), newline="")))


def test_the_ads_tables_add_up_to_the_book(lived, tmp_path):
    with lived.read() as book:
        manifest = exports.export(book, "ads", tmp_path / "out")
        held = balances(book)
        types = {row.code: row.account_type for row in ledger.accounts(book)}
        entries = ledger.entries(book, limit=500).rows
    names = [file.name for file in manifest.files]
    assert names == [
        "GL_Detail_20260101_20270320.csv",
        "Trial_Balance_20260101_20270320.csv",
        "Chart_Of_Accounts_20260101_20270320.csv",
    ]
    assert exports.altered_files(tmp_path / "out") == []
    assert any("D for debit, C for credit" in note for note in manifest.notes)
    detail = rows(tmp_path / "out", "GL_Detail_*")
    assert tuple(detail[0]) == ads.DETAIL
    found, journals = Counter(), Counter()
    for row in detail:
        units = int(row["Amount"])
        assert 0 < units <= LARGEST
        sign = {"D": 1, "C": -1}[row["Amount_Credit_Debit_Indicator"]]
        found[row["GL_Account_Number"]] += sign * units
        journals[row["Journal_ID"]] += sign * units
        assert row["Amount_Currency"] == "IDR"
        day = date.fromisoformat(row["Effective_Date"])
        assert (int(row["Fiscal_Year"]), int(row["Period"])) == (day.year, day.month)
        assert re.fullmatch(r"\d\d:\d\d:\d\d", row["Entered_Time"])
    assert {code: units for code, units in found.items() if units} == held
    assert set(journals.values()) == {0}
    assert set(journals) == {entry.voucher for entry in entries}
    balances_ = {
        row["GL_Account_Number"]: int(row["Amount_Ending"])
        for row in rows(tmp_path / "out", "Trial_Balance_*")
    }
    assert balances_ == held
    chart = {r["GL_Account_Number"]: r for r in rows(tmp_path / "out", "Chart_*")}
    assert set(found) <= set(chart)
    for code, row in chart.items():
        assert row["Account_Type"] == ads.TYPES[types[code]]
    assert chart["11201"]["FS_Caption"] == "Bank and cash equivalents"


def test_the_ads_detail_says_who_approved_and_what_is_taken_back(lived, tmp_path):
    with lived.read() as book:
        exports.export(book, "ads", tmp_path / "out")
        entries = {one.voucher: one for one in ledger.entries(book, limit=500).rows}
        vouchers = {one.number: one.voucher for one in entries.values()}
    approved = 0
    for row in rows(tmp_path / "out", "GL_Detail_*"):
        entry = entries[row["Journal_ID"]]
        back = vouchers[entry.reverses] if entry.reverses else ""
        assert row["Reversal_Journal_ID"] == back
        assert row["Reversal_Indicator"] == ("Y" if back else "N")
        assert row["Approved_By"] == ("budi" if entry.approval else "")
        assert bool(row["Approved_Date"]) is bool(entry.approval)
        approved += entry.approval is not None
    assert approved == 2
    memos = {r["JE_Header_Description"] for r in rows(tmp_path / "out", "GL_Detail_*")}
    assert {"'=HYPERLINK(1)", "'  ＝1+1"} <= memos


def unworked(made):
    """Return a workbook whose formulas have no result yet, to be worked out."""
    out, formulas = io.BytesIO(), 0
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.startswith("xl/worksheets/"):
                content, count = re.subn(rb"(</f>)<v>[^<]*</v>", rb"\1", content)
                formulas += count
            new.writestr(name, content)
    assert formulas > 40
    return out.getvalue()


def worked_out(made, folder):
    """Let LibreOffice work every formula out, and return what it finds."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        needed("LibreOffice")
    file = folder / "unworked.xlsx"
    file.write_bytes(unworked(made))
    done = subprocess.run(
        [
            *(office, f"-env:UserInstallation=file://{folder}/profile"),
            *("--headless", "--convert-to", "ods", "--outdir", str(folder), str(file)),
        ],
        capture_output=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return CalamineWorkbook.from_path(folder / "unworked.ods")


@pytest.mark.parametrize("most", [xlsx_export.MOST_SUMMED, 10])
def test_the_workbook_adds_itself_up_to_the_book(lived, tmp_path, monkeypatch, most):
    """Sums by account where the journal is short, plain sums where it is long."""
    monkeypatch.setattr(xlsx_export, "MOST_SUMMED", most)
    with lived.read() as book:
        exports.export(book, "xlsx", tmp_path / "out")
        held, on_cards = balances(book), cards(book)
    made = (tmp_path / "out" / "book.xlsx").read_bytes()
    summed = b"SUMIFS" in zipfile.ZipFile(io.BytesIO(made)).read(
        "xl/worksheets/sheet3.xml"
    )
    assert summed is (most > 10)

    again = worked_out(made, tmp_path)

    assert again.sheet_names == ["Chart", "Journal", "Trial balance", "Cards"]
    table = again.get_sheet_by_name("Trial balance").to_python()
    found = {}
    for row in table[1:-1]:
        cells = dict(zip(table[0], row, strict=True))
        assert cells["difference"] == 0
        assert cells["opening"] + cells["debit"] - cells["credit"] == cells["balance"]
        found[cells["code"]] = int(cells["balance"])
    assert {code: units for code, units in found.items() if units} == held
    total = dict(zip(table[0], table[-1], strict=True))
    assert total["debit"] == total["credit"] > 0
    assert (total["balance"], total["in_the_book"], total["difference"]) == (0, 0, 0)
    told = again.get_sheet_by_name("Cards").to_python()
    named = [dict(zip(told[0], row, strict=True)) for row in told[1:]]
    balances_ = {(row["code"], int(row["card"])): int(row["balance"]) for row in named}
    assert {key: balances_[key] for key in on_cards} == on_cards
    journal = again.get_sheet_by_name("Journal").to_python()
    assert sum(row[9] for row in journal[1:]) == total["debit"]
    assert {"'=HYPERLINK(1)", "'  ＝1+1"} <= {row[3] for row in journal}


def test_the_same_book_makes_the_same_workbook(coop, tmp_path):
    with coop.read() as book:
        first = exports.export(book, "xlsx", tmp_path / "a").files[0]
        again = exports.export(book, "xlsx", tmp_path / "b").files[0]
    assert first.sha256 == again.sha256


def test_a_journal_longer_than_a_sheet_is_refused(coop, tmp_path, monkeypatch):
    monkeypatch.setattr(xlsx_export, "MOST_ROWS", 3)
    with coop.read() as book, pytest.raises(xlsx_export.TooManyLines) as no:
        exports.export(book, "xlsx", tmp_path / "out")
    assert str(no.value).startswith("The journal has 4 lines and a sheet holds 3.")


@pytest.mark.parametrize("form", ["ads", "saft", "xlsx"])
def test_a_folder_in_use_is_left_alone(coop, tmp_path, form):
    (tmp_path / "surat.txt").write_text("Bu Siti")
    with coop.read() as book, pytest.raises(exports.FolderInUse):
        exports.export(book, form, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["surat.txt"]
