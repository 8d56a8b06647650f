"""Amounts as plain text writes them: figures with a commodity before or after."""

from __future__ import annotations

import re
from dataclasses import dataclass

from coopbook.errors import Refused
from coopbook.i18n import N_
from coopbook.importing.journals.lines import NotAFigure, whole_units

RUPIAH = frozenset(["", "IDR", "RP", "RP.", "RUPIAH"])
_AMOUNT = re.compile(
    r"""(?P<minus>[-+]?)\s*
    (?P<before>"[^"]*"|[^-+\d\s.,"@{}()=;*/]*\.?)\s*
    (?P<sign>[-+]?)\s*
    (?P<figures>\d(?:[\d.,' ]*\d)?)\s*
    (?P<after>"[^"]*"|[^-+\d\s.,"@{}()=;*/]*\.?)""",
    re.VERBOSE,
)


@dataclass(eq=False)
class UnclearAmount(Refused):
    """A mark among the figures can part thousands or fractions."""

    sentence = N_(
        "Line %(row)s: “%(text)s” can be read in two ways. Write it without marks, "
        "or add the line “decimal-mark ,” to the file."
    )

    row: int
    text: str


@dataclass(eq=False)
class Priced(Refused):
    """An amount has a price or a cost: it is in two commodities."""

    sentence = N_(
        "Line %(row)s: this amount in %(commodity)s has a price or a cost. The book is "
        "kept in rupiah alone; write what it came to in rupiah."
    )

    row: int
    commodity: str


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of something; of something foreign the figures are not read."""

    units: int
    commodity: str

    @property
    def foreign(self) -> bool:
        """Whether it is counted in anything but rupiah."""
        return not is_rupiah(self.commodity)


def is_rupiah(commodity: str) -> bool:
    """Say whether a commodity is rupiah, or none is named."""
    return commodity.upper() in RUPIAH


def amount(said: str, row: int, mark: str = "") -> Amount:
    """Read an amount; ``mark`` is the decimal mark, where the file says it.

    Raises: ``Priced``, ``NotAFigure``, ``UnclearAmount`` and ``FractionOfRupiah``.

    >>> amount("IDR -1250000", 1), amount("$ 37.50", 2)
    (Amount(units=-1250000, commodity='IDR'), Amount(units=0, commodity='$'))
    >>> amount("Rp1.250.000", 3).units, amount("1.250,00 IDR", 4).units
    (1250000, 1250)
    """
    bare = re.split("[@{]", said, maxsplit=1)[0].strip()
    found = _AMOUNT.fullmatch(bare)
    if found is None or (found["before"] and found["after"]):
        raise NotAFigure(row, said.strip())
    if found["minus"] and found["sign"]:
        raise NotAFigure(row, said.strip())
    commodity = (found["before"] or found["after"]).strip('"')
    if bare != said.strip():
        raise Priced(row, commodity or "IDR")
    if not is_rupiah(commodity):
        return Amount(0, commodity)
    sign = -1 if (found["minus"] == "-") != (found["sign"] == "-") else 1
    figures = found["figures"].replace(" ", "").replace("'", "")
    return Amount(sign * whole_units(_decimal(figures, row, mark), row), commodity)


def _decimal(figures: str, row: int, mark: str) -> str:
    """Return figures with a point for the decimal mark and no other mark."""
    marks = [c for c in figures if c in ".,"]
    if not marks:
        return figures
    last = marks[-1]
    if not mark:
        tail = figures.rpartition(last)[2]
        if len(set(marks)) == 2 and marks.count(last) == 1:
            mark = last
        elif len(set(marks)) == 1 and len(marks) > 1:
            mark = "." if last == "," else ","
        elif len(marks) == 1 and len(tail) != 3:
            mark = last
        else:
            raise UnclearAmount(row, figures)
    other = "." if mark == "," else ","
    if figures.count(mark) > 1 or other in figures.partition(mark)[2]:
        raise NotAFigure(row, figures)
    return figures.replace(other, "").replace(mark, ".")


def mark_of(sample: str) -> str:
    """Return the decimal mark of a sample such as ``Rp1.000,00``; nothing if unclear.

    >>> mark_of("Rp1.000,00"), mark_of("1,000.00 IDR"), mark_of("IDR 1000")
    (',', '.', '')
    """
    marks = [c for c in sample.strip("IDRrp. ") if c in ".,"]
    return marks[-1] if len(set(marks)) == 2 else ""
