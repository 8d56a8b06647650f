"""Ask what is still claimed of a loan that left the books; others know, and tell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from coopbook.book import Book
from coopbook.loans import Loan, LoanState
from coopbook.money import Money


@dataclass(frozen=True, slots=True)
class StillClaimed:
    """What is left of a claim on a day, since when it is one, and what came in on it.

    ``came`` are amounts with their days.
    """

    since: date
    left: Money
    came: tuple[tuple[date, Money], ...] = ()


Asks = Callable[[Book, Loan, date], StillClaimed | None]
STILL_CLAIMED: list[Asks] = []


def still_claimed(ask: Asks) -> Asks:
    """Register who knows what is claimed of a written-off loan on a day."""
    STILL_CLAIMED.append(ask)
    return ask


def claimed_of(book: Book, loan: Loan, on: date) -> StillClaimed | None:
    """Return the claim on a written-off loan on a day; nothing where none was then."""
    if loan.state is not LoanState.WRITTEN_OFF:
        return None
    found = (ask(book, loan, on) for ask in STILL_CLAIMED)
    return next((each for each in found if each is not None), None)
