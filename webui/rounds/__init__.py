"""Lists of what is due: made, taken along, keyed in; and who looks after loans."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("rounds", __name__)

from webui.rounds import officers, views  # noqa: E402, F401 - they name the blueprint
