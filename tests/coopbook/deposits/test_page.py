"""The worked page of term deposits says what the book reckons."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from coopbook.deposits.reckoning import broken, exact, interest
from coopbook.money import Money, Rate
from coopbook.savings import DayCount
from coopbook.savings.interest import PaidBefore, tax_now
from tests.rules_pages import tables, units

PAGE = tables("term-deposits.md")


@pytest.mark.parametrize("row", PAGE["What it earns"], ids=lambda row: row["until"])
def test_what_a_deposit_earns_is_what_the_page_shows(row):
    terms = (
        *(Money(units(row["principal"])), Rate.percent(row["percent a year"], "year")),
        *(DayCount(row["days"]), date.fromisoformat(row["opened"])),
        date.fromisoformat(row["until"]),
    )

    assert interest(*terms) == Money(units(row["posted"]))
    said = Decimal(row["exactly"].replace(",", ""))
    assert round(float(exact(*terms)), 2) == float(said)


@pytest.mark.parametrize("row", PAGE["Tax"], ids=lambda row: row["paid now"])
def test_the_tax_kept_back_is_what_the_page_shows(row):
    before = Money(units(row["paid in the month before"]))

    said = tax_now(
        Money(units(row["paid now"])),
        PaidBefore(before),
        Money(240_000),
        Rate.percent(10),
    )

    assert said == Money(units(row["kept back now"]))


@pytest.mark.parametrize("row", PAGE["Broken early"], ids=lambda row: row["paid out"])
def test_breaking_comes_to_what_the_page_shows(row):
    said = broken(
        *(Money(units(row[name])) for name in ("principal", "accrued", "paid before")),
        kept_percent=int(row["kept percent"]),
        penalty_percent=int(row["penalty percent"]),
    )

    assert [said.kept, said.excess, said.penalty, said.payout] == [
        Money(units(row[name])) for name in ("kept", "to 51002", "to 43009", "paid out")
    ]
