"""Bring a sheet in: all of it in the order of the file, or nothing."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import cast

from coopbook.book import Book
from coopbook.importing.answers import Answers
from coopbook.importing.drafting import (
    Row,
    account_drafts,
    member_drafts,
    rounding_drafts,
)
from coopbook.importing.identity import rows_digest
from coopbook.importing.journals import JournalEntry
from coopbook.importing.keeping import keep_batch, keep_rows
from coopbook.importing.kinds.registry import Family, Kind
from coopbook.importing.kinds.trial_balance import OldAccount
from coopbook.importing.lending import settle_loans
from coopbook.importing.looked import check_ready
from coopbook.importing.model import ImportBatch, OldBalance
from coopbook.importing.previews import Preview
from coopbook.importing.queries import judged, preview
from coopbook.importing.registering import register
from coopbook.importing.returning import returned_drafts
from coopbook.importing.rounding import whole
from coopbook.importing.rules import PreviewOutdated
from coopbook.ledger import chart
from coopbook.ledger.bulk import EntryDraft, Told, post_all
from coopbook.ledger.model import Entry
from coopbook.ledger.posting import when_reversed
from coopbook.ledger.queries import card_balance
from coopbook.members.queries import member as find_member
from coopbook.members.service import deactivate
from coopbook.money import ZERO
from coopbook.savings.model import SavingsAccount
from coopbook.savings.queries import share_of


def bring_in(
    book: Book,
    kind: Kind | str,
    source: bytes,
    *,
    seen: str | None = None,
    accept: str | None = None,
    on: date | None = None,
    today: date | None = None,
    answers: str | None = None,
    told: Told | None = None,
) -> ImportBatch | None:
    """Read a file and post it; made for ``book.once``, as all it takes is plain.

    ``seen`` is the digest of the preview a person looked at; ``answers`` what was
    said about the sheet, as ``Answers.to_json`` writes it; ``told`` hears how far
    it is and has no part in what was asked.

    Raises what ``preview`` and ``post_import`` raise.
    """
    said = Answers.from_json(answers) if answers else Answers(on=on)
    looked = preview(book, kind, source, today=today, answers=said)
    if seen is not None and looked.digest != seen:
        raise PreviewOutdated()
    return _post(book, looked, accept, told)


def post_import(
    book: Book,
    looked: Preview,
    *,
    accept: str | None = None,
    told: Told | None = None,
) -> ImportBatch | None:
    """Post a preview's rows, each as an entry, in the order of the file.

    The other side of a row nobody knows goes to suspense: 11903 where it is a
    debit, 21901 where it is a credit.  What rounding each line leaves of the
    total goes to 43006 or 52026 in one last entry.  Rows the book has already
    are left out; when it has them all, nothing is posted and ``None`` returned.
    ``accept`` is the reason for which breaks of rules are in order; ``told`` hears
    how many entries are written, and of how many.

    Raises: the first reason why a row was not understood or its period is closed;
            ``RulesBroken`` without a reason to accept; ``PreviewOutdated``.
    """
    if book.number != looked.record:
        now = judged(book, looked.sheet)
        if now.digest != looked.digest:
            raise PreviewOutdated()
    return _post(book, looked, accept, told)


def _post(
    book: Book, now: Preview, accept: str | None, told: Told | None = None
) -> ImportBatch | None:
    reason = check_ready(now, accept)
    if not now.fresh and now.opening is None:
        return None
    if now.kind.family is Family.REGISTER:
        register(book, now.kind, [row for _, row in now.fresh])
        return None
    with _undisturbed():
        kept, drafts = _drafts(book, now)
        drafts += rounding_drafts(now)
        if not drafts:
            return None
        numbers = post_all(book, drafts, source=now.kind.source, told=told)
        settle_loans(book, now.judged.borrowers)
        kept_batch = _keep(book, now, numbers, kept, reason)
    if now.kind is Kind.TRIAL_BALANCE:
        _keep_old_balances(book, now, kept_batch.number)
    return kept_batch


def _drafts(book: Book, now: Preview) -> tuple[list[Row], list[EntryDraft]]:
    """Return what will be kept of every row, and the entries in their order."""
    if now.kind.family is Family.MEMBERS:
        return member_drafts(book, now)
    if isinstance(now.fresh[0][1], JournalEntry):
        entries = [cast(JournalEntry, row) for _, row in now.fresh]
        kept = [(name, row.row, True) for name, row in now.fresh]
        return kept, returned_drafts(book, entries)
    return account_drafts(book, now)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Hold the search for cycles: an import makes many objects and no cycle.

    Measured: it walked them all once, for a fifth of the time of an import.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _keep(
    book: Book, now: Preview, numbers: range, rows: Sequence[Row], reason: str
) -> ImportBatch:
    """Keep which row became which entry; the batch's event seals them all."""
    following = iter(numbers)
    kept = [
        (now.again.get(name, name), row, next(following) if posted else None)
        for name, row, posted in rows
    ]
    batch = keep_batch(book, now, numbers, rows_digest(kept), reason)
    keep_rows(book, batch, kept)
    return batch


def _keep_old_balances(book: Book, now: Preview, batch: int) -> None:
    """Keep the old trial balance itself, which the cut-over compares with."""
    rows = [row for _, row in now.fresh if isinstance(row, OldAccount)]
    book.session.add_all(
        OldBalance(
            cooperative_id=book.cooperative_id,
            batch_number=batch,
            number=number,
            code=row.code,
            name=row.name,
            account_number=row.number,
            on=row.on,
            debit=max(-whole(row.amount), ZERO),
            credit=max(whole(row.amount), ZERO),
        )
        for number, row in enumerate(rows, start=1)
    )
    book.session.flush()


def _unpaid_share(book: Book, entry: Entry, reversal: Entry) -> None:
    """Make a candidate again of a member whose principal share is no longer paid."""
    for line in entry.lines:
        if line.account_number == chart.PRINCIPAL_SHARE and line.credit:
            account = book.get(SavingsAccount, line.card_number)
            assert account is not None
            member = find_member(book, account.member_number)
            if card_balance(book, *account.card) < share_of(book, member):
                deactivate(book, member, on=reversal.booked_on)


for _kind in Kind:
    if _kind.family is Family.MEMBERS:
        when_reversed(_kind.source)(_unpaid_share)
