"""What is at risk by what loans have in common, and the loans behind each figure."""

from __future__ import annotations

from datetime import date

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from coopbook import baddebts, loans, members
from coopbook.baddebts import REASON_NAMES, By, LoanClass, Policy, TermRow, daily
from coopbook.baddebts.tenure import HORIZON
from coopbook.cooperatives import Office
from coopbook.dates import day_before
from coopbook.i18n import N_
from webui.baddebts import bp, charts
from webui.baddebts.forms import RESTRUCTURED, AsOf, Listed
from webui.desk import current_book, once, today, total
from webui.forms import OnceForm
from webui.parts import part_name
from webui.pictures import as_picture
from webui.policy import may
from webui.portions import portion
from webui.wording import day

WHICH = {"approved": N_("approved then, and late since"), "fell": N_("first late then")}
"""The figures of a term of office that have a list."""
OFFICES = {By.BOARD: Office.BOARD, By.HEAD: Office.VILLAGE_HEAD}


def _readable() -> list[By]:
    """Return by what a person may see loans broken down.

    Where members worked abroad is for who counsels and oversees them, not for auditors.
    """
    if not may("baddebts.parts"):
        return []
    return [by for by in By if by is not By.COUNTRY or may("membership.abroad")]


@bp.get("/loans/bad/by/<what>")
def parts(what: str) -> ResponseReturnValue:
    """Show what is at risk by what loans have in common; by terms of office twice."""
    by = _asked_by(what)
    form = AsOf(request.args)
    good = form.validate()
    on = _on(form, good)
    now = baddebts.assess(current_book, on)
    office = OFFICES.get(by)
    found = baddebts.broken_down(current_book, now, by)
    rows, more = portion(found, request.args.get("after"), lambda row: row.name)
    page = render_template(
        "baddebts/parts.html",
        by=by,
        names={one: baddebts.BY_NAMES[one] for one in _readable()},
        part_name=part_name,
        form=form,
        on=on,
        now=now,
        rows=rows,
        more=more,
        terms=baddebts.by_term(current_book, office, now) if office else None,
        horizon=HORIZON,
    )
    return page, 200 if good else 422


def _asked_by(what: str) -> By:
    by = next((each for each in By if each.value == what), None) or abort(404)
    if by not in _readable():
        abort(403)
    return by


def _on(form: AsOf, good: bool) -> date:
    return (form.on.data if good else None) or today()


@bp.get("/loans/bad/by/<what>.svg")
def parts_picture(what: str) -> ResponseReturnValue:
    """Draw what the table beside it says."""
    by, form = _asked_by(what), AsOf(request.args)
    on = _on(form, form.validate())
    now, office = baddebts.assess(current_book, on), OFFICES.get(by)
    if office is not None:
        return as_picture(
            charts.terms_chart(baddebts.by_term(current_book, office, now))
        )
    found = [
        (part_name(by, part.name), part)
        for part in baddebts.broken_down(current_book, now, by)
    ]
    return as_picture(charts.parts_chart(found))


@bp.get("/loans/bad/risk.svg")
def risk_picture() -> Response:
    """Draw the portfolio at risk, as the table beside it says."""
    form = AsOf(request.args)
    now = baddebts.assess(current_book, _on(form, form.validate()))
    return as_picture(
        charts.risk_chart([now.at_risk(days) for days in baddebts.PAR_DAYS])
    )


