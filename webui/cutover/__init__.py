"""The cut-over: from the old books to these, guided, and signed by two people."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("cutover", __name__)

from webui.cutover import views  # noqa: E402, F401 - they name the blueprint above
