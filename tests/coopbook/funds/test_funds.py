"""A fund is used for somebody, never beyond what it holds, and its report ties."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from coopbook import funds, ledger, members, settlement
from coopbook.funds import FundUseKind
from coopbook.funds.rules import EDUCATION, SOCIAL
from coopbook.ledger import chart, credit, debit
from coopbook.ledger.rules import NotAnAmount
from coopbook.members.rules import NoSuchMember
from coopbook.money import ZERO, Money
from tests.coopbook.rounds.neighbours import whole
from tests.coopbook.yearend.years import YEAR_END, decided, lived

ON = date(2026, 9, 1)
FIRST, LAST = date(2026, 1, 1), YEAR_END


@pytest.fixture
def village(coop):
    with whole(coop) as book:
        yield book


def filled(book, amount=500_000, fund=SOCIAL, on=date(2026, 8, 1)):
    """Put money into a fund, as the handing out of a surplus does."""
    return ledger.post(
        book,
        on=on,
        memo="bagian SHU",
        lines=[debit(chart.TELLER_CASH, Money(amount)), credit(fund, Money(amount))],
    )


def used(book, amount, kind=FundUseKind.RELIEF_ILLNESS, on=ON, member=None, **more):
    number = members.register(book)[0].number if member is None else member
    return funds.use_fund(
        book, kind, Money(amount), whom="istri anggota", on=on, member=number, **more
    )


def report(book, fund=SOCIAL):
    return next(
        one for one in funds.fund_reports(book, FIRST, LAST) if one.account == fund
    )


def test_a_use_says_for_whom_and_comes_out_of_its_fund(village):
    lived(village)
    filled(village)
    decision = decided(village, on=date(2027, 3, 20))
    row = used(village, 120_000, decision=decision.number)
    entry = ledger.entry(village, row.entry_number)
    assert {(line.account_number, line.debit) for line in entry.lines} == {
        (SOCIAL, Money(120_000)),
        (chart.TELLER_CASH, ZERO),
    }
    assert "santunan sakit, istri anggota" in entry.memo
    found = report(village)
    assert (found.added, found.used, found.named) == (
        *(Money(500_000), Money(120_000), Money(120_000)),
    )
    assert found.closing == Money(380_000)
    assert funds.uses(village)[0].use.decision_number == decision.number


def test_what_left_without_a_name_is_told_apart(village):
    lived(village)
    filled(village)
    ledger.post(
        village,
        on=ON,
        memo="sumbangan",
        lines=[debit(SOCIAL, Money(70_000)), credit(chart.TELLER_CASH, Money(70_000))],
    )
    used(village, 30_000)
    found = report(village)
    assert (found.used, found.named, found.unnamed) == (
        *(Money(100_000), Money(30_000), Money(70_000)),
    )


def test_a_fund_is_not_overdrawn_on_the_day_or_on_a_later_one(village):
    lived(village)
    filled(village, 100_000)
    used(village, 80_000, on=date(2026, 10, 1))
    with pytest.raises(funds.FundTooSmall, match="holds 20,000"):
        used(village, 30_000, on=ON)
    used(village, 20_000, on=ON)
    with pytest.raises(funds.FundTooSmall):
        used(village, 1, on=date(2026, 7, 31))
    with pytest.raises(NotAnAmount):
        used(village, 0)


def test_relief_on_death_follows_a_death_and_is_paid_once(village):
    street = lived(village)
    filled(village)
    who = street[0]
    kind = FundUseKind.RELIEF_DEATH
    with pytest.raises(funds.NotDeceased, match="not written down"):
        used(village, 50_000, kind, member=who.number)
    settlement.begin(
        *(village, who, members.MemberStatus.DECEASED),
        on=date(2026, 8, 20),
        reason="meninggal",
    )
    row = used(village, 50_000, kind, member=who.number)
    with pytest.raises(funds.ReliefTwice, match="was paid already"):
        used(village, 50_000, kind, member=who.number)
    entry = ledger.entry(village, row.entry_number)
    ledger.reverse(village, entry, on=ON, reason="salah orang")
    assert funds.uses(village) == []
    used(village, 60_000, kind, member=who.number)
    assert report(village).used == Money(60_000)


def test_who_is_helped_has_to_be_said(village):
    lived(village)
    filled(village)
    with pytest.raises(funds.MemberNeeded):
        funds.use_fund(
            *(village, FundUseKind.RELIEF_ILLNESS, Money(5)), whom="seseorang", on=ON
        )
    with pytest.raises(funds.BeneficiaryNeeded):
        funds.use_fund(*(village, FundUseKind.GATHERING, Money(5)), whom="  ", on=ON)
    with pytest.raises(NoSuchMember):
        used(village, 5, member=987_654)
    funds.use_fund(
        *(village, FundUseKind.GATHERING, Money(5)), whom="takjil warga", on=ON
    )
    with pytest.raises(funds.FundTooSmall):
        used(village, 5, FundUseKind.SCHOOLING)
    filled(village, 9, EDUCATION)
    used(village, 5, FundUseKind.SCHOOLING)


@pytest.mark.parametrize("seed", range(4))
def test_the_report_leads_from_first_to_last_whatever_happens(village, seed):
    lived(village)
    rng = random.Random(seed)
    kinds = [FundUseKind.RELIEF_ILLNESS, FundUseKind.SCHOOLING]
    for _ in range(30):
        on = date(2025, 12, 1) + timedelta(days=rng.randint(40, 380))
        what = rng.random()
        if what < 0.4:
            filled(village, rng.randint(1, 90_000), rng.choice((SOCIAL, EDUCATION)), on)
        elif what < 0.8:
            try:
                used(village, rng.randint(1, 60_000), rng.choice(kinds), on)
            except funds.FundTooSmall:
                continue
        elif found := funds.uses(village):
            entry = rng.choice(found).entry
            ledger.reverse(village, entry, on=entry.booked_on, reason="coba")
    for fund in (SOCIAL, EDUCATION):
        told = report(village, fund)
        assert told.opening + told.added - told.used == told.closing
        assert told.unnamed == ZERO
        assert told.closing >= ZERO
        days = [FIRST + timedelta(days=n) for n in range(365)]
        assert min(ledger.account_balance(village, fund, day) for day in days) >= ZERO
