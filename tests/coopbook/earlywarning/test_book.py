"""Ageing, rolls, vintages and concentration of a book, held to its other figures."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest

from coopbook import baddebts, earlywarning, ledger, loans
from coopbook.dates import months_after
from coopbook.earlywarning import Began, Bucket, Ended, Every
from coopbook.earlywarning.queries import paid_out_by
from coopbook.earlywarning.walking import course_of, days_late, first_late, walk
from coopbook.loans.arrears import standing_of
from coopbook.loans.replay import Order
from coopbook.money import ZERO, Money
from coopbook.people import approvals
from tests.conftest import FIRST_DAY, as_
from tests.coopbook.baddebts.test_assessing import replace_whole
from tests.coopbook.earlywarning.villages import (
    lend_on,
    offer,
    pay,
    settled_street,
    write_down,
)
from tests.coopbook.gone_bad import written_off

DUE = months_after(FIRST_DAY, 1)
ONE = timedelta(days=1)


@pytest.fixture
def street(village):
    """Wati pays nothing, Tuti three times, Yanti all early, Endang ten days late."""
    people = settled_street(village)
    lent = [lend_on(village, who) for who in people]
    pay(village, lent[1], 3)
    pay(village, lent[2], 5)
    ends = loans.payoff(village, lent[2], date(2026, 6, 20)).total
    loans.repay(village, lent[2], ends, on=date(2026, 6, 20), wish=loans.Wish.SETTLE)
    pay(village, lent[3], 4, late=10)
    return lent


def test_ageing_is_what_the_assessment_of_the_day_says(village, street):
    for on in (FIRST_DAY, DUE, DUE + ONE, date(2026, 6, 15), date(2027, 6, 1)):
        now = baddebts.assess(village, on)
        rows = earlywarning.ageing(village, on)
        assert {number: row.bucket for row in rows for number in row.loans} == {
            each.loan.number: earlywarning.bucket_of(each.days) for each in now.rows
        }
        assert sum((row.outstanding for row in rows), ZERO) == now.outstanding
        over = sum((row.share for row in rows[3:]), Fraction(0))
        assert over == now.at_risk(30).share


def test_a_loan_lies_in_the_next_bucket_a_day_later(village, street):
    wati = street[0].number
    for days, bucket in ((30, Bucket.MONTH), (31, Bucket.TWO_MONTHS)):
        rows = earlywarning.ageing(village, DUE + days * ONE)
        assert {row.bucket for row in rows if wati in row.loans} == {bucket}


def test_walking_once_sees_what_a_replay_of_each_day_says(village, street):
    days = [FIRST_DAY + step * 9 * ONE for step in range(70)]
    for loan in street:
        going = walk(village, loan)
        for on, at in zip(days, course_of(village, loan, days).at, strict=True):
            then = loans.standing(village, loan, on)
            assert days_late(going.to(on), on) == then.days_past_due
            assert standing_of(going.replay, on).payoff == then.payoff
            if isinstance(at, Ended):
                assert then.settled
            else:
                assert (at.outstanding, at.days) == (
                    *(then.outstanding_principal, then.days_past_due),
                )


def test_the_first_late_day_is_the_one_the_bad_debts_find(village, street):
    for loan in street:
        for days in (0, 7, 30, 90):
            for on in (DUE, date(2026, 6, 15), date(2027, 6, 1)):
                expected = baddebts.first_late(village, loan, on, days)
                assert first_late(village, loan, on, days) == expected


def test_a_restructured_loan_is_as_late_as_it_came_until_it_is_cured(village):
    (who,) = settled_street(village, ("Wati",))
    old = lend_on(village, who)
    new = replace_whole(village, old, months_after(DUE, 4))
    pay(village, new, 5)
    days = [months_after(DUE, 4) + step * 10 * ONE for step in range(20)]
    seen = course_of(village, new, days).at
    for on, at in zip(days, seen, strict=True):
        (row,) = baddebts.assess(village, on).rows
        assert (at.days, at.outstanding) == (row.days, row.outstanding)
    assert seen[0].days == new.carried_days > 0
    assert any(not each.days for each in seen)


def test_a_month_rolls_every_loan_from_where_it_stood_to_where_it_stands(
    village, street
):
    wati, tuti, yanti, endang = (loan.number for loan in street)
    months = earlywarning.rolls(village, date(2026, 7, 31), months=12)
    assert [month.ends.month for month in months] == [1, 2, 3, 4, 5, 6, 7]
    january, *_, may, june, july = months

    (new,) = january.cells
    assert (new.origin, new.place) == (Began.NEW, Bucket.NONE)
    assert new.loans == (wati, tuti, yanti, endang)
    assert new.principal == Money(4_800_000)

    gone = june.cell(Bucket.NONE, Ended.PAID)
    assert (gone.loans, gone.principal) == ((yanti,), Money(800_000))
    assert june.cell(Bucket.NONE, Ended.REPLACED) is None
    assert may.cell(Bucket.NONE, Bucket.MONTH).loans == (tuti,)
    for before, month in pairwise(months):
        ageing = earlywarning.ageing(village, month.ends)
        for row in ageing:
            to = [each for each in month.cells if each.place is row.bucket]
            assert sorted(n for each in to for n in each.loans) == list(row.loans)
        for row in earlywarning.ageing(village, before.ends):
            assert month.begun_with(row.bucket) == row.outstanding
    assert not any(yanti in cell.loans for cell in july.cells)


def test_a_loan_that_was_written_off_was_not_paid_off(village):
    (who,) = settled_street(village, ("Wati",))
    gone = lend_on(village, who)
    written_off(village, gone, date(2026, 9, 15))
    (*_, september) = earlywarning.rolls(village, date(2026, 9, 30))
    (cell,) = september.cells
    assert (cell.place, cell.loans) == (Ended.WRITTEN_OFF, (gone.number,))


def test_a_loan_in_whose_place_another_came_was_not_paid_off(village):
    (who,) = settled_street(village, ("Wati",))
    old = lend_on(village, who)
    new = replace_whole(village, old, date(2026, 5, 20))
    (*_, may) = earlywarning.rolls(village, date(2026, 5, 31))
    ways = {(cell.origin, cell.place): cell.loans for cell in may.cells}
    assert ways == {
        (Bucket.QUARTER, Ended.REPLACED): (old.number,),
        (Began.NEW, earlywarning.bucket_of(new.carried_days)): (new.number,),
    }


def test_a_loan_ran_until_its_last_penalty_was_waived(village):
    """Nothing is booked by a waiver, so the last entry is not the end of the loan."""
    (who,) = settled_street(village, ("Wati",))
    offer(village, order=Order.INTEREST_FIRST)
    loan = lend_on(village, who)
    rows = list(loans.schedule_of(village, loan))
    for row in rows[:-1]:
        loans.repay(village, loan, row.total, on=row.due_on)
    paid, waived = rows[-1].due_on + 20 * ONE, rows[-1].due_on + 70 * ONE
    due = loans.standing(village, loan, paid).due
    loans.repay(village, loan, due.total - Money(500), on=paid)
    left = loans.standing(village, loan, waived).payoff
    asked = loans.waive_penalty(village, loan, left, on=waived, reason="sakit")
    with as_(village, "wati"):
        approvals.approve(village, asked.number, digest=asked.digest)
    assert loan.state == loans.LoanState.SETTLED
    for on, runs in ((paid, True), (waived - ONE, True), (waived, False)):
        now = baddebts.running_on(village, on)
        assert bool(now) is runs
        rows = earlywarning.ageing(village, on)
        assert [n for row in rows for n in row.loans] == [one.number for one, _ in now]


def test_what_is_reversed_never_rolled(village, street):
    wati, on = street[0], date(2026, 7, 31)
    before = earlywarning.rolls(village, on)
    ends = loans.payoff(village, wati, date(2026, 7, 1))
    paid = loans.repay(
        *(village, wati, ends.total), on=date(2026, 7, 1), wish=loans.Wish.SETTLE
    )
    assert earlywarning.rolls(village, on) != before
    ledger.reverse(village, paid, on=on, reason="salah")
    assert earlywarning.rolls(village, on) == before


def test_a_vintage_counts_what_was_ever_late_and_waits_for_what_is_not_known(
    village, street
):
    wati, tuti, _, _ = (loan.number for loan in street)
    by = earlywarning.vintages
    (one,) = by(village, date(2026, 4, 29))
    assert one.ages == (None,) * 6
    (one,) = by(village, date(2026, 7, 31))
    three, six, *rest = one.ages
    assert (three.loans, three.share) == ((wati,), Fraction(1, 4))
    # Tuti's fourth installment, of 1 May, is 31 days late on 1 June
    assert (six.loans, six.of_loans) == ((wati, tuti), Fraction(1, 2))
    assert six.principal == Money(2_400_000)
    assert rest == [None] * 4
    (quarter,) = by(village, date(2026, 7, 31), every=Every.QUARTER)
    assert quarter.ends == date(2026, 3, 31)
    assert [each and each.loans for each in quarter.ages] == [(wati,), *[None] * 5]


def test_late_thirty_days_is_not_more_than_thirty(village):
    (who,) = settled_street(village, ("Wati",))
    loan = lend_on(village, who)
    on = DUE + 30 * ONE
    loans.repay(village, loan, loans.due_on(village, loan, on), on=on)
    pay(village, loan, 3, first=2)
    (one,) = earlywarning.vintages(village, date(2026, 4, 30))
    assert one.ages[0].loans == ()


def test_a_restructured_loan_falls_late_in_the_vintage_it_came_from(village):
    (who,) = settled_street(village, ("Wati",))
    old = lend_on(village, who)
    pay(village, old, 2)
    new = replace_whole(village, old, date(2026, 3, 20))
    assert new.carried_days == 0
    assert len(paid_out_by(village, date(2026, 8, 31))) == 2
    (one,) = earlywarning.vintages(village, date(2026, 8, 31))
    assert one.loans == (old.number,)
    # the new paper's first installment, of 20 April, is 31 days late on 21 May
    assert [by and by.loans for by in one.ages[:3]] == [(), (old.number,), None]


def test_a_loan_taken_over_begins_on_that_day_and_has_no_vintage(village):
    (who,) = settled_street(village, ("Wati",))
    loan = lend_on(village, who)
    loan.migrated_on, loan.paid_before_principal = date(2026, 3, 10), Money(100_000)
    village.session.flush()
    assert earlywarning.vintages(village, date(2026, 12, 31)) == []
    march, *_ = earlywarning.rolls(village, date(2026, 4, 30))
    assert march.ends == date(2026, 3, 31)
    assert [cell.origin for cell in march.cells] == [Began.NEW]
    loan.migrated_on, loan.paid_before_principal = None, None


def test_everything_hangs_on_few(village):
    wati, tuti, yanti, endang = people = settled_street(village)
    lent = [lend_on(village, who) for who in people]
    lent.append(lend_on(village, wati, 600_000, code="consumer"))
    for who in (tuti, yanti):
        write_down(village, who, family_card_no="3201014101900009")
    write_down(village, endang, hamlet="")

    found = earlywarning.concentration(village, FIRST_DAY)

    assert (found.outstanding, found.count) == (Money(5_400_000), 4)
    first, *others = found.borrowers
    assert (first.members, first.loans) == (
        *((wati.number,), (lent[0].number, lent[4].number)),
    )
    assert first.share == Fraction(1, 3)
    assert [each.share for each in others] == [Fraction(2, 9)] * 3
    house, *_ = found.households
    assert house.members == (tuti.number, yanti.number)
    assert house.outstanding == Money(2_400_000)
    assert [(each.name, each.outstanding.units) for each in found.kinds] == [
        *(("productive", 4_800_000), ("consumer", 600_000)),
    ]
    assert [(each.name, len(each.loans)) for each in found.hamlets] == [
        *(("Krajan", 4), ("", 1)),
    ]
    assert found.index == Fraction(1, 9) + 3 * Fraction(4, 81)
    assert found.of_largest == 1
    two = earlywarning.concentration(village, FIRST_DAY, largest=2)
    assert (len(two.borrowers), two.of_largest) == (2, Fraction(5, 9))
    assert two.index == found.index


def test_nothing_lent_is_nothing_in_every_figure(village):
    rows = earlywarning.ageing(village, FIRST_DAY)
    assert [row.loans for row in rows] == [()] * 8
    assert earlywarning.rolls(village, FIRST_DAY) == []
    assert earlywarning.vintages(village, FIRST_DAY) == []
    found = earlywarning.concentration(village, FIRST_DAY)
    assert (found.borrowers, found.index, found.of_largest) == ((), 0, 0)
    assert earlywarning.watch(village, FIRST_DAY) == []
