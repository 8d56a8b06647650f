"""A person's correction of how a sheet is understood, kept for the next one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from coopbook.errors import Refused
from coopbook.i18n import N_


@dataclass(eq=False)
class NotALayout(Refused):
    """What was kept as a layout cannot be read as one."""

    sentence = N_(
        "This is not a layout of a sheet. Look at the sheet again and keep a new one."
    )


@dataclass(frozen=True, slots=True)
class Layout:
    """A person's correction of a proposal; what is left out is guessed.

    ``headings`` are the numbers of the rows of headings, none at all for a sheet
    without any.  ``columns`` says for the key of a column its heading, or its
    letter (``=D`` is a letter even where a column is headed ``D``), or nothing for
    a column that is not there.  ``skip`` are rows that are not the table's,
    ``take`` rows that are though they look like totals.  ``mark`` is the decimal
    mark of written amounts, a comma or a point.

    >>> Layout.from_json(Layout(columns={"on": "Tgl"}, skip=(9,)).to_json()).columns
    {'on': 'Tgl'}
    """

    sheet: str | None = None
    headings: tuple[int, ...] | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    skip: tuple[int, ...] = ()
    take: tuple[int, ...] = ()
    mark: str = ""

    def to_json(self) -> str:
        """Write everything in one way, to be kept and compared."""
        plain = {
            "sheet": self.sheet,
            "headings": self.headings,
            "columns": dict(self.columns),
            "skip": self.skip,
            "take": self.take,
            "mark": self.mark,
        }
        return json.dumps(plain, sort_keys=True, ensure_ascii=True)

    @staticmethod
    def from_json(text: str) -> Layout:
        """Read what ``to_json`` wrote; a part left out is a part to guess.

        Raises: ``NotALayout``.
        """
        try:
            said = json.loads(text)
            headings = said.get("headings")
            sheet = said.get("sheet")
            return Layout(
                sheet=None if sheet is None else str(sheet),
                headings=None if headings is None else _numbers(headings),
                columns={str(k): str(v) for k, v in said.get("columns", {}).items()},
                skip=_numbers(said.get("skip", ())),
                take=_numbers(said.get("take", ())),
                mark=_mark(said.get("mark", "")),
            )
        except (ValueError, AttributeError, TypeError, RecursionError) as broken:
            raise NotALayout() from broken


def _mark(said: Any) -> str:
    if said not in ("", ",", ".", "?"):
        raise ValueError(said)
    return str(said)


def _numbers(said: Any) -> tuple[int, ...]:
    if any(type(number) is not int for number in said):
        raise TypeError(said)
    return tuple(said)


@dataclass(eq=False)
class NoSuchSheet(Refused):
    """The layout names a sheet that the file does not have."""

    sentence = N_("The file has no sheet “%(sheet)s”. Choose one of these: %(sheets)s.")

    sheet: str
    sheets: str


@dataclass(eq=False)
class NoSuchHeading(Refused):
    """The layout names a heading or a letter that the sheet does not have."""

    sentence = N_(
        "No column is headed “%(heading)s”. Choose one of these: %(headings)s."
    )

    heading: str
    headings: str


@dataclass(eq=False)
class NoSuchRow(Refused):
    """The layout names a row of headings that the sheet does not have."""

    sentence = N_("The sheet has no row %(row)s. Its last row is %(last)s.")

    row: int
    last: int


@dataclass(eq=False)
class NoSuchColumn(Refused):
    """The layout places a column that this kind of sheet does not have."""

    sentence = N_(
        "“%(column)s” is no column of this kind of sheet. "
        "It can have these: %(columns)s."
    )

    column: str
    columns: str
