"""The board's figures from what is kept are those of every loan looked at."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from coopbook import baddebts, ledger, loans, members
from coopbook.baddebts import Judging, daily
from coopbook.dates import day_before, months_after
from coopbook.errors import Refused
from coopbook.money import ZERO, Money
from tests.conftest import FIRST_DAY, SOAK, found
from tests.coopbook.baddebts.test_assessing import replace_whole, street
from tests.coopbook.gone_bad import by_law, written_off
from tests.coopbook.loans.living import agreements, do, fund
from tests.coopbook.loans.living import lend as lend_on
from tests.coopbook.loans.test_books import LENT, acts
from tests.coopbook.rounds.neighbours import furnish_street, lend, whole

DUE = months_after(FIRST_DAY, 1)
ONE = timedelta(days=1)
RUNS = 1_000 if SOAK else 15
SLOW = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]


@pytest.fixture
def village(coop):
    with whole(coop) as book:
        by_law(book, "share_arrears_to_borrow", 99)
        yield book


def told(sum_of):
    return sum_of.count, sum_of.amount


def held_to_everything(book, on, tolerance=0):
    """Compare the figures of a day, and of the last month's end, with ``assess``."""
    now, seen = baddebts.assess(book, on), daily.glance(book, on)
    late = [each for each in now.rows if each.days]
    risk = now.at_risk(30)
    assert told(seen.running) == (len(now.rows), now.outstanding), on
    assert told(seen.late) == (
        *(len(late),),
        sum((each.standing.arrears for each in late), ZERO),
    ), on
    assert told(seen.risk) == (risk.count, risk.outstanding), on
    assert seen.share == risk.share
    due = [
        row.left
        for each in now.rows
        for row in each.standing.strip
        if row.due_on == on and row.left.units > tolerance * row.number
    ]
    assert told(seen.due) == (len(due), sum(due, ZERO)), on

    end = day_before(on.replace(day=1))
    if end >= FIRST_DAY:
        then, past = baddebts.assess(book, end), daily.at_month_end(book, end, on)
        assert told(past.running) == (len(then.rows), then.outstanding), end
        assert told(past.risk) == (
            *(then.at_risk(30).count,),
            then.at_risk(30).outstanding,
        ), end
        assert past.share == then.at_risk(30).share


@settings(
    max_examples=RUNS,
    deadline=None,
    suppress_health_check=SLOW,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(
    drawn=agreements(),
    doing=acts(),
    looks=st.lists(st.tuples(st.integers(0, 60), st.booleans()), min_size=4),
)
def test_whatever_happens_the_figures_are_those_of_every_loan(
    engine, drawn, doing, looks
):
    coop = found(engine)
    try:
        with coop.open() as book:
            fund(book)
            who = members.member(book, 1)
            number = lend_on(book, who, LENT, "emergency", drawn, on=FIRST_DAY).number
    except Refused:
        return
    day = FIRST_DAY
    for place, (later, classes) in enumerate(looks):
        if place < len(doing):
            with suppress(Refused), coop.open() as book:
                do(book, loans.loan(book, number), *doing[place])
        day += timedelta(days=later)
        with coop.open() as book:
            tolerance = loans.conditions_of(loans.loan(book, number)).tolerance.units
            held_to_everything(book, day, tolerance)
            if classes:
                daily.class_loans(book, day)
                held_to_everything(book, day, tolerance)


@pytest.mark.parametrize("classed", [None, 0, 3, 40], ids=str)
def test_a_street_with_one_of_everything(village, classed):
    lent = street(village)
    on = DUE + 130 * ONE
    if classed is not None:
        daily.class_loans(village, FIRST_DAY)
        daily.class_loans(village, on - classed * ONE)
    new = replace_whole(village, lent[3], on - ONE)
    baddebts.judge(
        *(village, lent[1], Judging.HANDED_OVER),
        on=on - 2 * ONE,
        reason="menunggak",
        reference="PN 12",
    )
    paid = loans.repay(village, lent[0], Money(50_000), on=on - 33 * ONE)
    young = lend(village, lent[2].member, 300_000, on=months_after(on, -1))
    held_to_everything(village, on)
    assert daily.glance(village, on).due.count == 1
    daily.class_loans(village, on - ONE)  # and now of each what is kept is new
    held_to_everything(village, on)
    assert daily.glance(village, on).due.count == 1
    ledger.reverse(village, paid, on=on, reason="salah orang")
    written_off(village, lent[0], months_after(on, 4))
    for days in (0, 1, 31, 200):
        held_to_everything(village, on + days * ONE)
    for each in (new, young):
        ends = loans.payoff(village, each, on + 200 * ONE).total
        loans.repay(*(village, each, ends), on=on + 200 * ONE, wish=loans.Wish.SETTLE)
    held_to_everything(village, on + 200 * ONE)


def test_only_what_asks_for_it_is_looked_at(coop):
    with coop.open() as book:
        by_law(book, "share_arrears_to_borrow", 99)
        lent = [lend(book, who) for who in furnish_street(book)]
        calm, late = lent[0].number, lent[1].number
        for row in list(loans.schedule_of(book, lent[0]))[:2]:
            loans.repay(book, lent[0], row.total, on=row.due_on)
        daily.class_loans(book, months_after(DUE, 1))
    on = months_after(DUE, 1) + 2 * ONE
    with coop.open() as book:
        true = daily.glance(book, on).running.amount
        assert told(daily.glance(book, on).late)[0] == 3
    for number, more in ((late, 0), (calm, 7)):
        with coop.engine.connect().execution_options(writing=True) as connection:
            bent = f"cooperative_id = {coop.number} AND loan_number = {number}"
            connection.execute(
                text(
                    f"UPDATE loan_daily SET outstanding = outstanding + 7 WHERE {bent}"
                )
            )
            connection.commit()
        with coop.open() as book:
            assert daily.glance(book, on).running.amount == true + Money(more)


def test_an_empty_book_shows_nothing(village):
    assert daily.glance(village, FIRST_DAY) == daily.Glance()
    daily.class_loans(village, FIRST_DAY)
    assert daily.glance(village, FIRST_DAY).share == 0
