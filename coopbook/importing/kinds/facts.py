"""What of the book a sheet is read by: its kinds of savings, its accounts, its day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class BookFacts:
    """Words a sheet may use for things of the book; empty where no book is open.

    ``products`` are the codes of the kinds of savings by any of their names,
    ``accounts`` the numbers of accounts by their printed code.
    """

    products: Mapping[str, str] = field(default_factory=dict)
    accounts: Mapping[str, int] = field(default_factory=dict)
    cards: frozenset[int] = frozenset()
    """Control accounts, whose lines need a member's or a loan's card."""
    loan_products: tuple[str, ...] = ()
    today: date | None = None


NO_BOOK = BookFacts()
