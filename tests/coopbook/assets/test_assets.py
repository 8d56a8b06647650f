"""Assets wear out in equal months, to the rupiah, and leave with gain or loss."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopbook import assets, ledger, yearend
from coopbook.assets import TIED, rules
from coopbook.ledger import chart
from coopbook.ledger.rules import ReasonNeeded, credit, debit
from coopbook.money import ZERO, Money
from coopbook.people import Approval, approvals
from tests.conftest import FIRST_DAY, as_
from tests.coopbook.yearend.years import earned

COMPUTERS, GATHERED, EXPENSE = 13_005, 13_095, 52_015


def laptop(book, cost=4_500_000, months=36, on=FIRST_DAY, **more):
    earned(book, 100_000_000, on=FIRST_DAY)
    asked = assets.enter_asset(
        *(book, "Laptop loket"),
        account=COMPUTERS,
        cost=Money(cost),
        on=on,
        months=months,
        paid_from=chart.BANK,
        **more,
    )
    return agreed(book, asked)


def agreed(book, asked):
    """Return what was bought, after the chair agreed where that was needed."""
    if not isinstance(asked, Approval):
        return asked
    with as_(book, "budi"):
        return approvals.approve(book, asked.number, digest=asked.digest)


def held(book, account, on=None):
    return ledger.account_balance(book, account, on)


@given(st.integers(1, 10**10), st.integers(0, 10**9), st.integers(1, 600), st.data())
def test_what_wears_out_is_gone_at_the_end_and_never_more(cost, residual, months, data):
    residual = min(residual, cost - 1)
    parts = [
        rules.gathered(Money(cost), Money(residual), months, n).units
        for n in range(months + 3)
    ]
    assert parts[0] == 0
    assert parts[months] == parts[months + 2] == cost - residual
    steps = [after - before for before, after in pairwise(parts[: months + 1])]
    assert max(steps) - min(steps) <= 1
    month = data.draw(st.integers(0, months))
    assert parts[month] == (cost - residual) * month // months


def test_months_are_posted_once_and_forgotten_ones_caught_up(book):
    row = laptop(book)
    assert held(book, COMPUTERS) == Money(4_500_000)
    assets.depreciate(book, 2026, 1)
    assert held(book, GATHERED) == Money(125_000)
    with pytest.raises(assets.NothingToDepreciate):
        assets.depreciate(book, 2026, 1)
    entry = assets.depreciate(book, 2026, 4)
    assert [line.debit for line in entry.lines if line.debit] == [Money(375_000)]
    (now,) = assets.worth(book)
    assert now.book_value == row.cost - held(book, GATHERED) == Money(4_000_000)
    (then,) = assets.worth(book, date(2026, 2, 1))
    assert then.gathered == Money(125_000)


def test_a_reversed_month_is_depreciated_again(book):
    laptop(book)
    entry = assets.depreciate(book, 2026, 2)
    ledger.reverse(book, entry, on=date(2026, 3, 1), reason="salah")
    assert assets.worth(book)[0].gathered == ZERO
    again = assets.depreciate(book, 2026, 3)
    assert sum(line.debit.units for line in again.lines) == 375_000


@pytest.mark.parametrize(
    ("amount", "account", "apart"),
    [(4_400_000, 43_004, 25_000), (4_000_000, 54_001, 375_000), (0, 54_001, 4_375_000)],
)
def test_an_asset_leaves_with_gain_or_loss_and_comes_back(book, amount, account, apart):
    row = laptop(book)
    assets.depreciate(book, 2026, 1)
    on = date(2026, 2, 3)
    entry = assets.dispose(book, row, on=on, amount=Money(amount), reason="dijual")
    assert held(book, COMPUTERS) == held(book, GATHERED) == ZERO
    assert held(book, account) == Money(apart)
    with pytest.raises(assets.AlreadyDisposed):
        assets.dispose(book, row, on=on)
    assert assets.due(book, 2026, 12) == []
    ledger.reverse(book, entry, on=on, reason="batal")
    assert row.disposed_on is None
    assert held(book, COMPUTERS) == row.cost
    assert assets.due(book, 2026, 2) == [(row, Money(125_000))]


def test_depreciation_of_what_has_left_is_not_taken_back(book):
    row = laptop(book)
    entry = assets.depreciate(book, 2026, 1)
    assets.depreciate(book, 2026, 2)
    with pytest.raises(assets.NotThereYet, match="a later one"):
        assets.dispose(book, row, on=date(2025, 12, 31))
    with pytest.raises(assets.DisposedTooEarly):
        assets.dispose(book, row, on=date(2026, 1, 31))
    assets.dispose(book, row, on=date(2026, 2, 3))
    with pytest.raises(assets.AlreadyDisposed):
        ledger.reverse(book, entry, on=date(2026, 3, 1), reason="salah")


def test_land_does_not_wear_out_and_cash_is_no_asset(book):
    earned(book, 100_000_000)
    about = {"cost": Money(50_000_000), "on": FIRST_DAY}
    land = assets.enter_asset(book, "Tanah kantor", account=13_001, months=0, **about)
    assert land.months == 0
    assert assets.due(book, 2030, 12) == []
    with pytest.raises(assets.NoLife):
        assets.enter_asset(book, "Tanah", account=13_001, months=12, **about)
    with pytest.raises(assets.NoLife):
        assets.enter_asset(book, "Motor", account=13_003, months=0, **about)
    with pytest.raises(assets.NotAnAsset):
        assets.enter_asset(book, "Kas", account=chart.BANK, months=12, **about)
    with pytest.raises(assets.ResidualTooHigh):
        assets.enter_asset(
            *(book, "Motor"),
            account=13_003,
            months=12,
            residual=Money(50_000_000),
            **about,
        )
    with pytest.raises(rules.NameOfAsset):
        assets.enter_asset(book, "  ", account=13_003, months=12, **about)
    with pytest.raises(assets.NoSuchAsset):
        assets.asset(book, 99)


def test_a_reversed_purchase_leaves_the_register_and_wears_out_no_more(book):
    row = laptop(book)
    bought = row.bought_by
    entry = ledger.entry(book, bought)
    worn = assets.depreciate(book, 2026, 1)
    with pytest.raises(assets.DepreciatedSince, match=worn.voucher):
        ledger.reverse(book, entry, on=date(2026, 2, 1), reason="salah")
    ledger.reverse(book, worn, on=date(2026, 2, 1), reason="salah")
    back = ledger.reverse(book, entry, on=date(2026, 2, 1), reason="salah")
    assert (row.disposed_on, row.disposal_entry) == (date(2026, 2, 1), back.number)
    assert assets.due(book, 2026, 12) == []
    assert held(book, COMPUTERS) == ZERO
    with pytest.raises(assets.AlreadyDisposed):
        assets.dispose(book, row, on=date(2026, 3, 1))


def test_the_purchase_of_what_was_sold_is_not_reversed(book):
    row = laptop(book)
    assets.dispose(book, row, on=date(2026, 2, 3))
    entry = ledger.entry(book, row.bought_by)
    with pytest.raises(assets.AlreadyDisposed):
        ledger.reverse(book, entry, on=date(2026, 3, 1), reason="salah")


def test_two_alike_are_told_apart_by_their_purchase(book):
    first, second = laptop(book, months=12), laptop(book, months=36)
    ledger.reverse(
        *(book, ledger.entry(book, first.bought_by)), on=FIRST_DAY, reason="dobel"
    )
    assert first.disposed_on == FIRST_DAY
    assert [one.number for one in assets.assets(book, gone=False)] == [second.number]


def test_an_asset_entered_wrongly_is_taken_out_with_a_reason(book):
    about = {"account": COMPUTERS, "cost": Money(900_000), "on": FIRST_DAY}
    row = assets.enter_asset(book, "Laptop", months=9, document="nota 7", **about)
    with pytest.raises(ReasonNeeded):
        assets.take_out(book, row, reason=" ")
    worn = assets.depreciate(book, 2026, 1)
    with pytest.raises(assets.DepreciatedSince, match="Reverse that first"):
        assets.take_out(book, row, reason="dobel")
    ledger.reverse(book, worn, on=date(2026, 2, 1), reason="dobel")
    assets.take_out(book, row, reason="dobel")
    assert row.taken_out
    assert row.document == "nota 7 · dobel"
    assert assets.due(book, 2026, 12) == []
    with pytest.raises(assets.AlreadyDisposed):
        assets.take_out(book, row, reason="dobel")


def test_what_an_entry_bought_is_not_taken_out_without_it(book):
    row = laptop(book)
    voucher = ledger.entry(book, row.bought_by).voucher
    with pytest.raises(assets.BoughtByEntry, match=voucher):
        assets.take_out(book, row, reason="dobel")


def apart(book, on):
    """Return by how much register and ledger differ, by account."""
    return {one.account: one.missing for one in assets.tied(book, on) if one.missing}


def test_register_and_ledger_are_one_figure_through_a_life(book):
    row = laptop(book)
    worn = assets.depreciate(book, 2026, 3)
    sold = assets.dispose(book, row, on=date(2026, 4, 5), amount=Money(1_000_000))
    for on in (FIRST_DAY, date(2026, 3, 31), date(2026, 4, 4), date(2026, 4, 5)):
        assert apart(book, on) == {}
    ledger.reverse(book, sold, on=date(2026, 4, 5), reason="batal")
    ledger.reverse(book, worn, on=date(2026, 4, 6), reason="batal")
    ledger.reverse(
        *(book, ledger.entry(book, row.bought_by)), on=date(2026, 4, 7), reason="x"
    )
    for on in (date(2026, 3, 31), date(2026, 4, 6), date(2026, 4, 7)):
        assert apart(book, on) == {}
    assert assets.tied(book, date(2026, 4, 7)) == []


def test_what_only_one_side_knows_is_said_in_rupiah_by_the_check_lists(book):
    earned(book, 100_000_000, on=FIRST_DAY)
    assert TIED not in {one.sentence for one in ledger.month_checklist(book, "2026-01")}
    lines = [debit(COMPUTERS, Money(700_000)), credit(chart.BANK, Money(700_000))]
    ledger.post(book, on=FIRST_DAY, memo="Beli komputer", lines=lines)
    assert line_of(ledger.month_checklist(book, "2026-01")) == (Money(700_000), False)
    assets.enter_asset(
        *(book, "Lemari"),
        account=13_004,
        cost=Money(50_000),
        on=FIRST_DAY,
        months=60,
    )
    assert apart(book, FIRST_DAY) == {
        COMPUTERS: Money(700_000),
        13_004: Money(-50_000),
    }
    listed = yearend.year_checklist(book, 2026, date(2027, 1, 5))
    assert line_of(listed) == (Money(750_000), False)
    assets.enter_asset(
        book, "PC", account=COMPUTERS, cost=Money(700_000), on=FIRST_DAY, months=36
    )
    assets.take_out(book, assets.asset(book, 1), reason="dobel")
    assert line_of(ledger.month_checklist(book, "2026-01")) == (ZERO, True)
    posted = [debit(52_015, Money(9)), credit(GATHERED, Money(9))]
    ledger.post(book, on=FIRST_DAY, memo="susut tangan", lines=posted)
    assert line_of(ledger.month_checklist(book, "2026-01")) == (Money(9), False)


def line_of(checks):
    """Return amount and verdict of the line about the register."""
    (found,) = [one for one in checks if one.sentence == TIED]
    return found.amount, found.in_order
