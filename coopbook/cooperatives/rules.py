"""What a by-law's figure may be, and from when it may change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coopbook.cooperatives.shares import parse
from coopbook.cooperatives.standard import MOST, Standard, Unit
from coopbook.errors import Refused
from coopbook.i18n import N_, Word


@dataclass(eq=False)
class NoSuchSetting(Refused):
    """The setting is not one the book knows."""

    sentence = N_("There is no setting named %(name)s.")

    name: str


@dataclass(eq=False)
class SettingIsDated(Refused):
    """A setting is changed from a day on, never for days already lived."""

    sentence = N_("A change of “%(name)s” starts after %(last)s, not on %(asked)s.")

    name: Word
    last: date
    asked: date


@dataclass(eq=False)
class LivedAlready(Refused):
    """At the desks a by-law changes from today on."""

    sentence = N_(
        "Days already lived keep what held on them. Choose today, %(today)s, or later."
    )

    today: date


@dataclass(eq=False)
class TooFarAhead(Refused):
    """A by-law is decided for the time to come, not for another generation."""

    sentence = N_("Choose a day up to %(most)s.")

    most: date


@dataclass(eq=False)
class WaitsAlready(Refused):
    """One change of a by-law waits at a time."""

    sentence = N_(
        "Request %(number)s about “%(name)s” still waits for a second person. It is "
        "approved or refused first."
    )

    number: int
    name: Word


@dataclass(eq=False)
class NotAFigure(Refused):
    """A setting is a whole number of its unit."""

    sentence = N_(
        "%(name)s is a whole number from %(least)s to %(most)s, not %(asked)s."
    )

    name: Word
    least: int
    most: int
    asked: str


@dataclass(eq=False)
class SourceNeeded(Refused):
    """Whoever changes a by-law says where it was decided."""

    sentence = N_("Write where it was decided, like: annual meeting 2026, RA-2026-004.")


def check_value(standard: Standard, value: int | str) -> str:
    """Return a setting's value as it is kept: ``25000``, ``>=2/3``.

    Units:  those of the standard; a share is a comparison with a fraction.
    Raises: ``NotAFigure``, and ``NotAShare`` where a share is asked for.

    >>> from coopbook.cooperatives.standards import KNOWN
    >>> check_value(KNOWN["quorum_bylaws"], ">= 2/3")
    '>=2/3'
    >>> check_value(KNOWN["adult_age"], "21")
    '21'
    """
    text = str(value).replace(" ", "")
    if standard.unit is Unit.SHARE:
        parse(text)
        return text
    most = len(standard.choices) - 1 if standard.choices else MOST[standard.unit]
    plain = text.isascii() and text.isdecimal() and len(text) <= len(str(most))
    if not plain or not standard.least <= int(text) <= most:
        raise NotAFigure(Word(standard.title), standard.least, most, text)
    return str(int(text))
