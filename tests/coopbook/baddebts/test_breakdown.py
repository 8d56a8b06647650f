"""What is at risk by what loans have in common, and by terms of office twice."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from coopbook import baddebts, ledger, loans, migrants
from coopbook.baddebts import By
from coopbook.cooperatives import Office, begin_term
from coopbook.dates import months_after
from coopbook.loans import Sector
from coopbook.money import ZERO, Money
from tests.conftest import FIRST_DAY
from tests.coopbook.baddebts.test_assessing import by_law, replace_whole
from tests.coopbook.gone_bad import LATE, written_off
from tests.coopbook.groups.circles import borrow, circle, furnish_circle
from tests.coopbook.rounds.neighbours import furnish_street, lend, whole

DUE = months_after(FIRST_DAY, 1)
CHANGE = date(2026, 5, 1)
ONE = timedelta(days=1)


@pytest.fixture
def village(coop):
    with whole(coop) as book:
        by_law(book, "share_arrears_to_borrow", 99)
        begin_term(
            *(book, Office.VILLAGE_HEAD, "Pak Darto"), on=FIRST_DAY, source="SK 1"
        )
        yield book


def paid(book, loan, times):
    for row in list(loans.schedule_of(book, loan))[:times]:
        loans.repay(book, loan, row.total, on=row.due_on)


def test_parts_add_up_to_the_whole_whatever_they_are(village):
    people = furnish_street(village)
    away = furnish_street(village, ("Nia",), hamlet="")
    lent = [lend(village, who) for who in (*people, *away)]
    lent.append(lend(village, people[0], 600_000, code="consumer"))
    paid(village, lent[0], 2)
    loans.look_after(village, lent[1:3], "rina", on=FIRST_DAY)
    now = baddebts.assess(village, DUE + 40 * ONE)
    for by in By:
        parts = baddebts.broken_down(village, now, by)
        assert sum(part.count for part in parts) == len(now.rows) == 6
        assert sum((part.outstanding for part in parts), ZERO) == now.outstanding
        assert (
            sum((part.at_risk for part in parts), ZERO) == now.at_risk(30).outstanding
        )
        assert parts == sorted(parts, key=lambda one: -one.at_risk.units)
    (krajan, nowhere) = baddebts.broken_down(village, now, By.HAMLET)
    assert (krajan.name, krajan.count, krajan.late) == ("Krajan", 5, 4)
    assert (nowhere.name, nowhere.share) == ("", 1)
    officers = {
        part.name: part.count for part in baddebts.broken_down(village, now, By.OFFICER)
    }
    assert officers == {"dewi": 4, "rina": 2}
    (head,) = baddebts.broken_down(village, now, By.HEAD)
    assert head.name == "Pak Darto, 2026-01-01"
    kinds = {part.name for part in baddebts.broken_down(village, now, By.PRODUCT)}
    assert kinds == {"productive", "consumer"}


def test_loans_of_a_group_stand_together(village):
    street = furnish_circle(village)
    group = circle(village, street[:5])
    loan = borrow(village, group, street[1])
    other = lend(village, street[5])
    now = baddebts.assess(village, DUE + 40 * ONE)
    parts = baddebts.broken_down(village, now, By.GROUP)
    assert {part.name: part.count for part in parts} == {group.name: 1, "": 1}
    assert {each.loan.number for each in now.rows} == {loan.number, other.number}


def test_the_first_late_day_is_found_and_moves_with_what_is_paid(village):
    (wati,) = furnish_street(village, ("Wati",))
    loan = lend(village, wati)
    first = loans.schedule_of(village, loan)[0]
    late = first.due_on + 31 * ONE
    assert baddebts.first_late(village, loan, late - ONE) is None
    assert baddebts.first_late(village, loan, late) == late
    last = late - ONE
    payment = loans.repay(village, loan, loans.due_on(village, loan, last), on=last)
    # by then the second was due as well, so the third is the next to fall late
    third = loans.schedule_of(village, loan)[2].due_on + 31 * ONE
    assert baddebts.first_late(village, loan, date(2026, 12, 1)) == third
    ledger.reverse(village, payment, on=payment.booked_on, reason="salah")
    assert baddebts.first_late(village, loan, date(2026, 12, 1)) == late


def test_a_term_answers_for_what_it_approved_and_for_what_fell_late_in_it(village):
    people = furnish_street(village)
    lent = [lend(village, who) for who in people]
    begin_term(village, Office.VILLAGE_HEAD, "Bu Sri", on=CHANGE, source="SK 2")
    paid(village, lent[1], 3)
    paid(village, lent[2], 12)
    later = lend(village, people[0], 600_000, on=CHANGE)
    on = date(2026, 9, 15)

    darto, sri = baddebts.by_term(
        village, Office.VILLAGE_HEAD, baddebts.assess(village, on)
    )

    assert (darto.term.name, sri.term.name) == ("Pak Darto", "Bu Sri")
    assert (darto.part.count, darto.part.late) == (4, 3)
    assert (sri.part.count, sri.part.share) == (1, 1)
    assert darto.fell.loans == (lent[0].number, lent[3].number)
    assert sri.fell.loans == (lent[1].number, later.number)
    assert darto.fell.expected + sri.fell.expected == Fraction(4)
    assert sum(row.fell.days for row in (darto, sri)) == sum(
        ((life.late_on or on) - life.began_on).days + 1
        for life in baddebts.lives(village, on)
    )
    assert not darto.fell.flagged  # four loans say nothing yet
    assert (darto.lent, sri.lent) == (4, 1)
    assert darto.approved.loans == (lent[0].number, lent[1].number, lent[3].number)
    assert sri.approved.loans == (later.number,)
    assert darto.approved.expected + sri.approved.expected == Fraction(4)


def test_a_bad_loan_written_off_or_paid_stays_with_who_approved_it(village):
    """Nobody's row gets better by writing their loan off, nor by its being paid."""
    bad, good = (lend(village, who) for who in furnish_street(village)[:2])
    begin_term(village, Office.VILLAGE_HEAD, "Bu Sri", on=LATE, source="SK 2")
    paid(village, good, 12)
    (before, _) = baddebts.by_term(
        village, Office.VILLAGE_HEAD, baddebts.assess(village, LATE)
    )
    written_off(village, bad)
    later = LATE + ONE
    (after, _) = baddebts.by_term(
        village, Office.VILLAGE_HEAD, baddebts.assess(village, later)
    )
    assert (before.lent, before.approved.loans) == (2, (bad.number,))
    assert (after.lent, after.approved.loans) == (2, (bad.number,))
    assert (before.part.count, after.part.count) == (2, 1)  # what runs, was not paid


