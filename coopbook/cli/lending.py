"""The command ``loan`` with all its parts."""

from __future__ import annotations

from coopbook.cli import backing, rounds
from coopbook.cli.loans import loan

__all__ = ["backing", "loan", "rounds"]
