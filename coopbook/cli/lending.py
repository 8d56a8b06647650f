"""The command ``loan`` with all its parts."""

from __future__ import annotations

from coopbook.cli import backing, claims, rounds, setting_aside
from coopbook.cli.loans import loan

__all__ = ["backing", "claims", "loan", "rounds", "setting_aside"]
