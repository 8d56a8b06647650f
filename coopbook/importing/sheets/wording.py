"""What the label of a row says the row is: an opening, a closing, a total."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, auto

from coopbook.importing.files.reading import Cell
from coopbook.importing.sheets.cells import is_figure, text
from coopbook.importing.sheets.shapes import plain


class Says(Enum):
    """What a label says of its row; nothing in particular for most."""

    NOTHING = auto()
    OPENING = auto()
    BALANCE = auto()
    """The balance on a day: opening above the rows, closing under them."""
    CLOSING = auto()
    TOTAL = auto()
    SUBTOTAL = auto()
    CARRIED = auto()


OPENING = frozenset(
    [
        *("saldoawal", "saldobulanlalu", "saldotahunlalu", "saldopindahan"),
        *("openingbalance", "beginningbalance", "balancebroughtforward"),
    ]
)
CLOSING = frozenset(
    ["saldoakhir", "saldosekarang", "closingbalance", "endingbalance", "saldobulanini"]
)
TOTAL = frozenset(
    [
        *("jumlah", "total", "jumlahtotal", "totaljumlah", "grandtotal", "jumlahakhir"),
        *("jumlahseluruh", "jumlahseluruhnya", "jumlahkeseluruhan", "totalakhir"),
        *("totalkeseluruhan", "totalseluruhnya", "jumlahsemua", "jumlahbesar", "sum"),
    ]
)
CARRIED = frozenset(
    [
        *("pindahan", "dipindahkan", "dipindah", "jumlahpindahan", "saldodipindahkan"),
        *("jumlahdipindahkan", "broughtforward", "carriedforward", "pindahandari"),
    ]
)
_OPENING = re.compile(r"saldo(?:awal|bulanlalu|tahunlalu|pindahan)|openingbalance")
_CLOSING = re.compile(r"saldoakhir|closingbalance")
_BALANCE = re.compile(r"(?:saldo|balance)(?:(?:per|tanggal|tgl|asof|at|on)\w*)?\d")
_CARRIED = re.compile(r"(?:jumlah|total)?(?:dipindah|pindahan|sd(?:bulan|hari)lalu)")
_SUBTOTAL = re.compile(r"sub(?:total|jumlah)|(?:jumlah|total)\w")


def said_by(label: str) -> Says:
    """Return what a label in its ``plain`` form says of its row.

    >>> said_by("saldoper01januari2023").name, said_by("jumlahkelompoka").name
    ('BALANCE', 'SUBTOTAL')
    """
    for words, says in (
        (OPENING, Says.OPENING),
        (CLOSING, Says.CLOSING),
        (TOTAL, Says.TOTAL),
        (CARRIED, Says.CARRIED),
    ):
        if label in words:
            return says
    for pattern, says in (
        (_OPENING, Says.OPENING),
        (_CLOSING, Says.CLOSING),
        (_BALANCE, Says.BALANCE),
        (_CARRIED, Says.CARRIED),
        (_SUBTOTAL, Says.SUBTOTAL),
    ):
        if pattern.match(label):
            return says
    return Says.NOTHING


def exactly(label: str, says: Says) -> bool:
    """Say whether a label leaves no doubt even in a row that has a day of its own.

    Such a row is a movement more often than not, and may be described as
    ``Jumlah setoran`` or ``Saldo akhir dipindahkan``.
    """
    return says is Says.BALANCE or label in OPENING or label in CLOSING


def label_of(row: Sequence[Cell]) -> str:
    """Return the first words of a row, in ``plain`` form; figures are passed over.

    >>> label_of([None, 7.0, "J U M L A H", "setor"]), label_of([1, "5.000"])
    ('jumlah', '')
    """
    for cell in row:
        if isinstance(cell, str) and cell.strip() and not is_figure(cell):
            return plain(cell[:200])
    return ""


def letterhead(rows: Sequence[Sequence[Cell]]) -> dict[str, str]:
    """Return what stands above a table as a label and a value.

    A colon parts them, within a cell or at the edge of one; without any, two cells
    side by side that are alone in their row.  The first of two alike stays.

    >>> letterhead([["Nama", ": Tri Purnomo"], ["No. Anggota : 00160"], ["KSP"]])
    {'nama': 'Tri Purnomo', 'noanggota': '00160'}
    """
    found: dict[str, str] = {}
    for row in rows:
        said = [(i, text(cell)) for i, cell in enumerate(row[:100]) if text(cell)]
        words = [word for _, word in said]
        alone = len(said) == 2 and said[1][0] - said[0][0] == 1
        if alone and ":" not in "".join(words):
            words[1] = f": {words[1]}"
        for label, value in _pairs(words):
            if plain(label) and value and len(label) <= 40:
                found.setdefault(plain(label), value)
    return found


def _pairs(words: Sequence[str]) -> list[tuple[str, str]]:
    pairs = []
    for index, word in enumerate(words):
        after = words[index + 1] if index + 1 < len(words) else ""
        before, colon, value = word.partition(":")
        if not colon and after.startswith(":"):
            value = after[1:].strip() or (words[index + 2 :] or ("",))[0]
            pairs.append((word, value))
        elif colon and re.search(r"[^\W\d_]", before) and not value.startswith("//"):
            pairs.append((before.strip(), value.strip() or after.lstrip(": ")))
    return pairs
