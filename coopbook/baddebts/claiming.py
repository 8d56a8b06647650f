"""Ask what is claimed of loans that left the books, and what came in on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from coopbook.baddebts import rules
from coopbook.baddebts.claims import ClaimParts, together
from coopbook.baddebts.model import (
    ClaimRecovery,
    ClaimWaiver,
    Foreclosure,
    ForeclosureSale,
    WriteOff,
)
from coopbook.book import Book
from coopbook.ledger.queries import not_reversed
from coopbook.loans import Loan
from coopbook.money import ZERO, Money


@dataclass(frozen=True, slots=True)
class Claim:
    """A written-off loan: what was claimed, what came in, what was waived."""

    write_off: WriteOff
    recoveries: tuple[ClaimRecovery, ...]
    waivers: tuple[ClaimWaiver, ...]

    @property
    def first(self) -> ClaimParts:
        """What was claimed when it was written off."""
        return parts_of(self.write_off)

    @property
    def left(self) -> ClaimParts:
        """What is still claimed."""
        came = together(parts_of(row) for row in self.recoveries)
        return self.first - came - together(parts_of(row) for row in self.waivers)

    @property
    def recovered(self) -> Money:
        """What came in."""
        return sum((row.total for row in self.recoveries), ZERO)

    @property
    def waived(self) -> Money:
        """What is not asked any more."""
        return sum((row.total for row in self.waivers), ZERO)


def parts_of(row: WriteOff | ClaimRecovery | ClaimWaiver) -> ClaimParts:
    """Return the three parts of a row."""
    return ClaimParts(row.principal, row.interest, row.penalty)


def write_offs(
    book: Book, since: date | None = None, until: date | None = None
) -> list[WriteOff]:
    """Return the write-offs that stand, oldest first, between two days where asked."""
    rows = (
        select(WriteOff)
        .where(WriteOff.cooperative_id == book.cooperative_id)
        .where(not_reversed(WriteOff))
        .order_by(WriteOff.written_off_on, WriteOff.entry_number)
    )
    if since is not None:
        rows = rows.where(WriteOff.written_off_on >= since)
    if until is not None:
        rows = rows.where(WriteOff.written_off_on <= until)
    return list(book.session.scalars(rows))


def recoveries(
    book: Book,
    since: date | None = None,
    until: date | None = None,
    *,
    loan: Loan | None = None,
) -> list[ClaimRecovery]:
    """Return the recoveries that stand, oldest first."""
    rows = (
        select(ClaimRecovery)
        .where(ClaimRecovery.cooperative_id == book.cooperative_id)
        .where(not_reversed(ClaimRecovery))
        .order_by(ClaimRecovery.recovered_on, ClaimRecovery.entry_number)
    )
    if since is not None:
        rows = rows.where(ClaimRecovery.recovered_on >= since)
    if until is not None:
        rows = rows.where(ClaimRecovery.recovered_on <= until)
    if loan is not None:
        rows = rows.where(ClaimRecovery.loan_number == loan.number)
    return list(book.session.scalars(rows))


def waivers(
    book: Book,
    since: date | None = None,
    until: date | None = None,
    *,
    loan: Loan | None = None,
) -> list[ClaimWaiver]:
    """Return the waivers that stand, oldest first."""
    rows = (
        select(ClaimWaiver)
        .where(ClaimWaiver.cooperative_id == book.cooperative_id)
        .where(not_reversed(ClaimWaiver))
        .order_by(ClaimWaiver.waived_on, ClaimWaiver.entry_number)
    )
    if since is not None:
        rows = rows.where(ClaimWaiver.waived_on >= since)
    if until is not None:
        rows = rows.where(ClaimWaiver.waived_on <= until)
    if loan is not None:
        rows = rows.where(ClaimWaiver.loan_number == loan.number)
    return list(book.session.scalars(rows))


def claim_of(book: Book, loan: Loan, on: date | None = None) -> Claim | None:
    """Return the claim on a loan, up to a day; nothing where it is in the books."""
    rows = (
        select(WriteOff)
        .where(WriteOff.cooperative_id == book.cooperative_id)
        .where(WriteOff.loan_number == loan.number)
        .where(not_reversed(WriteOff))
    )
    row = book.session.scalar(rows)
    if row is None or (on is not None and row.written_off_on > on):
        return None
    return Claim(
        row,
        tuple(recoveries(book, until=on, loan=loan)),
        tuple(waivers(book, until=on, loan=loan)),
    )


def claim(book: Book, loan: Loan) -> Claim:
    """Return the claim on a written-off loan; raise ``NoClaim``."""
    found = claim_of(book, loan)
    if found is None:
        raise rules.NoClaim(loan.number)
    return found


def foreclosures(book: Book, loan: Loan | None = None) -> list[Foreclosure]:
    """Return the collateral that was taken over, oldest first."""
    rows = (
        select(Foreclosure)
        .where(Foreclosure.cooperative_id == book.cooperative_id)
        .where(not_reversed(Foreclosure))
        .order_by(Foreclosure.entry_number)
    )
    if loan is not None:
        rows = rows.where(Foreclosure.loan_number == loan.number)
    return list(book.session.scalars(rows))


def sale_of(book: Book, row: Foreclosure) -> ForeclosureSale | None:
    """Return the sale of what was taken over, where it was sold."""
    return book.session.scalar(
        select(ForeclosureSale)
        .where(ForeclosureSale.cooperative_id == book.cooperative_id)
        .where(ForeclosureSale.foreclosure_number == row.entry_number)
        .where(not_reversed(ForeclosureSale))
    )
