"""A preview in sentences, for the command line and the desk to say in any language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from coopbook.i18n import N_
from coopbook.importing.looked import Looked
from coopbook.importing.understood import exact


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence and its facts; ``row`` is the row of the sheet it speaks of."""

    sentence: str
    facts: dict[str, Any] = field(default_factory=dict)
    row: int | None = None

    def __str__(self) -> str:
        """Say it in English."""
        return self.sentence % self.facts


def understanding(looked: Looked) -> Iterator[Told]:
    """Say how the sheet was understood: headings, columns, rows set aside."""
    proposal = looked.proposal
    if proposal.form is not None:
        yield Told(N_("Read as: %(form)s."), {"form": proposal.form})
        return
    rows = ", ".join(map(str, proposal.headings))
    yield Told(N_("Headings in row %(rows)s."), {"rows": rows})
    for column in proposal.columns:
        facts = {"letter": column.letter, "heading": column.heading}
        yield Told(
            N_("Column %(letter)s, “%(heading)s”, is read as: %(name)s."),
            {**facts, "name": column.name},
        )
    for heading in proposal.unused:
        yield Told(N_("Column “%(heading)s” is not used."), {"heading": heading})
    for sheet in proposal.other_sheets:
        yield Told(N_("Sheet “%(sheet)s” is not read."), {"sheet": sheet})
    for aside in proposal.set_aside:
        facts = {"row": str(aside.number), "words": aside.words}
        yield Told(N_("Row %(row)s is set aside: %(words)s"), facts, aside.number)


def totals(looked: Looked) -> Iterator[Told]:
    """Say the figures: the sheet's own, its rows added up, what will be posted.

    Exact figures are text with a point for the decimal mark; ``Money`` is whole.
    """
    names = {column.key: column.name for column in looked.proposal.columns}
    for figure in looked.figures:
        facts = {"name": names[figure.key], "counted": exact(figure.counted)}
        if figure.stated is None:
            yield Told(N_("Total of %(name)s: the rows add up to %(counted)s."), facts)
        else:
            yield Told(
                N_(
                    "Total of %(name)s: the sheet says %(stated)s, "
                    "its rows add up to %(counted)s."
                ),
                {**facts, "stated": exact(figure.stated)},
            )
    counts = {
        "rows": looked.rows_in_file,
        "already": looked.already,
        "fresh": looked.rows_fresh,
    }
    yield Told(
        N_(
            "%(rows)s rows, %(already)s of them in the book already; "
            "%(fresh)s will be posted."
        ),
        counts,
    )
    if looked.new_members:
        count = {"count": len(looked.new_members)}
        yield Told(N_("%(count)s members will be admitted."), count)
    if looked.opening is not None:
        opening = {"amount": exact(looked.opening.amount), "on": looked.opening.on}
        yield Told(N_("Opening balance: %(amount)s on %(on)s."), opening)
    yield Told(
        N_(
            "To post: %(exact)s in the sheet; %(lines)s in rounded lines; "
            "%(left)s to the rounding account; %(total)s together."
        ),
        {
            "exact": exact(looked.posting.exact),
            "lines": looked.posting.lines,
            "left": looked.posting.left,
            "total": looked.posting.total,
        },
    )


def problems(looked: Looked) -> Iterator[Told]:
    """Say what stands in the way, row by row: unread, closed, against a rule."""
    for problem in (*looked.not_understood, *looked.closed, *looked.breaks):
        yield Told(problem.reason.sentence, problem.reason.facts, problem.row)


def notes(looked: Looked) -> Iterator[Told]:
    """Say what breaks no rule, but is worth a look."""
    for problem in looked.notes:
        yield Told(problem.reason.sentence, problem.reason.facts, problem.row)
    for loan in looked.takeovers:
        plan = loan.plan
        assert plan is not None
        facts = {
            "member": loan.key[0],
            "left": plan.opening or plan.principal,
            "term": plan.term,
        }
        yield Told(
            N_(
                "A loan of member %(member)s is taken over: %(left)s left, "
                "%(term)s installments."
            ),
            facts,
            plan.row,
        )
