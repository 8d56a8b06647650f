"""The savings desk: kinds, interest, what is held, what sleeps."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("savings", __name__)

from webui.savings import accounts, views  # noqa: E402, F401 - they name the blueprint
