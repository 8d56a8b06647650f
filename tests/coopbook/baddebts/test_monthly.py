"""A month's bad debts: its last day beside earlier ones, and what moved in it."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from coopbook import baddebts, dunning, ledger, loans
from coopbook.baddebts import (
    AllowanceMoved,
    Contacts,
    Flow,
    LoanClass,
    Losses,
    Policy,
    Scale,
    monthly_report,
    worst_of,
)
from coopbook.cooperatives import Office, begin_term
from coopbook.dates import last_day, months_after
from coopbook.dunning import StepKind
from coopbook.ledger import chart, credit, debit
from coopbook.loans.history import WRITE_OFF
from coopbook.money import ZERO, Money
from tests.conftest import FIRST_DAY
from tests.coopbook.baddebts.test_assessing import by_law, replace_whole, street
from tests.coopbook.gone_bad import LATE, go_bad, written_off
from tests.coopbook.rounds.neighbours import furnish_street, lend, whole

DUE = months_after(FIRST_DAY, 1)
ONE = timedelta(days=1)


@pytest.fixture
def village(coop):
    with whole(coop) as book:
        by_law(book, "share_arrears_to_borrow", 99)
        yield book


def by_hand(book, on, left, right, units, source="hand"):
    lines = [debit(left, Money(units)), credit(right, Money(units))]
    return ledger.post(book, on=on, memo="Koreksi", lines=lines, source=source)


def test_a_month_ends_as_its_last_day_was_assessed(village):
    street(village)
    for on in (date(2026, 5, 1), date(2026, 5, 17), date(2026, 5, 31)):
        report = monthly_report(village, on)
        now = baddebts.assess(village, date(2026, 5, 31))
        assert report.on == now.on
        assert report.classes == tuple(now.by_class())
        assert report.count == len(now.rows) == 4
        assert report.outstanding == now.outstanding
        assert report.non_performing == now.non_performing()
        assert report.needed == now.allowance
        assert [each.now for each in report.at_risk] == [
            now.at_risk(days) for days in baddebts.PAR_DAYS
        ]


def test_earlier_days_stand_beside_it_where_there_was_a_book(village):
    street(village)

    first = monthly_report(village, FIRST_DAY)
    december = monthly_report(village, date(2026, 12, 5))
    january = monthly_report(village, date(2027, 1, 5))

    assert {(one.month_before, one.year_before) for one in first.at_risk} == {
        (None, None)
    }
    november = baddebts.assess(village, date(2026, 11, 30))
    year = baddebts.assess(village, date(2026, 1, 31))
    for one, other in zip(december.at_risk, january.at_risk, strict=True):
        assert one.month_before == november.at_risk(one.now.days)
        assert one.month_before.days == one.now.days
        assert one.year_before is None
        assert other.month_before == one.now
        assert other.year_before == year.at_risk(one.now.days)


def test_a_leap_day_ends_its_month_and_the_year_before_ends_a_day_earlier(village):
    assert last_day(2028, 2) == monthly_report(village, date(2028, 2, 3)).on
    lent = lend(village, furnish_street(village, ("Wati",))[0], on=date(2027, 2, 1))
    report = monthly_report(village, date(2028, 2, 3))
    year = baddebts.assess(village, date(2027, 2, 28))
    assert [each.loan.number for each in year.rows] == [lent.number]
    assert report.at_risk[0].year_before == year.at_risk(1)


def test_other_rules_hold_for_earlier_days_too(village):
    street(village)
    asked = {"policy": Policy.PEARLS, "scale": Scale.PEARLS}

    report = monthly_report(village, date(2026, 6, 1), **asked)

    now = baddebts.assess(village, date(2026, 6, 30), **asked)
    assert (report.policy, report.scale) == (Policy.PEARLS, Scale.PEARLS)
    assert report.needed == now.allowance > ZERO
    assert {row.loan_class for row in report.classes} >= {LoanClass.DELINQUENT}


def test_the_allowance_moves_by_what_was_done(village):
    lent = street(village)
    june, august = date(2026, 6, 30), date(2026, 8, 31)
    added = baddebts.provide(village, june).lines[0].debit
    assert baddebts.allowance_moved(village, date(2026, 6, 1), june) == AllowanceMoved(
        ZERO, added, ZERO, ZERO, ZERO, added
    )
    assert monthly_report(village, august).allowance == AllowanceMoved(
        added, ZERO, ZERO, ZERO, ZERO, added
    )

    more = baddebts.provide(village, august).lines[0].debit
    by_hand(village, august, chart.ALLOWANCE_EXPENSE, chart.ALLOWANCE, 700)
    by_hand(village, august, chart.ALLOWANCE, chart.ALLOWANCE_EXPENSE, 1_000, WRITE_OFF)
    loans.repay(
        village, lent[0], loans.payoff(village, lent[0], august).total, on=august
    )
    released = baddebts.provide(village, august).lines[0].debit

    moved = monthly_report(village, august).allowance
    assert moved == AllowanceMoved(
        opening=added,
        added=more,
        released=released,
        used=Money(1_000),
        other=Money(700),
        closing=baddebts.assess(village, august).allowance,
    )
    assert monthly_report(village, august).apart == ZERO
    assert monthly_report(village, date(2026, 9, 1)).allowance.opening == moved.closing


def test_what_is_reversed_counts_against_what_it_was(village):
    gone = street(village)[0]
    june, august, september = (
        date(2026, 6, 30),
        date(2026, 8, 31),
        date(2026, 9, 30),
    )
    entry = baddebts.provide(village, june)
    added = entry.lines[0].debit
    ledger.reverse(village, entry, on=june, reason="salah")
    baddebts.provide(village, june)
    by_law(village, "write_off_provided", 0)
    used = written_off(village, gone, august)
    ledger.reverse(village, used, on=september, reason="salah")

    first = baddebts.allowance_moved(village, date(2026, 6, 1), june)
    second = baddebts.allowance_moved(village, date(2026, 8, 1), august)
    third = baddebts.allowance_moved(village, date(2026, 9, 1), september)

    assert first == AllowanceMoved(ZERO, added, ZERO, ZERO, ZERO, added)
    assert second.used == gone.principal
    assert third.used == -gone.principal
    assert third.closing == second.opening + second.added


def test_figures_that_do_not_add_up_are_no_movement():
    with pytest.raises(AssertionError):
        AllowanceMoved(ZERO, Money(1), ZERO, ZERO, ZERO, ZERO)


def test_the_worst_come_first_and_no_more_than_asked_for(village):
    lent = street(village)
    on = last_day(2026, 8)
    now = baddebts.assess(village, on)

    dunning.note_step(
        *(village, lent[3], StepKind.CALL), on=on, next_step="Kunjungan", next_on=on
    )
    dunning.note_step(
        *(village, lent[0], StepKind.CALL), on=on - 9 * ONE, next_step="Telepon lagi"
    )
    dunning.note_step(village, lent[0], StepKind.CALL, on=on)

    report = monthly_report(village, on)

    assert [each.loan for each in report.worst] == [
        lent[0].number,
        lent[3].number,
        lent[1].number,
    ]
    first, second, third = report.worst
    assert (first.loan_class, third.loan_class) == (
        LoanClass.LOSS,
        LoanClass.SUBSTANDARD,
    )
    assert first.days == second.days > third.days
    assert (first.next_step, second.next_step) == ("", "Kunjungan")
    assert first.arrears == loans.standing(village, lent[0], on).arrears
    assert (first.member, first.name) == (lent[0].member_number, "Wati")
    assert [each.loan.number for each in worst_of(now, 1)] == [lent[0].number]
    assert lent[2].number not in {each.loan.number for each in worst_of(now)}


def test_restructured_loans_count_as_risk_beside_those_that_are_late(village):
    people = furnish_street(village)
    old, late, good = (lend(village, who) for who in people[:3])
    changed = months_after(DUE, 1)
    new = replace_whole(village, old, changed)
    for loan in (good, new):
        for row in list(loans.schedule_of(village, loan))[:6]:
            loans.repay(village, loan, row.total, on=row.due_on)
    on = last_day(2026, 8)

    report = monthly_report(village, on)

    left = {each: loans.standing(village, each, on) for each in (new, late)}
    owed = {each.number: now.outstanding_principal for each, now in left.items()}
    (at_30,) = (each.now for each in report.at_risk if each.now.days == 30)
    assert loans.is_cured(village, new, on)
    assert (at_30.count, at_30.outstanding) == (1, owed[late.number])
    assert (report.restructured.count, report.restructured.outstanding) == (
        1,
        owed[new.number],
    )
    assert report.restructured.at_risk == owed[late.number] + owed[new.number]
    assert report.restructured.share > at_30.share


def test_terms_of_office_stand_with_what_they_approved_and_what_fell_late(village):
    begin_term(village, Office.VILLAGE_HEAD, "Pak Darto", on=FIRST_DAY, source="SK 1")
    street(village)

    report = monthly_report(village, date(2026, 5, 1))

    (head,) = (each for each in report.terms if each.office is Office.VILLAGE_HEAD)
    (board,) = (each for each in report.terms if each.office is Office.BOARD)
    assert (head.name, head.began_on) == ("Pak Darto", FIRST_DAY)
    assert (board.name, board.began_on) == ("", None)
    assert head.lent == board.lent == 4  # the one that was paid off among them
    assert head.late == board.late == 2
    assert head.late_expected == board.late_expected == 2
    assert head.fell == board.fell == 2
    assert head.at_risk == board.at_risk


def test_what_was_done_in_a_month_and_in_the_year_that_ends_with_it(village):
    gone, _ = go_bad(village)
    claim = baddebts.claim(village, gone)

    then = monthly_report(village, LATE)
    assert then.losses == Losses(
        Flow(1, claim.first.principal, 1, claim.first.principal),
        Flow(1, Money(200_000), 1, Money(200_000)),
        Flow(1, Money(50_000), 1, Money(50_000)),
    )
    assert (then.contacts.letters, then.contacts.visits) == (1, 0)
    before = monthly_report(village, date(2026, 10, 1))
    assert before.losses == Losses()
    assert before.contacts == Contacts(letters=2)
    september = monthly_report(village, date(2026, 9, 1))
    assert september.contacts == Contacts(0, 1, 0, 1)
    later = monthly_report(village, date(2027, 10, 1))
    assert later.losses.written_off == Flow(0, ZERO, 1, claim.first.principal)
    assert monthly_report(village, date(2027, 11, 1)).losses == Losses()


def test_before_anything_happened_everything_is_nothing(village):
    silent = monthly_report(village, FIRST_DAY)

    assert (silent.losses, silent.contacts) == (Losses(), Contacts())
    assert silent.worst == ()
    assert silent.allowance == AllowanceMoved(*[ZERO] * 6)
    assert silent.count == 0


def test_what_stands_beside_the_share_at_risk(village):
    gone, pledged = go_bad(village)
    now = baddebts.assess(village, LATE)
    beside = baddebts.beside_risk(village, now)
    wrote = baddebts.claim(village, gone).first.principal
    assert (beside.restructured, beside.written_off) == (ZERO, wrote)
    assert beside.waived == Money(50_000)
    late = now.at_risk(30).outstanding
    assert beside.share == Fraction(
        (late + wrote).units, (now.outstanding + wrote).units
    )
    new = replace_whole(village, pledged, LATE)
    again = baddebts.beside_risk(village, baddebts.assess(village, LATE))
    assert (
        again.restructured == loans.standing(village, new, LATE).outstanding_principal
    )
    later = baddebts.assess(village, months_after(LATE, 12))
    assert baddebts.beside_risk(village, later).written_off == ZERO
    nothing = baddebts.beside_risk(village, baddebts.assess(village, FIRST_DAY - ONE))
    assert nothing.share == 0


def test_what_was_struck_out_is_neither_counted_nor_the_next_step(village):
    lent = street(village)
    on = last_day(2026, 8)
    visit = dunning.note_step(
        *(village, lent[0], StepKind.VISIT), on=on, next_step="Ke Batam", next_on=on
    )
    assert monthly_report(village, on).worst[0].next_step == "Ke Batam"
    dunning.strike(village, lent[0], visit.number, on=on, reason="salah orang")
    report = monthly_report(village, on)
    assert (report.worst[0].next_step, report.contacts.visits) == ("", 0)
