"""The bank's balance and the book's: what is outstanding, what nobody explained."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from coopbook.bankstatements import refusals
from coopbook.bankstatements.model import (
    BankLine,
    BankReconciliation,
    BankStatement,
)
from coopbook.bankstatements.queries import (
    BookLine,
    bank_account,
    bank_accounts,
    free_bank_lines,
    free_book_lines,
    statements,
)
from coopbook.book import Book
from coopbook.db.types import total
from coopbook.i18n import N_
from coopbook.ledger.closing import Check, at_month_end
from coopbook.ledger.model import Account, DayBalance
from coopbook.ledger.queries import account_balance
from coopbook.money import ZERO, Money

BACK = timedelta(days=62)
"""How far before the first statement lines of the book are still matched."""


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """An account on a day, by the bank and by the book.

    ``bank`` is nothing where no statement reaches the day.  ``outstanding`` are lines
    of the book the bank does not have yet, ``missing`` lines of the bank the book does
    not have.  ``signed`` is the last word that somebody gave for this day or later.
    """

    account: Account
    day: date
    book: Money
    bank: Money | None
    outstanding: tuple[BookLine, ...]
    missing: tuple[BankLine, ...]
    signed: BankReconciliation | None
    begins: date | None
    ends: date | None
    before: Money
    """How much more the book had than the bank when the statements began."""

    @property
    def in_transit(self) -> tuple[BookLine, ...]:
        """Deposits the book has and the bank does not yet."""
        return tuple(one for one in self.outstanding if one.amount > ZERO)

    @property
    def uncleared(self) -> tuple[BookLine, ...]:
        """Payments the book has and the bank does not yet."""
        return tuple(one for one in self.outstanding if one.amount < ZERO)

    @property
    def open(self) -> Money:
        """What is outstanding in all: deposits less payments."""
        return sum((one.amount for one in self.outstanding), ZERO)

    @property
    def difference(self) -> Money:
        """How much more bank and outstanding come to than the book, unexplained."""
        return (self.bank or ZERO) + self.open - self.book

    @property
    def explained(self) -> bool:
        """Whether nothing is left to explain."""
        return self.bank is not None and not self.difference and not self.missing

    @property
    def reconciled(self) -> bool:
        """Whether nothing is left to explain and somebody said so."""
        return self.explained and self.signed is not None


def reconciliation(book: Book, account: int, day: date) -> Reconciliation:
    """Return an account at the end of a day: bank ± outstanding = book, or not.

    Units: whole rupiah, both balances seen from the cooperative (money there is
    positive).  Raises ``NotABankAccount``.
    """
    of = bank_account(book, account)
    there = statements(book, account)
    first = there[0].first_day if there else None
    last = max((row.last_day for row in there), default=None)
    reaches = first is not None and last is not None and first <= day <= last
    since = first or day
    own = book.cooperative_id
    return Reconciliation(
        account=of,
        day=day,
        book=account_balance(book, account, day),
        bank=_bank_balance(book, account, there[0].opening, day) if reaches else None,
        outstanding=tuple(
            free_book_lines(book, account, since=since, until=day) if reaches else ()
        ),
        missing=tuple(free_bank_lines(book, account, until=day) if reaches else ()),
        signed=book.session.scalar(
            select(BankReconciliation)
            .where(BankReconciliation.cooperative_id == own)
            .where(BankReconciliation.account_number == account)
            .where(BankReconciliation.day >= day)
            .order_by(BankReconciliation.day, BankReconciliation.number.desc())
            .limit(1)
        ),
        begins=first,
        ends=last,
        before=_before(book, account, there[0]) if there else ZERO,
    )


def _bank_balance(book: Book, account: int, opening: Money, day: date) -> Money:
    """Return what the bank held at the end of a day its statements reach."""
    moved = book.session.scalar(
        select(total(BankLine.amount))
        .join(
            BankStatement,
            (BankStatement.cooperative_id == BankLine.cooperative_id)
            & (BankStatement.number == BankLine.statement_number),
        )
        .where(BankLine.cooperative_id == book.cooperative_id)
        .where(BankStatement.account_number == account)
        .where(BankLine.day <= day)
    )
    return opening + (moved or ZERO)


def _before(book: Book, account: int, first: BankStatement) -> Money:
    held = account_balance(book, account, first.first_day - timedelta(days=1))
    return held - first.opening


def looked_at_from(book: Book, account: int) -> date | None:
    """Return from when on lines of the book may still be matched, if from any day.

    That is the first day of the statements; as long as it is not known what was
    outstanding then, two months before.
    """
    there = statements(book, account)
    if not there:
        return None
    seen = reconciliation(book, account, there[-1].last_day)
    lacks = sum((one.amount for one in seen.missing), ZERO)
    first = there[0].first_day
    return first if seen.difference == lacks else first - BACK


def reconcile(book: Book, account: int, day: date, *, on: date) -> BankReconciliation:
    """Say that an account is reconciled for a day; the figures are kept with a name.

    Raises ``NoStatementYet``, ``NotExplained`` and ``AlreadyReconciled``.
    """
    now = reconciliation(book, account, day)
    if now.bank is None:
        raise refusals.NoStatementYet(account, day)
    if not now.explained:
        raise refusals.NotExplained(now.difference, len(now.missing))
    said, figures = now.signed, (now.bank, now.open, now.book)
    if (
        said is not None
        and said.day == day
        and (said.bank, said.outstanding, said.book) == figures
    ):
        raise refusals.AlreadyReconciled(account, day, said.reconciled_by)
    last = book.session.scalar(
        select(func.max(BankReconciliation.number))
        .where(BankReconciliation.cooperative_id == book.cooperative_id)
        .where(BankReconciliation.account_number == account)
        .where(BankReconciliation.day == day)
    )
    row = BankReconciliation(
        cooperative_id=book.cooperative_id,
        account_number=account,
        day=day,
        number=int(last or 0) + 1,
        bank=now.bank,
        outstanding=now.open,
        book=now.book,
        reconciled_on=on,
        reconciled_by=book.actor,
    )
    book.session.add(row)
    book.session.flush()
    return row


def reconciled(book: Book, day: date) -> list[Reconciliation]:
    """Return every bank account that holds something on a day or moved in its year."""
    found = []
    for account in bank_accounts(book):
        held = account_balance(book, account.number, day)
        moved = book.session.scalar(
            select(DayBalance.day)
            .where(DayBalance.cooperative_id == book.cooperative_id)
            .where(DayBalance.account_number == account.number)
            .where(DayBalance.day >= day.replace(month=1, day=1))
            .where(DayBalance.day <= day)
            .limit(1)
        )
        if held or moved is not None:
            found.append(reconciliation(book, account.number, day))
    return found


def checks(book: Book, day: date) -> list[Check]:
    """Return what a check list says of the bank; nothing where no bank account is used.

    The amount is what nobody explained; an account without a statement counts whole.
    It is for people to judge and keeps nothing from being closed.
    """
    found = reconciled(book, day)
    if not found:
        return []
    apart = sum((abs(one.difference) for one in found), ZERO)
    return [
        Check(
            N_("Bank accounts are reconciled with the bank's statements"),
            apart,
            all(one.reconciled for one in found),
        )
    ]


@at_month_end
def _of_month(book: Book, last: date) -> list[Check]:
    return checks(book, last)
