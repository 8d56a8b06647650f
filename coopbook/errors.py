"""The four roots of every refusal; each says what the person should do next."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any, ClassVar

from coopbook.i18n import N_


def _spoken(fact: object) -> str:
    if isinstance(fact, tuple):
        return ", ".join(map(str, fact))
    if isinstance(fact, Decimal):
        plain = f"{fact:f}"
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    return str(fact)


@dataclass(eq=False)
class CoopbookError(Exception):
    """A record of what stood in the way: typed facts and one sentence."""

    sentence: ClassVar[str] = N_("This cannot be done.")

    @property
    def facts(self) -> dict[str, Any]:
        """The fields of the error by name, for whoever words the sentence."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @property
    def code(self) -> str:
        """The class in words for machines: ``NotEnoughSaved`` is ``not-enough-saved``.

        >>> Refused().code
        'refused'
        """
        return re.sub(r"(?<!^)(?=[A-Z])", "-", type(self).__name__).lower()

    def __str__(self) -> str:
        """Say the sentence in English."""
        return self.sentence % {k: _spoken(v) for k, v in self.facts.items()}


@dataclass(eq=False)
class Refused(CoopbookError):
    """The request breaks a rule; corrected, it may succeed (422)."""


@dataclass(eq=False)
class Missing(CoopbookError):
    """What was asked for is not in this book (404)."""

    sentence = N_("That is not in this book.")


@dataclass(eq=False)
class Conflict(CoopbookError):
    """Somebody or something else came first; look again (409)."""

    sentence = N_("This was already done in another way. Look again before repeating.")


@dataclass(eq=False)
class Inconsistent(CoopbookError):
    """The book contradicts itself; stop and call somebody (500)."""

    sentence = N_("The book is inconsistent: %(finding)s")

    finding: str