@bp.get("/loans/bad/list")
def listed() -> ResponseReturnValue:
    """Show the loans behind a figure: of a class, late for so long, of one part."""
    form = Listed(request.args)
    good = form.validate()
    by = By(form.by.data) if good and form.by.data else None
    if by is not None and by not in _readable():
        abort(403)
    on = _on(form, good)
    asked = Policy(form.policy.data) if good and form.policy.data else None
    now = baddebts.assess(current_book, on, policy=asked)
    one = LoanClass(form.loan_class.data) if good and form.loan_class.data else None
    days = form.days.data if good and form.days.data is not None else -1
    anew = good and form.only.data == RESTRUCTURED
    name = (form.name.data or "") if by is not None else None
    found = [
        each
        for each in baddebts.named(current_book, now, by or By.PRODUCT, name)
        if each.days > days
        and one in (None, each.verdict.loan_class)
        and (not anew or each.loan.carried_days is not None)
    ]
    found.sort(key=lambda one: (-one.days, one.loan.number))
    said = [
        *([day(on)] if form.on.data else []),
        *(
            [f"{_(baddebts.BY_NAMES[by])}: {part_name(by, name or '')}"]
            if by is not None
            else []
        ),
        *([_(baddebts.CLASS_NAMES[one])] if one else []),
        *([_("Restructured loans")] if anew else []),
        *([late_for(days)] if days >= 0 else []),
    ]
    rows, more = portion(found, request.args.get("after"), lambda row: row.loan.number)
    page = render_template(
        "baddebts/list.html",
        rows=rows,
        more=more,
        said=" · ".join(said),
        outstanding=total(each.outstanding for each in found),
        count=len(found),
        names=baddebts.CLASS_NAMES,
        reasons=REASON_NAMES,
    )
    return page, 200 if good else 422


def late_for(days: int) -> str:
    """Say of which loans a list is: late at all, or more than so many days."""
    if not days:
        return _("late at all")
    return ngettext("more than %(num)s day late", "more than %(num)s days late", days)


@bp.get("/loans/bad/by/<what>/<which>")
def fallen(what: str, which: str) -> ResponseReturnValue:
    """Show the loans behind a figure of a term of office."""
    by = _asked_by(what)
    office = OFFICES.get(by)
    if office is None or which not in WHICH:
        abort(404)
    form = AsOf(request.args)
    good = form.validate()
    on = _on(form, good)
    number = request.args.get("term", 0, type=int) or None
    rows = baddebts.by_term(current_book, office, baddebts.assess(current_book, on))
    row = next((one for one in rows if _number(one) == number), None) or abort(404)
    numbers, more = portion(
        getattr(row, which).loans, request.args.get("after"), lambda one: one
    )
    some = [loans.loan(current_book, number) for number in numbers]
    page = render_template(
        "baddebts/fallen.html",
        by=by,
        names=baddebts.BY_NAMES,
        on=on,
        term=row.term,
        said=_(WHICH[which]),
        count=len(getattr(row, which).loans),
        rows=[
            (
                loan,
                baddebts.first_late(current_book, loan, on),
                loans.standing(current_book, loan, on),
            )
            for loan in some
        ],
        more=more,
    )
    return page, 200 if good else 422


def _number(row: TermRow) -> int | None:
    return row.term.number if row.term is not None else None


@bp.get("/loans/bad/impairment")
def impaired() -> ResponseReturnValue:
    """Show the allowance by the policy and the impairment by SAK EP loan by loan."""
    form = AsOf(request.args)
    good = form.validate()
    on = _on(form, good)
    beside = baddebts.reconcile(current_book, baddebts.assess(current_book, on))
    rows, more = portion(
        beside.rows, request.args.get("after"), lambda row: row.assessed.loan.number
    )
    page = render_template(
        "baddebts/impairment.html", on=on, beside=beside, rows=rows, more=more
    )
    return page, 200 if good else 422


@bp.get("/loans/<int:number>/classes")
def history(number: int) -> ResponseReturnValue:
    """Show what class a loan was in, from when to when, as the log has it."""
    loan = loans.loan(current_book, number)
    spans = list(reversed(daily.history_of(current_book, loan)))
    rows, more = portion(spans, request.args.get("after"), lambda span: span.since)
    last = daily.last_run(current_book)
    to = last.run_on if last is not None else today()
    return render_template(
        "baddebts/history.html",
        loan=loan,
        member=members.member(current_book, loan.member_number),
        rows=[(one, day_before(one.until) if one.until else to) for one in rows],
        more=more,
        last=last,
        names=baddebts.CLASS_NAMES,
        reasons=REASON_NAMES,
    )


@bp.post("/loans/bad/classing")
def classing() -> ResponseReturnValue:
    """Write the class of every loan up to today, for every day since the last time."""
    form = OnceForm()
    if not form.validate_on_submit():
        abort(422)
    done = once(form, daily.class_loans, today())
    if done is not None:
        flash(
            _(
                "The classes stand up to %(day)s; %(count)s changed.",
                day=day(done.on),
                count=done.changed,
            )
        )
    return redirect(url_for(".desk"))
