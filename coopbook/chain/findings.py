"""A check and what it found: a sentence, and where in the book."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from coopbook.i18n import say


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, in plain words, with the facts of where."""

    sentence: str
    facts: dict[str, Any] = field(default_factory=dict)

    def said(self, language: str = "en") -> str:
        """Say it in a language."""
        return say(self.sentence, language) % self.facts


@dataclass(frozen=True)
class Check:
    """One check: its name, the cooperative, what it looked at, what it found first."""

    name: str
    cooperative_id: int | None
    looked_at: int
    finding: Finding | None = None

    @property
    def in_order(self) -> bool:
        """Whether nothing was found."""
        return self.finding is None


class Wrong(Exception):
    """Stop a check at the first thing it finds."""

    def __init__(self, sentence: str, **facts: Any) -> None:
        super().__init__(sentence % facts)
        self.finding = Finding(sentence, facts)
