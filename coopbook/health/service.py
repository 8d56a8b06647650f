"""Assess a cooperative's own books; write down how questions were answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import func, select

from coopbook.book import Book
from coopbook.cooperatives import cooperative, setting
from coopbook.errors import Refused
from coopbook.health.banding import BandEdge
from coopbook.health.beside import BESIDE
from coopbook.health.fed import before, figures_of
from coopbook.health.inputs import Input
from coopbook.health.kkpkk import INDICATORS, Screened, screen
from coopbook.health.model import HealthAnswer
from coopbook.health.pearls import Judged, judge_all
from coopbook.health.pearls_tables import PEARLS
from coopbook.health.perdep import Answers, Assessment, assess
from coopbook.health.perdep_choices import Choices, RatioRounding, ScoringMode
from coopbook.health.perdep_tables import RATIOS, Group
from coopbook.health.ratios import Amount, Reading, read_all
from coopbook.i18n import N_


@dataclass(eq=False)
class WhoSaysSo(Refused):
    """An answer names who gave it."""

    sentence = N_("Say who answered these questions, like the supervisors' meeting.")


@dataclass(frozen=True, slots=True)
class Health:
    """A cooperative on a day by every table, from the same figures."""

    on: date
    figures: Mapping[Input, Amount]
    score: Assessment
    screened: tuple[Screened, ...]
    pearls: tuple[Judged, ...]
    beside: tuple[Reading, ...]


def answers_of(book: Book, year: int) -> dict[Group, Answers]:
    """Return how the questions were answered for a year, the last answer of each."""
    rows = book.session.scalars(
        select(HealthAnswer)
        .where(HealthAnswer.cooperative_id == book.cooperative_id)
        .where(HealthAnswer.year == year)
        .order_by(HealthAnswer.number)
    )
    return {row.subject: Answers(row.yes, row.no, said_by=row.said_by) for row in rows}


def answer(
    book: Book, year: int, group: Group, *, yes: int, no: int, said_by: str, on: date
) -> HealthAnswer:
    """Write down how many of a group's questions are yes and no, and who says so.

    Raises ``TooManyAnswers``, ``FewerThanNone`` and ``WhoSaysSo``.
    """
    assess([], {group: Answers(yes, no)})
    tidy = " ".join(said_by.split())
    if not tidy:
        raise WhoSaysSo
    last = book.session.scalar(
        select(func.max(HealthAnswer.number))
        .where(HealthAnswer.cooperative_id == book.cooperative_id)
        .where(HealthAnswer.year == year)
    )
    row = HealthAnswer(
        cooperative_id=book.cooperative_id,
        year=year,
        number=int(last or 0) + 1,
        subject=group,
        yes=yes,
        no=no,
        said_by=tidy,
        said_on=on,
        written_by=book.actor,
    )
    book.session.add(row)
    book.session.flush()
    return row


def choices_on(book: Book, on: date) -> Choices:
    """Return how the by-laws of a day want the score of 2016 to be made."""
    return Choices(
        scoring=list(ScoringMode)[setting(book, "health_scoring", on)],
        edge=list(BandEdge)[setting(book, "health_edge", on)],
        rounding=list(RatioRounding)[setting(book, "health_rounding", on)],
    )


def health_of(
    book: Book,
    on: date,
    *,
    choices: Choices | None = None,
    inflation: Fraction | None = None,
) -> Health:
    """Return what every table says of a book at the end of a day.

    Growth and averages are against the end of the year before, where the book was
    kept then; ``choices`` are those of the by-laws on that day, unless they are given;
    ``inflation`` is in percent a year.
    """
    figures, past = figures_of(book, on), None
    if before(on) >= cooperative(book).first_day:
        past = figures_of(book, before(on))
    return Health(
        on,
        figures,
        assess(
            read_all(RATIOS.values(), figures, past),
            answers_of(book, on.year),
            choices or choices_on(book, on),
        ),
        screen(read_all([each.ratio for each in INDICATORS], figures, past)),
        judge_all(
            read_all([each.ratio for each in PEARLS], figures, past),
            inflation=inflation,
        ),
        tuple(read_all(BESIDE, figures, past)),
    )
