"""Motions, the roll call, the decision."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from coopbook import decisions, meetings
from coopbook.meetings import Choice, Matter, MotionState, Way
from webui.desk import current_book, once
from webui.forms import OnceForm
from webui.meetings import bp
from webui.meetings.forms import DecidingForm, MotionForm
from webui.meetings.views import answered
from webui.policy import asked_number

PAGE = 40


@bp.route("/meetings/<int:number>/motions/new", methods=["GET", "POST"])
def motion_new(number: int) -> ResponseReturnValue:
    """Put a motion to an open meeting."""
    of, form = meetings.meeting(current_book, number), MotionForm()
    if form.validate_on_submit():
        with form.showing_refusals():
            put = once(
                *(form, meetings.put_motion, of),
                matter=Matter(form.matter.data),
                title=form.title.data or "",
                text=form.text.data or "",
            )
            there = {"number": number, "motion": put.number}
            return redirect(url_for(".motion", **there))
    return answered("motion_new", form, meeting=of)


@bp.get("/meetings/<int:number>/motions/<int:motion>")
def motion(number: int, motion: int) -> ResponseReturnValue:
    """Show a motion: its words, its votes, what came of it."""
    of = meetings.meeting(current_book, number)
    one = meetings.motion(current_book, of, motion)
    found = meetings.minutes(current_book, of)
    told = next(each for each in found.motions if each.number == motion)
    return render_template(
        "meetings/motion.html",
        meeting=of,
        motion=one,
        told=told,
        decision=decisions.decided_in(current_book, number).get(motion),
        quorum=told.quorum or meetings.quorum(current_book, of, one.matter),
        roll=meetings.votes(current_book, one),
    )


@bp.route("/meetings/<int:number>/motions/<int:motion>/vote", methods=["GET", "POST"])
def deciding(number: int, motion: int) -> ResponseReturnValue:
    """Decide a motion by the votes that were counted."""
    of = meetings.meeting(current_book, number)
    one = meetings.motion(current_book, of, motion)
    roll = meetings.votes(current_book, one)
    form = DecidingForm(way=Way.ROLL_CALL.value if any(roll.values()) else None)
    if not form.way.data:
        form.way.data = Way.SHOW_OF_HANDS.value
    if form.validate_on_submit():
        with form.showing_refusals():
            done = once(
                *(form, meetings.decide, one),
                way=Way(form.way.data),
                votes_for=form.votes_for.data,
                votes_against=form.votes_against.data,
                abstained=form.abstained.data,
            )
            _tell(number, done.number)
            return redirect(url_for(".motion", number=number, motion=motion))
    quorum = meetings.quorum(current_book, of, one.matter)
    shown = {"meeting": of, "motion": one, "roll": roll, "quorum": quorum}
    return answered("deciding", form, **shown)


def _tell(number: int, motion: int) -> None:
    made = decisions.decided_in(current_book, number).get(motion)
    if made is None:
        flash(_("Not carried."), "watch")
    else:
        flash(_("Carried: decision %(label)s.", label=made.label))


@bp.route("/meetings/<int:number>/motions/<int:motion>/roll", methods=["GET", "POST"])
def roll_call(number: int, motion: int) -> ResponseReturnValue:
    """Enter the votes of a roll call, a page of members at a time."""
    of = meetings.meeting(current_book, number)
    one = meetings.motion(current_book, of, motion)
    after, form = asked_number("after", 0) or 0, OnceForm()
    rows = meetings.ballots(current_book, one, after=after, limit=PAGE + 1)
    page, more = rows[:PAGE], len(rows) > PAGE
    if form.validate_on_submit():
        said = {str(row.number): request.form.get(f"v-{row.number}") for row in page}
        choices = {key: Choice(vote) for key, vote in said.items() if vote in [*Choice]}
        with form.showing_refusals():
            once(form, meetings.cast_all, one, choices)
            flash(
                ngettext(
                    "%(num)s vote entered.", "%(num)s votes entered.", len(choices)
                )
            )
            on = page[-1].number if more else (after or None)
            there = {"number": number, "motion": motion, "after": on}
            return redirect(url_for(".roll_call", **there))
    return answered(
        "roll_call",
        form,
        meeting=of,
        motion=one,
        rows=page,
        more=more,
        after=after,
        roll=meetings.votes(current_book, one),
        undecided=one.state is MotionState.OPEN,
    )
