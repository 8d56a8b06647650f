"""The command ``loan`` with all its parts."""

from __future__ import annotations

from coopbook.cli import backing, claims, dunning, rounds, setting_aside
from coopbook.cli.loans import loan

__all__ = ["backing", "claims", "dunning", "loan", "rounds", "setting_aside"]
