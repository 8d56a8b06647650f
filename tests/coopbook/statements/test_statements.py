"""Statements of any book tie; of a small one every figure is known."""

from __future__ import annotations

import random
from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from coopbook import ledger, savings, statements
from coopbook.ledger import chart
from coopbook.ledger.chart import standard_chart, trade_chart, unit_chart
from coopbook.ledger.rules import AccountType, BelowFloor, Side
from coopbook.money import ZERO, Money
from coopbook.statements import (
    Held,
    Kind,
    MappedTwice,
    NoSuchRow,
    NotMapped,
    layout,
)
from coopbook.statements.layout import check, laid_out, line_of, row_of
from tests.conftest import FIRST_DAY
from tests.coopbook.rounds.neighbours import whole
from tests.coopbook.yearend.years import YEAR_END, earned, journal, lived, spent
from tests.oracles.naive_statements import told_by_hand

FREE = [
    row.number
    for row in standard_chart()
    if row.postable and not row.control and row.account_type is not AccountType.MEMO
]


@pytest.mark.parametrize(
    "row",
    (*standard_chart(), *trade_chart(), *unit_chart()),
    ids=lambda row: str(row.number),
)
def test_every_account_of_the_chart_has_a_line_of_its_own(row):
    """No account of ours falls to what else there is by its type alone."""
    if row.account_type is AccountType.MEMO or not row.postable:
        return
    earning = row.account_type in (AccountType.REVENUE, AccountType.EXPENSE)
    rows = layout("surplus" if earning else "position")
    found = [one for one in rows if one.kind is Kind.LINE and one.holds(row.number)]
    assert len(found) == 1
    grows = Side.DEBIT
    if row.account_type in (AccountType.LIABILITY, AccountType.EQUITY):
        grows = Side.CREDIT
    if row.account_type is AccountType.REVENUE:
        grows = Side.CREDIT
    assert found[0].side is grows


def test_an_account_somebody_added_stands_with_what_else_there_is(book):
    added = ledger.add_account(
        *(book, "11299-1"),
        name_id="Kas titipan",
        name_en="Held cash",
        account_type=AccountType.ASSET,
    )
    ledger.post(
        book,
        on=FIRST_DAY,
        memo="setor",
        lines=[
            ledger.debit(added.number, Money(70)),
            ledger.credit(33_002, Money(70)),
        ],
    )
    found = statements.financial_position(book, FIRST_DAY)
    assert found.amount("other_current") == Money(70)
    assert found.amount("total_assets") == found.amount("total_both")


def test_a_mapping_that_cannot_balance_is_refused():
    fields = {"level": "1", "name_id": "a", "name_en": "a"}
    line = {"kind": "line", "side": "debit", **fields}
    one = row_of(line | {"code": "one", "of": "11000-11999"})
    other = row_of(line | {"code": "other", "of": "11900-12000"})
    with pytest.raises(MappedTwice, match="11900 stands in two lines"):
        check([one, other])
    sums = row_of(
        {"kind": "total", "side": "", "code": "sum", "of": "+one +gone", **fields}
    )
    with pytest.raises(NoSuchRow, match="gone"):
        check([one, sums])
    memo = Held(90_001, AccountType.MEMO, Money(5))
    with pytest.raises(NotMapped, match="90001 holds 5"):
        laid_out((one, other), [memo])
    assert line_of((one,), Held(11_500, AccountType.ASSET, Money(1))) is one


def test_a_small_year_is_what_happened_in_it(coop):
    with whole(coop) as book:
        street = lived(book)
        told = statements.statements(book, date(2026, 1, 1), YEAR_END)
    assert told.agree
    assert told.surplus.amount("non_member") == Money(300_000)
    assert told.surplus.amount("general") == Money(45_000)
    interest = told.surplus.amount("interest")
    assert told.surplus.amount("gross_participation") >= interest > ZERO
    assert told.cash.statement.amount("loans_out") == Money(-1_800_000)
    assert told.cash.statement.amount("mandatory_in") == Money(300_000)
    assert told.cash.statement.amount("principal_in") >= Money(100_000) * len(street)
    column = told.equity.amounts["additions"]
    assert column["mandatory"] == Money(300_000)


def test_a_payment_taken_back_was_neither_received_nor_paid(coop):
    with whole(coop) as book:
        before = statements.statements(book, date(2026, 1, 1), YEAR_END)
        entry = earned(book, 9_000)
        ledger.reverse(book, entry, on=date(2026, 8, 1), reason="salah")
        told = statements.statements(book, date(2026, 1, 1), YEAR_END)
    assert told.agree
    assert told.cash.statement.figures == before.cash.statement.figures
    assert told.cash.statement.amount("other_income_in") == ZERO


