"""Groups that borrow, for tests."""

from __future__ import annotations

from coopbook import groups, loans
from coopbook.groups import Meets
from coopbook.money import Money
from tests.conftest import FIRST_DAY, as_
from tests.coopbook.rounds.neighbours import approve, furnish_street

NAMES = ("Wati", "Tuti", "Yanti", "Endang", "Ida", "Nia")


def furnish_circle(book):
    """Let six neighbours join."""
    return furnish_street(book, NAMES)


def circle(book, people, name="Melati", on=FIRST_DAY):
    """Found a group of these people, the first of whom leads."""
    return groups.found_group(
        *(book, name, people),
        leader=people[0],
        meets=Meets.WEEKLY,
        first_meeting=FIRST_DAY,
        on=on,
        place="Balai dusun",
        hamlet="Krajan",
    )


def borrow(book, group, who, amount=1_200_000, *, code="productive", on=FIRST_DAY):
    """Lend somebody of a group money for which it answers."""
    with as_(book, "dewi"):
        loan = groups.apply_for(
            *(book, group, who, loans.product(book, code), Money(amount)),
            term=12,
            purpose="modal",
            on=on,
        )
    approve(book, loans.asked_for(book, loan))
    loans.disburse(book, loan, on=on)
    return loan
