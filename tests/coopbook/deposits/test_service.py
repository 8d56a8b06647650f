"""Term deposits in the book: opened, accrued, paid, tied again, broken, taken back."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from coopbook import deposits, ledger, members, savings, settlement
from coopbook.deposits import DepositState, Pays, Rollover, rules
from coopbook.ledger import chart
from coopbook.money import ZERO, Money, Rate
from coopbook.proxies.rules import GuardianNeeded
from coopbook.savings.model import SavingsTax
from coopbook.savings.rules import MembersOnly, NotEnoughSaved
from coopbook.verification import verify
from tests.conftest import FIRST_DAY, VAULT

ON = date(2026, 1, 31)
MATURE = date(2026, 4, 30)
TEN = Money(10_000_000)


@pytest.fixture
def account(book):
    """Siti's voluntary savings with 10,100,000, and terms of 3 months at 12 %."""
    account = savings.account(book, 2)
    savings.deposit(book, account, TEN, on=FIRST_DAY)
    deposits.set_deposit_terms(
        *(book, 3),
        rate=Rate.percent(12, "year"),
        valid_from=FIRST_DAY,
        source="rapat 3",
        day_count=savings.DayCount.TWELFTH,
        kept_percent=50,
        penalty_percent=1,
    )
    return account


def tie(book, account, amount=TEN, **more):
    entry = deposits.open_deposit(
        *(book, account.member, account, amount),
        **({"months": 3, "on": ON} | more),
    )
    return deposits.deposit_in(book, entry)


def accrued(book):
    return ledger.account_balance(book, chart.ACCRUED_SAVINGS_INTEREST)


def test_three_months_at_twelve_percent_pay_three_percent(book, account):
    deposit = tie(book, account)
    assert deposit.matures_on == MATURE
    said = deposits.standing(book, deposit, date(2026, 3, 31))
    assert (said.to_date.units, said.at_maturity.units) == (200_000, 300_000)

    done = deposits.work(book, MATURE)

    assert (done.matured, done.waiting) == (1, ())
    assert deposit.state is DepositState.MATURED
    # 300,000 of interest in one month is above 240,000: a tenth is kept back
    assert savings.balance(book, account) == Money(100_000) + TEN + Money(270_000)
    assert ledger.account_balance(book, chart.SAVINGS_TAX) == Money(30_000)
    assert accrued(book) == ZERO
    assert deposits.work(book, MATURE) == deposits.Done(False, 0, 0, ())


def test_paid_every_month_each_month_is_below_the_tax(book, account):
    deposit = tie(book, account, pays=Pays.MONTHLY)

    for on in (date(2026, 2, 28), date(2026, 3, 31), MATURE):
        deposits.work(book, on)
        assert deposits.work(book, on).paid == 0

    assert deposits.earnings(book, deposit).paid == Money(300_000)
    assert ledger.account_balance(book, chart.SAVINGS_TAX) == ZERO
    assert accrued(book) == ZERO


def test_the_tax_looks_at_deposits_and_savings_of_a_month_together(book, account):
    """50,000 of a deposit and 212,500 of savings: neither is taxed alone."""
    half = Money(5_000_000)
    deposit = tie(book, account, half, pays=Pays.MONTHLY)
    kind = account.product
    fifty = savings.InterestTerms(
        savings.Basis.MINIMUM,
        (savings.Tier(ZERO, Rate.percent(50, "year")),),
        savings.DayCount.TWELFTH,
    )
    first = date(2026, 2, 1)
    savings.set_terms(book, kind, fifty, valid_from=first, source="rapat 4")

    deposits.work(book, date(2026, 2, 28))
    assert deposits.earnings(book, deposit).tax == ZERO
    found = savings.reckon(book, kind, "2026-02")
    assert (found.gross.units, found.tax.units) == (212_500, 26_250)
    run = savings.post_interest(book, kind, "2026-02")
    assert savings.reckon(book, kind, "2026-02") == found
    assert run.tax == Money(26_250)
    kept = book.session.scalars(select(SavingsTax)).one()
    assert (kept.entry_number, kept.savings_number) == (
        run.entry_number,
        account.number,
    )
    assert (kept.gross.units, kept.tax.units) == (212_500, 26_250)

    # In March the savings are posted first; the deposit then bears what is left.
    march = savings.post_interest(book, kind, "2026-03")
    assert march.tax == ZERO
    deposits.work(book, date(2026, 3, 31))
    assert deposits.earnings(book, deposit).tax == Money(
        (march.gross.units + 50_000) // 10
    )


