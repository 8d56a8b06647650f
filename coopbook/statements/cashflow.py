"""Cash flow by the direct method, read off the other side of every cash line.

In an entry with cash lines the other lines add up to the cash that moved, so each of
them is a flow of its own account: nothing is estimated or spread.  A fee kept back when
a loan is paid out therefore stands as received and the loan in full as paid out.
The cost of goods stands in the entry of their sale, moves no cash and is left out.
What an asset wore off and what is lost with it count against what its sale brings, so
the cash received for it stands whole as an asset sold.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, and_, case, not_, or_, select

from coopbook.assets.rules import LOSS, PAIRS
from coopbook.book import Book
from coopbook.dates import day_before
from coopbook.db.types import total
from coopbook.goods import SELL
from coopbook.ledger import chart
from coopbook.ledger.model import Account, Entry, Line
from coopbook.ledger.rules import AccountType, Side
from coopbook.money import ZERO, Money
from coopbook.statements.layout import (
    Figure,
    Kind,
    Layout,
    Row,
    layout,
    lines_under,
)
from coopbook.statements.queries import CLOSING, Statement, balances_on
from coopbook.statements.spans import check_span

WITHIN = (*(chart.COST_MEMBERS, chart.COST_OTHERS, chart.INVENTORY),)
"""Accounts between which a sale moves the cost of what is sold; no cash is in it."""

AGAINST = (*sorted({worn for worn, _ in PAIRS.values()}), LOSS)
"""What counts against the asset itself: a debit is less received, not paid."""

CASH, OPERATING, FINANCING = "cash", "operating", "financing"
INVESTING = "investing"


@dataclass(frozen=True, slots=True)
class Flow:
    """What came in against an account and what went out, both not negative."""

    account: int
    category: str
    received: Money
    paid: Money


def flow_line(rows: Layout, flow: Flow, side: Side) -> Row:
    """Return the row of a flow: by its account, else what else its category has."""
    lines = [row for row in rows if row.kind is Kind.LINE and row.side is side]
    for row in lines:
        if row.holds(flow.account):
            return row
    return next(row for row in lines if row.rest == flow.category)


def laid_out_flows(rows: Layout, flows: Iterable[Flow]) -> dict[str, Money]:
    """Return the amount of each row; what is paid is negative."""
    amounts = {row.code: ZERO for row in rows if row.kind is not Kind.HEADING}
    for flow in flows:
        amounts[flow_line(rows, flow, Side.CREDIT).code] += flow.received
        amounts[flow_line(rows, flow, Side.DEBIT).code] -= flow.paid
    for row in rows:
        for sign, part in row.parts:
            amounts[row.code] += amounts[part] * sign
    return amounts


def flows_in(book: Book, first: date, last: date) -> list[Flow]:
    """Return what moved against cash in a time, by account.

    A reversal counts against what it takes back, so money that came in by mistake was
    neither received nor paid.  Raises what ``check_span`` does.
    """
    check_span(first, last)
    cash = _cash_accounts(book)
    return _flows(book, _touching(book, cash, first, last))


def flows_on_account(
    book: Book, first: date, last: date, accounts: Sequence[int]
) -> list[Flow]:
    """Return what moved against some accounts in entries without cash, by account.

    The accounts themselves are left out, and so are the entries that close a year.
    """
    cash = _cash_accounts(book)
    touching = _touching(book, accounts, first, last).where(
        Line.entry_number.not_in(_touching(book, cash, first, last))
    )
    closing = (CLOSING, f"{CLOSING}.reversal")
    rows = _flows(book, touching, without=closing)
    return [flow for flow in rows if flow.account not in accounts]


def _cash_accounts(book: Book) -> Select[int]:
    return select(Account.number).where(
        Account.cooperative_id == book.cooperative_id, Account.cash_flow == CASH
    )


def _touching(
    book: Book, accounts: Select[int] | Sequence[int], first: date, last: date
) -> Select[int]:
    return (
        select(Line.entry_number)
        .where(Line.cooperative_id == book.cooperative_id)
        .where(Line.account_number.in_(accounts))
        .where(Line.booked_on >= first)
        .where(Line.booked_on <= last)
        .distinct()
    )


def _flows(
    book: Book, touching: Select[int], without: Sequence[str] = ()
) -> list[Flow]:
    """Return what some entries moved on accounts other than cash."""
    against = Line.account_number.in_(AGAINST)
    back = or_(
        and_(Entry.reverses.is_not(None), not_(against)),
        and_(Entry.reverses.is_(None), against),
    )
    rows = book.session.execute(
        select(
            Account.number,
            Account.cash_flow,
            Account.account_type,
            total(case((back, -Line.debit), else_=Line.credit)),
            total(case((back, -Line.credit), else_=Line.debit)),
        )
        .select_from(Line)
        .join(
            Entry,
            and_(
                Entry.cooperative_id == Line.cooperative_id,
                Entry.number == Line.entry_number,
            ),
        )
        .join(
            Account,
            and_(
                Account.cooperative_id == Line.cooperative_id,
                Account.number == Line.account_number,
            ),
        )
        .where(Line.cooperative_id == book.cooperative_id)
        .where(Line.entry_number.in_(touching))
        .where(Account.cash_flow != CASH)
        .where(Entry.source.not_in(without))
        .where(
            not_(
                and_(
                    Line.account_number.in_(WITHIN),
                    Entry.source.in_((SELL, f"{SELL}.reversal")),
                )
            )
        )
        .group_by(Account.number, Account.cash_flow, Account.account_type)
        .order_by(Account.number)
    )
    return [
        Flow(number, _category(number, flow, kind), received, paid)
        for number, flow, kind, received, paid in rows
    ]


def flows_behind(code: str, flows: Iterable[Flow]) -> list[tuple[int, Money]]:
    """Return the accounts behind a row of the cash flow, what is paid negative."""
    rows, lines = layout("cash"), set(lines_under(layout("cash"), code))
    found: dict[int, Money] = {}
    for flow in flows:
        for side, amount in ((Side.CREDIT, flow.received), (Side.DEBIT, -flow.paid)):
            if amount and flow_line(rows, flow, side).code in lines:
                found[flow.account] = found.get(flow.account, ZERO) + amount
    return sorted((one, amount) for one, amount in found.items() if amount)


def _category(number: int, flow: str, kind: AccountType) -> str:
    """Return where an account's cash belongs; equity without a word is financing."""
    if flow:
        return flow
    if number in PAIRS or number in AGAINST:
        return INVESTING
    return FINANCING if kind is AccountType.EQUITY else OPERATING


