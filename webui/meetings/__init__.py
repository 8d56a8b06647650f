"""The members' meetings: called, counted, decided; decisions and documents."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("meetings", __name__)

from webui.meetings import (  # noqa: E402, F401 - they name the blueprint above
    ballots,
    registers,
    sheets,
    views,
)
