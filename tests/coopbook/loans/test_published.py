"""Schedules and rates that others printed come out again, to the last digit."""

import csv
import itertools
import json
from datetime import date
from fractions import Fraction

import pytest

from coopbook.loans.daycount import DayCount, Unit
from coopbook.loans.exact import exact_schedule
from coopbook.loans.rates import internal_rate
from coopbook.loans.schedule import schedule
from coopbook.loans.terms import (
    Broken,
    Every,
    InterestMethod,
    Remainder,
    StepRounding,
    Terms,
)
from coopbook.money import ZERO, Money, Per, Rate, Rounding
from tests.rules_pages import RULES, tables

FOLDER = RULES / "published"
ANY_DAY = date(2026, 1, 5)
CELLS = ("principal", "interest", "total", "balance")


def read(name):
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


SCHEDULES = read("schedules.csv")
ROWS = read("rows.csv")
RATES = read("rates.csv")


def day(text):
    return date.fromisoformat(text) if text else None


def units(text, decimals):
    """Return a printed amount in the units its table counts in."""
    found = Fraction(text) * 10**decimals
    assert found.denominator == 1
    return int(found)


def terms_of(row):
    dates = tuple(day(each) for each in row["dates"].split())
    decimals = int(row["decimals"])
    return Terms(
        InterestMethod(row["method"]),
        Rate(Fraction(row["rate_percent"] or 0) / 100, Per(row["per"] or "year")),
        int(row["periods"]),
        every=Every() if dates else Every(int(row["every"]), Unit(row["unit"])),
        day_count=DayCount(row["day_count"]),
        first_due=None if dates else day(row["first_due"]),
        due_day=int(row["due_day"]) if row["due_day"] and not dates else None,
        dates=dates,
        weights=tuple(int(each) for each in row["weights"].split() if each != "0"),
        broken=Broken(row["broken"] or "days"),
        principal_grace=int(row["principal_grace"]),
        interest_waived=int(row["interest_waived"]),
        interest_deferred=int(row["interest_deferred"]),
        margin=Money(units(row["margin"], decimals)) if row["margin"] else ZERO,
        rounding=Rounding(row["rounding"] or "half_even"),
        step=int(row["step"] or 1),
        step_rounding=StepRounding(row["step_rounding"] or "nearest"),
        remainder=Remainder(row["remainder"] or "last"),
    )


def worked_out(row):
    """Return the rows by number, with the balance after each, and their sums."""
    terms, decimals = terms_of(row), int(row["decimals"])
    start, lent = day(row["start"]) or ANY_DAY, Money(units(row["principal"], decimals))
    if row["carried"] == "exact":
        plan = [
            (each.due_on, each.principal, each.interest)
            for each in exact_schedule(terms, lent, start)
        ]
    else:
        plan = [
            (each.due_on, each.principal.units, each.interest.units)
            for each in schedule(terms, lent, start)
        ]
    left, found = lent.units, {}
    for number, (due_on, principal, interest) in enumerate(plan, 1):
        left -= principal
        found[str(number)] = {
            "due_on": due_on,
            "principal": principal,
            "interest": interest,
            "total": principal + interest,
            "balance": left,
        }
    found["all"] = {
        name: sum(each[name] for each in found.values()) for name in CELLS[:3]
    }
    return found


@pytest.mark.parametrize("row", SCHEDULES, ids=lambda row: row["id"])
def test_a_published_schedule_comes_out_to_its_last_printed_digit(row):
    found, decimals, compared = worked_out(row), int(row["decimals"]), 0

    for printed in ROWS:
        if printed["id"] != row["id"]:
            continue
        mine = found[printed["row"]]
        if printed["due_on"] and row["start"]:
            assert mine["due_on"] == day(printed["due_on"])
        for cell in CELLS:
            if printed[cell]:
                # Half a printed unit, which is nothing where figures are booked.
                apart = abs(mine[cell] - units(printed[cell], decimals))
                booked = row["carried"] == "rounded"
                assert apart == 0 if booked else apart <= Fraction(1, 2)
                compared += 1
    assert compared


@pytest.mark.parametrize("row", RATES, ids=lambda row: row["id"])
def test_a_published_rate_comes_out_to_its_last_printed_digit(row):
    paid = []
    for each in row["payments"].split():
        times, amount = each.split("x")
        paid += [Fraction(amount) * 100] * int(times)
    received = int(Fraction(row["received"]) * 100)
    monthly = internal_rate(
        received, [(float(month), int(each)) for month, each in enumerate(paid, 1)]
    )

    digits = int(row["decimals"])
    if row["twelve_times_monthly"]:
        assert f"{1200 * monthly:.{digits}f}" == row["twelve_times_monthly"]
    if row["compounded"]:
        assert f"{100 * ((1 + monthly) ** 12 - 1):.{digits}f}" == row["compounded"]
    assert row["twelve_times_monthly"] or row["compounded"]


def test_the_page_lists_them_all_with_publisher_and_address():
    page = tables("published-schedules.md")["Schedules that others printed"]

    assert [each["id"] for each in page] == [each["id"] for each in SCHEDULES]
    assert all(each["publisher"] and each["address"] for each in page)
    assert len({each["publisher"] for each in page}) > 20


def method_of(inputs):
    per = "month" if "monthly_rate_pct" in inputs else "year"
    percent = inputs.get("monthly_rate_pct", inputs.get("annual_rate_pct"))
    step = inputs.get("round_up_to", 1)
    return Terms(
        InterestMethod(inputs["method"]),
        Rate.percent(str(percent), per=per),
        inputs["months"],
        rounding=Rounding.DOWN,
        step=step,
    )


def test_the_worked_examples_of_loans_come_out_to_the_unit(real_folder):
    whole = json.loads((real_folder.parent / "worked_examples.json").read_text("utf-8"))
    found = [each for each in whole["examples"] if each["category"] == "loan_schedule"]
    assert len(found) == 5
    for example in found:
        terms, expected = method_of(example["inputs"]), example["expected"]
        lent = Money(example["inputs"]["principal"])
        if example["tolerance"] == "0.01":
            compare_exactly(exact_schedule(terms, lent, ANY_DAY), lent.units, expected)
        else:
            compare_rows(schedule(terms, lent, ANY_DAY), lent, expected)


def compare_exactly(plan, owed, expected):
    assert f"{float(plan[0].total):.2f}" == expected["installment"]
    for each in plan:
        printed = expected["rows"].get(str(each.number), {})
        cells = {
            "opening": owed,
            "principal": each.principal,
            "interest": each.interest,
        }
        for name, figure in printed.items():
            assert abs(cells[name] - Fraction(figure)) <= Fraction(1, 200)
        owed -= each.principal


def compare_rows(plan, owed, expected):
    if "balances" in expected:
        sums = itertools.accumulate(plan.principal)
        assert [owed.units - paid for paid in sums] == expected["balances"]
    named = {
        "installment": plan[0].total,
        "principal_part": plan[0].principal,
        "interest_part": plan[0].interest,
        "last_installment": plan[-1].total,
        "total_interest": plan.total_interest,
        "total_paid": plan.total,
    }
    for name, figure in expected.items():
        if name in named:
            assert named[name].units == figure
    for each in plan:
        cells = {
            "opening": owed.units,
            "principal": each.principal.units,
            "interest": each.interest.units,
            "total": each.total.units,
        }
        for name, figure in expected.get("rows", {}).get(str(each.number), {}).items():
            assert cells[name] == figure
        owed -= each.principal
