"""What term deposits earn: dated terms, and the cap of the regulation."""

from __future__ import annotations

from datetime import date, timedelta

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import deposits
from coopbook.savings import DayCount
from webui.deposits import bp
from webui.deposits.forms import DepositTermsForm
from webui.desk import Done, Preview, current_book, put, today
from webui.savings.forms import yearly


@bp.get("/deposits/terms")
def terms() -> ResponseReturnValue:
    """Show every terms that were ever set."""
    known = deposits.all_terms(current_book)
    return render_template("deposits/terms.html", known=known)


@bp.route("/deposits/terms/new", methods=["GET", "POST"])
def setting() -> ResponseReturnValue:
    """Set what deposits of some months earn from a day on."""
    form, outcome = DepositTermsForm(on=_first_free()), None
    if form.validate_on_submit():
        outcome = put(
            form,
            deposits.set_deposit_terms,
            form.months.data,
            rate=yearly(form.rate.data),
            valid_from=form.on.data,
            source=form.source.data or "",
            day_count=DayCount(form.day_count.data),
            kept_percent=form.kept.data,
            penalty_percent=form.penalty.data,
            sentence=_(
                "Deposits of %(months)s months opened from %(day)s earn %(rate)s%% a "
                "year. Those that run keep their terms.",
                months=form.months.data,
                day=f"{form.on.data:%d/%m/%Y}",
                rate=form.rate.data,
            ),
        )
        cap = deposits_cap(form)
        if isinstance(outcome, Preview) and cap:
            outcome.notes.append(
                _(
                    "Worth a look: the regulation's cap is %(cap)s percent a year "
                    "(Permenkop 8/2023 article 26).",
                    cap=cap,
                )
            )
    if isinstance(outcome, Done):
        flash(_("The terms are set."))
        return redirect(url_for(".terms"))
    page = render_template("deposits/setting.html", form=form, preview=outcome)
    return page, 422 if form.errors or form.refusals else 200


def _first_free() -> date:
    """Return today, or the day after the last terms where they begin today or later."""
    known = [one.valid_from for one in deposits.all_terms(current_book)]
    return max([today(), *(on + timedelta(days=1) for on in known)])


def deposits_cap(form: DepositTermsForm) -> int | None:
    """Return the cap where the rate asked for lies above it."""
    asked = deposits.DepositTerms(rate=yearly(form.rate.data))
    return deposits.above_cap(current_book, asked, form.on.data)
