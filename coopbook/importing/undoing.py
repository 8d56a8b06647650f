"""Take a whole import back: every entry of a batch reversed, as one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from coopbook.book import Book
from coopbook.errors import Missing, Refused
from coopbook.i18n import N_
from coopbook.importing.kinds.parts import Pot
from coopbook.importing.model import ImportBatch, TakenBack
from coopbook.ledger.bulk import EntryDraft, check_floors, post_all
from coopbook.ledger.model import Entry, Line
from coopbook.ledger.queries import card_balance
from coopbook.ledger.rules import Draft, check_reason
from coopbook.loans.model import Loan
from coopbook.loans.queries import payments
from coopbook.loans.rules import LoanState
from coopbook.members.queries import member as find_member
from coopbook.members.service import deactivate
from coopbook.money import ZERO
from coopbook.savings.model import SavingsAccount
from coopbook.savings.queries import product


@dataclass(eq=False)
class NoSuchBatch(Missing):
    """No import has that number."""

    sentence = N_("There is no import %(number)s in this book.")

    number: int


@dataclass(eq=False)
class AlreadyTakenBack(Refused):
    """The batch was reversed before."""

    sentence = N_("Import %(number)s was taken back before. Nothing is left of it.")

    number: int


@dataclass(eq=False)
class LoansMoved(Refused):
    """A loan the batch took over has been paid on since."""

    sentence = N_(
        "Loan %(loan)s came with this import and has payments since. "
        "Reverse those first, the newest first."
    )

    loan: int


def batch(book: Book, number: int) -> ImportBatch:
    """Return an import by its number; raise ``NoSuchBatch``."""
    found = book.get(ImportBatch, number)
    if found is None:
        raise NoSuchBatch(number)
    return found


def take_back(
    book: Book, number: int, *, reason: str, on: date | None = None
) -> TakenBack:
    """Reverse every entry of a batch that still stands, each on its own day.

    With ``on``, every reversal is dated then.  Members who were admitted stay, as
    candidates where their principal share is gone; loans that were taken over are
    cancelled.  The same rows may be brought in again.

    Raises ``NoSuchBatch``, ``AlreadyTakenBack``, ``ReasonNeeded``, ``LoansMoved``,
    ``PeriodClosed`` and ``BelowFloor``: what was paid in and has since been paid
    out cannot be taken back.
    """
    of = batch(book, number)
    why = check_reason(reason)
    if book.get(TakenBack, number) is not None:
        raise AlreadyTakenBack(number)
    entries = _standing(book, of)
    drafts = [
        EntryDraft(
            on=on or entry.booked_on,
            memo=f"{entry.voucher}: {why}",
            lines=tuple(map(_exchanged, entry.lines_read)),
            kind=entry.kind,
            reverses=entry.number,
        )
        for entry in entries
    ]
    if not drafts:
        raise AlreadyTakenBack(number)
    lines = [line for draft in drafts for line in draft.lines]
    cards = sorted({(line.account, line.card) for line in lines})
    loans = sorted({line.loan for line in lines if line.loan is not None})
    numbers = post_all(book, drafts, source=f"import.{of.kind}.reversal")
    book.session.expire_all()
    check_floors(book, cards, min(draft.on for draft in drafts))
    _loans_back(book, loans, of)
    _members_back(book, cards)
    row = TakenBack(
        cooperative_id=book.cooperative_id,
        batch_number=number,
        reason=why,
        first_entry=numbers.start,
        last_entry=numbers.stop - 1,
    )
    book.session.add(row)
    book.session.flush()
    return row


def _standing(book: Book, of: ImportBatch) -> list[Entry]:
    """Return the entries of a batch that nobody has reversed, in their order."""
    own = (
        (Entry.cooperative_id == book.cooperative_id)
        & (Entry.number >= of.first_entry)
        & (Entry.number <= of.last_entry)
    )
    undone = set(
        book.session.scalars(
            select(Entry.reverses)
            .where(Entry.cooperative_id == book.cooperative_id)
            .where(Entry.reverses >= of.first_entry)
            .where(Entry.reverses <= of.last_entry)
        )
    )
    found = book.session.scalars(
        select(Entry)
        .where(own)
        .order_by(Entry.number)
        .options(selectinload(Entry.lines_read))
    )
    return [entry for entry in found if entry.number not in undone]


def _exchanged(line: Line) -> Draft:
    return Draft(
        *(line.account_number, line.credit, line.debit, line.card_number),
        *(line.loan_number, line.unit, line.fund, line.pillar),
        line.term_of_office,
    )


def _loans_back(book: Book, touched: list[int], of: ImportBatch) -> None:
    """Cancel the loans the batch brought, and reopen those it settled."""
    first, last = of.first_entry, of.last_entry
    for number in touched:
        loan = book.get(Loan, number)
        assert loan is not None
        if not _brought(book, loan, first, last):
            if loan.state is LoanState.SETTLED and card_balance(book, *loan.card):
                loan.state = LoanState.DISBURSED
            continue
        standing = [one for one in payments(book, loan) if one.reversed_by is None]
        if standing or card_balance(book, *loan.card):
            raise LoansMoved(number)
        loan.state = LoanState.CANCELLED
    book.session.flush()


def _brought(book: Book, loan: Loan, first: int, last: int) -> bool:
    """Say whether the first entry of a migrated loan is one of the batch's."""
    if loan.migrated_on is None:
        return False
    began = book.session.scalar(
        select(Line.entry_number)
        .where(Line.cooperative_id == book.cooperative_id)
        .where(Line.loan_number == loan.number)
        .order_by(Line.entry_number)
        .limit(1)
    )
    return began is not None and first <= began <= last


def _members_back(book: Book, cards: list[tuple[int, int]]) -> None:
    """Make candidates again of members whose principal share is no longer paid."""
    kind = product(book, Pot.PRINCIPAL.value)
    share = kind.amount or ZERO
    for account, card in cards:
        if account == kind.account_number and card_balance(book, account, card) < share:
            held = book.get(SavingsAccount, card)
            assert held is not None
            deactivate(book, find_member(book, held.member_number))
