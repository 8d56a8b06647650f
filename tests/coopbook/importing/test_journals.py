"""A book that leaves in any form comes back with the same balances, card by card."""

from __future__ import annotations

import io
import random
import zipfile
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from coopbook import exports, importing, ledger, members, savings
from coopbook.errors import Refused
from coopbook.exports import Format
from coopbook.importing.files import TooLarge
from coopbook.importing.journals import packed, recognized
from coopbook.importing.journals.folders import NoJournalInside
from coopbook.importing.journals.saft import NotWhole
from coopbook.importing.queries import preview
from coopbook.importing.rules import RulesBroken
from coopbook.ledger.accounts import CardTaken
from coopbook.ledger.model import Line
from coopbook.ledger.rules import AccountType, Draft
from coopbook.money import Money
from coopbook.verification import verify
from tests.conftest import FIRST_DAY, TODAY, VAULT, found
from tests.coopbook.statements.test_statements import random_entry
from tests.coopbook.test_verification import live

END = date(2030, 12, 31)
FORMS = tuple(Format)


def balances(book):
    """Return what every account holds, by its printed code, added up from lines."""
    codes = {row.number: row.code for row in ledger.accounts(book)}
    held = {}
    for account, _card, units in moved(book):
        held[codes[account]] = held.get(codes[account], 0) + units
    return {code: units for code, units in held.items() if units}


def cards(book):
    """Return what every card of a control account holds."""
    codes = {row.number: row.code for row in ledger.accounts(book) if row.control}
    held = {}
    for account, card, units in moved(book):
        if account in codes:
            key = codes[account], card
            held[key] = held.get(key, 0) + units
    return held


def moved(book):
    rows = book.session.execute(
        select(Line.account_number, Line.card_number, Line.debit, Line.credit).where(
            Line.cooperative_id == book.cooperative_id
        )
    )
    return [(one, card, left.units - right.units) for one, card, left, right in rows]


def told(book):
    """Return our own trial balance, by printed code."""
    return {
        row.code: row.debit.units - row.credit.units
        for row in ledger.trial_balance(book, END)
    }


def leave(coop, form, folder):
    with coop.read() as book:
        exports.export(book, form, folder)
        return balances(book), cards(book)


@pytest.mark.parametrize("form", FORMS)
def test_a_book_that_lived_comes_back_with_every_card(coop, engine, tmp_path, form):
    live(coop)
    with coop.open() as book:
        own = ledger.add_account(
            *(book, "5-201"),
            name_id="Beban ronda",
            name_en="Night watch",
            account_type=AccountType.EXPENSE,
        )
        ledger.recode(book, 11201, "1-201")
        ledger.recode(book, 31001, "3-1")
        lines = [ledger.debit(own.number, Money(7)), ledger.credit(11102, Money(7))]
        ledger.post(book, on=date(2027, 4, 2), memo="=1+1; ronda", lines=lines)
    there, on_cards = leave(coop, form, tmp_path / "out")
    assert len(on_cards) > 5
    assert there["5-201"] == 7
    recoded = {"1-201": "11201", "3-1": "31001"}
    there = {recoded.get(code, code): units for code, units in there.items()}
    on_cards = {(recoded.get(c, c), n): units for (c, n), units in on_cards.items()}

    new = found(engine, bare=True)
    with new.open() as book:
        batch = importing.bring_in(book, "journal", packed(tmp_path / "out"))
        posted = batch.rows_posted

    with new.read() as book:
        assert balances(book) == told(book) == there
        assert cards(book) == on_cards
        memos = {entry.memo for entry in ledger.entries(book, limit=500).rows}
        assert any(memo.startswith("=1+1") and "ronda" in memo for memo in memos)
    with coop.read() as book:
        vouchers = {entry.voucher for entry in ledger.entries(book, limit=500).rows}
    assert posted == len(vouchers)
    assert {memo.rpartition("(")[2].rstrip(")") for memo in memos} == vouchers
    checks = verify(engine=engine, vault=VAULT, cooperative_id=new.number)
    assert [check for check in checks if not check.in_order] == []


@pytest.mark.parametrize("form", FORMS)
@settings(
    max_examples=4,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 2**32))
