"""Who is leaving, how far it is, and the first and the last step."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import decisions, ledger, members, settlement
from coopbook.ledger import chart
from coopbook.members import Member, MemberStatus
from coopbook.members.standing import LEAVING
from coopbook.people import approvals
from coopbook.settlement import Settlement, SettlementState, Statement
from webui.desk import JournalLine, current_book, journal_of, once, today
from webui.forms import OnceForm
from webui.leaving import bp
from webui.leaving.forms import BackForm, BeginForm
from webui.membership.changing import chosen_decision, has_come
from webui.membership.naming import choices, decided, words
from webui.policy import asked_number
from webui.wording import Unreadable, read_date, rupiah

PAGE = 25
PAY = "settlement.pay"
CAUSES = (MemberStatus.RESIGNED, MemberStatus.DECEASED, MemberStatus.EXPELLED)
"""How one leaves, the most usual first."""
bp.context_processor(words)


@bp.get("/leaving")
def desk() -> ResponseReturnValue:
    """List the leavings that wait for a step, or all of them."""
    every, before = request.args.get("all") == "1", asked_number("before")
    found = settlement.settlements(
        current_book, waiting=not every, before=before, limit=PAGE + 1
    )
    return render_template(
        "leaving/desk.html",
        rows=[
            (one, members.member(current_book, one.member_number))
            for one in found[:PAGE]
        ],
        more=len(found) > PAGE,
        every=every,
        before=before,
    )


def asked_day(default: date) -> date:
    """Return the day of a statement: asked for in the address, or the default."""
    try:
        return read_date(request.args.get("on", "")[:10])
    except Unreadable:
        return default


def of_member(who: Member) -> Settlement | None:
    """Return the leaving a member is in or has gone through; not one from before."""
    return (
        None if who.status in LEAVING else settlement.settlement_of(current_book, who)
    )


def leaving_of(who: Member) -> Settlement:
    """Return the leaving a member is in, or the last one that was begun."""
    row = settlement.settlement_of(current_book, who)
    if row is None:
        abort(404)
    return row


def told(who: Member, row: Settlement) -> dict[str, Any]:
    """Return everything a page about a leaving shows."""
    on = max(asked_day(today()), row.begun_on)
    said = settlement.reckon(current_book, who, row.cause, on)
    entry = ledger.entry(current_book, row.entry_number) if row.entry_number else None
    number = row.decision_number
    return {
        "member": who,
        "row": row,
        "on": on,
        "said": said,
        "holds": settlement.in_the_way(current_book, said),
        "capital": capital_said(said),
        "entry": entry,
        "posted": [] if entry is None else moved(journal_of(entry)),
        "decision": decisions.decision(current_book, number) if number else None,
        "payees": [
            (one, _voucher(one.entry_number))
            for one in settlement.payees(current_book, row)
        ],
        "asked": _asked(row),
    }


def capital_said(said: Statement) -> list[str]:
    """Warn where the shares that leave bring the own capital below its beginning."""
    found = settlement.below_initial(current_book, said)
    if found is None:
        return []
    return [
        _(
            "The own capital falls to %(left)s, below the %(least)s the cooperative "
            "began with. That is allowed; tell the board and the supervisors.",
            left=rupiah(found.left),
            least=rupiah(found.least),
        )
    ]


def moved(lines: list[JournalLine]) -> list[JournalLine]:
    """Return what a settlement emptied and set off, without what is left of it."""
    return [one for one in lines if one.number != chart.FORMER_MEMBERS]


def _voucher(number: int | None) -> ledger.Entry | None:
    return None if number is None else ledger.entry(current_book, number)


def _asked(row: Settlement) -> dict[int, int]:
    """Return the requests that wait for a second person, by the payee's number."""
    if row.state is not SettlementState.PAYABLE:
        return {}
    return {
        int(approvals.request_of(one)["payee"]): one.number
        for one in approvals.inbox(current_book, limit=200)
        if one.kind == PAY and one.subject == f"settlement:{row.number}"
    }


def answered(template: str, form: Any, **shown: Any) -> ResponseReturnValue:
    """Show a form; with a refusal on it, the answer says so."""
    page = render_template(f"leaving/{template}.html", form=form, **shown)
    return page, 422 if form.errors or form.refusals else 200


@bp.get("/members/<int:number>/leaving")
def page(number: int) -> ResponseReturnValue:
    """Show how far a leaving is, and the next step."""
    who = members.member(current_book, number)
    row = of_member(who)
    if row is None:
        can = who.status in LEAVING
        return render_template("leaving/none.html", member=who, can=can)
    return _page(who, row, OnceForm(formdata=None))


def _page(who: Member, row: Settlement, form: OnceForm) -> ResponseReturnValue:
    return answered("page", form, **told(who, row))


@bp.route("/members/<int:number>/leaving/begin", methods=["GET", "POST"])
def begin(number: int) -> ResponseReturnValue:
    """Begin the end of a membership: from then on everything stands still."""
    who = members.member(current_book, number)
    form = BeginForm(on=today())
    ways = LEAVING.get(who.status, frozenset())
    form.cause.choices = choices(
        # sent twice: the cause is found again, though the standing has changed
        one
        for one in CAUSES
        if form.is_submitted() or one in ways
    )
    form.decision.choices = decided(current_book, none=_("none"))
    if form.validate_on_submit() and has_come(form):
        with form.showing_refusals():
            once(
                *(form, settlement.begin, who, MemberStatus(form.cause.data)),
                on=form.on.data,
                reason=form.reason.data or "",
                decision=chosen_decision(form.decision.data),
            )
            flash(
                _(
                    "Begun. From now on everything of %(name)s stands still.",
                    name=who.name,
                )
            )
            return redirect(url_for(".page", number=number))
    if not ways and not form.is_submitted():
        return redirect(url_for(".page", number=number))
    return answered("begin", form, member=who)


@bp.route("/leaving/<int:number>/back", methods=["GET", "POST"])
def back(number: int) -> ResponseReturnValue:
    """Take a leaving back that is not settled."""
    row, form = settlement.settlement(current_book, number), BackForm(on=today())
    who = members.member(current_book, row.member_number)
    if form.validate_on_submit() and has_come(form):
        with form.showing_refusals():
            reason = form.reason.data or ""
            once(form, settlement.take_back, row, on=form.on.data, reason=reason)
            flash(_("Taken back. %(name)s stands as before.", name=who.name))
            return redirect(url_for("membership.member", number=who.number))
    return answered("back", form, member=who)


@bp.post("/members/<int:number>/leaving/ending")
def ending(number: int) -> ResponseReturnValue:
    """End a claim whose loans were paid since."""
    who, form = members.member(current_book, number), OnceForm()
    row = leaving_of(who)
    if form.validate_on_submit():
        with form.showing_refusals():
            once(form, settlement.end_claim, row, on=today())
            flash(_("The claim is ended; everything is settled."))
            return redirect(url_for(".page", number=number))
    return _page(who, row, form)


@bp.get("/members/<int:number>/leaving/statement")
def statement(number: int) -> ResponseReturnValue:
    """Show the statement of a leaving as it is printed and signed."""
    who = members.member(current_book, number)
    return render_template("leaving/statement.html", **told(who, leaving_of(who)))
