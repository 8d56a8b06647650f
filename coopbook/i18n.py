"""Mark a sentence for translators, and say it in a language."""

from __future__ import annotations

import gettext
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LANGUAGES = ("id", "en")
DOMAIN = "messages"


def N_(sentence: str) -> str:  # noqa: N802 - the name gettext's tools look for
    """Return the sentence unchanged; ``pybabel extract -k N_`` collects it."""
    return sentence


class Word(str):
    """A fact that is itself a sentence to translate, such as a product's kind."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Names:
    """The name of a thing of the book in both languages, as it was entered."""

    id: str
    en: str

    def __str__(self) -> str:
        return self.en

    def said(self, language: str) -> str:
        """Return the name in a language."""
        return self.id if language == "id" else self.en


def translations_dir() -> Path:
    """Return the folder that holds the catalogues of the book and the desks."""
    return Path(__file__).parent / "translations"


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """Return the catalogue of a language; English is the source and needs none."""
    return gettext.translation(
        DOMAIN, str(translations_dir()), languages=[language], fallback=True
    )


def say(sentence: str, language: str = "en") -> str:
    """Return the sentence in a language, or as it stands where none is known."""
    if language == "en" or not sentence:
        return sentence
    return catalogue(language).gettext(sentence)
