"""What the cooperative owns, and what lies in its cash boxes."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("owned", __name__)

from webui.owned import counting, views  # noqa: E402, F401 - they name the blueprint
