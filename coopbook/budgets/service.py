"""Plan a year by account; ask what was planned beside what happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import func, select

from coopbook.book import Book
from coopbook.budgets.model import BudgetLine
from coopbook.errors import Refused
from coopbook.i18n import N_
from coopbook.ledger.model import Account
from coopbook.ledger.queries import account as find_account
from coopbook.ledger.rules import AccountType, Side
from coopbook.money import ZERO, Money
from coopbook.statements import earned_in, year_before, year_of


@dataclass(eq=False)
class NotEarning(Refused):
    """A plan is of income and expenses."""

    sentence = N_(
        "A year is planned by its income and expenses; %(account)s is neither. Choose"
        " an account that begins with 4 or 5."
    )

    account: str


@dataclass(eq=False)
class NotPlanned(Refused):
    """A plan is nothing or more, and within what a book can hold."""

    sentence = N_("Plan an amount from 0 to Rp 9.000.000.000.000.")


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """An account with its plan, what it came to, and what it was the year before."""

    account: Account
    planned: Money
    actual: Money
    before: Money

    @property
    def reached(self) -> Fraction | None:
        """What part of the plan it came to; nothing where nothing was planned."""
        if not self.planned:
            return None
        return Fraction(self.actual.units, self.planned.units)


MOST = Money(9_000_000_000_000)


def plan(book: Book, year: int, account: int, amount: Money, *, on: date) -> BudgetLine:
    """Write down what an account is planned to come to; an older plan stays readable.

    Raises ``NoSuchAccount``, ``NotEarning`` and ``NotPlanned``.
    """
    row = find_account(book, account)
    if row.account_type not in (AccountType.REVENUE, AccountType.EXPENSE):
        raise NotEarning(row.code)
    if not ZERO <= amount <= MOST:
        raise NotPlanned
    last = book.session.scalar(
        select(func.max(BudgetLine.number))
        .where(BudgetLine.cooperative_id == book.cooperative_id)
        .where(BudgetLine.year == year)
        .where(BudgetLine.account_number == account)
    )
    line = BudgetLine(
        cooperative_id=book.cooperative_id,
        year=year,
        account_number=account,
        number=int(last or 0) + 1,
        amount=amount,
        set_on=on,
        set_by=book.actor,
    )
    book.session.add(line)
    book.session.flush()
    return line


def plan_like(
    book: Book, year: int, percent: Fraction, *, on: date
) -> list[BudgetLine]:
    """Plan every account like the year before, so many percent more or less.

    Rounding: to whole thousands of rupiah, half up.  An account that is planned for
    the year already stays as planned.
    """
    done = {row.account.number for row in budget_of(book, year) if row.planned}
    found = []
    for row in budget_of(book, year):
        if row.account.number in done or row.before <= ZERO:
            continue
        exact = Fraction(row.before.units) * (100 + percent) / 100
        amount = Money(max(int((exact + 500) // 1_000) * 1_000, 0))
        found.append(plan(book, year, row.account.number, amount, on=on))
    return found


def budget_of(book: Book, year: int, until: date | None = None) -> list[BudgetRow]:
    """Return income and expenses of a year beside their plan, in chart order.

    ``until`` is a day to look from; accounts without plan or movement are left out.
    """
    first, last = year_of(date(year, 12, 31))
    last = min(last, until) if until is not None else last
    planned = _planned(book, year)
    now = {held.account: held.balance for held in earned_in(book, first, last)}
    past = {
        held.account: held.balance
        for held in earned_in(book, *year_before(year_of(date(year, 12, 31))))
    }
    rows = book.session.scalars(
        select(Account)
        .where(Account.cooperative_id == book.cooperative_id)
        .where(Account.account_type.in_((AccountType.REVENUE, AccountType.EXPENSE)))
        .order_by(Account.code)
    )
    found = []
    for row in rows:
        sign = 1 if row.normal_balance is Side.DEBIT else -1
        each = BudgetRow(
            row,
            planned.get(row.number, ZERO),
            now.get(row.number, ZERO) * sign,
            past.get(row.number, ZERO) * sign,
        )
        if each.planned or each.actual or each.before:
            found.append(each)
    return found


def _planned(book: Book, year: int) -> dict[int, Money]:
    rows = book.session.execute(
        select(BudgetLine.account_number, BudgetLine.amount)
        .where(BudgetLine.cooperative_id == book.cooperative_id)
        .where(BudgetLine.year == year)
        .order_by(BudgetLine.account_number, BudgetLine.number)
    )
    return {number: amount for number, amount in rows}  # noqa: C416
