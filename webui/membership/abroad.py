"""Where a member worked abroad: for who counsels and oversees, nobody else."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import members, migrants
from webui.desk import current_book, once, today
from webui.membership import bp
from webui.membership.forms import StayForm
from webui.membership.header import about
from webui.membership.person import answered
from webui.parts import country_name


@bp.get("/members/<int:number>/abroad")
def abroad(number: int) -> ResponseReturnValue:
    """Show a member's stays abroad."""
    who = members.member(current_book, number)
    return render_template(
        "membership/abroad.html",
        **about(who),
        stays=migrants.episodes(current_book, who),
        country_name=country_name,
    )


@bp.route("/members/<int:number>/abroad/new", methods=["GET", "POST"])
def stay_new(number: int) -> ResponseReturnValue:
    """Write down a stay abroad."""
    who, form = members.member(current_book, number), StayForm()
    if form.validate_on_submit():
        with form.showing_refusals():
            once(
                *(form, migrants.note_episode, who, form.country.data),
                on=today(),
                departed_on=form.departed.data,
                returned_on=form.returned.data,
            )
            flash(_("Written down."))
            return redirect(url_for(".abroad", number=number))
    return answered("stay", form, member=who, lead=_("Write down a stay abroad"))


@bp.route("/members/<int:number>/abroad/<int:item>", methods=["GET", "POST"])
def stay(number: int, item: int) -> ResponseReturnValue:
    """Put a stay abroad right, or say that it is over."""
    who = members.member(current_book, number)
    row = migrants.episode(current_book, who, item)
    form = StayForm(
        country=row.country, departed=row.departed_on, returned=row.returned_on
    )
    if form.validate_on_submit():
        with form.showing_refusals():
            once(
                *(form, migrants.correct_episode, who, item, form.country.data),
                on=today(),
                departed_on=form.departed.data,
                returned_on=form.returned.data,
            )
            flash(_("Written down."))
            return redirect(url_for(".abroad", number=number))
    return answered("stay", form, member=who, lead=_("Correct a stay abroad"))
