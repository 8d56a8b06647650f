"""One door: every entry balances, is sealed, and is only ever reversed."""

from datetime import date

import pytest
from sqlalchemy import text

from coopbook.book import AlreadyOtherwise
from coopbook.ledger import (
    Entry,
    VoucherKind,
    account_balance,
    account_statement,
    card_balance,
    close_month,
    credit,
    debit,
    entries,
    entry_by_voucher,
    post,
    reverse,
    trial_balance,
)
from coopbook.ledger import rules as ledger_rules
from coopbook.ledger.chart import TELLER_CASH, VAULT_CASH, VOLUNTARY
from coopbook.money import LARGEST, ZERO, Money
from tests.conftest import FIRST_DAY, TODAY

SALARIES = 52002


def to_vault(book, amount, on=TODAY):
    lines = [debit(VAULT_CASH, amount), credit(TELLER_CASH, amount)]
    return post(book, on=on, memo="Ke brankas", lines=lines)


def test_an_entry_is_posted_with_its_lines_and_voucher(book):
    entry = to_vault(book, Money(60_000))

    assert entry.voucher == "BM-2026-000001"
    assert [(line.account_number, line.debit, line.credit) for line in entry.lines] == [
        (VAULT_CASH, Money(60_000), ZERO),
        (TELLER_CASH, ZERO, Money(60_000)),
    ]
    assert account_balance(book, VAULT_CASH) == Money(60_000)
    assert account_balance(book, TELLER_CASH) == Money(140_000)


def test_voucher_numbers_have_no_gaps_per_kind_and_year(book):
    kinds = [VoucherKind.BKM, VoucherKind.BBK, VoucherKind.BKM]
    lines = [debit(VAULT_CASH, Money(1)), credit(TELLER_CASH, Money(1))]

    numbers = [
        post(book, on=TODAY, memo="", lines=lines, kind=kind).voucher for kind in kinds
    ]
    next_year = post(
        book, on=date(2027, 1, 1), memo="", lines=lines, kind=VoucherKind.BKM
    )

    assert numbers == ["BKM-2026-000003", "BBK-2026-000001", "BKM-2026-000004"]
    assert next_year.voucher == "BKM-2027-000001"


def test_an_unbalanced_entry_is_refused_with_both_sums(book):
    with pytest.raises(ledger_rules.Unbalanced) as refusal:
        post(
            book,
            on=TODAY,
            memo="",
            lines=[debit(VAULT_CASH, Money(100)), credit(TELLER_CASH, Money(99))],
        )

    assert refusal.value.facts == {"debit": Money(100), "credit": Money(99)}


@pytest.mark.parametrize("units", [0, -1, LARGEST + 1])
def test_an_amount_of_nothing_or_beyond_the_bound_is_refused(book, units):
    with pytest.raises(ledger_rules.NotAnAmount):
        to_vault(book, Money(units))


def test_cash_is_never_paid_out_beyond_what_is_there(book):
    with pytest.raises(ledger_rules.BelowFloor) as refusal:
        to_vault(book, Money(200_001))

    assert refusal.value.available == Money(200_000)
    assert to_vault(book, Money(200_000)).number


def test_a_backdated_entry_keeps_the_floor_on_every_later_day(book):
    to_vault(book, Money(150_000), on=date(2026, 2, 10))

    with pytest.raises(ledger_rules.BelowFloor) as refusal:
        to_vault(book, Money(50_001), on=date(2026, 1, 20))

    assert refusal.value.on == date(2026, 2, 10)
    assert refusal.value.available == Money(50_000)


def test_a_backdated_entry_carries_into_every_later_opening(book):
    to_vault(book, Money(10_000), on=date(2026, 3, 3))
    to_vault(book, Money(20_000), on=date(2026, 2, 2))
    to_vault(book, Money(5_000), on=date(2026, 3, 1))

    found = [
        card_balance(book, VAULT_CASH, 0, as_of=day)
        for day in (date(2026, 2, 1), date(2026, 2, 2), date(2026, 3, 2), TODAY)
    ]

    assert found == [ZERO, Money(20_000), Money(25_000), Money(35_000)]
    assert account_balance(book, VAULT_CASH, date(2026, 3, 1)) == Money(25_000)


