"""A month's interest: on what terms, reckoned, posted once, and taken back."""

from datetime import date

import pytest

from coopbook import ledger, members, savings, settlement
from coopbook.ledger import chart
from coopbook.ledger.rules import BelowFloor, PeriodClosed
from coopbook.members import MemberStatus
from coopbook.money import ZERO, Money, Rate
from coopbook.savings.crediting import (
    EarlierUnposted,
    InterestPosted,
    NothingEarned,
)
from coopbook.savings.interest import Basis, DayCount, InterestTerms, Tier
from coopbook.savings.reckoning import NoTerms
from coopbook.savings.terms import NoInterest, TermsAreDated
from coopbook.verification import verify
from tests.conftest import VAULT, found

JANUARY, MARCH = date(2026, 1, 1), date(2026, 3, 1)
SIX = InterestTerms(Basis.DAILY, (Tier(ZERO, Rate.percent(6, "year")),))


@pytest.fixture
def village(engine):
    """Three savers: one who only saved, one who moved, one who came in March."""
    coop = found(engine, bare=True)
    with coop.open("budi") as book:
        for name, moves in (
            ("Siti", [(date(2026, 1, 2), 1_000_000)]),
            ("Budi", [(date(2026, 1, 2), 2_000_000), (date(2026, 3, 11), -1_500_000)]),
            ("Wati", [(date(2026, 3, 16), 50_000_000)]),
        ):
            first = moves[0][0]
            who = members.admit(book, name, on=first)
            for code in ("principal", "voluntary"):
                kind = savings.product(book, code)
                savings.open_account(book, who, kind, on=first)
            share = savings.account_for(book, who, "principal")
            own = savings.account_for(book, who, "voluntary")
            savings.deposit(book, share, Money(100_000), on=first)
            for on, amount in moves:
                move = savings.deposit if amount > 0 else savings.withdraw
                move(book, own, Money(abs(amount)), on=on)
    return coop


def voluntary(book):
    return savings.product(book, "voluntary")


def agreed(book, terms=SIX, on=JANUARY):
    return savings.set_terms(
        book, voluntary(book), terms, valid_from=on, source="RAT 2025, keputusan 4"
    )


def held(book):
    return [
        savings.balance(book, savings.account_for(book, one, "voluntary")).units
        for one in (members.member(book, n) for n in (1, 2, 3))
    ]


def test_a_month_is_reckoned_posted_and_shown_in_the_passbook(village):
    # By hand, 6 % a year on each day's balance, 365 days, halves to even:
    # Siti 1,000,000 x 31 days: 5,095.89; Budi 2,000,000 x 10 + 500,000 x 21 days:
    # 5,013.70; Wati 50,000,000 x 16 days: 131,506.85.
    with village.open("budi") as book:
        agreed(book, on=MARCH)
        run = savings.post_interest(book, voluntary(book), "2026-03")
        assert (run.accounts, run.gross, run.tax) == (3, Money(141_617), ZERO)
        entry = ledger.entry(book, run.entry_number)
        assert (entry.memo, entry.booked_on) == (
            "Bunga Simpanan Sukarela Maret 2026",
            date(2026, 3, 31),
        )
        assert [
            (line.account_number, line.debit.units, line.credit.units)
            for line in entry.lines
        ] == [
            (chart.SAVINGS_INTEREST, 141_617, 0),
            (chart.VOLUNTARY, 0, 5_096),
            (chart.VOLUNTARY, 0, 5_014),
            (chart.VOLUNTARY, 0, 131_507),
        ]
        assert held(book) == [1_005_096, 505_014, 50_131_507]
    checks = verify(engine=village.engine, vault=VAULT, cooperative_id=village.number)
    assert [check.finding for check in checks if check.finding] == []


def test_tax_is_kept_back_from_who_earns_much(village):
    twelve = InterestTerms(
        *(Basis.AVERAGE, (Tier(ZERO, Rate.percent(12, "year")),)), DayCount.TWELFTH
    )
    with village.open("budi") as book:
        agreed(book, twelve, on=MARCH)
        # Wati: 50,000,000 x 16/31 on average, one hundredth of it 258,064.52
        before = savings.reckon(book, voluntary(book), "2026-03")
        run = savings.post_interest(book, voluntary(book), "2026-03")
        found = savings.reckon(book, voluntary(book), "2026-03")
        assert found.earned == before.earned
        assert [(one.gross.units, one.tax.units) for one in found.earned] == [
            (10_000, 0), (9_839, 0), (258_065, 25_806),
        ]  # fmt: skip
        assert run.tax == Money(25_806)
        lines = ledger.entry(book, run.entry_number).lines
        assert (lines[-1].account_number, lines[-1].credit) == (
            chart.SAVINGS_TAX,
            Money(25_806),
        )
        assert held(book)[2] == 50_000_000 + 258_065 - 25_806