def test_a_restructured_loan_does_not_fall_late_a_second_time(village):
    (wati,) = furnish_street(village, ("Wati",))
    old = lend(village, wati)
    new = replace_whole(village, old, months_after(DUE, 4))
    assert baddebts.first_late(village, new, date(2027, 12, 1)) is not None
    (life,) = baddebts.lives(village, date(2027, 12, 1))
    assert (life.number, life.late_on) == (old.number, DUE + 31 * ONE)


def test_without_terms_everything_stands_under_none(village):
    (wati,) = furnish_street(village, ("Wati",))
    lend(village, wati)
    now = baddebts.assess(village, DUE + 40 * ONE)
    (none,) = baddebts.by_term(village, Office.BOARD, now)
    assert (none.term, none.part.count, none.part.name) == (None, 1, "")
    assert len(none.fell.loans) == 1
    assert none.part.at_risk == Money(1_200_000)


def test_by_sector_and_by_the_country_people_came_back_from(village):
    people = furnish_street(village)
    first, second, _third = (lend(village, who) for who in people[:3])
    first.sector, second.sector = Sector.TRADE, Sector.CRAFTS
    village.session.flush()
    for who, country in zip(people, ("HK", "HK"), strict=False):
        migrants.note_episode(
            *(village, who, country), on=FIRST_DAY, returned_on=date(2025, 1, 1)
        )
    now = baddebts.assess(village, DUE + 40 * ONE)
    sectors = baddebts.broken_down(village, now, By.SECTOR)
    assert {part.name: part.late for part in sectors} == {
        "trade": 1,
        "crafts": 1,
        "": 1,
    }
    countries = baddebts.broken_down(village, now, By.COUNTRY)
    assert {part.name: part.count for part in countries} == {"HK": 2, "": 1}
    back = baddebts.named(village, now, By.COUNTRY, "HK")
    assert [each.loan.number for each in back] == [first.number, second.number]


def test_a_restructured_loan_works_in_the_sector_of_the_old_one(village):
    (who, *_) = furnish_street(village)
    old = lend(village, who)
    old.sector = Sector.FOOD
    village.session.flush()
    new = replace_whole(village, old, DUE + 40 * ONE)
    assert new.sector is Sector.FOOD
