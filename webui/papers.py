"""How a paper leaves the desks: a file with its name, saying who printed it, when."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Response

from coopbook.printing.loan_sheet import Printed
from webui.desk import cooperative, person


def printed() -> Printed:
    """Say who prints, and when, on the cooperative's clock."""
    who = person()
    at = datetime.now(ZoneInfo(cooperative().timezone))
    return Printed(by=who.full_name if who else "", at=at)


def pdf(made: bytes, name: str) -> Response:
    """Return a PDF to be kept under a name."""
    response = Response(made, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response