def test_a_month_is_posted_once_and_the_latest_is_taken_back_first(village):
    with village.open("budi") as book:
        agreed(book)
        january = savings.post_interest(book, voluntary(book), "2026-01")
        before = held(book)
        february = savings.post_interest(book, voluntary(book), "2026-02")
        for month in ("2026-02", "2026-01", "2025-12"):
            with pytest.raises(InterestPosted) as refused:
                savings.post_interest(book, voluntary(book), month)
            assert refused.value.month == "2026-02"
        entry = ledger.entry(book, february.entry_number)
        ledger.reverse(book, entry, on=entry.booked_on, reason="Suku bunga salah")
        assert held(book) == before
        again = savings.post_interest(book, voluntary(book), "2026-02")
        assert again.gross == february.gross
        assert again.entry_number > february.entry_number > january.entry_number


def test_february_earns_on_what_january_earned(village):
    with village.open("budi") as book:
        agreed(book)
        savings.post_interest(book, voluntary(book), "2026-01")
        found = savings.reckon(book, voluntary(book), "2026-02")
        # Siti has 1,000,000 from 2 January: 30 days, 4,931.51; of both 28 days earn
        # 4,625.44.
        assert held(book)[0] == 1_004_932
        assert found.earned[0].gross == Money(4_625)
        savings.post_interest(book, voluntary(book), "2026-02")
        # in March 1,009,557 stand for 31 days: 5,144.59
        found = savings.reckon(book, voluntary(book), "2026-03")
        assert found.earned[0].gross == Money(5_145)


def test_what_is_posted_again_after_a_later_reversal_never_stands_twice(village):
    # By hand: Siti's 1,000,000 of 2 January earn 30 days, 4,931.51; her 1,004,932 in
    # February 28 days, 4,625.44; her 1,009,557 in March 31 days, 5,144.59.
    after = date(2026, 3, 10)
    with village.open("budi") as book:
        agreed(book)
        kind = voluntary(book)
        run = savings.post_interest(book, kind, "2026-01")
        entry = ledger.entry(book, run.entry_number)
        ledger.reverse(book, entry, on=after, reason="Keliru")

        again = savings.post_interest(book, kind, "2026-01")

        booked = ledger.entry(book, again.entry_number)
        assert (booked.booked_on, again.gross) == (after, run.gross)
        siti = savings.account_for(book, members.member(book, 1), "voluntary")
        for day in (date(2026, 1, 31), date(2026, 2, 15), after, date(2026, 3, 11)):
            assert savings.balance(book, siti, day) == Money(1_004_932), day
        for month, earns in (("2026-02", 4_625), ("2026-03", 5_145)):
            found = savings.reckon(book, kind, month)
            assert found.earned[0].gross == Money(earns)
            posted = savings.post_interest(book, kind, month)
            assert savings.reckon(book, kind, month).earned == found.earned
            assert f"{ledger.entry(book, posted.entry_number).booked_on:%Y-%m}" == month


def test_where_the_day_of_the_reversal_is_closed_the_first_open_one_is_taken(village):
    with village.open("budi") as book:
        agreed(book)
        kind = voluntary(book)
        run = savings.post_interest(book, kind, "2026-01")
        entry = ledger.entry(book, run.entry_number)
        ledger.reverse(book, entry, on=date(2026, 2, 10), reason="Keliru")
        for month in ("2026-01", "2026-02"):
            ledger.close(book, month)

        again = savings.post_interest(book, kind, "2026-01")

        booked = ledger.entry(book, again.entry_number).booked_on
        assert booked == date(2026, 3, 1)


def test_a_reversal_on_the_last_day_of_another_month_moves_that_month(village):
    last = date(2026, 3, 31)
    with village.open("budi") as book:
        agreed(book)
        kind = voluntary(book)
        run = savings.post_interest(book, kind, "2026-01")
        entry = ledger.entry(book, run.entry_number)
        whole = savings.reckon(book, kind, "2026-03").earned[0].gross
        ledger.reverse(book, entry, on=last, reason="Keliru")

        without = savings.reckon(book, kind, "2026-03").earned[0].gross

        # 1,004,932 on 31 days earn 5,121.02; with 1,000,000 on the last 5,120.21
        assert (whole, without) == (Money(5_121), Money(5_120))
        assert savings.balance(
            book, savings.account_for(book, members.member(book, 1), "voluntary"), last
        ) == Money(1_000_000)
        savings.post_interest(book, kind, "2026-01")
        assert savings.reckon(book, kind, "2026-03").earned[0].gross == whole


@pytest.mark.parametrize("leaves_on", [date(2026, 3, 20), date(2026, 4, 10)])
def test_a_month_reckoned_again_says_the_same_though_somebody_left(village, leaves_on):
    with village.open("budi") as book:
        agreed(book)
        kind, siti = voluntary(book), members.member(book, 1)
        for month in ("2026-01", "2026-02"):
            savings.post_interest(book, kind, month)

        def leave():
            row = settlement.begin(
                book, siti, MemberStatus.RESIGNED, on=leaves_on, reason="pindah"
            )
            settlement.settle(book, row, on=leaves_on, set_off=False)

        if leaves_on.month == 3:
            leave()
        before = savings.reckon(book, kind, "2026-03").earned
        savings.post_interest(book, kind, "2026-03")
        if leaves_on.month == 4:
            leave()

        assert savings.reckon(book, kind, "2026-03").earned == before
        members_paid = [one.member for one in before]
        assert members_paid == ([2, 3] if leaves_on.month == 3 else [1, 2, 3])