def test_what_savings_bore_of_the_tax_is_not_borne_again(book, account):
    """Savings of 255,000 and then 50,000 of a deposit: a tenth of 305,000."""
    deposit = tie(book, account, Money(5_000_000), pays=Pays.MONTHLY)
    tiers = (savings.Tier(ZERO, Rate.percent(60, "year")),)
    sixty = savings.InterestTerms(
        savings.Basis.MINIMUM, tiers, savings.DayCount.TWELFTH
    )
    first = date(2026, 2, 1)
    savings.set_terms(book, account.product, sixty, valid_from=first, source="rapat 4")

    run = savings.post_interest(book, account.product, "2026-02")
    deposits.work(book, date(2026, 2, 28))

    assert (run.gross.units, run.tax.units) == (255_000, 25_500)
    assert deposits.earnings(book, deposit).tax == Money(5_000)


def test_a_leaving_takes_its_savings_and_deposits_together(book, account):
    """209,589 of savings and 100,000 of a deposit are paid in one month."""
    tie(book, account, Money(5_000_000))
    tiers = (savings.Tier(ZERO, Rate.percent(50, "year")),)
    fifty = savings.InterestTerms(savings.Basis.DAILY, tiers)
    first = date(2026, 3, 1)
    savings.set_terms(book, account.product, fifty, valid_from=first, source="rapat 4")

    said = settlement.reckon(
        book, account.member, members.MemberStatus.DECEASED, date(2026, 3, 31)
    )

    assert sum(one.interest.units for one in said.saved) == 209_589
    assert [one.ending.interest.units for one in said.tied] == [100_000]
    whole = [*(one.tax for one in said.saved), *(one.tax for one in said.tied)]
    assert sum(tax.units for tax in whole) == 30_958


def test_interest_that_was_taken_back_counts_for_no_tax(book, account):
    tie(book, account, Money(5_000_000), pays=Pays.MONTHLY)
    tiers = (savings.Tier(ZERO, Rate.percent(50, "year")),)
    fifty = savings.InterestTerms(savings.Basis.MINIMUM, tiers)
    first = date(2026, 3, 1)
    savings.set_terms(book, account.product, fifty, valid_from=first, source="rapat 4")
    deposits.work(book, date(2026, 2, 28))
    run = savings.post_interest(book, account.product, "2026-03")
    entry = ledger.entry(book, run.entry_number)
    ledger.reverse(book, entry, on=entry.booked_on, reason="salah suku bunga")

    deposits.work(book, date(2026, 3, 31))

    assert ledger.account_balance(book, chart.SAVINGS_TAX) == ZERO


def test_a_mature_deposit_is_tied_again_without_a_gap(book, account):
    first = tie(book, account, rollover=Rollover.WHOLE, heir="Budi")

    deposits.work(book, date(2026, 8, 5))  # nobody came for months

    again, last = deposits.deposit(book, 2), deposits.deposit(book, 3)
    assert (first.state, again.state) == (DepositState.ROLLED, DepositState.ROLLED)
    assert (again.opened_on, again.follows, again.heir) == (MATURE, 1, "Budi")
    assert again.principal == TEN + Money(270_000)
    assert last.opened_on == again.matures_on == date(2026, 7, 30)
    assert last.state is DepositState.OPEN
    held = sum(ledger.card_balance(book, chart.DEPOSITS[3], n).units for n in (1, 2, 3))
    assert held == last.principal.units


def test_what_a_leaver_tied_is_paid_when_it_matures(book, account):
    deposit = tie(book, account, rollover=Rollover.WHOLE)
    settlement.begin(
        *(book, account.member, members.MemberStatus.RESIGNED),
        on=ON,
        reason="pindah",
    )

    deposits.mature(book, deposit, on=MATURE)

    assert deposit.state is DepositState.MATURED


