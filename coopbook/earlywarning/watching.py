"""Everything worth asking about the loans of a day, the most urgent first."""

from __future__ import annotations

from datetime import date

from coopbook.book import Book
from coopbook.earlywarning.findings import Finding, worst_first
from coopbook.earlywarning.identity import shared
from coopbook.earlywarning.lending import (
    first_payments,
    just_under,
    newcomers,
    term_ends,
)
from coopbook.earlywarning.payers import officers_pay
from coopbook.earlywarning.refinancing import refinanced
from coopbook.earlywarning.running import running


def watch(book: Book, on: date) -> list[Finding]:
    """Return what to ask about the loans that run on a day, or wait to be paid out.

    Of what is paid off nothing is asked any more.  A finding is a question to ask, not
    an accusation: for each there is an honest reason that somebody in the village
    knows.
    """
    now = running(book, on)
    return worst_first(
        [
            *refinanced(book, on, now),
            *first_payments(now),
            *officers_pay(book, on, now),
            *shared(book, now),
            *newcomers(now),
            *term_ends(book, on, now),
            *just_under(book, on, now),
        ]
    )
