"""A long list in portions that begin after a key, never at a page number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

Row = TypeVar("Row")
SHOWN = 25


def portion(
    rows: Sequence[Row],
    after: str | None,
    key: Callable[[Row], object],
    most: int = SHOWN,
) -> tuple[list[Row], str | None]:
    """Return the rows after one, and the key of the last where more come after it.

    A key that is not in the list begins it anew.

    >>> portion([5, 3, 9], "5", int, 1)
    ([3], '3')
    >>> portion([5, 3, 9], "3", int, 2), portion([5], "7", int, 1)
    (([9], None), ([5], None))
    """
    keys = [str(key(row)) for row in rows]
    start = keys.index(after) + 1 if after in keys else 0
    end = start + most
    return list(rows[start:end]), keys[end - 1] if end < len(rows) else None
