"""What falls due, is late and at risk: the first thing those who lend look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from coopbook.baddebts.daily import Glance, at_month_end, glance
from coopbook.book import Book
from coopbook.cooperatives import cooperative
from coopbook.dates import day_before


@dataclass(frozen=True, slots=True)
class Lent:
    """The loans of a day, and what was at risk when the month before ended.

    ``before`` is the share then, where there was a book and a loan in it.
    """

    now: Glance
    ended_on: date
    before: Fraction | None


def lent(book: Book, on: date) -> Lent:
    """Return what falls due, is late and at risk on a day, and the share before."""
    end = day_before(on.replace(day=1))
    before = None
    if end >= cooperative(book).first_day:
        then = at_month_end(book, end, on)
        before = then.share if then.running.count else None
    return Lent(glance(book, on), end, before)
