"""Which loans something happened to since they were last classed, and on which days."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select

from coopbook.book import Book
from coopbook.cooperatives import Setting

LINES = (
    "SELECT DISTINCT l.loan_number, {day} FROM entry e JOIN line l"
    " ON l.cooperative_id = e.cooperative_id AND l.entry_number = e.number{join}"
    " WHERE e.cooperative_id = ? AND l.loan_number IS NOT NULL AND "
)
NEW = LINES.format(day="e.booked_on", join="") + "e.number > ?"
DATED = (
    LINES.format(day="e.booked_on", join="")
    + "e.booked_on > ? AND e.booked_on <= ? AND e.number <= ?"
)
UNDONE = (
    LINES.format(
        day="o.booked_on",
        join=" JOIN entry o ON o.cooperative_id = e.cooperative_id"
        " AND o.number = e.reverses",
    )
    + "e.number > ?"
)
JUDGED = (
    "SELECT DISTINCT loan_number, judged_on FROM loan_judgement"
    " WHERE cooperative_id = ? AND judged_on > ? AND judged_on <= ?"
)
EVENTS = (
    "SELECT body FROM event WHERE cooperative_id = ? AND number > ? ORDER BY number"
)
OF_LOAN = frozenset({"loan_guarantor", "collateral", "savings_hold"})
"""Tables whose rows name a loan and change what stands behind it."""

OF_ALL = frozenset({"closed_day"})
"""Tables whose rows move the due days of any loan."""


@dataclass(slots=True)
class Touched:
    """What is new: loans with the days of what happened; loans to look at anew.

    ``dated`` are what entries and changes say of days, those taken back among them, for
    then they never happened; ``anew`` are loans whose row or cover changed;
    ``every`` says that the days on which loans fall due may have moved, ``rules`` that
    a by-law was changed.
    """

    dated: dict[int, set[date]] = field(default_factory=dict)
    anew: set[int] = field(default_factory=set)
    every: bool = False
    rules: bool = False

    def add(self, loan: int, day: object) -> None:
        """Note a day on which something happened to a loan."""
        self.dated.setdefault(loan, set()).add(date.fromisoformat(str(day)))

    @property
    def nothing(self) -> bool:
        """Nothing at all is new."""
        return not (self.dated or self.anew or self.every)


def touched(book: Book, recorded: int, since: date, on: date) -> Touched:
    """Return what is new since a record of the book, up to a day.

    Among it are entries and judgements that were recorded before and whose day came
    only after ``since``.
    """
    found, cooperative = Touched(), book.cooperative_id
    days: list[object] = [since, on]
    if book.lite:
        days = [since.isoformat(), on.isoformat()]
    for loan, day in (
        *book.ask(NEW, (cooperative, recorded)),
        *book.ask(UNDONE, (cooperative, recorded)),
        *book.ask(DATED, (cooperative, *days, recorded)),
        *book.ask(JUDGED, (cooperative, *days)),
    ):
        found.add(loan, day)
    for table, image in _images(book, recorded):
        if table in OF_ALL:
            found.every = True
        elif table == "setting":
            found.rules = True
        elif table == "loan":
            found.anew.add(image["number"])
        elif table == "loan_change":
            found.add(image["loan_number"], image["changed_on"])
        elif table == "loan_judgement":
            if date.fromisoformat(image["judged_on"]) <= on:
                found.add(image["loan_number"], image["judged_on"])
        elif table in OF_LOAN and image.get("loan_number") is not None:
            found.anew.add(image["loan_number"])
    return found


def marked_ever(book: Book) -> bool:
    """Say whether a bad loan ever marked all of its member by the by-laws."""
    asked = select(Setting.value).where(
        Setting.cooperative_id == book.cooperative_id,
        Setting.name == "worst_marks_all",
        Setting.value != "0",
    )
    return book.session.scalar(asked.limit(1)) is not None


def _images(book: Book, recorded: int) -> Iterator[tuple[str, dict[str, Any]]]:
    for (body,) in book.ask(EVENTS, (book.cooperative_id, recorded)):
        yield from json.loads(body)
