"""Assets of older books count what those depreciated, in register and ledger."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopbook import assets, ledger
from coopbook.assets import rules
from coopbook.dates import last_day
from coopbook.ledger import chart
from coopbook.ledger.rules import credit, debit
from coopbook.money import ZERO, Money
from tests.conftest import FIRST_DAY
from tests.coopbook.assets.test_assets import COMPUTERS, EXPENSE, GATHERED, apart, held
from tests.coopbook.yearend.years import earned
from tests.oracles.naive_wear import wear

BOUGHT = date(2024, 3, 17)
"""In use for 22 months when the book opens."""


def carried_over(book, cost=5_000_000, worn=1_900_000, on=FIRST_DAY):
    """Open a book with what older ones held of a laptop."""
    earned(book, 100_000_000, on=FIRST_DAY)
    lines = [
        debit(COMPUTERS, Money(cost)),
        credit(GATHERED, Money(worn)),
        credit(33_002, Money(cost - worn)),
    ]
    ledger.post(book, on=on, memo="Saldo awal aset", lines=lines)


def taken(book, cost=5_000_000, worn=1_900_000, **more):
    about = {"months": 48, "residual": Money(500_000), "on": BOUGHT} | more
    return assets.enter_asset(
        *(book, "Laptop lama"),
        account=COMPUTERS,
        cost=Money(cost),
        worn_before=Money(worn),
        **about,
    )


def month_of(day):
    return day.year, day.month


@given(
    st.integers(1, 10**10),
    st.integers(0, 10**9),
    st.integers(1, 600),
    st.dates(date(1990, 1, 1), date(2026, 12, 31)),
    st.dates(date(1990, 1, 1), date(2030, 12, 31)),
    st.data(),
)
def test_what_is_left_wears_out_as_the_calendar_says(
    cost, residual, months, bought, on, data
):
    residual = min(residual, cost - 1)
    worn = Money(data.draw(st.integers(0, cost - residual)))
    before = rules.months_before(bought, on)
    if before < 1:
        with pytest.raises(assets.NoMonthBefore):
            rules.check_worn(
                *(COMPUTERS, Money(cost), Money(residual), worn, bought, on)
            )
        return
    rules.check_worn(*(COMPUTERS, Money(cost), Money(residual), worn, bought, on))
    told = dict(
        wear(
            *(cost, residual, months, month_of(bought)),
            worn=worn.units,
            first=month_of(on + timedelta(days=1)),
        )
    )
    for (year, month), gathered in told.items():
        passed = rules.months_passed(bought, year * 12 + month - 1)
        found = rules.gathered(
            *(Money(cost), Money(residual), months, passed), worn=worn, before=before
        )
        assert found == Money(gathered)
    assert gathered == cost - residual
    for passed, end in ((before, worn.units), (10**4, cost - residual)):
        assert rules.gathered(
            *(Money(cost), Money(residual), months, passed), worn=worn, before=before
        ) == Money(end)


def test_register_and_ledger_are_one_figure_from_the_first_day(book):
    carried_over(book)
    row = taken(book)
    assert (row.taken_over_on, row.months_before) == (FIRST_DAY, 22)
    days = [FIRST_DAY, date(2026, 1, 31), date(2026, 7, 31), date(2027, 12, 31)]
    assert apart(book, FIRST_DAY) == {}
    told = dict(
        wear(5_000_000, 500_000, 48, (2024, 3), worn=1_900_000, first=(2026, 1))
    )
    for on in days[1:]:
        assets.depreciate(book, on.year, on.month)
        assert held(book, GATHERED) == Money(told[on.year, on.month])
    for on in days:
        assert apart(book, on) == {}
    assert held(book, EXPENSE) == Money(told[2027, 12] - 1_900_000)
    (now,) = assets.worth(book)
    assert (now.gathered, now.book_value) == (
        Money(told[2027, 12]),
        Money(5_000_000 - told[2027, 12]),
    )
    (then,) = assets.worth(book, FIRST_DAY)
    assert (then.here, then.gathered) == (ZERO, Money(1_900_000))
    assets.depreciate(book, 2028, 2)
    assert held(book, GATHERED) == Money(4_500_000)
    with pytest.raises(assets.NothingToDepreciate):
        assets.depreciate(book, 2029, 1)


def test_it_is_not_there_before_it_was_taken_over(book):
    carried_over(book, on=date(2026, 6, 30))
    row = taken(book, taken_over_on=date(2026, 6, 30))
    assert assets.worth(book, date(2026, 6, 29)) == []
    assert apart(book, date(2026, 6, 29)) == apart(book, date(2026, 6, 30)) == {}
    assert assets.due(book, 2026, 5) == assets.due(book, 2026, 6) == []
    assert row.months_before == 28
    ((_, amount),) = assets.due(book, 2026, 7)
    assert amount == Money(2_600_000 // 20)
    with pytest.raises(assets.NotThereYet, match="a later one"):
        assets.dispose(book, row, on=date(2026, 6, 29))


def test_a_life_that_is_over_takes_what_is_left_at_once(book):
    carried_over(book, worn=4_400_000)
    taken(book, worn=4_400_000, months=12)
    assets.depreciate(book, 2026, 1)
    assert held(book, EXPENSE) == Money(100_000)
    with pytest.raises(assets.NothingToDepreciate):
        assets.depreciate(book, 2026, 12)


def test_what_is_worn_out_already_wears_out_no_more(book):
    carried_over(book, worn=4_500_000)
    taken(book, worn=4_500_000)
    assert assets.due(book, 2030, 12) == []
    assert apart(book, FIRST_DAY) == {}


@pytest.mark.parametrize(
    ("amount", "account"),
    [(3_100_000, rules.GAIN), (2_000_000, rules.LOSS), (0, rules.LOSS)],
)
def test_it_leaves_with_all_that_was_depreciated(book, amount, account):
    carried_over(book)
    row = taken(book)
    assets.depreciate(book, 2026, 1)
    worth = 5_000_000 - 1_900_000 - 2_600_000 // 26
    on = date(2026, 2, 3)
    entry = assets.dispose(book, row, on=on, amount=Money(amount), reason="dijual")
    assert held(book, COMPUTERS) == held(book, GATHERED) == ZERO
    assert held(book, account) == Money(abs(amount - worth))
    for day in (FIRST_DAY, last_day(2026, 1), on):
        assert apart(book, day) == {}
    ledger.reverse(book, entry, on=on, reason="batal")
    assert apart(book, on) == {}
    assert assets.worth(book)[0].book_value == Money(worth)


def test_one_entered_wrongly_is_taken_out(book):
    row = taken(book)
    assets.take_out(book, row, reason="dobel")
    assert apart(book, FIRST_DAY) == {}
    assert assets.due(book, 2026, 12) == []


def test_what_cannot_have_been_depreciated_is_refused(book):
    earned(book, 100_000_000)
    for worn in (4_500_001, -1):
        with pytest.raises(assets.WornTooMuch, match="from nothing to 4,500,000"):
            taken(book, worn=worn)
    with pytest.raises(assets.NewIsNotWorn, match="in the books already"):
        taken(book, on=FIRST_DAY, paid_from=chart.BANK)
    with pytest.raises(assets.NewIsNotWorn):
        taken(book, worn=0, taken_over_on=FIRST_DAY, paid_from=chart.BANK)
    with pytest.raises(assets.NoMonthBefore, match="no month lies between"):
        taken(book, on=FIRST_DAY)
    with pytest.raises(assets.NoMonthBefore):
        taken(book, taken_over_on=date(2024, 2, 1))
    with pytest.raises(assets.NotTakenOver, match="leave that day out"):
        taken(book, worn=0, taken_over_on=FIRST_DAY)
    with pytest.raises(assets.LandDoesNotWear):
        assets.enter_asset(
            *(book, "Tanah"),
            account=rules.LAND,
            cost=Money(9),
            on=BOUGHT,
            months=0,
            worn_before=Money(1),
        )
    assert assets.assets(book) == []
