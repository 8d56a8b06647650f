"""Post a long list that was looked at: all of it in one batch, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from coopbook.book import Book
from coopbook.importing.borrowers import Borrowers
from coopbook.importing.drafting import rounding_drafts, row_draft
from coopbook.importing.files.long import Told
from coopbook.importing.holders import Holders, open_holders
from coopbook.importing.identity import ordered_digest
from coopbook.importing.keeping import Kept, keep_batch, keep_rows
from coopbook.importing.kinds.parts import MemberRow
from coopbook.importing.long.looking import LongPreview
from coopbook.importing.looked import check_ready
from coopbook.importing.model import ImportBatch
from coopbook.importing.rules import PreviewOutdated
from coopbook.ledger.bulk import post_all

T = TypeVar("T")

AT_ONCE = 5_000
"""How many rows are kept in one go."""

NO_LOANS = Borrowers({}, {}, {})


def post_long(
    book: Book,
    looked: LongPreview,
    *,
    accept: str | None = None,
    told: Told | None = None,
) -> ImportBatch | None:
    """Post the rows of a long list, each as an entry, in the order of the file.

    What it leaves is what ``post_import`` leaves of a short one: one batch, or
    nothing once the transaction is rolled back.  ``told`` hears how many rows are
    posted, and of how many.

    Raises what ``post_import`` raises.
    """
    if book.number != looked.record:
        raise PreviewOutdated()
    reason = check_ready(looked, accept)
    if not looked.rows_fresh:
        return None
    savers, source = looked.savers, looked.kind.source
    holders = open_holders(book, savers.arrivals, savers.holders, savers.standings)
    first, done = book.number + 1, 0
    for part in looked.spool.parts():
        looked.spool.keep(_posted(book, part, holders, source))
        done += len(part)
        if told is not None:
            told(done, looked.rows_fresh)
    if last := rounding_drafts(looked):
        post_all(book, last, source=source)
    numbers = range(first, book.number + 1)
    if not numbers:
        return None
    sealed = ordered_digest(looked.spool.kept())
    batch = keep_batch(book, looked, numbers, sealed, reason)
    for rows in _together(looked.spool.kept()):
        keep_rows(book, batch, rows)
    return batch


def _posted(
    book: Book, part: Sequence[tuple[str, MemberRow]], holders: Holders, source: str
) -> Iterator[Kept]:
    """Post some rows and say which entry each became."""
    drafts = [row_draft(book, row, 0, holders, NO_LOANS) for _, row in part]
    numbers = iter(
        post_all(book, [one for one in drafts if one is not None], source=source)
    )
    for (name, row), draft in zip(part, drafts, strict=True):
        yield name, row.row, None if draft is None else next(numbers)


def _together(rows: Iterable[T]) -> Iterator[list[T]]:
    following = iter(rows)
    while some := list(islice(following, AT_ONCE)):
        yield some
