"""The supervisors' desk: what is worth a look today."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("oversight", __name__)

from webui.oversight import views  # noqa: E402, F401 - they name the blueprint above
