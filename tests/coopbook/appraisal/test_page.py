"""The figures of the page on what stands behind a loan, reckoned again."""

from __future__ import annotations

from fractions import Fraction

import pytest

from coopbook.appraisal import Capacity
from coopbook.groups import evenly
from coopbook.money import Money
from coopbook.security import Cover
from coopbook.security.rules import covers
from tests.rules_pages import tables, units

PAGE = tables("what-stands-behind-a-loan.md")


@pytest.mark.parametrize("row", PAGE["What a household can pay"])
def test_what_a_household_can_pay(row):
    found = Capacity(
        *(Money(units(row[name])) for name in ("income", "living", "elsewhere")),
        Money(units(row["asked"])),
        Fraction(int(row["share"]), 100),
    )
    assert found.left == Money(units(row["left"]))
    assert found.most == Money(units(row["most"]))
    assert ("–" if found.percent is None else str(found.percent)) == row["percent"]
    assert found.enough is (row["fits"] == "yes")


@pytest.mark.parametrize("row", PAGE["Cover"])
def test_how_far_a_loan_is_covered(row):
    sums = [Money(units(row[name])) for name in ("owed", "held", "accepted")]
    cover = Cover(*sums, Money(0))
    assert cover.percent == int(row["percent"])
    enough = covers(cover.total, cover.owed, int(row["asked for"]))
    assert enough is (row["covered"] == "yes")


@pytest.mark.parametrize("row", PAGE["Groups with joint liability"])
def test_what_all_cover_evenly(row):
    parts = evenly(Money(units(row["covered"])), int(row["by"]))
    assert [part.units for part in parts] == [
        units(each) for each in row["parts"].split()
    ]
