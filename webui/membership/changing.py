"""Where a member stands: its history, and a change of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import decisions, members, savings
from coopbook.book import Book
from coopbook.decisions import Decision
from coopbook.members import Member, MemberStatus
from webui.desk import current_book, once, today
from webui.membership import bp
from webui.membership.forms import StandingForm
from webui.membership.header import about, ways
from webui.membership.naming import choices, decided, name_of
from webui.membership.person import answered


@bp.get("/members/<int:number>/history")
def history(number: int) -> ResponseReturnValue:
    """Show every change of a member's standing, newest first."""
    who = members.member(current_book, number)
    changes = members.history(current_book, who)
    known = {one.decision_number for one in changes if one.decision_number}
    return render_template(
        "membership/history.html",
        **about(who),
        changes=changes[::-1][:50],
        decided={one: decisions.decision(current_book, one) for one in known},
        open_ways=ways(who),
    )


def chosen_decision(number: str | None) -> Decision | None:
    """Return the decision that was chosen, if one was."""
    return decisions.decision(current_book, int(number)) if number else None


def has_come(form: Any) -> bool:
    """Say whether the day on a form has come; where not, its field says so."""
    if form.on.data <= today():
        return True
    form.on.errors = [_("This day has not come yet.")]
    return False


def change(
    book: Book,
    who: Member,
    *,
    to: MemberStatus,
    on: date,
    until: date | None,
    reason: str,
    decision: Decision | None,
) -> Member:
    """Set where a member stands: taken in, taken back as a candidate, or changed."""
    if to is MemberStatus.PROSPECTIVE:
        return members.readmit(book, who, on=on, reason=reason, decision=decision)
    if to is MemberStatus.ACTIVE and who.status in savings.TAKEN_IN:
        savings.accept(book, who, on=on, reason=reason, decision=decision)
        return who
    until = until if to is MemberStatus.SUSPENDED else None
    members.change_standing(
        book, who, to, on=on, reason=reason, decision=decision, until=until
    )
    return who


def _said(who: Member, asked: MemberStatus) -> str:
    if asked is MemberStatus.ACTIVE and who.status is MemberStatus.PROSPECTIVE:
        return _(
            "%(name)s is accepted, and a member once the principal share is paid.",
            name=who.name,
        )
    return _("From now on: %(standing)s.", standing=name_of(who.status))


@bp.route("/members/<int:number>/standing", methods=["GET", "POST"])
def standing(number: int) -> ResponseReturnValue:
    """Suspend a member, make an associate, put either back, take somebody back."""
    who = members.member(current_book, number)
    form, open_ways = StandingForm(on=today()), ways(who)
    # sent twice: what was chosen is found again, though the standing has changed
    offered = list(MemberStatus) if form.is_submitted() else open_ways
    form.to.choices = choices(offered)
    form.decision.choices = decided(current_book, none=_("none"))
    if form.validate_on_submit() and has_come(form):
        with form.showing_refusals():
            once(
                *(form, change, who),
                to=MemberStatus(form.to.data),
                on=form.on.data,
                until=form.until.data,
                reason=form.reason.data or "",
                decision=chosen_decision(form.decision.data),
            )
            flash(_said(who, MemberStatus(form.to.data)))
            return redirect(url_for(".history", number=number))
    form.to.choices = choices(open_ways)
    return answered("standing", form, member=who, open_ways=open_ways)
