"""Every month of a member in squares and words, and what follows from them."""

from __future__ import annotations

from itertools import groupby

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import decisions, members, savings
from coopbook.members.standing import rights
from coopbook.savings import MonthOwed, ShareStanding
from webui import months
from webui.desk import current_book, today
from webui.policy import asked_number, may
from webui.shares import bp
from webui.wording import rupiah

YEARS = 4
"""How many years of months are on a page."""


@bp.get("/members/<int:number>/calendar")
def calendar(number: int) -> ResponseReturnValue:
    """Show every month of a member, what is owed, and what follows from it."""
    who = members.member(current_book, number)
    said = savings.share_standing(current_book, who, today())
    years = _years(said.calendar.months)
    before = asked_number("before", 9999) or 9999
    shown = [one for one in years if one[0] < before][:YEARS]
    oldest = shown[-1][0] if shown else 0
    return render_template(
        "shares/calendar.html",
        member=who,
        said=said,
        missed=months.missed(said.calendar),
        years=shown,
        older=oldest if any(year < oldest for year, _months in years) else None,
        exempt=[(row, _decision(row)) for row in savings.exemptions(current_book, who)],
        borrowing=_borrowing(who, said),
        acts=_acts(who, said),
    )


def _years(found: tuple[MonthOwed, ...]) -> list[tuple[int, list[MonthOwed]]]:
    """Return the months by year, the newest year first."""
    years = [
        (year, list(group))
        for year, group in groupby(found, key=lambda one: one.month // 100)
    ]
    return years[::-1]


def _decision(row: savings.ShareExemption) -> decisions.Decision | None:
    if row.decision_number is None:
        return None
    return decisions.decision(current_book, row.decision_number)


def _borrowing(who: members.Member, said: ShareStanding) -> tuple[bool, str]:
    """Say whether the member may apply for a loan as far as the share goes, and why."""
    count, most = len(said.calendar.missed), said.most_missed
    if not rights(who.status).borrow:
        return False, _("Loans are for full members.")
    facts = {"count": count, "most": most}
    if count <= most:
        return True, _("Missed months: %(count)s; %(most)s are allowed.", **facts)
    if said.may_borrow:
        return True, _(
            "The plan is kept, so the months missed do not stand in the way."
        )
    if said.plan is not None:
        lacks = said.plan.owed_by_now - said.plan.paid
        return False, _(
            "The plan is not kept: %(lacks)s more is due under it by this month.",
            lacks=rupiah(lacks),
        )
    return False, _(
        "Missed months: %(count)s; %(most)s are allowed. Pay them, or agree on a plan "
        "and keep it.",
        **facts,
    )


def _acts(
    who: members.Member, said: ShareStanding
) -> list[tuple[str, str | None, str]]:
    """Return what can be done now, and why the rest cannot."""
    here, number = rights(who.status).save, who.number
    gone = "" if here else _("First the principal share is paid.")
    account = said.account.number if said.account else None
    steps = [
        ("counter.deposit", _("Pay at the counter"), gone, {"account": account}),
        (
            "shares.plan",
            _("Agree on a plan"),
            gone or ("" if said.calendar.missed else _("Nothing is missed.")),
            {},
        ),
        ("shares.exemption", _("Exempt by decision"), gone, {}),
    ]
    return [
        (name, None if why else url_for(endpoint, number=number, **more), why)
        for endpoint, name, why, more in steps
        if may(endpoint)
    ]
