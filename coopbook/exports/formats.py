"""The forms in which a book can be exported, each a folder with a manifest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path

from coopbook.book import Book
from coopbook.exports import plain_text
from coopbook.exports.csv_export import (
    PLAIN,
    Style,
    add_journal,
    add_trial_balance,
)
from coopbook.exports.folder import Folder, Manifest, Totals
from coopbook.exports.lending import add_lending
from coopbook.exports.rows import journal_lines


class Format(StrEnum):
    """Who is to read the export."""

    CSV = "csv"
    BEANCOUNT = "beancount"
    HLEDGER = "hledger"
    LEDGER = "ledger"


FILES: dict[Format, tuple[str, Callable[..., Iterator[str]]]] = {
    Format.BEANCOUNT: ("ledger.beancount", plain_text.beancount),
    Format.HLEDGER: ("ledger.journal", plain_text.journal),
    Format.LEDGER: ("ledger.journal", plain_text.journal),
}


def export(
    book: Book,
    format: Format | str,  # noqa: A002 - the word people say
    directory: Path | str,
    *,
    as_of: date | None = None,
    style: Style = PLAIN,
) -> Manifest:
    """Write the book up to a day into a new folder, with its trial balance.

    The tables are whole: with the agreements of loans, what stands behind them, the
    by-laws and the terms of office, so that every loan can be worked out again.
    ``as_of`` defaults to the last day of the journal.

    Raises: ``FolderInUse`` when the folder holds anything already.
    """
    folder = Folder(directory, book, booked_to=as_of)
    if Format(format) is Format.CSV:
        add_journal(folder, style)
    else:
        name, write = FILES[Format(format)]
        totals = Totals()
        lines = totals.counting(
            journal_lines(book, booked_to=folder.as_of, by_day=True)
        )
        folder.add(name, _bytes(write(book, as_of=folder.as_of, counted=lines)), totals)
    add_trial_balance(folder, style)
    if Format(format) is Format.CSV:
        add_lending(folder, style)
    return folder.close()


def _bytes(parts: Iterable[str]) -> Iterator[bytes]:
    """Join small parts into larger ones, in UTF-8."""
    waiting: list[str] = []
    size = 0
    for part in parts:
        waiting.append(part)
        size += len(part)
        if size > 1 << 16:
            yield "".join(waiting).encode()
            waiting, size = [], 0
    yield "".join(waiting).encode()
