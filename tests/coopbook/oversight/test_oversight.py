"""What supervisors see: cash of a day, missed months, what sleeps, what looks odd."""

from __future__ import annotations

from datetime import date

from coopbook import deposits, ledger, members, oversight, savings
from coopbook.cooperatives import set_setting
from coopbook.money import Money, Rate
from coopbook.savings import Channel
from tests.conftest import FIRST_DAY, TODAY
from tests.coopbook.settlement.test_settlement import lent


def test_the_cash_of_a_member_adds_up_over_a_day(book):
    account, siti = savings.account(book, 2), members.member(book, 1)
    set_setting(
        book, "cash_report_threshold", 500_000, valid_from=TODAY, source="UU 8/2010"
    )
    savings.deposit(book, account, Money(300_000), on=TODAY)
    wrong = savings.deposit(book, account, Money(900_000), on=TODAY)
    ledger.reverse(book, wrong, on=TODAY, reason="salah")
    savings.deposit(book, account, Money(800_000), on=TODAY, channel=Channel.BANK)
    savings.withdraw(book, account, Money(199_999), on=TODAY)
    (day,) = oversight.cash_of_day(book, TODAY)
    assert (day.brought.units, day.taken.units) == (300_000, 199_999)
    assert not day.to_report
    assert oversight.reaches_threshold(book, siti, TODAY) is None

    savings.withdraw(book, account, Money(1), on=TODAY)

    assert oversight.reaches_threshold(book, siti, TODAY).together == Money(500_000)


def test_a_loan_paid_in_cash_counts_too(book):
    lent(book)

    (day,) = oversight.cash_of_day(book, FIRST_DAY)

    # share and savings brought; the loan less its fees of 37,000 taken
    assert (day.brought.units, day.taken.units) == (200_000, 1_163_000)


def test_who_missed_too_many_months_is_listed_with_what(book):
    on = date(2026, 6, 1)

    (late,) = oversight.missing_shares(book, on)

    assert (late.member.number, len(late.calendar.missed)) == (1, 5)
    assert oversight.missing_shares(book, date(2026, 4, 30)) == []


def test_sleeping_accounts_are_those_that_cannot_be_used(book):
    account, on = savings.account(book, 2), date(2027, 1, 1)
    assert oversight.sleeping(book, date(2026, 12, 31)) == []
    (one,) = oversight.sleeping(book, on)
    assert (one.account.number, one.since) == (account.number, FIRST_DAY)

    savings.deposit(book, account, Money(1), on=on)
    assert len(oversight.sleeping(book, on)) == 1
    savings.wake(book, account, on=on)
    assert oversight.sleeping(book, on) == []


def test_interest_that_nobody_posted_is_named_by_its_month(book):
    kind = savings.product(book, "voluntary")
    assert oversight.unposted(book, TODAY) == []
    tiers = (savings.Tier(Money(0), Rate.percent(10, "year")),)
    terms = savings.InterestTerms(savings.Basis.DAILY, tiers)
    savings.set_terms(book, kind, terms, valid_from=FIRST_DAY, source="RAT")

    assert oversight.above_cap(book, TODAY) == ["Simpanan Sukarela"]
    assert [one.month for one in oversight.unposted(book, TODAY)] == ["2026-01"]
    savings.post_interest(book, kind, "2026-01")
    assert [one.month for one in oversight.unposted(book, date(2026, 4, 2))] == [
        "2026-02"
    ]
    savings.post_interest(book, kind, "2026-02")
    assert oversight.unposted(book, TODAY) == []


def test_shares_above_the_cap_are_warned_about(book):
    (only,) = oversight.large_shares(book, TODAY)
    assert (only.member.number, only.percent) == (1, 100)
    ledger.post(
        book,
        on=TODAY,
        memo="x",
        lines=[
            ledger.debit(11102, Money(400_000)),
            ledger.credit(33002, Money(400_000)),
        ],
    )

    assert oversight.large_shares(book, TODAY) == []  # exactly a fifth


def test_one_look_holds_everything(book):
    members.admit(book, "S. Aminah", on=TODAY, national_id="3201014101900001")

    said = oversight.overview(book, TODAY)

    assert [(d.one.number, d.other.number) for d in said.doubles] == [(1, 3)]
    assert said.unknown == []
    assert said.settlements == said.mature == said.proxies == []


def test_a_deposit_brought_and_broken_in_cash_counts_too(book):
    siti, account = members.member(book, 1), savings.account(book, 2)
    deposits.set_deposit_terms(
        *(book, 3), rate=Rate.percent(6, "year"), valid_from=FIRST_DAY, source="rapat"
    )
    on = date(2026, 1, 10)
    entry = deposits.open_deposit(
        *(book, siti, account, Money(600_000_000)),
        months=3,
        on=on,
        channel=Channel.CASH,
    )

    found = oversight.reaches_threshold(book, siti, on)
    assert (found.brought, found.taken.units) == (Money(600_000_000), 0)

    set_setting(book, "payout_limit", 900_000_000, valid_from=TODAY, source="rapat")
    later = TODAY.replace(day=TODAY.day + 1)
    tied = deposits.deposit_in(book, entry)
    deposits.break_early(book, tied, on=later, in_cash=True)
    assert oversight.reaches_threshold(book, siti, later).taken == Money(600_000_000)


def test_who_missed_months_is_found_page_by_page(book, monkeypatch):
    share = savings.product(book, "principal")
    for number in range(4):
        who = members.admit(book, f"Anggota {number}", on=FIRST_DAY)
        account = savings.open_account(book, who, share, on=FIRST_DAY)
        savings.deposit(book, account, Money(100_000), on=FIRST_DAY)
    on = date(2026, 6, 1)
    whole = {one.member.number for one in oversight.missing_shares(book, on)}
    assert len(whole) == 5

    monkeypatch.setattr("coopbook.oversight.watching.AT_ONCE", 2)

    pages = [one.member.number for one in oversight.missing_shares(book, on)]
    assert (set(pages), len(pages)) == (whole, 5)
