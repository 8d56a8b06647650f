"""One account: holds, blocks, waking, and what it is saved for."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import savings, security
from coopbook.people import Approval
from coopbook.savings import HoldReason
from webui.desk import Done, current_book, once, put, today
from webui.savings import bp
from webui.savings.forms import GoalForm, HoldForm, ReasonForm, WakeForm
from webui.wording import rupiah


def _account(number: int) -> dict[str, Any]:
    account = savings.account(current_book, number)
    return {
        "account": account,
        "member": account.member,
        "product": account.product,
        "holds": savings.holds(current_book, account=number, standing=False),
        "asleep": savings.asleep_since(current_book, account, today()),
        "progress": savings.progress(current_book, account, today()),
        "available": savings.available(current_book, account, today()),
        "held": savings.held(current_book, account),
    }


def _page(name: str, form: Any, here: dict[str, Any], **more: Any) -> Any:
    page = render_template(f"savings/{name}.html", form=form, **here, **more)
    return page, 422 if form.errors or form.refusals else 200


@bp.get("/savings/<int:number>/state")
def state(number: int) -> ResponseReturnValue:
    """Show what is held on an account, whether it is blocked, and its goal."""
    return render_template("savings/state.html", **_account(number))


@bp.route("/savings/<int:number>/hold", methods=["GET", "POST"])
def hold(number: int) -> ResponseReturnValue:
    """Hold an amount on an account."""
    here = _account(number)
    form, outcome = HoldForm(on=today()), None
    if form.validate_on_submit():
        outcome = put(
            form,
            savings.hold,
            here["account"],
            form.amount.data,
            why=HoldReason(form.why.data),
            note=form.reason.data or "",
            on=form.on.data,
            loan=form.loan.data,
            amount_shown=form.amount.data,
            sentence=_(
                "%(amount)s stays on account %(number)s of %(name)s until somebody "
                "releases it.",
                amount=rupiah(form.amount.data),
                number=number,
                name=here["member"].name,
            ),
        )
    if isinstance(outcome, Done):
        flash(_("The amount is held."))
        return redirect(url_for(".state", number=number))
    return _page("hold", form, here, preview=outcome)


@bp.route("/savings/holds/<int:number>/release", methods=["GET", "POST"])
def release(number: int) -> ResponseReturnValue:
    """Let held money go, with a reason."""
    row, form = savings.find_hold(current_book, number), ReasonForm()
    back = (
        url_for(".state", number=row.savings_number)
        if row.savings_number is not None
        else url_for("deposits.deposit", number=row.deposit_number)
    )
    if form.validate_on_submit():
        with form.showing_refusals():
            note = form.reason.data or ""
            done = once(form, security.release_hold, row, on=today(), note=note)
            waits = isinstance(done, Approval)
            flash(
                _("It waits for a second person.")
                if waits
                else _("The hold is released.")
            )
            return redirect(back)
    page = render_template("savings/release.html", form=form, hold=row, back=back)
    return page, 422 if form.errors or form.refusals else 200


@bp.route("/savings/<int:number>/block", methods=["GET", "POST"])
def block(number: int) -> ResponseReturnValue:
    """Let nothing be taken out, or lift that again."""
    here, form = _account(number), ReasonForm()
    if form.validate_on_submit():
        with form.showing_refusals():
            account = here["account"]
            if request.form.get("lift"):
                once(form, savings.unblock, account)
                flash(_("The block is lifted."))
            else:
                why = form.reason.data or ""
                once(form, savings.block, account, on=today(), why=why)
                flash(_("Nothing can be taken out now."))
            return redirect(url_for(".state", number=number))
    return _page("block", form, here)


@bp.route("/savings/<int:number>/wake", methods=["GET", "POST"])
def wake(number: int) -> ResponseReturnValue:
    """Wake a sleeping account after looking at its owner."""
    here, form = _account(number), WakeForm()
    if form.validate_on_submit():
        with form.showing_refusals():
            once(form, savings.wake, here["account"], on=today())
            flash(_("The account can be used again."))
            return redirect(url_for(".state", number=number))
    return _page("wake", form, here)


@bp.route("/savings/<int:number>/goal", methods=["GET", "POST"])
def goal(number: int) -> ResponseReturnValue:
    """Say what an account is saved for."""
    here = _account(number)
    known = here["progress"]
    form = GoalForm(
        title=known.goal.title if known else None,
        amount=known.goal.target if known else None,
        on=known.goal.wanted_by if known else None,
    )
    if form.validate_on_submit():
        with form.showing_refusals():
            once(
                *(form, savings.set_goal, here["account"]),
                form.title.data or "",
                form.amount.data,
                on=today(),
                wanted_by=form.on.data,
            )
            flash(_("Kept. The account shows how far it is."))
            return redirect(url_for(".state", number=number))
    return _page("goal", form, here)
