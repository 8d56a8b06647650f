"""Whose book it is, and its by-laws as dated settings."""

from coopbook.cooperatives.model import Cooperative, Setting
from coopbook.cooperatives.queries import (
    cooperative,
    cooperatives,
    setting,
    setting_text,
    settings,
)
from coopbook.cooperatives.service import next_number, set_setting

__all__ = [
    "Cooperative",
    "Setting",
    "cooperative",
    "cooperatives",
    "next_number",
    "set_setting",
    "setting",
    "setting_text",
    "settings",
]
