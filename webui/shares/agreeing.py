"""Agree on plans, exempt months by decision, and end both."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import decisions, members, savings
from coopbook.errors import Missing
from webui import months
from webui.desk import current_book, once, today
from webui.membership.naming import decided
from webui.shares import bp
from webui.shares.forms import EndForm, ExemptionForm, PlanForm
from webui.wording import rupiah


def _page(name: str, form: Any, **more: Any) -> ResponseReturnValue:
    page = render_template(f"shares/{name}.html", form=form, **more)
    return page, 422 if form.errors or form.refusals else 200


def _back(number: int) -> ResponseReturnValue:
    return redirect(url_for(".calendar", number=number))


@bp.route("/members/<int:number>/plan", methods=["GET", "POST"])
def plan(number: int) -> ResponseReturnValue:
    """Agree with a member over how many months the arrears are paid."""
    who, form = members.member(current_book, number), PlanForm()
    said = savings.share_standing(current_book, who, today())
    if form.validate_on_submit():
        with form.showing_refusals():
            row = once(
                *(form, savings.agree_plan, who),
                months=form.months.data,
                on=today(),
                note=form.note.data or "",
            )
            flash(
                _(
                    "Agreed: %(amount)s over %(count)s months from %(first)s on.",
                    amount=rupiah(row.arrears),
                    count=row.months,
                    first=months.named(row.first_month),
                )
            )
            return _back(number)
    return _page(
        "plan", form, member=who, said=said, missed=months.missed(said.calendar)
    )


@bp.post("/members/<int:number>/plan/end")
def plan_end(number: int) -> ResponseReturnValue:
    """End the plan that runs; what is missed is missed again."""
    who, form = members.member(current_book, number), EndForm()
    said = savings.share_standing(current_book, who, today())
    if form.validate_on_submit() and said.plan is not None:
        once(form, savings.end_plan, said.plan.plan, on=today())
        flash(_("The plan has ended."))
    return _back(number)


@bp.route("/members/<int:number>/exemption", methods=["GET", "POST"])
def exemption(number: int) -> ResponseReturnValue:
    """Let a member owe nothing for some months, by decision."""
    who, form = members.member(current_book, number), ExemptionForm()
    form.decision.choices = decided(current_book, none=_("Choose the decision"))
    if form.validate_on_submit():
        with form.showing_refusals():
            row = once(
                *(form, savings.exempt, who),
                first_month=form.first_month.data,
                last_month=form.last_month.data,
                reason=form.reason.data or "",
                decision=_decision(form),
            )
            run = [row.first_month, row.last_month]
            flash(
                _(
                    "Nothing is owed from %(first)s to %(last)s.",
                    first=months.named(run[0]),
                    last=months.named(run[1]),
                )
            )
            return _back(number)
    return _page("exemption", form, member=who)


def _decision(form: ExemptionForm) -> decisions.Decision | None:
    typed = form.decision.data or ""
    plain = typed.isascii() and typed.isdecimal() and len(typed) < 16
    try:
        return decisions.decision(current_book, int(typed)) if plain else None
    except Missing:
        return None


@bp.post("/members/<int:number>/exemptions/<int:item>/end")
def exemption_end(number: int, item: int) -> ResponseReturnValue:
    """Take an exemption back: its months are owed again."""
    who, form = members.member(current_book, number), EndForm()
    row = current_book.get(savings.ShareExemption, number, item)
    if row is None:
        abort(404)
    if form.validate_on_submit() and who:
        once(form, savings.end_exemption, row, on=today())
        flash(_("The exemption has ended: its months are owed again."))
    return _back(number)
