"""Read a day out of a cell, the day of the month first, or refuse it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime

from coopbook.errors import Refused
from coopbook.i18n import N_
from coopbook.importing.files.reading import Cell
from coopbook.importing.sheets.cells import (
    DASHES,
    NOWHERE,
    check_formula,
    shortened,
    text,
)


@dataclass(eq=False)
class NotADate(Refused):
    """The cell holds something that is no date."""

    sentence = N_("Cell %(cell)s: “%(text)s” is not a date. Write it like 17/08/2026.")

    cell: str
    text: str


@dataclass(eq=False)
class NoSuchDay(Refused):
    """The date is written as a date, but the calendar has no such day."""

    sentence = N_("Cell %(cell)s: there is no day %(text)s in the calendar.")

    cell: str
    text: str


_MONTHS = {
    name: month
    for month, names in enumerate(
        (
            "jan january januari",
            "feb february februari peb pebruari",
            "mar march maret mrt",
            "apr april",
            "may mei",
            "jun june juni",
            "jul july juli",
            "aug august agu agt agust agustus ags",
            "sep sept september",
            "oct october okt oktober",
            "nov november nop nopember",
            "dec december des desember",
        ),
        start=1,
    )
    for name in names.split()
}
_NUMBERS = re.compile(r"([0-9]{1,2})([/.\-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_ISO = re.compile(r"([0-9]{4})([/\-])([0-9]{1,2})\2([0-9]{1,2})")
_NAMED = re.compile(r"([0-9]{1,2})[\s./\-]*([a-z]+)\.?[\s,./\-'’]*([0-9]{4}|[0-9]{2})")
_MONTH = re.compile(
    r"([a-z]{3,9})\.?[\s\-/']{0,3}((?:19|20)[0-9]{2}|[0-9]{2})(?![0-9])"
)
_WEEKDAY = re.compile(
    r"^(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|(?:mon|tue|wed|thu|fri|sat|sun)),?\s+"
)
_CLOCK = re.compile(r"[t ]\s*[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2}(?:\.[0-9]+)?)?z?$")


def day(cell: Cell, *, at: str = NOWHERE) -> date:
    """Read a date: a date cell, or the day first as it is written in Indonesia.

    A time of day is set aside.  Two digits of a year mean 1970 to 2069.  A number
    is never taken for a date.

    Raises: ``NotADate``, ``NoSuchDay`` for the 30th of February, ``FaultyFormula``.

    >>> day("17/08/2026"), day("3-Jan-17"), day("5 Agustus 2024")
    (datetime.date(2026, 8, 17), datetime.date(2017, 1, 3), datetime.date(2024, 8, 5))
    """
    if isinstance(cell, datetime):
        return _within(cell.date(), cell, at)
    if isinstance(cell, date):
        return _within(cell, cell, at)
    if not isinstance(cell, str):
        raise NotADate(at, text(cell))
    check_formula(cell, at)
    plain = unicodedata.normalize("NFKC", cell).translate(DASHES).strip().lower()
    plain = _WEEKDAY.sub("", _CLOCK.sub("", plain))
    if found := _NUMBERS.fullmatch(plain):
        year, in_year, number = found[4], int(found[3]), int(found[1])
    elif found := _ISO.fullmatch(plain):
        year, in_year, number = found[1], int(found[3]), int(found[4])
    elif (found := _NAMED.fullmatch(plain)) and found[2] in _MONTHS:
        year, in_year, number = found[3], _MONTHS[found[2]], int(found[1])
    else:
        raise NotADate(at, shortened(cell))
    try:
        return _within(date(_full_year(year), in_year, number), cell, at)
    except ValueError as impossible:
        raise NoSuchDay(at, shortened(cell)) from impossible


def _full_year(year: str) -> int:
    """Return a year in full; two digits mean 1970 to 2069."""
    return int(year) if len(year) == 4 else 1970 + (int(year) - 70) % 100


def _within(read: date, cell: Cell, at: str) -> date:
    if not 1900 <= read.year <= 2199:
        raise NotADate(at, text(cell))
    return read


def month(cell: Cell) -> date | None:
    """Return the first day of the month that words name, or ``None``.

    Words that name two months name none.

    >>> month("Potongan Koperasi Agust'23"), month("BULAN JANUARI 2017")
    (datetime.date(2023, 8, 1), datetime.date(2017, 1, 1))
    """
    found = {
        date(_full_year(year), _MONTHS[name], 1)
        for name, year in _MONTH.findall(text(cell)[:500].lower())
        if name in _MONTHS
    }
    return found.pop() if len(found) == 1 else None
