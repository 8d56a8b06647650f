"""Standing orders: a loan's dues out of savings, set, ended and run for a day."""

from __future__ import annotations

from flask import Blueprint

from webui import months

bp = Blueprint("orders", __name__)
bp.context_processor(months.words)

from webui.orders import views  # noqa: E402, F401 - they name the blueprint above
