"""The member's own group: who leads it sees its sheet, the others what is theirs."""

from __future__ import annotations

from flask import Response, abort, render_template
from flask.typing import ResponseReturnValue

from coopbook import groups
from coopbook.groups import LoanGroup
from coopbook.members import Member
from coopbook.members.standing import rights
from webui.desk import current_book
from webui.groups.papers import sheet_of
from webui.groups.views import about, claims
from webui.portal import bp
from webui.portal.views import myself


def my_group() -> LoanGroup:
    """Return the group of who is logged in; there is no page without one."""
    group = groups.group_of(current_book, myself())
    if group is None:
        abort(404)
    return group


def leads_it(me: Member, mine: LoanGroup) -> bool:
    """Say whether somebody leads a group, and still has the rights for it."""
    return me.number == mine.leader_number and rights(me.status).borrow


@bp.get("/mine/group")
def group() -> ResponseReturnValue:
    """Show the group: to its leader what everybody owes, to others what is theirs."""
    me, mine = myself(), my_group()
    leads = leads_it(me, mine)
    facts = about(mine)
    if not leads:
        facts["rows"] = [row for row in facts["rows"] if row.member.number == me.number]
        facts["claims"] = [
            one for one in claims(mine) if me.number in (one[1].number, one[2].number)
        ]
    met = [
        one
        for one in groups.meetings(current_book, mine, limit=12)
        if not groups.undone(current_book, one)
    ][:6]
    return render_template(
        "portal/group.html",
        me=me,
        leads=leads,
        meetings=[
            (one, groups.attendance(current_book, one).get(me.number)) for one in met
        ],
        people=groups.members_in(current_book, mine, facts["meets_on"]),
        **facts,
    )


@bp.get("/mine/group/sheet.pdf")
def group_paper() -> Response:
    """Hand the sheet of the next meeting to who leads the group, and to nobody else."""
    mine = my_group()
    if not leads_it(myself(), mine):
        abort(404)
    return sheet_of(mine)
