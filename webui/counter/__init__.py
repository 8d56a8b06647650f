"""The counter: a teller takes and pays money, prints and reverses."""

from __future__ import annotations

from flask import Blueprint

from webui import months

bp = Blueprint("counter", __name__)
bp.context_processor(months.words)

from webui.counter import (  # noqa: E402, F401 - they name the blueprint above
    moving,
    saving,
    views,
)
