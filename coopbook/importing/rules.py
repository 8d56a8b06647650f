"""What a row of a sheet may do to a book, judged before anything is posted.

Older books were kept by other rules.  A row that breaks one of ours is named with
its number; a person may accept it with a reason, and the reason is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from coopbook.errors import Conflict, Refused
from coopbook.i18n import N_
from coopbook.importing.holders import Moved, Standing
from coopbook.importing.kinds.parts import Pot
from coopbook.importing.rounding import whole
from coopbook.importing.understood import Problem
from coopbook.money import ZERO, Money


@dataclass(eq=False)
class RepeatedPrincipal(Refused):
    """The principal share is paid once; here it is paid again."""

    sentence = N_(
        "Row %(row)s: member %(member)s pays the principal share again; "
        "%(paid)s was paid before."
    )

    row: int
    member: str
    paid: Money


@dataclass(eq=False)
class PrincipalTooMuch(Refused):
    """More than the principal share is paid at once."""

    sentence = N_(
        "Row %(row)s: member %(member)s pays %(paid)s; "
        "the principal share is %(share)s."
    )

    row: int
    member: str
    paid: Money
    share: Money


@dataclass(eq=False)
class PrincipalMissing(Refused):
    """Somebody saves who never paid the principal share in full."""

    sentence = N_(
        "Row %(row)s: member %(member)s saves, but has paid %(paid)s of the principal "
        "share of %(share)s."
    )

    row: int
    member: str
    paid: Money
    share: Money


@dataclass(eq=False)
class StaysInside(Refused):
    """Shares stay in the cooperative until the member leaves."""

    sentence = N_(
        "Row %(row)s: member %(member)s takes out shares, "
        "which stay until the member leaves."
    )

    row: int
    member: str


@dataclass(eq=False)
class FloorBroken(Refused):
    """In the order of dates the savings fall below what has to stay."""

    sentence = N_(
        "Row %(row)s: member %(member)s has %(left)s left on %(on)s; "
        "%(floor)s has to stay."
    )

    row: int
    member: str
    left: Money
    on: date
    floor: Money


@dataclass(eq=False)
class NotYet(Refused):
    """The row is dated on a day that has not come."""

    sentence = N_("Row %(row)s: %(on)s has not come yet.")

    row: int
    on: date


@dataclass(eq=False)
class OpeningDiffers(Refused):
    """The book already has a balance, and the sheet begins with another."""

    sentence = N_(
        "The sheet begins with %(stated)s on %(on)s, but the book has %(held)s. "
        "The difference goes to suspense if you accept it."
    )

    stated: Money
    held: Money
    on: date


@dataclass(eq=False)
class RulesBroken(Refused):
    """Rows break rules, and nobody has said why that is in order."""

    sentence = N_(
        "%(count)s rows break a rule, the first of them row %(row)s. Correct the "
        "sheet, or accept them and write why."
    )

    count: int
    row: int


@dataclass(eq=False)
class PreviewOutdated(Conflict):
    """The book changed since the preview was made."""

    sentence = N_(
        "The book has changed since this preview. Look at a new one before posting."
    )


def savings_breaks(
    movements: Sequence[Moved],
    standings: Mapping[tuple[str, str], Standing],
    *,
    share: Money,
    floors: Mapping[str, Money],
) -> list[Problem]:
    """Return the rows that break a rule of the book, by row.

    ``standings`` is what each member (by the sheet's number) holds already;
    ``share`` the principal share in full; ``floors`` what has to stay in a pot.
    Amounts are judged as they will be posted, rounded line by line.
    """
    problems = [
        *_principal(movements, standings, share),
        *_floors(movements, standings, floors),
    ]
    return sorted(problems, key=attrgetter("row"))


def _principal(
    movements: Sequence[Moved],
    standings: Mapping[tuple[str, str], Standing],
    share: Money,
) -> Iterable[Problem]:
    paid: dict[str, int] = {}
    first_other: dict[str, Moved] = {}
    for movement in movements:
        member, units = movement.member, whole(movement.amount).units
        if member not in paid:
            held = standings.get((member, Pot.PRINCIPAL.value))
            paid[member] = held.units if held else 0
        if movement.pot != Pot.PRINCIPAL:
            first_other.setdefault(member, movement)
        elif units > 0:
            before = Money(paid[member])
            if before:
                reason = RepeatedPrincipal(movement.row, member, before)
                yield Problem(movement.row, reason)
            elif units > share.units:
                much = PrincipalTooMuch(movement.row, member, Money(units), share)
                yield Problem(movement.row, much)
            paid[member] += units
        else:
            paid[member] += units
    for member, movement in first_other.items():
        if paid[member] < share.units:
            missing = PrincipalMissing(movement.row, member, Money(paid[member]), share)
            yield Problem(movement.row, missing)


def _floors(
    movements: Sequence[Moved],
    standings: Mapping[tuple[str, str], Standing],
    floors: Mapping[str, Money],
) -> Iterable[Problem]:
    """Follow every pot that is taken from, in the order of dates.

    On one day the book's own movements come first, then the sheet's in its order.
    What the book has later must stay covered too: that is charged to the last
    withdrawal of the sheet before it.
    """
    taken = {(m.member, m.pot) for m in movements if m.amount < 0}
    by_pot: dict[tuple[str, str], list[tuple[date, int, Moved | None]]]
    by_pot = {key: [] for key in taken}
    for key in taken:
        held = standings.get(key)
        for on, units in held.movements if held else ():
            by_pot[key].append((on, units, None))
    for m in movements:
        if (m.member, m.pot) in taken:
            by_pot[m.member, m.pot].append((m.on, whole(m.amount).units, m))
    for (member, pot), moved in by_pot.items():
        floor = floors.get(pot, ZERO)
        running, last = 0, None
        for on, units, row in sorted(moved, key=lambda m: (m[0], m[2] is not None)):
            running += units
            if row is not None and units < 0:
                last = row
                if pot in (Pot.PRINCIPAL, Pot.MANDATORY):
                    yield Problem(row.row, StaysInside(row.row, member))
            if running < floor.units and last is not None and units < 0:
                below = FloorBroken(last.row, member, Money(running), on, floor)
                yield Problem(last.row, below)
                last = None