def test_interest_that_was_taken_out_cannot_be_taken_back(village):
    with village.open("budi") as book:
        agreed(book, on=MARCH)
        run = savings.post_interest(book, voluntary(book), "2026-03")
        wati = savings.account_for(book, members.member(book, 3), "voluntary")
        free = savings.available(book, wati, date(2026, 4, 1))
        savings.withdraw(book, wati, free, on=date(2026, 4, 1))
        entry = ledger.entry(book, run.entry_number)
        with pytest.raises(BelowFloor):
            ledger.reverse(book, entry, on=date(2026, 4, 2), reason="Salah")


def test_terms_begin_with_a_month_and_hold_until_the_next(village):
    with village.open("budi") as book:
        agreed(book)
        for wrong in (JANUARY, date(2025, 6, 1), date(2026, 2, 15)):
            with pytest.raises(TermsAreDated):
                agreed(book, on=wrong)
        three = InterestTerms(Basis.DAILY, (Tier(ZERO, Rate.percent(3, "year")),))
        agreed(book, three, on=date(2026, 3, 1))
        kind = voluntary(book)
        assert savings.terms_of(book, kind, date(2026, 2, 28)) == SIX
        assert savings.terms_of(book, kind, date(2026, 3, 31)) == three
        for month in range(1, 5):
            savings.post_interest(book, kind, f"2026-{month:02d}")
        with pytest.raises(TermsAreDated) as refused:
            agreed(book, on=date(2026, 4, 1))
        assert refused.value.after == date(2026, 5, 1)


def test_a_rate_above_the_cap_is_warned_about_and_what_if_changes_nothing(village):
    tiers = (Tier(ZERO, Rate.percent(9, "year")),)
    at_cap, above = (
        InterestTerms(Basis.DAILY, tiers),
        InterestTerms(
            Basis.DAILY, (*tiers, Tier(Money(1), Rate.percent("9.01", "year")))
        ),
    )
    by_month = InterestTerms(Basis.DAILY, (Tier(ZERO, Rate.percent("0.76", "month")),))
    with village.open("budi") as book:
        assert savings.above_cap(book, at_cap, JANUARY) is None
        assert savings.above_cap(book, above, JANUARY) == 9
        assert savings.above_cap(book, by_month, JANUARY) == 9
        kind = voluntary(book)
        before = book.number
        found = savings.reckon(book, kind, "2026-03", terms=at_cap)
        assert found.earned[0].gross == Money(7_644)
        assert (book.number, savings.terms_of(book, kind, JANUARY)) == (before, None)


def test_a_month_without_interest_holds_up_no_later_one(village):
    with village.open("budi") as book:
        kind = voluntary(book)
        nothing = InterestTerms(SIX.basis, SIX.tiers, least=Money(10**9))
        agreed(book, nothing)
        with pytest.raises(NothingEarned):
            savings.post_interest(book, kind, "2026-01")
        agreed(book, on=MARCH)
        assert savings.first_unposted(book, kind, "2026-03") is None
        assert savings.first_unposted(book, kind, "2026-05") == "2026-03"
        savings.post_interest(book, kind, "2026-03")
        assert savings.first_unposted(book, kind, "2026-04") is None


def test_no_month_is_taken_back_under_a_later_one(village):
    with village.open("budi") as book:
        agreed(book)
        january = savings.post_interest(book, voluntary(book), "2026-01")
        savings.post_interest(book, voluntary(book), "2026-02")
        entry = ledger.entry(book, january.entry_number)
        with pytest.raises(InterestPosted) as refused:
            ledger.reverse(book, entry, on=date(2026, 2, 28), reason="salah")
        assert refused.value.month == "2026-02"


def test_what_cannot_be_posted_is_refused_with_what_would_work(village):
    with village.open("budi") as book:
        kind, share = voluntary(book), savings.product(book, "principal")
        with pytest.raises(NoTerms, match="savings terms"):
            savings.reckon(book, kind, "2026-03")
        agreed(book)
        with pytest.raises(NoInterest):
            savings.post_interest(book, share, "2026-03")
        with pytest.raises(NoInterest):
            savings.set_terms(book, share, SIX, valid_from=JANUARY, source="x")
        with pytest.raises(ValueError, match="month"):
            savings.reckon(book, kind, "2026-13")
        with pytest.raises(EarlierUnposted, match="2026-01"):
            savings.post_interest(book, kind, "2026-02")
        ledger.close_month(book, "2026-01")
        with pytest.raises(PeriodClosed):
            savings.post_interest(book, kind, "2026-01")
