"""A slip: everything on the receipt of an entry, gathered once for every paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from coopbook.book import Book
from coopbook.cooperatives import cooperative, setting
from coopbook.db.types import total
from coopbook.deposits.model import TermDeposit
from coopbook.i18n import N_, say
from coopbook.ledger import (
    Account,
    Entry,
    Line,
    MoneyOrigin,
    Side,
    VoucherKind,
    reversal_of,
)
from coopbook.loans.history import ROUND
from coopbook.loans.queries import loan
from coopbook.members.queries import member as find_member
from coopbook.money import ZERO, Money
from coopbook.people.model import User
from coopbook.savings.model import SavingsAccount

TITLES = {
    "savings.deposit": N_("Deposit slip"),
    "savings.withdraw": N_("Withdrawal slip"),
    "loans.repay": N_("Installment receipt"),
    "baddebts.relieve": N_("Installment receipt"),
    ROUND: N_("Installment receipt"),
    "loans.disburse": N_("Disbursement receipt"),
}
KINDS = {
    VoucherKind.BKM: N_("Cash receipt"),
    VoucherKind.BKK: N_("Cash payment"),
    VoucherKind.BBM: N_("Bank receipt"),
    VoucherKind.BBK: N_("Bank payment"),
    VoucherKind.BM: N_("Memorial voucher"),
}
METHODS = {
    VoucherKind.BKM: N_("cash"),
    VoucherKind.BKK: N_("cash"),
    VoucherKind.BBM: N_("bank"),
    VoucherKind.BBK: N_("bank"),
}
OUT = frozenset({VoucherKind.BKK, VoucherKind.BBK})
Sums = tuple[tuple[str, Money], ...]


@dataclass(frozen=True, slots=True)
class Slip:
    """Everything on a receipt, in the language of the cooperative's papers.

    ``parts`` add up to ``amount`` and are left out where there is but one;
    ``balances`` are those right after the entry, in the order of recording, so that
    a copy says what the first slip said.  ``stamp`` asks for a duty stamp; ``copy``
    counts the copies, 0 for the receipt itself; ``seen`` marks what was only looked
    at and is no receipt.
    """

    language: str
    cooperative: str
    place: str
    registration_no: str
    title: str
    voucher: str
    booked_on: date
    recorded: str
    member: str
    account: str
    payer: str
    method: str
    memo: str
    amount: Money
    parts: Sums
    balances: Sums
    out: bool
    stamp: bool
    actor: str
    code: str
    undone: str
    copy: int
    seen: bool


def check_code(entry: Entry) -> str:
    """Return the short code by which a member can check a receipt.

    It is the beginning of the entry's hash, so a receipt with another amount or
    another name has another code.
    """
    start = entry.hash[:8].upper()
    return f"{start[:4]}-{start[4:]}"


def member_behind(book: Book, line: Line) -> int | None:
    """Return the member whose card a line is on, if it is a member's."""
    if line.loan_number is not None:
        return loan(book, line.loan_number).member_number
    card = _card(book, line)
    return card.member_number if card else None


def members_behind(book: Book, lines: Sequence[Line]) -> list[int]:
    """Return the members whose cards an entry moves, each once.

    A round or a transfer concerns several: its slip shows nobody's balance to another.
    """
    found = (member_behind(book, line) for line in lines if line.card_number)
    return list(dict.fromkeys(one for one in found if one is not None))


