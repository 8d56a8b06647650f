"""What the ratios of a health assessment are made of, by name (pure)."""

from __future__ import annotations

from enum import StrEnum

from coopbook.i18n import N_


class Input(StrEnum):
    """A figure of the books, or a count, that some ratio asks for."""

    ALLOWANCE = "allowance"
    ASSETS = "assets"
    CASH_AND_BANK = "cash_and_bank"
    CHARGED_OFF = "charged_off"
    CHARGED_OFF_EVER = "charged_off_ever"
    CHARGED_OFF_FULLY = "charged_off_fully"
    COOPERATIVE_EXPENSE = "cooperative_expense"
    COST_OF_BORROWING = "cost_of_borrowing"
    COST_OF_DEPOSITS = "cost_of_deposits"
    COST_OF_FUNDS = "cost_of_funds"
    CURRENT_ASSETS = "current_assets"
    CURRENT_LIABILITIES = "current_liabilities"
    DELINQUENT = "delinquent"
    DELINQUENT_OVER_12 = "delinquent_over_12"
    DELINQUENT_UP_TO_12 = "delinquent_up_to_12"
    DIVIDENDS = "dividends"
    DOUBTFUL = "doubtful"
    EQUITY = "equity"
    EXTERNAL_CREDIT = "external_credit"
    EXTRAORDINARY = "extraordinary"
    FINANCIAL_INCOME = "financial_income"
    FINANCIAL_INVESTMENTS = "financial_investments"
    FUNDS_RECEIVED = "funds_received"
    GROSS_MARGIN = "gross_margin"
    GROSS_PARTICIPATION = "gross_participation"
    GROSS_SURPLUS = "gross_surplus"
    INCOME = "income"
    INSTITUTIONAL_CAPITAL = "institutional_capital"
    INTEREST_INCOME = "interest_income"
    LIQUID_ASSETS = "liquid_assets"
    LIQUID_INCOME = "liquid_income"
    LIQUID_INVESTMENTS = "liquid_investments"
    LIQUIDITY_RESERVE = "liquidity_reserve"
    LOAN_INCOME = "loan_income"
    LOANS = "loans"
    LOSS = "loss"
    MANDATORY_SHARES = "mandatory_shares"
    MEMBER_LOANS = "member_loans"
    MEMBERS = "members"
    MEMBERS_SURPLUS = "members_surplus"
    NET_ALLOWANCE = "net_allowance"
    NET_ASSET_VALUE = "net_asset_value"
    NET_INCOME = "net_income"
    NET_INSTITUTIONAL_CAPITAL = "net_institutional_capital"
    NET_LOANS = "net_loans"
    NET_PARTICIPATION = "net_participation"
    NON_EARNING_ASSETS = "non_earning_assets"
    NON_EARNING_LIQUID = "non_earning_liquid"
    NON_FINANCIAL_INCOME = "non_financial_income"
    NON_FINANCIAL_INVESTMENTS = "non_financial_investments"
    NON_INTEREST_LIABILITIES = "non_interest_liabilities"
    NON_MEMBER_INCOME = "non_member_income"
    OPERATING_EXPENSE = "operating_expense"
    OWN_CAPITAL = "own_capital"
    PERSONNEL = "personnel"
    PRINCIPAL_SHARES = "principal_shares"
    PRODUCTIVE_ASSETS = "productive_assets"
    PROVISION = "provision"
    QUESTIONS = "questions"
    RECOVERED_EVER = "recovered_ever"
    RISK_RESERVE = "risk_reserve"
    RISKY_LOANS = "risky_loans"
    SAVINGS_DEPOSITS = "savings_deposits"
    SERVICE_BENEFIT = "service_benefit"
    SHARES = "shares"
    SHORT_PAYABLES = "short_payables"
    SUBSTANDARD = "substandard"
    SURPLUS = "surplus"
    SURPLUS_BEFORE_TAX = "surplus_before_tax"
    TRANSITORY_CAPITAL = "transitory_capital"
    WEIGHTED_ASSETS = "weighted_assets"
    WEIGHTED_CAPITAL = "weighted_capital"
    YES_ANSWERS = "yes_answers"


