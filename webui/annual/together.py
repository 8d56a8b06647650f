"""This book and the one it is consolidated with, read as one."""

from __future__ import annotations

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from coopbook import consolidation
from coopbook.errors import Refused
from coopbook.statements import Kind, layout
from webui.annual import bp
from webui.annual.views import NAMES, asked_span, checked
from webui.desk import current_book
from webui.wording import language, tell

LEFT_OUT = {
    "position": _l(
        "Left out is what units owe each other (11902, 21902) and the capital of units"
        " (12101, 31004, 31005)."
    ),
    "surplus": _l(
        "Left out is interest and fees that units charge each other (43101 and 54101,"
        " 43102 and 54102)."
    ),
    "equity": _l(
        "Left out is the capital that one unit gave the other (31004, 31005)."
    ),
    "cash": _l(
        "Left out is cash that one unit gave the other. What one paid or received for"
        " the other stands under what the other booked it for."
    ),
}
"""What a page says under its table of what is left out there."""


@bp.get("/year/<int:year>/together/<what>")
def together(year: int, what: str) -> ResponseReturnValue:
    """Show a statement of both books with what is left out; lines that hold something.

    Only where each book names the other in its by-laws.
    """
    checked(year)
    form, first, last, good = asked_span(year)
    other = consolidation.sister_of(current_book, last)
    if what not in NAMES or other is None:
        abort(404)
    found, refused = None, ""
    try:
        found = consolidation.consolidated(current_book, [other], first, last)
        if found.apart is not None and what in ("equity", "cash"):
            refused = tell(found.apart)
    except Refused as refusal:
        refused = tell(refusal)
    page = render_template(
        "annual/together.html",
        year=year,
        what=what,
        names=NAMES,
        form=form,
        first=first,
        last=last,
        refused=refused,
        left_out=LEFT_OUT.get(what, ""),
        units=found.units if found else (),
        ties=found.tied if found else (),
        leading=set() if what == "equity" else {row.code for row in layout(what)},
        rows=[
            one
            for one in (getattr(found, what) if found else ())
            if one.row.kind is not Kind.LINE or any((*one.parts, one.left_out))
        ],
        said=lambda names: names.said(language()),
    )
    return page, 200 if good and not refused else 422
