"""Members who look like one person; and the hamlets members live in."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import members
from coopbook.members import SamePerson, Verdict
from coopbook.members.doubles import reasons
from webui.desk import current_book, once, today
from webui.membership import bp
from webui.membership.forms import VerdictForm
from webui.membership.person import answered
from webui.policy import asked_number

SHOWN = 50
PAGE = 25


@bp.get("/members/doubles")
def doubles() -> ResponseReturnValue:
    """List pairs that look like one person, those nobody has judged first."""
    judged = request.args.get("judged") == "1"
    found = members.doubles(current_book, judged=judged)
    if judged:
        found = [one for one in found if one.verdict is not None]
    return render_template(
        "membership/doubles.html",
        pairs=found[:SHOWN],
        more=len(found) - SHOWN,
        judged=judged,
    )


@bp.get("/members/<int:number>/same/<int:other>")
def alike(number: int, other: int) -> ResponseReturnValue:
    """Show two members side by side."""
    return _pair(number, other, VerdictForm(formdata=None))


@bp.post("/members/<int:number>/same/<int:other>")
def judging(number: int, other: int) -> ResponseReturnValue:
    """Write down whether two members are one person; both rows stay."""
    form = VerdictForm()
    one, two = (members.member(current_book, each) for each in (number, other))
    if form.validate_on_submit():
        with form.showing_refusals():
            once(
                *(form, members.judge, one, two, Verdict(form.verdict.data)),
                on=today(),
                reason=form.reason.data or "",
            )
            flash(_("Written down. Both stay in the register."))
            return redirect(url_for(".doubles"))
    return _pair(number, other, form)


def _pair(number: int, other: int, form: VerdictForm) -> ResponseReturnValue:
    one, two = (members.member(current_book, each) for each in (number, other))
    low, high = sorted((number, other))
    return answered(
        "alike",
        form,
        pair=(one, two),
        why=reasons(one, two),
        known=current_book.get(SamePerson, low, high),
    )


@bp.get("/members/hamlets")
def hamlets() -> ResponseReturnValue:
    """List the hamlets members live in; one of them with its members."""
    asked = request.args.get("of", "").strip()[:60] or None
    after = asked_number("after", 0) or 0
    found = []
    if asked is not None:
        found = members.register(
            current_book, after=after, limit=PAGE + 1, hamlet=asked
        )
    return render_template(
        "membership/hamlets.html",
        hamlets=members.hamlets(current_book),
        asked=asked,
        after=after,
        members=found[:PAGE],
        more=len(found) > PAGE,
    )
