"""Why a bank's statement cannot be taken in, matched or reconciled, and what would."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from coopbook.errors import Conflict, Missing, Refused
from coopbook.i18n import N_
from coopbook.money import Money


@dataclass(eq=False)
class NotABankAccount(Refused):
    """A statement is of a bank account."""

    sentence = N_(
        "Account %(account)s is no bank account. Choose one from 11201 to 11299;"
        " cash boxes are counted."
    )

    account: int


@dataclass(eq=False)
class NoSuchStatement(Missing):
    """No statement has that number."""

    sentence = N_("There is no bank statement %(number)s.")

    number: int


@dataclass(eq=False)
class NoSuchBankLine(Missing):
    """The statement has no such line."""

    sentence = N_("Bank statement %(statement)s has no line %(line)s.")

    statement: int
    line: int


@dataclass(eq=False)
class NoSuchMatch(Missing):
    """No match has that number, or it was undone."""

    sentence = N_("There is no match %(number)s; it may have been undone already.")

    number: int


@dataclass(eq=False)
class BalanceBreaks(Refused):
    """A balance of the statement is not the one before it and the line's amount."""

    sentence = N_(
        "%(place)s: the balance stands as %(stated)s, but the lines before it come to"
        " %(counted)s. A line is missing or changed; save the statement again from the"
        " bank."
    )

    place: str
    stated: Decimal
    counted: Decimal


@dataclass(eq=False)
class ClosingDiffers(Refused):
    """Opening balance and movements do not come to the closing balance."""

    sentence = N_(
        "The statement ends with %(stated)s, but its opening balance and its lines come"
        " to %(counted)s. A line is missing or changed; save the statement again from"
        " the bank."
    )

    stated: Decimal
    counted: Decimal


@dataclass(eq=False)
class OpeningDiffers(Refused):
    """What a person says the statement begins with is not what the file says."""

    sentence = N_(
        "The file says that the statement begins with %(stated)s, not %(said)s. Leave"
        " the opening balance empty."
    )

    stated: Decimal
    said: Decimal


@dataclass(eq=False)
class OpeningUnknown(Refused):
    """A file without balances does not say where it begins."""

    sentence = N_(
        "This file has no balances. Say the balance before its first line, as the bank"
        " prints it."
    )


@dataclass(eq=False)
class DaysUnknown(Refused):
    """A statement without lines does not say which days it is of."""

    sentence = N_(
        "This statement has no lines. Say its first and its last day, so that it is"
        " known that nothing moved."
    )


@dataclass(eq=False)
class DaysTurned(Refused):
    """A statement ends after it begins."""

    sentence = N_("The statement cannot end on %(last)s and begin on %(first)s.")

    first: date
    last: date


@dataclass(eq=False)
class LineOutside(Refused):
    """Every line is of the days the statement is of."""

    sentence = N_(
        "%(place)s is of %(day)s, outside the statement's days from %(first)s to"
        " %(last)s. Leave the days empty, or correct them."
    )

    place: str
    day: date
    first: date
    last: date


@dataclass(eq=False)
class TooManyLines(Refused):
    """A statement is of a month or so."""

    sentence = N_(
        "This statement has %(lines)s lines; at most %(most)s are taken at once. Save a"
        " shorter stretch of days."
    )

    lines: int
    most: int


@dataclass(eq=False)
class AmountTooLarge(Refused):
    """An amount is larger than any in this book."""

    sentence = N_("%(place)s: %(amount)s is larger than any amount of this book.")

    place: str
    amount: Decimal


@dataclass(eq=False)
class StatementToCome(Refused):
    """A statement of days to come is not taken in."""

    sentence = N_("The statement runs until %(last)s, which has not come yet.")

    last: date


@dataclass(eq=False)
class SameFile(Conflict):
    """The file was taken in before."""

    sentence = N_(
        "This file is bank statement %(number)s already, from %(first)s to %(last)s."
        " Nothing was taken in twice."
    )

    number: int
    first: date
    last: date


