"""What stands behind a loan: its appraisal, its guarantors, its collateral."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("backing", __name__)

from webui.backing import acting, papers, views  # noqa: E402, F401 - they name the blueprint
