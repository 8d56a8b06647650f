"""The book as a Standard Audit File for Tax, in XML, written entry by entry.

A customer is a card: a member's savings, a loan.  Of a person there is a number and
a name, and without names the number alone.  It is a form auditors' programs read; the
Indonesian tax office asks for another.

Source: OECD, Guidance for the Standard Audit File - Tax, version 2.0 (2010).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from importlib.metadata import version
from xml.sax.saxutils import escape

from sqlalchemy import func, select

from coopbook.book import Book
from coopbook.cooperatives.model import Cooperative
from coopbook.cooperatives.queries import cooperative, today
from coopbook.dates import day_before
from coopbook.db.types import total
from coopbook.exports.folder import Folder, Totals, in_bytes
from coopbook.exports.rows import AT_ONCE, JournalLine, by_entry, journal_lines
from coopbook.ledger.model import Account, Card, Entry, Line
from coopbook.ledger.queries import accounts, trial_balance

NAMESPACE = "urn:OECD:StandardAuditFile-Taxation/2.00"
CURRENCY = "IDR"
CODE, SHORT, MIDDLE, LONGER, LONG = 9, 18, 35, 70, 256
"""How many characters the text types of the standard hold."""
COMMENT = (
    "General ledger of a savings-and-loan cooperative for its auditors. "
    "This is not a file that the Indonesian tax office asks for. "
    "A customer is a card of a control account."
)
NOT_USED = "NotUsed"
"""What the standard writes where a name is required and there is none to give."""


def add_saft(folder: Folder, *, names: bool = True) -> None:
    """Write the book of the folder's days as ``saft.xml``."""
    totals = Totals()
    folder.add("saft.xml", in_bytes(saft(folder, totals, names=names)), totals)
    folder.notes += [COMMENT, "Amounts are rupiah with two decimals, as the form asks."]
    if not names:
        folder.notes.append("Names of cards are left out; memos are as they were.")


def saft(folder: Folder, totals: Totals, *, names: bool = True) -> Iterator[str]:
    """Write the file, one part at a time; ``totals`` counts its lines."""
    book = folder.book
    of = cooperative(book)
    first, last = folder.booked_from or of.first_day, folder.as_of or of.first_day
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<AuditFile xmlns="{NAMESPACE}">\n'
    yield from _header(book, of, first, last)
    yield "<MasterFiles>\n<GeneralLedgerAccounts>\n"
    yield from _accounts(book, first, last)
    yield "</GeneralLedgerAccounts>\n"
    yield from _customers(book, names=names)
    yield "</MasterFiles>\n<GeneralLedgerEntries>\n"
    yield from _summed(book, first, last)
    lines = totals.counting(journal_lines(book, booked_from=first, booked_to=last))
    yield from _journal(lines)
    yield "</GeneralLedgerEntries>\n</AuditFile>\n"


def _header(book: Book, of: Cooperative, first: date, last: date) -> Iterator[str]:
    yield "<Header>\n"
    yield _text("AuditFileVersion", "2.00", CODE)
    yield _text("AuditFileCountry", "ID", CODE)
    yield _text("AuditFileDateCreated", today(book).isoformat(), SHORT)
    yield _text("SoftwareCompanyName", "coopbook", LONG)
    yield _text("SoftwareID", "coopbook", LONG)
    yield _text("SoftwareVersion", version("coopbook"), SHORT)
    yield "<Company>\n"
    yield _text("RegistrationNumber", str(of.id), MIDDLE)
    yield _text("Name", of.name, LONG)
    yield "<Address><Country>ID</Country></Address>\n<Contact><ContactPerson>\n"
    yield _text("FirstName", NOT_USED, MIDDLE)
    yield _text("LastName", NOT_USED, LONGER)
    yield "</ContactPerson></Contact>\n</Company>\n"
    yield _text("DefaultCurrencyCode", CURRENCY, CODE)
    yield "<SelectionCriteria>\n"
    yield _text("SelectionStartDate", first.isoformat(), SHORT)
    yield _text("SelectionEndDate", last.isoformat(), SHORT)
    yield "</SelectionCriteria>\n"
    yield _text("HeaderComment", COMMENT, LONG)
    yield _text("TaxAccountingBasis", "A", SHORT)
    yield "</Header>\n"


def _accounts(book: Book, first: date, last: date) -> Iterator[str]:
    before, after = _signed(book, day_before(first)), _signed(book, last)
    for row in accounts(book):
        if row.postable:
            yield "<Account>\n"
            yield _text("AccountID", row.code, LONGER)
            yield _text("AccountDescription", row.name_en, LONG)
            yield _text("GroupingCategory", row.account_type.value, MIDDLE)
            yield _text("GroupingCode", str(row.number), SHORT)
            yield _text("AccountType", "GL", SHORT)
            yield _balance("Opening", before.get(row.number, 0))
            yield _balance("Closing", after.get(row.number, 0))
            yield "</Account>\n"


