"""What is changed of a running loan by two people: a penalty waived, another rate."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import loans, members
from coopbook.money import Per, Rate
from webui.credit import bp
from webui.credit.forms import RateForm, WaiverForm
from webui.desk import Done, current_book, put, today, total
from webui.wording import day, rupiah
from webui.wording import rate as rate_said


@bp.route("/loans/<int:number>/waiver", methods=["GET", "POST"])
def waiver(number: int) -> ResponseReturnValue:
    """Ask a second person to waive a penalty."""
    loan = loans.loan(current_book, number)
    form, outcome = WaiverForm(on=today()), None
    now = loans.standing(current_book, loan, today())
    penalty = total(each.penalty for each in now.strip)
    if request.method == "GET" and penalty:
        form.amount.data = penalty
    if form.validate_on_submit():
        outcome = put(
            form,
            loans.waive_penalty,
            loan,
            form.amount.data,
            on=form.on.data,
            reason=form.reason.data or "",
            amount_shown=form.amount.data,
            sentence=_(
                "%(amount)s of the penalty of loan %(number)s is not asked any more,"
                " once a manager agrees.",
                amount=rupiah(form.amount.data),
                number=number,
            ),
        )
    if isinstance(outcome, Done):
        flash(_("It waits for a second person."))
        return redirect(url_for(".loan", number=number))
    page = render_template(
        "credit/waiver.html",
        form=form,
        loan=loan,
        member=members.member(current_book, loan.member_number),
        penalty=penalty,
        preview=outcome,
    )
    return page, 422 if form.errors or form.refusals else 200


@bp.route("/loans/<int:number>/rate", methods=["GET", "POST"])
def rate(number: int) -> ResponseReturnValue:
    """Ask a second person for another rate; the rest is planned again."""
    loan = loans.loan(current_book, number)
    form, outcome = RateForm(on=today()), None
    if form.validate_on_submit():
        with form.showing_refusals():
            asked = Rate.percent(form.percent.data, per=Per(form.per.data))
            outcome = put(
                form,
                loans.change_rate,
                loan,
                asked,
                on=form.on.data,
                reason=form.reason.data or "",
                sentence=_(
                    "From %(day)s on loan %(number)s bears %(rate)s instead of"
                    " %(before)s, once a manager agrees.",
                    day=day(form.on.data),
                    number=number,
                    rate=rate_said(asked),
                    before=rate_said(loan.rate),
                ),
            )
    if isinstance(outcome, Done):
        flash(_("It waits for a second person."))
        return redirect(url_for(".loan", number=number))
    page = render_template(
        "credit/rate.html",
        form=form,
        loan=loan,
        member=members.member(current_book, loan.member_number),
        preview=outcome,
    )
    return page, 422 if form.errors or form.refusals else 200
