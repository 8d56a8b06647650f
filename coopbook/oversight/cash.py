"""How much cash passed between a member and the cooperative in a day.

Source: UU 8/2010 article 23 asks certain institutions to report cash of one person in
a day from Rp500,000,000 on, in one transaction or several [not read in the text]; the
figure is the dated setting ``cash_report_threshold``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import aliased

from coopbook.book import Book
from coopbook.cooperatives import setting
from coopbook.deposits import TermDeposit
from coopbook.ledger import chart
from coopbook.ledger.model import Entry, Line
from coopbook.ledger.queries import not_reversed
from coopbook.loans.model import Loan
from coopbook.members.model import Member
from coopbook.money import ZERO, Money
from coopbook.savings.model import SavingsAccount

CASH = (chart.VAULT_CASH, chart.TELLER_CASH, chart.PETTY_CASH, chart.FIELD_CASH)


@dataclass(frozen=True, slots=True)
class CashOfDay:
    """The cash of one member on a day: brought in, taken out, and the threshold."""

    member: Member
    on: date
    brought: Money
    taken: Money
    threshold: Money

    @property
    def together(self) -> Money:
        """Both directions added up, as the threshold counts them."""
        return self.brought + self.taken

    @property
    def to_report(self) -> bool:
        """Say whether the day reaches the threshold."""
        return self.together >= self.threshold


def cash_of_day(book: Book, on: date, *, member: int | None = None) -> list[CashOfDay]:
    """Return every member who moved cash on a day, the largest first.

    Counted is, entry by entry that touches cash, what the member's cards, deposits and
    loans gained or lost by it; a reversed entry and its reversal count as nothing.
    """
    other = aliased(Line)
    touches_cash = (
        select(other.entry_number)
        .where(other.cooperative_id == book.cooperative_id)
        .where(other.booked_on == on)
        .where(other.account_number.in_(CASH))
    )
    rows = book.session.execute(
        select(
            *(SavingsAccount.member_number, Loan.member_number),
            TermDeposit.member_number,
            *(Line.account_number, Line.card_number, Line.entry_number),
            *(Line.debit, Line.credit),
        )
        .join(
            Entry,
            (Entry.cooperative_id == Line.cooperative_id)
            & (Entry.number == Line.entry_number),
        )
        .outerjoin(
            SavingsAccount,
            (SavingsAccount.cooperative_id == Line.cooperative_id)
            & (SavingsAccount.account_number == Line.account_number)
            & (SavingsAccount.number == Line.card_number),
        )
        .outerjoin(
            TermDeposit,
            (TermDeposit.cooperative_id == Line.cooperative_id)
            & (TermDeposit.account_number == Line.account_number)
            & (TermDeposit.number == Line.card_number),
        )
        .outerjoin(
            Loan,
            (Loan.cooperative_id == Line.cooperative_id)
            & (Loan.number == Line.loan_number),
        )
        .where(Line.cooperative_id == book.cooperative_id)
        .where(Line.booked_on == on)
        .where(Line.entry_number.in_(touches_cash))
        .where(Entry.reverses.is_(None))
        .where(not_reversed(Entry, "number"))
    )
    passed: dict[tuple[int, int], int] = {}
    for saver, borrower, depositor, account, card, entry, left, right in rows:
        known = (one for one in (saver, depositor, borrower) if one is not None)
        number = next(known, None)
        if account == chart.FORMER_MEMBERS:
            number = card
        if number is not None and member in (None, number):
            before = passed.get((number, entry), 0)
            passed[number, entry] = before + right.units - left.units
    moved: dict[int, tuple[Money, Money]] = {}
    for (number, _), units in passed.items():
        brought, taken = moved.get(number, (ZERO, ZERO))
        into, out = Money(max(units, 0)), Money(max(-units, 0))
        moved[number] = (brought + into, taken + out)
    found, most = [], threshold(book, on)
    for number, (brought, taken) in moved.items():
        who = book.get(Member, number)
        assert who is not None
        found.append(CashOfDay(who, on, brought, taken, most))
    return sorted(found, key=lambda one: (-one.together.units, one.member.number))


def threshold(book: Book, on: date) -> Money:
    """Return the cash of a member in a day from which it is to be reported."""
    return Money(setting(book, "cash_report_threshold", on))


def reaches_threshold(book: Book, member: Member, on: date) -> CashOfDay | None:
    """Return a member's cash of a day when it is to be reported, else nothing."""
    return next(
        (one for one in cash_of_day(book, on, member=member.number) if one.to_report),
        None,
    )