def slip_of(book: Book, entry: Entry, *, prints: int, seen: bool = False) -> Slip:
    """Gather the slip of an entry; ``prints`` says the how many-th paper it is."""
    about, lines = cooperative(book), entry.lines
    language = about.language
    names = {line.account_number: _account(book, line) for line in lines}
    behind = members_behind(book, lines)
    number = behind[0] if len(behind) == 1 else None
    member = find_member(book, number) if number is not None else None
    origin, user = book.get(MoneyOrigin, entry.number), book.get(User, entry.actor)
    undone = reversal_of(book, entry)
    balances = tuple(
        (_card_name(book, line, language), balance_after(book, line))
        for line in lines
        if line.card_number and len(behind) < 2
    )
    moved = _moved(lines, names)
    amount = abs(moved) or sum((line.debit for line in lines), ZERO)
    limit = Money(setting(book, "stamp_duty_above", entry.booked_on))
    at = datetime.fromisoformat(entry.recorded_at).astimezone(ZoneInfo(about.timezone))
    return Slip(
        language=language,
        cooperative=about.name,
        place=", ".join(filter(None, (about.village, about.district))),
        registration_no=about.registration_no,
        title=say(TITLES.get(entry.source, KINDS[entry.kind]), language),
        voucher=entry.voucher,
        booked_on=entry.booked_on,
        recorded=at.strftime("%d/%m/%Y %H.%M"),
        member=f"{member.number:04d} {member.name}" if member else "",
        account=", ".join(dict.fromkeys(name for name, _ in balances)),
        payer=origin.payer if origin else "",
        method=say(METHODS.get(entry.kind, ""), language),
        memo=entry.memo,
        amount=amount,
        parts=_parts(lines, names, moved, language),
        balances=balances,
        out=entry.kind in OUT,
        stamp=amount > limit,
        actor=user.full_name if user else entry.actor,
        code=check_code(entry),
        undone=undone.voucher if undone else "",
        copy=max(prints - 1, 0),
        seen=seen,
    )


def balance_after(book: Book, line: Line) -> Money:
    """Return the balance of a card after the entry of a line, in order of recording."""
    debit, credit = book.session.execute(
        select(total(Line.debit), total(Line.credit))
        .where(Line.cooperative_id == book.cooperative_id)
        .where(Line.account_number == line.account_number)
        .where(Line.card_number == line.card_number)
        .where(Line.entry_number <= line.entry_number)
    ).one()
    grows = _account(book, line).normal_balance
    left: Money = debit - credit
    return left if grows is Side.DEBIT else -left


def _account(book: Book, line: Line) -> Account:
    row = book.get(Account, line.account_number)
    assert row is not None
    return row


def _named(account: Account, language: str) -> str:
    return account.name_en if language == "en" else account.name_id


def _card(book: Book, line: Line) -> SavingsAccount | TermDeposit | None:
    """Return the savings or the term deposit a line is on, if it is on one."""
    found = (
        book.get(SavingsAccount, line.card_number),
        book.get(TermDeposit, line.card_number),
    )
    own = (row for row in found if row and row.account_number == line.account_number)
    return next(own, None)


def _card_name(book: Book, line: Line, language: str) -> str:
    """Name the card of a line: what kind it is, and its number."""
    if line.loan_number is not None:
        name = say(N_("Loan %(number)s"), language)
        return name % {"number": line.loan_number}
    card, name = _card(book, line), _named(_account(book, line), language)
    if isinstance(card, SavingsAccount):
        name = card.product.names.said(language)
    return f"{name} {line.card_number}"


def _moved(lines: Sequence[Line], accounts: Mapping[int, Account]) -> Money:
    """Return what came in in cash and at banks; less than nothing where it left."""
    cash = [one for one in lines if accounts[one.account_number].cash_flow == "cash"]
    return sum((line.debit - line.credit for line in cash), ZERO)


def _parts(
    lines: Sequence[Line], accounts: Mapping[int, Account], moved: Money, language: str
) -> Sums:
    """Return what the money was for, account by account, adding up to it."""
    if not moved:
        return ()
    sign = 1 if moved > ZERO else -1
    parts = [
        (
            _named(accounts[one.account_number], language),
            sign * (one.credit - one.debit),
        )
        for one in lines
        if accounts[one.account_number].cash_flow != "cash"
    ]
    return tuple(parts) if len(parts) > 1 else ()
