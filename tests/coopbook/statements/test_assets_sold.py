"""What an asset is sold for stands whole in the cash flow, and nothing beside it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from coopbook import assets, ledger, statements
from coopbook.assets import rules
from coopbook.consolidation.flows import UnitCash, cash_rows
from coopbook.ledger import chart
from coopbook.ledger.rules import credit, debit
from coopbook.money import ZERO, Money
from coopbook.statements import Flow, Kind, layout
from tests.conftest import FIRST_DAY
from tests.coopbook.assets.test_assets import agreed
from tests.coopbook.yearend.years import earned
from tests.oracles.naive_statements import brought_by_assets

SOLD, AUGUST = date(2026, 8, 10), (date(2026, 8, 1), date(2026, 8, 31))
SALES = "investing_in"
KINDS = sorted(rules.PAIRS)


def bought(book, account=13_006, cost=1_200_000, months=12):
    return assets.enter_asset(
        *(book, "Komputer"),
        account=account,
        cost=Money(cost),
        on=FIRST_DAY,
        months=months,
        paid_from=chart.BANK,
    )


def lines_of(found):
    """Return the lines of a cash flow that are not nothing."""
    return {
        one.row.code: one.amount.units
        for one in found.statement.figures
        if one.row.kind is Kind.LINE and one.amount
    }


@pytest.mark.parametrize("amount", [700_000, 400_000, 500_000, 0])
def test_a_sale_above_or_below_its_worth_brings_its_price(book, amount):
    earned(book, 5_000_000, on=FIRST_DAY)
    row = bought(book)
    assets.depreciate(book, 2026, 7)
    assets.dispose(book, row, on=SOLD, amount=Money(amount))
    found = statements.cash_flow(book, *AUGUST)
    assert found.ties
    assert lines_of(found) == ({"investing_in": amount} if amount else {})
    behind = statements.flows_behind("investing_in", statements.flows_in(book, *AUGUST))
    assert sum((one for _, one in behind), ZERO) == Money(amount)
    assert bool(amount) == bool(behind)


def test_units_that_sell_each_other_an_asset_brought_the_whole_nothing(book):
    earned(book, 5_000_000, on=FIRST_DAY)
    row = bought(book)
    assets.depreciate(book, 2026, 7)
    assets.dispose(book, row, on=SOLD, amount=Money(700_000))
    outside = tuple(statements.flows_in(book, *AUGUST))
    new = Flow(13_006, "investing", ZERO, Money(700_000))
    seller = UnitCash(outside, (), ZERO, Money(700_000))
    (sold,) = (
        one for one in cash_rows(layout("cash"), [seller], ()) if one.row.code == SALES
    )
    assert sold.whole == Money(700_000)
    on_account = [
        UnitCash((), outside, ZERO, ZERO),
        UnitCash((), (new,), ZERO, ZERO),
    ]
    rows = cash_rows(layout("cash"), on_account, ())
    assert not any(one.whole for one in rows)


def test_a_sale_taken_back_brought_nothing(coop):
    with coop.open() as book:
        earned(book, 5_000_000, on=FIRST_DAY)
        row = bought(book)
        assets.depreciate(book, 2026, 7)
        entry = assets.dispose(book, row, on=SOLD, amount=Money(400_000))
        ledger.reverse(book, entry, on=SOLD, reason="batal")
        assert lines_of(statements.cash_flow(book, *AUGUST)) == {}
        book.session.rollback()


def test_a_book_that_begins_with_worn_assets_paid_what_they_are_worth(book):
    """Wear that is written with cash on its own side lessens what was paid."""
    lines = [
        *(debit(chart.BANK, Money(100)), debit(13_006, Money(900))),
        *(credit(13_096, Money(300)), credit(33_002, Money(700))),
    ]
    ledger.post(book, on=SOLD, memo="awal", lines=lines)
    assert lines_of(statements.cash_flow(book, *AUGUST)) == {
        "investing_out": -600,
        "capital_in": 700,
    }


def told_by_entry(book):
    return [
        (
            entry.booked_on,
            entry.reverses is not None,
            [
                (line.account_number, line.debit.units, line.credit.units)
                for line in entry.lines
            ],
        )
        for entry in ledger.entries(book, limit=1_000).rows
    ]


@settings(
    deadline=None,
    max_examples=10,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_assets_sold_are_those_of_a_count_by_hand(coop, data):
    with coop.open() as book:
        earned(book, 10**9, on=FIRST_DAY)
        for _ in range(data.draw(st.integers(1, 4))):
            asked = bought(
                book,
                data.draw(st.sampled_from(KINDS)),
                data.draw(st.integers(12, 4_000_000)),
                data.draw(st.integers(1, 24)),
            )
            agreed(book, asked)
        if data.draw(st.booleans()):
            assets.depreciate(book, 2026, data.draw(st.integers(2, 7)))
        for row in assets.assets(book):
            price = Money(data.draw(st.integers(0, 5_000_000)))
            entry = assets.dispose(book, row, on=SOLD, amount=price)
            if data.draw(st.integers(0, 3)) == 0:
                ledger.reverse(book, entry, on=SOLD, reason="salah")
        for span in (AUGUST, (FIRST_DAY, date(2026, 12, 31))):
            found = statements.cash_flow(book, *span)
            sold, paid = brought_by_assets(told_by_entry(book), *span)
            assert found.ties
            assert found.statement.amount("investing_in").units == sold
            assert found.statement.amount("investing_out").units == paid
            assert found.statement.amount("other_in") == ZERO
            assert found.statement.amount("other_out") == ZERO
        book.session.rollback()
