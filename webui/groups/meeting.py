"""The sheet of a meeting: who came, who paid, who paid for whom; posted at once."""

from __future__ import annotations

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from coopbook import groups, rounds, savings
from coopbook.groups import Given, LoanGroup, Saved
from coopbook.members import Member
from coopbook.money import ZERO
from coopbook.savings import SavingsAccount
from webui.desk import Done, Preview, by_account, current_book, put, today, total
from webui.groups import bp
from webui.groups.forms import MeetingForm
from webui.groups.views import trail_of
from webui.wording import Unreadable, read_date, rupiah

TOLD = 8
"""So many rows that are refused are named one by one."""


def _day() -> date:
    """Return the day of the meeting from the address, or today."""
    try:
        return min(read_date(request.args.get("on", "")), today())
    except Unreadable:
        return today()


def _accounts(people: list[Member]) -> dict[int, SavingsAccount]:
    """Return the voluntary savings of each, where they are open."""
    found = {}
    for who in people:
        account = savings.account_for(current_book, who, "voluntary")
        if account is not None and account.closed_on is None:
            found[who.number] = account
    return found


@bp.route("/groups/<int:number>/sheet", methods=["GET", "POST"])
def sheet(number: int) -> ResponseReturnValue:
    """Write a meeting down and post what was collected as one entry."""
    group, on = groups.group(current_book, number), _day()
    rows = groups.sheet(current_book, group, on)
    people = {row.member.number: row.member for row in rows}
    form = MeetingForm(rows, _accounts(list(people.values())), on=on)
    outcome, notes = None, list[str]()
    if form.validate_on_submit():
        given, saved = form.given(people), form.saved()
        _say_wrong(form)
        if not form.refusals:
            outcome = _posted(form, group, given, saved, notes)
    if isinstance(outcome, Done):
        flash(_("The meeting is in the book."))
        return redirect(url_for(".meeting", number=number, item=outcome.result.number))
    if isinstance(outcome, Preview):
        outcome.notes.extend(notes)
        outcome.lines[:] = by_account(outcome.lines)
    page = render_template(
        "groups/sheet.html",
        form=form,
        group=group,
        people=people.values(),
        preview=outcome,
        due=total(row.due for row in rows),
        trail=trail_of(group, _("Sheet of the meeting")),
    )
    return page, 422 if form.errors or form.refusals else 200


def _say_wrong(form: MeetingForm) -> None:
    wrong = [
        f"{one.number:04d} {one.row.member.name}: {sentence}"
        for one in form.rows
        for sentence in dict.fromkeys(one.wrong)
    ]
    form.refusals += wrong[:TOLD]


def _posted(
    form: MeetingForm,
    group: LoanGroup,
    given: list[Given],
    saved: list[Saved],
    notes: list[str],
) -> Done | Preview | None:
    whole = total(one.total for one in given) + total(one.amount for one in saved)

    def said(row: groups.GroupMeeting) -> str:
        for one in given:
            notes.extend(_covered(one))
        if row.uncovered > ZERO:
            notes.append(
                _(
                    "%(sum)s that is due stays unpaid: the group gets no new loans"
                    " until it is paid.",
                    sum=rupiah(row.uncovered),
                )
            )
        return ngettext(
            "%(num)s member came. %(loans)s is paid on loans, %(saved)s is saved.",
            "%(num)s members came. %(loans)s is paid on loans, %(saved)s is saved.",
            len(form.present),
            loans=rupiah(total(one.total for one in given)),
            saved=rupiah(total(one.amount for one in saved)),
        )

    return put(
        form,
        groups.meet,
        group,
        on=form.on.data,
        given=given,
        saved=saved,
        present=form.present,
        control=form.control.data,
        where=rounds.FIELD if form.place.data == "field" else rounds.DRAWER,
        note=form.note.data or "",
        amount_shown=whole or None,
        sentence=said,
    )


def _covered(one: Given) -> list[str]:
    return [
        _(
            "%(who)s covers %(amount)s for %(whom)s, who owes it to them.",
            who=who.name,
            amount=rupiah(amount),
            whom=one.loan.member.name,
        )
        for who, amount in one.covered
    ]
