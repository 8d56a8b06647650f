"""How money, rates and words are stored; how a column of money is added up."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Text, cast, func, type_coerce
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from coopbook.money import Money, Rate


class MoneyColumn(TypeDecorator[Money]):
    """Money as a BIGINT of whole units."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Money | None, dialect: Dialect) -> int | None:
        """Store the units."""
        return None if value is None else value.units

    def process_result_value(self, value: Any, dialect: Dialect) -> Money | None:
        """Give the units their name back."""
        if value is None:
            return None
        if int(value) != value:
            raise ValueError(f"{value!r} is not a whole number of units")
        return Money(int(value))


class RateColumn(TypeDecorator[Rate]):
    """A rate as exact text: ``3/200 month``."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Rate | None, dialect: Dialect) -> str | None:
        """Store fraction and period."""
        return None if value is None else str(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Rate | None:
        """Read fraction and period."""
        if value is None:
            return None
        rate = Rate.parse(value)
        if str(rate) != value:
            raise ValueError(f"{value!r} is not how a rate is written")
        return rate


class WordColumn(TypeDecorator[StrEnum]):
    """One of a set of words, stored as the word."""

    impl = Text
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Store the word; refuse one that is not in the set."""
        return None if value is None else self.words(value).value

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """Return the member of the set."""
        return None if value is None else self.words(value)


def total(column: Any) -> ColumnElement[Money]:
    """Add a column of money up, whole on both engines; no rows add up to zero."""
    return type_coerce(
        cast(func.coalesce(func.sum(column), 0), BigInteger), MoneyColumn
    )
