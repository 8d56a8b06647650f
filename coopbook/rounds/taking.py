"""Take in many payments in one entry: each loan's, and what goes into savings.

The round of an officer, the meeting of a group and a payment whose rest is saved are
the same thing: cash in the left column, the parts of every loan in the right one, and
beside them deposits.  Each loan sees a payment of its own, so a round that is reversed,
or entered late, lets every loan come out as if it had been paid alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from coopbook import loans, savings
from coopbook.book import Book
from coopbook.ledger import chart
from coopbook.ledger.model import Entry
from coopbook.ledger.origins import note_payer
from coopbook.ledger.posting import post
from coopbook.ledger.rules import Channel, VoucherKind, credit, debit
from coopbook.loans import Loan, Paying, Wish
from coopbook.loans.history import ROUND
from coopbook.loans.paying import check_cards
from coopbook.money import ZERO, Money
from coopbook.rounds import rules
from coopbook.savings import SavingsAccount, SavingsType

BANK = (chart.BANK, VoucherKind.BBM)
DRAWER = (chart.TELLER_CASH, VoucherKind.BKM)
FIELD = (chart.FIELD_CASH, VoucherKind.BKM)
"""Where the money of a round is: at the bank, in the drawer, with the collector."""


@dataclass(frozen=True, slots=True)
class Taking:
    """What somebody brings: for a loan, for an account, or for both."""

    loan: Loan | None = None
    amount: Money = ZERO
    account: SavingsAccount | None = None
    saved: Money = ZERO

    @property
    def total(self) -> Money:
        """Everything that is brought."""
        return self.amount + self.saved


def take(
    book: Book,
    takings: Sequence[Taking],
    *,
    on: date,
    memo: str,
    where: tuple[int, VoucherKind] = DRAWER,
) -> Entry:
    """Post what was brought as one entry; the loans that are paid by it are settled.

    What is more than due on a loan pays its next installments.  Raises
    ``NothingBrought``, ``LoanTwice``, ``AccountTwice`` and what ``loans.paying`` and
    ``savings.check_deposit`` refuse of any one of them; then nothing is posted.
    """
    brought = [one for one in takings if one.total > ZERO]
    if not brought:
        raise rules.NothingBrought
    _check_once(brought)
    done = [
        loans.paying(book, one.loan, one.amount, on, Wish.NEXT)
        for one in brought
        if one.loan is not None and one.amount
    ]
    saved = [
        (one.account, one.saved)
        for one in brought
        if one.account is not None and one.saved
    ]
    for account, amount in saved:
        _check_saving(book, account, amount, on)
    sleeping = savings.asleep_among(book, [account for account, _ in saved], on)
    entry = _post(book, done, saved, on, memo, where)
    for each in done:
        loans.conclude(book, each, entry, judge=False)
    if any(each.later for each in done):
        check_cards(book, [each.loan for each in done], entry)
    for account, since in sleeping:
        savings.stay_asleep(book, account, since)
    return entry


def _check_once(brought: Sequence[Taking]) -> None:
    paid, filled = set[int](), set[int]()
    for one in brought:
        if one.loan is not None and one.amount:
            if one.loan.number in paid:
                raise rules.LoanTwice(one.loan.number)
            paid.add(one.loan.number)
        if one.account is not None and one.saved:
            if one.account.number in filled:
                raise rules.AccountTwice(one.account.number)
            filled.add(one.account.number)


def _check_saving(book: Book, account: SavingsAccount, amount: Money, on: date) -> None:
    """Refuse what an account does not take; the principal share makes a member."""
    if account.product.savings_type is SavingsType.PRINCIPAL_SHARE:
        raise savings.NotOnARound(account.member.name)
    savings.check_deposit(book, account, amount, on=on)


def _post(
    book: Book,
    done: Sequence[Paying],
    saved: Sequence[tuple[SavingsAccount, Money]],
    on: date,
    memo: str,
    where: tuple[int, VoucherKind],
) -> Entry:
    account, kind = where
    lines = [line for each in done for line in loans.credits_of(book, each)]
    lines += [credit(one.account_number, much, card=one.number) for one, much in saved]
    whole = sum((line.credit for line in lines), ZERO)
    return post(
        book,
        on=on,
        memo=memo,
        lines=[debit(account, whole), *lines],
        kind=kind,
        source=ROUND,
        floors=not any(each.later for each in done),
    )


def repay_and_save(
    book: Book,
    loan: Loan,
    amount: Money,
    account: SavingsAccount,
    *,
    on: date,
    channel: Channel = Channel.CASH,
    payer: str = "",
    reference: str = "",
) -> Entry:
    """Pay what is due on a loan; what is more goes into the borrower's savings.

    One entry and one receipt.  Raises ``AnothersSavings``, ``NothingDue``, and what
    ``loans.repay`` and ``savings.deposit`` refuse.
    """
    if account.member_number != loan.member_number:
        raise rules.AnothersSavings(account.number, loan.number)
    due = loans.due_on(book, loan, on)
    if due == ZERO:
        raise rules.NothingDue(loan.number)
    paid = min(due, amount)
    by = f" ({payer.strip()})" if payer.strip() else ""
    entry = take(
        book,
        [Taking(loan, paid, account, amount - paid)],
        on=on,
        memo=f"Angsuran pinjaman {loan.number}, anggota {loan.member_number:04d}{by}",
        where=BANK if Channel(channel) is Channel.BANK else DRAWER,
    )
    note_payer(book, entry, payer=payer, reference=reference)
    return entry