def test_a_date_before_the_book_begins_is_refused(book):
    with pytest.raises(ledger_rules.BeforeFirstDay) as refusal:
        to_vault(book, Money(1), on=date(2025, 12, 31))

    assert refusal.value.first_day == FIRST_DAY


def test_a_closed_month_takes_no_entries(book):
    close_month(book, "2026-01")

    with pytest.raises(ledger_rules.PeriodClosed):
        to_vault(book, Money(1), on=date(2026, 1, 31))
    assert to_vault(book, Money(1), on=date(2026, 2, 1)).number


def test_a_control_account_is_posted_to_by_card_only(book):
    with pytest.raises(ledger_rules.NoSuchCard):
        post(
            book,
            on=TODAY,
            memo="",
            lines=[debit(VAULT_CASH, Money(1)), credit(VOLUNTARY, Money(1))],
        )


@pytest.mark.parametrize("number", [77777, 11000])
def test_an_unknown_or_heading_account_is_refused(book, number):
    with pytest.raises(ledger_rules.NoSuchAccount):
        post(
            book,
            on=TODAY,
            memo="",
            lines=[debit(number, Money(1)), credit(TELLER_CASH, Money(1))],
        )


def test_a_reversal_exchanges_the_columns_and_links_both(book):
    entry = to_vault(book, Money(60_000))

    reversal = reverse(book, entry, on=TODAY, reason="salah jumlah")

    assert reversal.reverses == entry.number
    assert [(line.debit, line.credit) for line in reversal.lines] == [
        (line.credit, line.debit) for line in entry.lines
    ]
    assert account_balance(book, VAULT_CASH) == ZERO


def test_an_entry_is_reversed_once_and_a_reversal_never(book):
    entry = to_vault(book, Money(60_000))
    reversal = reverse(book, entry, on=TODAY, reason="salah jumlah")

    with pytest.raises(ledger_rules.AlreadyReversed):
        reverse(book, entry, on=TODAY, reason="lagi")
    with pytest.raises(ledger_rules.NotReversible):
        reverse(book, reversal, on=TODAY, reason="lagi")


def test_a_reversal_needs_a_reason_and_a_date_not_before_the_entry(book):
    entry = to_vault(book, Money(60_000))

    with pytest.raises(ledger_rules.ReasonNeeded):
        reverse(book, entry, on=TODAY, reason="  ")
    with pytest.raises(ledger_rules.ReversedBeforeItself):
        reverse(book, entry, on=FIRST_DAY, reason="salah")


def test_what_was_paid_on_cannot_be_reversed_below_the_floor(book):
    entry = to_vault(book, Money(60_000))
    post(
        book,
        on=TODAY,
        memo="Gaji",
        lines=[debit(SALARIES, Money(60_000)), credit(VAULT_CASH, Money(60_000))],
    )

    with pytest.raises(ledger_rules.BelowFloor):
        reverse(book, entry, on=TODAY, reason="salah")


def test_the_same_key_posts_once_and_gives_the_first_receipt_again(coop):
    def vault(book, amount):
        return to_vault(book, amount)

    with coop.read() as book:
        first = book.once("k-1", vault, Money(500)).number
        again = book.once("k-1", vault, Money(500)).number
        held = account_balance(book, VAULT_CASH)
        with pytest.raises(AlreadyOtherwise):
            book.once("k-1", vault, Money(501))

    assert first == again
    assert held == Money(500)


def test_a_refused_service_leaves_its_key_unused(coop):
    with coop.read() as book:
        with pytest.raises(ledger_rules.BelowFloor):
            book.once("k-2", to_vault, Money(900_000))
        assert book.once("k-2", to_vault, Money(9_000)).number


