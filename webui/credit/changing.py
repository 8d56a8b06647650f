"""What is changed of a running loan by two people: a penalty waived, another rate."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import loans, members
from coopbook.money import Money, Per, Rate
from webui.acts import Act, answer
from webui.credit import bp
from webui.credit.forms import MoreForm, RateForm, ReplacementForm, WaiverForm
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


@bp.route("/loans/<int:number>/tranche", methods=["GET", "POST"])
def tranche(number: int) -> ResponseReturnValue:
    """Pay out more of a loan that comes in parts."""
    loan = loans.loan(current_book, number)
    left = loans.undrawn(current_book, loan)
    form, outcome = MoreForm(on=today(), amount=left or None), None
    if form.validate_on_submit():
        outcome = put(
            form,
            loans.pay_tranche,
            loan,
            form.amount.data,
            on=form.on.data,
            amount_shown=form.amount.data,
            sentence=_(
                "%(name)s gets %(amount)s more in cash; the rest is planned again.",
                name=loan.member.name,
                amount=rupiah(form.amount.data),
            ),
        )
    act = _paying(
        loan,
        _("Pay out more"),
        _("%(left)s of what was approved is not paid out yet.", left=rupiah(left)),
    )
    return answer(form, outcome, act, _("It is paid out."))


@bp.route("/loans/<int:number>/held", methods=["GET", "POST"])
def giving_back(number: int) -> ResponseReturnValue:
    """Give a member back what is held for a loan."""
    loan = loans.loan(current_book, number)
    held = Money(max(loans.replay_of(current_book, loan).held, 0))
    form, outcome = MoreForm(on=today(), amount=held or None), None
    if form.validate_on_submit():
        outcome = put(
            form,
            loans.give_back,
            loan,
            form.amount.data,
            on=form.on.data,
            amount_shown=form.amount.data,
            sentence=_(
                "%(name)s gets %(amount)s back in cash.",
                name=loan.member.name,
                amount=rupiah(form.amount.data),
            ),
        )
    said = _("%(sum)s is held for this loan.", sum=rupiah(held))
    act = _paying(loan, _("Give held money back"), said)
    return answer(form, outcome, act, _("It is given back."))


def _paying(loan: loans.Loan, title: str, lead: str) -> Act:
    back = url_for(".loan", number=loan.number)
    trail = [
        (_("Loans"), url_for(".desk")),
        (_("Loan %(number)s", number=loan.number), back),
        (title, None),
    ]
    return Act(title, _("Pay out"), back, trail, lead)
