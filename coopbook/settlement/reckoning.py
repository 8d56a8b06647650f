"""What a membership comes to on a day: everything owned, everything owed, the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from coopbook import deposits, goods, loans, savings
from coopbook.book import Book
from coopbook.cooperatives import cooperative, setting
from coopbook.dates import day_before, months_after, parse_month
from coopbook.deposits import DepositState, TermDeposit
from coopbook.deposits.reckoning import Broken
from coopbook.ledger import chart
from coopbook.ledger.rules import Draft, credit, debit
from coopbook.loans import Loan, LoanState
from coopbook.loans.allocation import Owed, allocate
from coopbook.members.model import Member
from coopbook.members.rules import MemberStatus
from coopbook.money import ZERO, Money
from coopbook.savings import SavingsAccount, SavingsProduct
from coopbook.savings.reckoner import reckoner
from coopbook.savings.reckoning import month_of_account
from coopbook.savings.rules import SHARES
from coopbook.savings.taxing import Withholding

Surplus = Callable[[Book, Member, date], list[Draft]]


def _none_yet(book: Book, member: Member, on: date) -> list[Draft]:
    return []


SURPLUS: list[Surplus] = [_none_yet]
"""Who knows what surplus of closed years a member has not taken: nobody, until the
year is closed in this book.  The last that registers counts."""


def surplus_of_members(hook: Surplus) -> Surplus:
    """Register what returns the lines, debited, of a member's undistributed surplus."""
    SURPLUS.append(hook)
    return hook


@dataclass(frozen=True, slots=True)
class Saved:
    """An account of a leaver: what is on it, and what it earned and was not posted."""

    account: SavingsAccount
    product: SavingsProduct
    balance: Money
    interest: Money
    tax: Money


@dataclass(frozen=True, slots=True)
class Tied:
    """A term deposit of a leaver, and what becomes of it."""

    deposit: TermDeposit
    ending: Broken
    tax: Money


@dataclass(frozen=True, slots=True)
class Debt:
    """A loan of a leaver: what ends it to date, and what of that is set off."""

    loan: Loan
    owed: Owed
    set_off: Owed


@dataclass(frozen=True, slots=True)
class Statement:
    """Everything a membership comes to on a day."""

    member: Member
    on: date
    saved: tuple[Saved, ...]
    tied: tuple[Tied, ...]
    surplus: tuple[Draft, ...]
    debts: tuple[Debt, ...]
    shop: Money

    @property
    def shares(self) -> Money:
        """Principal, mandatory and special shares."""
        return _sum(s.balance for s in self.saved if s.product.savings_type in SHARES)

    @property
    def savings(self) -> Money:
        """Savings that could be taken out at any time."""
        whole = _sum(s.balance for s in self.saved)
        return whole - self.shares

    @property
    def interest(self) -> Money:
        """What savings earned to date and was not posted yet, tax kept back."""
        return _sum(s.interest - s.tax for s in self.saved)

    @property
    def deposits(self) -> Money:
        """What the term deposits come to, tax kept back."""
        return _sum(t.ending.payout - t.tax for t in self.tied)

    @property
    def undistributed(self) -> Money:
        """Surplus of closed years."""
        return _sum(line.debit for line in self.surplus)

    @property
    def owns(self) -> Money:
        """Everything together."""
        return (
            self.shares
            + self.savings
            + self.interest
            + self.deposits
            + self.undistributed
        )

    @property
    def owes(self) -> Money:
        """Everything owed to date."""
        return _sum(debt.owed.total for debt in self.debts) + self.shop

    @property
    def net(self) -> Money:
        """What is left to be paid; negative where a claim remains."""
        return self.owns - self.owes


def reckon(book: Book, member: Member, cause: MemberStatus, on: date) -> Statement:
    """Reckon what a membership comes to on a day; nothing is posted.

    Savings earn up to the day before; deposits are broken on their own terms, unless
    the by-laws let leavers keep their interest (``leaver_breaks_deposits``) or the
    member died; loans end with interest to date.  Goods bought on account are set off
    before loans.  Source: domain guide 2.4.
    """
    withholding = Withholding(book, member.number)
    saved = [
        _saved(book, one.account, one.balance, on, withholding)
        for one in savings.accounts_of(book, member)
        if one.account.closed_on is None
    ]
    tied = _tied(book, member, cause, on, withholding)
    surplus = SURPLUS[-1](book, member, on)
    owns = (
        _sum(one.balance + one.interest - one.tax for one in saved)
        + _sum(one.ending.payout - one.tax for one in tied)
        + _sum(line.debit for line in surplus)
    )
    shop = goods.owed_to_shop(book, member.number, on)
    return Statement(
        *(member, on, tuple(saved), tuple(tied), tuple(surplus)),
        tuple(_debts(book, member, owns - shop, on)),
        shop,
    )


