"""The command ``member`` with all its parts: the register, families, leaving."""

from __future__ import annotations

from coopbook.cli import families, leaving
from coopbook.cli.members import member

__all__ = ["families", "leaving", "member"]
