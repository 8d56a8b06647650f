"""The forms in which a book can be exported, each a folder with a manifest."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path

from coopbook.book import Book
from coopbook.exports.chain_file import add_chain
from coopbook.exports.csv_export import (
    PLAIN,
    Style,
    add_journal,
    add_trial_balance,
)
from coopbook.exports.folder import Folder, Manifest, Totals, in_bytes
from coopbook.exports.rows import journal_lines


class Format(StrEnum):
    """Who is to read the export."""

    CSV = "csv"
    BEANCOUNT = "beancount"
    HLEDGER = "hledger"
    LEDGER = "ledger"
    ADS = "ads"
    SAFT = "saft"
    XLSX = "xlsx"


STRETCHES = frozenset([Format.ADS, Format.SAFT, Format.XLSX])
"""The forms that may begin on a day, because they say what was there before it."""


def export(
    book: Book,
    format: Format | str,  # noqa: A002 - the word people say
    directory: Path | str,
    *,
    as_of: date | None = None,
    booked_from: date | None = None,
    names: bool = True,
    style: Style = PLAIN,
) -> Manifest:
    """Write the book up to a day into a new folder, with its trial balance.

    The tables are whole: with the agreements of loans, what stands behind them, the
    by-laws and the terms of office, so that every loan can be worked out again; and,
    where no day was said, with the chain, so that it can be followed again.
    ``as_of`` defaults to the last day of the journal.  What auditors' programs read
    may begin on a day (``booked_from``) and do without the names of cards.

    Raises: ``FolderInUse`` when the folder holds anything already.
    """
    asked = Format(format)
    assert booked_from is None or asked in STRETCHES, "the others are whole"
    folder = Folder(directory, book, booked_from=booked_from, booked_to=as_of)
    _add(folder, asked, style, names=names)
    if asked is not Format.ADS:
        add_trial_balance(folder, style)
    if asked is Format.CSV:
        from coopbook.exports.lending import add_lending

        add_lending(folder, style)
        if as_of is None:
            add_chain(folder, style)
    return folder.close()


def _add(folder: Folder, asked: Format, style: Style, *, names: bool) -> None:
    """Write the journal in one form; what writes it is loaded when it is asked."""
    if asked is Format.CSV:
        add_journal(folder, style)
    elif asked is Format.ADS:
        from coopbook.exports.ads import add_ads

        add_ads(folder, style)
    elif asked is Format.SAFT:
        from coopbook.exports.saft import add_saft

        add_saft(folder, names=names)
    elif asked is Format.XLSX:
        from coopbook.exports.xlsx_export import add_workbook

        add_workbook(folder, names=names)
    else:
        _add_plain_text(folder, asked)


def _add_plain_text(folder: Folder, asked: Format) -> None:
    from coopbook.exports.plain_text import beancount, journal

    write = beancount if asked is Format.BEANCOUNT else journal
    name = "ledger.beancount" if asked is Format.BEANCOUNT else "ledger.journal"
    totals, as_of = Totals(), folder.as_of
    lines = totals.counting(journal_lines(folder.book, booked_to=as_of, by_day=True))
    parts = in_bytes(write(folder.book, as_of=as_of, counted=lines))
    folder.add(name, parts, totals)


def journal_csv(
    book: Book,
    directory: Path | str,
    *,
    booked_from: date | None = None,
    booked_to: date | None = None,
    style: Style = PLAIN,
) -> Manifest:
    """Write ``journal.csv``, ``trial-balance.csv`` and ``manifest.json``.

    The trial balance is as of ``booked_to``, or of the last day of the journal.  A
    whole journal comes with the chain, in which events are links without a body.

    Raises: ``FolderInUse`` when the folder holds anything already.
    """
    folder = Folder(directory, book, booked_from=booked_from, booked_to=booked_to)
    add_journal(folder, style)
    add_trial_balance(folder, style)
    if booked_from is None and booked_to is None:
        add_chain(folder, style, bodies=False)
    return folder.close()
