"""The settings a cooperative starts with, each with where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coopbook.errors import Refused
from coopbook.i18n import N_


@dataclass(frozen=True, slots=True)
class Standard:
    """A setting's name, its first value, and the source that stands beside it."""

    name: str
    value: int
    source: str


BY_LAWS = N_("set by the cooperative")

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
