"""The day at a glance, and the way to every desk."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("board", __name__)

from webui.board import views  # noqa: E402, F401 - they name the blueprint above
