"""Use a fund for somebody; what a fund had, got and gave in a time."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import and_, func, select

from coopbook.book import Book
from coopbook.dates import day_before
from coopbook.db.types import total
from coopbook.decisions import decision as find_decision
from coopbook.funds import rules
from coopbook.funds.model import FundUse
from coopbook.funds.rules import FundUseKind
from coopbook.i18n import N_
from coopbook.ledger import chart
from coopbook.ledger.model import DayBalance, Entry, Line
from coopbook.ledger.posting import check_open, post
from coopbook.ledger.queries import account, account_balance, not_reversed
from coopbook.ledger.rules import Draft, check_amount, credit, debit
from coopbook.ledger.vouchers import above_limit, ask_to_pay, kind_of
from coopbook.members.changing import history
from coopbook.members.queries import member as find_member
from coopbook.members.rules import MemberStatus
from coopbook.money import ZERO, Money
from coopbook.people.approvals import approvable
from coopbook.people.model import Approval
from coopbook.people.rules import Role

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
) -> FundUse | Approval:
    """Pay for somebody out of the fund that is there for it.

    Above the by-law ``voucher_limit`` a second person is asked and nothing is paid
    before.  Raises ``BeneficiaryNeeded``, ``MemberNeeded``, ``NotDeceased``,
    ``ReliefTwice``, ``FundTooSmall``, what naming member and decision refuses, and what
    posting does.
    """
    about = Asked(kind, amount, rules.check_whom(whom), on, member, decision, paid_from)
    check_open(book, on)
    lines, memo = _judged(book, about)
    if not above_limit(book, lines, on):
        return _paid(book, about)
    request = {each.name: getattr(about, each.name) for each in fields(about)}
    return ask_to_pay(book, USE, request, lines, memo=memo, on=on)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a fund is asked to pay: for what, how much, for whom, from where."""

    kind: FundUseKind
    amount: Money
    whom: str
    on: date
    member: int | None
    decision: int | None
    paid_from: int


@approvable(USE, N_("Use a fund above the limit"), frozenset({Role.MANAGER}))
def _agreed(
    book: Book,
    approval: Approval,
    *,
    kind: str,
    amount: int,
    on: str,
    lines: list[list[int]],
    memo: str,
    **about: Any,
) -> FundUse:
    day = date.fromisoformat(on)
    asked = Asked(kind=FundUseKind(kind), amount=Money(amount), on=day, **about)
    return _paid(book, asked, approval=approval.number)


def _judged(book: Book, about: Asked) -> tuple[list[Draft], str]:
    """Return the lines and the words of a use that may be; refuse any other."""
    check_amount(about.amount)
    if about.kind in rules.OF_A_MEMBER and about.member is None:
        raise rules.MemberNeeded
    if about.member is not None:
        _check_member(book, about.member, about.kind)
    if about.decision is not None:
        find_decision(book, about.decision)
    fund = rules.fund_of(about.kind)
    held = least_from(book, fund, about.on)
    if about.amount > held:
        raise rules.FundTooSmall(held, about.amount, about.on)
    said = rules.MEMOS[about.kind]
    of_member = f" (anggota {about.member})" if about.member is not None else ""
    return (
        [debit(fund, about.amount), credit(about.paid_from, about.amount)],
        f"{account(book, fund).name_id}: {said}, {about.whom}{of_member}",
    )


def _paid(book: Book, about: Asked, *, approval: int | None = None) -> FundUse:
    """Post a use of a fund and say for whom it was."""
    lines, memo = _judged(book, about)
    entry = post(
        book,
        on=about.on,
        memo=memo,
        lines=lines,
        kind=kind_of(lines),
        source=USE,
        approval=approval,
    )
    last = book.session.scalar(
        select(func.max(FundUse.number)).where(
            FundUse.cooperative_id == book.cooperative_id
        )
    )
    row = FundUse(
        cooperative_id=book.cooperative_id,
        number=int(last or 0) + 1,
        account_number=rules.fund_of(about.kind),
        kind=about.kind,
        amount=about.amount,
        member_number=about.member,
        whom=about.whom,
        decision_number=about.decision,
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
