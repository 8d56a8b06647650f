"""What is worth a look today, each matter with the rows behind it."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from coopbook import oversight
from webui.desk import current_book, today
from webui.forms import DayFilter
from webui.oversight import bp

SHOWN = 10
"""How many rows of each matter stand on the page."""
MANY = 200
"""How many members of one day stand on a page; the command line gives all."""


@bp.get("/oversight")
def desk() -> ResponseReturnValue:
    """Show what is worth a look today; what is in order is said in one line."""
    return render_template(
        "oversight/desk.html",
        look=oversight.overview(current_book, today()),
        cash=oversight.cash_of_day(current_book, today())[:SHOWN],
        limit=SHOWN,
    )


@bp.get("/oversight/cash")
def cash() -> ResponseReturnValue:
    """Show the cash that passed with each member on any day, the largest first."""
    form = DayFilter(request.args)
    form.validate()
    on = form.on.data or today()
    found = oversight.cash_of_day(current_book, on)
    return render_template(
        "oversight/cash.html",
        form=form,
        on=on,
        rows=found[:MANY],
        more=len(found) - MANY,
        threshold=oversight.threshold(current_book, on),
    )
