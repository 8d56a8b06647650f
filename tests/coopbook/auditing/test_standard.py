"""Each standard test finds what was planted, and nothing of a plain day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from coopbook import ledger, savings
from coopbook.auditing import Standard, journal_of
from coopbook.auditing.standard import missing_numbers
from coopbook.ledger import chart, credit, debit
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
    numbers = [f"BKM-2026-{number:06d}" for number in (1, 2, 4, 6)]
    assert missing_numbers(numbers) == ("BKM-2026-000003", "BKM-2026-000005")


def test_a_voucher_of_another_day_is_not_missing_from_a_month(book):
    """Number 2 of the series bears a later day than number 3, and is there."""
    made = [
        posted(book, 4, on)
        for on in (date(2026, 1, 5), date(2026, 2, 28), date(2026, 1, 6))
    ]

    january = journal_of(book, date(2026, 1, 1), date(2026, 1, 31))

    assert {made[0], made[2]} <= {row.number for row in january.rows}
    assert made[1] not in {row.number for row in january.rows}
    assert january.missing == ()


def test_what_the_treasurer_pays_has_a_limit_of_its_own(book):
    much = Money(90_000_000)
    lines = [debit(chart.TELLER_CASH, much), credit(33002, much)]
    ledger.post(book, on=MONDAY, memo="Hibah", lines=lines)
    under, below = (
        ledger.vouchers.post_journal(
            *(
                book,
                [debit(52008, Money(much)), credit(chart.TELLER_CASH, Money(much))],
            ),
            on=MONDAY,
            memo="ATK",
        ).number
        for much in (1_950_000, 1_899_999)
    )

    assert under in found(book, Standard.UNDER_LIMIT)
    assert below not in found(book, Standard.UNDER_LIMIT)