def test_any_book_comes_back_with_its_trial_balance(engine, tmp_path, form, seed):
    chance = random.Random(seed)
    old = found(engine, bare=True)
    with old.open() as book:
        for _ in range(chance.randint(1, 25)):
            on = FIRST_DAY + timedelta(days=chance.randint(0, 500))
            entry = random_entry(book, chance, on)
            if chance.random() < 0.2:
                back = [
                    Draft(one.account_number, one.credit, one.debit)
                    for one in entry.lines
                ]
                memo = 'salah; "sekali" (BM-1)'
                ledger.post(book, on=on, memo=memo, lines=back, floors=False)
    folder = tmp_path / f"{form}-{old.number}"
    there, on_cards = leave(old, form, folder)
    new = found(engine, bare=True)

    with new.open() as book:
        importing.bring_in(book, "journal", packed(folder))

    with new.read() as book:
        assert balances(book) == told(book) == there
        assert cards(book) == on_cards
    with old.read() as book:
        assert told(book) == there


NAMES = {
    "csv": "journal.csv",
    "ads": "GL_Detail_*.csv",
    "saft": "saft.xml",
    "xlsx": "book.xlsx",
    "beancount": "ledger.beancount",
    "hledger": "ledger.journal",
    "ledger": "ledger.journal",
}


@pytest.mark.parametrize("form", FORMS)
def test_the_journal_alone_is_enough_and_is_known_in_every_form(
    coop, engine, tmp_path, form
):
    """One file comes in; the same journal in another form adds nothing."""
    with coop.open() as book:
        random_entry(book, random.Random(7), FIRST_DAY)
    there, on_cards = leave(coop, form, tmp_path / "out")
    leave(coop, "csv", tmp_path / "again")
    (file,) = (tmp_path / "out").glob(NAMES[form])
    new = found(engine, bare=True)

    with new.open() as book:
        batch = importing.bring_in(book, "journal", file.read_bytes())
        assert batch.rows_posted == 3
        assert balances(book) == there
        assert cards(book) == on_cards
        assert importing.bring_in(book, "journal", packed(tmp_path / "again")) is None


def test_a_journal_that_came_back_is_taken_back_as_one(coop, engine, tmp_path):
    leave(coop, "saft", tmp_path / "out")
    data = packed(tmp_path / "out")
    new = found(engine, bare=True)
    with new.open() as book:
        first = importing.bring_in(book, "journal", data)
        importing.take_back(book, first.number, reason="buku yang salah")
        assert balances(book) == {}
        again = importing.bring_in(book, "journal", data)
        assert again.rows_posted == first.rows_posted
        assert cards(book) == {("21101", 2): -100_000, ("31001", 1): -100_000}


def test_a_book_with_members_takes_nobody_for_another(coop, engine, tmp_path):
    """The cards of another book wait in suspense, and only if somebody accepts it."""
    leave(coop, "csv", tmp_path / "out")
    data = packed(tmp_path / "out")
    new = found(engine, bare=True)
    with new.open() as book:
        members.admit(book, "Bu Darmi", on=FIRST_DAY)
        looked = preview(book, "journal", data)
        said = [str(problem) for problem in looked.breaks]
        assert said == [
            f"Line {row}: account {code} is kept by cards, and this book does not know "
            "those of the file (lines: 1). Bring the journal into a new book; else "
            "they wait in suspense if you accept it."
            for row, code in ((2, 31001), (4, 21101))
        ]
        with pytest.raises(RulesBroken):
            importing.post_import(book, looked)
        importing.post_import(book, looked, accept="the board wants to see it")
        assert balances(book) == {"11102": 200_000, "21901": -200_000}
        assert cards(book) == {}


def test_an_export_that_was_changed_is_refused(coop, engine, tmp_path):
    leave(coop, "csv", tmp_path / "out")
    file = tmp_path / "out" / "journal.csv"
    file.write_bytes(file.read_bytes().replace(b"100000", b"100001"))
    with (
        found(engine, bare=True).open() as book,
        pytest.raises(importing.Altered) as no,
    ):
        preview(book, "journal", packed(tmp_path / "out"))
    assert str(no.value).startswith("journal.csv is not as it was exported")


def test_names_of_cards_come_back_where_the_form_has_them(coop, engine, tmp_path):
    for form, names in (("saft", True), ("xlsx", True), ("csv", True), ("saft", False)):
        folder = tmp_path / f"{form}-{names}"
        with coop.read() as book:
            exports.export(book, form, folder, names=names)
        new = found(engine, bare=True)
        with new.open() as book:
            importing.bring_in(book, "journal", packed(folder))
            (card,) = ledger.cards(book, 21101)
            named = form != "csv" and names
            assert ("Siti Aminah" in card.name) is named
            assert card.name


