"""Term deposits: opened, paid at maturity, tied again, broken, pledged."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("deposits", __name__)

from webui.deposits import terms, views  # noqa: E402, F401 - they name the blueprint
