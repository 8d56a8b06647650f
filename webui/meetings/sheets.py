"""Who takes part: many at once from the sheet, and who left."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from coopbook import meetings, members
from coopbook.meetings import Matter, MeetingState, Presence
from webui.desk import current_book, once
from webui.meetings import bp
from webui.meetings.forms import GoingForm, SheetForm
from webui.meetings.views import answered
from webui.policy import asked_number

PAGE = 40


@bp.get("/meetings/<int:number>/attendance")
def attendance(number: int) -> ResponseReturnValue:
    """List who came, by number of member."""
    of, after = meetings.meeting(current_book, number), asked_number("after", 0) or 0
    rows = meetings.attendance(current_book, number, after=after, limit=PAGE + 1)
    return render_template(
        "meetings/attendance.html",
        meeting=of,
        rows=rows[:PAGE],
        more=len(rows) > PAGE,
        after=after,
        came=meetings.present(current_book, number, meetings.CAME),
    )


@bp.route("/meetings/<int:number>/sheet", methods=["GET", "POST"])
def sheet(number: int) -> ResponseReturnValue:
    """Tick who takes part, a page of members at a time, or those found."""
    of, after = meetings.meeting(current_book, number), asked_number("after", 0) or 0
    asked = request.args.get("q", "").strip()[:100]
    rows = meetings.voters(current_book, of, text=asked, after=after, limit=PAGE + 1)
    page, more = rows[:PAGE], len(rows) > PAGE
    form = SheetForm()
    form.numbers.choices = [(one.number, one.name) for one in page]
    if form.validate_on_submit() and _ticked(form):
        with form.showing_refusals():
            entered = once(
                *(form, meetings.attend_all, of),
                sorted(form.numbers.data or []),
                presence=Presence(form.presence.data),
                signed=form.signed.data,
            )
            count = len(form.numbers.data or []) if entered is None else len(entered)
            flash(
                ngettext("%(num)s member entered.", "%(num)s members entered.", count)
            )
            on = page[-1].number if more and not asked else (after or None)
            return redirect(url_for(".sheet", number=number, after=on))
    return answered(
        "sheet",
        form,
        meeting=of,
        rows=page,
        more=more,
        after=after,
        asked=asked,
        quorum=meetings.quorum(current_book, of, Matter.ORDINARY),
        open=of.state is MeetingState.OPEN,
    )


def _ticked(form: SheetForm) -> bool:
    if form.numbers.data:
        return True
    form.refusals.append(_("Tick at least one member who takes part."))
    return False


@bp.route("/meetings/<int:number>/attendance/<int:member>", methods=["GET", "POST"])
def going(number: int, member: int) -> ResponseReturnValue:
    """Take somebody off the list who left, or never came."""
    of = meetings.meeting(current_book, number)
    rows = meetings.attendance(current_book, number, after=member - 1, limit=1)
    if not rows or rows[0].number != member:
        abort(404)
    form, who = GoingForm(), members.member(current_book, member)
    if form.validate_on_submit():
        left = form.presence.data == Presence.LEFT
        with form.showing_refusals():
            once(form, meetings.leave if left else meetings.strike, of, who)
            flash(_("%(name)s is taken off the list.", name=who.name))
            return redirect(url_for(".attendance", number=number))
    return answered("going", form, meeting=of, who=rows[0])
