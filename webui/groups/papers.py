"""The sheet of a meeting on paper."""

from __future__ import annotations

from flask import Response, request

from coopbook import groups
from coopbook.groups import LoanGroup
from coopbook.printing.group_sheet import group_sheet_of, group_sheet_pdf
from webui.desk import current_book
from webui.groups import bp
from webui.groups.views import next_day
from webui.papers import pdf, printed
from webui.wording import Unreadable, read_date


def sheet_of(group: LoanGroup) -> Response:
    """Return the sheet of a group's meeting, on the day asked for or the next."""
    try:
        on = read_date(request.args.get("on", ""))
    except Unreadable:
        on = next_day(group)
    facts = group_sheet_of(current_book, group, on)
    return pdf(group_sheet_pdf(facts, printed()), facts.serial)


@bp.get("/groups/<int:number>/sheet.pdf")
def paper(number: int) -> Response:
    """Hand out the sheet to be filled in at the meeting."""
    return sheet_of(groups.group(current_book, number))