def test_breaking_pays_half_the_interest_less_a_penalty(book, account):
    deposit = tie(book, account)
    said = deposits.what_breaking_costs(book, deposit, date(2026, 3, 31))
    assert (said.accrued.units, said.kept.units) == (200_000, 100_000)
    assert said.payout.units == 10_000_000 + 100_000 - 100_000
    with pytest.raises(rules.TooMuchCash):
        deposits.break_early(book, deposit, on=date(2026, 3, 31), in_cash=True)
    entry = deposits.break_early(book, deposit, on=date(2026, 3, 31))

    assert savings.balance(book, account) == Money(10_100_000)
    assert accrued(book) == ZERO
    assert ledger.account_balance(book, chart.DEPOSIT_INTEREST) == Money(100_000)
    with pytest.raises(rules.DepositEnded):
        deposits.break_early(book, deposit, on=date(2026, 3, 31))
    with pytest.raises(rules.DepositEnded):
        deposits.mature(book, deposit, on=MATURE)

    ledger.reverse(book, entry, on=date(2026, 4, 1), reason="batal")
    assert deposit.state is DepositState.OPEN
    deposits.mature(book, deposit, on=MATURE)
    assert accrued(book) == ZERO


def test_breaking_after_months_were_paid_takes_back_what_is_not_kept(book, account):
    deposit = tie(book, account, pays=Pays.MONTHLY)
    deposits.work(book, date(2026, 2, 28))

    said = deposits.what_breaking_costs(book, deposit, date(2026, 2, 28))
    deposits.break_early(book, deposit, on=date(2026, 2, 28))

    assert (said.paid.units, said.interest.units) == (100_000, -50_000)
    assert savings.balance(book, account) == Money(100_000 + 100_000 + 9_850_000)
    assert accrued(book) == ZERO


def test_what_secures_a_loan_is_neither_paid_nor_broken(book, account):
    deposit = tie(book, account)
    hold = deposits.pledge(book, deposit, note="pinjaman 7", on=ON)

    with pytest.raises(rules.DepositHeld):
        deposits.break_early(book, deposit, on=date(2026, 3, 1))
    with pytest.raises(rules.DepositHeld):
        deposits.pledge(book, deposit, note="pinjaman 8", on=ON)
    assert deposits.work(book, MATURE).waiting == (deposit.number,)
    savings.release(book, hold, on=MATURE, note="lunas")
    assert deposits.work(book, MATURE).matured == 1


def test_days_that_are_not_the_deposits_are_refused(book, account):
    deposit = tie(book, account)
    with pytest.raises(rules.NotMatureYet):
        deposits.mature(book, deposit, on=date(2026, 4, 29))
    with pytest.raises(rules.MatureAlready):
        deposits.break_early(book, deposit, on=MATURE)
    deposits.accrue(book, date(2026, 3, 15))
    with pytest.raises(rules.BeforeOpening):
        deposits.break_early(book, deposit, on=date(2026, 3, 14))


def test_a_deposit_is_opened_on_terms_by_who_has_the_money(book, account):
    with pytest.raises(rules.NoDepositTerms):
        tie(book, account, months=12)
    with pytest.raises(rules.TermUnknown):
        tie(book, account, months=2)
    with pytest.raises(NotEnoughSaved):
        tie(book, account, Money(10_090_001))
    with pytest.raises(rules.NotOneOfTheirs):
        tie(book, savings.account(book, 1))
    ani = members.member(book, 2)
    with pytest.raises(MembersOnly):
        deposits.open_deposit(book, ani, account, TEN, months=3, on=ON)
    with pytest.raises(rules.TermsBefore):
        deposits.set_deposit_terms(
            book, 3, rate=Rate.percent(9, "year"), valid_from=FIRST_DAY, source="x"
        )
    with pytest.raises(rules.TermsDisorderly):
        deposits.set_deposit_terms(
            book, 3, rate=Rate.percent(9, "day"), valid_from=ON, source="x"
        )


