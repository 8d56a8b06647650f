"""The register: who belongs, their cards, their passbooks."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("membership", __name__)

from webui.membership import views  # noqa: E402, F401 - they name the blueprint above
