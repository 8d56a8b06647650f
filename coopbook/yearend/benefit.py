"""The report on members' economic benefit, from the book."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from sqlalchemy import select

from coopbook.book import Book
from coopbook.cooperatives import cooperative, setting
from coopbook.dates import day_before
from coopbook.goods import member_sales, trades
from coopbook.ledger.model import DayBalance
from coopbook.money import ZERO
from coopbook.statements import earned_in, layout, year_of
from coopbook.statements.layout import laid_out
from coopbook.statements.queries import balances_on
from coopbook.surplus import distribution_of, is_handed_out, shares_of
from coopbook.yearend.benefit_rules import (
    InShop,
    MemberBenefit,
    held_days,
    on_loans,
    on_savings,
)

LOANS, SAVINGS = "loans", ("savings", "term_deposits")
"""Lines of the position whose balances are compared over the days of the year."""

CHARGED = ("interest", "fees", "penalties")
"""Lines of the surplus statement that say what members paid for loans."""

PAID_ON_SAVINGS = (51_001, 51_002)
"""Interest on savings and on term deposits."""


def member_benefit(book: Book, year: int) -> MemberBenefit:
    """Return what membership was worth in a year, up to the book's last day of it.

    What members paid is interest, fees and penalties as income of the year, what they
    got is interest on savings and deposits.  Goods are compared in books that trade, or
    did in the year.  Market rates are the by-laws' figures
    ``market_loan_rate`` and ``market_savings_rate`` of the year's last day.
    """
    first, last = year_of(date(year, 12, 31))
    first = max(first, cooperative(book).first_day)
    days = (last - first).days + 1
    told = laid_out(layout("surplus"), earned_in(book, first, last))
    costs = {held.account: held.balance for held in earned_in(book, first, last)}
    paid = sum((costs.get(one, ZERO) for one in PAID_ON_SAVINGS), ZERO)
    row = distribution_of(book, year)
    surplus = None
    if row is not None and is_handed_out(book, year):
        surplus = sum((one.total for one in shares_of(book, row)), ZERO)
    return MemberBenefit(
        on_loans(
            _held(book, (LOANS,), first, last),
            days,
            sum((told[one] for one in CHARGED), ZERO),
            setting(book, "market_loan_rate", last),
        ),
        on_savings(
            -_held(book, SAVINGS, first, last),
            days,
            paid,
            setting(book, "market_savings_rate", last),
        ),
        surplus,
        _in_shop(book, first, last),
    )


def _in_shop(book: Book, first: date, last: date) -> InShop | None:
    found = member_sales(book, first, last)
    if not trades(book, last) and not (found.takings or found.unknown):
        return None
    return InShop(found.takings, found.other_takings, found.unknown, found.until)


def _held(book: Book, lines: Iterable[str], first: date, last: date) -> int:
    """Return the rupiah-days of some lines of the position, debit positive."""
    wanted = [row for row in layout("position") if row.code in set(lines)]
    before = balances_on(book, day_before(first))
    rows = book.session.execute(
        select(
            DayBalance.account_number,
            DayBalance.day,
            DayBalance.opening + DayBalance.debit - DayBalance.credit,
        )
        .where(DayBalance.cooperative_id == book.cooperative_id)
        .where(DayBalance.day >= first)
        .where(DayBalance.day <= last)
        .order_by(DayBalance.account_number, DayBalance.day)
    )
    moves: dict[int, list[tuple[date, int]]] = defaultdict(list)
    for account, day, units in rows:
        moves[account].append((day, int(units)))
    return sum(
        held_days(before.get(one, 0), moves.get(one, []), first, last)
        for one in sorted({*before, *moves})
        if any(row.holds(one) for row in wanted)
    )
