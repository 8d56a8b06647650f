"""Notes and coins: what a count comes to, and by how much it differs (pure)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from coopbook.errors import Conflict, Refused
from coopbook.i18n import N_
from coopbook.money import Money

PIECES = (
    *(100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000),
    *(500, 200, 100, 50, 25),
)
"""Rupiah notes and coins that are in use; a coin of 25 is rare and still money."""

MOST = 1_000_000


@dataclass(eq=False)
class NoSuchPiece(Refused):
    """A count is of notes and coins there are."""

    sentence = N_("There is no note or coin of %(piece)s rupiah.")

    piece: int


@dataclass(eq=False)
class NotACount(Refused):
    """A number of pieces is none or more."""

    sentence = N_("Write how many pieces of %(piece)s there are, from 0 to 1,000,000.")

    piece: int


@dataclass(eq=False)
class NotCash(Refused):
    """What is counted is a cash box."""

    sentence = N_("Account %(account)s is no cash box; bank accounts are reconciled.")

    account: int


@dataclass(eq=False)
class WitnessNeeded(Refused):
    """A count has a witness who is somebody else."""

    sentence = N_("Name who saw the count; it is not the one who counted.")


@dataclass(eq=False)
class WhyDiffers(Refused):
    """A difference has an explanation, if only that nobody knows."""

    sentence = N_("The count differs by %(amount)s. Write why, or that nobody knows.")

    amount: Money


@dataclass(eq=False)
class DayIsClosed(Conflict):
    """A day that is closed was counted."""

    sentence = N_("%(day)s is closed; what it held was counted.")

    day: date


@dataclass(eq=False)
class NotCounted(Refused):
    """A day is closed when its cash was counted."""

    sentence = N_(
        "Count the cash of %(day)s first: account %(accounts)s was not counted, or"
        " moved after it was."
    )

    day: date
    accounts: str


@dataclass(eq=False)
class DaysOpen(Refused):
    """Days on which cash moved are counted or closed, where the others are."""

    sentence = N_(
        "%(many)s days on which cash moved are still open, the first %(day)s. Count"
        " the cash of those days, or close them, first."
    )

    many: int
    day: date


@dataclass(eq=False)
class MovedSinceCount(Refused):
    """A year ends with cash that somebody counted, where somebody counts."""

    sentence = N_(
        "Cash on account %(account)s moved on %(day)s, after its last count of the"
        " year. Count it as of that day or the year's last, then close the year."
    )

    account: int
    day: date


@dataclass(eq=False)
class DayNotOver(Refused):
    """A day to come is not closed."""

    sentence = N_("%(day)s has not come yet.")

    day: date


def counted(pieces: Mapping[int, int]) -> Money:
    """Return what notes and coins come to.

    Raises ``NoSuchPiece`` and ``NotACount``.

    >>> counted({50_000: 3, 500: 1})
    Money(units=150500)
    """
    whole = 0
    for piece, count in pieces.items():
        if piece not in PIECES:
            raise NoSuchPiece(piece)
        if type(count) is not int or not 0 <= count <= MOST:
            raise NotACount(piece)
        whole += piece * count
    return Money(whole)


def kept(pieces: Mapping[int, int]) -> str:
    """Write a count down, the largest piece first, always the same for the same.

    >>> kept({500: 1, 50_000: 3, 100: 0})
    '{"50000": 3, "500": 1}'
    """
    return json.dumps({str(one): pieces[one] for one in PIECES if pieces.get(one)})
