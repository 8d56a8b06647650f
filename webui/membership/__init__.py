"""The register: who belongs, their cards, family, proxies and papers."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("membership", __name__)

from webui.membership import (  # noqa: E402, F401 - they name the blueprint above
    abroad,
    changing,
    doubles,
    family,
    listing,
    person,
    proxies,
    views,
)
