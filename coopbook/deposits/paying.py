"""Accrue the interest of term deposits, and pay it, tax kept back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from coopbook.book import Book
from coopbook.deposits import rules
from coopbook.deposits.model import DepositInterest, TermDeposit
from coopbook.deposits.queries import (
    deposit as find_deposit,
)
from coopbook.deposits.queries import earnings, earnings_of, running
from coopbook.deposits.reckoning import interest
from coopbook.deposits.rules import DepositState
from coopbook.ledger import chart
from coopbook.ledger.model import Entry
from coopbook.ledger.posting import before_reversal, post
from coopbook.ledger.rules import Draft, credit, debit
from coopbook.money import ZERO, Money
from coopbook.savings.model import SavingsAccount
from coopbook.savings.queries import account as find_account
from coopbook.savings.taxing import Withholding

ACCRUE, PAY = "deposits.accrue", "deposits.pay"
ALL = 1_000_000


def accrue(
    book: Book,
    until: date,
    *,
    on: date | None = None,
    only: Sequence[TermDeposit] | None = None,
) -> Entry | None:
    """Accrue the interest of running deposits up to a day, in one entry.

    Debit 51002, credit 21301 (domain guide 5.2), on that day or on another one.  The
    same day again accrues nothing and returns nothing.
    """
    found = list(running(book, limit=ALL)) if only is None else list(only)
    known = earnings_of(book, [one.number for one in found])
    parts = []
    for one in found:
        if until <= one.opened_on:
            continue
        end = min(until, one.matures_on)
        before = known.get(one.number)
        more = earned(one, end) - (before.accrued if before else ZERO)
        if more > ZERO:
            parts.append((one, end, more))
    if not parts:
        return None
    whole = sum((more for _, _, more in parts), ZERO)
    entry = post(
        book,
        on=on or until,
        memo=f"Akru bunga simpanan berjangka, {len(parts)} rekening",
        lines=[
            debit(chart.DEPOSIT_INTEREST, whole),
            credit(chart.ACCRUED_SAVINGS_INTEREST, whole),
        ],
        source=ACCRUE,
    )
    for one, end, more in parts:
        note(book, entry, one, end, accrued=more)
    book.session.flush()
    return entry


def pay(book: Book, deposit: TermDeposit, until: date, *, on: date) -> Entry | None:
    """Pay what a deposit earned up to a day into its savings account, tax kept back.

    Debit 21301, credit the account and 21601 (domain guide 5.2).  What was not
    accrued yet is accrued first.  Returns nothing where nothing is left to pay.
    """
    before = earnings(book, deposit)
    gross = earned(deposit, until) - before.paid
    if gross <= ZERO:
        return None
    if before.accrued < before.paid + gross:
        accrue(book, until, on=on, only=[deposit])
    tax = tax_on(book, deposit, gross, on)
    account = savings_of(book, deposit)
    entry = post(
        book,
        on=on,
        memo=f"Bunga simpanan berjangka {deposit.number}",
        lines=[
            debit(chart.ACCRUED_SAVINGS_INTEREST, gross),
            *some(account.account_number, gross - tax, account.number),
            *some(chart.SAVINGS_TAX, tax),
        ],
        source=PAY,
    )
    note(book, entry, deposit, max(until, before.until), paid=gross, tax=tax)
    book.session.flush()
    return entry


def earned(deposit: TermDeposit, until: date) -> Money:
    """Return what a deposit earned from its opening up to a day."""
    return interest(
        deposit.principal, deposit.rate, deposit.day_count, deposit.opened_on, until
    )


def tax_on(book: Book, deposit: TermDeposit, gross: Money, on: date) -> Money:
    """Return the tax kept back of interest of a deposit that is paid on a day.

    All interest the member is paid in the calendar month is taken together.
    """
    return Withholding(book, deposit.member_number).take(gross, on)


def savings_of(book: Book, deposit: TermDeposit) -> SavingsAccount:
    """Return the account that interest and principal of a deposit are paid to."""
    return find_account(book, deposit.savings_number)


def some(account: int, amount: Money, card: int = 0) -> list[Draft]:
    """Return a line in the right column, or none for nothing."""
    return [credit(account, amount, card=card)] if amount > ZERO else []


def note(
    book: Book,
    entry: Entry,
    deposit: TermDeposit,
    until: date,
    *,
    accrued: Money = ZERO,
    paid: Money = ZERO,
    tax: Money = ZERO,
) -> None:
    """Keep what an entry did to the interest of a deposit."""
    book.session.add(
        DepositInterest(
            cooperative_id=book.cooperative_id,
            entry_number=entry.number,
            deposit_number=deposit.number,
            until=until,
            accrued=accrued,
            paid=paid,
            tax=tax,
        )
    )


@before_reversal(ACCRUE)
@before_reversal(PAY)
def _nothing_built_on_it(book: Book, entry: Entry) -> None:
    """Refuse to take back interest of an ended deposit, or accruals that were paid."""
    rows = book.session.scalars(
        select(DepositInterest)
        .where(DepositInterest.cooperative_id == book.cooperative_id)
        .where(DepositInterest.entry_number == entry.number)
    )
    for row in rows:
        deposit = find_deposit(book, row.deposit_number)
        now = earnings(book, deposit)
        paid_out = row.accrued > ZERO and now.accrued - row.accrued < now.paid
        if deposit.state is not DepositState.OPEN or paid_out:
            raise rules.InterestBuiltOn(deposit.number)
