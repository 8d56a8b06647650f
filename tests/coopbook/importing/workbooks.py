"""Sheets as people keep them, made from a seed: what was meant, and its bytes.

``generate(seed)`` throws a layout, a way of writing amounts and days, a container and
perhaps a defect, and says beside the bytes what a reader has to find in them.  The
same seed makes the same sheet.  A further kind is a function in ``KINDS`` that returns
its ``Table`` (``meant``).
"""

import random
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from .containers import written
from .meant import KINDS

SEPARATORS = (";", ",", "\t", "|")
ENCODINGS = ("utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le")
CSV = tuple(f"csv {s!r} {e}" for s in SEPARATORS for e in ENCODINGS)
BINARY = ("xlsx", "xls", "ods")
DEFECTS = (
    *("wrong total", "wrong sub-total", "unreadable amount", "impossible day"),
    *("missing column", "negative amount", "formula error", "cut short"),
)
MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus"),
    *("September", "Oktober", "November", "Desember"),
)
TOTALS = ("JUMLAH", "J   U   M   L   A   H", "Total", "GRAND TOTAL", "Jumlah :")
SIGNATURES = [["Mengetahui,", "", "Makassar, 31 Januari 2022"], ["Ketua"], ["( Siti )"]]


@dataclass
class Generated:
    """A file made from a seed, and what has to be found in it.

    ``rows`` are the numbers of the rows in the sheet, each with what it means;
    ``bad`` is the number of the row a defect stands in.
    """

    seed: int
    data: bytes
    kind: str
    container: str
    rows: dict[int, tuple]
    totals: dict[str, Decimal]
    defect: str = ""
    bad: int = 0
    subtotals: int = 0


@dataclass
class Grid:
    """The cells of a sheet as they are laid out, with the merged headings."""

    lines: list[list] = field(default_factory=list)
    merged: list[tuple[int, int, int, int, str]] = field(default_factory=list)

    def add(self, line=()):
        self.lines.append(list(line))
        return len(self.lines)


def generate(seed, container=None, defect=None):
    """Return the sheet of a seed; container and defect are thrown unless given."""
    dice = random.Random(seed)
    table = dice.choice(KINDS)(dice)
    thrown = dice.choice(["xlsx", "html", "xls", "ods", dice.choice(CSV)])
    container = container or thrown
    chosen = dice.choice(DEFECTS) if dice.random() < 0.4 else ""
    defect = chosen if defect is None else defect
    if defect == "cut short" and container not in BINARY:
        defect = "unreadable amount"
    style = Style(dice, typed=container in BINARY)
    if defect == "missing column":
        table.fields = [f for f in table.fields if f.key != table.needed]
    made = _laid_out(dice, table, style, defect, seed, container)
    if defect == "cut short":
        made.data = made.data[: int(len(made.data) * dice.uniform(0.1, 0.9))]
    return made


class Style:
    """How one person writes amounts, days and nothing."""

    def __init__(self, dice, *, typed):
        numbers = [lambda amount: float(amount)] if typed else []
        points = "{:,.2f}".format
        self.money = dice.choice(
            [
                *numbers * 3,
                lambda amount: _dotted(amount),
                lambda amount: f"Rp {_dotted(amount)}",
                lambda amount: points(amount).translate(str.maketrans(",.", ".,")),
                points,
            ]
        )
        days = [lambda on: on] * 3 if typed else []
        self.day = dice.choice(
            [
                *days,
                lambda on: on.strftime("%d/%m/%Y"),
                lambda on: f"{on.day}-{on:%b}-{on:%y}",
                lambda on: f"{on.day} {MONTHS[on.month - 1]} {on.year}",
                lambda on: on.isoformat(),
                lambda on: on.strftime("%d.%m.%Y"),
            ]
        )
        self.nothing = dice.choice(["", "-", "Rp -", "0"])


def _dotted(amount):
    whole = f"{int(amount):,}".replace(",", ".")
    cents = int(amount % 1 * 100)
    return f"{whole},{cents:02}" if cents else whole


