"""A whole journal comes back: which accounts and cards it needs, and its entries.

Cards come with their numbers only into a book without members, where nobody's card
can be mistaken for another's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from coopbook.book import Book
from coopbook.errors import Refused
from coopbook.i18n import N_
from coopbook.importing.journals import JournalEntry, SourceAccount, SourceLine
from coopbook.importing.judging import Judged
from coopbook.importing.understood import Problem
from coopbook.ledger import chart
from coopbook.ledger.accounts import add_account, open_card
from coopbook.ledger.bulk import EntryDraft
from coopbook.ledger.model import Account, Card, Entry
from coopbook.ledger.rules import AccountType, Draft, VoucherKind
from coopbook.members.model import Member
from coopbook.money import ZERO, Money

SOURCES = ("import.journal", "import.journal.reversal")
FIRST_ADDED = 100_000
"""Numbers from here were given out by one book; they mean nothing in another."""
FIGURES = {
    AccountType.ASSET: "1",
    AccountType.LIABILITY: "2",
    AccountType.EQUITY: "3",
    AccountType.REVENUE: "4",
    AccountType.EXPENSE: "5",
    AccountType.MEMO: "9",
}
LONGEST_CODE, LONGEST_MEMO = 20, 300


@dataclass(eq=False)
class AccountAdded(Refused):
    """The journal has an account the book does not have."""

    sentence = N_("Account %(account)s %(name)s is not in the book and will be added.")

    account: str
    name: str


@dataclass(eq=False)
class CardsAdded(Refused):
    """The journal has cards the book does not have."""

    sentence = N_("%(count)s cards of members and loans will be opened as they were.")

    count: int


@dataclass(eq=False)
class KindNotTold(Refused):
    """An account is not in the book, and nothing says of which kind it is."""

    sentence = N_(
        "Line %(row)s: account %(account)s %(name)s is not in the book and nothing "
        "says its kind. Add it first; else its lines wait in suspense if you accept it."
    )

    row: int
    account: str
    name: str


@dataclass(eq=False)
class CardNotHere(Refused):
    """Lines are on cards that cannot be told from those of this book."""

    sentence = N_(
        "Line %(row)s: account %(account)s is kept by cards, and this book does not "
        "know those of the file (lines: %(count)s). Bring the journal into a new book; "
        "else they wait in suspense if you accept it."
    )

    row: int
    count: int
    account: str


@dataclass(slots=True)
class Found:
    """What of a journal's accounts and cards the book has, and what it lacks."""

    numbers: dict[SourceAccount, int] = field(default_factory=dict)
    added: dict[SourceAccount, str] = field(default_factory=dict)
    """The accounts to be added, each with its code."""
    control: frozenset[int] = frozenset()
    cards: dict[tuple[int, int], str] = field(default_factory=dict)
    """The cards to be opened, each with its name."""
    unknown: dict[SourceAccount, int] = field(default_factory=dict)
    waiting: dict[SourceAccount, list[int]] = field(default_factory=dict)
    open: bool = False
    """Whether the book has nobody's cards, so that the journal's may be opened."""

    def waits(self, line: SourceLine, number: int) -> bool:
        """Say whether a line has to wait, because its card is not known here."""
        return number in self.control and not (line.card and self.open)


def judge_returned(book: Book, rows: Sequence[JournalEntry]) -> Judged:
    """Judge the entries of a journal: what is added, what has to wait in suspense."""
    found = _find(book, rows)
    breaks = [
        Problem(row, KindNotTold(row, said(one), one.name_id))
        for one, row in found.unknown.items()
    ]
    breaks += [
        Problem(lines[0], CardNotHere(lines[0], len(lines), said(one)))
        for one, lines in found.waiting.items()
    ]
    notes = [
        Problem(0, AccountAdded(code, one.name_id)) for one, code in found.added.items()
    ]
    if found.cards:
        notes.append(Problem(0, CardsAdded(len(found.cards))))
    return Judged(tuple(rows), breaks=tuple(breaks), notes=tuple(notes))


def said(account: SourceAccount) -> str:
    """Return what an account is called: its code, its number or its name."""
    return account.code or str(account.number or account.name_en)


