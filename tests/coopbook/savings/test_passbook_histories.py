"""Any history, printed in any number of sittings, is on paper as it happened."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coopbook import ledger, members, savings
from coopbook.ledger import chart
from coopbook.ledger.rules import credit, debit
from coopbook.money import ZERO, Money
from coopbook.savings import passbooks
from coopbook.savings.passbooks import PassbookShape, rules
from coopbook.savings.rules import PassbookPaper, WhyBook
from tests.conftest import FIRST_DAY, TODAY, found
from tests.coopbook.printing.keeping import (
    A6,
    LARGE,
    account,
    first_book,
    in_bulk,
    printed,
)
from tests.oracles import naive_passbook

TINY = PassbookShape(
    width=Decimal(60),
    height=Decimal(60),
    side=Decimal(3),
    top=Decimal(5),
    line=Decimal(5),
    above=2,
    gap=Decimal(10),
    below=1,
    pages=2,
)
"""A book of six lines, so that histories run through several of them."""


SAVED = st.lists(
    st.tuples(st.integers(1, 9_000), st.integers(0, 4)), min_size=1, max_size=22
)
"""What is saved, and how many lines at most are printed at a time after it."""


@pytest.fixture
def tiny(monkeypatch):
    """Books of six lines."""
    shapes = dict.fromkeys(PassbookPaper, TINY)
    for module in (passbooks.queries, passbooks.service):
        monkeypatch.setattr(module, "SHAPES", shapes)


def somebody(book):
    """Return the savings of a member who just joined."""
    who = members.admit(book, "Wati", on=FIRST_DAY)
    for code in ("principal", "voluntary"):
        own = savings.open_account(book, who, savings.product(book, code))
        if code == "principal":
            savings.deposit(book, own, Money(100_000), on=FIRST_DAY)
    return own


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(history=SAVED)
def test_every_line_is_printed_once_in_its_place(coop, tiny, history):
    """Whatever is saved and printed in whatever order, the paper is the history."""
    paper, moves = [], [move for move, _ in history]
    kind = {"paper": PassbookPaper.A6, "on": TODAY}
    with coop.open() as book:
        own = somebody(book)
        passbooks.issue(book, own, why=WhyBook.FIRST, **kind)
        for number, (move, each) in enumerate(history, start=1):
            savings.deposit(book, own, Money(move), on=TODAY)
            each = each or (3 if number == len(history) else 0)
            now = passbooks.pending(book, own)
            while each and (now.lines or now.beyond):
                if now.lines:
                    some = now.next_page[:each]
                    last = some[-1].place
                    passbooks.mark_printed(book, own, up_to=last, on=TODAY)
                    paper += [(now.passbook.number, line) for line in some]
                else:
                    passbooks.issue(book, own, why=WhyBook.FULL, **kind)
                now = passbooks.pending(book, own)
        books = naive_passbook.books(moves, TINY.rows, TINY.pages)

    written = [
        (number, line.page, line.row, line.balance.units, line.code == "SP")
        for number, line in paper
    ]
    assert written == [
        (number, page, row, balance, move is None)
        for number, sheet in enumerate(books, start=1)
        for move, page, row, balance in sheet
    ]
    fold = TINY.fold
    for _, line in paper:
        upper = TINY.upper(line.row)
        assert upper + TINY.line <= fold[0] or upper >= fold[1]
    moved = [line.credit.units for _, line in paper if line.code != "SP"]
    assert moved == moves


def test_ten_thousand_lines_are_printed_page_by_page(sqlite_engine):
    """The middle books are marked as a whole, which leaves the same balances."""
    with found(sqlite_engine).open() as book:
        in_bulk(book, [1_000 + n % 7 for n in range(9_999)])
        own, pages, balance, seen = account(book), 0, 0, 0
        first_book(book, PassbookPaper.LARGE)
        now = passbooks.pending(book, own)
        while now.lines or now.beyond:
            if now.lines:
                whole = 2 < now.passbook.number < 34
                some = now.lines if whole else now.next_page
                for line in some:
                    balance += line.credit.units
                    assert line.balance.units == balance
                    seen += line.code != "SP"
                printed(book, some[-1].place)
                pages += len({line.page for line in some})
            else:
                with pytest.raises(rules.BookFull):
                    printed(book, LARGE.lines + 1)
                passbooks.issue(
                    *(book, own), paper=PassbookPaper.LARGE, on=TODAY, why=WhyBook.FULL
                )
            now = passbooks.pending(book, own)

        assert seen == 10_000
        assert Money(balance) == savings.balance(book, own)
        books = len(passbooks.passbooks(book, own))
        assert books == 1 + -(-(10_000 - LARGE.lines) // (LARGE.lines - 1)) == 35
        assert pages == -(-(10_000 + books - 1) // LARGE.rows)


def test_two_lines_of_one_entry_part_where_a_book_ends(book):
    """A book may become full between two lines of an entry; the second is not lost."""
    first_book(book)
    in_bulk(book, [1_000] * (A6.lines - 2))
    ledger.post(
        book,
        on=TODAY,
        memo="Dua baris",
        lines=[
            debit(chart.TELLER_CASH, Money(700)),
            credit(chart.VOLUNTARY, Money(300), card=2),
            credit(chart.VOLUNTARY, Money(400), card=2),
        ],
    )
    printed(book, A6.lines)

    second = passbooks.issue(
        book, account(book), paper=PassbookPaper.A6, on=TODAY, why=WhyBook.FULL
    )

    lines = passbooks.pending(book, account(book)).lines
    assert second.carried == Money(100_000 + (A6.lines - 2) * 1_000 + 300)
    assert [(line.credit, line.balance) for line in lines] == [
        (ZERO, second.carried),
        (Money(400), second.carried + Money(400)),
    ]
    assert lines[1].entry_number == second.carried_entry
