"""Money that stays: held for a loan, blocked by somebody, asleep for too long."""

from __future__ import annotations

from datetime import date

import pytest

from coopbook import ledger, members, savings
from coopbook.ledger.rules import BelowFloor
from coopbook.money import ZERO, Money
from coopbook.savings import HoldReason, blocking, holding
from coopbook.savings.remitting import ShareAtTheCounter, SplitTwice
from coopbook.savings.rules import HeldBack, NotEnoughSaved, SameAccount
from tests.conftest import FIRST_DAY, TODAY

LATER = date(2027, 6, 1)


def test_what_is_held_stays_and_is_free_again_when_released(book):
    account = savings.account(book, 2)  # holds 100,000, of which 10,000 stays
    about = {"why": HoldReason.GUARANTEE, "note": "pinjaman Ani", "on": TODAY}
    row = savings.hold(book, account, Money(60_000), **about)
    assert savings.available(book, account, TODAY) == Money(30_000)
    with pytest.raises(HeldBack) as refusal:
        savings.withdraw(book, account, Money(30_001), on=TODAY)
    assert refusal.value.facts == {
        "available": Money(30_000),
        "asked": Money(30_001),
        "held": Money(60_000),
        "minimum": Money(10_000),
    }
    with pytest.raises(holding.NotSoMuchToHold) as refusal:
        savings.hold(book, account, Money(40_001), **about)
    assert refusal.value.available == Money(40_000)

    savings.release(book, row, on=TODAY, note="lunas")

    with pytest.raises(NotEnoughSaved):
        savings.withdraw(book, account, Money(90_001), on=TODAY)
    assert savings.withdraw(book, account, Money(90_000), on=TODAY).number
    with pytest.raises(holding.ReleasedAlready):
        savings.release(book, row, on=TODAY, note="lagi")


def test_no_reversal_takes_what_is_held(book):
    account = savings.account(book, 2)
    entry = savings.deposit(book, account, Money(50_000), on=TODAY)
    savings.hold(
        *(book, account, Money(120_000)),
        why=HoldReason.COURT,
        note="putusan 3",
        on=TODAY,
    )

    with pytest.raises(BelowFloor):
        ledger.reverse(book, entry, on=TODAY, reason="salah")


def test_a_blocked_account_takes_in_and_pays_nothing(book):
    account = savings.account(book, 2)
    savings.block(book, account, on=TODAY, why="buku hilang")

    with pytest.raises(blocking.AccountBlocked) as refusal:
        savings.withdraw(book, account, Money(1), on=TODAY)
    assert refusal.value.why == "buku hilang"
    assert savings.available(book, account, TODAY) == ZERO
    savings.deposit(book, account, Money(1), on=TODAY)
    savings.unblock(book, account)
    assert savings.withdraw(book, account, Money(1), on=TODAY).number
    with pytest.raises(blocking.NotBlocked):
        savings.unblock(book, account)


def test_an_account_nobody_moves_for_a_year_sleeps(book):
    account = savings.account(book, 2)  # moved on the first day of 2026
    assert savings.asleep_since(book, account, date(2026, 12, 31)) is None
    assert savings.asleep_since(book, account, date(2027, 1, 1)) == FIRST_DAY
    with pytest.raises(blocking.AccountAsleep) as refusal:
        savings.withdraw(book, account, Money(1), on=LATER)
    assert refusal.value.since == FIRST_DAY

    savings.deposit(book, account, Money(5_000), on=LATER)
    with pytest.raises(blocking.AccountAsleep):  # money coming in wakes nobody
        savings.withdraw(book, account, Money(1), on=LATER)
    savings.wake(book, account, on=LATER)

    assert savings.withdraw(book, account, Money(1), on=LATER).number
    with pytest.raises(blocking.NotAsleep):
        savings.wake(book, account, on=LATER)


