"""Look at the by-laws' figures; change one from a day on."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import cooperatives
from coopbook.cooperatives import GROUP_NAMES, Group, InForce, Unit
from coopbook.money import Money
from coopbook.people import Approval
from webui.bylaws import bp
from webui.bylaws.forms import form_for
from webui.bylaws.saying import spoken
from webui.desk import Done, current_book, put, today
from webui.wording import day

ORDER = list(Group)


@bp.get("/bylaws")
def desk() -> ResponseReturnValue:
    """Show the figures of the by-laws and of the law on a subject."""
    asked = request.args.get("about", Group.SAVINGS)
    if asked not in ORDER:
        abort(404)
    about = Group(asked)
    found = [
        one
        for one in cooperatives.in_force(current_book, today())
        if one.standard.group is about
    ]
    return render_template(
        "bylaws/desk.html", rules=found, about=about, names=GROUP_NAMES, spoken=spoken
    )


def _one(name: str) -> InForce:
    known = cooperatives.in_force(current_book, today())
    found = next((one for one in known if one.standard.name == name), None)
    return found or abort(404)


@bp.route("/bylaws/<name>", methods=["GET", "POST"])
def changing(name: str) -> ResponseReturnValue:
    """Change a figure from today or a later day, or ask a second person to."""
    one, outcome = _one(name), None
    form = form_for(one.standard, valid_from=today())
    if request.method == "GET":
        form.value.data = _filled(one)
    if form.validate_on_submit():
        asked = form.asked()
        outcome = put(
            form,
            cooperatives.change_or_ask,
            name,
            asked,
            valid_from=form.valid_from.data,
            source=form.source.data or "",
            on=today(),
            sentence=lambda _done: _(
                "%(title)s: %(value)s from %(day)s on, instead of %(before)s.",
                title=_(one.standard.title),
                value=spoken(one.standard, str(asked).replace(" ", "")),
                day=day(form.valid_from.data),
                before=spoken(one.standard, one.value),
            ),
        )
    if isinstance(outcome, Done):
        flash(
            _("It waits for a second person.")
            if isinstance(outcome.result, Approval)
            else _("The by-law is changed.")
        )
        return redirect(url_for(".desk", about=one.standard.group.value))
    page = render_template(
        "bylaws/changing.html",
        form=form,
        one=one,
        title=_(one.standard.title),
        spoken=spoken,
        preview=outcome,
        help=_help(one.standard.unit),
    )
    return page, 422 if form.errors or form.refusals else 200


def _filled(one: InForce) -> Money | str:
    return Money(int(one.value)) if one.standard.unit is Unit.RUPIAH else one.value


def _help(unit: Unit) -> str:
    return {
        Unit.PERCENT: _("In percent, a whole number."),
        Unit.DAYS: _("In days."),
        Unit.MONTHS: _("In months."),
        Unit.YEARS: _("In years."),
        Unit.WEEKDAY: _("1 is Monday, 7 is Sunday; 0 where every day is open."),
        Unit.SHARE: _("Like >1/2 (more than a half) or >=2/3 (at least two thirds)."),
    }.get(unit, "")
