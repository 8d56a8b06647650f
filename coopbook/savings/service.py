"""Deposit, withdraw, move from account to account."""

from __future__ import annotations

from datetime import date

from coopbook import proxies
from coopbook.book import Book
from coopbook.cooperatives import setting
from coopbook.i18n import N_
from coopbook.ledger import chart
from coopbook.ledger.model import Entry
from coopbook.ledger.origins import note_payer
from coopbook.ledger.posting import post, when_reversed
from coopbook.ledger.queries import card_balance
from coopbook.ledger.rules import Channel, VoucherKind, check_amount, credit, debit
from coopbook.members.queries import member as find_member
from coopbook.members.service import deactivate
from coopbook.members.standing import check_here, rights
from coopbook.money import Money
from coopbook.people.approvals import approvable, ask
from coopbook.people.model import Approval
from coopbook.people.rules import Role
from coopbook.proxies import Proxy
from coopbook.savings import rules
from coopbook.savings.blocking import asleep_since, check_free, stay_asleep
from coopbook.savings.holding import held
from coopbook.savings.joining import join, waits
from coopbook.savings.model import SavingsAccount
from coopbook.savings.queries import account as find_account
from coopbook.savings.queries import available, share_of
from coopbook.savings.rules import SavingsType

KIND = "savings.withdraw"
IN = {
    Channel.CASH: (chart.TELLER_CASH, VoucherKind.BKM),
    Channel.BANK: (chart.BANK, VoucherKind.BBM),
}
OUT = {
    Channel.CASH: (chart.TELLER_CASH, VoucherKind.BKK),
    Channel.BANK: (chart.BANK, VoucherKind.BBK),
}


def deposit(
    book: Book,
    account: SavingsAccount,
    amount: Money,
    *,
    on: date,
    channel: Channel = Channel.CASH,
    payer: str = "",
    reference: str = "",
) -> Entry:
    """Take money into an account; a full principal share makes a member.

    ``payer`` is named when somebody else pays, ``reference`` is that of the transfer;
    both are kept beside the entry.  Raises ``NotAnAmount``, ``PrincipalSharePaid``,
    ``MembersOnly``, ``HasLeft``, ``SavingsClosed``, and what ``ledger.post`` refuses.
    """
    product, member = account.product, account.member
    becomes_member = check_deposit(book, account, amount, on=on)
    cash, kind = IN[Channel(channel)]
    by = f" ({payer.strip()})" if payer.strip() else ""
    asleep = asleep_since(book, account, on)
    entry = post(
        book,
        on=on,
        memo=f"Setoran {product.name_id.lower()} {member.number:04d}{by}",
        lines=[
            debit(cash, amount),
            credit(account.account_number, amount, card=account.number),
        ],
        kind=kind,
        source="savings.deposit",
    )
    note_payer(book, entry, payer=payer, reference=reference)
    if asleep is not None:
        stay_asleep(book, account, asleep)
    if becomes_member:
        join(book, member, on=on)
    return entry


def check_deposit(
    book: Book, account: SavingsAccount, amount: Money, *, on: date
) -> bool:
    """Refuse what may not be paid in; say whether it completes a principal share."""
    product, member = account.product, account.member
    _check_open(account)
    check_here(member.name, member.status)
    check_amount(amount)
    if product.savings_type is SavingsType.PRINCIPAL_SHARE:
        paid = card_balance(book, *account.card)
        share = share_of(book, member)
        rules.check_principal(amount, paid=paid, share=share)
        return paid + amount == share
    if not rights(member.status).save:
        if waits(book, member, on):
            raise rules.NotDecidedYet(member.name)
        raise rules.MembersOnly(member.name)
    return False


def withdraw(
    book: Book,
    account: SavingsAccount,
    amount: Money,
    *,
    on: date,
    channel: Channel = Channel.CASH,
    proxy: Proxy | None = None,
    approval: int | None = None,
) -> Entry:
    """Pay a member, or who may act for one, out of an account.

    Raises ``NotWithdrawable`` for savings that stay until the member leaves,
    ``NotEnoughSaved`` when less than the minimum balance and what is held would
    remain on that day or on any later one, ``HasLeft``, ``AccountBlocked``,
    ``AccountAsleep``, ``GuardianNeeded``, and what ``proxies.check_use`` refuses.
    """
    _check_withdrawal(book, account, amount, on, proxy)
    cash, kind = OUT[Channel(channel)]
    by = f" (kuasa: {proxy.name})" if proxy is not None else ""
    entry = post(
        book,
        on=on,
        memo=f"Penarikan {account.product.name_id.lower()}"
        f" {account.member_number:04d}{by}",
        lines=[
            debit(account.account_number, amount, card=account.number),
            credit(cash, amount),
        ],
        kind=kind,
        source="savings.withdraw",
        approval=approval,
    )
    if proxy is not None:
        proxies.note_use(book, proxy, entry, amount)
    return entry


