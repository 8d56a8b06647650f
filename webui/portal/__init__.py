"""A member's own cards, and nobody else's."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("portal", __name__)

from webui.portal import (  # noqa: E402, F401 - they name the blueprint above
    group,
    surplus,
    views,
)
