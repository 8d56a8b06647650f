"""What a stranger needs to work every loan out again: agreements, cover, by-laws.

Beside the journal these files hold what no line of it says.  ``dictionary.csv``
explains each column of them.  No name of a member is in them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from coopbook import loans
from coopbook.baddebts.model import Judging, LoanJudgement
from coopbook.book import Book
from coopbook.cooperatives import ClosedDay, Office, Setting, TermOfOffice
from coopbook.exports.csv_export import PLAIN, Style, table
from coopbook.exports.folder import Folder, Totals
from coopbook.exports.tape_row import percent_of
from coopbook.i18n import N_, say
from coopbook.loans import InterestMethod, Loan, LoanState
from coopbook.loans.model import ChangeKind, LoanChange
from coopbook.money import Money, Per
from coopbook.savings import SavingsHold
from coopbook.security.model import Collateral, LoanGuarantor

DICTIONARY = "dictionary.csv"
HEADINGS = ("file", "column", "meaning_en", "meaning_id", "codes")


@dataclass(frozen=True, slots=True)
class Told:
    """A column of a file: its name, what it means, how it is read of a row."""

    name: str
    meaning: str
    value: Callable[[Any], object] | None = None
    codes: tuple[str, ...] = ()

    def of(self, row: object) -> object:
        """Return the cell of a row."""
        found = self.value(row) if self.value else getattr(row, self.name)
        return found.units if isinstance(found, Money) else found


@dataclass(frozen=True, slots=True)
class Secured:
    """What stands, or stood, behind a loan."""

    loan: int
    kind: str
    amount: Money
    since: date
    until: date | None


def _codes(words: Iterable[Enum]) -> tuple[str, ...]:
    return tuple(str(word.value) for word in words)


def _at(name: str) -> Callable[[Any], object]:
    return lambda row: getattr(row, name)


SAVINGS, COLLATERAL, PROMISE = "savings", "collateral", "promise"
LOAN = N_("Number of the loan in this cooperative.")

LOANS = (
    Told("loan", LOAN, _at("number")),
    Told(
        "member",
        N_("Number of the borrower among the members."),
        _at("member_number"),
    ),
    Told("product", N_("Code of the kind of loan."), _at("product_code")),
    Told(
        "account",
        N_("Account of the journal in which its principal is owed."),
        _at("account_number"),
    ),
    Told(
        "interest_account",
        N_("Account of the journal to which its interest goes."),
        _at("interest_account_number"),
    ),
    Told("principal", N_("Amount lent.")),
    Told("term", N_("How many periods it was agreed for.")),
    Told(
        "method",
        N_("On what interest is charged, and how principal is spread."),
        codes=_codes(InterestMethod),
    ),
    Told(
        "rate",
        N_("Rate of interest as quoted, when it was agreed."),
        lambda of: percent_of(of.rate),
    ),
    Told(
        "rate_per",
        N_("The time the rate is quoted for."),
        lambda of: of.rate.per,
        _codes(Per),
    ),
    Told("rounding_step", N_("The step to which its installments are rounded.")),
    Told(
        "penalty_rate",
        N_("Rate of the penalty on what is late, in percent."),
        lambda of: percent_of(of.penalty_rate),
    ),
    Told(
        "penalty_per",
        N_("The time that rate is quoted for."),
        lambda of: of.penalty_rate.per,
        _codes(Per),
    ),
    Told("penalty_grace_days", N_("Days after the due day without a penalty.")),
    Told(
        "conditions",
        N_("Everything else that was agreed, where it is not the plainest loan."),
        lambda of: loans.conditions_of(of).text(),
    ),
    Told("applied_on", N_("Day it was applied for.")),
    Told("approved_on", N_("Day it was approved.")),
    Told("approver", N_("Log-in of who approved it."), _at("approved_by")),
    Told("disbursed_on", N_("Day it was paid out.")),
    Told(
        "state",
        N_("What became of it by now."),
        codes=_codes(LoanState),
    ),
    Told(
        "board_term",
        N_("Number of the board's term of office when it was approved."),
    ),
    Told(
        "head_term",
        N_("Number of the village head's term of office when it was approved."),
    ),
    Told(
        "related",
        N_("Whether the borrower is tied to an officer of the cooperative (1 or 0)."),
        lambda of: of.related is not None,
    ),
    Told("migrated_on", N_("Day it was taken over from older books.")),
    Told(
        "paid_before_principal",
        N_("Principal that was paid in older books."),
    ),
    Told(
        "paid_before_interest",
        N_("Interest that was paid in older books."),
    ),
    Told("replaces", N_("Number of the loan it took the place of.")),
    Told(
        "carried_days",
        N_("Of a restructured loan the days past due it came with."),
    ),
)
CHANGES = (
    Told("loan", LOAN, _at("loan_number")),
    Told("number", N_("Number of the change among those of its loan.")),
    Told(
        "kind",
        N_("What was changed, or what was wished of a payment."),
        codes=_codes(ChangeKind),
    ),
    Told("changed_on", N_("Day from which it counts.")),
    Told("amount", N_("Amount it is about.")),
    Told(
        "rate",
        N_("New rate of interest, in percent."),
        lambda of: percent_of(of.rate) if of.rate else None,
    ),
    Told(
        "rate_per",
        N_("The time that rate is quoted for."),
        lambda of: of.rate.per if of.rate else None,
        _codes(Per),
    ),
    Told(
        "entry",
        N_("Number of the entry it belongs to; reversed, it never happened."),
        _at("entry_number"),
    ),
    Told("recorded", N_("Number of the last record of the book before it.")),
)
JUDGEMENTS = (
    Told("loan", LOAN, _at("loan_number")),
    Told("number", N_("Number of the judgement among those of its loan.")),
    Told(
        "kind",
        N_("What was judged of it, until the other of its pair ends it."),
        codes=_codes(Judging),
    ),
    Told("judged_on", N_("Day from which it counts.")),
    Told(
        "decision",
        N_("Number of the decision it was judged by."),
        _at("decision_number"),
    ),
)
SECURITY = (
    Told("loan", LOAN),
    Told(
        "kind",
        N_("Savings that are held, collateral, or a promise, which counts as nothing."),
        codes=(SAVINGS, COLLATERAL, PROMISE),
    ),
    Told("amount", N_("What of it counts.")),
    Told("since", N_("Day from which it stands.")),
    Told("until", N_("Day on which it was let go or given back.")),
)
BY_LAWS = (
    Told("name", N_("Name of the by-law.")),
    Told("valid_from", N_("Day from which this figure is in force.")),
    Told("value", N_("The figure; a choice counts from zero.")),
)
OFFICES = (
    Told("number", N_("Number of the term of office.")),
    Told("office", N_("Which office it is."), codes=_codes(Office)),
    Told("began_on", N_("First day of the term.")),
    Told("ended_on", N_("Last day of the term, where it has one.")),
)
CLOSED = (
    Told("closed_on", N_("Day on which the cooperative is closed.")),
    Told(
        "open_after_all",
        N_("Whether it was opened again after all (1 or 0)."),
    ),
)

FILES: dict[str, tuple[tuple[Told, ...], Callable[[Book, date | None], Any]]] = {}


def _file(name: str, columns: tuple[Told, ...]) -> Callable[[Any], Any]:
    def noted(rows: Callable[[Book, date | None], Any]) -> Any:
        FILES[name] = columns, rows
        return rows

    return noted


@_file("loans.csv", LOANS)
def _loans(book: Book, as_of: date | None) -> Iterable[Loan]:
    rows = select(Loan).where(Loan.cooperative_id == book.cooperative_id)
    return _until(book, rows, Loan.applied_on, as_of, Loan.number)


@_file("loan-changes.csv", CHANGES)
def _changes(book: Book, as_of: date | None) -> Iterable[LoanChange]:
    rows = select(LoanChange).where(LoanChange.cooperative_id == book.cooperative_id)
    return _until(
        *(book, rows, LoanChange.changed_on, as_of),
        *(LoanChange.loan_number, LoanChange.number),
    )


@_file("loan-judgements.csv", JUDGEMENTS)
def _judgements(book: Book, as_of: date | None) -> Iterable[LoanJudgement]:
    rows = select(LoanJudgement).where(
        LoanJudgement.cooperative_id == book.cooperative_id
    )
    return _until(
        *(book, rows, LoanJudgement.judged_on, as_of),
        *(LoanJudgement.loan_number, LoanJudgement.number),
    )


@_file("security.csv", SECURITY)
def _security(book: Book, as_of: date | None) -> Iterator[Secured]:
    held = select(SavingsHold).where(
        SavingsHold.cooperative_id == book.cooperative_id,
        SavingsHold.loan_number.is_not(None),
    )
    for hold in _until(book, held, SavingsHold.placed_on, as_of, SavingsHold.number):
        yield Secured(
            *(hold.loan_number, SAVINGS, hold.amount),
            *(hold.placed_on, hold.released_on),
        )
    goods = select(Collateral).where(Collateral.cooperative_id == book.cooperative_id)
    for one in _until(book, goods, Collateral.received_on, as_of, Collateral.number):
        yield Secured(
            *(one.loan_number, COLLATERAL, one.accepted),
            *(one.received_on, one.released_on),
        )
    spoken = select(LoanGuarantor).where(
        LoanGuarantor.cooperative_id == book.cooperative_id,
        LoanGuarantor.hold_number.is_(None),
    )
    for word in _until(
        *(book, spoken, LoanGuarantor.agreed_on, as_of),
        *(LoanGuarantor.loan_number, LoanGuarantor.number),
    ):
        yield Secured(
            *(word.loan_number, PROMISE, word.amount),
            *(word.agreed_on, word.released_on),
        )


@_file("by-laws.csv", BY_LAWS)
def _by_laws(book: Book, as_of: date | None) -> Iterable[Setting]:
    rows = select(Setting).where(Setting.cooperative_id == book.cooperative_id)
    return book.session.scalars(rows.order_by(Setting.name, Setting.valid_from))


@_file("terms-of-office.csv", OFFICES)
def _offices(book: Book, as_of: date | None) -> Iterable[TermOfOffice]:
    rows = select(TermOfOffice).where(
        TermOfOffice.cooperative_id == book.cooperative_id
    )
    return _until(book, rows, TermOfOffice.began_on, as_of, TermOfOffice.number)


@_file("closed-days.csv", CLOSED)
def _closed(book: Book, as_of: date | None) -> Iterable[ClosedDay]:
    rows = select(ClosedDay).where(ClosedDay.cooperative_id == book.cooperative_id)
    return book.session.scalars(rows.order_by(ClosedDay.closed_on))


def _until(
    book: Book,
    rows: Any,
    column: InstrumentedAttribute[date],
    as_of: date | None,
    *order: InstrumentedAttribute[int],
) -> Iterable[Any]:
    if as_of is not None:
        rows = rows.where(column <= as_of)
    return book.session.scalars(rows.order_by(*order))


def add_lending(folder: Folder, style: Style = PLAIN) -> None:
    """Write what the journal does not say of loans, and what each column means."""
    for name, (columns, rows_of) in FILES.items():
        totals = Totals()
        names = [column.name for column in columns]
        rows = _cells(columns, rows_of(folder.book, folder.as_of), totals)
        folder.add(name, table(names, rows, style), totals)
    totals = Totals()
    folder.add(DICTIONARY, table(HEADINGS, _meanings(totals), style), totals)


def _cells(
    columns: tuple[Told, ...], rows: Iterable[object], totals: Totals
) -> Iterator[list[object]]:
    for row in rows:
        totals.count(0, 0)
        yield [column.of(row) for column in columns]


def _meanings(totals: Totals) -> Iterator[list[object]]:
    for name, (columns, _) in FILES.items():
        for column in columns:
            totals.count(0, 0)
            yield [
                *(name, column.name, column.meaning, say(column.meaning, "id")),
                "|".join(column.codes),
            ]
