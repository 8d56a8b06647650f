"""Pay out what a settlement owes, to the member or the heirs, one by one."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from coopbook.book import Book
from coopbook.cooperatives import setting
from coopbook.i18n import N_, Word
from coopbook.ledger import chart
from coopbook.ledger.model import Entry
from coopbook.ledger.posting import post, when_reversed
from coopbook.ledger.rules import Channel, VoucherKind, credit, debit
from coopbook.money import Money
from coopbook.people.approvals import approvable, ask
from coopbook.people.model import Approval
from coopbook.people.rules import Role
from coopbook.settlement import rules
from coopbook.settlement.model import Payee, Settlement
from coopbook.settlement.queries import paid_by, payees
from coopbook.settlement.queries import settlement as find_settlement
from coopbook.settlement.rules import STATE_NAMES, SettlementState

KIND = PAY = "settlement.pay"
OUT = {
    Channel.CASH: (chart.TELLER_CASH, VoucherKind.BKK),
    Channel.BANK: (chart.BANK, VoucherKind.BBK),
}


def payee(book: Book, row: Settlement, number: int) -> Payee:
    """Return a payee of a settlement by number; raise ``NoSuchSettlement``."""
    found = book.get(Payee, row.number, number)
    if found is None:
        raise rules.NoSuchSettlement(row.number)
    return found


def pay_out(
    book: Book,
    row: Settlement,
    to: Payee,
    *,
    on: date,
    channel: Channel = Channel.CASH,
    approval: int | None = None,
) -> Entry:
    """Pay a payee: debit 21404, credit cash or bank; the last one ends the settlement.

    Raises ``WrongStep``, ``PaidOutAlready``, ``BeforeItBegan`` and ``BelowFloor``
    where the cash is short.
    """
    _check(book, row, to, on)
    cash, kind = OUT[Channel(channel)]
    entry = post(
        book,
        on=on,
        memo=f"Pembayaran simpanan anggota keluar {row.member_number:04d}: {to.name}",
        lines=[
            debit(chart.FORMER_MEMBERS, to.amount, card=row.member_number),
            credit(cash, to.amount),
        ],
        kind=kind,
        source=PAY,
        approval=approval,
    )
    to.entry_number = entry.number
    book.session.flush()
    if all(one.entry_number is not None for one in payees(book, row)):
        row.state = SettlementState.PAID
        book.session.flush()
    return entry


def pay_out_or_ask(
    book: Book,
    row: Settlement,
    to: Payee,
    *,
    on: date,
    channel: Channel = Channel.CASH,
) -> Entry | Approval:
    """Pay a payee, or ask for a second person above the payout limit."""
    _check(book, row, to, on)
    if to.amount <= Money(setting(book, "payout_limit", on)):
        return pay_out(book, row, to, on=on, channel=channel)
    return ask(
        book,
        KIND,
        f"settlement:{row.number}",
        {
            "settlement": row.number,
            "payee": to.number,
            "name": to.name,
            "amount": to.amount,
            "on": on,
            "channel": Channel(channel),
        },
        days=setting(book, "approval_days", on),
    )


def _check(book: Book, row: Settlement, to: Payee, on: date) -> None:
    if row.state is not SettlementState.PAYABLE:
        raise rules.WrongStep(row.number, Word(STATE_NAMES[row.state]))
    if to.void:
        raise rules.PayeeVoid(to.name)
    if to.entry_number is not None:
        raise rules.PaidOutAlready(to.name, paid_by(book, to))
    assert row.settled_on is not None
    if on < row.settled_on:
        raise rules.BeforeItBegan(row.settled_on)


@approvable(KIND, N_("Pay somebody who left"), frozenset({Role.MANAGER}))
def _approved(
    book: Book,
    approval: Approval,
    *,
    settlement: int,
    payee: int,
    on: str,
    channel: str,
    **shown: object,
) -> Entry:
    row = find_settlement(book, settlement)
    to = book.get(Payee, settlement, payee)
    assert to is not None
    return pay_out(
        *(book, row, to),
        on=date.fromisoformat(on),
        channel=Channel(channel),
        approval=approval.number,
    )


@when_reversed(PAY)
def _owed_again(book: Book, entry: Entry, reversal: Entry) -> None:
    """Owe a payee again whose payment was reversed."""
    card = next(one.card_number for one in entry.lines if one.card_number)
    for row in _of_member(book, card):
        for one in payees(book, row):
            if one.entry_number == entry.number:
                one.entry_number, row.state = None, SettlementState.PAYABLE
                book.session.flush()


def _of_member(book: Book, number: int) -> list[Settlement]:
    rows = (
        select(Settlement)
        .where(Settlement.cooperative_id == book.cooperative_id)
        .where(Settlement.member_number == number)
    )
    return list(book.session.scalars(rows))
