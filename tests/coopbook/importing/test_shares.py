"""Which principal share a sheet is held to, and on whose cards it puts nothing."""

from datetime import date

import pytest

from coopbook import ledger, members
from coopbook.cooperatives import set_setting
from coopbook.importing import Answers, preview
from coopbook.importing.rules import LeftAlready
from coopbook.members import MemberStatus
from coopbook.members.changing import note_change
from coopbook.members.standing import HasLeft
from coopbook.money import Money
from tests.conftest import found

from .conftest import workbook
from .test_kinds import brought

DAY, LATER, MARCH = date(2026, 1, 10), date(2026, 3, 10), date(2026, 3, 1)
HEAD = ("No Anggota", "Nama", "Simpanan Wajib + Pokok")


@pytest.fixture
def new(engine):
    """A cooperative of which nothing is in yet."""
    return found(engine, bare=True)


def joined(book, name="Rukmini", number="A-1", units=100_000, on=DAY):
    """Bring in a first sheet: somebody pays the principal share."""
    sheet = workbook(HEAD, (number, name, units))
    brought(book, "deductions", sheet, on=on, shares="principal-first")
    return next(one for one in members.register(book) if one.reference == number)


def raised(book, name="principal_share", to=150_000):
    set_setting(book, name, to, valid_from=MARCH, source="RAT 2026")


def test_who_paid_the_share_of_before_owes_no_more_when_it_is_raised(new):
    with new.open("yanti") as book:
        joined(book)
        raised(book)
        sheet = workbook(HEAD, ("A-1", "Rukmini", 25_000))
        looked = preview(book, "deductions", sheet)
        assert looked.understood.breaks == ()

        brought(book, "deductions", sheet, on=LATER, shares="principal-first")

        assert ledger.account_balance(book, 31001) == Money(100_000)
        assert ledger.account_balance(book, 31002) == Money(25_000)
        later = joined(book, "Wati", "A-2", on=LATER)
        assert later.status is MemberStatus.PROSPECTIVE, "the new share is 150.000"


def test_where_it_is_decided_a_sheet_makes_no_member(new):
    with new.open("yanti") as book:
        raised(book, "admission_decided", 1)
        before = joined(book)
        after = joined(book, "Wati", "A-2", on=LATER)
        assert before.status is MemberStatus.ACTIVE
        assert (after.status, after.active_on) == (MemberStatus.PROSPECTIVE, None)


def test_nothing_is_put_on_the_cards_of_somebody_who_left(new):
    with new.open("yanti") as book:
        who = joined(book)
        for status in (MemberStatus.RESIGNED, MemberStatus.SETTLED):
            note_change(book, who, status, on=DAY, reason="pindah")
        sheet = workbook(HEAD, ("A-1", "Rukmini", 25_000))
        asked = {"on": LATER, "shares": "principal-first"}

        answers = Answers(on=LATER, said={"shares": "principal-first"})
        looked = preview(book, "deductions", sheet, answers=answers)
        assert LeftAlready in [type(one.reason) for one in looked.breaks]
        with pytest.raises(HasLeft):
            brought(book, "deductions", sheet, **asked)
