"""A printed book goes on from the right line, whatever is printed when."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import inspect

from coopbook import ledger, savings
from coopbook.money import Money
from coopbook.savings import passbooks
from coopbook.savings.model import Passbook, PassbookPrint
from coopbook.savings.passbooks import rules
from coopbook.savings.rules import PassbookPaper, WhyBook
from coopbook.verification import verify
from tests.conftest import FIRST_DAY, TODAY, VAULT
from tests.coopbook.printing.furnishing import print_a_book
from tests.coopbook.printing.keeping import (
    A6,
    LARGE,
    account,
    first_book,
    in_bulk,
    printed,
    saved,
    waiting,
)

# -- issuing -------------------------------------------------------------------


def test_an_account_has_one_first_book(book):
    assert first_book(book).number == 1

    with pytest.raises(rules.HasBook) as refusal:
        first_book(book)

    assert refusal.value.facts == {"number": 2, "book": 1}


def test_there_is_no_next_book_before_the_first(book):
    for why in (WhyBook.FULL, WhyBook.LOST, WhyBook.DAMAGED):
        with pytest.raises(rules.NoBookYet):
            passbooks.issue(
                book, account(book), paper=PassbookPaper.A6, on=TODAY, why=why
            )
    with pytest.raises(rules.NoBookYet):
        passbooks.pending(book, account(book))


def test_a_book_with_one_line_left_is_not_full(book):
    first_book(book)
    in_bulk(book, [1_000] * (A6.lines - 2))
    printed(book, A6.lines - 1)

    with pytest.raises(rules.BookNotFull) as refusal:
        passbooks.issue(
            book, account(book), paper=PassbookPaper.A6, on=TODAY, why=WhyBook.FULL
        )

    assert refusal.value.facts == {"book": 1, "left": 1}
    assert not passbooks.pending(book, account(book)).fills


def test_a_book_is_not_dated_before_what_it_follows(book):
    with pytest.raises(rules.BookTooEarly):
        passbooks.issue(
            *(book, account(book)),
            paper=PassbookPaper.A6,
            on=FIRST_DAY - timedelta(days=1),
            why=WhyBook.FIRST,
        )
    first_book(book)
    yesterday = TODAY - timedelta(days=1)
    with pytest.raises(rules.BookTooEarly) as refusal:
        passbooks.issue(
            *(book, account(book)),
            paper=PassbookPaper.A6,
            on=yesterday,
            why=WhyBook.LOST,
        )
    assert refusal.value.earliest == TODAY
    with pytest.raises(rules.BookTooEarly):
        passbooks.mark_printed(book, account(book), up_to=1, on=yesterday)


def test_the_book_after_a_lost_one_carries_what_was_printed_in_it(book):
    first = first_book(book)
    saved(book, 3)
    printed(book, 2)

    second = passbooks.issue(
        book, account(book), paper=PassbookPaper.LARGE, on=TODAY, why=WhyBook.LOST
    )

    assert first.ended_on == TODAY
    assert (second.number, second.carried) == (2, Money(101_000))
    now = passbooks.pending(book, account(book))
    last = passbooks.lines_on_paper(book, account(book), first)[-1]
    assert second.carried_entry == last.entry_number
    assert [(line.place, line.code, line.balance.units) for line in now.lines] == [
        (1, "SP", 101_000),
        (2, "ST", 102_000),
        (3, "ST", 103_000),
    ]
    assert now.shape is LARGE


def test_a_book_lost_before_anything_was_printed_carries_what_it_was_to_carry(book):
    first_book(book)
    saved(book, 1)
    printed(book, 2)
    for _ in range(2):
        last = passbooks.issue(
            book, account(book), paper=PassbookPaper.A6, on=TODAY, why=WhyBook.DAMAGED
        )

    assert (last.number, last.carried) == (3, Money(101_000))
    assert waiting(book) == [1]
    row = printed(book, 1)
    assert row.last_entry == last.carried_entry > 0
    assert waiting(book) == []
    saved(book, 1)
    assert waiting(book) == [2]


def test_a_full_book_says_that_the_next_one_is_to_be_issued(book):
    first_book(book)
    in_bulk(book, [1_000] * (A6.lines + 1))
    for _ in range(3):
        savings.deposit(book, account(book), Money(1_000), on=date(2026, 2, 3))
    now = passbooks.pending(book, account(book))
    assert {line.booked_on for line in now.lines} == {FIRST_DAY, TODAY}
    assert now.fills
    assert now.beyond
    assert len(now.lines) == A6.lines
    printed(book, A6.lines)

    with pytest.raises(rules.BookFull):
        printed(book, A6.lines + 1)

    assert passbooks.pending(book, account(book)).page is None
    second = passbooks.issue(
        book, account(book), paper=PassbookPaper.A6, on=TODAY, why=WhyBook.FULL
    )
    assert second.carried == Money(100_000 + (A6.lines - 1) * 1_000)
    assert waiting(book) == [1, 2, 3, 4, 5, 6]
    with pytest.raises(rules.AnotherBook):
        printed(book, 3, book_number=1)


# -- printing ------------------------------------------------------------------


def test_lines_are_printed_as_recorded_whatever_their_date(book):
    first_book(book)
    savings.deposit(book, account(book), Money(5_000), on=date(2026, 3, 10))
    wrong = savings.deposit(book, account(book), Money(7_000), on=date(2026, 2, 3))
    ledger.reverse(book, wrong, on=TODAY, reason="Salah anggota")

    lines = passbooks.pending(book, account(book)).lines

    assert [(line.booked_on, line.code, line.balance.units) for line in lines] == [
        (FIRST_DAY, "ST", 100_000),
        (date(2026, 3, 10), "ST", 105_000),
        (date(2026, 2, 3), "ST", 112_000),
        (TODAY, "BT", 105_000),
    ]
    assert lines[-1].debit == Money(7_000)
    assert lines[-1].voucher == ledger.reversal_of(book, wrong).voucher
    assert {line.initials for line in lines} == {"SET", "RIN"}


def test_a_book_prints_on_where_it_stopped(book):
    first_book(book)
    saved(book, 3)
    row = printed(book, 3)
    assert (row.first, row.last) == (1, 3)
    saved(book, 1)
    assert waiting(book) == [4, 5]

    row = printed(book, 5)

    assert (row.first, row.last, row.number, row.reason) == (4, 5, 2, None)
    with pytest.raises(rules.NothingWaits) as refusal:
        printed(book, 6)
    assert refusal.value.facts == {"book": 1, "printed": 5}


def test_what_the_ledger_does_not_have_is_not_on_paper(book):
    first_book(book)
    with pytest.raises(rules.NotThatFar) as refusal:
        printed(book, 2)
    assert refusal.value.facts == {"last": 1, "asked": 2}
    assert waiting(book) == [1]


def test_the_same_lines_need_a_reason(book):
    first_book(book)
    saved(book, 3)
    printed(book, 2)
    printed(book, 4)
    with pytest.raises(rules.OnPaper):
        printed(book, 4)
    with pytest.raises(rules.WhyAgain):
        printed(book, 4, reason="  ")

    again = printed(book, 4, reason="Kertas macet")

    assert (again.first, again.last, again.reason) == (3, 4, "Kertas macet")
    saved(book, 1)
    assert waiting(book) == [5]


def test_a_reprint_moves_nothing(book):
    first = first_book(book)
    saved(book, 4)
    printed(book, 5)
    passbooks.issue(
        book, account(book), paper=PassbookPaper.A6, on=TODAY, why=WhyBook.DAMAGED
    )
    saved(book, 2)
    printed(book, 2)
    before = waiting(book)

    row = passbooks.reprint(book, account(book), 1, 2, 3, "Tinta luntur", on=TODAY)

    assert (row.book_number, row.first, row.last, row.reason) == (
        *(1, 2, 3),
        "Tinta luntur",
    )
    assert waiting(book) == before == [3]
    last = passbooks.lines_on_paper(book, account(book), first)[-1]
    assert (row.last_entry, row.last_line) == (last.entry_number, last.line_number)
    assert passbooks.printed_in(book, first) == 5
    for span in ((0, 1), (3, 2), (5, 6)):
        with pytest.raises(rules.NotOnPaper):
            passbooks.reprint(book, account(book), 1, *span, "Tinta", on=TODAY)
    with pytest.raises(rules.NoSuchBook):
        passbooks.reprint(book, account(book), 9, 1, 1, "Tinta", on=TODAY)


def test_the_second_of_two_tellers_finds_nothing_to_print(coop):
    with coop.open() as book:
        first_book(book)
        saved(book, 1)
    with coop.read() as one, coop.read("tuti") as other:
        seen = [waiting(book) for book in (one, other)]
        with one.transaction():
            printed(one, 2, book_number=1)
        with pytest.raises(rules.OnPaper), other.transaction():
            printed(other, 2, book_number=1)
        later = waiting(other)

    assert seen == [[1, 2], [1, 2]]
    assert later == []


def test_what_is_printed_stays_in_the_chain(coop):
    with coop.open() as book:
        print_a_book(book, account(book))
        rows = [
            *book.session.query(Passbook).all(),
            *book.session.query(PassbookPrint).all(),
        ]
        full = {Passbook: False, PassbookPrint: False}
        for row in rows:
            columns = [getattr(row, c.key) for c in inspect(type(row)).columns]
            full[type(row)] |= None not in columns
    assert all(full.values())
    checks = verify(engine=coop.engine, vault=VAULT, cooperative_id=coop.number)
    assert all(check.in_order for check in checks)
