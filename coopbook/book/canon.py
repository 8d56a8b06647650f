"""One way to write a record down, so that its digest is the same everywhere."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import DeclarativeBase

from coopbook.money import Money, Rate

_PLAIN = frozenset({type(None), bool, int, str})
_WRITER = json.JSONEncoder(separators=(",", ":"), ensure_ascii=True, allow_nan=False)


def plain(value: Any) -> Any:
    """Return a value in the few kinds that JSON writes in one way only.

    Money is its units, a decimal its digits, a fraction its text, a date its ISO form,
    an object of the book its table and key.  Raises ``TypeError`` for anything else,
    floats among them.
    """
    if type(value) in _PLAIN:
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str | int):
        return value
    if isinstance(value, Money):
        return value.units
    if isinstance(value, Rate):
        return str(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    if isinstance(value, Mapping):
        return {str(key): plain(value[key]) for key in sorted(value)}
    if is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: plain(getattr(value, field.name)) for field in fields(value)
        }
    if isinstance(value, list | tuple | set | frozenset):
        parts = [plain(part) for part in value]
        return sorted(parts) if isinstance(value, set | frozenset) else parts
    if isinstance(value, DeclarativeBase):
        return [
            value.__tablename__,
            *map(plain, inspect(type(value)).primary_key_from_instance(value)),
        ]
    raise TypeError(f"{type(value).__name__} has no canonical form")


def canonical(value: Any) -> str:
    """Write a value as ASCII JSON without spaces; keys are sorted.

    >>> canonical({"b": Money(5), "a": [True, None]})
    '{"a":[true,null],"b":5}'
    """
    return _WRITER.encode(plain(value))


def seal(parts: list[Any]) -> str:
    """Return the SHA-256 of parts that are plain already; the hot path's digest."""
    return hashlib.sha256(_WRITER.encode(parts).encode()).hexdigest()


def digest(value: Any) -> str:
    """Return the SHA-256 of the canonical form, in hex."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()
