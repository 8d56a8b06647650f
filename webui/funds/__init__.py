"""The funds of the surplus: what they hold, and for whom they were used."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("funds", __name__)

from webui.funds import views  # noqa: E402, F401 - it names the blueprint
