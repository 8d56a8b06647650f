"""Groups with joint liability: roster, sheet of a meeting, who paid for whom."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("groups", __name__)

from webui.groups import acting, meeting, papers, views  # noqa: E402, F401 - they name the blueprint
