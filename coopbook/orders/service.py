"""Pay a loan's dues out of savings, as the member asked once for all.

Here too is what savings mean for borrowing: who owes too many months of the
mandatory share applies for no loan until a plan is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from coopbook import loans, savings
from coopbook.book import Book
from coopbook.errors import Missing, Refused
from coopbook.i18n import N_
from coopbook.ledger.model import Entry
from coopbook.ledger.posting import post
from coopbook.ledger.rules import debit
from coopbook.loans import Loan, LoanState
from coopbook.loans.fees import GoesTo
from coopbook.members.model import Member
from coopbook.members.standing import LEFT
from coopbook.money import ZERO, Money
from coopbook.orders.model import StandingOrder, StandingRun
from coopbook.savings import SavingsAccount

SOURCE = "orders.pay"
SPECIAL = "special"


@dataclass(eq=False)
class NoSuchOrder(Missing):
    """There is no standing order of that number."""

    sentence = N_("There is no standing order %(number)s.")

    number: int


@dataclass(eq=False)
class NotTheirOrder(Refused):
    """A member's loan is paid out of the same member's savings."""

    sentence = N_(
        "Loan %(loan)s and account %(account)s belong to different members. "
        "Choose an account of the borrower."
    )

    loan: int
    account: int


@dataclass(eq=False)
class NotToBePaid(Refused):
    """A standing order pays a loan that runs."""

    sentence = N_("Loan %(loan)s is not running, so nothing can be paid on it.")

    loan: int


@dataclass(eq=False)
class OrderedAlready(Refused):
    """A loan has one standing order."""

    sentence = N_(
        "Loan %(loan)s is paid out of account %(account)s already. End that order "
        "first to name another account."
    )

    loan: int
    account: int


@dataclass(eq=False)
class SharesMissed(Refused):
    """Who saves borrows: months of the mandatory share are missed."""

    sentence = N_(
        "%(name)s has missed %(missed)s months of the mandatory share (%(arrears)s); "
        "with at most %(most)s one can borrow. Pay them, or agree on a plan and keep "
        "it."
    )

    name: str
    missed: int
    arrears: Money
    most: int


@dataclass(eq=False)
class ShareNotOffered(Refused):
    """What is kept back as a share needs a kind of savings to be kept on."""

    sentence = N_(
        "Loan %(number)s keeps a special mandatory share back, which the cooperative "
        "does not offer yet. Begin to offer that kind of savings first."
    )

    number: int


@dataclass(frozen=True, slots=True)
class Ran:
    """What a day's standing orders did."""

    paid: tuple[StandingRun, ...]
    short: tuple[StandingRun, ...]


def order(
    book: Book, loan: Loan, account: SavingsAccount, *, on: date
) -> StandingOrder:
    """Pay what is due on a loan out of an account from now on, on the days it is due.

    Raises ``NotToBePaid``, ``NotTheirOrder``, ``NotWithdrawable`` and
    ``OrderedAlready``.
    """
    if loan.state is not LoanState.DISBURSED:
        raise NotToBePaid(loan.number)
    if loan.member_number != account.member_number:
        raise NotTheirOrder(loan.number, account.number)
    savings.check_taking_out(book, account, on)
    known = order_for(book, loan.number)
    if known is not None:
        raise OrderedAlready(loan.number, known.savings_number)
    last = book.session.scalar(
        select(func.max(StandingOrder.number)).where(
            StandingOrder.cooperative_id == book.cooperative_id
        )
    )
    row = StandingOrder(
        cooperative_id=book.cooperative_id,
        number=(last or 0) + 1,
        savings_number=account.number,
        loan_number=loan.number,
        valid_from=on,
        ended_on=None,
    )
    book.session.add(row)
    book.session.flush()
    return row


def end_order(book: Book, row: StandingOrder, *, on: date) -> StandingOrder:
    """Pay nothing by it any more."""
    if row.ended_on is None:
        row.ended_on = on
        book.session.flush()
    return row


def find_order(book: Book, number: int) -> StandingOrder:
    """Return a standing order; raise ``NoSuchOrder``."""
    row = book.get(StandingOrder, number)
    if row is None:
        raise NoSuchOrder(number)
    return row


def order_for(book: Book, loan_number: int) -> StandingOrder | None:
    """Return the standing order that pays a loan, if one does."""
    return book.session.scalar(
        select(StandingOrder)
        .where(StandingOrder.cooperative_id == book.cooperative_id)
        .where(StandingOrder.loan_number == loan_number)
        .where(StandingOrder.ended_on.is_(None))
    )


