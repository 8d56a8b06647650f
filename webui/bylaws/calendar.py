"""The days the cooperative is closed, and who holds office from when to when."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import cooperatives
from coopbook.cooperatives import OFFICE_NAMES, Office
from webui.bylaws import bp
from webui.bylaws.forms import ClosedDayForm, HolidaysForm, OpenForm, TermForm
from webui.desk import current_book, once, today
from webui.policy import asked_number
from webui.wording import day


@bp.get("/bylaws/calendar")
def calendar() -> ResponseReturnValue:
    """Show the closed days of a year."""
    return _calendar(ClosedDayForm(formdata=None))


@bp.post("/bylaws/calendar")
def closing() -> ResponseReturnValue:
    """Close one more day to come."""
    form = ClosedDayForm()
    if form.validate_on_submit():
        with form.showing_refusals():
            once(form, cooperatives.close_day, form.on.data, form.name.data or "")
            flash(_("Closed on %(day)s.", day=day(form.on.data)))
            return redirect(url_for(".calendar", year=form.on.data.year))
    return _calendar(form)


def _calendar(form: ClosedDayForm) -> ResponseReturnValue:
    year = min(max(asked_number("year", today().year) or 0, 2000), 2100)
    page = render_template(
        "bylaws/calendar.html",
        form=form,
        holidays=HolidaysForm(formdata=None),
        opening=OpenForm(formdata=None),
        year=year,
        days=cooperatives.closed_days(current_book, year),
        now=today(),
    )
    return page, 422 if form.errors or form.refusals else 200


@bp.post("/bylaws/calendar/holidays")
def holidays() -> ResponseReturnValue:
    """Close the public holidays of a year that are still to come."""
    form = HolidaysForm()
    year = min(max(asked_number("year", today().year) or 0, 2000), 2100)
    if form.validate_on_submit():
        with form.showing_refusals():
            once(form, cooperatives.close_public_holidays, year)
            flash(_("The public holidays still to come are closed."))
    return redirect(url_for(".calendar", year=year))


@bp.post("/bylaws/calendar/open")
def opening() -> ResponseReturnValue:
    """Open a day to come again."""
    form = OpenForm()
    if form.validate_on_submit():
        with form.showing_refusals():
            once(form, cooperatives.open_day, form.day.data)
            return redirect(url_for(".calendar", year=form.day.data.year))
    for sentence in form.refusals:
        flash(sentence)
    return redirect(url_for(".calendar"))


@bp.get("/bylaws/offices")
def offices() -> ResponseReturnValue:
    """Show who held which office from when to when."""
    return _offices(TermForm(on=today(), formdata=None))


@bp.post("/bylaws/offices")
def entering() -> ResponseReturnValue:
    """Enter the next term of an office."""
    form = TermForm()
    if form.validate_on_submit():
        with form.showing_refusals():
            once(
                form,
                cooperatives.begin_term,
                Office(form.office.data),
                form.name.data or "",
                on=form.on.data,
                source=form.source.data or "",
            )
            flash(_("The term is entered."))
            return redirect(url_for(".offices"))
    return _offices(form)


def _offices(form: TermForm) -> ResponseReturnValue:
    groups = [
        (_(said), cooperatives.terms_of_office(current_book, office))
        for office, said in OFFICE_NAMES.items()
    ]
    page = render_template("bylaws/offices.html", form=form, groups=groups)
    return page, 422 if form.errors or form.refusals else 200
