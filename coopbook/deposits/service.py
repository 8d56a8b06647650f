"""Tie money for some months: set terms, open, pledge."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from coopbook.book import Book
from coopbook.deposits import rules
from coopbook.deposits.model import DepositTerms, TermDeposit
from coopbook.deposits.queries import deposit as find_deposit
from coopbook.deposits.queries import earnings, last_number, terms_on
from coopbook.deposits.reckoning import maturity
from coopbook.deposits.rules import DepositState, Pays, Rollover
from coopbook.ledger import chart
from coopbook.ledger.accounts import open_card
from coopbook.ledger.model import Entry
from coopbook.ledger.posting import before_reversal, post, when_reversed
from coopbook.ledger.rules import (
    Channel,
    Draft,
    ReasonNeeded,
    VoucherKind,
    check_amount,
    credit,
    debit,
)
from coopbook.members.model import Member
from coopbook.members.standing import check_here, rights
from coopbook.money import ZERO, Money, Per, Rate
from coopbook.savings import rules as savings_rules
from coopbook.savings.holding import held, hold_deposit, holds
from coopbook.savings.interest import DayCount
from coopbook.savings.model import SavingsAccount, SavingsHold
from coopbook.savings.queries import available
from coopbook.savings.rules import HoldReason
from coopbook.savings.service import check_moving_on

OPEN = "deposits.open"
IN = {
    Channel.CASH: (chart.TELLER_CASH, VoucherKind.BKM),
    Channel.BANK: (chart.BANK, VoucherKind.BBM),
}


def set_deposit_terms(
    book: Book,
    months: int,
    *,
    rate: Rate,
    valid_from: date,
    source: str,
    day_count: DayCount = DayCount.ACTUAL_365,
    kept_percent: int = 0,
    penalty_percent: int = 0,
) -> DepositTerms:
    """Say what deposits of so many months earn that are opened from a day on.

    Deposits that run keep their terms.  Raises ``TermUnknown``, ``TermsDisorderly``
    and ``TermsBefore``.
    """
    _check_term(months)
    shares = all(0 <= share <= 100 for share in (kept_percent, penalty_percent))
    if not (rate.per in (Per.YEAR, Per.MONTH) and rate.share >= 0 and shares):
        raise rules.TermsDisorderly
    last = book.session.scalar(
        select(func.max(DepositTerms.valid_from))
        .where(DepositTerms.cooperative_id == book.cooperative_id)
        .where(DepositTerms.months == months)
    )
    if last is not None and valid_from <= last:
        raise rules.TermsBefore(last, valid_from)
    row = DepositTerms(
        cooperative_id=book.cooperative_id,
        months=months,
        valid_from=valid_from,
        rate=rate,
        day_count=day_count,
        kept_percent=kept_percent,
        penalty_percent=penalty_percent,
        source=source.strip(),
    )
    book.session.add(row)
    book.session.flush()
    return row


def open_deposit(
    book: Book,
    member: Member,
    savings: SavingsAccount,
    amount: Money,
    *,
    months: int,
    on: date,
    channel: Channel | None = None,
    rollover: Rollover = Rollover.STOP,
    pays: Pays = Pays.AT_MATURITY,
    heir: str = "",
) -> Entry:
    """Tie an amount on the terms in force; the money comes in, or from ``savings``.

    ``savings`` is where interest and principal go when they are paid; without a
    ``channel`` it is also where the money comes from.  Raises ``TermUnknown``,
    ``NoDepositTerms``, ``NotOneOfTheirs``, ``MembersOnly``, ``HasLeft`` and what
    ``savings.withdraw`` refuses.
    """
    check_amount(amount)
    _check_term(months)
    check_here(member.name, member.status)
    if not rights(member.status).save:
        raise savings_rules.MembersOnly(member.name)
    if savings.member_number != member.number or not savings.product.withdrawable:
        raise rules.NotOneOfTheirs(savings.number, member.name)
    if savings.closed_on is not None:
        raise savings_rules.SavingsClosed(savings.number, savings.closed_on)
    terms = terms_on(book, months, on)
    if terms is None:
        raise rules.NoDepositTerms(months, on)
    row = new_row(
        *(book, member, savings, amount, terms),
        on=on,
        rollover=rollover,
        pays=pays,
        heir=heir,
    )
    source, kind = _from(book, savings, amount, on, channel)
    return post(
        book,
        on=on,
        memo=f"Simpanan berjangka {months} bulan {row.number}, {member.number:04d}",
        lines=[source, credit(row.account_number, amount, card=row.number)],
        kind=kind,
        source=OPEN,
    )


def new_row(
    book: Book,
    member: Member,
    savings: SavingsAccount,
    amount: Money,
    terms: DepositTerms,
    *,
    on: date,
    rollover: Rollover,
    pays: Pays,
    heir: str,
    follows: int | None = None,
) -> TermDeposit:
    """Enter a deposit and its card; the money is posted by whoever asks."""
    number, account = last_number(book) + 1, chart.DEPOSITS[terms.months]
    open_card(
        *(book, account, number),
        name=f"Simpanan Berjangka {number} {member.number:04d} {member.name}",
        floor=ZERO,
    )
    book.session.flush()
    row = TermDeposit(
        cooperative_id=book.cooperative_id,
        number=number,
        member_number=member.number,
        savings_number=savings.number,
        account_number=account,
        months=terms.months,
        principal=amount,
        rate=terms.rate,
        day_count=terms.day_count,
        kept_percent=terms.kept_percent,
        penalty_percent=terms.penalty_percent,
        opened_on=on,
        matures_on=maturity(on, terms.months),
        rollover=rollover,
        pays=pays,
        heir=heir.strip(),
        follows=follows,
        state=DepositState.OPEN,
        ended_on=None,
    )
    book.session.add(row)
    book.session.flush()
    return row


def _from(
    book: Book,
    savings: SavingsAccount,
    amount: Money,
    on: date,
    channel: Channel | None,
) -> tuple[Draft, VoucherKind]:
    """Return the line the money comes from, out of savings or through a channel."""
    if channel is not None:
        cash, kind = IN[Channel(channel)]
        return debit(cash, amount), kind
    check_moving_on(book, savings, on)
    savings_rules.check_withdrawal(
        amount,
        available=available(book, savings, on),
        minimum=savings.product.minimum_balance,
        held=held(book, savings),
    )
    line = debit(savings.account_number, amount, card=savings.number)
    return line, VoucherKind.BM


def change_wishes(
    book: Book,
    deposit: TermDeposit,
    *,
    rollover: Rollover | None = None,
    heir: str | None = None,
) -> TermDeposit:
    """Change what happens at maturity, or the heir; raise ``DepositEnded``."""
    check_open(deposit)
    if rollover is not None:
        deposit.rollover = rollover
    if heir is not None:
        deposit.heir = heir.strip()
    book.session.flush()
    return deposit


def pledge(
    book: Book,
    deposit: TermDeposit,
    *,
    note: str,
    on: date,
    loan: int | None = None,
    why: HoldReason = HoldReason.COLLATERAL,
) -> SavingsHold:
    """Hold a deposit as a whole, for a loan it secures; nothing is posted.

    Raises ``DepositEnded``, ``DepositHeld`` and ``ReasonNeeded``.
    """
    check_open(deposit)
    check_unheld(book, deposit)
    if not note.strip():
        raise ReasonNeeded
    return hold_deposit(
        *(book, deposit.number, deposit.principal),
        why=why,
        note=note,
        on=on,
        loan=loan,
    )


def check_open(deposit: TermDeposit) -> None:
    """Refuse a deposit that has ended; raise ``DepositEnded``."""
    if deposit.state is not DepositState.OPEN:
        raise rules.DepositEnded(deposit.number, deposit.ended_on or deposit.opened_on)


def check_unheld(book: Book, deposit: TermDeposit) -> None:
    """Refuse a deposit that secures something; raise ``DepositHeld``."""
    for one in holds(book, deposit=deposit.number):
        raise rules.DepositHeld(deposit.number, one.note)


def deposit_in(book: Book, entry: Entry) -> TermDeposit:
    """Return the deposit on whose card an entry is."""
    cards = set(chart.DEPOSITS.values())
    numbers = [line.card_number for line in entry.lines if line.account_number in cards]
    return find_deposit(book, numbers[0])


def _check_term(months: int) -> None:
    if months not in rules.TERMS:
        raise rules.TermUnknown(rules.TERMS, months)


@before_reversal(OPEN)
def _still_untouched(book: Book, entry: Entry) -> None:
    """Refuse to take back a deposit that has earned, or ended, or secures something."""
    deposit = deposit_in(book, entry)
    check_open(deposit)
    check_unheld(book, deposit)
    if earnings(book, deposit).accrued:
        raise rules.EarnedAlready(deposit.number)


@when_reversed(OPEN)
def _taken_back(book: Book, entry: Entry, reversal: Entry) -> None:
    deposit = deposit_in(book, entry)
    deposit.state, deposit.ended_on = DepositState.CANCELLED, reversal.booked_on
    book.session.flush()
