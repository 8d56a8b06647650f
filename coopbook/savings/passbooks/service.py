"""Issue a book, note what is on paper, print again with a reason."""

from __future__ import annotations

from datetime import date

from coopbook.book import Book
from coopbook.money import ZERO
from coopbook.savings.model import Passbook, PassbookPrint, SavingsAccount
from coopbook.savings.passbooks import rules
from coopbook.savings.passbooks.queries import (
    current,
    last_on_paper,
    lines_on_paper,
    passbook,
    pending,
    printed_in,
    prints,
)
from coopbook.savings.passbooks.shape import SHAPES
from coopbook.savings.rules import PassbookPaper, WhyBook


def issue(
    book: Book,
    account: SavingsAccount,
    *,
    paper: PassbookPaper,
    on: date,
    why: WhyBook,
) -> Passbook:
    """Issue the account's first book, or the one after the current, which then ends.

    A next book carries over the balance after the last line that is on paper; what
    was not printed yet follows in it.  Raises ``HasBook``, ``NoBookYet``,
    ``BookNotFull`` and ``BookTooEarly``.
    """
    before = current(book, account)
    if before is None:
        if why is not WhyBook.FIRST:
            raise rules.NoBookYet(account.number)
        earliest, carried, last = account.opened_on, ZERO, 0
    else:
        if why is WhyBook.FIRST:
            raise rules.HasBook(account.number, before.number)
        on_paper = lines_on_paper(book, account, before)
        left = SHAPES[before.paper].lines - len(on_paper)
        if why is WhyBook.FULL and left:
            raise rules.BookNotFull(before.number, left)
        earliest = before.issued_on
        carried = on_paper[-1].balance if on_paper else before.carried
        last = last_on_paper(book, account)[0]
    if on < earliest:
        raise rules.BookTooEarly(earliest)
    if before is not None:
        before.ended_on = on
    row = Passbook(
        cooperative_id=book.cooperative_id,
        savings_number=account.number,
        number=before.number + 1 if before else 1,
        paper=paper,
        why=why,
        issued_on=on,
        carried=carried,
        carried_entry=last,
        ended_on=None,
    )
    book.session.add(row)
    book.session.flush()
    return row


def mark_printed(
    book: Book,
    account: SavingsAccount,
    *,
    up_to: int,
    on: date,
    reason: str | None = None,
    book_number: int | None = None,
) -> PassbookPrint:
    """Note that the lines waiting are on paper, up to a line of the current book.

    ``book_number`` is the book in the teller's hand.  Where these lines are on paper
    already, ``reason`` says why the sitting that ended there was printed again.
    Raises ``NoBookYet``, ``AnotherBook``, ``OnPaper``, ``BookFull``,
    ``NothingWaits``, ``NotThatFar`` and ``BookTooEarly``.
    """
    now = pending(book, account)
    of = now.passbook
    if book_number is not None and book_number != of.number:
        raise rules.AnotherBook(book_number, of.number)
    if up_to <= now.printed:
        if reason is None:
            raise rules.OnPaper(up_to, now.printed)
        sittings = [row for row in prints(book, of) if row.last == up_to]
        first = sittings[0].first if sittings else up_to
        return reprint(book, account, of.number, first, up_to, reason, on=on)
    if not now.lines:
        if now.fills:
            raise rules.BookFull(of.number)
        raise rules.NothingWaits(of.number, now.printed)
    if up_to > now.lines[-1].place:
        raise rules.NotThatFar(now.lines[-1].place, up_to)
    first, last = now.printed + 1, now.lines[up_to - now.printed - 1]
    mark = last.entry_number, last.line_number
    if last.line_number == 0:  # the carried balance is no line of the ledger
        mark = last_on_paper(book, account)
    return _noted(book, of, first, up_to, mark, on=on)


def reprint(
    book: Book,
    account: SavingsAccount,
    book_number: int,
    first: int,
    last: int,
    reason: str,
    *,
    on: date,
) -> PassbookPrint:
    """Note that lines which are on paper are printed once more, and why.

    Nothing else moves.  Raises ``NoSuchBook``, ``NotOnPaper``, ``WhyAgain`` and
    ``BookTooEarly``.
    """
    of = passbook(book, account, book_number)
    printed = printed_in(book, of)
    why = rules.check_again(first, last, reason, book=of.number, printed=printed)
    mark = last_on_paper(book, account, before=of.number + 1)
    return _noted(book, of, first, last, mark, on=on, reason=why)


def _noted(
    book: Book,
    of: Passbook,
    first: int,
    last: int,
    mark: tuple[int, int],
    *,
    on: date,
    reason: str | None = None,
) -> PassbookPrint:
    if on < of.issued_on:
        raise rules.BookTooEarly(of.issued_on)
    before = prints(book, of)
    row = PassbookPrint(
        cooperative_id=book.cooperative_id,
        savings_number=of.savings_number,
        book_number=of.number,
        number=before[-1].number + 1 if before else 1,
        first=first,
        last=last,
        last_entry=mark[0],
        last_line=mark[1],
        printed_on=on,
        reason=reason,
    )
    book.session.add(row)
    book.session.flush()
    return row
