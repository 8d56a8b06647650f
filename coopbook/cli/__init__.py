"""``coopbook``: what the desks do, for scripts; one command, one transaction."""

from coopbook.cli.main import main

__all__ = ["main"]
