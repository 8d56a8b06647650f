"""What a borrower promised: whether it was kept, and for how long one waits (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from coopbook.dunning.rules import Did, Intervals, Late
from coopbook.money import Money


def last_day(on: date, by: Intervals) -> date:
    """Return the last day that can be promised on a day.

    >>> last_day(date(2026, 3, 1), Intervals(promise=30))
    datetime.date(2026, 3, 31)
    """
    return on + timedelta(days=by.promise)


def belongs(late: Late, promised_on: date | None) -> bool:
    """Say whether a promise for a day is about what is late now, or still comes.

    One for the day before the arrears began is: it was the day to pay on.
    """
    if promised_on is None:
        return False
    if late.since is None:
        return promised_on >= late.on
    return promised_on >= late.since - timedelta(days=1)


def promises_of(late: Late, done: Sequence[Did]) -> list[Did]:
    """Return what was promised of what is late now, in its order."""
    return [each for each in done if each.promised and belongs(late, each.promised_on)]


def kept(promise: Did, paid: Sequence[tuple[date, Money]]) -> bool:
    """Say whether a promise was kept: paid as much from its day to the promised one."""
    assert promise.promised_on is not None
    assert promise.promised is not None
    came = sum(
        amount.units for day, amount in paid if promise.on <= day <= promise.promised_on
    )
    return came >= promise.promised.units


def broken(
    late: Late, done: Sequence[Did], paid: Sequence[tuple[date, Money]]
) -> Did | None:
    """Return the last promise, where its day has passed and it was not paid.

    ``paid`` are the payments of the loan with their days.  A promise about which
    something was done since is no longer news.
    """
    promises = promises_of(late, done)
    if not promises or not late.days:
        return None
    last = promises[-1]
    assert last.promised_on is not None
    if last.promised_on >= late.on or kept(last, paid):
        return None
    later = any(each.on > last.promised_on for each in done if each is not last)
    return None if later else last


def waits(
    late: Late,
    done: Sequence[Did],
    by: Intervals,
    paid: Sequence[tuple[date, Money]] = (),
) -> bool:
    """Say whether one waits for a promise, so that nobody calls.

    One does until the day of the last promise, and no longer than a promise may run;
    not where one was broken before it in the same arrears.  A promise that is put off
    counts as broken when its first day has passed.

    >>> day = date(2026, 3, 1)
    >>> said = Did("promise", day, date(2026, 3, 10), Money(5_000))
    >>> waits(Late(date(2026, 3, 10), 9, since=day), [said], Intervals())
    True
    >>> waits(Late(date(2026, 3, 11), 10, since=day), [said], Intervals())
    False
    """
    promises = promises_of(late, done)
    if not promises or _ends(promises[-1], by) < late.on:
        return False
    return all(_ends(each, by) >= late.on or kept(each, paid) for each in promises[:-1])


def _ends(promise: Did, by: Intervals) -> date:
    """Return until when a promise is waited for."""
    assert promise.promised_on is not None
    return min(promise.promised_on, last_day(promise.on, by))
