"""What is changed of a running loan by two people: a penalty waived, another rate."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import loans, members
from coopbook.money import Per, Rate
from webui.credit import bp
from webui.credit.forms import RateForm, ReplacementForm, WaiverForm
from webui.desk import Done, current_book, put, today, total
from webui.wording import day, label, rupiah
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


@bp.route("/loans/<int:number>/replacement", methods=["GET", "POST"])
def replacement(number: int) -> ResponseReturnValue:
    """Ask for a loan that takes the place of this one."""
    loan = loans.loan(current_book, number)
    member = members.member(current_book, loan.member_number)
    form, outcome = ReplacementForm(on=today()), None
    form.product.choices = [
        (one.code, label(one)) for one in loans.products(current_book)
    ]
    ends = loans.to_date(current_book, loan, today()).total
    if request.method == "GET":
        form.product.data, form.term.data = loan.product_code, loan.term
        form.amount.data = ends or None
    if form.validate_on_submit():
        restructure = form.how.data == "restructure"
        with form.showing_refusals():
            outcome = put(
                form,
                loans.ask_replacement,
                loan,
                loans.product(current_book, form.product.data),
                form.amount.data,
                term=form.term.data,
                purpose=form.purpose.data or "",
                on=form.on.data,
                restructure=restructure,
                amount_shown=form.amount.data,
                sentence=_(
                    "A new loan of %(amount)s over %(term)s installments ends loan"
                    " %(number)s of %(name)s. Another person approves it first; the old"
                    " loan stays in the book, linked.",
                    amount=rupiah(form.amount.data),
                    term=form.term.data,
                    number=number,
                    name=member.name,
                ),
            )
    if isinstance(outcome, Done):
        flash(_("Loan %(number)s waits for approval.", number=outcome.result.number))
        return redirect(url_for(".loan", number=outcome.result.number))
    page = render_template(
        "credit/replacement.html",
        form=form,
        loan=loan,
        member=member,
        ends=ends,
        standing=loans.standing(current_book, loan, today()),
        preview=outcome,
    )
    return page, 422 if form.errors or form.refusals else 200
