"""The loan desk: simulate, apply, follow, disburse."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("credit", __name__)

from webui.credit import changing, papers, products, views  # noqa: E402, F401 - they name the blueprint above
