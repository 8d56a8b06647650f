"""The books: trial balance, accounts, journal, vouchers, months."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("books", __name__)

from webui.books import keeping, views  # noqa: E402, F401 - they name the blueprint above