def test_everything_in_a_transaction_happens_or_nothing(coop):
    with pytest.raises(ledger_rules.Unbalanced), coop.open() as book:
        to_vault(book, Money(500))
        post(book, on=TODAY, memo="", lines=[debit(VAULT_CASH, Money(1))] * 2)

    with coop.read() as book:
        assert account_balance(book, VAULT_CASH) == ZERO
        assert book.session.scalar(text("SELECT 1")) == 1


def test_reading_cannot_write(coop):
    with coop.read() as book, pytest.raises(Exception, match=r"readonly|read-only"):
        book.session.execute(
            text("UPDATE counter SET last = 0 WHERE cooperative_id = :c"),
            {"c": coop.number},
        )


def test_the_trial_balance_of_any_date_has_equal_columns(book):
    to_vault(book, Money(60_000), on=date(2026, 2, 2))

    for day in (FIRST_DAY, date(2026, 2, 1), date(2026, 2, 2), TODAY):
        rows = trial_balance(book, day)
        left = sum((row.debit for row in rows), ZERO)
        assert left == sum((row.credit for row in rows), ZERO) == Money(200_000)
    assert [row.code for row in rows] == ["11101", "11102", "21101", "31001"]


def test_a_statement_pages_back_and_forth_with_running_balances(book):
    for amount in range(1, 8):
        to_vault(book, Money(amount), on=date(2026, 2, amount))

    newest = account_statement(book, VAULT_CASH, limit=3)
    older = account_statement(book, VAULT_CASH, before=newest.older, limit=3)
    oldest = account_statement(book, VAULT_CASH, before=older.older, limit=3)
    back = account_statement(book, VAULT_CASH, after=older.newer, limit=3)

    assert [row.balance.units for row in newest.rows] == [28, 21, 15]
    assert [row.balance.units for row in older.rows] == [10, 6, 3]
    assert [row.balance.units for row in oldest.rows] == [1]
    assert newest.newer is None and oldest.older is None
    assert back.rows == newest.rows


def test_a_statement_shows_what_was_reversed(book):
    entry = to_vault(book, Money(60_000))
    reversal = reverse(book, entry, on=TODAY, reason="salah jumlah")

    rows = account_statement(book, VAULT_CASH, 0).rows

    assert rows[1].reversed_by == reversal.voucher
    assert rows[0].balance == ZERO


@pytest.mark.parametrize("cursor", ["x", "1.2", "9" * 40, "0.0.0", "-1.2.3", "٣.1.1"])
def test_a_cursor_that_was_tampered_with_is_harmless(book, cursor):
    to_vault(book, Money(1))

    account_statement(book, VAULT_CASH, before=cursor)
    entries(book, before=cursor)


def test_the_journal_pages_by_record_newest_first(book):
    posted = [to_vault(book, Money(n)).number for n in range(1, 6)]

    first = entries(book, limit=2)
    second = entries(book, before=first.older, limit=2)

    assert [row.number for row in first.rows] == [posted[4], posted[3]]
    assert [row.number for row in second.rows] == [posted[2], posted[1]]
    assert entries(book, after=second.newer, limit=2).rows == first.rows


def test_a_voucher_is_found_by_the_number_on_its_paper(book):
    entry = to_vault(book, Money(1))

    assert entry_by_voucher(book, " bm-2026-000001 ").number == entry.number
    with pytest.raises(ledger_rules.NoSuchEntry):
        entry_by_voucher(book, "BM-2026-000099")


def test_entries_are_never_added_through_the_session(book):
    book.session.add(
        Entry(
            cooperative_id=book.cooperative_id,
            number=book.number + 1,
            booked_on=TODAY,
            recorded_at=book.moment(),
            actor="x",
            memo="",
            voucher="BM-2026-999999",
            kind=VoucherKind.BM,
            source="",
            previous=book.hash,
            hash="0" * 64,
        )
    )

    with pytest.raises(Exception, match="unbalanced"):
        book.session.flush()
    book.session.rollback()
