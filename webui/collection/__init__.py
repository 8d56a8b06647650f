"""Rounds: what a hamlet owes on one sheet, posted as one entry."""

from __future__ import annotations

from flask import Blueprint

from webui import months

bp = Blueprint("collection", __name__)
bp.context_processor(months.words)

from webui.collection import views  # noqa: E402, F401 - they name the blueprint above
