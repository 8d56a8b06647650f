"""The journal's lines from the database to text, without a Python object a line.

A whole ledger is millions of lines, so the database hands out finished rows and the csv
module writes them as they come.  It is asked beforehand in which entries a text stands
that a spreadsheet might take for a formula; only those are looked at one by one.
"""

from __future__ import annotations

import csv
import io
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from coopbook.book import Book
from coopbook.exports.folder import Totals

AT_ONCE = 250
TEXTS_OF_ENTRY = ("e.actor", "e.memo")
TEXTS_OF_LINE = ("l.unit", "l.fund", "l.pillar", "l.term_of_office")
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
) -> Iterator[list[tuple[Any, ...]]]:
    """Yield every line's columns in the order of the records, in portions.

    Fixed text: only whole numbers and days of the calendar are put into it.
    """
    connection = book.session.connection()
    driver: Any = connection.connection.driver_connection
    where = _where(book, booked_from, booked_to)
    sql = f"SELECT {', '.join(COLUMNS)} {where} ORDER BY e.number, l.number"
    if connection.dialect.name == "sqlite":
        cursor = driver.execute(sql)
    else:
        cursor = driver.cursor(name="journal")
        cursor.itersize = AT_ONCE
        cursor.execute(sql)
    try:
        while rows := cursor.fetchmany(AT_ONCE):
            yield rows
    finally:
        cursor.close()


def odd_entries(book: Book) -> array[int]:
    """Return the entries with a text that does not begin with a letter or a digit.

    In order; all of them where the name of an account is such a text.
    """
    connection = book.session.connection()
    lite = connection.dialect.name == "sqlite"
    own = int(book.cooperative_id)

    def odd(columns: tuple[str, ...]) -> str:
        return " OR ".join(f"NOT {_plain(column, lite)}" for column in columns)

    driver: Any = connection.connection.driver_connection
    named = f"SELECT 1 FROM account AS a WHERE a.cooperative_id = {own}"
    if driver.execute(f"{named} AND ({odd(NAMES)}) LIMIT 1").fetchall():
        asked = f"SELECT number FROM entry WHERE cooperative_id = {own} ORDER BY 1"
    else:
        asked = (
            f"SELECT e.number FROM entry AS e WHERE e.cooperative_id = {own}"
            f" AND ({odd(TEXTS_OF_ENTRY)})"
            " UNION SELECT l.entry_number FROM line AS l"
            f" WHERE l.cooperative_id = {own} AND ({odd(TEXTS_OF_LINE)}) ORDER BY 1"
        )
    return array("q", (number for (number,) in driver.execute(asked)))


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
    portions: Iterable[Sequence[tuple[Any, ...]]],
    odd: Sequence[int],
    clean: Callable[[str], str],
    *,
    separator: str = ",",
    marked: bool = False,
) -> Iterator[bytes]:
    """Write portions of ``raw_lines`` as text, those of ``odd`` entries ``clean``."""
    if marked:
        yield b"\xef\xbb\xbf"
    memory = io.StringIO()
    writer = csv.writer(memory, delimiter=separator, lineterminator="\r\n")
    writer.writerow(headings)
    for rows in portions:
        first, last = bisect_left(odd, rows[0][0]), bisect_right(odd, rows[-1][0])
        if first == last:
            writer.writerows(rows)
        else:
            among = set(odd[first:last])
            writer.writerows(
                _cleaned(row, clean) if row[0] in among else row for row in rows
            )
        yield memory.getvalue().encode()
        memory.seek(0)
        memory.truncate()
    yield memory.getvalue().encode()


def _cleaned(row: tuple[Any, ...], clean: Callable[[str], str]) -> tuple[Any, ...]:
    return tuple(clean(value) if isinstance(value, str) else value for value in row)
