"""What may be paid in, what may be taken out."""

from datetime import date

import pytest

from coopbook import ledger, members, savings
from coopbook.ledger.chart import BANK
from coopbook.members import MemberStatus
from coopbook.money import ZERO, Money
from coopbook.people import approvals
from coopbook.savings import rules
from tests.conftest import FIRST_DAY, TODAY, as_

MINIMUM = Money(10_000)


def test_a_candidate_becomes_a_member_with_the_whole_principal_share(book):
    ani = members.member(book, 2)
    share = savings.open_account(book, ani, savings.product(book, "principal"))

    savings.deposit(book, share, Money(40_000), on=TODAY)
    assert ani.status is MemberStatus.PROSPECTIVE
    savings.deposit(book, share, Money(60_000), on=TODAY)

    assert ani.status is MemberStatus.ACTIVE
    assert ani.active_on == TODAY


def test_the_principal_share_is_paid_once(book):
    share = savings.account(book, 1)

    with pytest.raises(rules.PrincipalSharePaid) as refusal:
        savings.deposit(book, share, Money(1), on=TODAY)

    assert refusal.value.left == ZERO


def test_reversing_the_principal_share_makes_a_candidate_again(book):
    ani = members.member(book, 2)
    share = savings.open_account(book, ani, savings.product(book, "principal"))
    entry = savings.deposit(book, share, Money(100_000), on=TODAY)

    ledger.reverse(book, entry, on=TODAY, reason="belum jadi anggota")

    assert ani.status is MemberStatus.PROSPECTIVE


def test_a_candidate_saves_nothing_but_the_principal_share(book):
    ani = members.member(book, 2)
    account = savings.open_account(book, ani, savings.product(book, "voluntary"))

    with pytest.raises(rules.MembersOnly):
        savings.deposit(book, account, Money(5_000), on=TODAY)


def test_withdrawal_leaves_the_minimum_balance_alone(book):
    account = savings.account(book, 2)

    with pytest.raises(rules.NotEnoughSaved) as refusal:
        savings.withdraw(book, account, Money(90_001), on=TODAY)

    assert refusal.value.facts == {
        "available": Money(90_000),
        "asked": Money(90_001),
        "minimum": MINIMUM,
    }
    assert savings.withdraw(book, account, Money(90_000), on=TODAY).voucher
    assert savings.balance(book, account) == MINIMUM


def test_a_backdated_withdrawal_keeps_later_days_covered(book):
    account = savings.account(book, 2)
    savings.withdraw(book, account, Money(80_000), on=date(2026, 2, 20))
    savings.deposit(book, account, Money(500_000), on=date(2026, 3, 1))

    with pytest.raises(rules.NotEnoughSaved) as refusal:
        savings.withdraw(book, account, Money(10_001), on=date(2026, 2, 1))

    assert refusal.value.available == Money(10_000)


def test_shares_stay_until_the_member_leaves(book):
    with pytest.raises(rules.NotWithdrawable):
        savings.withdraw(book, savings.account(book, 1), Money(1), on=TODAY)


def test_a_deposit_through_the_bank_never_touches_the_cash(book):
    entry = savings.deposit(
        *(book, savings.account(book, 2), Money(70_000)),
        on=TODAY,
        channel=savings.Channel.BANK,
    )

    assert entry.voucher == "BBM-2026-000001"
    assert ledger.account_balance(book, BANK) == Money(70_000)


def test_a_member_has_one_account_of_each_kind(book):
    with pytest.raises(rules.AlreadyOpen):
        savings.open_account(
            book, members.member(book, 1), savings.product(book, "voluntary")
        )


def test_the_passbook_reads_the_card_newest_first(book):
    account = savings.account(book, 2)
    savings.deposit(book, account, Money(1_000), on=TODAY)
    savings.withdraw(book, account, Money(2_000), on=TODAY)

    rows = savings.passbook(book, account).rows

    assert [row.balance.units for row in rows] == [99_000, 101_000, 100_000]
    assert rows[-1].booked_on == FIRST_DAY


def test_everything_a_member_saved_is_listed_shares_first(book):
    standings = savings.accounts_of(book, members.member(book, 1))

    assert [
        (each.product.code, each.balance, each.available) for each in standings
    ] == [
        ("principal", Money(100_000), ZERO),
        ("voluntary", Money(100_000), Money(90_000)),
    ]


def test_a_large_payout_needs_a_second_person(book):
    account = savings.account(book, 2)
    savings.deposit(book, account, Money(9_000_000), on=TODAY)

    small = savings.withdraw_or_ask(book, account, Money(5_000_000), on=TODAY)
    savings.deposit(book, account, Money(5_000_000), on=TODAY)
    asked = savings.withdraw_or_ask(book, account, Money(5_000_001), on=TODAY)

    assert small.voucher
    assert savings.balance(book, account) == Money(9_100_000)
    with as_(book, "budi"):
        entry = approvals.approve(book, asked.number, digest=asked.digest)
    assert entry.approval == asked.number
    assert savings.balance(book, account) == Money(4_099_999)


def test_a_large_reversal_needs_a_second_person(book):
    account = savings.account(book, 2)
    entry = savings.deposit(book, account, Money(9_000_000), on=TODAY)

    asked = ledger.reverse_or_ask(book, entry, on=TODAY, reason="salah ketik")

    assert savings.balance(book, account) == Money(9_100_000)
    with as_(book, "wati"):
        approvals.approve(book, asked.number, digest=asked.digest)
    assert savings.balance(book, account) == Money(100_000)
