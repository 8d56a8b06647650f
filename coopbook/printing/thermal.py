"""A slip for a thermal printer: plain letters in columns, and the bytes around them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from coopbook.printing.pieces import Look, Piece, pieces
from coopbook.printing.sheet import wrapped
from coopbook.printing.slip import Slip

NARROW, WIDE = 32, 48
"""How many letters a 58 mm and an 80 mm roll take beside one another."""
RESET, LEFT, CENTRE = b"\x1b@", b"\x1ba\x00", b"\x1ba\x01"
BOLD, PLAIN, CUT = b"\x1bE\x01", b"\x1bE\x00", b"\x1dV\x42\x00"
"""Source: ESC/POS, as nearly all thermal printers obey it: ESC @ begins afresh, ESC a
sets to a side, ESC E bold, GS V feeds and cuts."""
DASHES = str.maketrans("–—·“”’‘", "---\"\"''")
MIDDLE = frozenset({Look.HEAD, Look.MIDDLE, Look.STRONG, Look.BIG})
STRONG = frozenset({Look.HEAD, Look.STRONG, Look.BIG})


def ascii_only(text: str) -> str:
    """Return a text in the letters every printer has.

    >>> ascii_only("Café · “Ibu” 王")
    'Cafe - "Ibu" ?'
    """
    plain = unicodedata.normalize("NFKD", text.translate(DASHES))
    kept = "".join(one for one in plain if not unicodedata.combining(one))
    return kept.encode("ascii", "replace").decode()


def slip_bytes(slip: Slip, columns: int) -> bytes:
    """Return what is sent to a thermal printer as it is: ``.prn``, ESC/POS.

    ``columns`` is how many letters the roll takes, 32 or 48 as a rule.
    """
    out = [RESET]
    for piece in pieces(slip):
        middle, bold = piece.look in MIDDLE, piece.look in STRONG
        out += [CENTRE if middle else LEFT, BOLD if bold else PLAIN]
        for line in _lines(piece, columns):
            said = line.strip() if middle else line.rstrip()
            out.append(f"{said}\n".encode())
    return b"".join([*out, PLAIN, LEFT, b"\n\n\n", CUT])


def slip_text(slip: Slip, columns: int) -> str:
    """Return a slip as plain lines, for a printer that knows nothing but letters."""
    lines = [line for piece in pieces(slip) for line in _lines(piece, columns)]
    return "\n".join([*(line.rstrip() for line in lines), ""])


def _lines(piece: Piece, columns: int) -> Iterator[str]:
    left, right = ascii_only(piece.left), ascii_only(piece.right)
    if piece.look in MIDDLE:
        yield from (line.center(columns) for line in _broken(left, columns))
    elif piece.look is Look.RULE:
        yield "-" * columns
    elif piece.look is Look.SIGN:
        yield from _signed([left, right] if right else [left], columns)
    elif piece.look in (Look.PAIR, Look.SUM):
        if len(left) + 1 + len(right) <= columns:
            yield left + right.rjust(columns - len(left))
        else:
            yield from _broken(left, columns)
            yield from (line.rjust(columns) for line in _broken(right, columns))


def _broken(text: str, columns: int) -> list[str]:
    return wrapped(text, lambda line: len(line) <= columns)


def _signed(captions: list[str], columns: int) -> Iterator[str]:
    """Leave room to sign, and say beneath who signs."""
    each = columns // 2 - 1
    yield from ("", "", "")
    yield "  ".join("." * each for _ in captions)
    lines = [_broken(caption, each) for caption in captions]
    for row in range(max(map(len, lines))):
        said = [(one[row] if row < len(one) else "").center(each) for one in lines]
        yield "  ".join(said)
