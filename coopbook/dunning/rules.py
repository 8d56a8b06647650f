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
    ``between`` from one letter to the next; ``answer`` how long a letter lets people;
    ``promise`` how far away the day of a promise may lie.
    """

    remind: int = 3
    visit: int = 7
    letter: int = 14
    between: int = 14
    answer: int = 7
    promise: int = 30


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
    until its next installment falls due, where one will, and ``due_before`` the day on
    which the one before that fell due.
    """

    on: date
    days: int
    since: date | None = None
    due_in: int | None = None
    due_before: date | None = None
    died_on: date | None = None


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
