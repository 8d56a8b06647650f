"""The year: statements, closing, the surplus and what becomes of it."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("annual", __name__)

from webui.annual import (  # noqa: E402, F401 - they name the blueprint above
    closing,
    correcting,
    covering,
    health,
    lines,
    noting,
    paying,
    sharing,
    telling,
    together,
    views,
)
