"""Days whose cash nobody counted: told by the check lists, refused where asked."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from coopbook import cashcounts, ledger, yearend
from coopbook.cashcounts import rules
from coopbook.cashcounts.open_days import since_counted
from coopbook.cooperatives import set_setting
from coopbook.ledger import chart
from coopbook.money import Money
from tests.conftest import FIRST_DAY
from tests.coopbook.yearend.years import AFTER, close_months

BEFORE = FIRST_DAY - timedelta(days=1)
MONTH = date(2026, 2, 1), date(2026, 2, 28)


def moved(book, on, amount=10_000, box=chart.PETTY_CASH):
    """Put cash into a box."""
    lines = [ledger.debit(box, Money(amount)), ledger.credit(33_002, Money(amount))]
    return ledger.post(book, on=on, memo="hibah", lines=lines)


def counted(book, on, amount, box=chart.PETTY_CASH, **more):
    pieces = {1_000: amount // 1_000}
    return cashcounts.count_cash(book, box, pieces, on=on, witness="sari", **more)


def asked(book, since=MONTH[0]):
    set_setting(
        *(book, "cash_count_needed", 1), valid_from=since, source="ART", on=BEFORE
    )


def told(book, name="2026-02"):
    lines = ledger.month_checklist(book, name)
    return [one.many for one in lines if one.sentence == cashcounts.COUNTED]


def test_the_check_list_says_on_how_many_days(book):
    assert told(book) == []
    for day in (3, 4, 9):
        moved(book, date(2026, 2, day))
    assert told(book) == [3]
    counted(book, date(2026, 2, 3), 10_000)
    assert told(book) == [2]
    assert ledger.close_month(book, "2026-01").closed
    assert ledger.close_month(book, "2026-02").closed


def test_a_count_that_the_book_has_left_behind_is_no_count(book):
    moved(book, date(2026, 2, 3))
    counted(book, date(2026, 2, 3), 10_000)
    assert told(book) == [0]
    moved(book, date(2026, 2, 3))
    assert told(book) == [1]


def test_where_the_by_laws_ask_a_month_waits_for_its_counts(book):
    asked(book)
    ledger.close_month(book, "2026-01")
    moved(book, date(2026, 2, 3))
    moved(book, date(2026, 2, 9))
    with pytest.raises(
        rules.DaysOpen, match="2 days on which cash moved are still"
    ) as no:
        ledger.close_month(book, "2026-02")
    assert no.value.facts["day"] == date(2026, 2, 3)
    counted(book, date(2026, 2, 3), 10_000)
    counted(book, date(2026, 2, 9), 19_000, explanation="hilang")
    assert ledger.close_month(book, "2026-02").closed


def test_who_closes_days_closes_them_all_before_the_month(book):
    ledger.close_month(book, "2026-01")
    for day in (3, 9, 12):
        moved(book, date(2026, 2, day))
    ledger.close(book, "2026-02-03", today=date(2026, 3, 1))
    with pytest.raises(rules.DaysOpen, match="or close them") as no:
        ledger.close_month(book, "2026-02")
    assert (no.value.many, no.value.day) == (2, date(2026, 2, 9))
    ledger.close(book, "2026-02-09", today=date(2026, 3, 1))
    counted(book, date(2026, 2, 12), 30_000)
    assert ledger.close_month(book, "2026-02").closed
    moved(book, date(2026, 3, 4))
    assert ledger.close_month(book, "2026-03").closed


def test_the_by_law_holds_from_its_day_on(book):
    asked(book, since=date(2026, 2, 5))
    ledger.close_month(book, "2026-01")
    moved(book, date(2026, 2, 4))
    assert ledger.close_month(book, "2026-02").closed
    moved(book, date(2026, 3, 1))
    with pytest.raises(rules.DaysOpen):
        ledger.close_month(book, "2026-03")


def test_a_day_that_is_closed_is_not_open(book):
    asked(book)
    ledger.close_month(book, "2026-01")
    moved(book, date(2026, 2, 3))
    ledger.close(book, "2026-02-03")
    assert ledger.close_month(book, "2026-02").closed


def test_a_year_is_not_closed_when_counted_cash_moved_after_its_last_count(book):
    moved(book, date(2026, 2, 3))
    counted(book, date(2026, 2, 3), 10_000)
    moved(book, date(2026, 12, 30))
    close_months(book, last=11)
    with pytest.raises(rules.MovedSinceCount, match="moved on") as no:
        yearend.close_year(book, 2026, today=AFTER)
    assert no.value.facts == {"account": chart.PETTY_CASH, "day": date(2026, 12, 30)}
    counted(book, date(2026, 12, 31), 20_000)
    assert yearend.close_year(book, 2026, today=AFTER).number == 1


def test_a_year_in_which_nobody_counted_is_closed_and_its_check_list_says_so(book):
    moved(book, date(2026, 2, 3))
    close_months(book)
    lines = yearend.year_checklist(book, 2026, AFTER)
    (line,) = [one for one in lines if one.sentence == cashcounts.COUNTED]
    assert (line.in_order, line.many) == (False, 2)
    assert yearend.close_year(book, 2026, today=AFTER).number == 1


def test_december_waits_for_its_counts_as_well_where_the_by_laws_ask(book):
    asked(book)
    close_months(book, last=11)
    moved(book, date(2026, 12, 30))
    with pytest.raises(rules.DaysOpen):
        yearend.close_year(book, 2026, today=AFTER)


@pytest.mark.parametrize("seed", range(6))
def test_days_and_boxes_are_those_a_naive_reckoning_names(book, seed):
    chance, first = random.Random(seed), MONTH[0]
    boxes = (chart.PETTY_CASH, chart.FIELD_CASH)
    held, done, last, late = dict.fromkeys(boxes, 0), {}, {}, set()
    for number in range(28):
        day = first + timedelta(days=number)
        touched = set()
        for box in boxes:
            for _ in range(chance.choice((0, 0, 1, 2))):
                moved(book, day, amount := chance.randint(1, 9) * 1_000, box)
                held[box] += amount
                touched.add(box)
                if chance.random() < 0.4:
                    counted(book, day, held[box], box)
                    done[day, box] = last[box] = held[box]
        late |= {day for box in touched if done.get((day, box)) != held[box]}
    assert cashcounts.open_days(book, *MONTH) == sorted(late)
    assert (since_counted(book, *MONTH) is None) == (
        all(last[box] == held[box] for box in last)
    )
