"""Collecting: whom to see today, what was done about a late loan, the letters."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("dunning", __name__)

from webui.dunning import letters, steps, views, village  # noqa: E402, F401 - named
