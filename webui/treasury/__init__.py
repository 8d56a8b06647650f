"""The treasurer: vouchers in everyday words, and the free journal."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("treasury", __name__)

from webui.treasury import views  # noqa: E402, F401 - they name the blueprint above
