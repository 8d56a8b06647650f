"""A member's part of the surplus: so far, of closed years, and the slip."""

from __future__ import annotations

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from coopbook import surplus
from coopbook.printing.surplus_slip import surplus_slip_of, surplus_slip_pdf
from webui.desk import current_book, today
from webui.papers import pdf, printed
from webui.portal import bp
from webui.portal.views import myself
from webui.wording import language


@bp.get("/mine/surplus")
def shared() -> ResponseReturnValue:
    """Show a member's parts of closed years, and what this year would bring."""
    me = myself()
    return render_template(
        "portal/surplus.html",
        me=me,
        year=today().year,
        so_far=surplus.so_far(current_book, me, today()),
        waits=surplus.waiting_of(current_book, me),
        rows=[
            (row, share)
            for row in surplus.distributions(current_book)
            if surplus.is_posted(current_book, row)
            and (share := surplus.share_of(current_book, row, me.number)) is not None
        ],
    )


@bp.get("/mine/surplus/<int:year>/slip.pdf")
def slip(year: int) -> Response:
    """Hand out a member's own slip of a year."""
    facts = surplus_slip_of(current_book, myself(), year, language=language())
    return pdf(surplus_slip_pdf(facts, printed()), facts.serial)
