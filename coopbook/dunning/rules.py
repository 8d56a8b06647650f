"""What is done about a late loan and when: steps, letters, promises (pure).

Source: domain guide 4.6; no regulation was found, so every interval is a by-law.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from coopbook.i18n import N_
from coopbook.money import Money


class StepKind(StrEnum):
    """What was done."""

    REMINDER = "reminder"
    CALL = "call"
    VISIT = "visit"
    HELP = "help"
    PROMISE = "promise"
    LETTER_1 = "letter_1"
    LETTER_2 = "letter_2"
    LETTER_3 = "letter_3"
    MEDIATION = "mediation"
    NOTE = "note"
    STRUCK = "struck"


STEP_NAMES = {
    StepKind.REMINDER: N_("Reminded"),
    StepKind.CALL: N_("Called"),
    StepKind.VISIT: N_("Visited"),
    StepKind.HELP: N_("Offered help"),
    StepKind.PROMISE: N_("Promised to pay"),
    StepKind.LETTER_1: N_("First warning letter (SP1)"),
    StepKind.LETTER_2: N_("Second warning letter (SP2)"),
    StepKind.LETTER_3: N_("Third warning letter (SP3)"),
    StepKind.MEDIATION: N_("Mediation in the village"),
    StepKind.NOTE: N_("Note"),
    StepKind.STRUCK: N_("Struck out"),
}
LETTERS = (StepKind.LETTER_1, StepKind.LETTER_2, StepKind.LETTER_3)
SERIES = {
    StepKind.LETTER_1: "SP1",
    StepKind.LETTER_2: "SP2",
    StepKind.LETTER_3: "SP3",
}
"""How the letters are numbered on paper: ``SP1-2026-0001``."""

BY_HAND = (
    *(StepKind.REMINDER, StepKind.CALL, StepKind.VISIT, StepKind.HELP),
    *(StepKind.PROMISE, StepKind.MEDIATION, StepKind.NOTE),
)
"""What an officer writes down; letters have a way of their own."""

ONCE_A_DAY = (StepKind.REMINDER,)


class LateReason(StrEnum):
    """Why a borrower says nothing was paid."""

    HARVEST = "harvest"
    ILLNESS = "illness"
    NO_WORK = "no_work"
    REMITTANCE = "remittance"
    BUSINESS = "business"
    FAMILY = "family"
    DISPUTE = "dispute"
    AWAY = "away"
    FORGOT = "forgot"
    OTHER = "other"


REASON_WORDS = {
    LateReason.HARVEST: N_("the harvest failed or is late"),
    LateReason.ILLNESS: N_("illness or death in the family"),
    LateReason.NO_WORK: N_("no work, or sent home early"),
    LateReason.REMITTANCE: N_("money from abroad did not come"),
    LateReason.BUSINESS: N_("the business goes badly"),
    LateReason.FAMILY: N_("school, a wedding or another expense"),
    LateReason.DISPUTE: N_("does not agree with the debt"),
    LateReason.AWAY: N_("has gone away"),
    LateReason.FORGOT: N_("had forgotten"),
    LateReason.OTHER: N_("another reason"),
}
HARDSHIPS = frozenset(
    {
        *(LateReason.HARVEST, LateReason.ILLNESS, LateReason.NO_WORK),
        *(LateReason.REMITTANCE, LateReason.BUSINESS),
    }
)
"""Reasons for which help comes before pressure: another schedule is offered first."""


class Copy(StrEnum):
    """Who gets a copy of a letter."""

    GUARANTORS = "guarantors"
    GROUP = "group"
    VILLAGE = "village"


COPY_NAMES = {
    Copy.GUARANTORS: N_("the guarantors"),
    Copy.GROUP: N_("the group"),
    Copy.VILLAGE: N_("the village"),
}


class Task(StrEnum):
    """Why a loan is on the work list of a day, the most pressing first."""

    PROMISE_BROKEN = "promise_broken"
    LETTER_DUE = "letter_due"
    HELP_DUE = "help_due"
    VISIT_DUE = "visit_due"
    STEP_DUE = "step_due"
    DUE_TODAY = "due_today"
    REMIND = "remind"
    JUST_LATE = "just_late"


TASK_NAMES = {
    Task.PROMISE_BROKEN: N_("promise not kept"),
    Task.LETTER_DUE: N_("letter due"),
    Task.HELP_DUE: N_("offer help first"),
    Task.VISIT_DUE: N_("visit due"),
    Task.STEP_DUE: N_("next step due"),
    Task.DUE_TODAY: N_("due today"),
    Task.REMIND: N_("remind"),
    Task.JUST_LATE: N_("just late"),
}


@dataclass(frozen=True, slots=True)
class Intervals:
    """When each step is due, in days; each is a by-law.

    ``remind`` before an installment falls due; ``visit`` and ``letter`` after it did;
    ``between`` from one letter to the next; ``answer`` how long a letter lets people.
    """

    remind: int = 3
    visit: int = 7
    letter: int = 14
    between: int = 14
    answer: int = 7


@dataclass(frozen=True, slots=True)
class Did:
    """A step as the rules see it: what, when, and what was promised."""

    kind: StepKind
    on: date
    promised_on: date | None = None
    promised: Money | None = None
    next_on: date | None = None
    why: LateReason | None = None


@dataclass(frozen=True, slots=True)
class Late:
    """How late a loan is on a day, as the rules see it.

    ``since`` is the day from which it was late without a break, ``due_in`` the days
    until its next installment falls due, where one will.
    """

    on: date
    days: int
    since: date | None = None
    due_in: int | None = None


def letters_sent(done: Sequence[Did], since: date | None) -> list[Did]:
    """Return the letters sent for the arrears that began on a day, in their order."""
    return [
        each
        for each in done
        if each.kind in LETTERS and since is not None and each.on >= since
    ]


def next_letter(done: Sequence[Did], since: date | None) -> StepKind | None:
    """Return the letter that comes next; nothing where all were sent."""
    sent = {each.kind for each in letters_sent(done, since)}
    return next((kind for kind in LETTERS if kind not in sent), None)


def letter_from(late: Late, done: Sequence[Did], by: Intervals) -> date | None:
    """Return the day from which the next letter is due; nothing where none comes.

    The first so many days after the oldest installment that is late fell due, each
    other so many after the one before.
    """
    kind = next_letter(done, late.since)
    if kind is None or not late.days:
        return None
    sent = letters_sent(done, late.since)
    if kind is StepKind.LETTER_1 or not sent:
        return late.on - timedelta(days=late.days) + timedelta(days=by.letter)
    return max(each.on for each in sent) + timedelta(days=by.between)


def hardship(late: Late, done: Sequence[Did]) -> LateReason | None:
    """Return the trouble a borrower told of in these arrears and was not helped in.

    Help offered on the day it was told of or later answers it.
    """
    told = None
    for each in done:
        if late.since is None or each.on < late.since:
            continue
        if each.why in HARDSHIPS:
            told = each.why
        if each.kind is StepKind.HELP:
            told = None
    return told


def broken(
    late: Late, done: Sequence[Did], paid: Sequence[tuple[date, Money]]
) -> Did | None:
    """Return the last promise, where its day has passed and it was not paid.

    ``paid`` are the payments of the loan with their days.  A promise about which
    something was done since is no longer news.
    """
    promises = [each for each in done if each.promised_on and each.promised]
    if not promises or not late.days:
        return None
    last = promises[-1]
    assert last.promised_on is not None
    if last.promised_on >= late.on or kept(last, paid):
        return None
    later = any(each.on > last.promised_on for each in done if each is not last)
    return None if later else last


def kept(promise: Did, paid: Sequence[tuple[date, Money]]) -> bool:
    """Say whether a promise was kept: paid as much from its day to the promised one."""
    assert promise.promised_on is not None
    assert promise.promised is not None
    came = sum(
        amount.units for day, amount in paid if promise.on <= day <= promise.promised_on
    )
    return came >= promise.promised.units


def tasks(
    late: Late,
    done: Sequence[Did],
    by: Intervals,
    paid: Sequence[tuple[date, Money]] = (),
) -> list[Task]:
    """Return why a loan is on the list of a day, the most pressing first.

    A promise that still runs keeps the loan off everything but the day itself.

    >>> from datetime import date
    >>> tasks(Late(date(2026, 3, 1), 0, due_in=3), [], Intervals())
    [<Task.REMIND: 'remind'>]
    """
    found = []
    if broken(late, done, paid) is not None:
        found.append(Task.PROMISE_BROKEN)
    if not late.days:
        if late.due_in == 0:
            found.append(Task.DUE_TODAY)
        elif late.due_in == by.remind and not _done_on(late.on, done):
            found.append(Task.REMIND)
        return found
    if not found and _waits(late, done):
        return []
    due = letter_from(late, done, by)
    if due is not None and due <= late.on:
        in_need = hardship(late, done) is not None
        found.append(Task.HELP_DUE if in_need else Task.LETTER_DUE)
    elif hardship(late, done) is not None:
        found.append(Task.HELP_DUE)
    seen = any(
        each.kind in (StepKind.VISIT, StepKind.HELP, StepKind.MEDIATION)
        for each in done
        if late.since is not None and each.on >= late.since
    )
    if late.days >= by.visit and not seen:
        found.append(Task.VISIT_DUE)
    if done and done[-1].next_on is not None and done[-1].next_on <= late.on:
        found.append(Task.STEP_DUE)
    if late.due_in == 0:
        found.append(Task.DUE_TODAY)
    if not found and late.days < by.visit:
        found.append(Task.JUST_LATE)
    return found


def _done_on(on: date, done: Sequence[Did]) -> bool:
    return any(each.on == on and each.kind in BY_HAND for each in done)


def _waits(late: Late, done: Sequence[Did]) -> bool:
    """Say whether the last promise has not run out."""
    promises = [each for each in done if each.promised_on is not None]
    return bool(promises) and (promises[-1].promised_on or late.on) >= late.on
