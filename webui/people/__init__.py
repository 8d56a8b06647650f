"""The people: who logs in, with which roles, and who decides on it."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("people", __name__)

from webui.people import views  # noqa: E402, F401 - they name the blueprint above
