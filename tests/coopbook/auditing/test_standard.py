"""Each standard test finds what was planted, and nothing of a plain day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from coopbook import ledger, savings
from coopbook.auditing import Standard, journal_of
from coopbook.auditing.standard import missing_numbers
from coopbook.money import Money
from tests.coopbook.settlement.test_settlement import lent

MONDAY, LAST = date(2030, 3, 18), date(2030, 12, 31)
OFFICE = datetime(2030, 3, 18, 3, 0, tzinfo=UTC)
"""Ten in the morning in Jakarta; a book's clock never runs back."""


def found(book, test):
    return [row.number for row in journal_of(book, date(2020, 1, 1), LAST).of(test)]


def posted(book, units=123_456, on=MONDAY):
    account = savings.account(book, 2)
    return savings.deposit(book, account, Money(units), on=on).number


def test_a_plain_deposit_asks_nothing(book):
    book.clock = lambda: OFFICE
    number = posted(book)

    for test in Standard:
        assert number not in found(book, test), test


def test_the_same_twice_is_found_unless_one_was_taken_back(book):
    first, second = posted(book), posted(book)
    assert found(book, Standard.DUPLICATES)[-2:] == [first, second]

    back = ledger.reverse(
        book, ledger.entry(book, second), on=MONDAY, reason="dua kali"
    )

    assert first not in found(book, Standard.DUPLICATES)
    assert set(found(book, Standard.REVERSED)) == {second, back.number}


def test_nights_and_late_records_are_found_by_the_office_clock(book):
    day = OFFICE.replace(day=20)
    book.clock = lambda: day.replace(hour=10, minute=59)
    evening = posted(book, 2, MONDAY)
    book.clock = lambda: day.replace(hour=11)  # 18.00 there
    night = posted(book, 1, MONDAY)
    assert night in found(book, Standard.ODD_HOURS)
    assert evening not in found(book, Standard.ODD_HOURS)

    book.clock = lambda: OFFICE + timedelta(days=7)
    week = posted(book, 3, MONDAY)
    book.clock = lambda: OFFICE + timedelta(days=8)
    late = posted(book, 4, MONDAY)

    assert late in found(book, Standard.BACK_DATED)
    assert week not in found(book, Standard.BACK_DATED)


def test_round_millions_and_sums_just_under_the_limit_are_found(book):
    soon = date(2026, 3, 16)
    posted(book, 20_000_000, soon)
    whole = posted(book, 2_000_000, soon)
    under = savings.withdraw(
        book, savings.account(book, 2), Money(4_750_000), on=soon
    ).number
    below = savings.withdraw(
        book, savings.account(book, 2), Money(4_749_999), on=soon
    ).number

    assert whole in found(book, Standard.ROUND)
    assert under in found(book, Standard.UNDER_LIMIT)
    assert below not in found(book, Standard.UNDER_LIMIT)


def test_no_voucher_number_is_missing_from_a_whole_book(book):
    lent(book)

    whole = journal_of(book, date(2020, 1, 1), LAST)

    assert whole.missing == ()
    assert len(whole.rows) == len(ledger.entries(book, limit=99).rows) > 3
    assert whole.of(Standard.RELATED) == []


def test_a_voucher_number_between_two_that_are_there_is_missing(book):
    lent(book)
    some = journal_of(book, date(2020, 1, 1), LAST).rows
    one = replace(some[0], voucher="BKM-2026-000007")
    other = replace(some[0], voucher="BKM-2026-000010")

    assert missing_numbers([one, other]) == ("BKM-2026-000008", "BKM-2026-000009")
