"""The by-laws as figures: what holds, since when, from where; and changing one."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("bylaws", __name__)

from webui.bylaws import calendar, views  # noqa: E402, F401 - they name the blueprint above
