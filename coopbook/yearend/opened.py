"""Open closed periods for what the closing of a year posts, and close them again."""

from __future__ import annotations

from coopbook.book import Book
from coopbook.ledger.model import Period


class Opened:
    """Open what is closed around a year's end for a while, and close it again."""

    def __init__(self, book: Book, year: int) -> None:
        old, new = f"{year:04d}", f"{year + 1:04d}"
        self.book = book
        self.names = (
            old,
            f"{old}-12",
            f"{old}-12-31",
            f"{new}-01-01",
            f"{new}-01",
            new,
        )

    def __enter__(self) -> None:
        found = (self.book.get(Period, name) for name in self.names)
        self.rows = [row for row in found if row is not None and row.closed]
        self._set(closed=False)

    def __exit__(self, *_exc: object) -> None:
        self._set(closed=True)

    def _set(self, *, closed: bool) -> None:
        for row in self.rows:
            row.closed = closed
        self.book.session.flush()
