"""The door: log in, log out, change the password, choose the language."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("account", __name__)

from webui.account import views  # noqa: E402, F401 - they name the blueprint above
