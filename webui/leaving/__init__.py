"""Leaving and death: begun, reckoned, divided, paid, step by step."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("leaving", __name__)

from webui.leaving import settling, views  # noqa: E402, F401 - they name the blueprint
