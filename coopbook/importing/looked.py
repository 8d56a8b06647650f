"""What every preview says, whether its rows are in memory or on disk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from coopbook.importing.answers import Answers, Question, Unanswered
from coopbook.importing.judging import Opening
from coopbook.importing.kinds.registry import Kind
from coopbook.importing.rounding import RoundedTotal
from coopbook.importing.rules import RulesBroken
from coopbook.importing.sheets.proposal import Proposal
from coopbook.importing.takeovers import Borrowing
from coopbook.importing.understood import Figure, Problem


class Looked(Protocol):
    """A sheet that was looked at: what it says, and what it would do."""

    @property
    def kind(self) -> Kind:
        """What the sheet is about."""

    @property
    def answers(self) -> Answers:
        """What a person said about it."""

    @property
    def file_digest(self) -> str:
        """The SHA-256 of the file."""

    @property
    def subject(self) -> str:
        """The account or member the sheet says it is of, where it says so."""

    @property
    def proposal(self) -> Proposal:
        """How its first table was read."""

    @property
    def figures(self) -> Sequence[Figure]:
        """The totals of its columns."""

    @property
    def rows_in_file(self) -> int:
        """How many rows were read."""

    @property
    def rows_fresh(self) -> int:
        """How many of them the book does not have."""

    @property
    def already(self) -> int:
        """How many rows the book has already."""

    @property
    def new_members(self) -> Sequence[str]:
        """The members the book does not have."""

    @property
    def opening(self) -> Opening | None:
        """What a running account is given before the first row."""

    @property
    def posting(self) -> RoundedTotal:
        """What will be posted: exact, line by line, and rounded once."""

    @property
    def rounding_on(self) -> date | None:
        """The day of the entry that holds what rounding leaves."""

    @property
    def not_understood(self) -> Sequence[Problem]:
        """The rows that could not be read; with any of them nothing is posted."""

    @property
    def closed(self) -> Sequence[Problem]:
        """The days that cannot be posted to."""

    @property
    def breaks(self) -> Sequence[Problem]:
        """The rows that break a rule, of a long list the first of them."""

    @property
    def breaks_count(self) -> int:
        """How many they are."""

    @property
    def questions(self) -> Sequence[Question]:
        """What waits for an answer."""

    @property
    def notes(self) -> Sequence[Problem]:
        """What is worth a look."""

    @property
    def takeovers(self) -> Sequence[Borrowing]:
        """The loans that are to be opened."""


def check_ready(now: Looked, accept: str | None) -> str:
    """Return the reason for which breaks are accepted, if everything else is ready.

    Raises: the first reason why a row was not understood or its period is closed;
            ``Unanswered``; ``RulesBroken`` without a reason to accept.
    """
    reason = (accept or "").strip()
    for problem in (*now.not_understood, *now.closed):
        raise problem.reason
    for question in now.questions:
        raise Unanswered(question.ask, question.key)
    if now.breaks and not reason:
        raise RulesBroken(now.breaks_count, min(one.row for one in now.breaks))
    return reason
