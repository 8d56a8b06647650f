"""Match lines of the bank with lines of the book; post what the book lacks."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select

from coopbook.bankstatements import refusals
from coopbook.bankstatements.matching import Item, Key, Proposal, proposals
from coopbook.bankstatements.model import (
    BankMatch,
    How,
    MatchedBankLine,
    MatchedBookLine,
    UndoneMatch,
)
from coopbook.bankstatements.queries import (
    bank_account,
    bank_line,
    began,
    free_bank_lines,
    free_book_lines,
    match_of,
    statement,
)
from coopbook.bankstatements.reconciling import looked_at_from
from coopbook.bankstatements.words import lines_of
from coopbook.book import Book
from coopbook.ledger.model import Entry, Line
from coopbook.ledger.rules import check_reason
from coopbook.ledger.vouchers import post_journal
from coopbook.money import ZERO, Money
from coopbook.people import Approval


def proposed(book: Book, account: int) -> list[Proposal]:
    """Return what belongs together of an account, the surest first.

    Lines older than the first statement are looked at as long as it is not known what
    was outstanding then.
    """
    bank_account(book, account)
    since = looked_at_from(book, account)
    if since is None:
        return []
    bank = [
        Item(row.day, (row.statement_number, row.number), row.amount)
        for row in free_bank_lines(book, account)
        if row.amount
    ]
    ours = free_book_lines(book, account, since=since)
    return proposals(bank, [line.item() for line in ours])


def seal_of(found: Sequence[Proposal]) -> str:
    """Return a short digest of proposals, by which one accepts just these."""
    told = ";".join(f"{one.bank}:{one.book}" for one in found)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def accept(
    book: Book, account: int, seal: str, *, on: date, only: Sequence[int] | None = None
) -> int:
    """Accept proposals that ``seal`` was made of; return how many.

    ``only`` are places in the list, from 0; without it every sure one is accepted.
    Raises ``ProposalsChanged`` and ``NoProposals``.
    """
    found = proposed(book, account)
    if seal_of(found) != seal:
        raise refusals.ProposalsChanged
    if only is None:
        chosen = [one for one in found if one.sure]
    else:
        chosen = [one for place, one in enumerate(found) if place in set(only)]
    if not chosen:
        raise refusals.NoProposals
    number = _next(book)
    for place, one in enumerate(chosen):
        _enter(book, number + place, account, one.bank, one.book, How.PROPOSED, on)
    book.session.flush()
    return len(chosen)


def match(
    book: Book,
    account: int,
    bank: Sequence[Key],
    lines: Sequence[Key],
    *,
    on: date,
    how: How = How.CHOSEN,
) -> BankMatch:
    """Say that lines of the bank and lines of the book are the same movement.

    ``bank`` are statements with the numbers of their lines, ``lines`` entries with
    theirs; without any of the bank, lines of the book that cancel each other.  Raises
    ``NothingChosen``, ``NoSuchBankLine``, ``NotOfThisAccount``, ``LineMatched`` and
    ``SumsDiffer``.
    """
    bank_account(book, account)
    bank, lines = sorted(set(bank)), sorted(set(lines))
    if len(bank) + len(lines) < 2:
        raise refusals.NothingChosen
    of_bank = sum((_of_bank(book, account, key) for key in bank), ZERO)
    of_book = sum((_of_book(book, account, key) for key in lines), ZERO)
    if of_bank != of_book:
        raise refusals.SumsDiffer(of_bank, of_book)
    row = _enter(book, _next(book), account, bank, lines, how, on)
    book.session.flush()
    return row


def _of_bank(book: Book, account: int, key: Key) -> Money:
    """Return the amount of a free line of the bank."""
    row = bank_line(book, *key)
    place = f"{key[0]}/{key[1]}"
    if statement(book, key[0]).account_number != account:
        raise refusals.NotOfThisAccount(place, account)
    taken = match_of(book, bank=key)
    if taken is not None:
        raise refusals.LineMatched(place, taken)
    return row.amount


def _of_book(book: Book, account: int, key: Key) -> Money:
    """Return the amount of a free line of the book."""
    row, place = _book_line(book, account, key)
    taken = match_of(book, line=key)
    if taken is not None:
        raise refusals.LineMatched(place, taken)
    return row.debit - row.credit


def _book_line(book: Book, account: int, key: Key) -> tuple[Line, str]:
    row = book.get(Line, *key)
    if row is None or row.account_number != account or row.card_number:
        raise refusals.NotOfThisAccount(f"{key[0]}/{key[1]}", account)
    of = book.get(Entry, key[0])
    assert of is not None
    return row, of.voucher


def _next(book: Book) -> int:
    last = book.session.scalar(
        select(func.max(BankMatch.number)).where(
            BankMatch.cooperative_id == book.cooperative_id
        )
    )
    return int(last or 0) + 1


def _enter(
    book: Book,
    number: int,
    account: int,
    bank: Sequence[Key],
    lines: Sequence[Key],
    how: How,
    on: date,
) -> BankMatch:
    own = book.cooperative_id
    row = BankMatch(
        cooperative_id=own,
        number=number,
        account_number=account,
        how=how,
        matched_on=on,
        matched_by=book.actor,
    )
    book.session.add(row)
    book.session.add_all(
        MatchedBankLine(
            cooperative_id=own, match_number=number, statement_number=a, line_number=b
        )
        for a, b in bank
    )
    book.session.add_all(
        MatchedBookLine(
            cooperative_id=own, match_number=number, entry_number=a, line_number=b
        )
        for a, b in lines
    )
    return row


def undo(book: Book, number: int, *, on: date, reason: str) -> UndoneMatch:
    """Undo a match: its lines are free again; what was posted stays posted.

    Raises ``NoSuchMatch`` and ``ReasonNeeded``.
    """
    why = check_reason(reason)
    row = book.get(BankMatch, number)
    if row is None or book.get(UndoneMatch, number) is not None:
        raise refusals.NoSuchMatch(number)
    undone = UndoneMatch(
        cooperative_id=book.cooperative_id,
        match_number=number,
        undone_on=on,
        undone_by=book.actor,
        reason=why,
    )
    book.session.add(undone)
    book.session.flush()
    return undone


def outstanding_before(
    book: Book, account: int, lines: Sequence[Key], *, on: date
) -> BankMatch:
    """Say that lines of the book were outstanding when the statements began.

    Raises ``NothingChosen``, ``NoStatementYet``, ``NotOfThisAccount``,
    ``LineMatched`` and ``NotOutstandingBefore``.
    """
    bank_account(book, account)
    lines = sorted(set(lines))
    first = began(book, account)
    if first is None:
        raise refusals.NoStatementYet(account, on)
    if not lines:
        raise refusals.NothingChosen
    for key in lines:
        row, place = _book_line(book, account, key)
        taken = match_of(book, line=key)
        if taken is not None:
            raise refusals.LineMatched(place, taken)
        if row.booked_on >= first:
            raise refusals.NotOutstandingBefore(place, row.booked_on, first)
    made = _enter(book, _next(book), account, (), lines, How.BEFORE, on)
    book.session.flush()
    return made


def post_line(
    book: Book,
    number: int,
    line: int,
    against: int,
    *,
    on: date,
    today: date,
    tax: Money = ZERO,
    memo: str = "",
) -> Entry | Approval:
    """Post a line of the bank that the book lacks; the entry is its match.

    ``against`` is one of ``words.choices``; ``tax`` what the bank kept of interest.
    Money that leaves above the cooperative's limit asks a second person first, and is
    matched by a proposal when it was posted.  Raises ``NoSuchBankLine``,
    ``LineMatched``, ``NotAgainst``, ``TaxTooMuch`` and what posting refuses.
    """
    row, account = bank_line(book, number, line), statement(book, number).account_number
    _of_bank(book, account, (number, line))
    drafts = lines_of(account, row.amount, against, tax=tax)
    made = post_journal(book, drafts, on=on, memo=memo.strip() or row.words)
    if isinstance(made, Approval):
        return made
    (own,) = [one.number for one in made.lines if one.account_number == account]
    match(
        *(book, account, [(number, line)], [(made.number, own)]),
        on=today,
        how=How.POSTED,
    )
    return made
