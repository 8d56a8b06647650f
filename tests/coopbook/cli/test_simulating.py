"""``coopbook loan simulate`` offers every term, and needs no book."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner

from coopbook.cli.main import coopbook

FIVE = ("5000000", "--rate", "1.5", "--months", "12", "--on", "2026-01-31")


def simulated(*words: str) -> dict[str, Any]:
    answer = CliRunner().invoke(
        coopbook, ["loan", "simulate", *words, "--format", "json"]
    )
    assert answer.exit_code == 0, answer.output
    whole: dict[str, Any] = json.loads(answer.stdout)
    return whole


def test_the_schedule_its_totals_and_what_it_costs() -> None:
    said = simulated(*FIVE, "--step", "1000", "--fee", "provisi=1%")

    assert said["rows"][0] == {
        "number": 1,
        "due_on": "2026-02-28",
        "principal": 417_000,
        "interest": 75_000,
        "installment": 492_000,
        "balance": 4_583_000,
    }
    assert said["rows"][-1]["installment"] == 488_000
    totals = said["totals"]
    assert (totals["installment"], totals["paid_out"]) == (5_900_000, 4_950_000)
    assert totals["nominal_rate"] == "18.00"
    assert float(totals["twelve_monthly"]) > 31.7
    assert said["filter"]["rate"] == "1.5"


def test_exactly_it_prints_two_decimals_as_the_published_table_does() -> None:
    # Published: 200,000,000 annuity at 18.1 % a year over 120 months.
    said = simulated(
        *("200000000", "--rate", "18,1", "--per", "year", "--method", "annuity"),
        *("--months", "120", "--exact"),
    )

    assert said["rows"][0]["installment"] == "3616589.78"
    assert said["rows"][0]["principal"] == "599923.11"
    assert said["rows"][1]["balance"] == "198791104.94"
    assert said["totals"]["principal"] == "200000000.00"


def test_harvests_with_shares_holidays_and_a_fee_that_is_lent() -> None:
    said = simulated(
        *("1000000", "--rate", "2", "--method", "declining", "--on", "2026-11-26"),
        *("--date", "2027-05-01", "--date", "2027-08-17", "--weight", "1"),
        *("--weight", "3", "--holidays", "--rest", "sun", "--shift", "next"),
        *("--fee", "materai=20000:added"),
    )

    # 1 May 2027 is Labour Day and a Saturday; 17 August is Independence Day.
    assert [row["due_on"] for row in said["rows"]] == ["2027-05-03", "2027-08-18"]
    assert [row["principal"] for row in said["rows"]] == [255_000, 765_000]
    assert said["totals"]["paid_out"] == 1_000_000


def test_a_share_that_is_deducted_is_the_members_own_and_costs_nothing() -> None:
    plain, share = simulated(*FIVE), simulated(*FIVE, "--fee", "wajib=100000:share")

    assert share["totals"]["paid_out"] == 4_900_000
    assert share["totals"]["twelve_monthly"] == plain["totals"]["twelve_monthly"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("1000000", "--rate", "2"), "How long does the loan run?"),
        ((*FIVE, "--fee", "provisi"), "provisi is not a fee"),
        ((*FIVE, "--fee", "provisi=-5"), "provisi=-5 is not a fee"),
        ((*FIVE, "--fee", "provisi=100%"), "leave nothing"),
        ((*FIVE, "--grace", "12"), "use a grace of at most 11"),
        ((*FIVE, "--due-day", "40"), "from 1 to 31"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(
    words: tuple[str, ...], sentence: str
) -> None:
    answer = CliRunner().invoke(coopbook, ["loan", "simulate", *words])

    assert answer.exit_code != 0
    assert sentence in str(answer.exception)
