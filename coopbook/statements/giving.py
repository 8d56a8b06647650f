"""Give an account a line of its statement; what would not balance is refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from coopbook.book import Book
from coopbook.errors import Refused
from coopbook.i18n import N_, Word
from coopbook.ledger.model import Account
from coopbook.ledger.queries import account as find_account
from coopbook.statements.mapping import lines_for
from coopbook.statements.model import LineGiven
from coopbook.statements.queries import year_of
from coopbook.statements.ties import statements

STANDARD = ""


@dataclass(eq=False)
class CannotBalance(Refused):
    """The line is of another kind than the account, so the statement would not tie."""

    sentence = N_(
        "Account %(account)s cannot stand in line %(line)s: the statements would not"
        " balance. It can stand in: %(lines)s."
    )

    account: str
    line: str
    lines: str


@dataclass(eq=False)
class WouldNotTie(Refused):
    """With that line the statements of this book would not tie."""

    sentence = N_(
        "With account %(account)s in line %(line)s this would not hold: %(tie)s. Leave"
        " it where it is."
    )

    account: str
    line: str
    tie: Word


@dataclass(eq=False)
class HasNoLine(Refused):
    """Memo accounts and headings stand in no statement."""

    sentence = N_("Account %(account)s stands in no statement and needs no line.")

    account: str


def give_line(book: Book, account: int, line: str, *, on: date) -> LineGiven:
    """Give an account a line by its code, or ``""`` to take what was given back.

    It counts for every year that is shown, so that years can be compared.  The
    statements of the year are laid out with it before it stands.  Raises
    ``NoSuchAccount``, ``HasNoLine``, ``CannotBalance`` and ``WouldNotTie``.
    """
    of = find_account(book, account)
    allowed = [row.code for row in lines_for(of.account_type, of.cash_flow)]
    if not of.postable or not allowed:
        raise HasNoLine(of.code)
    if line != STANDARD and line not in allowed:
        raise CannotBalance(of.code, line, ", ".join(allowed))
    row = LineGiven(
        cooperative_id=book.cooperative_id,
        account_number=account,
        number=_times(book, account) + 1,
        line=line,
        given_on=on,
        given_by=book.actor,
    )
    book.session.add(row)
    book.session.flush()
    _check_ties(book, of, line, on)
    return row


def _check_ties(book: Book, of: Account, line: str, on: date) -> None:
    for tie in statements(book, *year_of(on)).ties:
        if not tie.holds:
            raise WouldNotTie(of.code, line, Word(tie.sentence))


def _times(book: Book, account: int) -> int:
    last = book.session.scalar(
        select(func.max(LineGiven.number))
        .where(LineGiven.cooperative_id == book.cooperative_id)
        .where(LineGiven.account_number == account)
    )
    return int(last or 0)
