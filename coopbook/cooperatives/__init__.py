"""Whose book it is, and its by-laws as dated settings."""

from coopbook.cooperatives.calendar import (
    close_day,
    close_public_holidays,
    closed_days,
    open_day,
    open_days,
)
from coopbook.cooperatives.model import (
    ClosedDay,
    Cooperative,
    Office,
    Setting,
    TermOfOffice,
)
from coopbook.cooperatives.offices import (
    OFFICE_NAMES,
    begin_term,
    in_office,
    terms_of_office,
)
from coopbook.cooperatives.queries import (
    InForce,
    cooperative,
    cooperatives,
    figures,
    in_force,
    setting,
    setting_text,
    settings,
    today,
)
from coopbook.cooperatives.service import change_or_ask, next_number, set_setting
from coopbook.cooperatives.standard import GROUP_NAMES, Group, Standard, Unit

__all__ = [
    "GROUP_NAMES",
    "OFFICE_NAMES",
    "ClosedDay",
    "Cooperative",
    "Group",
    "InForce",
    "Office",
    "Setting",
    "Standard",
    "TermOfOffice",
    "Unit",
    "begin_term",
    "change_or_ask",
    "close_day",
    "close_public_holidays",
    "closed_days",
    "cooperative",
    "cooperatives",
    "figures",
    "in_force",
    "in_office",
    "next_number",
    "open_day",
    "open_days",
    "set_setting",
    "setting",
    "setting_text",
    "settings",
    "terms_of_office",
    "today",
]