def transfer(
    book: Book,
    account: SavingsAccount,
    to: SavingsAccount,
    amount: Money,
    *,
    on: date,
    note: str = "",
    proxy: Proxy | None = None,
) -> Entry:
    """Move money from one savings account to another, a member's own or another's.

    Raises what ``withdraw`` and ``deposit`` raise, and ``SameAccount``.
    """
    if account.number == to.number:
        raise rules.SameAccount(account.number)
    _check_withdrawal(book, account, amount, on, proxy)
    becomes_member = check_deposit(book, to, amount, on=on)
    said = f": {note.strip()}" if note.strip() else ""
    asleep = asleep_since(book, to, on)
    entry = post(
        book,
        on=on,
        memo=f"Pindah simpanan {account.member_number:04d} ke"
        f" {to.member_number:04d}{said}",
        lines=[
            debit(account.account_number, amount, card=account.number),
            credit(to.account_number, amount, card=to.number),
        ],
        source="savings.transfer",
    )
    if proxy is not None:
        proxies.note_use(book, proxy, entry, amount)
    if asleep is not None:
        stay_asleep(book, to, asleep)
    if becomes_member:
        join(book, to.member, on=on)
    return entry


def check_taking_out(
    book: Book, account: SavingsAccount, on: date, proxy: Proxy | None = None
) -> None:
    """Refuse to take anything out of an account, however much is on it."""
    check_moving_on(book, account, on)
    proxies.check_grown(book, account.member, on=on, by=proxy)


def check_moving_on(book: Book, account: SavingsAccount, on: date) -> None:
    """Refuse to move anything from an account to what else the same member has.

    A child's money stays a child's, so no guardian is asked for.
    """
    product = account.product
    _check_open(account)
    check_here(account.member.name, account.member.status)
    if not product.withdrawable:
        raise rules.NotWithdrawable(product.names)
    check_free(book, account, on)


def _check_withdrawal(
    book: Book,
    account: SavingsAccount,
    amount: Money,
    on: date,
    proxy: Proxy | None = None,
) -> None:
    check_taking_out(book, account, on, proxy)
    rules.check_withdrawal(
        amount,
        available=available(book, account, on),
        minimum=account.product.minimum_balance,
        held=held(book, account),
    )
    if proxy is not None:
        proxies.check_use(book, proxy, account.number, amount, on=on)


def withdraw_or_ask(
    book: Book,
    account: SavingsAccount,
    amount: Money,
    *,
    on: date,
    channel: Channel = Channel.CASH,
    proxy: Proxy | None = None,
) -> Entry | Approval:
    """Pay a member out, or ask for a second person above the payout limit."""
    _check_withdrawal(book, account, amount, on, proxy)
    if amount <= Money(setting(book, "payout_limit", on)):
        return withdraw(book, account, amount, on=on, channel=channel, proxy=proxy)
    request = {
        "account": account.number,
        "member": account.member_number,
        "amount": amount,
        "on": on,
        "channel": Channel(channel),
    }
    if proxy is not None:
        request["proxy"] = proxy.number
    return ask(
        *(book, KIND, f"savings:{account.number}", request),
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
    proxy: int | None = None,
) -> Entry:
    who = proxies.proxy(book, proxy) if proxy is not None else None
    if who is not None:
        proxies.check_not_revoked(who)
    return withdraw(
        book,
        find_account(book, account),
        Money(amount),
        on=date.fromisoformat(on),
        channel=Channel(channel),
        proxy=who,
        approval=approval.number,
    )


def _check_open(account: SavingsAccount) -> None:
    if account.closed_on is not None:
        raise rules.SavingsClosed(account.number, account.closed_on)


@when_reversed("savings.deposit")
@when_reversed("savings.transfer")
def _unpaid_share(book: Book, entry: Entry, reversal: Entry) -> None:
    """Make a candidate again of a member whose principal share was taken back."""
    for line in entry.lines:
        if line.account_number == chart.PRINCIPAL_SHARE:
            account = book.get(SavingsAccount, line.card_number)
            assert account is not None
            member = find_member(book, account.member_number)
            if card_balance(book, *account.card) < share_of(book, member):
                deactivate(book, member, on=reversal.booked_on)
