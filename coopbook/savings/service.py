"""Open savings, deposit, withdraw."""

from __future__ import annotations

from datetime import date

from coopbook.book import Book
from coopbook.cooperatives import setting
from coopbook.i18n import N_
from coopbook.ledger import chart
from coopbook.ledger.accounts import open_card
from coopbook.ledger.model import Entry
from coopbook.ledger.posting import post, when_reversed
from coopbook.ledger.queries import card_balance
from coopbook.ledger.rules import (
    Channel,
    Draft,
    VoucherKind,
    check_amount,
    credit,
    debit,
)
from coopbook.members.model import Member
from coopbook.members.queries import member as find_member
from coopbook.members.rules import MemberStatus
from coopbook.members.service import activate, deactivate
from coopbook.money import ZERO, Money
from coopbook.people.approvals import approvable, ask
from coopbook.people.model import Approval
from coopbook.people.rules import Role
from coopbook.savings import rules
from coopbook.savings.model import SavingsAccount, SavingsProduct
from coopbook.savings.queries import account as find_account
from coopbook.savings.queries import account_for, available, last_number
from coopbook.savings.rules import SavingsType

KIND = "savings.withdraw"
WORDS = {
    SavingsType.PRINCIPAL_SHARE: "simpanan pokok",
    SavingsType.MANDATORY_SHARE: "simpanan wajib",
    SavingsType.VOLUNTARY: "simpanan sukarela",
}
"""Memos are written on paper in the language of the book."""

IN = {
    Channel.CASH: (chart.TELLER_CASH, VoucherKind.BKM),
    Channel.BANK: (chart.BANK, VoucherKind.BBM),
}
OUT = {
    Channel.CASH: (chart.TELLER_CASH, VoucherKind.BKK),
    Channel.BANK: (chart.BANK, VoucherKind.BBK),
}


def enter_products(book: Book, on: date) -> None:
    """Enter the three kinds of savings every cooperative has.

    Accounting: domain guide 5.2; both shares in equity, voluntary savings a
    liability, as the ministry's template has them.
    """
    mandatory = Money(setting(book, "mandatory_share", on))
    minimum = Money(setting(book, "voluntary_minimum", on))
    share = Money(setting(book, "principal_share", on))
    kinds = [
        ("principal", "Simpanan Pokok", "Principal share", SavingsType.PRINCIPAL_SHARE),
        ("mandatory", "Simpanan Wajib", "Mandatory share", SavingsType.MANDATORY_SHARE),
        ("voluntary", "Simpanan Sukarela", "Voluntary savings", SavingsType.VOLUNTARY),
    ]
    control = {
        SavingsType.PRINCIPAL_SHARE: (chart.PRINCIPAL_SHARE, share),
        SavingsType.MANDATORY_SHARE: (chart.MANDATORY_SHARE, mandatory),
        SavingsType.VOLUNTARY: (chart.VOLUNTARY, None),
    }
    for code, name_id, name_en, kind in kinds:
        account_number, amount = control[kind]
        voluntary = kind is SavingsType.VOLUNTARY
        book.session.add(
            SavingsProduct(
                cooperative_id=book.cooperative_id,
                code=code,
                name_id=name_id,
                name_en=name_en,
                savings_type=kind,
                account_number=account_number,
                minimum_balance=minimum if voluntary else ZERO,
                amount=amount,
                withdrawable=voluntary,
            )
        )
    book.session.flush()


def open_account(
    book: Book, member: Member, product: SavingsProduct, *, on: date | None = None
) -> SavingsAccount:
    """Open a member's account of a kind, with its card in the ledger.

    Raises ``AlreadyOpen`` when the member has one.
    """
    if account_for(book, member, product.code) is not None:
        raise rules.AlreadyOpen(member.name, product.names)
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