F = Input
INPUT_NAMES = {
    F.ALLOWANCE: N_("allowance for loans"),
    F.ASSETS: N_("total assets"),
    F.CASH_AND_BANK: N_("cash and bank"),
    F.CHARGED_OFF: N_("loans written off in the year"),
    F.CHARGED_OFF_EVER: N_("loans ever written off"),
    F.CHARGED_OFF_FULLY: N_("all that is late by more than 12 months is written off"),
    F.COOPERATIVE_EXPENSE: N_("expenses of being a cooperative"),
    F.COST_OF_BORROWING: N_("cost of borrowing"),
    F.COST_OF_DEPOSITS: N_("interest paid on savings and deposits"),
    F.COST_OF_FUNDS: N_("cost of funds"),
    F.CURRENT_ASSETS: N_("current assets"),
    F.CURRENT_LIABILITIES: N_("current liabilities"),
    F.DELINQUENT: N_("delinquent loans"),
    F.DELINQUENT_OVER_12: N_("loans delinquent for more than 12 months"),
    F.DELINQUENT_UP_TO_12: N_("loans delinquent for 1 to 12 months"),
    F.DIVIDENDS: N_("paid to members on their shares"),
    F.DOUBTFUL: N_("doubtful loans"),
    F.EQUITY: N_("equity"),
    F.EXTERNAL_CREDIT: N_("borrowed from others"),
    F.EXTRAORDINARY: N_("extraordinary income or expense"),
    F.FINANCIAL_INCOME: N_("income of financial investments"),
    F.FINANCIAL_INVESTMENTS: N_("financial investments"),
    F.FUNDS_RECEIVED: N_("funds received"),
    F.GROSS_MARGIN: N_("gross margin"),
    F.GROSS_PARTICIPATION: N_("gross participation of members"),
    F.GROSS_SURPLUS: N_("gross surplus"),
    F.INCOME: N_("income"),
    F.INSTITUTIONAL_CAPITAL: N_("institutional capital"),
    F.INTEREST_INCOME: N_("interest income"),
    F.LIQUID_ASSETS: N_("liquid assets"),
    F.LIQUID_INCOME: N_("income of liquid investments"),
    F.LIQUID_INVESTMENTS: N_("liquid investments"),
    F.LIQUIDITY_RESERVE: N_("liquidity reserve"),
    F.LOAN_INCOME: N_("income of loans"),
    F.LOANS: N_("all loans"),
    F.LOSS: N_("loans that are loss"),
    F.MANDATORY_SHARES: N_("mandatory shares"),
    F.MEMBER_LOANS: N_("loans to members"),
    F.MEMBERS: N_("number of members"),
    F.MEMBERS_SURPLUS: N_("members' part of the surplus"),
    F.NET_ALLOWANCE: N_("allowance beyond what is late by more than 12 months"),
    F.NET_ASSET_VALUE: N_("what the assets are worth, less other debts"),
    F.NET_INCOME: N_("net income"),
    F.NET_INSTITUTIONAL_CAPITAL: N_("institutional capital less losses not set aside"),
    F.NET_LOANS: N_("loans less their allowance"),
    F.NET_PARTICIPATION: N_("net participation of members"),
    F.NON_EARNING_ASSETS: N_("assets that earn nothing"),
    F.NON_EARNING_LIQUID: N_("liquid assets that earn nothing"),
    F.NON_FINANCIAL_INCOME: N_("income of other investments"),
    F.NON_FINANCIAL_INVESTMENTS: N_("other investments"),
    F.NON_INTEREST_LIABILITIES: N_("debts that bear no interest"),
    F.NON_MEMBER_INCOME: N_("income from others than members"),
    F.OPERATING_EXPENSE: N_("operating expenses"),
    F.OWN_CAPITAL: N_("own capital"),
    F.PERSONNEL: N_("cost of personnel"),
    F.PRINCIPAL_SHARES: N_("principal shares"),
    F.PRODUCTIVE_ASSETS: N_("productive assets"),
    F.PROVISION: N_("set aside for loans in the year"),
    F.QUESTIONS: N_("questions"),
    F.RECOVERED_EVER: N_("ever recovered of loans written off"),
    F.RISK_RESERVE: N_("reserve and allowance for risks"),
    F.RISKY_LOANS: N_("loans without adequate collateral"),
    F.SAVINGS_DEPOSITS: N_("savings and deposits"),
    F.SERVICE_BENEFIT: N_("benefit of members from the services"),
    F.SHARES: N_("shares of members"),
    F.SHORT_PAYABLES: N_("short-term payables"),
    F.SUBSTANDARD: N_("substandard loans"),
    F.SURPLUS: N_("surplus"),
    F.SURPLUS_BEFORE_TAX: N_("surplus before tax"),
    F.TRANSITORY_CAPITAL: N_("transitory capital"),
    F.WEIGHTED_ASSETS: N_("assets weighted by their risk"),
    F.WEIGHTED_CAPITAL: N_("weighted capital"),
    F.YES_ANSWERS: N_("questions answered with yes"),
}
