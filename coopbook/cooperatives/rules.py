"""The settings a cooperative starts with, each with where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coopbook.errors import Refused
from coopbook.i18n import N_


@dataclass(frozen=True, slots=True)
class Standard:
    """A setting's name, its first value, and the source that stands beside it.

    A value that is no whole number is a share with its comparison: ``>1/2``.
    """

    name: str
    value: int | str
    source: str


BY_LAWS = N_("set by the cooperative")
MODEL_BY_LAWS = N_("usual in model by-laws; look it up in your own")

STANDARDS = (
    Standard("principal_share", 100_000, BY_LAWS),
    Standard("mandatory_share", 25_000, BY_LAWS),
    Standard("voluntary_minimum", 10_000, BY_LAWS),
    Standard("voucher_limit", 2_000_000, BY_LAWS),
    Standard("payout_limit", 5_000_000, BY_LAWS),
    Standard("backdating_days", 7, BY_LAWS),
    Standard("approval_days", 14, BY_LAWS),
    Standard(
        "savings_interest_cap", 9, N_("Permenkop 8/2023 article 26, percent a year")
    ),
    Standard("savings_tax_free", 240_000, N_("PP 15/2009, a member's month")),
    Standard("savings_tax_rate", 10, N_("PP 15/2009, percent of the whole interest")),
    Standard("quorum_ordinary", ">1/2", MODEL_BY_LAWS),
    Standard("quorum_election", ">1/2", MODEL_BY_LAWS),
    Standard("quorum_bylaws", ">=2/3", MODEL_BY_LAWS),
    Standard("quorum_dissolution", ">=2/3", MODEL_BY_LAWS),
    Standard("quorum_ordinary_second", ">=1/3", MODEL_BY_LAWS),
    Standard("quorum_election_second", ">=1/3", MODEL_BY_LAWS),
    Standard("quorum_bylaws_second", ">1/2", MODEL_BY_LAWS),
    Standard("quorum_dissolution_second", ">1/2", MODEL_BY_LAWS),
    Standard("majority_ordinary", ">1/2", MODEL_BY_LAWS),
    Standard("majority_election", ">1/2", MODEL_BY_LAWS),
    Standard("majority_bylaws", ">=2/3", MODEL_BY_LAWS),
    Standard("majority_dissolution", ">=2/3", MODEL_BY_LAWS),
    Standard(
        "majority_of_present",
        1,
        N_("usual in model by-laws: 1 weighs votes against all present, 0 only votes"),
    ),
    Standard("meeting_notice_days", 7, MODEL_BY_LAWS),
    Standard("adult_age", 18, N_("of age in civil law; the by-laws may say otherwise")),
    Standard("proxy_months", 24, BY_LAWS),
    Standard("dormant_months", 12, BY_LAWS),
    Standard("share_arrears_to_borrow", 3, BY_LAWS),
    Standard("leaver_breaks_deposits", 1, BY_LAWS),
    Standard(
        "cash_report_threshold",
        500_000_000,
        N_("UU 8/2010 article 23, cash of one person in a day; not read in the text"),
    ),
    Standard(
        "stamp_duty_above",
        5_000_000,
        N_("UU 10/2020 on stamp duty, of one receipt; not read in the text"),
    ),
    Standard(
        "member_capital_cap",
        20,
        N_("Permenkop 8/2023, percent of own capital; from a secondary source"),
    ),
)


@dataclass(eq=False)
class NoSuchSetting(Refused):
    """The setting is not one the book knows."""

    sentence = N_("There is no setting named %(name)s.")

    name: str


@dataclass(eq=False)
class SettingIsDated(Refused):
    """A setting is changed from a day on, never for days already lived."""

    sentence = N_("A change of %(name)s starts after %(last)s, not on %(asked)s.")

    name: str
    last: date
    asked: date
