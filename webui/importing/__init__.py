"""Bringing sheets in: choose, look at what was understood, post all or nothing."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("importing", __name__)

from webui.importing import views  # noqa: E402, F401
