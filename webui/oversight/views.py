"""What is worth a look today, each matter with the rows behind it."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from coopbook import oversight
from webui.desk import current_book, today
from webui.oversight import bp

SHOWN = 10
"""How many rows of each matter stand on the page."""


@bp.get("/oversight")
def desk() -> ResponseReturnValue:
    """Show what is worth a look today; what is in order is said in one line."""
    return render_template(
        "oversight/desk.html",
        look=oversight.overview(current_book, today()),
        cash=oversight.cash_of_day(current_book, today())[:SHOWN],
        limit=SHOWN,
    )
