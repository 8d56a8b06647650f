"""Whose book it is, and its by-laws as dated settings."""

from coopbook.cooperatives.model import Cooperative, Setting
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
from coopbook.cooperatives.standards import GROUP_NAMES, Group, Standard, Unit

__all__ = [
    "GROUP_NAMES",
    "Cooperative",
    "Group",
    "InForce",
    "Setting",
    "Standard",
    "Unit",
    "change_or_ask",
    "cooperative",
    "cooperatives",
    "figures",
    "in_force",
    "next_number",
    "set_setting",
    "setting",
    "setting_text",
    "settings",
    "today",
]