def _laid_out(dice, table, style, defect, seed, container):
    """Lay a table out in a grid and write it in its container."""
    grid, rows, bad = Grid(), {}, 0
    for line in _letterhead(dice):
        grid.add(line)
    depth = max(len(f.over) for f in table.fields) + 1
    top = len(grid.lines)
    for level in range(depth):
        grid.add(_heading(table.fields, level, depth, top, grid))
    width = len(table.fields)
    said = next(i for i, f in enumerate(table.fields) if not f.money)
    money = {f.key: i for i, f in enumerate(table.fields) if f.money}

    def sums(label, values):
        line = [""] * width
        line[said] = label
        for key, value in values.items():
            if key in money:
                line[money[key]] = style.money(value)
        return grid.add(line)

    if table.opening is not None:
        sums(
            dice.choice(["SALDO AWAL", "Saldo per 1 Januari 2022", "Saldo bulan lalu"]),
            {"balance": table.opening},
        )
    total = dict.fromkeys((key for key in table.adding if key in money), Decimal(0))
    part = dict(total)
    grouped = dice.random() < 0.3 or defect == "wrong sub-total"
    size = dice.randint(2, 6)
    broken = dice.randrange(len(table.rows))
    for number, row in enumerate(table.rows):
        if grouped and number % size == 0:
            if number:
                off = defect == "wrong sub-total" and not bad
                at = sums("Jumlah kelompok", {k: v + off for k, v in part.items()})
                bad = at if off else bad
            grid.add([""] * said + [f"Kelompok {chr(65 + number // size)}"])
            part = dict.fromkeys(total, Decimal(0))
        if dice.random() < 0.05:
            grid.add()
        if number and dice.random() < 0.04:
            for line in range(top, top + depth):
                grid.add(grid.lines[line])
        at = grid.add(_row(table.fields, row, style))
        rows[at] = table.expected[number]
        for key in total:
            total[key] += row.get(key, Decimal(0))
            part[key] += row.get(key, Decimal(0))
        if number == broken and _spoiled(grid.lines[at - 1], table, row, defect):
            bad = at
            del rows[at]
    if grouped:
        off = defect == "wrong sub-total" and not bad
        at = sums("Sub total", {k: v + off for k, v in part.items()})
        bad = at if off else bad
    label = dice.choice([*TOTALS, "", None])
    if defect:
        label = label or TOTALS[0]  # without a word only agreement tells a total
    if label is not None:
        off = defect == "wrong total"
        at = sums(label, {k: v + off for k, v in total.items()})
        bad = at if off else bad
    if dice.random() < 0.4:
        grid.add()
        grid.lines += SIGNATURES
    subtotals = -(-len(table.rows) // size) if grouped else 0
    return Generated(
        seed=seed,
        data=written(grid.lines, grid.merged, container),
        kind=table.kind,
        container=container,
        rows=rows,
        totals=total if label else {},
        defect=defect,
        bad=bad,
        subtotals=subtotals,
    )


def _letterhead(dice):
    lines = [["KOPERASI MEKAR SEJAHTERA"], ["Jl. Contoh No. 1"], []]
    lines += [["Bulan", ": Januari 2022"], []]
    return lines[: dice.choice([0, 0, 1, 3, 5])]


def _heading(fields, level, depth, top, grid):
    """Return one row of headings; what is said once over several fields is merged."""
    line, before = [], None
    for index, each in enumerate(fields):
        stack = [*each.over, each.heading]
        words = stack[level] if level < len(stack) else ""
        is_over = level < len(each.over)
        if is_over and (words, level) == before:
            first = grid.merged[-1]
            grid.merged[-1] = (first[0], first[1], first[2], index, words)
            line.append("")
        else:
            if is_over:
                grid.merged.append((top + level, index, top + level, index, words))
            elif words and level < depth - 1:
                grid.merged.append((top + level, index, top + depth - 1, index, words))
            line.append(words)
        before = (words, level) if is_over else None
    return line


def _row(fields, row, style):
    line = []
    for each in fields:
        value = row.get(each.key, "")
        if isinstance(value, Decimal):
            value = style.money(value)
        elif isinstance(value, date):
            value = style.day(value)
        elif each.money:
            value = style.nothing
        line.append(value)
    return line


def _spoiled(line, table, row, defect):
    """Spoil a row as the defect says; say whether it is spoiled now."""
    places = {f.key: i for i, f in enumerate(table.fields)}
    paid = next((key for key in table.adding if row.get(key) and key in places), None)
    spoilt = {
        "unreadable amount": (paid, "lima ribu"),
        "impossible day": ("on", "30/02/2022"),
        "negative amount": (paid, "(5.000)"),
        "formula error": (paid, "#REF!"),
    }
    if defect not in spoilt:
        return False
    key, words = spoilt[defect]
    line[places[key]] = words
    return True
