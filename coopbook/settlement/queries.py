"""Find settlements, who receives them, and what still waits."""

from __future__ import annotations

from sqlalchemy import select

from coopbook.book import Book
from coopbook.ledger.journal import entry as find_entry
from coopbook.ledger.model import Entry
from coopbook.members.model import Member
from coopbook.settlement.model import Payee, Settlement
from coopbook.settlement.rules import NoSuchSettlement, SettlementState

OPEN = (SettlementState.BEGUN, SettlementState.PAYABLE, SettlementState.CLAIM)


def settlement(book: Book, number: int) -> Settlement:
    """Return a settlement; raise ``NoSuchSettlement``."""
    row = book.get(Settlement, number)
    if row is None:
        raise NoSuchSettlement(number)
    return row


def settlement_of(book: Book, member: Member) -> Settlement | None:
    """Return the newest settlement of a member that was not taken back, if any."""
    return book.session.scalar(
        select(Settlement)
        .where(Settlement.cooperative_id == book.cooperative_id)
        .where(Settlement.member_number == member.number)
        .where(Settlement.state != SettlementState.WITHDRAWN)
        .order_by(Settlement.number.desc())
        .limit(1)
    )


def settlements(
    book: Book, *, waiting: bool = True, before: int | None = None, limit: int = 25
) -> list[Settlement]:
    """Return settlements, newest first; those that wait for a step unless all."""
    rows = (
        select(Settlement)
        .where(Settlement.cooperative_id == book.cooperative_id)
        .order_by(Settlement.number.desc())
        .limit(limit)
    )
    if waiting:
        rows = rows.where(Settlement.state.in_(OPEN))
    if before is not None:
        rows = rows.where(Settlement.number < before)
    return list(book.session.scalars(rows))


def payees(book: Book, row: Settlement) -> list[Payee]:
    """Return who receives a settlement, in their order."""
    rows = (
        select(Payee)
        .where(Payee.cooperative_id == book.cooperative_id)
        .where(Payee.settlement_number == row.number)
        .where(Payee.void.is_(False))
        .order_by(Payee.number)
    )
    return list(book.session.scalars(rows))


def paid_by(book: Book, payee: Payee) -> str:
    """Return the voucher by which a payee was paid."""
    assert payee.entry_number is not None
    return find_entry(book, payee.entry_number).voucher


def settlement_in(book: Book, entry: Entry) -> Settlement:
    """Return the settlement that an entry posted."""
    row = book.session.scalar(
        select(Settlement)
        .where(Settlement.cooperative_id == book.cooperative_id)
        .where(Settlement.entry_number == entry.number)
    )
    assert row is not None
    return row
