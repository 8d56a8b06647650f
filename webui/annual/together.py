"""This book and the one it is consolidated with, read as one."""

from __future__ import annotations

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from coopbook import consolidation
from coopbook.errors import Refused
from coopbook.statements import Kind
from webui.annual import bp
from webui.annual.views import asked_span, checked
from webui.desk import current_book
from webui.wording import language, tell

SHOWN = {"position": _l("Financial position"), "surplus": _l("Surplus")}


@bp.get("/year/<int:year>/together/<what>")
def together(year: int, what: str) -> ResponseReturnValue:
    """Show a statement of both books with what is left out; lines that hold something.

    Only where each book names the other in its by-laws.
    """
    checked(year)
    form, first, last, good = asked_span(year)
    other = consolidation.sister_of(current_book, last)
    if what not in SHOWN or other is None:
        abort(404)
    found, refused = None, ""
    try:
        found = consolidation.consolidated(current_book, [other], first, last)
    except Refused as refusal:
        refused = tell(refusal)
    page = render_template(
        "annual/together.html",
        year=year,
        what=what,
        names=SHOWN,
        form=form,
        first=first,
        last=last,
        refused=refused,
        units=found.units if found else (),
        ties=found is not None and found.ties,
        rows=[
            one
            for one in (getattr(found, what) if found else ())
            if one.row.kind is not Kind.LINE or any((*one.parts, one.left_out))
        ],
        said=lambda names: names.said(language()),
    )
    return page, 200 if good and not refused else 422
