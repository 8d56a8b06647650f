"""Which loans stand behind a figure, found by working the figure out again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from coopbook import earlywarning, loans
from coopbook.earlywarning import (
    AGES,
    BUCKETS,
    Every,
    Held,
    Month,
    Vintage,
)
from coopbook.loans import Loan, LoanStanding
from webui.desk import current_book
from webui.earlywarning.forms import Behind
from webui.parts import part_name
from webui.wording import month as month_name

SHOWN = 25
Numbers = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A loan behind a figure, and how it stands on the day."""

    loan: Loan
    now: LoanStanding


def rows_of(numbers: Sequence[int], on: date) -> list[Row]:
    """Return some loans with how they stand."""
    found = [loans.loan(current_book, number) for number in numbers]
    return [Row(loan, loans.standing(current_book, loan, on)) for loan in found]


def numbers_of(form: Behind, on: date) -> tuple[Numbers, str] | None:
    """Return the loans behind a figure and what it is, nothing for no such figure."""
    by_show = {
        "ageing": _aged,
        "rolls": _rolled,
        "vintages": _vintage,
        "concentration": _held,
    }
    answer = by_show.get(form.show.data or "")
    return answer(form, on) if answer else None


def _aged(form: Behind, on: date) -> tuple[Numbers, str] | None:
    for row in earlywarning.ageing(current_book, on):
        if row.bucket.name == form.place.data:
            return row.loans, _(row.bucket)
    return None


def months_named(months: list[Month], name: str | None) -> Month | None:
    """Return the month of a name, the last one where none is named."""
    if not name:
        return months[-1] if months else None
    return next((one for one in months if f"{one.ends:%Y-%m}" == name), None)


def _rolled(form: Behind, on: date) -> tuple[Numbers, str] | None:
    found = months_named(earlywarning.rolls(current_book, on), form.month.data)
    if found is None:
        return None
    for cell in found.cells:
        if (cell.origin.name, cell.place.name) == (form.began.data, form.place.data):
            said = _(
                "%(before)s, then %(after)s", before=_(cell.origin), after=_(cell.place)
            )
            return cell.loans, f"{month_name(f'{found.ends:%Y-%m}')} · {said}"
    return None


def _vintage(form: Behind, on: date) -> tuple[Numbers, str] | None:
    every = Every(form.every.data or Every.MONTH)
    for one in earlywarning.vintages(current_book, on, every=every):
        if f"{one.begins:%Y-%m}" == form.month.data:
            return _ever_late(one, form.age.data, vintage_name(one))
    return None


def _ever_late(one: Vintage, age: int | None, name: str) -> tuple[Numbers, str] | None:
    if age is None:
        return one.loans, name
    if age not in AGES or (by := one.ages[AGES.index(age)]) is None:
        return None
    said = _("ever more than 30 days late in %(months)s months", months=age)
    return by.loans, f"{name} · {said}"


def vintage_name(one: Vintage) -> str:
    """Return what a vintage is called: its month, or first and last month."""
    names = dict.fromkeys(f"{day:%Y-%m}" for day in (one.begins, one.ends))
    return " – ".join(month_name(name) for name in names)


def _held(form: Behind, on: date) -> tuple[Numbers, str] | None:
    found = earlywarning.concentration(current_book, on)
    parts: dict[str, tuple[Held, ...]] = {
        "borrower": found.borrowers,
        "household": found.households,
        "kind": found.kinds,
        "hamlet": found.hamlets,
        "sector": found.sectors,
    }
    for each in parts.get(form.part.data or "", ()):
        if form.part.data in ("kind", "hamlet", "sector"):
            if each.name == (form.name.data or ""):
                return each.loans, part_name(form.part.data, each.name)
        elif each.members[0] == form.member.data:
            return each.loans, ", ".join(f"{one:04d}" for one in each.members)
    return None


LATE = BUCKETS[1:]
"""The buckets that a chart shows: what is not late would hide them."""

FALLING = BUCKETS[:4]
"""From where loans roll on: beyond sixty days nearly all of them do."""
