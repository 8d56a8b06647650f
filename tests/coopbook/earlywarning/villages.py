"""Villages in which something is planted, for tests of early warning."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from coopbook import earlywarning, loans, members
from coopbook.money import Money
from tests.conftest import FIRST_DAY, as_
from tests.coopbook.rounds.neighbours import approve, furnish_street

JAKARTA = ZoneInfo("Asia/Jakarta")


@contextmanager
def today_is(book, on):
    """Let the clock of a book stand at noon of a day, so that approvals fall on it."""
    before, noon = book.clock, datetime.combine(on, time(12), JAKARTA)
    book.clock = lambda: noon
    try:
        yield book
    finally:
        book.clock = before


def lend_on(book, who, amount=1_200_000, *, on=FIRST_DAY, code="productive", by="budi"):
    """Lend somebody money, approved and paid out on one day."""
    with today_is(book, on):
        with as_(book, "dewi"):
            loan = loans.apply(
                *(book, who, loans.product(book, code), Money(amount)),
                term=12,
                purpose="modal",
                on=on,
            )
        approve(book, loans.asked_for(book, loan), by=by)
        loans.disburse(book, loan, on=on)
    return loan


def settled_street(book, names=("Wati", "Tuti", "Yanti", "Endang")):
    """Let neighbours join long before anything is lent."""
    people = furnish_street(book, names)
    for who in people:
        who.joined_on = FIRST_DAY.replace(year=2024)
    book.session.flush()
    return people


def offer(book, **conditions):
    """Offer the productive loan on other conditions from now on."""
    product = loans.product(book, "productive")
    product.conditions = replace(loans.conditions_of(product), **conditions).text()
    book.session.flush()


def pay(book, loan, times, *, late=0, first=0):
    """Pay whole installments and their penalty, on the day or so many days later."""
    for row in list(loans.schedule_of(book, loan))[first : first + times]:
        on = row.due_on + timedelta(days=late)
        penalty = loans.standing(book, loan, on).due.penalty
        loans.repay(book, loan, row.total + penalty, on=on)


def found_of(book, on, kind):
    """Return the findings of a kind on a day."""
    return [one for one in earlywarning.watch(book, on) if one.kind is kind]


def write_down(book, who, **known):
    """Write down what is known of a member."""
    return members.correct(book, who, **known)