def test_a_card_that_came_with_a_journal_is_nobodys(coop, engine, tmp_path):
    leave(coop, "csv", tmp_path / "out")
    new = found(engine, bare=True)
    with new.open() as book:
        importing.bring_in(book, "journal", packed(tmp_path / "out"))
        darmi = members.admit(book, "Bu Darmi", on=FIRST_DAY)
        with pytest.raises(CardTaken) as no:
            savings.open_account(book, darmi, savings.product(book, "principal"))
    assert "came with a journal" in str(no.value)


HOSTILE = b"""<?xml version="1.0"?>
<!DOCTYPE AuditFile [<!ENTITY a "aaaaaaaaaa">]>
<AuditFile><Header><Company><Name>&a;</Name></Company></Header></AuditFile>
"""


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (HOSTILE, 2),
        (b"<AuditFile>\n<Header>", 2),
        (b"<AuditFile>" + b"<a>" * 60 + b"</a>" * 60 + b"</AuditFile>", 1),
    ],
)
def test_an_audit_file_that_is_damaged_or_hostile_is_refused(data, line):
    with pytest.raises(NotWhole) as no:
        recognized(data)
    assert str(no.value).startswith(f"Line {line}: this audit file is damaged")


def test_a_folder_that_unfolds_too_far_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("journal.csv", b"0" * 30_000_000)
    with pytest.raises(TooLarge):
        recognized(out.getvalue())
    with pytest.raises(NoJournalInside):
        recognized(b"PK\x05\x06" + b"\0" * 18)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("<Amount>100000.00", "<Amount>100000.50", "100000.50 has a fraction"),
        ("<Amount>100000.00", "<Amount>1e5x", "“1e5x” is not an amount"),
        (">IDR<", ">NOK<", "this amount is in NOK"),
        ("<GLPostingDate>2026-01-01", "<GLPostingDate>1 Jan", "“1 Jan” is not a date"),
        ("<DebitAmount><Amount>100000", "<DebitAmount><Amount>9", "differ by -99991"),
    ],
)
def test_an_audit_file_is_refused_where_it_cannot_be_posted(
    coop, engine, tmp_path, old, new, said
):
    leave(coop, "saft", tmp_path / "out")
    text = (tmp_path / "out" / "saft.xml").read_text("utf-8")
    assert old in text
    with found(engine, bare=True).open() as book:
        looked = preview(book, "journal", text.replace(old, new).encode())
        assert any(said in str(problem) for problem in looked.not_understood)
        with pytest.raises(Refused):
            importing.post_import(book, looked, accept="anyway")
        assert balances(book) == {}


def test_balances_that_no_entry_explains_have_to_be_accepted(coop, engine, tmp_path):
    with coop.read() as book:
        exports.export(book, "saft", tmp_path / "out", booked_from=TODAY)
    with found(engine, bare=True).open() as book:
        looked = preview(book, "journal", packed(tmp_path / "out"))
        (only,) = [str(problem) for problem in looked.breaks]
        assert "account 11102 begins with a balance" in only


ADS = (
    "Journal_ID,Effective_Date,GL_Account_Number,Amount,"
    "Amount_Credit_Debit_Indicator,Amount_Currency\r\n"
    "J1,2026-01-05,1-100,500.00,S,IDR\r\nJ1,2026-01-05,4-100,500.00,H,IDR\r\n"
)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (",H,", ",X,", "Line 3: “X” says neither debit nor credit."),
        ("500.00,H,IDR", "500.00,H,EUR", "Line 3: this amount is in EUR"),
        ("500.00,H", "500.25,H", "Line 3: 500.25 has a fraction of a rupiah."),
    ],
)
def test_tables_of_other_programs_are_read_and_refused_by_line(engine, old, new, said):
    with found(engine, bare=True).open() as book:
        importing.bring_in(book, "journal", ADS.encode())
        assert balances(book) == {"1-100": 500, "4-100": -500}
        looked = preview(book, "journal", ADS.replace(old, new).encode())
        (only,) = [str(problem) for problem in looked.not_understood]
        assert only.startswith(said)


def test_an_account_of_no_known_kind_waits_if_somebody_accepts_it(engine):
    with found(engine, bare=True).open() as book:
        looked = preview(book, "journal", ADS.replace("1-100", "X-100").encode())
        (only,) = [str(problem) for problem in looked.breaks]
        assert only.startswith("Line 2: account X-100  is not in the book and nothing")
        importing.post_import(book, looked, accept="asked the other program")
        assert balances(book) == {"11903": 500, "4-100": -500}
