"""Coopbook: the book of a savings-and-loan cooperative."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from coopbook import ledger, loans, members, people, savings
    from coopbook.book import Book, open_book
    from coopbook.errors import CoopbookError
    from coopbook.money import ZERO, Money, Rate
    from coopbook.tables import metadata

_NAMES = {
    "Book": "coopbook.book",
    "open_book": "coopbook.book",
    "CoopbookError": "coopbook.errors",
    "Money": "coopbook.money",
    "Rate": "coopbook.money",
    "ZERO": "coopbook.money",
    "metadata": "coopbook.tables",
}
_PACKAGES = frozenset({"ledger", "loans", "members", "people", "savings"})

__all__ = [
    "ZERO",
    "Book",
    "CoopbookError",
    "Money",
    "Rate",
    "ledger",
    "loans",
    "members",
    "metadata",
    "open_book",
    "people",
    "savings",
]


def __getattr__(name: str) -> Any:
    """Import a name when it is first asked for, so that ``--help`` is quick."""
    if name in _PACKAGES:
        return import_module(f"coopbook.{name}")
    if name in _NAMES:
        return getattr(import_module(_NAMES[name]), name)
    raise AttributeError(f"coopbook has no {name}")
