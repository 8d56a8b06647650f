"""The settings a cooperative starts with, each with where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from coopbook.i18n import N_


class Unit(StrEnum):
    """What the figure of a setting counts."""

    RUPIAH = "rupiah"
    PERCENT = "percent"
    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"
    SHARE = "share"
    YES_NO = "yes_no"
    WEEKDAY = "weekday"
    COUNT = "count"
    CHOICE = "choice"


class Group(StrEnum):
    """What a setting is about."""

    SAVINGS = "savings"
    MEMBERS = "members"
    LOANS = "loans"
    MEETINGS = "meetings"
    DESKS = "desks"
    BAD_DEBTS = "bad_debts"
    LAW = "law"


GROUP_NAMES = {
    Group.SAVINGS: N_("Shares and savings"),
    Group.MEMBERS: N_("Members"),
    Group.LOANS: N_("Loans"),
    Group.MEETINGS: N_("Meetings"),
    Group.DESKS: N_("The desks"),
    Group.BAD_DEBTS: N_("Bad debts"),
    Group.LAW: N_("Law and tax"),
}

MOST = {
    Unit.RUPIAH: 10**15,
    Unit.PERCENT: 100,
    Unit.DAYS: 3_660,
    Unit.MONTHS: 600,
    Unit.YEARS: 120,
    Unit.YES_NO: 1,
    Unit.WEEKDAY: 7,
    Unit.COUNT: 1_000,
    Unit.CHOICE: 99,
}
"""The largest figure that makes sense of each unit but a share."""


@dataclass(frozen=True, slots=True)
class Standard:
    """A setting's name, what it says and in what, its first value and the source.

    A value that is no whole number is a share with its comparison: ``>1/2``.  That of
    a choice is the place of one of ``choices``, counted from zero.
    """

    name: str
    title: str
    group: Group
    unit: Unit
    value: int | str
    source: str
    least: int = 0
    choices: tuple[str, ...] = ()


G, U = Group, Unit
BY_LAWS = N_("set by the cooperative")
LENDING = N_("Permenkop 8/2023 on lending limits, from secondary sources")
MODEL_BY_LAWS = N_("usual in model by-laws; look it up in your own")

STANDARDS = (
    Standard(
        "principal_share",
        N_("Principal share"),
        G.SAVINGS,
        U.RUPIAH,
        100_000,
        BY_LAWS,
        least=1,
    ),
    Standard(
        "mandatory_share",
        N_("Mandatory share of a month"),
        G.SAVINGS,
        U.RUPIAH,
        25_000,
        BY_LAWS,
    ),
    Standard(
        "voluntary_minimum",
        N_("What has to stay, in a kind of savings newly offered"),
        G.SAVINGS,
        U.RUPIAH,
        10_000,
        BY_LAWS,
    ),
    Standard(
        "loan_treasurer_limit",
        N_("Loans up to this the treasurer may approve"),
        G.LOANS,
        U.RUPIAH,
        2_000_000,
        BY_LAWS,
    ),
    Standard(
        "loan_chair_limit",
        N_("Loans above this need a decision of the board"),
        G.LOANS,
        U.RUPIAH,
        25_000_000,
        BY_LAWS,
    ),
    Standard(
        "lending_limit_related",
        N_("Lending limit of a related party, of own capital"),
        G.LOANS,
        U.PERCENT,
        10,
        LENDING,
    ),
    Standard(
        "lending_limit_other",
        N_("Lending limit of another member, of own capital"),
        G.LOANS,
        U.PERCENT,
        15,
        LENDING,
    ),
    Standard(
        "lending_limit_binding",
        N_("Loans above the lending limit are refused"),
        G.LOANS,
        U.YES_NO,
        1,
        LENDING,
    ),
    Standard(
        "unit_fixed_capital",
        N_("Fixed capital of a savings-and-loan unit; 0 where there is none"),
        G.LOANS,
        U.RUPIAH,
        0,
        BY_LAWS,
    ),
    Standard(
        "loan_rate_cap",
        N_("Highest nominal rate of a loan a year"),
        G.LOANS,
        U.PERCENT,
        24,
        N_("Permenkop 8/2023 article 27, from secondary sources"),
    ),
    Standard(
        "appraisal_above",
        N_("Loans above this are appraised before they are decided on"),
        G.LOANS,
        U.RUPIAH,
        2_000_000,
        N_("regulation asks for an appraisal; from what amount on, you set"),
    ),
    Standard(
        "capacity_share",
        N_("Part of what is left in a month that installments may take"),
        G.LOANS,
        U.PERCENT,
        40,
        BY_LAWS,
        least=1,
    ),
    Standard(
        "collateral_counts",
        N_("Part of the value of collateral that counts as cover"),
        G.LOANS,
        U.PERCENT,
        70,
        BY_LAWS,
    ),
    Standard(
        "guarantees_most",
        N_("Loans that one member may answer for"),
        G.LOANS,
        U.COUNT,
        2,
        BY_LAWS,
    ),
    Standard(
        "group_least",
        N_("Members a group has at least, to borrow"),
        G.LOANS,
        U.COUNT,
        5,
        N_("custom of joint liability: 5 to 30 members"),
        least=2,
    ),
    Standard(
        "group_most",
        N_("Members a group has at most"),
        G.LOANS,
        U.COUNT,
        30,
        N_("custom of joint liability: 5 to 30 members"),
        least=2,
    ),
    Standard(
        "rest_day",
        N_("Day of the week on which nothing falls due"),
        G.LOANS,
        U.WEEKDAY,
        0,
        BY_LAWS,
    ),
    Standard(
        "classification_policy",
        N_("Loans are classed by"),
        G.BAD_DEBTS,
        U.CHOICE,
        0,
        N_("Permen KUKM 20/2008, 14/2009; the cooperative may follow its lenders"),
        choices=(
            N_("Four classes of the ministry of cooperatives"),
            N_("Five classes of banks"),
            N_("Three classes of microfinance institutions (historic)"),
            N_("Delinquency of credit unions"),
        ),
    ),
    Standard(
        "doubtful_months",
        N_("A doubtful loan that is not settled is lost after"),
        G.BAD_DEBTS,
        U.MONTHS,
        21,
        N_("Permen KUKM 14/2009; its own example says 12"),
        least=1,
    ),
    Standard(
        "worst_marks_all",
        N_("The worst loan of a member gives all of them its class"),
        G.BAD_DEBTS,
        U.YES_NO,
        0,
        BY_LAWS,
    ),
    Standard(
        "cure_installments",
        N_("A restructured loan is cured by installments on time, in a row"),
        G.BAD_DEBTS,
        U.COUNT,
        3,
        BY_LAWS,
        least=1,
    ),
    Standard(
        "allowance_scale",
        N_("Percentages of the allowance, from the best class to the worst"),
        G.BAD_DEBTS,
        U.CHOICE,
        0,
        N_("Permen KUKM 14/2009; as the least allowance it is common practice"),
        choices=(
            N_("0 / 50 / 75 / 100: the ministry's risk weights"),
            N_("0.5 / 3 / 10 / 50 / 100: rural banks"),
            N_("1 / 5 / 15 / 50 / 100: commercial banks"),
            N_("0 / 50 / 100: microfinance institutions"),
            N_("35 up to a year late, 100 after it: credit unions"),
        ),
    ),
    Standard(
        "voucher_limit",
        N_("Vouchers above this need a second person"),
        G.DESKS,
        U.RUPIAH,
        2_000_000,
        BY_LAWS,
    ),
    Standard(
        "payout_limit",
        N_("Payouts above this need a second person"),
        G.DESKS,
        U.RUPIAH,
        5_000_000,
        BY_LAWS,
    ),
    Standard(
        "backdating_days",
        N_("How far back the desks may book"),
        G.DESKS,
        U.DAYS,
        7,
        BY_LAWS,
    ),
    Standard(
        "approval_days",
        N_("How long a request waits for a second person"),
        G.DESKS,
        U.DAYS,
        14,
        BY_LAWS,
        least=1,
    ),
    Standard(
        "savings_interest_cap",
        N_("Highest interest on savings in a year"),
        G.LAW,
        U.PERCENT,
        9,
        N_("Permenkop 8/2023 article 26, percent a year"),
    ),
    Standard(
        "savings_tax_free",
        N_("Interest of a month that bears no tax"),
        G.LAW,
        U.RUPIAH,
        240_000,
        N_("PP 15/2009, a member's month"),
    ),
    Standard(
        "savings_tax_rate",
        N_("Tax on interest"),
        G.LAW,
        U.PERCENT,
        10,
        N_("PP 15/2009, percent of the whole interest"),
    ),
    Standard(
        "quorum_ordinary",
        N_("Quorum of ordinary matters"),
        G.MEETINGS,
        U.SHARE,
        ">1/2",
        MODEL_BY_LAWS,
    ),
    Standard(
        "quorum_election",
        N_("Quorum of elections"),
        G.MEETINGS,
        U.SHARE,
        ">1/2",
        MODEL_BY_LAWS,
    ),
    Standard(
        "quorum_bylaws",
        N_("Quorum of changes of the by-laws"),
        G.MEETINGS,
        U.SHARE,
        ">=2/3",
        MODEL_BY_LAWS,
    ),
    Standard(
        "quorum_dissolution",
        N_("Quorum of a dissolution"),
        G.MEETINGS,
        U.SHARE,
        ">=2/3",
        MODEL_BY_LAWS,
    ),
    Standard(
        "quorum_ordinary_second",
        N_("Quorum of ordinary matters, second call"),
        G.MEETINGS,
        U.SHARE,
        ">=1/3",
        MODEL_BY_LAWS,
    ),
    Standard(
        "quorum_election_second",
        N_("Quorum of elections, second call"),
        G.MEETINGS,
        U.SHARE,
        ">=1/3",
        MODEL_BY_LAWS,
    ),
    Standard(
        "quorum_bylaws_second",
        N_("Quorum of changes of the by-laws, second call"),
        G.MEETINGS,
        U.SHARE,
        ">1/2",
        MODEL_BY_LAWS,
    ),
    Standard(
        "quorum_dissolution_second",
        N_("Quorum of a dissolution, second call"),
        G.MEETINGS,
        U.SHARE,
        ">1/2",
        MODEL_BY_LAWS,
    ),
    Standard(
        "majority_ordinary",
        N_("Majority in ordinary matters"),
        G.MEETINGS,
        U.SHARE,
        ">1/2",
        MODEL_BY_LAWS,
    ),
    Standard(
        "majority_election",
        N_("Majority in elections"),
        G.MEETINGS,
        U.SHARE,
        ">1/2",
        MODEL_BY_LAWS,
    ),
    Standard(
        "majority_bylaws",
        N_("Majority for a change of the by-laws"),
        G.MEETINGS,
        U.SHARE,
        ">=2/3",
        MODEL_BY_LAWS,
    ),
    Standard(
        "majority_dissolution",
        N_("Majority for a dissolution"),
        G.MEETINGS,
        U.SHARE,
        ">=2/3",
        MODEL_BY_LAWS,
    ),
    Standard(
        "majority_of_present",
        N_("Votes are weighed against all who are present"),
        G.MEETINGS,
        U.YES_NO,
        1,
        N_("usual in model by-laws: 1 weighs votes against all present, 0 only votes"),
    ),
    Standard(
        "meeting_notice_days",
        N_("Between the call and the meeting"),
        G.MEETINGS,
        U.DAYS,
        7,
        MODEL_BY_LAWS,
    ),
    Standard(
        "adult_age",
        N_("Age of majority"),
        G.MEMBERS,
        U.YEARS,
        18,
        N_("of age in civil law; the by-laws may say otherwise"),
        least=1,
    ),
    Standard(
        "proxy_months",
        N_("Longest power of attorney"),
        G.MEMBERS,
        U.MONTHS,
        24,
        BY_LAWS,
        least=1,
    ),
    Standard(
        "dormant_months",
        N_("When savings fall asleep, in a kind newly offered"),
        G.SAVINGS,
        U.MONTHS,
        12,
        BY_LAWS,
        least=1,
    ),
    Standard(
        "admission_decided",
        N_("A candidate becomes a member only by a decision"),
        G.MEMBERS,
        U.YES_NO,
        0,
        N_("UU 25/1992 article 17: by the by-laws; 0 asks for the share alone"),
    ),
    Standard(
        "share_arrears_to_borrow",
        N_("Months of the mandatory share one may miss and still borrow"),
        G.MEMBERS,
        U.MONTHS,
        3,
        BY_LAWS,
    ),
    Standard(
        "leaver_breaks_deposits",
        N_("Who leaves breaks the term deposits"),
        G.MEMBERS,
        U.YES_NO,
        1,
        BY_LAWS,
    ),
    Standard(
        "cash_report_threshold",
        N_("Cash of one person in a day that is reported"),
        G.LAW,
        U.RUPIAH,
        500_000_000,
        N_("UU 8/2010 article 23, cash of one person in a day; not read in the text"),
    ),
    Standard(
        "stamp_duty_above",
        N_("Receipts above this bear a duty stamp"),
        G.LAW,
        U.RUPIAH,
        5_000_000,
        N_("UU 10/2020 on stamp duty, of one receipt; not read in the text"),
    ),
    Standard(
        "initial_capital",
        N_("Own capital the cooperative began with"),
        G.LAW,
        U.RUPIAH,
        0,
        N_("Permenkop 8/2023, not to fall below; from a secondary source; 0: not said"),
    ),
    Standard(
        "member_capital_cap",
        N_("Most of own capital that one member may hold"),
        G.LAW,
        U.PERCENT,
        20,
        N_("Permenkop 8/2023, percent of own capital; from a secondary source"),
    ),
)
KNOWN = {standard.name: standard for standard in STANDARDS}
