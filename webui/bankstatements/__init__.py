"""The bank's statements at the desks: bring in, match, post what lacks, reconcile."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("bankstatements", __name__)

from webui.bankstatements import (  # noqa: E402, F401 - they name the blueprint
    bringing,
    matching,
    views,
)
