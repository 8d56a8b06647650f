"""How good the loans are on a day; bring the allowance to what they ask for."""

from __future__ import annotations

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import baddebts
from coopbook.baddebts import MARK_NAMES, POLICIES, REASON_NAMES, SCALES, By, Policy
from coopbook.baddebts.tenure import HORIZON
from coopbook.cooperatives import Office
from coopbook.ledger import Entry
from webui.acts import Act, answer
from webui.baddebts import bp
from webui.baddebts.forms import AllowanceForm, AsOf
from webui.desk import current_book, put, today
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
    now = baddebts.assess(current_book, on, policy=asked)
    own = baddebts.allowance_due(current_book, on)
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
