"""What is to do about a loan on a day, the most pressing first (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from coopbook.dunning.promises import broken, waits
from coopbook.dunning.rules import (
    BY_HAND,
    Did,
    Intervals,
    Late,
    StepKind,
    Task,
    hardship,
    letter_from,
)
from coopbook.money import Money

SEEN = (StepKind.VISIT, StepKind.HELP, StepKind.MEDIATION)


def tasks(
    late: Late,
    done: Sequence[Did],
    by: Intervals,
    paid: Sequence[tuple[date, Money]] = (),
) -> list[Task]:
    """Return why a loan is on the list of a day, the most pressing first.

    While one waits for a promise, only help that is owed to the borrower and a next
    step whose day has come are on it.  After a death only these are, whatever is late:
    help for the family comes back until the loan is settled.

    >>> from datetime import date
    >>> tasks(Late(date(2026, 3, 1), 0, due_in=3), [], Intervals())
    [<Task.REMIND: 'remind'>]
    """
    if late.died_on is not None:
        return _after_death(late, late.died_on, done, by)
    found = []
    if broken(late, done, paid) is not None:
        found.append(Task.PROMISE_BROKEN)
    if not late.days:
        return _ahead(late, done, by)
    waiting, letter = waits(late, done, by, paid), letter_from(late, done, by)
    if hardship(late, done) is not None:
        found.append(Task.HELP_DUE)
    elif letter is not None and letter <= late.on and not waiting:
        found.append(Task.LETTER_DUE)
    if late.days >= by.visit and not waiting and not _seen(late, done):
        found.append(Task.VISIT_DUE)
    if _step_due(late.on, done):
        found.append(Task.STEP_DUE)
    if waiting:
        return found
    if late.due_in == 0:
        found.append(Task.DUE_TODAY)
    if not found and late.days < by.visit:
        found.append(Task.JUST_LATE)
    return found


def tasks_of_claim(
    late: Late,
    done: Sequence[Did],
    by: Intervals,
    paid: Sequence[tuple[date, Money]] = (),
) -> list[Task]:
    """Return why a written-off loan is on the list of a day; no letter is sent.

    It is ``late`` since the day on which it left the books, and is visited once from
    then on, unless one waits for a promise.
    """
    found = []
    if broken(late, done, paid) is not None:
        found.append(Task.PROMISE_BROKEN)
    waiting = waits(late, done, by, paid)
    if late.days >= by.visit and not waiting and not _seen(late, done):
        found.append(Task.VISIT_DUE)
    if _step_due(late.on, done):
        found.append(Task.STEP_DUE)
    return found


def _after_death(
    late: Late, died_on: date, done: Sequence[Did], by: Intervals
) -> list[Task]:
    """Return what is to do after a borrower died: help, again after each interval."""
    helped = [
        each.on for each in done if each.kind is StepKind.HELP and each.on >= died_on
    ]
    found = []
    if not helped or max(helped) + timedelta(days=by.between) <= late.on:
        found.append(Task.HELP_DUE)
    if _step_due(late.on, done):
        found.append(Task.STEP_DUE)
    return found


def _ahead(late: Late, done: Sequence[Did], by: Intervals) -> list[Task]:
    """Return what is to do where nothing is late: the day itself, or a reminder."""
    if late.due_in == 0:
        return [Task.DUE_TODAY]
    soon = late.due_in is not None and late.due_in <= by.remind
    return [Task.REMIND] if soon and not _reminded(late, by, done) else []


def _reminded(late: Late, by: Intervals, done: Sequence[Did]) -> bool:
    """Say whether the next installment was reminded of, or somebody talked to today.

    A reminder of these days is of it, unless the one before it fell due since.
    """
    if any(each.on == late.on and each.kind in BY_HAND for each in done):
        return True
    assert late.due_in is not None
    begins = late.on + timedelta(days=late.due_in - by.remind)
    return any(
        each.kind is StepKind.REMINDER
        and each.on >= begins
        and (late.due_before is None or each.on > late.due_before)
        for each in done
    )


def _seen(late: Late, done: Sequence[Did]) -> bool:
    """Say whether somebody met the borrower in these arrears."""
    return any(
        each.kind in SEEN and late.since is not None and each.on >= late.since
        for each in done
    )


def _step_due(on: date, done: Sequence[Did]) -> bool:
    """Say whether the day of what was to be done next has come."""
    return bool(done) and done[-1].next_on is not None and done[-1].next_on <= on
