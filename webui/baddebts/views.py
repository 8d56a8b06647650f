"""How good the loans are on a day; bring the allowance to what they ask for."""

from __future__ import annotations

from datetime import date

from flask import Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import baddebts, people
from coopbook.baddebts import (
    MARK_NAMES,
    POLICIES,
    REASON_NAMES,
    SCALES,
    Policy,
    daily,
)
from coopbook.dates import day_before, last_day
from coopbook.ledger import Entry
from coopbook.people import Role
from coopbook.printing.bad_debt_facts import bad_debt_report_of
from coopbook.printing.bad_debt_report import bad_debt_report_pdf
from webui.acts import Act, answer
from webui.baddebts import bp
from webui.baddebts.forms import AllowanceForm, AsOf
from webui.desk import cooperative, current_book, put, today
from webui.forms import OnceForm
from webui.papers import pdf, printed
from webui.wording import day, rupiah

FIRST = 14
"""So many late loans stand under the figures of the first page."""


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
        sak=baddebts.reconcile(current_book, own.assessment),
        beside=baddebts.beside_risk(current_book, own.assessment),
        late=late[:FIRST],
        more=max(len(late) - FIRST, 0),
        about=about,
        mark=MARK_NAMES[about.mark],
        scale=scale,
        scale_mark=MARK_NAMES[scale.mark],
        names=baddebts.CLASS_NAMES,
        reasons=REASON_NAMES,
        last_month=day_before(today().replace(day=1)),
        unread=[one for one in POLICIES.values() if one.missing],
        classed=daily.last_run(current_book),
        empty_form=OnceForm(formdata=None),
    )
    return page, 200 if good else 422


@bp.get("/loans/bad/report.pdf")
def report() -> Response:
    """Hand out what became of bad debts in a month that is over."""
    month = _month(request.args.get("month", ""))
    baddebts.check_over(month, today())
    if last_day(month.year, month.month) < cooperative().first_day:
        abort(404)
    facts = bad_debt_report_of(
        current_book,
        baddebts.monthly_report(current_book, month),
        manager=_only(Role.MANAGER),
        supervisor=_only(Role.SUPERVISOR),
    )
    return pdf(bad_debt_report_pdf(facts, printed()), facts.serial)


def _month(text: str) -> date:
    """Return the first day of a month; last month unless one is asked for."""
    if not text:
        return day_before(today().replace(day=1)).replace(day=1)
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        abort(404)


def _only(role: Role) -> str:
    """Return who holds an office, where it is one person; others sign by hand."""
    found = [
        user.full_name
        for user in people.users(current_book)
        if user.active and role in people.roles_of(current_book, user.name)
    ]
    return found[0] if len(found) == 1 else ""


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
