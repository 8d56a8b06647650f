"""Early warning: what to ask about loans, and what becomes of them month by month."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("earlywarning", __name__)

from webui.earlywarning import views  # noqa: E402, F401 - it names the blueprint