def test_an_opening_is_taken_back_while_nothing_was_earned(book, account):
    entry = deposits.open_deposit(book, account.member, account, TEN, months=3, on=ON)
    deposit = deposits.deposit_in(book, entry)
    interest = deposits.accrue(book, date(2026, 2, 10))
    with pytest.raises(rules.EarnedAlready):
        ledger.reverse(book, entry, on=date(2026, 2, 10), reason="salah")

    ledger.reverse(book, interest, on=date(2026, 2, 10), reason="salah")
    ledger.reverse(book, entry, on=date(2026, 2, 10), reason="salah")

    assert deposit.state is DepositState.CANCELLED
    assert savings.balance(book, account) == Money(10_100_000)


def test_interest_that_was_paid_is_not_taken_back_underneath(book, account):
    deposit = tie(book, account, pays=Pays.MONTHLY)
    interest = deposits.accrue(book, date(2026, 2, 28))
    deposits.pay(book, deposit, date(2026, 2, 28), on=date(2026, 2, 28))

    with pytest.raises(rules.InterestBuiltOn):
        ledger.reverse(book, interest, on=date(2026, 3, 1), reason="salah")


def test_the_cap_of_the_regulation_is_warned_about(book):
    about = {"valid_from": FIRST_DAY, "source": "rapat"}
    low = deposits.set_deposit_terms(book, 1, rate=Rate.percent(9, "year"), **about)
    high = deposits.set_deposit_terms(
        book, 3, rate=Rate.percent("0.76", "month"), **about
    )

    assert deposits.above_cap(book, low, ON) is None
    assert deposits.above_cap(book, high, ON) == 9


def test_the_book_is_in_order_after_a_deposit_s_life(coop):
    with coop.open() as book:
        account = savings.account(book, 2)
        savings.deposit(book, account, TEN, on=FIRST_DAY)
        deposits.set_deposit_terms(
            book, 3, rate=Rate.percent(12, "year"), valid_from=FIRST_DAY, source="x"
        )
        tie(book, account, rollover=Rollover.WHOLE)
        deposits.work(book, date(2026, 8, 5))

    checks = verify(engine=coop.engine, vault=VAULT, cooperative_id=coop.number)
    assert [check for check in checks if not check.in_order] == []


def test_a_successor_that_secures_a_loan_keeps_its_predecessor_ended(book, account):
    deposit = tie(book, account, rollover=Rollover.PRINCIPAL)
    entry = deposits.mature(book, deposit, on=MATURE)
    successor = next(
        one
        for one in deposits.deposits_of(book, account.member)
        if one.follows == deposit.number
    )
    deposits.pledge(book, successor, note="pinjaman 7", on=MATURE)

    with pytest.raises(rules.DepositHeld, match="pinjaman 7"):
        ledger.reverse(book, entry, on=MATURE, reason="salah")

    assert successor.state is DepositState.OPEN
    assert deposit.state is not DepositState.OPEN


def test_a_child_s_money_is_tied_but_leaves_with_the_guardian_alone(book, account):
    members.correct(book, account.member, born_on=date(2016, 1, 1))
    deposit = tie(book, account)
    on = date(2026, 2, 28)

    with pytest.raises(GuardianNeeded):
        deposits.break_early(book, deposit, on=on, in_cash=True)
    deposits.break_early(book, deposit, on=on)
    with pytest.raises(GuardianNeeded):
        savings.withdraw(book, account, Money(50_000), on=on)


def test_a_rollover_taken_back_ties_the_same_again(book, account):
    deposit = tie(book, account, rollover=Rollover.WHOLE)
    deposits.work(book, MATURE)
    (first,) = deposits.running(book)
    assert first.principal > TEN
    rows = ledger.account_statement(book, *deposit.card).rows
    end = ledger.entry(book, max(row.entry_number for row in rows))
    ledger.reverse(book, end, on=MATURE, reason="keliru")

    deposits.work(book, MATURE)

    (again,) = deposits.running(book)
    assert again.principal == first.principal
