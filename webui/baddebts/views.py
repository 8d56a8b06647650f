"""How good the loans are on a day; bring the allowance to what they ask for."""

from __future__ import annotations

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import baddebts
from coopbook.baddebts import (
    MARK_NAMES,
    POLICIES,
    REASON_NAMES,
    SCALES,
    By,
    LoanClass,
    Policy,
)
from coopbook.baddebts.tenure import HORIZON
from coopbook.cooperatives import Office
from coopbook.ledger import Entry
from webui.acts import Act, answer
from webui.baddebts import bp
from webui.baddebts.forms import AllowanceForm, AsOf, Listed
from webui.desk import current_book, put, today, total
from webui.policy import may
from webui.wording import day, rupiah

SHOWN = 40
OFFICES = {By.BOARD: Office.BOARD, By.HEAD: Office.VILLAGE_HEAD}


@bp.get("/loans/bad")
def desk() -> ResponseReturnValue:
    """Show what is at risk, the classes, the allowance, and every late loan."""
    form = AsOf(request.args)
    good = form.validate()
    on = (form.on.data if good else None) or today()
    asked = Policy(form.policy.data) if good and form.policy.data else None
    own = baddebts.allowance_due(current_book, on)
    now = own.assessment
    if asked not in (None, now.policy):
        now = baddebts.assess(current_book, on, policy=asked)
    late = sorted((each for each in now.rows if each.days), key=lambda one: -one.days)
    about, scale = POLICIES[now.policy], SCALES[own.assessment.scale]
    page = render_template(
        "baddebts/desk.html",
        form=form,
        on=on,
        now=now,
        own=own,
        risks=[own.assessment.at_risk(days) for days in baddebts.PAR_DAYS],
        late=late[:SHOWN],
        more=max(len(late) - SHOWN, 0),
        about=about,
        mark=MARK_NAMES[about.mark],
        scale=scale,
        scale_mark=MARK_NAMES[scale.mark],
        names=baddebts.CLASS_NAMES,
        reasons=REASON_NAMES,
    )
    return page, 200 if good else 422


@bp.get("/loans/bad/list")
def listed() -> ResponseReturnValue:
    """Show the loans behind a figure: of a class, late for so long, of one part."""
    form = Listed(request.args)
    good = form.validate()
    by = By(form.by.data) if good and form.by.data else None
    if by is not None and not may("baddebts.parts"):
        abort(403)
    on = (form.on.data if good else None) or today()
    asked = Policy(form.policy.data) if good and form.policy.data else None
    now = baddebts.assess(current_book, on, policy=asked)
    one = LoanClass(form.loan_class.data) if good and form.loan_class.data else None
    days = form.days.data if good and form.days.data is not None else -1
    name = (form.name.data or "") if by is not None else None
    found = [
        each
        for each in baddebts.named(current_book, now, by or By.PRODUCT, name)
        if each.days > days and one in (None, each.verdict.loan_class)
    ]
    found.sort(key=lambda one: (-one.days, one.loan.number))
    said = [
        *([day(on)] if form.on.data else []),
        *([f"{_(baddebts.BY_NAMES[by])}: {name or '-'}"] if by is not None else []),
        *([_(baddebts.CLASS_NAMES[one])] if one else []),
        *([_("more than %(days)s days late", days=days)] if days >= 0 else []),
    ]
    page = render_template(
        "baddebts/list.html",
        rows=found[:SHOWN],
        more=max(len(found) - SHOWN, 0),
        said=" · ".join(said),
        outstanding=total(each.outstanding for each in found),
        count=len(found),
        names=baddebts.CLASS_NAMES,
        reasons=REASON_NAMES,
    )
    return page, 200 if good else 422


@bp.route("/loans/bad/allowance", methods=["GET", "POST"])
def providing() -> ResponseReturnValue:
    """Bring the allowance to what the loans of a day ask for."""
    form, outcome = AllowanceForm(on=today()), None
    if form.validate_on_submit():
        on = form.on.data

        def said(_entry: Entry | None) -> str:
            if _entry is None:
                return _("The allowance stands already; nothing is posted.")
            return _(
                "The loans of %(day)s ask for %(needed)s; the allowance is brought to"
                " it.",
                day=day(on),
                needed=rupiah(baddebts.allowance_due(current_book, on).needed),
            )

        outcome = put(form, baddebts.provide, on, sentence=said)
    act = Act(
        _("Bring the allowance up to date"),
        _("Post the allowance"),
        url_for(".desk"),
        [
            (_("Loans"), url_for("credit.desk")),
            (_("Bad debts"), url_for(".desk")),
            (_("Allowance"), None),
        ],
        lead=_(
            "What the loans of the day ask for by the by-laws, less what is set aside"
            " already. The check shows the entry before it is posted."
        ),
    )
    return answer(form, outcome, act, _("The allowance stands."))


@bp.get("/loans/bad/by/<what>")
def parts(what: str) -> ResponseReturnValue:
    """Show what is at risk by what loans have in common; by terms of office twice."""
    by = next((each for each in By if each.value == what), None) or abort(404)
    form = AsOf(request.args)
    good = form.validate()
    on = (form.on.data if good else None) or today()
    now = baddebts.assess(current_book, on)
    office = OFFICES.get(by)
    page = render_template(
        "baddebts/parts.html",
        by=by,
        names=baddebts.BY_NAMES,
        form=form,
        on=on,
        now=now,
        rows=baddebts.broken_down(current_book, now, by)[:SHOWN],
        terms=baddebts.by_term(current_book, office, now) if office else None,
        horizon=HORIZON,
    )
    return page, 200 if good else 422
