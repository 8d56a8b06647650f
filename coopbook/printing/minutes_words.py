"""The words of minutes: sentences, days and shares in the language of the paper."""

from __future__ import annotations

from datetime import date
from html import escape
from typing import Any

from babel.dates import format_date
from num2words import num2words

from coopbook.cooperatives.shares import Share
from coopbook.i18n import N_, say
from coopbook.meetings import Minutes


class Spoken:
    """The facts of a meeting, and how they are said in one language."""

    def __init__(self, minutes: Minutes, language: str) -> None:
        self.of, self.language = minutes, language

    def say(self, sentence: str, **facts: Any) -> str:
        """Say a sentence; what people wrote is never read as markup."""
        said = say(sentence, self.language)
        return said % {k: escape(str(v), quote=False) for k, v in facts.items()}

    def day(self, on: date) -> str:
        """Write a date for a document: ``16 March 2026``."""
        return str(format_date(on, "d MMMM yyyy", locale=self.language))

    def in_words(self, on: date) -> str:
        """Say a date in words, as minutes begin."""
        day, year = (num2words(n, lang=self.language) for n in (on.day, on.year))
        month = format_date(on, "MMMM", locale=self.language)
        return f"{format_date(on, 'EEEE', locale=self.language)}, {day} {month} {year}"

    def share(self, share: Share, whole: int) -> str:
        """Say a share of a whole: ``at least 2/3 of 120``."""
        said = self.say(share.sentence, share=share.part)
        return self.say(N_("%(said)s of %(whole)s"), said=said, whole=whole)
