"""The journal's lines from the database to text, without a Python object a line.

A whole ledger is millions of lines, so the database hands out finished columns and the
csv module writes them.  A line whose text a spreadsheet might take for a formula is
marked by the database and looked at by itself.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any

from coopbook.book import Book
from coopbook.exports.folder import Totals

AT_ONCE = 2_000
TEXTS = ("e.actor", "e.memo", "l.unit", "l.fund", "l.pillar", "l.term_of_office")
NAMES = ("a.code", "a.name_id", "a.name_en")
"""What people wrote, or could have, on a line and of an account.

The rest are numbers, days, digests, and words of ours like the voucher's number.
"""

COLUMNS = (
    *("e.number", "e.voucher", "e.booked_on", "e.recorded_at", "e.actor", "e.memo"),
    *("e.kind", "e.source", "e.reverses", "l.number", "l.account_number", "a.code"),
    *("a.name_id", "a.name_en", "l.card_number", "l.debit", "l.credit"),
    *("l.loan_number", "l.unit", "l.fund", "l.pillar", "l.term_of_office"),
    *("e.previous", "e.hash"),
)
FROM = """
FROM entry AS e
JOIN line AS l ON l.cooperative_id = e.cooperative_id AND l.entry_number = e.number
JOIN account AS a
  ON a.cooperative_id = l.cooperative_id AND a.number = l.account_number
WHERE e.cooperative_id = {own}{span}
"""


def _plain(column: str, lite: bool) -> str:
    """Return SQL that is true where a text begins with a letter or a digit, or is none.

    Only ASCII ones count: what looks like one and is not is looked at by itself.
    """
    begins = f"{column} GLOB '[A-Za-z0-9]*'" if lite else f"{column} ~ '^[A-Za-z0-9]'"
    return f"({column} IS NULL OR {column} = '' OR {begins})"


def _where(book: Book, booked_from: date | None, booked_to: date | None) -> str:
    span = _span(booked_from, booked_to)
    return FROM.format(own=int(book.cooperative_id), span=span)


def _span(booked_from: date | None, booked_to: date | None) -> str:
    span = ""
    if booked_from is not None:
        span += f" AND e.booked_on >= '{booked_from.isoformat()}'"
    if booked_to is not None:
        span += f" AND e.booked_on <= '{booked_to.isoformat()}'"
    return span


def raw_lines(
    book: Book, booked_from: date | None, booked_to: date | None
) -> Iterator[tuple[Any, ...]]:
    """Yield every line's columns in the order of the records, the last says it is odd.

    Fixed text: only whole numbers and days of the calendar are put into it.
    """
    connection = book.session.connection()
    lite = connection.dialect.name == "sqlite"
    driver: Any = connection.connection.driver_connection
    named = " AND ".join(_plain(column, lite) for column in NAMES)
    own = int(book.cooperative_id)
    accounts = f"SELECT 1 FROM account AS a WHERE a.cooperative_id = {own} AND NOT"
    odd_names = driver.execute(f"{accounts} ({named}) LIMIT 1").fetchall()
    looked_at = (*TEXTS, *NAMES) if odd_names else TEXTS
    odd = " AND ".join(_plain(column, lite) for column in looked_at)
    where = FROM.format(
        own=int(book.cooperative_id), span=_span(booked_from, booked_to)
    )
    sql = (
        f"SELECT {', '.join(COLUMNS)}, NOT ({odd}) {where} ORDER BY e.number, l.number"
    )
    if lite:
        yield from driver.execute(sql)
        return
    with driver.cursor(name="journal") as cursor:
        cursor.itersize = AT_ONCE
        cursor.execute(sql)
        yield from cursor


def totals_of(book: Book, booked_from: date | None, booked_to: date | None) -> Totals:
    """Return how many lines there are and what they add up to."""
    own, span = int(book.cooperative_id), _span(booked_from, booked_to)
    driver: Any = book.session.connection().connection.driver_connection
    summed = "SELECT count(*), sum(e.debit), sum(e.credit) FROM line AS e"
    rows = driver.execute(f"{summed} WHERE e.cooperative_id = {own}{span}").fetchall()
    ((count, debit, credit),) = rows
    return Totals(int(count), int(debit or 0), int(credit or 0))


def in_text(
    headings: Iterable[str],
    rows: Iterable[tuple[Any, ...]],
    clean: Callable[[str], str],
    *,
    separator: str = ",",
    marked: bool = False,
) -> Iterator[bytes]:
    """Write rows of ``raw_lines`` as text in portions; ``clean`` the odd ones."""
    if marked:
        yield b"\xef\xbb\xbf"

    def cleaned() -> Iterator[tuple[Any, ...]]:
        for row in rows:
            if row[-1]:
                yield tuple(
                    clean(value) if isinstance(value, str) else value
                    for value in row[:-1]
                )
            else:
                yield row[:-1]

    memory = io.StringIO()
    writer = csv.writer(memory, delimiter=separator, lineterminator="\r\n")
    writer.writerow(headings)
    some, more = cleaned(), True
    while more:
        before = memory.tell()
        writer.writerows(islice(some, AT_ONCE))
        more = memory.tell() > before
        if memory.tell():
            yield memory.getvalue().encode()
            memory.seek(0)
            memory.truncate()
