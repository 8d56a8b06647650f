"""An account is given a line of its own; one that would not balance is refused."""

from __future__ import annotations

import random
from datetime import date

import pytest

from coopbook import ledger, statements
from coopbook.ledger import chart
from coopbook.ledger.rules import AccountType
from coopbook.money import Money
from coopbook.statements import layout, lines_for, year_of
from coopbook.statements.layout import lines_under
from tests.coopbook.rounds.neighbours import whole
from tests.coopbook.yearend.years import YEAR_END, earned, spent

SPAN = year_of(YEAR_END)


@pytest.fixture
def village(coop):
    with whole(coop) as book:
        earned(book, 300_000)
        spent(book, 45_000)
        yield book


def told(book):
    found = statements.statements(book, *SPAN)
    assert found.agree, [tie.sentence for tie in found.ties if not tie.holds]
    return found


def added(book, code="52888", account_type=AccountType.EXPENSE):
    return ledger.add_account(
        *(book, code),
        name_id="Iuran dusun",
        name_en="Hamlet dues",
        account_type=account_type,
    )


def test_an_added_account_moves_to_its_line_and_everything_still_ties(village):
    own = added(village)
    spent(village, 9_000, own.number)
    before = told(village)
    statements.give_line(village, own.number, "cooperative", on=YEAR_END)
    after = told(village)
    moved = {
        one.row.code: then.amount - one.amount
        for one, then in zip(before.surplus.figures, after.surplus.figures, strict=True)
        if then.amount != one.amount
    }
    assert moved["general"] == Money(-9_000)
    assert moved["cooperative"] == Money(9_000)
    assert after.surplus.amount("net_surplus") == before.surplus.amount("net_surplus")
    behind = statements.behind(
        "surplus", "cooperative", statements.earned_in(village, *SPAN)
    )
    assert (own.number, Money(9_000)) in [(one.account, much) for one, much in behind]


def test_a_line_is_taken_back_and_the_last_one_counts(village):
    own = added(village)
    spent(village, 9_000, own.number)
    plain = [one.amount for one in told(village).surplus.figures]
    for line in ("personnel", "cooperative", ""):
        statements.give_line(village, own.number, line, on=YEAR_END)
    assert [one.amount for one in told(village).surplus.figures] == plain
    assert statements.lines_given(village) == {}


def test_a_line_that_cannot_balance_is_refused_and_says_which_can(village):
    own = added(village)
    cases = [
        *((own.number, "cash"), (own.number, "interest"), (own.number, "net_surplus")),
        *((own.number, "operating"), (own.number, "nothing")),
        *((chart.BANK, "receivables"), (chart.PRINCIPAL_SHARE, "savings")),
        *((chart.VOLUNTARY, "principal_shares"), (11_601, "cash")),
    ]
    for account, line in cases:
        with pytest.raises(statements.CannotBalance, match="would not balance"):
            statements.give_line(village, account, line, on=YEAR_END)
    with pytest.raises(statements.CannotBalance, match="personnel"):
        statements.give_line(village, own.number, "cash", on=YEAR_END)
    memo = next(
        row
        for row in chart.standard_chart()
        if row.account_type is AccountType.MEMO and row.postable
    )
    with pytest.raises(statements.HasNoLine):
        statements.give_line(village, memo.number, "general", on=YEAR_END)
    assert statements.lines_given(village) == {}


@pytest.mark.parametrize("seed", range(5))
def test_any_lines_that_may_be_given_leave_every_total_as_it_is(village, seed):
    """Sums by kind never move, whichever accounts stand where."""
    rng = random.Random(seed)
    chosen = [row for row in chart.standard_chart() if row.postable and not row.control]
    for row in rng.sample(chosen, 25):
        if row.account_type is AccountType.MEMO or row.cash_flow == "cash":
            continue
        ledger.post(
            village,
            on=date(2026, 10, rng.randint(1, 28)),
            memo="campur",
            lines=_pair(row.number, rng),
        )
    before = told(village)
    for row in rng.sample(chosen, 40):
        lines = lines_for(row.account_type, row.cash_flow)
        if lines:
            line = rng.choice(lines).code
            statements.give_line(village, row.number, line, on=YEAR_END)
    after = told(village)
    assert statements.lines_given(village)
    for code in ("total_assets", "total_liabilities", "total_equity", "cash"):
        assert after.position.amount(code) == before.position.amount(code)
    assert after.surplus.amount("net_surplus") == before.surplus.amount("net_surplus")


def _pair(account, rng):
    amount = Money(rng.randint(1, 10**6))
    return [ledger.debit(chart.BANK, amount), ledger.credit(account, amount)]


def test_every_line_may_be_given_to_some_account(village):
    """No line of ours is closed to all accounts, and totals to every one."""
    open_to = {
        row.code
        for kind in AccountType
        for flow in ("cash", "operating")
        for row in lines_for(kind, flow)
    }
    for name in ("position", "surplus"):
        lines = [row.code for row in layout(name) if row.kind.value == "line"]
        assert set(lines) <= open_to
    assert set(lines_under(layout("position"), "total_both")) <= open_to
