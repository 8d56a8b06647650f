"""When a book is issued, what may be printed in it, what each line is called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from coopbook.errors import Conflict, Missing, Refused
from coopbook.i18n import N_

CARRIED, REVERSED, OTHER = "SP", "BT", "LL"
CODES: Mapping[str, str] = MappingProxyType(
    {
        "savings.deposit": "ST",
        "savings.collect": "ST",
        "savings.remit": "ST",
        "savings.withdraw": "TR",
        "savings.transfer": "PB",
        "savings.interest": "JS",
        "deposits": "PB",
        "loans": "PB",
        "orders": "PB",
        "settlement": "PB",
    }
)
"""By the service that posted a line, or else by the package it belongs to."""
CODE_NAMES = {
    "ST": N_("deposit"),
    "TR": N_("withdrawal"),
    "JS": N_("interest"),
    "PB": N_("transfer"),
    REVERSED: N_("reversed"),
    CARRIED: N_("carried over"),
    OTHER: N_("other"),
}
"""What the two letters of a line mean; the cover of every book explains them."""


@dataclass(eq=False)
class NoBookYet(Missing):
    """Nothing can be printed where there is no book."""

    sentence = N_(
        "Savings account %(number)s has no passbook yet. Issue the first one."
    )

    number: int


@dataclass(eq=False)
class NoSuchBook(Missing):
    """The account never had a book of that number."""

    sentence = N_("Savings account %(number)s has no passbook %(book)s.")

    number: int
    book: int


@dataclass(eq=False)
class NoSuchPrint(Missing):
    """Nobody printed that again."""

    sentence = N_("Nothing was printed again under number %(asked)s of this book.")

    asked: int


@dataclass(eq=False)
class HasBook(Refused):
    """An account has one first book."""

    sentence = N_(
        "Savings account %(number)s has passbook %(book)s already. The next one is "
        "issued when it is full, lost or damaged."
    )

    number: int
    book: int


@dataclass(eq=False)
class BookNotFull(Refused):
    """A book is full when its last line is printed."""

    sentence = N_(
        "Passbook %(book)s still takes %(left)s lines: print on in it. A next book "
        "is issued before that only for one that was lost or damaged."
    )

    book: int
    left: int


@dataclass(eq=False)
class BookFull(Refused):
    """Nothing more fits into the book."""

    sentence = N_(
        "Passbook %(book)s is full. Issue the next one: it begins with the balance "
        "carried over, and what is not on paper yet follows."
    )

    book: int


@dataclass(eq=False)
class BookTooEarly(Refused):
    """A book follows the account and the book before."""

    sentence = N_("The passbook cannot be dated before %(earliest)s.")

    earliest: date


@dataclass(eq=False)
class AnotherBook(Conflict):
    """Meanwhile the next book was issued."""

    sentence = N_(
        "Passbook %(asked)s ended; passbook %(book)s is the one to print in now. "
        "Open the page of the book again."
    )

    asked: int
    book: int


@dataclass(eq=False)
class OnPaper(Conflict):
    """What is on paper is not printed again without a reason."""

    sentence = N_(
        "Line %(line)s is on paper already; this book is printed up to line "
        "%(printed)s. To print it again, choose “Print again” and say why."
    )

    line: int
    printed: int


@dataclass(eq=False)
class NothingWaits(Conflict):
    """Everything there is, is on paper."""

    sentence = N_(
        "Everything is on paper: passbook %(book)s is printed up to line %(printed)s. "
        "There is more to print after the next deposit or withdrawal."
    )

    book: int
    printed: int


@dataclass(eq=False)
class NotThatFar(Refused):
    """Only lines that are in the ledger can be on paper."""

    sentence = N_("Only the lines up to %(last)s wait to be printed, not %(asked)s.")

    last: int
    asked: int


@dataclass(eq=False)
class NotOnPaper(Refused):
    """Only what was printed is printed again."""

    sentence = N_(
        "Passbook %(book)s is printed from line 1 to line %(printed)s. Only these can "
        "be printed again."
    )

    book: int
    printed: int


@dataclass(eq=False)
class WhyAgain(Refused):
    """A line that stands twice needs an explanation."""

    sentence = N_("Say why the lines are printed again, such as a paper jam.")


def check_again(first: int, last: int, reason: str, *, book: int, printed: int) -> str:
    """Return the tidy reason for printing lines again; refuse what is not on paper.

    >>> check_again(2, 3, " macet ", book=1, printed=3)
    'macet'
    """
    if not 1 <= first <= last <= printed:
        raise NotOnPaper(book, printed)
    if not reason.strip():
        raise WhyAgain
    return reason.strip()


def code_of(source: str, *, reverses: bool) -> str:
    """Return the two letters under which a line is printed.

    >>> code_of("savings.deposit", reverses=False)
    'ST'
    >>> code_of("savings.deposit.reversal", reverses=True)
    'BT'
    >>> code_of("orders.standing", reverses=False), code_of("old", reverses=False)
    ('PB', 'LL')
    """
    if reverses:
        return REVERSED
    return CODES.get(source) or CODES.get(source.partition(".")[0], OTHER)


def initials(actor: str) -> str:
    """Return what stands of a teller's name at the end of a line: three letters.

    >>> initials("rina.wati")
    'RIN'
    """
    return actor[:3].upper()
