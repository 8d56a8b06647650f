"""Close a year: income and expenses to surplus, surplus to the next year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from coopbook import assets, bankstatements, cashcounts, goods
from coopbook.book import Book
from coopbook.consolidation import between_units, charge_checks, sister_of
from coopbook.cooperatives import cooperative
from coopbook.decisions import Decision
from coopbook.decisions.rules import DecisionBody
from coopbook.i18n import N_, Word
from coopbook.ledger import chart
from coopbook.ledger.closing import (
    Check,
    check_registered,
    is_closed,
    next_to_close,
    seal,
    unexplained,
    unsound,
)
from coopbook.ledger.journal import entry as find_entry
from coopbook.ledger.model import Entry
from coopbook.ledger.posting import before_reversal, post
from coopbook.ledger.queries import trial_balance
from coopbook.ledger.rules import AccountType, Draft, credit, debit
from coopbook.money import ZERO, Money
from coopbook.statements import CLOSING, net_surplus, statements, year_of
from coopbook.surplus import distribution_of
from coopbook.yearend import rules
from coopbook.yearend.model import YearClosing
from coopbook.yearend.opened import Opened

OPENING = "yearend.open"


def closing_of(book: Book, year: int) -> YearClosing | None:
    """Return the closing of a year that stands, if one does."""
    return book.session.scalar(
        select(YearClosing)
        .where(YearClosing.cooperative_id == book.cooperative_id)
        .where(YearClosing.year == year)
        .where(YearClosing.reopened_on.is_(None))
    )


def closings(book: Book) -> list[YearClosing]:
    """Return every closing of a year, the latest year first."""
    rows = (
        select(YearClosing)
        .where(YearClosing.cooperative_id == book.cooperative_id)
        .order_by(YearClosing.year.desc(), YearClosing.number.desc())
    )
    return list(book.session.scalars(rows))


def next_year(book: Book) -> int:
    """Return the first year that is not closed."""
    year = cooperative(book).first_day.year
    while closing_of(book, year) is not None:
        year += 1
    return year


def year_checklist(book: Book, year: int, today: date) -> list[Check]:
    """Return what to look at before a year is closed.

    Those after the fifth are for people to judge and do not keep it from being closed.
    """
    first, last = _span(book, year)
    months = next_to_close(book) >= f"{year}-12"
    rows = {row.account_number: row for row in trial_balance(book, last)}
    waiting = _waiting(book, last)
    empty = N_("Suspense and inter-unit accounts are empty")
    if sister_of(book, last) is not None:
        empty = N_("Suspense is empty and inter-unit accounts cancel in the other book")
    told = statements(book, first, last)
    allowance = rows.get(chart.ALLOWANCE)
    worn = assets.due(book, year, 12)
    return [
        Check(N_("The year is over"), None, today > last),
        Check(N_("Its months up to November are closed"), None, months),
        Check(empty, waiting, not waiting),
        Check(N_("The statements tie to each other"), None, told.agree),
        Check(N_("The chain of the book holds"), None, unsound(book) is None),
        Check(
            N_("An allowance for bad loans stands"),
            allowance.credit if allowance else ZERO,
            allowance is not None,
        ),
        Check(
            N_("Buildings and equipment were depreciated"),
            sum((amount for _, amount in worn), ZERO),
            not worn,
        ),
        *assets.register_checks(book, last),
        *cashcounts.count_checks(book, first, last),
        *bankstatements.checks(book, last),
        *goods.stock_checks(book, last),
        *charge_checks(book, last),
    ]


def _span(book: Book, year: int) -> tuple[date, date]:
    first, last = year_of(date(year, 12, 31))
    return max(first, cooperative(book).first_day), last


def _waiting(book: Book, on: date) -> Money:
    """Return what nobody has explained: suspense, and what no other unit answers."""
    return unexplained(book, on) + between_units(book, on)


@dataclass(frozen=True, slots=True)
class Closing:
    """The entries that close a year, before they are posted."""

    year: int
    income: tuple[Draft, ...]
    expenses: tuple[Draft, ...]
    surplus: Money
    to_equity: tuple[Draft, ...]
    to_next: tuple[Draft, ...]


def propose_close(book: Book, year: int) -> Closing:
    """Return what closing a year posts; nothing is posted.

    Income to 39999, 39999 to expenses, the rest to 34001 and on the first day of the
    next year from there to 34002, a deficit to 34003.  Source: domain guide 5.7.
    """
    _first, last = _span(book, year)
    rows = [
        row
        for row in trial_balance(book, last)
        if row.account_type in (AccountType.REVENUE, AccountType.EXPENSE)
    ]
    income = _closed(rows, AccountType.REVENUE)
    expenses = _closed(rows, AccountType.EXPENSE)
    earned = _left(income)
    spent = -_left(expenses)
    rest = earned - spent
    return Closing(
        year,
        _summed(income, earned),
        _summed(expenses, -spent),
        rest,
        _moved(chart.INCOME_SUMMARY, chart.SURPLUS_OF_YEAR, rest),
        _moved(
            chart.SURPLUS_OF_YEAR,
            chart.EARLIER_SURPLUS if rest > ZERO else chart.DEFICIT,
            rest,
        ),
    )


def _closed(rows: list[Any], of: AccountType) -> list[Draft]:
    """Return lines that bring the accounts of a type to zero."""
    return [
        credit(row.account_number, row.debit)
        if row.debit
        else debit(row.account_number, row.credit)
        for row in rows
        if row.account_type is of
    ]


def _left(lines: list[Draft]) -> Money:
    """Return by how much debit is more than credit."""
    return sum((line.debit - line.credit for line in lines), ZERO)


def _summed(lines: list[Draft], rest: Money) -> tuple[Draft, ...]:
    """Return lines with their difference on the income summary."""
    if not lines:
        return ()
    if not rest:
        return tuple(lines)
    side = credit if rest > ZERO else debit
    return (*lines, side(chart.INCOME_SUMMARY, abs(rest)))


def _moved(source: int, target: int, amount: Money) -> tuple[Draft, ...]:
    """Return lines that move a surplus on; a deficit moves the other way."""
    if not amount:
        return ()
    if amount > ZERO:
        return (debit(source, amount), credit(target, amount))
    return (debit(target, -amount), credit(source, -amount))


def close_year(book: Book, year: int, *, today: date) -> YearClosing:
    """Close a year: post its closing entries, close December and the year.

    December may be closed already: it is opened for these entries alone and closed
    again in the same act.  Raises ``YearBeforeBook``, ``EarlierYearOpen``,
    ``YearAlreadyClosed``, ``YearNotOver``, ``SuspenseLeft``, ``NotInOrder``,
    ``ChainBroken`` and what ``ledger.closing.before_closing`` registers.
    """
    _check_turn(book, year)
    first, last = _span(book, year)
    if today <= last:
        raise rules.YearNotOver(year, date(year + 1, 1, 1))
    if waiting := _waiting(book, last):
        raise rules.SuspenseLeft(year, waiting)
    check_registered(book, first, last)
    if (told := unsound(book)) is not None:
        raise rules.ChainBroken(year, Word(told))
    for check in year_checklist(book, year, today)[:5]:
        if not check.in_order:
            raise rules.NotInOrder(year, Word(check.sentence))
    earned = net_surplus(book, first, last)
    proposed = propose_close(book, year)
    row = YearClosing(
        cooperative_id=book.cooperative_id,
        year=year,
        number=_times(book, year) + 1,
        closed_on=today,
        closed_by=book.actor,
        surplus=earned.units,
        reopened_on=None,
        decision_number=None,
    )
    with Opened(book, year):
        row.income_entry = _post(book, last, proposed.income, year, INCOME)
        row.expense_entry = _post(book, last, proposed.expenses, year, EXPENSES)
        row.surplus_entry = _post(book, last, proposed.to_equity, year, TO_EQUITY)
        row.opening_entry = _post(
            *(book, date(year + 1, 1, 1), proposed.to_next, year, TO_NEXT),
            source=OPENING,
        )
    if not is_closed(book, f"{year}-12"):
        seal(book, f"{year}-12", today=today)
    if not is_closed(book, str(year)):
        seal(book, str(year), today=today)
    book.session.add(row)
    book.session.flush()
    return row


INCOME = "Penutupan pendapatan tahun %(year)s"
EXPENSES = "Penutupan beban tahun %(year)s"
TO_EQUITY = "SHU tahun %(year)s"
TO_NEXT = "SHU tahun %(year)s menunggu keputusan rapat anggota"
"""What stands on the entries: the language of the book's papers."""


