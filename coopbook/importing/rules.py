"""What a row of a sheet may do to a book, judged before anything is posted.

Older books were kept by other rules.  A row that breaks one of ours is named with
its number; a person may accept it with a reason, and the reason is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import merge
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
class LeftAlready(Refused):
    """Somebody has left the cooperative, and the sheet still saves for them."""

    sentence = N_(
        "Row %(row)s: %(name)s has left; nothing is put on their cards. Take the row "
        "out, or take the member back first."
    )

    row: int
    name: str


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
    taken: Collection[tuple[str, str]],
    *,
    share: Callable[[str], Money],
    floors: Mapping[str, Money],
) -> list[Problem]:
    """Return the rows that break a rule of the book, by row.

    ``standings`` is what each member (by the sheet's number) holds already;
    ``taken`` the pots something is taken from; ``share`` says the principal share
    of a member in full; ``floors`` what has to stay in a pot.  Amounts are judged as
    they will be posted, rounded line by line.
    """
    of_pot: dict[tuple[str, str], list[Moved]] = {key: [] for key in taken}
    for moved in movements:
        key = (moved.member, moved.pot)
        if key in of_pot:
            of_pot[key].append(moved)
    problems = list(principal_breaks(movements, standings, share))
    for key, own in of_pot.items():
        own.sort(key=attrgetter("on"))
        problems += floor_breaks(key, own, standings.get(key), floors)
    return sorted(problems, key=attrgetter("row"))


def principal_breaks(
    movements: Iterable[Moved],
    standings: Mapping[tuple[str, str], Standing],
    share_of: Callable[[str], Money],
) -> Iterator[Problem]:
    """Return where the principal share is paid twice, too high or not at all."""
    paid: dict[str, int] = {}
    first_other: dict[str, int] = {}
    for row, _, member, pot, amount in movements:
        if member not in paid:
            held = standings.get((member, Pot.PRINCIPAL.value))
            paid[member] = held.units if held else 0
        if pot != Pot.PRINCIPAL:
            first_other.setdefault(member, row)
            continue
        units = whole(amount).units
        if units > 0:
            before = Money(paid[member])
            if before:
                yield Problem(row, RepeatedPrincipal(row, member, before))
            elif units > share_of(member).units:
                much = PrincipalTooMuch(row, member, Money(units), share_of(member))
                yield Problem(row, much)
        paid[member] += units
    for member, row in first_other.items():
        share = share_of(member)
        if paid[member] < share.units:
            missing = PrincipalMissing(row, member, Money(paid[member]), share)
            yield Problem(row, missing)


def floor_breaks(
    key: tuple[str, str],
    movements: Iterable[Moved],
    standing: Standing | None,
    floors: Mapping[str, Money],
) -> Iterator[Problem]:
    """Follow one member's pot, of which the sheet's movements come by date.

    On one day the book's own movements come first, then the sheet's in its order.
    What the book has later must stay covered too: that is charged to the last
    withdrawal of the sheet before it.
    """
    member, pot = key
    floor = floors.get(pot, ZERO)
    inside = pot in (Pot.PRINCIPAL, Pot.MANDATORY)
    own = [(on, units, 0) for on, units in standing.movements] if standing else []
    sheet = ((m.on, whole(m.amount).units, m.row) for m in movements)
    running = last = 0
    for on, units, row in merge(own, sheet, key=_by_day):
        running += units
        if row and units < 0:
            last = row
            if inside:
                yield Problem(row, StaysInside(row, member))
        if running < floor.units and last and units < 0:
            yield Problem(last, FloorBroken(last, member, Money(running), on, floor))
            last = 0


def _by_day(moved: tuple[date, int, int]) -> tuple[date, bool]:
    on, _, row = moved
    return on, row > 0
