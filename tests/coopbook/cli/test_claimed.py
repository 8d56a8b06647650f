"""What a report on recoveries says of claims that were written off."""

from __future__ import annotations

from datetime import timedelta

import pytest

from coopbook.book import Book
from coopbook.cli.claimed import recoveries
from coopbook.money import Money
from tests.coopbook.gone_bad import LATE, go_bad


def test_what_was_written_off_got_back_and_waived_stands_by_day(book: Book) -> None:
    gone, _ = go_bad(book)

    rows, totals = recoveries(book, LATE, LATE)

    assert [(row["what"], row["loan"]) for row in rows] == [
        ("written off", gone.number),
        ("recovered", gone.number),
        ("waived", gone.number),
    ]
    assert rows[0]["principal"] == Money(1_200_000)
    assert rows[0]["amount"] == totals["written_off"] > Money(1_200_000)
    assert (totals["recovered"], totals["waived"]) == (Money(200_000), Money(50_000))


@pytest.mark.parametrize("away", [-1, 1])
def test_other_days_are_left_out(book: Book, away: int) -> None:
    go_bad(book)
    on = LATE + timedelta(days=away)

    rows, totals = recoveries(book, on, on)

    assert rows == []
    assert totals["recovered"] == Money(0)
