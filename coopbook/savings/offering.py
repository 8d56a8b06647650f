"""Kinds of savings a cooperative offers, and opening an account of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coopbook.book import Book
from coopbook.cooperatives import setting
from coopbook.errors import Refused
from coopbook.i18n import N_, Names
from coopbook.ledger import chart
from coopbook.ledger.accounts import open_card
from coopbook.ledger.model import Card
from coopbook.ledger.rules import check_amount
from coopbook.members.model import Member
from coopbook.members.standing import check_here
from coopbook.money import ZERO, Money
from coopbook.savings import rules
from coopbook.savings.model import SavingsAccount, SavingsProduct
from coopbook.savings.queries import account_for, last_number
from coopbook.savings.rules import SavingsType


@dataclass(frozen=True, slots=True)
class StandardKind:
    """A kind of savings the chart has an account for."""

    code: str
    name_id: str
    name_en: str
    savings_type: SavingsType
    account_number: int


T = SavingsType
KINDS = {
    kind.code: kind
    for kind in (
        StandardKind(
            *("principal", "Simpanan Pokok", "Principal share"),
            *(T.PRINCIPAL_SHARE, chart.PRINCIPAL_SHARE),
        ),
        StandardKind(
            *("mandatory", "Simpanan Wajib", "Mandatory share"),
            *(T.MANDATORY_SHARE, chart.MANDATORY_SHARE),
        ),
        StandardKind(
            *("voluntary", "Simpanan Sukarela", "Voluntary savings"),
            *(T.VOLUNTARY, chart.VOLUNTARY),
        ),
        StandardKind(
            *("special", "Simpanan Wajib Khusus", "Special mandatory share"),
            *(T.SPECIAL_SHARE, chart.SPECIAL_SHARE),
        ),
        StandardKind(
            *("festive", "Tabungan Hari Raya", "Festive savings"),
            *(T.VOLUNTARY, chart.FESTIVE),
        ),
        StandardKind(
            *("education", "Tabungan Pendidikan Anak", "Education savings"),
            *(T.VOLUNTARY, chart.EDUCATION),
        ),
        StandardKind(
            *("remittance", "Tabungan Remitansi", "Remittance savings"),
            *(T.VOLUNTARY, chart.REMITTANCE),
        ),
        StandardKind(
            *("pilgrimage", "Tabungan Qurban/Umrah", "Religious-goal savings"),
            *(T.VOLUNTARY, chart.PILGRIMAGE),
        ),
    )
}
"""Accounting: domain guide 5.2; shares in equity, the rest liabilities."""
FIRST = ("principal", "mandatory", "voluntary")
"""What every cooperative offers from its first day."""


@dataclass(eq=False)
class OfferedAlready(Refused):
    """A kind of savings is offered once."""

    sentence = N_("%(product)s is offered already. Open an account on a member's page.")

    product: Names


@dataclass(eq=False)
class SharesStay(Refused):
    """A share is neither taken out nor falls asleep."""

    sentence = N_(
        "%(product)s stays whole until the member leaves; it has no least balance and "
        "does not fall asleep."
    )

    product: Names


@dataclass(eq=False)
class SleepsTooSoon(Refused):
    """Savings fall asleep after some months, or never."""

    sentence = N_("Write from 1 to %(most)s months, or nothing for never.")

    most: int


MOST_MONTHS = 600


def enter_products(book: Book, on: date) -> None:
    """Enter the three kinds of savings every cooperative has."""
    for code in FIRST:
        _enter(book, KINDS[code], on)
    book.session.flush()


def offer(book: Book, code: str, *, on: date) -> SavingsProduct:
    """Begin to offer one of the ``KINDS`` the chart has an account for.

    Raises ``NoSuchProduct`` and ``OfferedAlready``.
    """
    kind = KINDS.get(code)
    if kind is None:
        raise rules.NoSuchProduct(code)
    known = book.get(SavingsProduct, code)
    if known is not None:
        raise OfferedAlready(known.names)
    row = _enter(book, kind, on)
    book.session.flush()
    return row


def set_conditions(
    book: Book,
    product: SavingsProduct,
    *,
    minimum_balance: Money,
    dormant_months: int | None,
) -> SavingsProduct:
    """Say what has to stay on a kind of savings, and when it falls asleep.

    It holds for every account of the kind from now on; the event keeps both.
    ``dormant_months`` is nothing for savings that never sleep.  Raises ``SharesStay``,
    ``SleepsTooSoon`` and ``NotAnAmount``.
    """
    if product.savings_type is not SavingsType.VOLUNTARY:
        raise SharesStay(product.names)
    if minimum_balance:
        check_amount(minimum_balance)
    if dormant_months is not None and not 1 <= dormant_months <= MOST_MONTHS:
        raise SleepsTooSoon(MOST_MONTHS)
    product.minimum_balance = minimum_balance
    product.dormant_months = dormant_months
    book.session.flush()
    return product


def _enter(book: Book, kind: StandardKind, on: date) -> SavingsProduct:
    amounts = {"principal": "principal_share", "mandatory": "mandatory_share"}
    usual = amounts.get(kind.code)
    free = kind.savings_type is SavingsType.VOLUNTARY
    row = SavingsProduct(
        cooperative_id=book.cooperative_id,
        code=kind.code,
        name_id=kind.name_id,
        name_en=kind.name_en,
        savings_type=kind.savings_type,
        account_number=kind.account_number,
        minimum_balance=(
            Money(setting(book, "voluntary_minimum", on)) if free else ZERO
        ),
        amount=Money(setting(book, usual, on)) if usual else None,
        withdrawable=free,
        dormant_months=setting(book, "dormant_months", on) if free else None,
    )
    book.session.add(row)
    return row


def open_account(
    book: Book, member: Member, product: SavingsProduct, *, on: date | None = None
) -> SavingsAccount:
    """Open a member's account of a kind, with its card in the ledger.

    One that was ruled off when the member left is opened again.  Raises
    ``AlreadyOpen`` when the member has one, and ``HasLeft``.
    """
    check_here(member.name, member.status)
    known = account_for(book, member, product.code)
    if known is not None and known.closed_on is None:
        raise rules.AlreadyOpen(member.name, product.names)
    if known is not None:
        return reopen(book, known)
    number = last_number(book) + 1
    open_card(
        book,
        product.account_number,
        number,
        name=f"{product.name_id} {member.number:04d} {member.name}",
        floor=ZERO,
    )
    book.session.flush()
    row = SavingsAccount(
        cooperative_id=book.cooperative_id,
        number=number,
        member_number=member.number,
        product_code=product.code,
        account_number=product.account_number,
        opened_on=on or member.joined_on,
        closed_on=None,
    )
    book.session.add(row)
    book.session.flush()
    return row


def rule_off(book: Book, account: SavingsAccount, *, on: date) -> None:
    """Close an account that holds nothing any more, and its card."""
    card = book.get(Card, *account.card)
    assert card is not None
    account.closed_on = account.earned_until = card.closed_on = on
    book.session.flush()


def reopen(book: Book, account: SavingsAccount) -> SavingsAccount:
    """Open an account and its card again."""
    card = book.get(Card, *account.card)
    assert card is not None
    account.closed_on = card.closed_on = None
    book.session.flush()
    return account
