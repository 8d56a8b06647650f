"""Which line of the bank is which line of the book: proposals by amount and day (pure).

Everything here is decided by amounts, days and numbers of lines, never by words, and
comes out the same whatever order the lines are given in.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import combinations

from coopbook.i18n import N_
from coopbook.money import ZERO, Money

WITHIN = 5
"""Days a line of the bank may be apart from its line of the book."""

LATE = 45
"""Days after which a payment may still clear, by its amount alone; never sure."""

FEW = 12
"""Lines of a day of which parts are tried; of more only the whole day."""

Key = tuple[int, int]


class Why(StrEnum):
    """Why lines are taken to belong together."""

    BACK = "back"
    ONE = "one"
    DAY = "day"
    PART = "part"
    LATE = "late"


WHY = {
    Why.BACK: N_("posted and taken back"),
    Why.ONE: N_("the same amount"),
    Why.DAY: N_("all of a day"),
    Why.PART: N_("some of a day"),
    Why.LATE: N_("the same amount, weeks later"),
}


@dataclass(frozen=True, slots=True, order=True)
class Item:
    """A line of the bank or of the book; what comes into the account is positive.

    ``key`` is statement and line, or entry and line; ``takes_back`` the line of the
    book that a reversal undoes.
    """

    day: date
    key: Key
    amount: Money
    takes_back: Key | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """Lines of both sides that come to the same; ``apart`` is in days."""

    bank: tuple[Key, ...]
    book: tuple[Key, ...]
    why: Why
    apart: int

    @property
    def sure(self) -> bool:
        """Whether it may be accepted with all others, without being looked at."""
        return self.why not in (Why.PART, Why.LATE)


def proposals(
    bank: Iterable[Item], book: Iterable[Item], *, within: int = WITHIN
) -> list[Proposal]:
    """Return what belongs together, every line at most once, both sides equal.

    In this order: a line of the book and its reversal, one line each (the fewest days
    apart first, then the earlier line of the bank, the earlier day of the book), a
    line of one side and all lines of a day of the other, a line and the fewest lines
    of a day that come to it; lastly one line each where the bank is up to ``LATE`` days
    later.  Until then both sides are at most ``within`` days apart, and lines taken
    together go in the same direction.

    >>> bank = [Item(date(2026, 3, 3), (1, 1), Money(500))]
    >>> book = [Item(date(2026, 3, 2), (7, 1), Money(500))]
    >>> proposals(bank, book)[0].book
    ((7, 1),)
    """
    left, right = _Free(bank), _Free(book)
    near = [(n, around) for n in range(within + 1)]
    found = [*_backs(right), *_ones(left, right, near, Why.ONE)]
    for whole in (True, False):
        why = Why.DAY if whole else Why.PART
        for one, many, turned in ((left, right, False), (right, left, True)):
            for item, some in _sums(one, many, within, whole=whole):
                keys, own = tuple(each.key for each in some), (item.key,)
                left_keys, right_keys = (keys, own) if turned else (own, keys)
                apart = abs((item.day - some[0].day).days)
                found.append(Proposal(left_keys, right_keys, why, apart))
    far = [(n, before) for n in range(within + 1, LATE + 1)]
    return [*found, *_ones(left, right, far, Why.LATE)]


class _Free:
    """The lines of one side that belong to nothing yet."""

    def __init__(self, items: Iterable[Item]) -> None:
        self.items = {item.key: item for item in sorted(items)}
        self.days: dict[tuple[date, bool], list[Item]] = defaultdict(list)
        self.parts: dict[tuple[date, bool], dict[int, tuple[Item, ...]]] = {}
        for item in self.items.values():
            self.days[self.place(item)].append(item)

    @staticmethod
    def place(item: Item) -> tuple[date, bool]:
        """Return the day and the direction of a line."""
        return item.day, item.amount > ZERO

    def take(self, item: Item) -> None:
        """Let a line belong to something."""
        del self.items[item.key]
        self.days[self.place(item)].remove(item)
        self.parts.pop(self.place(item), None)

    def whole(self, day: date, incoming: bool) -> dict[int, tuple[Item, ...]]:
        """Return the sum of a day's lines, where it has several."""
        some = self.days.get((day, incoming), [])
        if len(some) < 2:
            return {}
        return {sum(one.amount.units for one in some): tuple(some)}

    def some(self, day: date, incoming: bool) -> dict[int, tuple[Item, ...]]:
        """Return every sum of two lines or more of a day, by its fewest lines."""
        place = (day, incoming)
        if place not in self.parts:
            lines = self.days.get(place, [])
            sums: dict[int, tuple[Item, ...]] = {}
            for many in range(2, len(lines) + 1 if len(lines) <= FEW else 2):
                for part in combinations(lines, many):
                    sums.setdefault(sum(one.amount.units for one in part), part)
            self.parts[place] = sums
        return self.parts[place]


def _backs(book: _Free) -> Iterator[Proposal]:
    for item in list(book.items.values()):
        first = book.items.get(item.takes_back) if item.takes_back else None
        there = item.key in book.items
        if there and first is not None and first.amount == -item.amount:
            book.take(first)
            book.take(item)
            apart = abs((item.day - first.day).days)
            yield Proposal((), (first.key, item.key), Why.BACK, apart)


def _ones(
    bank: _Free,
    book: _Free,
    steps: Sequence[tuple[int, Callable[[date, int], Sequence[date]]]],
    why: Why,
) -> Iterator[Proposal]:
    there: dict[tuple[Money, date], deque[Item]] = defaultdict(deque)
    for item in book.items.values():
        there[item.amount, item.day].append(item)
    for apart, days in steps:
        for item in list(bank.items.values()):
            for day in days(item.day, apart):
                if waiting := there.get((item.amount, day)):
                    other = waiting.popleft()
                    bank.take(item)
                    book.take(other)
                    yield Proposal((item.key,), (other.key,), why, apart)
                    break


def around(day: date, apart: int) -> Sequence[date]:
    """Return the days so many days before and after a day, the earlier first.

    >>> len(around(date(2026, 3, 2), 0)), len(around(date(2026, 3, 2), 3))
    (1, 2)
    """
    step = timedelta(days=apart)
    return (day - step, day + step) if apart else (day,)


def before(day: date, apart: int) -> Sequence[date]:
    """Return the day so many days before a day."""
    return (day - timedelta(days=apart),)


def _sums(
    one: _Free, many: _Free, within: int, *, whole: bool
) -> Iterator[tuple[Item, tuple[Item, ...]]]:
    for item in list(one.items.values()):
        incoming = item.amount > ZERO
        for day in (d for n in range(within + 1) for d in around(item.day, n)):
            sums = many.whole(day, incoming) if whole else many.some(day, incoming)
            if some := sums.get(item.amount.units):
                one.take(item)
                for each in some:
                    many.take(each)
                yield item, some
                break
