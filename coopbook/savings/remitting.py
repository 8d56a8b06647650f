"""Take in a remittance: what a member sends home, split by purpose in one entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from coopbook.book import Book
from coopbook.errors import Refused
from coopbook.i18n import N_
from coopbook.ledger import chart
from coopbook.ledger.model import Entry
from coopbook.ledger.origins import Foreign, note_origin
from coopbook.ledger.posting import post
from coopbook.ledger.rules import Channel, VoucherKind, credit, debit
from coopbook.members.model import Member
from coopbook.money import ZERO, Money
from coopbook.savings.blocking import asleep_among, stay_asleep
from coopbook.savings.model import SavingsAccount
from coopbook.savings.rules import SavingsType
from coopbook.savings.service import check_deposit

INTO = {
    Channel.CASH: (chart.TELLER_CASH, VoucherKind.BKM),
    Channel.BANK: (chart.BANK, VoucherKind.BBM),
}


@dataclass(frozen=True, slots=True)
class Purpose:
    """A part of a remittance: for what, on which account, how much."""

    account: SavingsAccount
    amount: Money
    purpose: str


@dataclass(eq=False)
class NothingSent(Refused):
    """A remittance has parts."""

    sentence = N_("Say for what the money is: at least one purpose with its amount.")


@dataclass(eq=False)
class NotOneMembers(Refused):
    """A remittance is a member's own."""

    sentence = N_("Account %(number)s is not an account of %(name)s. Choose another.")

    number: int
    name: str


@dataclass(eq=False)
class SplitTwice(Refused):
    """An account receives one part of a remittance."""

    sentence = N_(
        "Account %(number)s stands here twice. Put what it receives into one row."
    )

    number: int


@dataclass(eq=False)
class ShareAtTheCounter(Refused):
    """The principal share makes a member, and is paid as a deposit of its own."""

    sentence = N_(
        "%(name)s pays the principal share as a deposit of its own, which makes a "
        "member; it can come by transfer, too."
    )

    name: str


def remit(
    book: Book,
    member: Member,
    purposes: Sequence[Purpose],
    *,
    on: date,
    payer: str,
    reference: str,
    sent: Foreign | None = None,
    channel: Channel = Channel.BANK,
) -> Entry:
    """Take in money sent home, split by purpose over a member's savings, in one entry.

    What the bank kept is the difference between ``sent.rupiah`` and the sum; it is
    not booked, because it never arrived.  Raises ``NothingSent``, ``NotOneMembers``,
    ``SplitTwice``, ``ShareAtTheCounter`` and what ``savings.deposit`` refuses.
    """
    if not purposes:
        raise NothingSent
    seen: set[int] = set()
    for part in purposes:
        if part.account.number in seen:
            raise SplitTwice(part.account.number)
        seen.add(part.account.number)
        if part.account.member_number != member.number:
            raise NotOneMembers(part.account.number, member.name)
        if part.account.product.savings_type is SavingsType.PRINCIPAL_SHARE:
            raise ShareAtTheCounter(member.name)
        check_deposit(book, part.account, part.amount, on=on)
    cash, kind = INTO[Channel(channel)]
    whole = sum((part.amount for part in purposes), ZERO)
    sleeping = asleep_among(book, [part.account for part in purposes], on)
    entry = post(
        book,
        on=on,
        memo=f"Remitansi {member.number:04d} {payer.strip()}".strip(),
        lines=[
            debit(cash, whole),
            *(
                credit(
                    part.account.account_number, part.amount, card=part.account.number
                )
                for part in purposes
            ),
        ],
        kind=kind,
        source="savings.remit",
    )
    note_origin(
        book,
        entry,
        payer=payer,
        reference=reference,
        sent=sent,
        purposes=[(part.account.number, part.purpose.strip()) for part in purposes],
    )
    for account, since in sleeping:
        stay_asleep(book, account, since)
    return entry
