"""What a sheet does not say of itself, asked of a person and kept with the import."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from coopbook.errors import Refused
from coopbook.i18n import N_, Word

if TYPE_CHECKING:
    from coopbook.importing.sheets.layout import Layout


@dataclass(frozen=True, slots=True)
class Question:
    """Something a sheet leaves open.

    ``choices`` are values with what they mean; without any, the answer is free
    text (a date, an amount, a number).  ``suggested`` is what the sheet hints at.
    """

    key: str
    ask: Word
    choices: tuple[tuple[str, Word], ...] = ()
    suggested: str = ""


@dataclass(eq=False)
class Unanswered(Refused):
    """A file waits for an answer before it can be posted."""

    sentence = N_("%(ask)s Answer with --set %(key)s=…, or on the page of the import.")

    ask: Word
    key: str


@dataclass(eq=False)
class NotAnAnswer(Refused):
    """An answer that is none of those offered, or cannot be read."""

    sentence = N_("“%(said)s” is no answer to: %(ask)s %(choices)s")

    said: str
    ask: Word
    choices: str


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person said about a sheet: a day, words, and where the table lies."""

    on: date | None = None
    said: Mapping[str, str] = field(default_factory=dict)
    layout: Layout | None = None

    def get(self, question: Question) -> str | None:
        """Return the answer to a question; raise ``NotAnAnswer`` for none of its."""
        said = self.said.get(question.key, "").strip()
        if not said:
            return None
        offered = [value for value, _ in question.choices]
        if offered and said not in offered:
            raise NotAnAnswer(said, question.ask, ", ".join(offered))
        return said

    def to_json(self) -> str:
        """Write everything in one way, to be kept and compared."""
        plain: dict[str, Any] = {}
        if self.on is not None:
            plain["on"] = self.on.isoformat()
        if self.said:
            plain["said"] = dict(sorted(self.said.items()))
        if self.layout is not None:
            plain["layout"] = json.loads(self.layout.to_json())
        return json.dumps(plain, sort_keys=True, ensure_ascii=True)

    @staticmethod
    def from_json(text: str) -> Answers:
        """Read what ``to_json`` wrote.

        >>> Answers.from_json(Answers(said={"pot": "voluntary"}).to_json()).said
        {'pot': 'voluntary'}
        """
        from coopbook.importing.sheets.layout import Layout

        plain = json.loads(text or "{}")
        layout = plain.get("layout")
        return Answers(
            date.fromisoformat(plain["on"]) if "on" in plain else None,
            plain.get("said", {}),
            None if layout is None else Layout.from_json(json.dumps(layout)),
        )


NOTHING_SAID_YET = Answers()