def cash_on(book: Book, on: date) -> Money:
    """Return all cash and cash equivalents at the end of a day."""
    numbers = set(book.session.scalars(_cash_accounts(book)))
    held = balances_on(book, on)
    return Money(sum(units for one, units in held.items() if one in numbers))


@dataclass(frozen=True, slots=True)
class CashFlow:
    """The statement, with the cash it began and ended with, also of the time before.

    The earlier two are nothing where no earlier time stands beside it.
    """

    statement: Statement
    opening: Money
    closing: Money
    opening_before: Money | None = None
    closing_before: Money | None = None

    @property
    def ties(self) -> bool:
        """Say whether what moved leads from the cash at first to that at last."""
        return self.opening + self.statement.amount("net_change") == self.closing


def cash_flow(
    book: Book, first: date, last: date, *, beside: tuple[date, date] | None = None
) -> CashFlow:
    """Return the cash flow statement (*laporan arus kas*) of a time.

    Raises ``EndsBeforeItBegins`` and ``OutsideTheCalendar``.
    """
    rows = layout("cash")
    now = laid_out_flows(rows, flows_in(book, first, last))
    then = laid_out_flows(rows, flows_in(book, *beside)) if beside else None
    figures = tuple(
        Figure(
            row,
            now.get(row.code, ZERO),
            then.get(row.code, ZERO) if then is not None else None,
        )
        for row in rows
    )
    return CashFlow(
        Statement("cash", first, last, beside, figures),
        cash_on(book, day_before(first)),
        cash_on(book, last),
        cash_on(book, day_before(beside[0])) if beside else None,
        cash_on(book, beside[1]) if beside else None,
    )
