"""Use a fund for somebody; what a fund had, got and gave in a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, select

from coopbook.book import Book
from coopbook.dates import day_before
from coopbook.db.types import total
from coopbook.decisions import decision as find_decision
from coopbook.funds import rules
from coopbook.funds.model import FundUse
from coopbook.funds.rules import FundUseKind
from coopbook.ledger import chart
from coopbook.ledger.model import DayBalance, Entry, Line
from coopbook.ledger.posting import post
from coopbook.ledger.queries import account, account_balance, not_reversed
from coopbook.ledger.rules import VoucherKind, check_amount, credit, debit
from coopbook.members.changing import history
from coopbook.members.queries import member as find_member
from coopbook.members.rules import MemberStatus
from coopbook.money import ZERO, Money

USE = "funds.use"
FUNDS = (rules.EDUCATION, rules.SOCIAL, rules.DEVELOPMENT)
PAID_FROM = (chart.TELLER_CASH, chart.VAULT_CASH, chart.BANK)


@dataclass(frozen=True, slots=True)
class Used:
    """A use of a fund that stands, with its entry."""

    use: FundUse
    entry: Entry


@dataclass(frozen=True, slots=True)
class FundReport:
    """What a fund had at first, got, gave with and without a name, and has at last."""

    account: int
    opening: Money
    added: Money
    used: Money
    closing: Money
    named: Money

    @property
    def unnamed(self) -> Money:
        """What left the fund by a voucher that says nothing of whom it was for."""
        return self.used - self.named


def use_fund(
    book: Book,
    kind: FundUseKind,
    amount: Money,
    *,
    whom: str,
    on: date,
    member: int | None = None,
    decision: int | None = None,
    paid_from: int = chart.TELLER_CASH,
) -> FundUse:
    """Pay for somebody out of the fund that is there for it.

    Raises ``BeneficiaryNeeded``, ``MemberNeeded``, ``NotDeceased``, ``ReliefTwice``,
    ``FundTooSmall``, what naming member and decision refuses, and what posting does.
    """
    check_amount(amount)
    tidy = rules.check_whom(whom)
    if kind in rules.OF_A_MEMBER and member is None:
        raise rules.MemberNeeded
    if member is not None:
        _check_member(book, member, kind)
    if decision is not None:
        find_decision(book, decision)
    fund = rules.fund_of(kind)
    held = least_from(book, fund, on)
    if amount > held:
        raise rules.FundTooSmall(held, amount, on)
    about = rules.MEMOS[kind]
    of_member = f" (anggota {member})" if member is not None else ""
    entry = post(
        book,
        on=on,
        memo=f"{account(book, fund).name_id}: {about}, {tidy}{of_member}",
        lines=[debit(fund, amount), credit(paid_from, amount)],
        kind=VoucherKind.BBK if paid_from == chart.BANK else VoucherKind.BKK,
        source=USE,
    )
    last = book.session.scalar(
        select(func.max(FundUse.number)).where(
            FundUse.cooperative_id == book.cooperative_id
        )
    )
    row = FundUse(
        cooperative_id=book.cooperative_id,
        number=int(last or 0) + 1,
        account_number=fund,
        kind=kind,
        amount=amount,
        member_number=member,
        whom=tidy,
        decision_number=decision,
        entry_number=entry.number,
    )
    book.session.add(row)
    book.session.flush()
    return row


def _check_member(book: Book, number: int, kind: FundUseKind) -> None:
    found = find_member(book, number)
    if kind is not FundUseKind.RELIEF_DEATH:
        return
    changes = history(book, found)
    if all(one.status is not MemberStatus.DECEASED for one in changes):
        raise rules.NotDeceased(number)
    before = [
        one
        for one in uses(book)
        if one.use.kind is kind and one.use.member_number == number
    ]
    if before:
        raise rules.ReliefTwice(number, before[0].entry.voucher)


def least_from(book: Book, fund: int, on: date) -> Money:
    """Return the least a fund holds at the end of a day or of any later one."""
    later = book.session.scalars(
        select(DayBalance.credit - DayBalance.opening - DayBalance.debit)
        .where(DayBalance.cooperative_id == book.cooperative_id)
        .where(DayBalance.account_number == fund)
        .where(DayBalance.day > on)
    )
    held = [Money(int(units)) for units in later]
    return min([account_balance(book, fund, on), *held])


def uses(book: Book, first: date | None = None, last: date | None = None) -> list[Used]:
    """Return the uses of funds that stand, of a time where asked, latest first."""
    rows = (
        select(FundUse, Entry)
        .join(
            Entry,
            and_(
                Entry.cooperative_id == FundUse.cooperative_id,
                Entry.number == FundUse.entry_number,
            ),
        )
        .where(FundUse.cooperative_id == book.cooperative_id)
        .where(not_reversed(FundUse))
        .order_by(Entry.booked_on.desc(), FundUse.number.desc())
    )
    if first is not None:
        rows = rows.where(Entry.booked_on >= first)
    if last is not None:
        rows = rows.where(Entry.booked_on <= last)
    return [Used(use, entry) for use, entry in book.session.execute(rows)]


def fund_reports(book: Book, first: date, last: date) -> list[FundReport]:
    """Return what each fund had, got and gave in a time; a reversal takes back.

    ``opening + added - used == closing`` holds for every fund, and what was used
    without a name is told apart.
    """
    named = dict.fromkeys(FUNDS, ZERO)
    for one in uses(book, first, last):
        named[one.use.account_number] += one.use.amount
    found = []
    for fund in FUNDS:
        added, used = _moved(book, fund, first, last)
        opening = account_balance(book, fund, day_before(first))
        closing = account_balance(book, fund, last)
        found.append(FundReport(fund, opening, added, used, closing, named[fund]))
    return found


def _moved(book: Book, fund: int, first: date, last: date) -> tuple[Money, Money]:
    rows = book.session.execute(
        select(Entry.reverses, total(Line.debit), total(Line.credit))
        .join(
            Entry,
            and_(
                Entry.cooperative_id == Line.cooperative_id,
                Entry.number == Line.entry_number,
            ),
        )
        .where(Line.cooperative_id == book.cooperative_id)
        .where(Line.account_number == fund)
        .where(Line.booked_on >= first)
        .where(Line.booked_on <= last)
        .group_by(Entry.reverses)
    )
    added = used = ZERO
    for reverses, left, right in rows:
        if reverses is None:
            added, used = added + right, used + left
        else:
            added, used = added - left, used - right
    return added, used
