"""The inbox of what needs a second person."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("approvals", __name__)

from webui.approvals import views  # noqa: E402, F401 - they name the blueprint above
