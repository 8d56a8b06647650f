"""The command ``member`` with all its parts."""

from __future__ import annotations

from coopbook.cli import acting, families, leaving, standing
from coopbook.cli.members import member

__all__ = ["acting", "families", "leaving", "member", "standing"]