def orders_of(book: Book, member: Member) -> list[StandingOrder]:
    """Return a member's standing orders, ended ones too, newest first."""
    rows = (
        select(StandingOrder)
        .join(
            SavingsAccount,
            (SavingsAccount.cooperative_id == StandingOrder.cooperative_id)
            & (SavingsAccount.number == StandingOrder.savings_number),
        )
        .where(StandingOrder.cooperative_id == book.cooperative_id)
        .where(SavingsAccount.member_number == member.number)
        .order_by(StandingOrder.number.desc())
    )
    return list(book.session.scalars(rows))


def runs_of(book: Book, row: StandingOrder) -> list[StandingRun]:
    """Return what a standing order did, newest first."""
    rows = (
        select(StandingRun)
        .where(StandingRun.cooperative_id == book.cooperative_id)
        .where(StandingRun.order_number == row.number)
        .order_by(StandingRun.run_on.desc())
    )
    return list(book.session.scalars(rows))


def run(book: Book, on: date) -> Ran:
    """Pay by every standing order what is due on a day, as far as the savings reach.

    Once a day for each order; what lacks is noted, and tried again the next day it
    is run.  A minimum balance and what is held stay.
    """
    rows = (
        select(StandingOrder)
        .where(StandingOrder.cooperative_id == book.cooperative_id)
        .where(StandingOrder.valid_from <= on)
        .where(StandingOrder.ended_on.is_(None))
        .order_by(StandingOrder.number)
    )
    paid, short = list[StandingRun](), list[StandingRun]()
    for row in list(book.session.scalars(rows)):
        if book.get(StandingRun, row.number, on) is not None:
            continue
        done = _run_one(book, row, on)
        if done is not None:
            (short if done.paid < done.due else paid).append(done)
    return Ran(tuple(paid), tuple(short))


def _run_one(book: Book, row: StandingOrder, on: date) -> StandingRun | None:
    loan = loans.loan(book, row.loan_number)
    account = savings.account(book, row.savings_number)
    if loan.state is not LoanState.DISBURSED or loan.member.status in LEFT:
        return None
    due = loans.standing(book, loan, on).due.total
    if due == ZERO:
        return None
    free = ZERO
    if account.closed_on is None and savings.asleep_since(book, account, on) is None:
        free = savings.available(book, account, on)
    amount = min(due, free)
    entry = _pay(book, loan, account, amount, on) if amount > ZERO else None
    done = StandingRun(
        cooperative_id=book.cooperative_id,
        order_number=row.number,
        run_on=on,
        entry_number=entry.number if entry else None,
        due=due,
        paid=amount,
    )
    book.session.add(done)
    book.session.flush()
    return done


def _pay(
    book: Book, loan: Loan, account: SavingsAccount, amount: Money, on: date
) -> Entry:
    done = loans.paying(book, loan, amount, on)
    entry = post(
        book,
        on=on,
        memo=f"Angsuran pinjaman {loan.number} dari simpanan {account.number}",
        lines=[
            debit(account.account_number, amount, card=account.number),
            *loans.credits_of(book, done),
        ],
        source=SOURCE,
    )
    loans.conclude(book, done, entry)
    return entry


@loans.before_applying
def _saves_first(book: Book, member: Member, on: date) -> None:
    said = savings.share_standing(book, member, on)
    if not said.may_borrow:
        raise SharesMissed(
            *(member.name, len(said.calendar.missed), said.calendar.arrears),
            said.most_missed,
        )


@loans.keeps_share
def _special(book: Book, member: Member, on: date) -> int:
    """Return the card of a member's special mandatory share, opened where missing."""
    account = savings.account_for(book, member, SPECIAL)
    if account is None:
        account = savings.open_account(
            book, member, savings.product(book, SPECIAL), on=on
        )
    return account.number


@loans.before_lending
def _has_a_card(book: Book, loan: Loan, on: date) -> None:
    """Refuse a share kept back that is not offered; raise ``ShareNotOffered``."""
    fees = loans.conditions_of(loan).fees
    offered = {one.code for one in savings.products(book)}
    if SPECIAL not in offered and any(fee.goes_to is GoesTo.SHARE for fee in fees):
        raise ShareNotOffered(loan.number)