def _balance(at: str, units: int) -> str:
    side = "Debit" if units >= 0 else "Credit"
    return f"<{at}{side}Balance>{abs(units)}.00</{at}{side}Balance>\n"


def _signed(book: Book, on: date) -> dict[int, int]:
    return {
        row.account_number: row.debit.units - row.credit.units
        for row in trial_balance(book, on)
    }


def _customers(book: Book, *, names: bool) -> Iterator[str]:
    """Return the cards of control accounts; a book without any has no customers."""
    rows = (
        select(Account.code, Card.number, Card.name)
        .join(
            Account,
            (Account.cooperative_id == Card.cooperative_id)
            & (Account.number == Card.account_number),
        )
        .where(Card.cooperative_id == book.cooperative_id)
        .where(Account.control)
        .order_by(Card.account_number, Card.number)
    )
    any_ = False
    for code, number, name in book.session.execute(
        rows.execution_options(yield_per=AT_ONCE)
    ):
        yield "" if any_ else "<Customers>\n"
        any_ = True
        said = customer(code, number)
        yield "<Customer>\n"
        yield _text("Name", name if names else said, LONG)
        yield "<Address><Country>ID</Country></Address>\n"
        yield _text("CustomerID", said, MIDDLE)
        yield "</Customer>\n"
    if any_:
        yield "</Customers>\n"


def customer(code: str, card: int) -> str:
    """Return what a card is called: its account's printed code and its number.

    >>> customer("21101", 12)
    '21101/12'
    """
    return f"{code}/{card}"


def _summed(book: Book, first: date, last: date) -> Iterator[str]:
    """Return how many entries follow and what they add up to."""
    count = book.session.scalar(
        select(func.count())
        .select_from(Entry)
        .where(Entry.cooperative_id == book.cooperative_id)
        .where(Entry.booked_on.between(first, last))
    )
    left, right = book.session.execute(
        select(total(Line.debit), total(Line.credit))
        .where(Line.cooperative_id == book.cooperative_id)
        .where(Line.booked_on.between(first, last))
    ).one()
    yield f"<NumberOfEntries>{int(count or 0)}</NumberOfEntries>\n"
    yield f"<TotalDebit>{left.units}.00</TotalDebit>\n"
    yield f"<TotalCredit>{right.units}.00</TotalCredit>\n"


def _journal(lines: Iterable[JournalLine]) -> Iterator[str]:
    """Return the one journal, if anything is in it."""
    began = False
    for entry in by_entry(iter(lines)):
        if not began:
            yield "<Journal>\n"
            yield _text("JournalID", "GENERAL", SHORT)
            yield _text("Description", "General journal", LONG)
            yield _text("Type", "GL", CODE)
        began = True
        yield from _transaction(entry)
    if began:
        yield "</Journal>\n"


def _transaction(lines: list[JournalLine]) -> Iterator[str]:
    one = lines[0]
    day = one.booked_on.isoformat()
    yield "<Transaction>\n"
    yield _text("TransactionID", one.voucher, LONGER)
    yield f"<Period>{one.booked_on.month}</Period>\n"
    yield f"<PeriodYear>{one.booked_on.year}</PeriodYear>\n"
    yield _text("TransactionDate", day, SHORT)
    yield _text("SourceID", one.actor, MIDDLE)
    yield _text("Description", one.memo, LONG)
    yield _text("BatchID", str(one.entry), MIDDLE)
    yield _text("SystemEntryDate", one.recorded_at[:10], SHORT)
    yield _text("GLPostingDate", day, SHORT)
    for line in lines:
        yield "<Line>\n"
        yield _text("RecordID", str(line.line), SHORT)
        yield _text("AccountID", line.code, LONGER)
        yield _text("ValueDate", day, SHORT)
        if line.card:
            yield _text("CustomerID", customer(line.code, line.card), MIDDLE)
        yield _text("Description", line.memo, LONG)
        side = "DebitAmount" if line.debit else "CreditAmount"
        amount = line.debit or line.credit
        yield f"<{side}><Amount>{amount}.00</Amount></{side}>\n</Line>\n"
    yield "</Transaction>\n"


def _text(name: str, words: str, longest: int) -> str:
    """Return an element of text, as long as its type allows and never empty."""
    said = " ".join("".join(c if _written(c) else " " for c in words).split())
    return f"<{name}>{escape(said[:longest].rstrip() or '-')}</{name}>\n"


def _written(character: str) -> bool:
    """Say whether a character may stand in XML and is seen on paper."""
    return character.isprintable() and character not in "\ufffe\uffff"
