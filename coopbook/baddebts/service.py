"""Bring the allowance in the books to what the loans of a day ask for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coopbook.baddebts import daily
from coopbook.baddebts.queries import Assessment, assess
from coopbook.book import Book
from coopbook.i18n import N_
from coopbook.ledger import chart
from coopbook.ledger.closing import Check, at_month_end
from coopbook.ledger.model import Entry
from coopbook.ledger.posting import post
from coopbook.ledger.queries import account_balance
from coopbook.ledger.rules import credit, debit
from coopbook.money import ZERO, Money

PROVIDE = "baddebts.provide"


@dataclass(frozen=True, slots=True)
class AllowanceDue:
    """What the loans of a day ask to be set aside, and what the books hold."""

    assessment: Assessment
    held: Money

    @property
    def needed(self) -> Money:
        """What has to be set aside for all loans."""
        return self.assessment.allowance

    @property
    def apart(self) -> Money:
        """What has to be added; below zero what is too much."""
        return self.needed - self.held


def allowance_due(book: Book, on: date) -> AllowanceDue:
    """Return what is needed and held of the allowance on a day."""
    return AllowanceDue(assess(book, on), account_balance(book, chart.ALLOWANCE, on))


def needed_on(book: Book, on: date) -> Money:
    """Return what has to be set aside on a day.

    Where all loans were just classed it was added up from what is kept of them.
    """
    last = daily.last_run(book)
    if last is not None and daily.current(book, on):
        return last.needed
    return assess(book, on).allowance


@at_month_end
def allowance_checks(book: Book, on: date) -> list[Check]:
    """Say what the allowance lacks at a month's end, where any is needed or held."""
    found = allowance_due(book, on)
    if not found.needed and not found.held:
        return []
    said = N_("The allowance is what the loans of the day ask for")
    return [Check(said, found.apart, not found.apart)]


def provide(book: Book, on: date) -> Entry | None:
    """Post what the allowance lacks on a day, or take back what is too much.

    Nothing where it stands already, so doing it again changes nothing.

    Raises what ``ledger.post`` refuses.
    Source: domain guide 5.5.
    """
    apart = needed_on(book, on) - account_balance(book, chart.ALLOWANCE, on)
    if apart == ZERO:
        return None
    if apart > ZERO:
        left, right = chart.ALLOWANCE_EXPENSE, chart.ALLOWANCE
    else:
        left, right = chart.ALLOWANCE, chart.ALLOWANCE_RELEASED
    return post(
        book,
        on=on,
        memo=f"Penyisihan kerugian pinjaman per {on:%d/%m/%Y}",
        lines=[debit(left, abs(apart)), credit(right, abs(apart))],
        source=PROVIDE,
    )
