"""Take a whole import back: every entry of a batch reversed, as one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import select

from coopbook.book import Book
from coopbook.cooperatives import today
from coopbook.errors import Missing, Refused
from coopbook.i18n import N_
from coopbook.importing.model import ImportBatch, TakenBack
from coopbook.ledger import chart
from coopbook.ledger.bulk import EntryDraft, Told, check_floors, post_all
from coopbook.ledger.model import Line
from coopbook.ledger.queries import card_balance
from coopbook.ledger.rules import Draft, VoucherKind, check_reason
from coopbook.loans.model import Loan
from coopbook.loans.queries import payments
from coopbook.loans.rules import LoanState
from coopbook.members.queries import member as find_member
from coopbook.members.service import deactivate
from coopbook.money import Money
from coopbook.savings.model import SavingsAccount
from coopbook.savings.queries import share_of

STANDING = (
    "SELECT e.number, e.booked_on, e.voucher, e.kind, l.account_number,"
    " l.card_number, l.debit, l.credit, l.loan_number, l.unit, l.fund, l.pillar,"
    " l.term_of_office FROM entry e JOIN line l"
    " ON l.cooperative_id = e.cooperative_id AND l.entry_number = e.number"
    " WHERE e.cooperative_id = ? AND e.number BETWEEN ? AND ? AND NOT EXISTS"
    " (SELECT 1 FROM entry r WHERE r.cooperative_id = e.cooperative_id"
    " AND r.reverses = e.number) ORDER BY e.number, l.number"
)
AT_ONCE = 2_000
"""How many entries are reversed in one go."""


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
    book: Book,
    number: int,
    *,
    reason: str,
    on: date | None = None,
    told: Told | None = None,
) -> TakenBack:
    """Reverse every entry of a batch that still stands, each on its own day.

    With ``on``, every reversal is dated then; ``told`` hears how many are written,
    and of how many.  Members who were admitted stay, as
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
    first, since = book.number + 1, date.max
    touched: set[tuple[int, int]] = set()
    loans: set[int] = set()
    for drafts in _reversals(book, of, why, on):
        post_all(book, drafts, source=f"import.{of.kind}.reversal")
        since = min(since, *(draft.on for draft in drafts))
        for draft in drafts:
            touched.update((line.account, line.card) for line in draft.lines)
            loans.update(line.loan for line in draft.lines if line.loan is not None)
        if told is not None:
            told(book.number - first + 1, of.last_entry - of.first_entry + 1)
    if book.number < first:
        raise AlreadyTakenBack(number)
    last, cards = book.number, sorted(touched)
    book.session.expire_all()
    check_floors(book, cards, since)
    _loans_back(book, sorted(loans), of)
    _members_back(book, cards, on or today(book))
    row = TakenBack(
        cooperative_id=book.cooperative_id,
        batch_number=number,
        reason=why,
        first_entry=first,
        last_entry=last,
    )
    book.session.add(row)
    book.session.flush()
    return row


def _reversals(
    book: Book, of: ImportBatch, why: str, on: date | None
) -> Iterator[list[EntryDraft]]:
    """Return what reverses the entries nobody has reversed, some thousand at a time."""
    for start in range(of.first_entry, of.last_entry + 1, AT_ONCE):
        end = min(start + AT_ONCE - 1, of.last_entry)
        found = book.run(STANDING, (book.cooperative_id, start, end)).fetchall()
        drafts = []
        for entry, lines in groupby(found, itemgetter(0, 1, 2, 3)):
            number, day, voucher, kind = entry
            drafts.append(
                EntryDraft(
                    on=on or date.fromisoformat(str(day)),
                    memo=f"{voucher}: {why}",
                    lines=tuple(_exchanged(line[4:]) for line in lines),
                    kind=VoucherKind(kind),
                    reverses=number,
                )
            )
        if drafts:
            yield drafts


def _exchanged(line: Sequence[Any]) -> Draft:
    account, card, debit, credit, *dimensions = line
    return Draft(account, Money(credit), Money(debit), card, *dimensions)


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


def _members_back(book: Book, cards: list[tuple[int, int]], on: date) -> None:
    """Make candidates again of members whose principal share is no longer paid."""
    for account, card in cards:
        if account != chart.PRINCIPAL_SHARE:
            continue
        held = book.get(SavingsAccount, card)
        if held is None:  # a card that came with a journal is no member's
            continue
        member = find_member(book, held.member_number)
        if card_balance(book, account, card) < share_of(book, member):
            deactivate(book, member, on=on)
