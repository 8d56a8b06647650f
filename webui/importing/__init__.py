"""Bringing sheets in: choose, correct how it is read, look, post all or nothing."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("importing", __name__)

from webui.importing import batch, progress, reading, views  # noqa: E402, F401 - they name the blueprint above
