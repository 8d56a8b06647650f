"""The auditor's room: read everything about money, take it along."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("audit", __name__)

from webui.audit import (  # noqa: E402, F401 - they name the blueprint above
    asking,
    noting,
    views,
)
