"""Countries migrants work in, and the days of an episode abroad.

Countries are ISO 3166-1 codes of two letters; people read their names from CLDR.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from coopbook.errors import Missing, Refused
from coopbook.i18n import N_

OFTEN: Final = ("HK", "TW", "MY", "JP", "SG", "KR", "SA", "IT", "BN", "TR")
"""Where most Indonesian workers were placed in January to October 2024, most first.

Source: placement figures published by BP2MI/KP2MI for 2024.  The order of a list, no
rule: any country may be written down.
"""

NO_COUNTRIES: Final = ("EU", "EZ", "QO", "UN", "XA", "XB", "ZZ", "ID")
"""Codes of CLDR that are unions, tests or nowhere, and the country people leave."""


@dataclass(eq=False)
class NoSuchCountry(Refused):
    """A country is named by its two letters."""

    sentence = N_(
        "“%(written)s” is no country's code. Write two letters, like HK for Hong Kong."
    )

    written: str


@dataclass(eq=False)
class BackBeforeGone(Refused):
    """Nobody returns before leaving."""

    sentence = N_(
        "Choose a day of return from %(departed)s on: that is when they left."
    )

    departed: date


@dataclass(eq=False)
class NotYetBack(Refused):
    """What has not happened is not written down."""

    sentence = N_(
        "Choose a day up to %(today)s, or leave it open while they are abroad."
    )

    today: date


@dataclass(eq=False)
class EpisodesOverlap(Refused):
    """Nobody works in two countries on one day."""

    sentence = N_(
        "These days overlap with another stay abroad of %(name)s (%(departed)s to"
        " %(returned)s). Correct that one first, or choose other days."
    )

    name: str
    departed: str
    returned: str


@dataclass(eq=False)
class NoSuchEpisode(Missing):
    """The member has no such stay abroad."""

    sentence = N_("Member %(member)s has no stay abroad with the number %(number)s.")

    member: int
    number: int


@cache
def countries() -> tuple[str, ...]:
    """Return the codes of all countries, without regions of the world.

    >>> "HK" in countries(), "EU" in countries()
    (True, False)
    """
    from babel import Locale

    known = map(str, Locale("en").territories)
    return tuple(
        sorted(
            code
            for code in known
            if len(code) == 2 and code.isalpha() and code not in NO_COUNTRIES
        )
    )


def check_country(written: str) -> str:
    """Return a country's code in capitals; raise ``NoSuchCountry``.

    >>> check_country(" hk ")
    'HK'
    """
    code = written.strip().upper()
    if code not in countries():
        raise NoSuchCountry(written.strip())
    return code


def check_days(departed: date | None, returned: date | None, today: date) -> None:
    """Raise ``BackBeforeGone`` or ``NotYetBack`` for days that cannot be."""
    if departed is not None and departed > today:
        raise NotYetBack(today)
    if returned is not None and returned > today:
        raise NotYetBack(today)
    if departed is not None and returned is not None and returned < departed:
        raise BackBeforeGone(departed)


def overlap(
    one: tuple[date | None, date | None], other: tuple[date | None, date | None]
) -> bool:
    """Say whether two stays share more than the day one ends and the other begins.

    A day that is not known lies as far away as it can: only what is written down can
    overlap.  An open end is a stay that lasts.

    >>> overlap((date(2018, 1, 1), date(2020, 1, 1)), (date(2019, 5, 1), None))
    True
    >>> overlap((None, date(2020, 1, 1)), (date(2020, 1, 1), None))
    False
    """
    if None in (one[0], other[0]):
        return False
    first, second = sorted((one, other), key=lambda each: each[0] or date.min)
    assert second[0] is not None
    return (first[1] or date.max) > second[0]
