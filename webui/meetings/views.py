"""Call a meeting, open it, close it, hand out its minutes."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from coopbook import archive, decisions, meetings
from coopbook.i18n import LANGUAGES
from coopbook.meetings import Matter, Meeting, MeetingKind, MeetingState, MotionState
from coopbook.printing.minutes import minutes_paper
from webui.desk import cooperative, current_book, once, today
from webui.meetings import bp
from webui.meetings.forms import (
    AgainForm,
    CallForm,
    CancelForm,
    ClosingForm,
    OpeningForm,
    PaperForm,
)
from webui.meetings.service import file_of, handed_out, sign_minutes
from webui.policy import asked_number

PAGE = 20
HELD = (MeetingState.OPEN, MeetingState.CLOSED)


def answered(template: str, form: Any, **shown: Any) -> ResponseReturnValue:
    """Show a form; with a refusal on it, the answer says so."""
    page = render_template(f"meetings/{template}.html", form=form, **shown)
    return page, 422 if form.errors or form.refusals else 200


@bp.get("/meetings")
def desk() -> ResponseReturnValue:
    """Show what runs, what is called next, and what was held."""
    before = asked_number("before")
    ended = (MeetingState.CLOSED, MeetingState.CANCELLED)
    past = meetings.meetings(current_book, before=before, states=ended, limit=PAGE + 1)
    coming = meetings.meetings(
        current_book, states=(MeetingState.OPEN, MeetingState.CALLED), limit=12
    )
    return render_template(
        "meetings/desk.html",
        coming=sorted(coming, key=lambda one: (one.held_on, one.number)),
        past=past[:PAGE],
        more=len(past) > PAGE,
        before=before,
    )


@bp.route("/meetings/new", methods=["GET", "POST"])
def call() -> ResponseReturnValue:
    """Call the members to a meeting."""
    form = CallForm(called_on=today())
    if form.validate_on_submit() and _called_by_now(form):
        with form.showing_refusals():
            row = once(
                *(form, meetings.call_meeting),
                kind=MeetingKind(form.kind.data),
                agenda=form.agenda.data or "",
                **_when_and_where(form),
            )
            flash(_("The meeting is called. Print or send the call to every member."))
            return redirect(url_for(".meeting", number=row.number))
    return answered("call", form)


def _when_and_where(form: AgainForm) -> dict[str, Any]:
    return {
        "called_on": form.called_on.data,
        "held_on": form.held_on.data,
        "begins_at": form.begins_at.data or "",
        "place": form.place.data or "",
        "short_notice_reason": form.short_notice_reason.data or "",
    }


def _called_by_now(form: AgainForm) -> bool:
    if form.called_on.data <= today():
        return True
    form.called_on.errors = [_("This day has not come yet.")]
    return False


@bp.get("/meetings/<int:number>")
def meeting(number: int) -> ResponseReturnValue:
    """Show a meeting, and the next step of it."""
    of = meetings.meeting(current_book, number)
    put = meetings.motions(current_book, number)
    quorums = (
        [(m, meetings.quorum(current_book, of, m)) for m in Matter]
        if of.state in HELD
        else []
    )
    return render_template(
        "meetings/meeting.html",
        meeting=of,
        label=meetings.minutes_label(of.number, of.held_on),
        first=meetings.meeting(current_book, of.repeats) if of.repeats else None,
        again=meetings.second_call(current_book, number),
        came=meetings.present(current_book, number, meetings.CAME),
        quorums=quorums,
        motions=put,
        waiting=[one for one in put if one.state is MotionState.OPEN],
        decided=decisions.decided_in(current_book, number),
        signed=meetings.signed_minutes(current_book, number),
        lacking=_lacked_quorum(of),
        due=of.held_on <= today(),
    )


def _lacked_quorum(of: Meeting) -> bool:
    """Say whether a second call is possible."""
    if of.state is not MeetingState.CLOSED or of.call > 1:
        return False
    return any(
        not meetings.quorum(current_book, of, m, presences=meetings.CAME).reached
        for m in Matter
    )


@bp.route("/meetings/<int:number>/opening", methods=["GET", "POST"])
def opening(number: int) -> ResponseReturnValue:
    """Open a meeting on its day."""
    of = meetings.meeting(current_book, number)
    form = OpeningForm(chair=current_user.full_name)
    if form.validate_on_submit():
        with form.showing_refusals():
            row = once(
                *(form, meetings.open_meeting, of),
                chair=form.chair.data or "",
                secretary=form.secretary.data or "",
                on=today(),
            )
            flash(_("Open: %(eligible)s members have a vote.", eligible=row.eligible))
            return redirect(url_for(".sheet", number=number))
    voting = meetings.eligible(current_book, of.held_on)
    return answered("opening", form, meeting=of, voting=voting)


@bp.route("/meetings/<int:number>/again", methods=["GET", "POST"])
def again(number: int) -> ResponseReturnValue:
    """Call a meeting a second time that had no quorum."""
    of = meetings.meeting(current_book, number)
    form = AgainForm(called_on=today(), begins_at=of.begins_at, place=of.place)
    if form.validate_on_submit() and _called_by_now(form):
        with form.showing_refusals():
            row = once(form, meetings.call_again, of, **_when_and_where(form))
            flash(_("The meeting is called. Print or send the call to every member."))
            return redirect(url_for(".meeting", number=row.number))
    return answered("again", form, meeting=of)


@bp.route("/meetings/<int:number>/cancellation", methods=["GET", "POST"])
def cancellation(number: int) -> ResponseReturnValue:
    """Call a meeting off."""
    of, form = meetings.meeting(current_book, number), CancelForm()
    if form.validate_on_submit():
        with form.showing_refusals():
            once(form, meetings.cancel, of, reason=form.reason.data or "")
            flash(_("The meeting is cancelled. Tell the members."))
            return redirect(url_for(".meeting", number=number))
    return answered("cancellation", form, meeting=of)


@bp.route("/meetings/<int:number>/closing", methods=["GET", "POST"])
def closing(number: int) -> ResponseReturnValue:
    """Close a meeting; its minutes are fixed then."""
    of, form = meetings.meeting(current_book, number), ClosingForm()
    if form.validate_on_submit():
        with form.showing_refusals():
            once(form, meetings.close_meeting, of, notes=form.notes.data or "")
            flash(_("Closed. Print the minutes and have them signed."))
            return redirect(url_for(".meeting", number=number))
    waiting = [
        one
        for one in meetings.motions(current_book, number)
        if one.state is MotionState.OPEN
    ]
    return answered("closing", form, meeting=of, waiting=waiting)


@bp.get("/meetings/<int:number>/minutes")
def minutes(number: int) -> Response:
    """Hand out the minutes as a PDF, in the language of the cooperative's papers."""
    of = meetings.meeting(current_book, number)
    if of.state not in HELD:
        abort(404)
    found, asked = meetings.minutes(current_book, of), request.args.get("language")
    paper = minutes_paper(
        found,
        language=asked if asked in LANGUAGES else cooperative().language,
        printed_by=current_user.full_name,
        printed_at=current_book.clock(),
    )
    response = Response(paper, mimetype="application/pdf")
    response.headers["Content-Disposition"] = (
        f'attachment; filename="{found.label}.pdf"'
    )
    return response


@bp.route("/meetings/<int:number>/signing", methods=["GET", "POST"])
def signing(number: int) -> ResponseReturnValue:
    """Keep the minutes that were signed."""
    of, form = meetings.meeting(current_book, number), PaperForm()
    if form.validate_on_submit():
        with form.showing_refusals():
            file = file_of(form.paper.data)
            once(form, sign_minutes, of, file=file, on=today())
            flash(_("Kept, sealed."))
            return redirect(url_for(".meeting", number=number))
    return answered("signing", form, meeting=of)


@bp.get("/meetings/<int:number>/signed")
def signed(number: int) -> Response:
    """Hand out the signed minutes."""
    of = meetings.meeting(current_book, number)
    row = meetings.signed_minutes(current_book, number)
    if row is None:
        abort(404)
    name = meetings.minutes_label(of.number, of.held_on)
    return handed_out(current_book, archive.scan(current_book, row.number), name)
