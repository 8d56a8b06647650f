"""Bad debts: classes, what is at risk, the allowance."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("baddebts", __name__)

from webui.baddebts import judging, lists, views  # noqa: E402, F401 - it names the blueprint
