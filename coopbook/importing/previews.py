"""A sheet that was looked at, and what it would do to the book as it is now."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from coopbook.importing.answers import Answers, Question
from coopbook.importing.judging import Judged, Opening
from coopbook.importing.kinds.registry import Kind, Sheet
from coopbook.importing.rounding import RoundedTotal
from coopbook.importing.sheets.proposal import Proposal
from coopbook.importing.takeovers import Borrowing
from coopbook.importing.understood import (
    Figure,
    Movement,
    Problem,
    Understood,
    exact,
)


@dataclass(frozen=True, slots=True)
class Preview:
    """A sheet and what it would do to the book as it is now.

    ``fresh`` are the rows the book does not have yet, each with its identity;
    ``breaks`` may be accepted with a reason, ``not_understood`` and ``closed``
    may not; ``questions`` wait for an answer, ``notes`` for a look.
    """

    sheet: Sheet
    fresh: tuple[tuple[str, Movement], ...]
    judged: Judged
    breaks: tuple[Problem, ...]
    closed: tuple[Problem, ...]
    questions: tuple[Question, ...]
    notes: tuple[Problem, ...]
    rounding_on: date | None
    record: int
    """The last record of the book when this was judged."""
    posting: RoundedTotal
    """What will be posted: exact, line by line, and rounded once."""
    again: Mapping[str, str]
    """The identities of rows that come again after their batch was taken back."""

    @property
    def kind(self) -> Kind:
        """What the sheet is about."""
        return self.sheet.kind

    @property
    def understood(self) -> Understood:
        """The sheet as it was read."""
        return self.sheet.understood

    @property
    def opening(self) -> Opening | None:
        """What a running account is given before the first row."""
        return self.judged.opening

    @property
    def new_members(self) -> tuple[str, ...]:
        """The members the book does not have, as the sheet names them."""
        return self.judged.new_members

    @property
    def already(self) -> int:
        """How many rows the book has already."""
        return self.rows_in_file - self.rows_fresh

    @property
    def not_understood(self) -> tuple[Problem, ...]:
        """The rows that could not be read; with any of them nothing is posted."""
        return self.understood.not_understood

    @property
    def answers(self) -> Answers:
        """What a person said about the sheet."""
        return self.sheet.answers

    @property
    def file_digest(self) -> str:
        """The SHA-256 of the file."""
        return self.sheet.file_digest

    @property
    def subject(self) -> str:
        """The account or member the sheet says it is of, where it says so."""
        return self.understood.subject

    @property
    def proposal(self) -> Proposal:
        """How its first table was read."""
        return self.understood.proposal

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The totals of its columns."""
        return self.understood.figures

    @property
    def rows_in_file(self) -> int:
        """How many rows were read."""
        return len(self.understood.movements)

    @property
    def rows_fresh(self) -> int:
        """How many of them the book does not have."""
        return len(self.fresh)

    @property
    def breaks_count(self) -> int:
        """How many rows break a rule."""
        return len(self.breaks)

    @property
    def takeovers(self) -> Sequence[Borrowing]:
        """The loans that are to be opened."""
        return self.judged.borrowers.takeovers

    @property
    def digest(self) -> str:
        """Everything a person decides on, as one SHA-256."""
        told = [
            self.kind.value,
            self.sheet.file_digest,
            self.sheet.answers.to_json(),
            [found for found, _ in self.fresh],
            self.opening and [self.opening.identity, exact(self.opening.amount)],
            [[problem.row, str(problem)] for problem in (*self.breaks, *self.closed)],
        ]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()