def test_figures_lead_to_the_accounts_behind_them(coop):
    with whole(coop) as book:
        earned(book, 9_000)
        spent(book, 4_000)
        held = statements.earned_in(book, date(2026, 1, 1), YEAR_END)
        behind = statements.behind("surplus", "net_surplus", held)
        assert [(one.account, amount) for one, amount in behind] == [
            (42_002, Money(9_000)),
            (52_009, Money(4_000)),
        ]
        (general,) = statements.behind("surplus", "general", held)
        assert general[0].account == 52_009


def random_entry(book, chance, on):
    """Post an entry of two to four lines between any accounts."""
    count = chance.randint(1, 3)
    amounts = [chance.randint(1, 10**6) for _ in range(count)]
    accounts = chance.sample(FREE, count + 1)
    side, other = ledger.debit, ledger.credit
    if chance.random() < 0.5:
        side, other = other, side
    lines = [
        side(number, Money(much))
        for number, much in zip(accounts, amounts, strict=False)
    ]
    lines.append(other(accounts[-1], Money(sum(amounts))))
    return ledger.post(book, on=on, memo="apa saja", lines=lines, floors=False)


@settings(
    deadline=None,
    max_examples=12,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 2**32))
def test_statements_of_any_book_tie_and_are_those_of_a_count_by_hand(coop, seed):
    chance = random.Random(seed)
    with coop.open() as book:
        posted = []
        for _ in range(chance.randint(1, 25)):
            on = FIRST_DAY + timedelta(days=chance.randint(0, 500))
            entry = random_entry(book, chance, on)
            posted.append(entry)
            if chance.random() < 0.2:
                later = on + timedelta(days=chance.randint(0, 40))
                with suppress(BelowFloor):  # what came in may be spent by then
                    ledger.reverse(book, entry, on=later, reason="salah")
        for first, last in (
            (date(2026, 1, 1), date(2026, 12, 31)),
            (date(2026, 4, 1), date(2026, 6, 30)),
            (date(2027, 1, 1), date(2027, 5, 16)),
        ):
            told = statements.statements(book, first, last)
            assert told.agree, [tie for tie in told.ties if not tie.holds]
            for row, kinds in told.equity.amounts.items():
                for kind, figure in kinds.items():
                    behind = told.equity.behind(row, kind)
                    assert sum((one for _, one in behind), ZERO) == figure
                behind = told.equity.behind(row)
                assert sum((one for _, one in behind), ZERO) == told.equity.across(row)
            by_hand = told_by_hand(journal(book), first, last)
            for name, found in (
                ("position", told.position),
                ("surplus", told.surplus),
            ):
                for code, amount in by_hand[name].items():
                    assert found.amount(code).units == amount, (name, code)
            assert told.cash.closing.units == by_hand["cash"]["closing"]
            change = told.cash.statement.amount("net_change").units
            assert change == by_hand["cash"]["change"]
        book.session.rollback()


def test_published_income_adds_up_as_published(book):
    """KOPWALI 2016: interest and penalties 55,835,000, all income 56,265,000."""
    savings.products(book)
    for account, amount in (
        (41_001, 51_570_000),
        (41_008, 4_265_000),
        (41_010, 430_000),
    ):
        ledger.post(
            book,
            on=FIRST_DAY,
            memo="2016",
            lines=[
                ledger.debit(chart.BANK, Money(amount)),
                ledger.credit(account, Money(amount)),
            ],
        )
    spent(book, 11_662_500)
    found = statements.surplus_statement(book, FIRST_DAY, YEAR_END)
    both = found.amount("interest") + found.amount("penalties")
    assert both == Money(55_835_000)
    assert found.amount("gross_participation") == Money(56_265_000)
    assert found.amount("net_surplus") == Money(56_265_000 - 11_662_500)


def test_published_capital_adds_up_where_the_sheet_did_not(book):
    """KSU Setia Dharma: the parts are 155,206,668; the sheet divides 115,206,668."""
    parts = {
        chart.PRINCIPAL_SHARE: 15_000_000,
        chart.MANDATORY_SHARE: 40_810_000,
        chart.SPECIAL_SHARE: 28_995_547,
        chart.GENERAL_RESERVE: 12_474_021,
        chart.RISK_RESERVE: 30_853_649,
        33_002: 20_000_000,
        chart.SURPLUS_OF_YEAR: 7_073_451,
    }
    held = [
        Held(account, AccountType.EQUITY, Money(-amount))
        for account, amount in parts.items()
    ]
    held.append(Held(chart.BANK, AccountType.ASSET, Money(sum(parts.values()))))
    found = laid_out(layout("position"), held)
    assert found["total_equity"] == Money(155_206_668)
    assert found["total_assets"] == found["total_both"]