def lines_of(said: Statement) -> list[Draft]:
    """Return the lines of a settlement, all but where the rest goes.

    Debit every card of the member with all that is on it, and the interest to 51001;
    credit the tax, what is set off on each loan and what is owed to the shop.
    """
    lines = []
    for one in said.saved:
        control, card = one.account.card
        lines += [debit(control, one.balance, card=card)] if one.balance else []
    gross = _sum(one.interest for one in said.saved)
    tax = _sum(one.tax for one in said.saved)
    lines += [debit(chart.SAVINGS_INTEREST, gross)] if gross else []
    lines += [credit(chart.SAVINGS_TAX, tax)] if tax else []
    for tied in said.tied:
        lines += deposits.ending_lines(tied.deposit, tied.ending, tied.tax)
    lines += said.surplus
    for debt in said.debts:
        lines += loans.lines_of(debt.loan, debt.set_off)
    if said.shop:
        lines.append(credit(chart.SHOP_RECEIVABLE, said.shop, card=said.member.number))
    return lines


def _saved(
    book: Book,
    account: SavingsAccount,
    balance: Money,
    on: date,
    withholding: Withholding,
) -> Saved:
    gross = tax = ZERO
    product = account.product
    if product.savings_type not in SHARES:
        for earned, kept_back in _unposted(book, account, product, on, withholding):
            gross, tax = gross + earned, tax + kept_back
    return Saved(account, product, balance, gross, tax)


def _unposted(
    book: Book,
    account: SavingsAccount,
    product: SavingsProduct,
    on: date,
    withholding: Withholding,
) -> list[tuple[Money, Money]]:
    """Return interest and tax of every month that is not posted, up to a day."""
    posted = savings.last_posted(book, product)
    first = max(account.opened_on, cooperative(book).first_day).replace(day=1)
    if posted is not None:
        first = max(first, months_after(parse_month(posted.month)[0], 1))
    if account.earned_until is not None:
        first = max(first, account.earned_until.replace(day=1))
    end, found = day_before(on), []
    while first <= end:
        last = min(day_before(months_after(first, 1)), end)
        terms = savings.terms_of(book, product, last)
        if terms is not None:
            held, days = month_of_account(book, account, first, last)
            amount = Money(reckoner(terms, first, last)(held, days))
            found.append((amount, withholding.take(amount, last)))
        first = months_after(first, 1)
    return found


def _tied(
    book: Book,
    member: Member,
    cause: MemberStatus,
    on: date,
    withholding: Withholding,
) -> list[Tied]:
    found = []
    kept = cause is MemberStatus.DECEASED or not setting(
        book, "leaver_breaks_deposits", on
    )
    for one in deposits.deposits_of(book, member):
        if one.state is not DepositState.OPEN:
            continue
        whole = kept or one.matures_on <= on
        said = (deposits.what_is_due if whole else deposits.what_breaking_costs)(
            book, one, on
        )
        found.append(Tied(one, said, withholding.take(said.interest, on)))
    return found


def _debts(book: Book, member: Member, owns: Money, on: date) -> list[Debt]:
    """Set off what is owned against the loans, the oldest first."""
    running = [
        one
        for one in reversed(loans.loans_of(book, member))
        if one.state is LoanState.DISBURSED
    ]
    left, found = owns, []
    for one in running:
        owed = loans.to_date(book, one, on)
        parts = allocate(max(left, ZERO), [owed])
        set_off = parts[0] if parts else Owed(0, ZERO, ZERO, ZERO, ZERO)
        left -= set_off.total
        found.append(Debt(one, owed, set_off))
    return found


def _sum(amounts: Iterable[Money]) -> Money:
    return sum(amounts, ZERO)
