"""The mandatory share: every month of a member, and who owes which."""

from __future__ import annotations

from flask import Blueprint

from webui import months

bp = Blueprint("shares", __name__)
bp.context_processor(months.words)

from webui.shares import (  # noqa: E402, F401 - they name the blueprint above
    agreeing,
    listing,
    views,
)