@dataclass(eq=False)
class DaysThere(Conflict):
    """Some of the days were taken in before."""

    sentence = N_(
        "Bank statement %(number)s has the days from %(first)s to %(last)s already, and"
        " %(lines)s lines of this file: %(which)s. Save the statement again without"
        " these days."
    )

    number: int
    first: date
    last: date
    lines: int
    which: str


@dataclass(eq=False)
class SameBankId(Conflict):
    """The bank gives each movement a number of its own."""

    sentence = N_(
        "%(place)s: the bank's number %(bank_id)s is already in statement %(number)s."
        " The same movement is not taken in twice."
    )

    place: str
    bank_id: str
    number: int


@dataclass(eq=False)
class BankIdTwice(Refused):
    """A file names one movement twice."""

    sentence = N_(
        "%(place)s: the bank's number %(bank_id)s stands twice in this file. Save it"
        " again from the bank."
    )

    place: str
    bank_id: str


@dataclass(eq=False)
class StatementBetween(Refused):
    """Statements that follow each other end and begin with the same balance."""

    sentence = N_(
        "Statement %(number)s ends on %(earlier)s with %(ends)s, but the next begins on"
        " %(later)s with %(begins)s. Bring in the statement between them first."
    )

    number: int
    earlier: date
    ends: Money
    later: date
    begins: Money


@dataclass(eq=False)
class SumsDiffer(Refused):
    """What is matched comes to the same on both sides."""

    sentence = N_(
        "The lines of the bank come to %(bank)s, those of the book to %(book)s. Choose"
        " lines that come to the same."
    )

    bank: Money
    book: Money


@dataclass(eq=False)
class NothingChosen(Refused):
    """A match is of two lines or more."""

    sentence = N_("Choose the lines that belong together, at least two.")


@dataclass(eq=False)
class LineMatched(Conflict):
    """A line is matched once."""

    sentence = N_(
        "%(place)s belongs to match %(match)s already. Undo that match first."
    )

    place: str
    match: int


@dataclass(eq=False)
class NotOfThisAccount(Refused):
    """What is matched is of one bank account."""

    sentence = N_("%(place)s is no line of account %(account)s.")

    place: str
    account: int


@dataclass(eq=False)
class ProposalsChanged(Conflict):
    """Somebody matched or posted something meanwhile."""

    sentence = N_(
        "The lines have changed since these proposals were shown. Look at them again."
    )


@dataclass(eq=False)
class NoProposals(Refused):
    """Nothing fits."""

    sentence = N_("No line of the bank fits a line of the book by amount and day.")


@dataclass(eq=False)
class NotAgainst(Refused):
    """A line of the bank is posted against an account that fits it."""

    sentence = N_(
        "A line of the bank is not posted against account %(number)s here. Choose from"
        " the list, or write a voucher and match it."
    )

    number: int


@dataclass(eq=False)
class TaxTooMuch(Refused):
    """Tax is kept back from what comes in."""

    sentence = N_("Tax is kept back only from interest that comes in.")


@dataclass(eq=False)
class NotOutstandingBefore(Refused):
    """Only what is older than the first statement can have been outstanding then."""

    sentence = N_(
        "%(place)s is of %(day)s. Only lines of the book before %(first)s, the first"
        " day of the statements, can have been outstanding then."
    )

    place: str
    day: date
    first: date


@dataclass(eq=False)
class NoStatementYet(Refused):
    """Nothing is reconciled without the bank's own words."""

    sentence = N_(
        "No bank statement of account %(account)s reaches %(day)s. Bring it in first."
    )

    account: int
    day: date


@dataclass(eq=False)
class NotExplained(Refused):
    """A reconciliation is signed when nothing is left to explain."""

    sentence = N_(
        "%(difference)s is not explained yet, and %(lines)s lines of the bank are not"
        " in the book. Match or post them first."
    )

    difference: Money
    lines: int


@dataclass(eq=False)
class AlreadyReconciled(Conflict):
    """It was signed with the same figures."""

    sentence = N_(
        "Account %(account)s was reconciled for %(day)s by %(name)s with these very"
        " figures."
    )

    account: int
    day: date
    name: str
