"""What the books say of every figure a health assessment asks for.

Each figure is a line of the statements, a sum of accounts, or a sum over loans; what
the books do not hold (the benefit members had against the market, a liquidity reserve,
extraordinary items) stays unknown and is never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction

from coopbook import baddebts, surplus
from coopbook.baddebts import LoanClass, Policy
from coopbook.book import Book
from coopbook.cooperatives import cooperative
from coopbook.health.inputs import Input
from coopbook.health.ratios import Amount
from coopbook.health.weighing import (
    BY_RISK,
    OWN,
    WITH_LIABILITIES,
    Part,
    Weighing,
    counted,
    weigh,
)
from coopbook.ledger.queries import own_capital
from coopbook.members.rules import MemberStatus
from coopbook.money import ZERO, Money
from coopbook.statements import (
    Statement,
    financial_position,
    surplus_statement,
    year_of,
)
from coopbook.statements.queries import balances_on, earned_in

F, P = Input, Part
LATE, LONG_LATE = 30, 365
"""From how many days on a loan is delinquent to PEARLS: one month, a year."""

BANKS, ON_HAND = range(11_200, 11_300), range(11_100, 11_200)
DEPOSITS_ELSEWHERE, SECURITIES = (11_203, 11_205, 11_301), (11_302,)
STAKES = range(12_000, 13_000)


def figures_of(
    book: Book, on: date, *, weighing: Weighing = OWN
) -> dict[Input, Amount]:
    """Return what the books say at the end of a day, and in its year until then.

    Classes are those of the 2008 and 2009 regulations whatever the books' own policy
    is, because the score is defined by them.  ``weighing`` says what of the capital
    counts for 1c.
    """
    first, _ = year_of(on)
    first = max(first, cooperative(book).first_day)
    position = financial_position(book, on)
    told = surplus_statement(book, first, on)
    now = baddebts.assess(book, on, policy=Policy.KUKM)
    found: dict[Input, Amount] = {}
    found |= _of_position(position)
    found |= _of_surplus(book, told, first, on)
    found |= _of_loans(book, now, position, first, on)
    found |= _of_accounts(book, position, on)
    found[F.OWN_CAPITAL] = own_capital(book, on)
    standings = surplus.standings_on(book, on).values()
    found[F.MEMBERS] = sum(one is MemberStatus.ACTIVE for one in standings)
    found |= _shared(book, first, on)
    found[F.WEIGHTED_CAPITAL] = _weighted_capital(book, position, on, weighing)
    return found


def _of_position(of: Statement) -> dict[Input, Amount]:
    """Return the lines of the position."""
    amount = of.amount
    savings = amount("savings") + amount("term_deposits")
    institutional = (
        amount("general_reserve")
        + amount("risk_reserve")
        + amount("other_reserves")
        + amount("donated")
    )
    loans = amount("loans") + amount("loans_others")
    current = amount("total_current_liabilities")
    return {
        F.ALLOWANCE: -amount("allowance"),
        F.ASSETS: amount("total_assets"),
        F.CASH_AND_BANK: amount("cash"),
        F.CURRENT_ASSETS: amount("total_current_assets"),
        F.CURRENT_LIABILITIES: current,
        F.EQUITY: amount("total_equity"),
        F.EXTERNAL_CREDIT: amount("short_borrowings") + amount("long_liabilities"),
        F.FUNDS_RECEIVED: amount("total_both")
        - amount("accrued_expenses")
        - amount("earlier_surplus")
        - amount("surplus"),
        F.INSTITUTIONAL_CAPITAL: institutional,
        F.LIQUID_ASSETS: amount("cash") + amount("short_investments"),
        F.LOANS: loans,
        F.MANDATORY_SHARES: amount("mandatory_shares"),
        F.MEMBER_LOANS: amount("loans"),
        F.NET_ASSET_VALUE: amount("total_assets")
        - amount("total_liabilities")
        + savings,
        F.NET_LOANS: loans + amount("allowance"),
        F.NON_INTEREST_LIABILITIES: current - savings - amount("short_borrowings"),
        F.PRINCIPAL_SHARES: amount("principal_shares"),
        F.RISK_RESERVE: amount("risk_reserve") - amount("allowance"),
        F.SAVINGS_DEPOSITS: savings,
        F.SHARES: amount("principal_shares") + amount("mandatory_shares"),
        F.SHORT_PAYABLES: current - savings,
        F.TRANSITORY_CAPITAL: amount("earlier_surplus")
        + amount("surplus")
        + amount("surplus_funds"),
    }


def _of_surplus(
    book: Book, of: Statement, first: date, on: date
) -> dict[Input, Amount]:
    """Return the lines of the surplus statement."""
    amount = of.amount
    cost = {held.account: held.balance for held in earned_in(book, first, on)}
    from_others = amount("non_member") + amount("sales_non_members")
    deposits = sum((cost.get(one, ZERO) for one in (51_001, 51_002)), ZERO)
    return {
        F.COOPERATIVE_EXPENSE: amount("cooperative"),
        F.COST_OF_BORROWING: amount("cost_of_funds") - deposits,
        F.COST_OF_DEPOSITS: deposits,
        F.COST_OF_FUNDS: amount("cost_of_funds"),
        F.GROSS_MARGIN: amount("gross_surplus"),
        F.GROSS_PARTICIPATION: amount("gross_participation"),
        F.GROSS_SURPLUS: amount("gross_surplus"),
        F.INCOME: amount("gross_participation") + from_others + amount("other_income"),
        F.INTEREST_INCOME: amount("interest"),
        F.LIQUID_INCOME: -cost.get(42_002, ZERO),
        F.LOAN_INCOME: amount("gross_participation") - amount("sales_members"),
        F.NET_INCOME: amount("net_surplus"),
        F.NET_PARTICIPATION: amount("net_participation"),
        F.NON_MEMBER_INCOME: from_others,
        F.OPERATING_EXPENSE: amount("total_operating"),
        F.PERSONNEL: amount("personnel"),
        F.PROVISION: amount("loss_allowance"),
        F.SURPLUS: amount("net_surplus"),
        F.SURPLUS_BEFORE_TAX: amount("before_tax"),
    }


def _of_loans(
    book: Book,
    now: baddebts.Assessment,
    position: Statement,
    first: date,
    on: date,
) -> dict[Input, Amount]:
    """Return the sums over loans: by class, by days late, written off."""
    by_class = {row.loan_class: row.outstanding for row in now.by_class()}
    late = now.at_risk(LATE).outstanding
    long_late = now.at_risk(LONG_LATE).outstanding
    allowance = -position.amount("allowance")
    losses = _units(max(long_late - allowance, ZERO)) + Fraction(
        35 * (late - long_late).units, 100
    )
    institutional = _of_position(position)[F.INSTITUTIONAL_CAPITAL]
    written = baddebts.write_offs(book, None, on)
    return {
        F.SUBSTANDARD: by_class.get(LoanClass.SUBSTANDARD, ZERO),
        F.DOUBTFUL: by_class.get(LoanClass.DOUBTFUL, ZERO),
        F.LOSS: by_class.get(LoanClass.LOSS, ZERO),
        F.DELINQUENT: late,
        F.DELINQUENT_OVER_12: long_late,
        F.DELINQUENT_UP_TO_12: late - long_late,
        F.NET_ALLOWANCE: max(allowance - long_late, ZERO),
        F.NET_INSTITUTIONAL_CAPITAL: max(_units(institutional) - losses, Fraction(0)),
        F.RISKY_LOANS: _sum(
            max(each.outstanding - each.deductible, ZERO) for each in now.rows
        ),
        F.CHARGED_OFF: _sum(
            row.principal for row in written if row.written_off_on >= first
        ),
        F.CHARGED_OFF_EVER: _sum(row.principal for row in written),
        F.CHARGED_OFF_FULLY: int(not long_late),
        F.RECOVERED_EVER: _sum(
            row.principal for row in baddebts.recoveries(book, None, on)
        ),
    }


def _of_accounts(book: Book, position: Statement, on: date) -> dict[Input, Amount]:
    """Return the sums of accounts that no line of the position says alone."""
    held = balances_on(book, on)

    def of(numbers: Iterable[int]) -> Money:
        return Money(sum(held.get(one, 0) for one in numbers))

    banks, hand, whole = of(BANKS), of(ON_HAND), position.amount("total_assets")
    invested = position.amount("short_investments") + position.amount(
        "long_investments"
    )
    net = _of_position(position)
    loans = net[F.NET_LOANS]
    assert isinstance(loans, Money)
    weighed = {
        P.CASH_AND_BANK: position.amount("cash") - of(DEPOSITS_ELSEWHERE[:2]),
        P.DEPOSITS_ELSEWHERE: of(DEPOSITS_ELSEWHERE),
        P.SECURITIES: of(SECURITIES),
        P.ACCRUED_INCOME: position.amount("accrued_income"),
        P.MEMBER_LOANS: position.amount("loans"),
        P.OTHER_LOANS: position.amount("loans_others"),
        P.STAKES: of(STAKES),
        P.FIXED_ASSETS: position.amount("fixed_assets")
        + position.amount("depreciation"),
    }
    return {
        F.FINANCIAL_INVESTMENTS: of(SECURITIES),
        F.LIQUID_INVESTMENTS: of(DEPOSITS_ELSEWHERE),
        F.NON_FINANCIAL_INVESTMENTS: of(STAKES),
        F.NON_EARNING_ASSETS: whole - loans - banks - invested,
        F.NON_EARNING_LIQUID: hand,
        F.PRODUCTIVE_ASSETS: loans + banks + invested,
        F.WEIGHTED_ASSETS: counted(weigh(weighed, BY_RISK)),
    }


def _shared(book: Book, first: date, on: date) -> dict[Input, Amount]:
    """Return what members get of the year's surplus, and were paid on their shares.

    Unknown where nobody wrote down how the surplus is divided.
    """
    paid = ZERO
    for row in surplus.distributions(book):
        if surplus.is_posted(book, row) and first <= row.approved_on <= on:
            paid += _sum(one.capital for one in surplus.shares_of(book, row))
    found: dict[Input, Amount] = {F.DIVIDENDS: paid}
    decided = surplus.distribution_of(book, on.year)
    if decided is not None:
        own = surplus.shares_of(book, decided)
        return found | {F.MEMBERS_SURPLUS: _sum(one.total for one in own)}
    try:
        draft = surplus.draft(book, on.year, until=on)
    except surplus.NoPolicy:
        return found
    except (surplus.Deficit, surplus.NothingEarned):
        return found | {F.MEMBERS_SURPLUS: ZERO}
    return found | {F.MEMBERS_SURPLUS: draft.division.of_members}


def _weighted_capital(
    book: Book, position: Statement, on: date, by: Weighing
) -> Fraction:
    amount = position.amount
    grants = Money(-balances_on(book, on).get(33_002, 0))
    parts = {
        P.PRINCIPAL_SHARES: amount("principal_shares"),
        P.MANDATORY_SHARES: amount("mandatory_shares"),
        P.GENERAL_RESERVE: amount("general_reserve"),
        P.GRANTS: grants,
        P.PARTICIPATING_CAPITAL: amount("participating"),
        P.RISK_RESERVE: amount("risk_reserve"),
        P.UNDISTRIBUTED_SURPLUS: amount("earlier_surplus") + amount("surplus"),
    }
    if by is WITH_LIABILITIES:
        parts |= {
            P.SAVINGS: amount("savings"),
            P.TERM_DEPOSITS: amount("term_deposits"),
            P.ACCRUED_EXPENSES: amount("accrued_expenses"),
            P.BORROWINGS: amount("short_borrowings") + amount("long_liabilities"),
        }
    return counted(weigh(parts, by))


def _sum(amounts: Iterable[Money]) -> Money:
    return sum(amounts, ZERO)


def _units(amount: Amount) -> Fraction:
    return Fraction(amount.units if isinstance(amount, Money) else amount)


def before(on: date) -> date:
    """Return the day a year's figures are compared with: the end of the year before."""
    return on.replace(month=1, day=1) - timedelta(days=1)
