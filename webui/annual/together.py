"""This book and the one it is consolidated with, as one, on screen and as files."""

from __future__ import annotations

from flask import Response, abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from coopbook import consolidation
from coopbook.consolidation import Joint
from coopbook.errors import Refused
from coopbook.exports.joint_files import joint_csv, joint_xlsx
from coopbook.printing.joint_paper import joint_pdf
from coopbook.statements import layout
from webui.annual import bp
from webui.annual.views import NAMES, XLSX, asked_span, checked, handed, told_span
from webui.desk import current_book
from webui.papers import pdf, printed
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
        found = consolidation.joint_statements(current_book, [other], first, last)
        if found.now.apart is not None and not found.rows(what):
            refused = tell(found.now.apart)
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
        found=found,
        refused=refused,
        apart_before=tell(found.refused) if found and found.refused else "",
        restated=found.restating(language()) if found else "",
        left_out=LEFT_OUT[what],
        leading=set() if what == "equity" else {row.code for row in layout(what)},
        rows=[one for one in found.rows(what) if _shown(one)] if found else (),
        said=lambda names: names.said(language()),
    )
    return page, 200 if good and not refused else 422


def _shown(one: consolidation.JointRow) -> bool:
    """Say whether a row stands on the page, which has one column of the year before."""
    return one.row.kind != "line" or any((*one.now, one.then[-1]))


def _joint(year: int) -> Joint:
    """Return what the files of a time hold; what cannot be added up is refused."""
    checked(year)
    first, last = told_span(year)
    other = consolidation.sister_of(current_book, last)
    if other is None:
        abort(404)
    return consolidation.joint_statements(current_book, [other], first, last)


@bp.get("/year/<int:year>/together.xlsx")
def joint_workbook(year: int) -> Response:
    """Hand out the statements of both books as a workbook with formulas."""
    found = _joint(year)
    made = joint_xlsx(found, tell, language=language())
    return handed(made, f"gabungan-{found.now.last:%Y%m%d}.xlsx", XLSX)


@bp.get("/year/<int:year>/together.csv")
def joint_plain(year: int) -> Response:
    """Hand out the statements of both books as one csv."""
    found = _joint(year)
    made = joint_csv(found, tell, language=language()).encode()
    return handed(made, f"gabungan-{found.now.last:%Y%m%d}.csv", "text/csv")


@bp.get("/year/<int:year>/together.pdf")
def joint_paper(year: int) -> Response:
    """Hand out the statements of both books on paper."""
    found = _joint(year)
    made = joint_pdf(current_book, found, printed(), tell, language=language())
    return pdf(made, f"gabungan-{found.now.last:%Y%m%d}")
