"""Read an amount out of a cell, exactly, or refuse it."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

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
from coopbook.money import LARGEST


@dataclass(eq=False)
class NotAnAmount(Refused):
    """The cell holds something that is no amount of money."""

    sentence = N_(
        "Cell %(cell)s: “%(text)s” is not an amount. Write it like 1.250.000."
    )

    cell: str
    text: str


@dataclass(eq=False)
class UnclearAmount(Refused):
    """The cell could mean two amounts, a thousand times apart."""

    sentence = N_(
        "Cell %(cell)s: “%(text)s” could be thousands or a fraction. "
        "Write it like 1.250 or 1,25."
    )

    cell: str
    text: str


@dataclass(eq=False)
class AmountTooLarge(Refused):
    """The amount is beyond what one line of the book can hold."""

    sentence = N_("Cell %(cell)s: %(text)s is too large for one line of the book.")

    cell: str
    text: str


LONGEST = 40
"""No amount is written with more figures than this."""

_AMOUNT = re.compile(r"(?:rp\.?|idr)?\s*([0-9][0-9., ]*|[.,][0-9]+)", re.IGNORECASE)
_GROUPED = {
    ".": re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+"),
    ",": re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+"),
}
_UNCLEAR = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")


def amount(cell: Cell, *, mark: str = "", at: str = NOWHERE) -> Decimal:
    """Read an amount exactly; a blank cell or a dash is zero.

    Units:    the currency's unit, with whatever fraction is written; a number
              cell is the shortest decimal that stands for it.  Brackets and a
              minus before or after are negative; ``Rp``, ``IDR`` and a closing
              ``,-`` are set aside.
    ``mark`` is the column's decimal mark as ``decimal_mark`` found it.  Without
    one, ``1.250`` is one thousand two hundred and fifty, and ``1,250`` unclear.
    Rounding: none.
    Raises:   ``NotAnAmount``, ``UnclearAmount``, ``AmountTooLarge``,
              ``FaultyFormula``.

    >>> amount("Rp 1.250.000"), amount("1.250.000,50"), amount("(2.500)")
    (Decimal('1250000'), Decimal('1250000.50'), Decimal('-2500'))
    >>> amount(450407.5287204744)
    Decimal('450407.5287204744')
    >>> amount("50,000", mark=".")
    Decimal('50000')
    """
    if cell is None:
        return Decimal(0)
    check_formula(cell, at)
    if isinstance(cell, str):
        read = _written(cell, mark, at)
    elif isinstance(cell, float) and math.isfinite(cell):
        read = Decimal(repr(cell))
    elif isinstance(cell, int) and not isinstance(cell, bool):
        read = Decimal(cell)
    else:
        raise NotAnAmount(at, text(cell))
    if abs(read) > LARGEST:
        raise AmountTooLarge(at, text(cell))
    return read


def _written(cell: str, mark: str, at: str) -> Decimal:
    plain = unicodedata.normalize("NFKC", cell).translate(DASHES).strip()
    if not plain.strip("-"):
        return Decimal(0)
    inside, sign = _signed(plain)
    if inside.lower() in ("rp", "rp."):
        return Decimal(0)
    found = _AMOUNT.fullmatch(inside)
    if not found or len(found[1]) > LONGEST:
        raise NotAnAmount(at, shortened(cell))
    digits = found[1].strip()
    if " " in digits:
        digits = _without_spaces(digits, cell, at)
    return sign * Decimal(_canonical(digits, mark, cell, at))


def _signed(plain: str) -> tuple[str, int]:
    """Set brackets, minus and the closing ``,-`` aside; say the sign."""
    sign = 1
    if plain.startswith("(") and plain.endswith(")"):
        plain, sign = plain[1:-1].strip(), -1
    if plain.endswith((",-", ".-", ",--")):
        plain = plain.rstrip("-")[:-1]
    elif plain.endswith("-"):
        plain, sign = plain[:-1].strip(), -sign
    lead = re.match(r"(?:rp\.?|idr)?\s*-\s*", plain, re.IGNORECASE)
    if lead:
        prefix = lead[0].replace("-", "").strip()
        plain, sign = prefix + plain[lead.end() :], -sign
        if prefix and not plain[len(prefix) :]:
            return prefix, 1
    return plain.strip(), sign


def _without_spaces(digits: str, cell: str, at: str) -> str:
    """Close up groups of three digits parted by spaces; refuse any other space."""
    if not re.fullmatch(r"[0-9]{1,3}(?: [0-9]{3})+(?:[.,][0-9]+)?", digits):
        raise NotAnAmount(at, shortened(cell))
    return digits.replace(" ", "")


def _canonical(digits: str, mark: str, cell: str, at: str) -> str:
    """Return the digits with a point for the decimal mark and nothing else."""
    marks = [c for c in digits if c in ".,"]
    if not marks:
        return digits
    last = marks[-1]
    if len(set(marks)) == 2:
        whole, _, fraction = digits.rpartition(last)
        other = "." if last == "," else ","
        if last in whole or not _GROUPED[other].fullmatch(whole):
            raise NotAnAmount(at, shortened(cell))
        return f"{whole.replace(other, '')}.{fraction or '0'}"
    if len(marks) > 1:
        if not _GROUPED[last].fullmatch(digits):
            raise NotAnAmount(at, shortened(cell))
        return digits.replace(last, "")
    if _UNCLEAR.fullmatch(digits) and mark != last:
        if mark in ("", ",") and last == ".":
            return digits.replace(".", "")
        if mark == "." and last == ",":
            return digits.replace(",", "")
        raise UnclearAmount(at, shortened(cell))
    whole, _, fraction = digits.partition(last)
    return f"{whole or '0'}.{fraction or '0'}"


def decimal_mark(cells: Iterable[Cell]) -> str:
    """Return the decimal mark a column of written amounts shows.

    ``","`` or ``"."`` where some amount leaves no doubt, ``""`` where none does,
    and ``"?"`` where two amounts contradict each other: then ``1.250`` and
    ``1,250`` are both unclear.

    >>> decimal_mark(["1.250", "75.000,50"]), decimal_mark(["50,000", "1,250,000"])
    (',', '.')
    >>> decimal_mark(["1.250"]), decimal_mark(["1.250.000", "1,250,000"])
    ('', '?')
    """
    seen = set()
    for cell in cells:
        if isinstance(cell, str) and ("." in cell or "," in cell):
            digits = re.sub(r"[^0-9.,]", "", re.sub(r"(?i)rp\.|[.,]-+", "", cell))
            marks = [c for c in digits if c in ".,"]
            if not marks:
                continue
            if len(set(marks)) == 2:
                seen.add(marks[-1])
            elif len(marks) > 1:
                seen.add("," if marks[-1] == "." else ".")
            elif not _UNCLEAR.fullmatch(digits):
                seen.add(marks[-1])
    return "?" if len(seen) > 1 else "".join(seen)
