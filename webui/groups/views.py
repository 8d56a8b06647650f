"""Look at groups: their rosters, their loans, their meetings, what is between them."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import groups, ledger, loans, members
from coopbook.groups import LoanGroup
from coopbook.loans import LoanState
from coopbook.members import Member
from coopbook.money import Money
from webui.acts import Trail
from webui.desk import current_book, today, total
from webui.groups import bp
from webui.policy import asked_number

PAGE = 25
SHOWN = 6
"""So many meetings stand on the page of a group."""


def trail_of(group: LoanGroup, last: str | None = None) -> Trail:
    """Return the crumbs to a page of a group."""
    way: list[tuple[str, str | None]] = [
        (_("Loans"), url_for("credit.desk")),
        (_("Groups"), url_for("groups.desk")),
    ]
    if last is None:
        return [*way, (group.name, None)]
    return [
        *way,
        (group.name, url_for("groups.page", number=group.number)),
        (last, None),
    ]


def next_day(group: LoanGroup) -> date:
    """Return the next day of meeting, today among them."""
    return groups.next_meeting(group.first_meeting, group.meets, today())


@bp.get("/groups")
def desk() -> ResponseReturnValue:
    """List the groups with what is due at their next meeting."""
    after = asked_number("after", 0) or 0
    found = groups.groups(current_book, after=after, limit=PAGE + 1)
    return render_template(
        "groups/desk.html",
        rows=[_row(group) for group in found[:PAGE]],
        more=len(found) > PAGE,
        after=after,
        ended=groups.groups(current_book, ended=True, limit=PAGE),
    )


def _row(group: LoanGroup) -> dict[str, Any]:
    on = next_day(group)
    rows = groups.sheet(current_book, group, on)
    return {
        "group": group,
        "meets_on": on,
        "members": len({row.member.number for row in rows}),
        "due": total(row.due for row in rows),
        "late": groups.late_in(current_book, group, today()),
        "frozen": groups.frozen(current_book, group),
    }


@bp.get("/groups/<int:number>")
def page(number: int) -> ResponseReturnValue:
    """Show a group: who is in it, what they owe, when they meet."""
    group = groups.group(current_book, number)
    meetings = groups.meetings(current_book, group, limit=SHOWN + 1)
    return render_template(
        "groups/page.html",
        **about(group),
        roster=[
            (row, members.member(current_book, row.member_number))
            for row in groups.roster(current_book, group)
        ],
        meetings=[(one, *_counted(one)) for one in meetings[:SHOWN]],
        waiting=groups.loans_behind(
            current_book, group, LoanState.APPLIED, LoanState.APPROVED
        ),
        freezes=groups.freezes(current_book, group),
        trail=trail_of(group),
    )


def about(group: LoanGroup) -> dict[str, Any]:
    """Return how a group stands: its sheet today, its claims, whether it is frozen."""
    rows = groups.sheet(current_book, group, today()) if not group.ended_on else []
    return {
        "group": group,
        "leader": members.member(current_book, group.leader_number),
        "rows": rows,
        "due": total(row.due for row in rows),
        "outstanding": total(
            row.standing.outstanding_principal for row in rows if row.standing
        ),
        "late": groups.late_in(current_book, group, today()),
        "claims": claims(group),
        "frozen": groups.frozen(current_book, group),
        "meets_on": next_day(group),
        "meets_name": _(groups.MEETS_NAMES[group.meets]),
    }


def claims(group: LoanGroup) -> list[tuple[groups.Covered, Member, Member]]:
    """Return what is still owed between members: what, who paid, who owes."""
    return [
        (
            one,
            members.member(current_book, one.row.member_number),
            members.member(current_book, one.borrower),
        )
        for one in groups.covers(current_book, group)
        if one.left > Money(0)
    ]


def _counted(one: groups.GroupMeeting) -> tuple[int, int, Any]:
    came = groups.attendance(current_book, one)
    undone = None
    if one.entry_number is not None:
        entry = ledger.entry(current_book, one.entry_number)
        undone = ledger.reversal_of(current_book, entry)
    return sum(came.values()), len(came), undone


@bp.get("/groups/<int:number>/meetings/<int:item>")
def meeting(number: int, item: int) -> ResponseReturnValue:
    """Show a meeting: who came, what each loan was paid, who covered whom."""
    group = groups.group(current_book, number)
    one = groups.meeting(current_book, group, item)
    entry = (
        ledger.entry(current_book, one.entry_number)
        if one.entry_number is not None
        else None
    )
    came = groups.attendance(current_book, one)
    return render_template(
        "groups/meeting.html",
        group=group,
        meeting=one,
        entry=entry,
        undone=ledger.reversal_of(current_book, entry) if entry else None,
        people=[(members.member(current_book, who), came[who]) for who in came],
        paid=_paid(entry) if entry else [],
        covers=[
            (
                each,
                members.member(current_book, each.row.member_number),
                members.member(current_book, each.borrower),
            )
            for each in groups.covers(current_book, group)
            if entry is not None and each.row.entry_number == entry.number
        ],
        trail=trail_of(group, _("Group meeting %(number)s", number=item)),
    )


def _paid(entry: ledger.Entry) -> list[tuple[loans.Loan, Member, Money]]:
    """Return what an entry paid on each loan."""
    sums: dict[int, Money] = {}
    for line in entry.lines:
        if line.loan_number:
            before = sums.get(line.loan_number, Money(0))
            sums[line.loan_number] = before + line.credit
    found = []
    for loan in loans.loans_in(current_book, entry):
        who = members.member(current_book, loan.member_number)
        found.append((loan, who, sums[loan.number]))
    return found
