"""Printing: passbooks line by line, slips for every printer, certificates."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("printing", __name__)

from webui.printing import slips, views  # noqa: E402, F401 - they name the blueprint