def deposit(
    book: Book,
    account: SavingsAccount,
    amount: Money,
    *,
    on: date,
    channel: Channel = Channel.CASH,
    payer: str = "",
) -> Entry:
    """Take money into an account; a full principal share makes a member.

    ``payer`` is named when somebody else pays.  Raises ``NotAnAmount``,
    ``PrincipalSharePaid``, ``MembersOnly``, ``SavingsClosed``, and what
    ``ledger.post`` refuses.
    """
    product, member = account.product, account.member
    _check_open(account)
    check_amount(amount)
    becomes_member = False
    if product.savings_type is SavingsType.PRINCIPAL_SHARE:
        paid = card_balance(book, *account.card)
        share = product.amount or ZERO
        rules.check_principal(amount, paid=paid, share=share)
        becomes_member = paid + amount == share
    elif member.status is MemberStatus.PROSPECTIVE:
        raise rules.MembersOnly(member.name)
    cash, kind = IN[Channel(channel)]
    by = f" ({payer.strip()})" if payer.strip() else ""
    entry = _post(
        book,
        on,
        f"Setoran {WORDS[product.savings_type]} {member.number:04d}{by}",
        [
            debit(cash, amount),
            credit(account.account_number, amount, card=account.number),
        ],
        kind,
        "savings.deposit",
    )
    if becomes_member:
        activate(book, member, on=on)
    return entry


def withdraw(
    book: Book,
    account: SavingsAccount,
    amount: Money,
    *,
    on: date,
    channel: Channel = Channel.CASH,
    approval: int | None = None,
) -> Entry:
    """Pay a member out of an account.

    Raises ``NotWithdrawable`` for savings that stay until the member leaves, and
    ``NotEnoughSaved`` when less than the minimum balance would remain on that
    day or on any later one.
    """
    _check_withdrawal(book, account, amount, on)
    cash, kind = OUT[Channel(channel)]
    return _post(
        book,
        on,
        f"Penarikan {WORDS[account.product.savings_type]} {account.member_number:04d}",
        [
            debit(account.account_number, amount, card=account.number),
            credit(cash, amount),
        ],
        kind,
        "savings.withdraw",
        approval,
    )


def _check_withdrawal(
    book: Book, account: SavingsAccount, amount: Money, on: date
) -> None:
    product = account.product
    _check_open(account)
    if not product.withdrawable:
        raise rules.NotWithdrawable(product.names)
    rules.check_withdrawal(
        amount,
        available=available(book, account, on),
        minimum=product.minimum_balance,
    )


def withdraw_or_ask(
    book: Book,
    account: SavingsAccount,
    amount: Money,
    *,
    on: date,
    channel: Channel = Channel.CASH,
) -> Entry | Approval:
    """Pay a member out, or ask for a second person above the payout limit."""
    _check_withdrawal(book, account, amount, on)
    if amount <= Money(setting(book, "payout_limit", on)):
        return withdraw(book, account, amount, on=on, channel=channel)
    return ask(
        book,
        KIND,
        f"savings:{account.number}",
        {
            "account": account.number,
            "member": account.member_number,
            "amount": amount,
            "on": on,
            "channel": Channel(channel),
        },
        days=setting(book, "approval_days", on),
    )


@approvable(KIND, N_("Pay out above the limit"), frozenset({Role.MANAGER}))
def _approved_withdrawal(
    book: Book,
    approval: Approval,
    *,
    account: int,
    member: int,
    amount: int,
    on: str,
    channel: str,
) -> Entry:
    return withdraw(
        book,
        find_account(book, account),
        Money(amount),
        on=date.fromisoformat(on),
        channel=Channel(channel),
        approval=approval.number,
    )


def _check_open(account: SavingsAccount) -> None:
    if account.closed_on is not None:
        raise rules.SavingsClosed(account.number, account.closed_on)


def _post(
    book: Book,
    on: date,
    memo: str,
    lines: list[Draft],
    kind: VoucherKind,
    source: str,
    approval: int | None = None,
) -> Entry:
    return post(
        book,
        on=on,
        memo=memo,
        lines=lines,
        kind=kind,
        source=source,
        approval=approval,
    )


@when_reversed("savings.deposit")
def _unpaid_share(book: Book, entry: Entry, reversal: Entry) -> None:
    """Make a candidate again of a member whose principal share was taken back."""
    for line in entry.lines:
        if line.account_number == chart.PRINCIPAL_SHARE:
            account = book.get(SavingsAccount, line.card_number)
            assert account is not None
            deactivate(book, find_member(book, account.member_number))
