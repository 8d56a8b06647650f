"""The kinds of loans: what each offers, and changing one with a second person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from coopbook import loans
from coopbook.errors import Refused
from coopbook.i18n import Names
from coopbook.loans.conditions import Conditions
from coopbook.loans.daycount import DayCount, Unit
from coopbook.loans.fees import NOTHING, Fee, GoesTo, Taken
from coopbook.loans.offering import Offer, add_product, change_product, offer_of
from coopbook.loans.rates import cost
from coopbook.loans.replay import Early, Order
from coopbook.loans.terms import METHOD_NAMES, Every, InterestMethod, Remainder
from coopbook.money import Money, Per, Rate
from coopbook.opendays import Shift
from webui.acts import Act, answer
from webui.credit import bp
from webui.credit.forms import (
    DAY_COUNTS,
    GOES_TO,
    SHIFTS,
    TAKEN,
    NewKindForm,
    ProductForm,
    said_every,
)
from webui.desk import Done, current_book, put, today
from webui.wording import figure, label, percent, rupiah
from webui.wording import rate as rate_said


@bp.get("/loans/products")
def products() -> ResponseReturnValue:
    """Show what each kind of loan offers, and what it really costs over a year."""
    rows = [(row, facts_of(offer_of(row))) for row in loans.products(current_book)]
    return render_template("credit/products.html", rows=rows)


def facts_of(offer: Offer) -> list[tuple[str, str]]:
    """Return what a kind of loan offers, in words."""
    conditions = offer.conditions
    found = [
        (_("At most"), rupiah(offer.limit)),
        (_("Most installments"), str(offer.max_term)),
        (_("Interest"), f"{_(METHOD_NAMES[offer.method])}, {rate_said(offer.rate)}"),
        (_("A year in truth, over twelve months"), cost_said(offer)),
        (_("Installments"), said_every(conditions.every)),
        (_("How days are counted"), str(COUNTS[conditions.day_count])),
        (_("Due on a closed day"), str(dict(SHIFTS)[conditions.shift.value])),
        (_("Installments rounded up to"), figure(Money(offer.step))),
        (_("Penalty"), rate_said(offer.penalty_rate)),
        (_("Days of grace"), str(offer.grace_days)),
        (_("A payment settles"), _(loans.ORDER_NAMES[conditions.order])),
        (_("Ended early"), _(loans.EARLY_NAMES[conditions.early])),
        (_("Origination fee"), percent(float(offer.origination_fee_rate.share))),
        (_("Administration fee"), figure(offer.admin_fee, zero=True)),
    ]
    if conditions.rate_from is not None and conditions.rate_to is not None:
        said = _(
            "%(low)s to %(high)s",
            low=rate_said(conditions.rate_from),
            high=rate_said(conditions.rate_to),
        )
        if conditions.decision:
            said += " " + _("(decision %(number)s)", number=conditions.decision)
        found.append((_("Range approved by the meeting"), said))
    if conditions.due_day:
        found.append((_("Due day"), str(conditions.due_day)))
    for fee in conditions.fees:
        parts = [rupiah(fee.fixed)] if fee.fixed else []
        parts += [percent(float(fee.share.share))] if fee.share.share else []
        said = f"{' + '.join(parts)}, {TAKEN[fee.taken]}, {GOES_TO[fee.goes_to]}"
        found.append((fee.name, said))
    if conditions.cover:
        said = _("%(cover)s percent of the loan", cover=conditions.cover)
        found.append((_("Cover asked for"), said))
    if conditions.joint:
        found.append((_("For whom"), _("members of a group with joint liability")))
    for name, count in (
        (_("First installments without principal"), conditions.principal_grace),
        (
            _("First installments whose interest is asked later"),
            conditions.interest_deferred,
        ),
        (_("Tolerated, rupiah an installment"), conditions.tolerance.units),
    ):
        if count:
            found.append((name, str(count)))
    return found


def cost_said(offer: Offer) -> str:
    """Say the internal and the compounded rate of a loan over twelve periods."""
    lent = Money(12_000_000)
    periods = min(12, max(offer.max_term, 1))
    try:
        terms = offer.conditions.terms(offer.method, offer.rate, periods, offer.step)
        plan = loans.schedule(terms, lent, today())
        fees = offer.origination_fee_rate.of(lent) + offer.admin_fee
        found = cost(terms, lent - fees, plan, today())
    except (Refused, ValueError):  # nothing is left to receive after the fees
        return "–"
    return _(
        "%(twelve)s (compounded %(compounded)s), fees included",
        twelve=percent(found.twelvefold),
        compounded=percent(found.compounded),
    )


COUNTS = {count: said for value, said in DAY_COUNTS for count in [DayCount(value)]} | {
    DayCount.THIRTY_360_DATES: _l("months of 30 days over 360, by dates"),
    DayCount.ACTUAL_ACTUAL_FIRST: _l("days over the days of the year"),
    DayCount.ACTUAL_FEBRUARY: _l("days over 365, or 366 over a 29 February"),
}


@bp.route("/loans/products/new", methods=["GET", "POST"])
def new_kind() -> ResponseReturnValue:
    """Ask for a new kind of loan that begins like another."""
    form, outcome = NewKindForm(), None
    form.like.choices = [(p.code, label(p)) for p in loans.products(current_book)]
    if form.validate_on_submit():
        like = loans.product(current_book, form.like.data)
        outcome = put(
            form,
            add_product,
            form.code.data or "",
            Names(form.name_id.data or "", form.name_en.data or ""),
            like=like,
            on=today(),
            reason=form.reason.data or "",
            sentence=_(
                "%(name)s is offered with the terms of %(like)s once a second person"
                " agrees; then its terms can be changed.",
                name=form.name_id.data,
                like=label(like),
            ),
        )
    back = url_for(".products")
    act = Act(
        _("A new kind of loan"),
        _("Ask a second person"),
        back,
        [
            (_("Loans"), url_for(".desk")),
            (_("Kinds of loans"), back),
            (_("New"), None),
        ],
    )
    return answer(form, outcome, act, _("It is offered."))


@bp.route("/loans/products/<code>", methods=["GET", "POST"])
def product(code: str) -> ResponseReturnValue:
    """Change what a kind of loan offers; a second person agrees."""
    row = loans.product(current_book, code)
    form, outcome = ProductForm(), None
    if request.method == "GET":
        fill(form, offer_of(row))
    if form.validate_on_submit():
        with form.showing_refusals():
            offer = asked(form, offer_of(row))
            outcome = put(
                form,
                change_product,
                row,
                offer,
                on=today(),
                reason=form.reason.data or "",
                sentence=_(
                    "%(product)s is offered at %(rate)s, up to %(term)s installments,"
                    " once a second person agrees. Loans that run keep their terms.",
                    product=label(row),
                    rate=rate_said(offer.rate),
                    term=offer.max_term,
                ),
            )
    if isinstance(outcome, Done):
        flash(_("It waits for a second person."))
        return redirect(url_for(".products"))
    page = render_template(
        "credit/product.html", form=form, product=row, preview=outcome
    )
    return page, 422 if form.errors or form.refusals else 200


def fill(form: ProductForm, offer: Offer) -> None:
    """Put the terms of today into the form."""
    conditions = offer.conditions
    shown: dict[str, Any] = {
        "method": offer.method.value,
        "percent": plain(offer.rate),
        "per": offer.rate.per.value,
        "limit": offer.limit,
        "max_term": offer.max_term,
        "unit": conditions.every.unit.value,
        "count": conditions.every.count,
        "due_day": conditions.due_day,
        "day_count": conditions.day_count.value,
        "shift": conditions.shift.value,
        "principal_grace": conditions.principal_grace,
        "interest_deferred": conditions.interest_deferred,
        "step": str(offer.step),
        "order": conditions.order.value,
        "early": conditions.early.value,
        "penalty": plain(offer.penalty_rate),
        "penalty_per": offer.penalty_rate.per.value,
        "grace_days": offer.grace_days,
        "tolerance": conditions.tolerance.units,
        "origination": plain(offer.origination_fee_rate),
        "admin": offer.admin_fee.units,
        "rate_from": conditions.rate_from and plain(conditions.rate_from),
        "rate_to": conditions.rate_to and plain(conditions.rate_to),
        "decision": conditions.decision,
        "cover": conditions.cover or None,
        "joint": conditions.joint,
    }
    for name, value in shown.items():
        form[name].data = value
    for row, fee in zip(form.fees, conditions.fees, strict=False):
        row.title.data = fee.name
        row.fixed.data = fee.fixed.units or None
        row.percent.data = plain(fee.share) if fee.share.share else None
        row.taken.data, row.goes_to.data = fee.taken.value, fee.goes_to.value


def _fees(form: ProductForm, now: Sequence[Fee]) -> tuple[Fee, ...]:
    """Return the fees a form asks for; what it has no row for stays."""
    found = []
    for place, row in enumerate(form.fees):
        if not (row.title.data or "").strip():
            continue
        goes_to = GoesTo(row.goes_to.data)
        kept = now[place] if place < len(now) else None
        same = kept is not None and kept.goes_to is goes_to
        found.append(
            Fee(
                row.title.data.strip(),
                Money(int(row.fixed.data or 0)),
                Rate.percent(row.percent.data) if row.percent.data else NOTHING,
                Taken(row.taken.data),
                goes_to,
                kept.account if kept is not None and same else 0,
            )
        )
    return (*found, *now[len(form.fees) :])


def _yearly(percent: str | None) -> Rate | None:
    return Rate.percent(percent, per=Per.YEAR) if percent else None


def plain(rate: Rate) -> str:
    """Write the percentage of a rate as a form takes it."""
    return f"{float(rate.share * 100):g}"


def asked(form: ProductForm, now: Offer) -> Offer:
    """Return the terms a form asks for; what it does not show stays."""
    step = int(form.step.data)
    conditions: Conditions = replace(
        now.conditions,
        every=Every(int(form.count.data or 1), Unit(form.unit.data)),
        due_day=form.due_day.data or None,
        day_count=DayCount(form.day_count.data),
        shift=Shift(form.shift.data),
        principal_grace=int(form.principal_grace.data or 0),
        interest_deferred=int(form.interest_deferred.data or 0),
        remainder=Remainder.SPREAD if step == 1 else Remainder.LAST,
        order=Order(form.order.data),
        early=Early(form.early.data),
        early_share=now.conditions.early_share or Fraction(1, 2),
        early_months=now.conditions.early_months or 1,
        tolerance=Money(int(form.tolerance.data or 0)),
        rate_from=_yearly(form.rate_from.data),
        rate_to=_yearly(form.rate_to.data),
        decision=form.decision.data or None,
        cover=int(form.cover.data or 0),
        joint=bool(form.joint.data),
        fees=_fees(form, now.conditions.fees),
    )
    return Offer(
        InterestMethod(form.method.data),
        Rate.percent(form.percent.data, per=Per(form.per.data)),
        form.limit.data,
        int(form.max_term.data),
        step,
        Rate.percent(form.penalty.data, per=Per(form.penalty_per.data)),
        int(form.grace_days.data or 0),
        Rate.percent(form.origination.data),
        Money(int(form.admin.data or 0)),
        conditions,
    )
