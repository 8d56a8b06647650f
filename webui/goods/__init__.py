"""The shop of a multi-purpose cooperative: the till, the stock, what is bought."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("goods", __name__)

from webui.goods import (  # noqa: E402, F401 - they name the blueprint above
    accounts,
    items,
    views,
)
