"""coopbook audit tests, and audit sample."""

from __future__ import annotations

import json

import pytest

from tests.coopbook.cli.conftest import Run

YEAR = ("--from", "2020-01-01", "--until", "2030-12-31")


@pytest.fixture(autouse=True)
def three_vouchers(run: Run) -> None:
    run("member", "admit", "Siti Aminah", "--on", "2022-01-03")
    run("savings", "open", "1", "principal", "--on", "2022-01-03")
    run("savings", "deposit", "1", "100000", "--on", "2022-01-03")
    run("savings", "open", "1", "voluntary", "--on", "2022-01-03")
    for amount in ("1000000", "2000000"):
        assert run("savings", "deposit", "2", amount, "--on", "2022-01-03").status == 0


def test_a_sample_is_drawn_again_by_its_seed(run: Run) -> None:
    asked = ("audit", "sample", *YEAR, "--size", "2", "--seed", "2026 Agus")

    once = run(*asked, "--format", "json")
    again = run(*asked, "--format", "json")

    found = json.loads(once.out)
    assert once.out == again.out
    assert len(found["rows"]) == 2
    assert found["totals"]["seed"] == "2026 Agus"


def test_more_than_there_are_is_refused_with_what_works(run: Run) -> None:
    answer = run("audit", "sample", *YEAR, "--size", "9999", "--seed", "x")

    assert answer.status == 1
    assert "Draw at least one, and no more than these." in answer.err


def test_each_test_is_counted_and_opened(run: Run) -> None:
    every = json.loads(run("audit", "tests", *YEAR, "--format", "json").out)
    counted = {row["test"]: row["count"] for row in every["rows"]}
    night = json.loads(
        run("audit", "tests", *YEAR, "--test", "round", "--format", "json").out
    )

    assert len(counted) == 8
    assert len(night["rows"]) == counted["round"] > 0
    assert every["totals"]["missing"] == []
    assert run("audit", "tests", "--test", "luck").status == 2
