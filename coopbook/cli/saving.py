"""The command ``savings`` with all its parts."""

from __future__ import annotations

from coopbook.cli import collecting, holding, moving, ordering, shares
from coopbook.cli.savings import savings

__all__ = ["collecting", "holding", "moving", "ordering", "savings", "shares"]
