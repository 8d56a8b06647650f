"""What a file holds, whatever wrote it, and the ways in which it cannot be read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from coopbook.errors import Refused
from coopbook.i18n import N_

Cell = str | int | float | bool | date | datetime | time | timedelta | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, and its rows from the very first.

    Of a part of a long table only the first ``head`` rows are the file's first;
    between them and the others ``left_out`` rows are not here.
    """

    name: str
    rows: list[list[Cell]]
    head: int = 0
    left_out: int = 0

    def number(self, place: int) -> int:
        """Return a row's number in the file; ``place`` counts the rows here from 1."""
        return place if place <= self.head else place + self.left_out


@dataclass(frozen=True, slots=True)
class Workbook:
    """What a file holds, in the order it holds it."""

    sheets: list[Sheet]


@dataclass(eq=False)
class EmptyFile(Refused):
    """There is nothing in the file, or nothing but blank rows."""

    sentence = N_("This file is empty. Choose the file that holds the rows.")


@dataclass(eq=False)
class Locked(Refused):
    """The workbook opens only with a password."""

    sentence = N_(
        "This file is locked with a password. Save it without one and choose it again."
    )


def without_blank_end(rows: list[list[Cell]]) -> list[list[Cell]]:
    """Return the rows up to the last one that holds anything."""
    end = len(rows)
    while end and all(cell is None or cell == "" for cell in rows[end - 1]):
        end -= 1
    return rows[:end]
