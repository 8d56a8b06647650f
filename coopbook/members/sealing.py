"""Seal the personal fields of a row, and keep the salt of what did not change."""

from __future__ import annotations

from typing import Any

from coopbook.book import Book
from coopbook.members.model import opened, place_of
from coopbook.vault import sealing


def seal_fields(book: Book, row: Any, **fields: str | None) -> None:
    """Seal what is given into the columns of a row; raise ``NoSecret``.

    A field whose text is what it was keeps its salt, so nothing changes.  A column
    ``…_index`` beside it is filled with the keyed index.
    """
    for field, text in fields.items():
        if row in book.session and text == opened(row, field):
            continue
        token = index = None
        if text is not None:
            vault = sealing(book.vault)
            token = vault.seal(text, place_of(row, field))
            index = vault.index(text, field)
        setattr(row, f"{field}_sealed", token)
        if hasattr(type(row), f"{field}_index"):
            setattr(row, f"{field}_index", index)