def _post(
    book: Book,
    on: date,
    lines: tuple[Draft, ...],
    year: int,
    memo: str,
    source: str = CLOSING,
) -> int | None:
    if not lines:
        return None
    entry = post(
        *(book,), on=on, memo=memo % {"year": year}, lines=lines, source=source
    )
    return entry.number


def _check_turn(book: Book, year: int) -> None:
    first = cooperative(book).first_day.year
    if year < first:
        raise rules.YearBeforeBook(first)
    if closing_of(book, year) is not None:
        raise rules.YearAlreadyClosed(year)
    if year > (earliest := next_year(book)):
        raise rules.EarlierYearOpen(earliest)


def _times(book: Book, year: int) -> int:
    return int(
        book.session.scalar(
            select(func.max(YearClosing.number))
            .where(YearClosing.cooperative_id == book.cooperative_id)
            .where(YearClosing.year == year)
        )
        or 0
    )


def approving(book: Book, row: YearClosing) -> int | None:
    """Return the decision by which the members approved a year or its surplus."""
    if row.decision_number is not None:
        return row.decision_number
    handed = distribution_of(book, row.year)
    return handed.decision_number if handed is not None else None


def label_of(book: Book, number: int) -> str:
    """Return how a decision is numbered on paper."""
    row = book.get(Decision, number)
    return row.label if row is not None else str(number)


@before_reversal(CLOSING)
@before_reversal(OPENING)
def _not_alone(book: Book, entry: Entry) -> None:
    """Refuse to take back one entry of a closing that stands."""
    for row in closings(book):
        if row.reopened_on is None and entry.number in row.entries:
            raise rules.PartOfClosing(entry.voucher, row.year)


def approve_year(book: Book, year: int, decision: Decision) -> YearClosing:
    """Note that the members' meeting approved a closed year; then it stays closed.

    Raises ``YearNotClosed``, ``DecisionOfMembers``, ``DecidedBeforeYearEnd`` and
    ``YearApproved`` where it was approved before.
    """
    row = closing_of(book, year)
    if row is None:
        raise rules.YearNotClosed(year)
    if row.decision_number is not None:
        raise rules.YearApproved(year, label_of(book, row.decision_number))
    check_decision(decision, year)
    row.decision_number = decision.number
    book.session.flush()
    return row


def check_decision(decision: Decision, year: int) -> None:
    """Refuse a decision that is not the members', or of before the year's end."""
    if decision.body is not DecisionBody.MEMBERS:
        raise rules.DecisionOfMembers(decision.label)
    if decision.decided_on <= date(year, 12, 31):
        raise rules.DecidedBeforeYearEnd(decision.label, decision.decided_on, year)


def entries_of(book: Book, row: YearClosing) -> list[Entry]:
    """Return the entries of a closing."""
    return [find_entry(book, number) for number in row.entries]
