"""What the kinds of sheet have in common: days that are asked for, counts, sums."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation, localcontext

from coopbook.errors import Refused
from coopbook.i18n import N_, Word
from coopbook.importing.answers import Answers, NotAnAnswer, Question
from coopbook.importing.rounding import EXACT
from coopbook.importing.sheets.cells import text
from coopbook.importing.sheets.days import day
from coopbook.importing.sheets.layout import Proposal, SheetRow
from coopbook.importing.understood import (
    M,
    Problem,
    Understood,
    agree,
    amount_in,
    differing,
    figures,
    read_all,
)

SOME_DAY = date(2000, 1, 1)
"""Stands for a day nobody has answered yet; nothing is posted on it."""

WHEN = Question("on", Word(N_("On which day did this happen?")))
HOW_TO_SPLIT = Question(
    "shares",
    Word(N_("How is the column of principal and mandatory share divided?")),
    (
        (
            "principal-first",
            Word(N_("the principal share until it is full, the rest mandatory")),
        ),
        ("mandatory", Word(N_("all of it is mandatory share"))),
    ),
    "principal-first",
)


@dataclass(eq=False)
class NoMember(Refused):
    """The row does not say whose savings it moves."""

    sentence = N_("Cell %(cell)s: the member's number is missing.")

    cell: str


@dataclass(eq=False)
class NotACount(Refused):
    """A number of installments is a small whole number."""

    sentence = N_("Cell %(cell)s: “%(text)s” is not a number of installments.")

    cell: str
    text: str


@dataclass(eq=False)
class RowDiffers(Refused):
    """A row's own total is not the sum of its columns."""

    sentence = N_(
        "Cell %(cell)s: the row's total stands as %(stated)s, "
        "but its columns add up to %(counted)s."
    )

    cell: str
    stated: Decimal
    counted: Decimal


def exactly(read: Callable[[], Understood]) -> Understood:
    """Read with arithmetic that rounds nothing."""
    with localcontext(EXACT):
        return read()


def day_of(proposal: Proposal, row: SheetRow, answers: Answers) -> date:
    """Return the day of a row: its own, or the one answered for the whole sheet.

    A sheet without days waits for the answer; until then any day stands for it.
    """
    cell = row.cells.get("on")
    if proposal.has("on") and text(cell):
        return day(cell, at=proposal.place("on", row.number))
    if answers.on is not None:
        return answers.on
    if proposal.has("on"):
        return day(cell, at=proposal.place("on", row.number))
    return SOME_DAY


def day_missing(
    proposals: Sequence[Proposal], answers: Answers
) -> tuple[Question, ...]:
    """Ask for the day of a sheet that has no column of days."""
    if answers.on is None and not all(each.has("on") for each in proposals):
        return (WHEN,)
    return ()


def member_of(proposal: Proposal, row: SheetRow) -> tuple[str, str]:
    """Return the number and name of a row's member; the name stands for no number.

    Raises: ``NoMember`` when neither is there.
    """
    number, name = text(row.cells.get("member")), text(row.cells.get("name"))
    if not number and not name:
        key = "member" if proposal.has("member") else "name"
        raise NoMember(proposal.place(key, row.number))
    return number or name, name


def count_in(proposal: Proposal, row: SheetRow, key: str) -> int | None:
    """Return a number of installments, or nothing for a blank; 0 is a blank.

    Raises: ``NotACount``.
    """
    said = text(row.cells.get(key)).casefold()
    for word in ("bulan", "bln", "kali", "x", "months"):
        said = said.removesuffix(word).strip()
    if not said or not proposal.has(key):
        return None
    try:
        number = Decimal(said.replace(",", "."))
    except InvalidOperation:
        number = Decimal(-1)
    if number != int(number) or not 0 <= number <= 600:
        raise NotACount(proposal.place(key, row.number), said)
    return int(number) or None


def check_sum(proposal: Proposal, row: SheetRow, key: str, counted: Decimal) -> None:
    """Compare a row's own total with its columns, where it has one.

    Raises: ``RowDiffers``.
    """
    if proposal.has(key) and text(row.cells.get(key)):
        stated = amount_in(proposal, row, key)
        if not agree(stated, counted):
            raise RowDiffers(proposal.place(key, row.number), stated, counted)


def chosen(answers: Answers, question: Question) -> tuple[str, tuple[Question, ...]]:
    """Return an answer and no question, or what is suggested and the question."""
    said = answers.get(question)
    return (said, ()) if said else (question.suggested, (question,))


def split_of(proposal: Proposal, answers: Answers) -> tuple[str, tuple[Question, ...]]:
    """Return how a column of both shares is divided, if there is one; what is asked."""
    return chosen(answers, HOW_TO_SPLIT) if proposal.has("shares") else ("", ())


def number_said(answers: Answers, question: Question) -> int | None:
    """Return a small whole number that was answered; raise ``NotAnAnswer``."""
    said = answers.get(question)
    if said is None:
        return None
    if not said.isascii() or not said.isdigit() or not 1 <= int(said) <= 600:
        raise NotAnAnswer(said, question.ask, "1-600")
    return int(said)


def whole_sheet(
    proposal: Proposal,
    read: Callable[[SheetRow], M | None],
    keys: Iterable[str],
    *,
    questions: Iterable[Question] = (),
    notes: Iterable[Problem] = (),
    subject: str = "",
) -> Understood:
    """Read every row of a proposal and compare its columns with its totals."""
    movements, problems = read_all(proposal, read)
    found = figures(proposal, keys)
    return Understood(
        proposal=proposal,
        movements=tuple(movements),
        figures=tuple(found),
        not_understood=tuple(problems),
        breaks=tuple(differing(proposal, found)),
        questions=tuple(dict.fromkeys(questions)),
        notes=tuple(notes),
        subject=subject,
    )
