"""Where each line of a printed book stands, and what the documentation says of it."""

from __future__ import annotations

import itertools
import re
from decimal import Decimal
from pathlib import Path

import pytest

from coopbook import ledger, savings
from coopbook.money import Money
from coopbook.savings import passbooks
from coopbook.savings.passbooks import SHAPES
from coopbook.savings.rules import PassbookPaper, WhyBook
from tests.conftest import TODAY
from tests.coopbook.printing.keeping import (
    A6,
    LARGE,
    account,
    first_book,
    in_bulk,
    printed,
)
from tests.oracles import naive_passbook

PAGE = Path(__file__).parents[3] / "docs" / "rules" / "passbook.md"


@pytest.mark.parametrize("paper", PassbookPaper)
def test_no_line_touches_the_fold_the_edge_or_another_line(paper):
    shape = SHAPES[paper]
    rows = [
        (shape.upper(row), shape.upper(row) + shape.line)
        for row in range(1, shape.rows + 1)
    ]

    begins, ends = shape.fold
    assert begins < shape.height / 2 < ends
    assert ends - begins >= 10
    assert all(lower <= begins or upper >= ends for upper, lower in rows)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(rows))
    assert rows[0][0] >= 10
    assert rows[-1][1] <= shape.height - 10


@pytest.mark.parametrize("paper", PassbookPaper)
def test_the_lines_of_a_book_fill_its_pages_as_a_pen_would(paper):
    shape = SHAPES[paper]

    spots = [tuple(shape.spot(place)) for place in range(1, shape.lines + 1)]

    assert spots == naive_passbook.walk(shape.above, shape.below, shape.pages)


def worked(book):
    """Post what the worked page of the documentation says happened."""
    own = account(book)
    savings.deposit(book, own, Money(50_000), on=TODAY)
    savings.withdraw(book, own, Money(30_000), on=TODAY)
    wrong = savings.deposit(book, own, Money(70_000), on=TODAY)
    ledger.reverse(book, wrong, on=TODAY, reason="Salah anggota")
    in_bulk(book, [450], source="savings.interest")
    in_bulk(book, [10_000] * 314)


def figures(cell):
    return int(cell.replace(",", "") or 0)


def test_what_the_page_of_the_rules_says_is_what_is_printed(book):
    text = PAGE.read_text(encoding="utf-8")
    rows = [
        tuple(cell.strip() for cell in line.strip("|").split("|"))
        for line in text.splitlines()
        if re.match(r"\| \d+ \|", line)
    ]
    first_book(book)
    worked(book)

    lines = passbooks.pending(book, account(book)).lines

    assert {1, 10, 11, 20, 21, 320} <= {int(row[0]) for row in rows}
    for place, page, row, upper, code, out, into, balance in rows:
        line = lines[int(place) - 1]
        assert (line.page, line.row, line.code) == (int(page), int(row), code)
        assert A6.upper(line.row) == Decimal(upper)
        moved = line.debit.units, line.credit.units, line.balance.units
        assert moved == (figures(out), figures(into), figures(balance)), place
    for shape in (A6, LARGE):
        size = f"{shape.width} × {shape.height}"
        assert f"| {size} | {shape.rows} | {shape.pages} | {shape.lines} |" in text
        begins, ends = (f"{at.normalize():f}" for at in shape.fold)
        assert f"the gap from {begins} to {ends} mm" in text


@pytest.mark.parametrize(
    ("last", "why", "carried"),
    [(320, WhyBook.FULL, 3_260_450), (12, WhyBook.LOST, 180_450)],
)
def test_what_the_page_of_the_rules_carries_is_carried(book, last, why, carried):
    assert f"{carried:,}" in PAGE.read_text(encoding="utf-8")
    first_book(book)
    worked(book)
    printed(book, last)

    second = passbooks.issue(
        book, account(book), paper=PassbookPaper.A6, on=TODAY, why=why
    )

    assert second.carried == Money(carried)
    lines = passbooks.pending(book, account(book)).lines
    assert [line.balance.units for line in lines[:2]] == [
        *(carried, carried + 10_000)[: len(lines)]
    ]