def test_an_account_that_is_used_stays_awake(book):
    account = savings.account(book, 2)
    savings.deposit(book, account, Money(1), on=date(2026, 12, 31))

    assert savings.asleep_since(book, account, date(2027, 12, 30)) is None
    assert savings.asleep_since(book, account, date(2027, 12, 31)) is not None


def test_goals_say_what_is_missing(book):
    siti = members.member(book, 1)
    kind = savings.offer(book, "pilgrimage", on=TODAY)
    account = savings.open_account(book, siti, kind)
    savings.deposit(book, account, Money(3_000_000), on=TODAY)
    savings.set_goal(
        *(book, account, "Umrah", Money(30_000_000)),
        on=TODAY,
        wanted_by=date(2027, 2, 1),
    )

    said = savings.progress(book, account, TODAY)

    assert (said.percent, said.missing.units) == (10, 27_000_000)
    assert (said.months_left, said.monthly) == (12, Money(2_250_000))
    assert savings.progress(book, savings.account(book, 2), TODAY) is None


def test_money_moves_between_accounts_not_onto_itself(book):
    account = savings.account(book, 2)

    with pytest.raises(SameAccount):
        savings.transfer(book, account, account, Money(1), on=TODAY)


def test_a_kind_is_offered_once(book):
    savings.offer(book, "festive", on=TODAY)

    with pytest.raises(savings.offering.OfferedAlready):
        savings.offer(book, "festive", on=TODAY)
    assert [one.code for one in savings.products(book)] == [
        *("principal", "mandatory", "festive", "voluntary")
    ]


SENT = {"payer": "Suami", "reference": "TT 81"}


def test_what_is_sent_or_collected_wakes_nobody(book):
    account, on = savings.account(book, 2), date(2027, 6, 1)
    since = savings.asleep_since(book, account, on)
    assert since is not None

    purpose = savings.Purpose(account, Money(50_000), "sekolah")
    savings.remit(book, account.member, [purpose], on=on, **SENT)
    assert savings.asleep_since(book, account, on) == since
    gave = [savings.Collected(account, Money(50_000))]
    savings.wake(book, account, on=on)
    on = date(2028, 7, 1)
    since = savings.asleep_since(book, account, on)
    savings.collect(book, gave, on=on, hamlet="Krajan", collector="Rina")
    assert savings.asleep_since(book, account, on) == since is not None


@pytest.mark.parametrize("blocked_first", [True, False])
def test_a_block_that_is_lifted_wakes_nobody(book, blocked_first):
    account, on = savings.account(book, 2), date(2027, 3, 1)
    since = savings.asleep_since(book, account, on)
    assert since is not None
    if blocked_first:
        savings.block(book, account, on=on, why="polisi")
    savings.deposit(book, account, Money(50_000), on=on)
    if not blocked_first:
        savings.block(book, account, on=on, why="polisi")
    savings.unblock(book, account)

    assert savings.asleep_since(book, account, on) == since
    with pytest.raises(blocking.AccountAsleep):
        savings.withdraw(book, account, Money(1_000), on=on)
    savings.wake(book, account, on=on)
    savings.block(book, account, on=on, why="polisi")
    savings.unblock(book, account)
    savings.withdraw(book, account, Money(1_000), on=on)


def test_a_remittance_pays_no_principal_share_and_no_account_twice(book):
    ani = members.member(book, 2)
    share = savings.open_account(book, ani, savings.product(book, "principal"))
    whole = savings.Purpose(share, Money(100_000), "pokok")
    with pytest.raises(ShareAtTheCounter):
        savings.remit(book, ani, [whole], on=TODAY, **SENT)
    assert savings.balance(book, share) == ZERO

    account = savings.account(book, 2)
    half = savings.Purpose(account, Money(1), "sekolah")
    with pytest.raises(SplitTwice) as refused:
        savings.remit(book, account.member, [half, half], on=TODAY, **SENT)
    assert "one row" in str(refused.value)
