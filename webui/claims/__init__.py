"""Loans that leave the books: written off, claimed on, recovered, waived."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("claims", __name__)

from webui.claims import taking, views  # noqa: E402, F401 - it names the blueprint
