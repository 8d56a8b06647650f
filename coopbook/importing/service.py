"""Bring a sheet in: all of it in the order of the file, or nothing."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import cast

from sqlalchemy import func, select

from coopbook.book import Book
from coopbook.importing.holders import find_holders, open_holders
from coopbook.importing.identity import rows_digest
from coopbook.importing.kinds.registry import Kind
from coopbook.importing.kinds.savings_sheet import Pot, SavingsMovement
from coopbook.importing.model import ImportBatch
from coopbook.importing.queries import Preview, judged, preview
from coopbook.importing.rounding import whole
from coopbook.importing.rules import PreviewOutdated, RulesBroken
from coopbook.importing.understood import exact
from coopbook.ledger import chart
from coopbook.ledger.bulk import EntryDraft, post_all
from coopbook.ledger.model import Entry
from coopbook.ledger.posting import when_reversed
from coopbook.ledger.queries import card_balance
from coopbook.ledger.rules import Draft, VoucherKind
from coopbook.members.queries import member as find_member
from coopbook.members.service import deactivate
from coopbook.money import ZERO, Money
from coopbook.savings.model import SavingsAccount
from coopbook.savings.queries import product

WORDS = {
    Pot.PRINCIPAL: "simpanan pokok",
    Pot.MANDATORY: "simpanan wajib",
    Pot.VOLUNTARY: "simpanan sukarela",
    Pot.SURPLUS: "SHU",
}
"""Memos are written on paper in the language of the book."""

ROW = (
    "INSERT INTO import_row (cooperative_id, identity, batch_number, row_number,"
    " entry_number) VALUES (?, ?, ?, ?, ?)"
)


def bring_in(
    book: Book,
    kind: Kind | str,
    source: bytes,
    *,
    seen: str | None = None,
    accept: str | None = None,
    on: date | None = None,
    today: date | None = None,
) -> ImportBatch | None:
    """Read a file and post it; made for ``book.once``, as all it takes is plain.

    ``seen`` is the digest of the preview a person looked at.

    Raises what ``preview`` and ``post_import`` raise.
    """
    looked = preview(book, kind, source, on=on, today=today)
    if seen is not None and looked.digest != seen:
        raise PreviewOutdated()
    return _post(book, looked, accept)


def post_import(
    book: Book, looked: Preview, *, accept: str | None = None
) -> ImportBatch | None:
    """Post a preview's rows, each as an entry, in the order of the file.

    The other side of a row nobody knows goes to suspense: 11903 where it is a
    debit, 21901 where it is a credit.  What rounding each line leaves of the
    total goes to 43006 or 52026 in one last entry.  Rows the book has already
    are left out; when it has them all, nothing is posted and ``None`` returned.
    ``accept`` is the reason for which breaks of rules are in order.

    Raises: the first reason why a row was not understood or its period is closed;
            ``RulesBroken`` without a reason to accept; ``PreviewOutdated``.
    """
    if book.number != looked.record:
        now = judged(book, looked.sheet)
        if now.digest != looked.digest:
            raise PreviewOutdated()
    return _post(book, looked, accept)


def _post(book: Book, now: Preview, accept: str | None) -> ImportBatch | None:
    reason = (accept or "").strip()
    for problem in (*now.not_understood, *now.closed):
        raise problem.reason
    if now.breaks and not reason:
        raise RulesBroken(len(now.breaks), min(problem.row for problem in now.breaks))
    if not now.fresh and now.opening is None:
        return None
    with _undisturbed():
        drafts = _savings(book, now) if now.kind is Kind.SAVINGS else _bank_book(now)
        numbers = post_all(book, [*drafts, *_rounding(now)], source=now.kind.source)
        return _keep(book, now, numbers, reason)


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


def _savings(book: Book, now: Preview) -> list[EntryDraft]:
    rows = cast(Sequence[SavingsMovement], [movement for _, movement in now.fresh])
    holders = open_holders(book, rows, find_holders(book, rows))
    drafts = []
    for row in rows:
        units, card = whole(row.amount), holders.card(row)
        way = "Setoran" if units > ZERO else "Penarikan"
        said = row.memo or f"{way} {WORDS[row.pot]}"
        memo = f"{said} {holders.members[row.member]:04d} {row.reference}".rstrip()
        if units > ZERO:
            unknown = (chart.SUSPENSE_DEBIT, 0)
            drafts.append(_between(row.on, memo, unknown, card, units))
        elif units < ZERO:
            unknown = (chart.SUSPENSE_CREDIT, 0)
            drafts.append(_between(row.on, memo, card, unknown, -units))
    return drafts


def _bank_book(now: Preview) -> list[EntryDraft]:
    drafts = []
    if now.opening is not None:
        opened = _bank(now.opening.on, "Saldo awal", whole(now.opening.amount))
        drafts += [replace(draft, kind=VoucherKind.BM) for draft in opened]
    for _, row in now.fresh:
        drafts += _bank(row.on, row.memo or "Mutasi bank", whole(row.amount))
    return drafts


def _bank(on: date, memo: str, units: Money) -> list[EntryDraft]:
    bank, came = (chart.BANK, 0), (chart.SUSPENSE_CREDIT, 0)
    if units > ZERO:
        return [_between(on, memo, bank, came, units, VoucherKind.BBM)]
    if units < ZERO:
        went = (chart.SUSPENSE_DEBIT, 0)
        return [_between(on, memo, went, bank, -units, VoucherKind.BBK)]
    return []


def _rounding(now: Preview) -> list[EntryDraft]:
    """Return the last entry of an import, when rounding leaves anything."""
    left = now.posting.left
    if not left or now.rounding_on is None:
        return []
    savings = now.kind is Kind.SAVINGS
    memo = "Selisih pembulatan impor"
    if left > ZERO:
        other = (chart.SUSPENSE_DEBIT if savings else chart.BANK, 0)
        gain = (chart.ROUNDING_GAIN, 0)
        return [_between(now.rounding_on, memo, other, gain, left)]
    other = (chart.SUSPENSE_CREDIT if savings else chart.BANK, 0)
    loss = (chart.ROUNDING_LOSS, 0)
    return [_between(now.rounding_on, memo, loss, other, -left)]


def _between(
    on: date,
    memo: str,
    left: tuple[int, int],
    right: tuple[int, int],
    amount: Money,
    kind: VoucherKind = VoucherKind.BM,
) -> EntryDraft:
    (account, card), (other, other_card) = left, right
    lines = Draft(account, amount, ZERO, card), Draft(other, ZERO, amount, other_card)
    return EntryDraft(on, memo, lines, kind)


def _keep(book: Book, now: Preview, numbers: range, reason: str) -> ImportBatch:
    """Keep which row became which entry; the batch's event seals them all."""
    kept: list[tuple[str, int, int | None]] = []
    following = iter(numbers)
    if now.opening is not None:
        entry = next(following) if whole(now.opening.amount) else None
        kept.append((now.opening.identity, 0, entry))
    for identity, row in now.fresh:
        entry = next(following) if whole(row.amount) else None
        kept.append((identity, row.row, entry))
    posting = now.posting
    last = select(func.max(ImportBatch.number)).where(
        ImportBatch.cooperative_id == book.cooperative_id
    )
    batch = ImportBatch(
        cooperative_id=book.cooperative_id,
        number=int(book.session.scalar(last) or 0) + 1,
        kind=now.kind.value,
        file_digest=now.sheet.file_digest,
        rows_in_file=len(now.understood.movements),
        rows_posted=len(now.fresh),
        sheet_total=exact(posting.exact),
        lines_total=posting.lines,
        rounding=posting.left,
        breaks=len(now.breaks),
        accepted=reason if now.breaks else None,
        first_entry=numbers.start,
        last_entry=numbers.stop - 1,
        rows_digest=rows_digest(kept),
    )
    book.session.add(batch)
    book.session.flush()
    rows = [
        (book.cooperative_id, identity, batch.number, row, entry)
        for identity, row, entry in kept
    ]
    book.run_many(ROW, rows)
    return batch


@when_reversed(Kind.SAVINGS.source)
def _unpaid_share(book: Book, entry: Entry, reversal: Entry) -> None:
    """Make a candidate again of a member whose principal share is no longer paid."""
    for line in entry.lines:
        if line.account_number == chart.PRINCIPAL_SHARE and line.credit:
            account = book.get(SavingsAccount, line.card_number)
            assert account is not None
            share = product(book, Pot.PRINCIPAL.value).amount or ZERO
            if card_balance(book, *account.card) < share:
                deactivate(book, find_member(book, account.member_number))
