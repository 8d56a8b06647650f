"""Simulate a loan on any terms; needs no book."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import click

from coopbook.cli.desk import (
    AMOUNT,
    DAY,
    PERCENT,
    Desk,
    format_option,
    on_option,
    pass_desk,
)
from coopbook.cli.output import show
from coopbook.errors import Refused
from coopbook.i18n import N_

if TYPE_CHECKING:
    from coopbook.loans.fees import Fee
    from coopbook.loans.terms import Terms
    from coopbook.money import Money
    from coopbook.opendays import OpenDays

METHODS = ["flat", "declining", "annuity", "bullet", "bullet_end", "margin"]
DAY_COUNTS = [
    "even",
    "thirty_360",
    "thirty_360_dates",
    "actual_365",
    "actual_360",
    "actual_actual",
    "actual_actual_first",
    "actual_february",
]
ROUNDINGS = ["half_even", "half_up", "up", "down"]
WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WAYS = {"added": "taken", "held": "goes_to", "share": "goes_to"}


@dataclass(eq=False)
class FeeUnreadable(Refused):
    """A fee on the command line that says nothing."""

    sentence = N_(
        "%(fee)s is not a fee. Write its name and amount or percentage, like"
        " admin=25000, provisi=1%% or asuransi=60000:held."
    )

    fee: str


@dataclass(eq=False)
class PeriodsUnknown(Refused):
    """Neither periods nor due days were said."""

    sentence = N_(
        "How long does the loan run? Say --periods 12 (or --months 12), or each due"
        " day with --date."
    )


Option = Callable[[Callable[..., None]], Callable[..., None]]


def choice(name: str, words: Sequence[str], told: str) -> Option:
    """Return an option that takes one of some words; the first unless said."""
    return click.option(
        name, type=click.Choice(words), default=words[0], show_default=True, help=told
    )


def number(name: str, told: str) -> Option:
    """Return an option for a number of installments."""
    return click.option(name, type=click.IntRange(0, 3_700), default=0, help=told)


@click.command("simulate")
@click.argument("amount", type=AMOUNT)
@click.option("--rate", type=PERCENT, default="0", help="Percent, as quoted: 1.5")
@choice("--per", ["month", "year", "week", "day"], "What the rate is quoted for.")
@click.option("--periods", "--months", type=int, help="How many installments.")
@click.option("--every", type=click.IntRange(1, 366), default=1, show_default=True)
@choice("--unit", ["month", "week", "day"], "Of what a period is made.")
@choice("--method", METHODS, "On what interest is charged.")
@click.option("--margin", type=AMOUNT, help="The agreed charge, method margin.")
@choice("--day-count", DAY_COUNTS, "How long a period is.")
@click.option("--date", "dates", type=DAY, multiple=True, help="A chosen due day.")
@click.option("--weight", "weights", type=int, multiple=True, help="Its share.")
@click.option("--first-due", type=DAY, help="When the first installment is due.")
@click.option("--due-day", type=int, help="Day of the month; 31 is the last.")
@choice("--broken", ["days", "whole", "added"], "A first period of other length.")
@number("--grace", "Installments without principal.")
@number("--deferred", "Installments whose interest is asked later.")
@number("--waived", "Installments without interest.")
@number("--moratorium", "Installments in which nothing is paid.")
@choice("--rounding", ROUNDINGS, "Of interest, to a unit.")
@choice("--rounded-over", ["each", "total"], "Each row's interest, or all at once.")
@choice("--step", ["1", "100", "500", "1000"], "Of an installment.")
@choice("--step-rounding", ["up", "nearest"], "How it gets to the step.")
@choice("--remainder", ["last", "spread"], "Where the units go that are left.")
@click.option(
    *("--fee", "fees"), multiple=True, help="NAME=AMOUNT or NAME=1%[:added|held|share]"
)
@choice("--shift", ["none", "next", "previous", "extend"], "Off a closed day.")
@click.option("--rest", type=click.Choice(WEEK), multiple=True, help="Closed weekday.")
@click.option("--closed", type=DAY, multiple=True, help="A closed day.")
@click.option("--holidays", is_flag=True, help="Indonesia's public holidays as well.")
@click.option("--exact", is_flag=True, help="Nothing rounded; two decimals are shown.")
@on_option
@format_option
@pass_desk
def simulate(
    desk: Desk,
    /,
    amount: Money,
    exact: bool,
    on: date | None,
    shape: str,
    fees: tuple[str, ...],
    **said: Any,
) -> None:
    """Print a schedule and what it costs; needs no book."""
    from coopbook.loans.fees import on_paper
    from coopbook.loans.rates import cost
    from coopbook.loans.schedule import schedule

    start = on or datetime.now(UTC).date()
    terms, open_days = _terms(said), _open_days(said, start)
    paper = on_paper(amount, [read_fee(each) for each in fees])
    asked = {"amount": amount, "on": start} | {
        name: [str(each) for each in value] if isinstance(value, tuple) else value
        for name, value in said.items()
        if value not in (None, (), 0, False)
    }
    plan = schedule(terms, paper.owed, start, open_days)
    if paper.received.units <= 0:
        from coopbook.loans.rules import FeesEatLoan

        raise FeesEatLoan(amount - paper.received, amount)
    rates = cost(terms, paper.received, plan, start)
    totals: dict[str, Any] = {
        "principal": paper.owed,
        "interest": plan.total_interest,
        "installment": plan.total,
        "paid_out": paper.paid_out,
        "nominal_rate": percent(rates.nominal),
        "twelve_monthly": percent(rates.twelvefold),
        "compounded": percent(rates.compounded),
    }
    if exact:
        rows, sums = _exact_rows(terms, paper.owed, start, open_days)
        totals |= sums
    else:
        left, rows = paper.owed, []
        for each in plan:
            left -= each.principal
            rows.append(
                {
                    "number": each.number,
                    "due_on": each.due_on,
                    "principal": each.principal,
                    "interest": each.interest,
                    "installment": each.total,
                    "balance": left,
                }
            )
    show(
        *("schedule", rows),
        shape=shape,
        language=desk.language,
        asked=asked,
        totals=totals,
    )
    if shape == "table":
        desk.echo(
            N_(
                "Nominal %(nominal)s %% a year; twelve times the monthly internal rate"
                " %(twelve)s %%; compounded %(compounded)s %%."
            ),
            nominal=totals["nominal_rate"],
            twelve=totals["twelve_monthly"],
            compounded=totals["compounded"],
        )


def _exact_rows(
    terms: Terms, owed: Money, start: date, open_days: OpenDays
) -> tuple[list[dict[str, Any]], dict[str, str]]:
    from coopbook.loans.exact import exact_schedule

    plan, left, rows = exact_schedule(terms, owed, start, open_days), owed.units, []
    balance = Fraction(left)
    for each in plan:
        balance -= each.principal
        rows.append(
            {
                "number": each.number,
                "due_on": each.due_on,
                "principal": two_decimals(each.principal),
                "interest": two_decimals(each.interest),
                "installment": two_decimals(each.total),
                "balance": two_decimals(balance),
            }
        )
    sums = {
        "principal": two_decimals(sum(each.principal for each in plan)),
        "interest": two_decimals(sum(each.interest for each in plan)),
        "installment": two_decimals(sum(each.total for each in plan)),
    }
    return rows, sums


def two_decimals(exact: Fraction | int) -> str:
    """Write an exact number with two decimals, half to even."""
    return f"{Decimal(round(Fraction(exact) * 100)).scaleb(-2):.2f}"


def percent(share: Fraction | float) -> str:
    """Write a share as a percentage with two decimals."""
    return two_decimals(Fraction(share) * 100)


def read_fee(text: str) -> Fee:
    """Read a fee as it is written on the command line; raise ``FeeUnreadable``."""
    from coopbook.loans.fees import Fee, GoesTo, Taken
    from coopbook.money import ZERO, Money, Rate

    name, _, rest = text.partition("=")
    value, _, way = rest.partition(":")
    if not name or not value or (way and way not in WAYS):
        raise FeeUnreadable(text)
    try:
        share = Rate.percent(value[:-1] if value.endswith("%") else "0")
        fixed = ZERO if value.endswith("%") else Money(int(value))
    except ValueError:
        raise FeeUnreadable(text) from None
    if fixed < ZERO or share.share < 0:
        raise FeeUnreadable(text)
    return Fee(
        name,
        fixed,
        share,
        Taken.ADDED if way == "added" else Taken.DEDUCTED,
        GoesTo(way) if way in ("held", "share") else GoesTo.INCOME,
    )


def _terms(said: dict[str, Any]) -> Terms:
    from coopbook.loans.daycount import DayCount, Unit
    from coopbook.loans.terms import (
        Broken,
        Every,
        InterestMethod,
        Remainder,
        RoundedOver,
        StepRounding,
        Terms,
    )
    from coopbook.money import ZERO, Rate, Rounding
    from coopbook.opendays import Shift

    periods = len(said["dates"]) or said["periods"]
    if periods is None:
        raise PeriodsUnknown
    return Terms(
        InterestMethod(said["method"]),
        Rate.percent(said["rate"], per=said["per"]),
        periods,
        every=Every(said["every"], Unit(said["unit"])),
        day_count=DayCount(said["day_count"]),
        first_due=said["first_due"],
        due_day=said["due_day"],
        dates=said["dates"],
        weights=said["weights"],
        broken=Broken(said["broken"]),
        principal_grace=max(said["grace"], said["moratorium"]),
        interest_waived=said["waived"],
        interest_deferred=max(said["deferred"], said["moratorium"]),
        margin=said["margin"] or ZERO,
        rounding=Rounding(said["rounding"]),
        rounded_over=RoundedOver(said["rounded_over"]),
        step=int(said["step"]),
        step_rounding=StepRounding(said["step_rounding"]),
        remainder=Remainder(said["remainder"]),
        shift=Shift(said["shift"]),
    )


def _open_days(said: dict[str, Any], start: date) -> OpenDays:
    from coopbook.loans.terms import MOST_YEARS
    from coopbook.opendays import OpenDays, public_holidays

    closed = set(said["closed"])
    if said["holidays"]:
        length = (said["periods"] or len(said["dates"])) * said["every"]
        a_year = {"month": 12, "week": 52, "day": 365}[said["unit"]]
        ahead = min(length // a_year + 2, MOST_YEARS)
        if said["dates"]:
            ahead = said["dates"][-1].year - start.year + 1
        for year in range(start.year, start.year + ahead + 1):
            closed |= {day for day, _ in public_holidays(year)}
    weekend = frozenset(WEEK.index(each) for each in said["rest"])
    return OpenDays(weekend, frozenset(closed))