def returned_drafts(book: Book, rows: Sequence[JournalEntry]) -> list[EntryDraft]:
    """Add the accounts and open the cards that are lacking; return the entries.

    Raises what ``ledger.add_account`` raises.
    """
    found = _find(book, rows)
    for one, code in found.added.items():
        assert one.account_type is not None, "what has no kind waits in suspense"
        added = add_account(
            book,
            code,
            name_id=one.name_id or code,
            name_en=one.name_en or one.name_id or code,
            account_type=one.account_type,
        )
        found.numbers[one] = added.number
    for (account, card), name in found.cards.items():
        open_card(book, account, card, name=name, floor=None)
    book.session.flush()
    return [_draft(row, found) for row in rows]


def _draft(row: JournalEntry, found: Found) -> EntryDraft:
    kinds = {kind.value: kind for kind in VoucherKind}
    beside = f"({row.reference})" if row.reference else ""
    memo = f"{row.memo[:LONGEST_MEMO]} {beside}".strip() or "Jurnal"
    lines = tuple(_line(line, found) for line in row.lines)
    return EntryDraft(row.on, memo, lines, kinds.get(row.kind, VoucherKind.BM))


def _line(line: SourceLine, found: Found) -> Draft:
    debit, credit = Money(max(line.units, 0)), Money(max(-line.units, 0))
    number = found.numbers.get(line.account)
    if number is None or found.waits(line, number):
        number = chart.SUSPENSE_DEBIT if debit > ZERO else chart.SUSPENSE_CREDIT
    card = line.card if number in found.control else 0
    more = (line.unit, line.fund, line.pillar, line.term_of_office)
    return Draft(number, debit, credit, card, None, *more)


def _find(book: Book, rows: Sequence[JournalEntry]) -> Found:
    """Match the accounts by code, else by number; find the cards that are lacking."""
    accounts = {
        row.code: row
        for row in book.session.scalars(
            select(Account).where(Account.cooperative_id == book.cooperative_id)
        )
    }
    by_number = {row.number: row for row in accounts.values() if row.postable}
    found = Found(
        control=frozenset(row.number for row in by_number.values() if row.control),
        open=_is_empty(book),
    )
    taken = set(accounts)
    held = _cards(book)
    for row in rows:
        for line in row.lines:
            one = line.account
            if one not in found.numbers and one not in found.added:
                _match(one, row.row, accounts, by_number, taken, found)
            number = found.numbers.get(one)
            if number is None or number not in found.control:
                continue
            if found.waits(line, number):
                found.waiting.setdefault(one, []).append(row.row)
            elif (number, line.card) not in held:
                name = line.card_name or f"{by_number[number].name_id} {line.card:04d}"
                found.cards.setdefault((number, line.card), name)
    return found


def _match(
    one: SourceAccount,
    row: int,
    accounts: Mapping[str, Account],
    by_number: Mapping[int, Account],
    taken: set[str],
    found: Found,
) -> None:
    """Find an account in the book, or a code for it; keep it where its kind is told."""
    same = accounts.get(one.code)
    if same is None or not same.postable:
        standard = one.number is not None and one.number < FIRST_ADDED
        same = by_number.get(one.number or 0) if standard else None
    if same is not None:
        found.numbers[one] = same.number
    elif one.account_type is None:
        found.unknown.setdefault(one, row)
    else:
        code = next(each for each in _codes(one) if each not in taken)
        taken.add(code)
        found.added[one] = code


def _codes(one: SourceAccount) -> Iterator[str]:
    """Return codes an account may have, its own first."""
    tidy = one.code.strip()
    if 0 < len(tidy) <= LONGEST_CODE and all(c.isalnum() or c in ".-" for c in tidy):
        yield tidy
    if one.number is not None:
        yield str(one.number)
    assert one.account_type is not None, "its first figure says the kind"
    for place in range(1, 10**6):
        yield f"{FIGURES[one.account_type]}-{place:03d}"


def _cards(book: Book) -> set[tuple[int, int]]:
    rows = book.session.execute(
        select(Card.account_number, Card.number).where(
            Card.cooperative_id == book.cooperative_id
        )
    )
    return {(account, number) for account, number in rows}


def _is_empty(book: Book) -> bool:
    """Say whether the book holds nothing but journals that were brought in.

    Those and what takes them back do not count: a journal may come in parts.
    """
    owner = book.cooperative_id
    entry = (
        select(Entry.number)
        .where(Entry.cooperative_id == owner)
        .where(Entry.source.not_in(SOURCES))
    )
    member = select(Member.number).where(Member.cooperative_id == owner)
    asked = (entry.limit(1), member.limit(1))
    return all(book.session.scalar(each) is None for each in asked)
