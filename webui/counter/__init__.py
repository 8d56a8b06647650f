"""The counter: a teller takes and pays money, prints and reverses."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("counter", __name__)

from webui.counter import views  # noqa: E402, F401 - they name the blueprint above
