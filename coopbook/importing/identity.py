"""What makes a row itself: its content, and how often it occurred so far.

Two equal deposits on one day are two rows; the same file read twice is none.  So
the second of two equal rows is another one, and a file that overlaps with an
earlier one brings in only what that one did not have.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from operator import itemgetter

from coopbook.importing.understood import Movement


def identities(kind: str, movements: Iterable[Movement]) -> list[str]:
    """Return the identity of every row, in their order, as SHA-256 in hex.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> row = Movement(2, date(2022, 1, 4), Decimal(5), "setoran")
    >>> first, second = identities("savings", [row, row])
    >>> first == second, identities("savings", [row]) == [first]
    (False, True)
    """
    seen: Counter[tuple[str, ...]] = Counter()
    found = []
    for movement in movements:
        content = movement.content()
        seen[content] += 1
        found.append(identity(kind, content, seen[content]))
    return found


def identity(kind: str, content: Sequence[str], occurrence: int) -> str:
    """Return the SHA-256 of a row's content and which of its equals it is."""
    written = json.dumps([kind, *content, occurrence], separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def fingerprint(content: Sequence[str]) -> bytes:
    """Return what tells a row's content from any other, in sixteen bytes."""
    written = json.dumps(content, separators=(",", ":"))
    return hashlib.sha256(written.encode()).digest()[:16]


def again(name: str) -> str:
    """Return the identity of a row that is brought in once more.

    Its batch was taken back; the row is itself, and yet another time.
    """
    return hashlib.sha256(f"{name} again".encode()).hexdigest()


def rows_digest(rows: Iterable[tuple[str, int, int | None]]) -> str:
    """Return one digest over the rows of a batch, in whatever order they come."""
    return ordered_digest(sorted(rows, key=itemgetter(0)))


def ordered_digest(rows: Iterable[tuple[str, int, int | None]]) -> str:
    """Return the digest over the rows of a batch that come by their identity."""
    whole = hashlib.sha256()
    mark = ""
    for name, row, entry in rows:
        whole.update(f"{mark}{name} {row} {'-' if entry is None else entry}".encode())
        mark = "\n"
    return whole.hexdigest()
