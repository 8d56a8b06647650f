"""Found a group, change its roster, freeze it, write down what was given back."""

from __future__ import annotations

import re

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from coopbook import groups, members
from coopbook.groups import LoanGroup, Meets
from coopbook.members import Member
from webui.acts import Act, answer
from webui.desk import current_book, put, today
from webui.groups import bp
from webui.groups.forms import (
    BackForm,
    ChoiceForm,
    DaysForm,
    EndForm,
    FoundingForm,
    LeavingForm,
    RosterForm,
    WhyForm,
)
from webui.groups.views import trail_of
from webui.wording import day, rupiah


def _act(
    group: LoanGroup, title: str, button: str, lead: str = "", *, stop: bool = False
) -> Act:
    back = url_for("groups.page", number=group.number)
    return Act(title, button, back, trail_of(group, title), lead, stop=stop)


@bp.route("/groups/new", methods=["GET", "POST"])
def founding() -> ResponseReturnValue:
    """Found a group."""
    form, outcome = FoundingForm(on=today(), first_meeting=today()), None
    act = Act(
        _("Found a group"),
        _("Found it"),
        url_for(".desk"),
        [
            (_("Loans"), url_for("credit.desk")),
            (_("Groups"), url_for(".desk")),
            (_("New"), None),
        ],
        helps={
            "people": _("With commas between them, like 12, 7, 31."),
            "first_meeting": _("They meet on this day of the week, or of the month."),
        },
    )
    if form.validate_on_submit():
        with form.showing_refusals():
            numbers = [int(one) for one in re.findall(r"\d{1,12}", form.people.data)]
            people = [
                members.member(current_book, one) for one in dict.fromkeys(numbers)
            ]
            if not people:
                form.refusals.append(_("Write the numbers of the members, like 12, 7."))
                return answer(form, None, act, "")
            outcome = put(
                form,
                groups.found_group,
                form.name.data or "",
                people,
                leader=people[0],
                meets=Meets(form.meets.data),
                first_meeting=form.first_meeting.data,
                on=form.on.data,
                place=form.place.data or "",
                hamlet=form.hamlet.data or "",
                sentence=ngettext(
                    "%(name)s is founded with %(num)s member, led by %(leader)s:"
                    " %(people)s.",
                    "%(name)s is founded with %(num)s members, led by %(leader)s:"
                    " %(people)s.",
                    len(people),
                    name=form.name.data,
                    leader=people[0].name,
                    people=", ".join(one.name for one in people),
                )
                + " "
                + _("All of them answer for each other's loans of the group."),
            )
    return answer(form, outcome, act, _("The group is founded."))


@bp.route("/groups/<int:number>/joining", methods=["GET", "POST"])
def joining(number: int) -> ResponseReturnValue:
    """Put somebody on the roster."""
    group = groups.group(current_book, number)
    form, outcome = RosterForm(on=today()), None
    if form.validate_on_submit():
        with form.showing_refusals():
            who = members.member(current_book, form.member.data)
            outcome = put(
                form,
                groups.join,
                group,
                who,
                on=form.on.data,
                sentence=_(
                    "%(name)s joins %(group)s and answers for its loans from"
                    " %(day)s on.",
                    name=who.name,
                    group=group.name,
                    day=day(form.on.data),
                ),
            )
    act = _act(group, _("Take somebody into the group"), _("Take in"))
    return answer(form, outcome, act, _("The roster is changed."))


def _choices(form: ChoiceForm, group: LoanGroup) -> dict[int, Member]:
    here = {
        one.number: one
        for one in members_now(group)
        if one.number != group.leader_number
    }
    form.member.choices = [
        (number, f"{number:04d} {one.name}") for number, one in here.items()
    ]
    return here


def members_now(group: LoanGroup) -> list[Member]:
    """Return who is on the roster and has not left."""
    return [
        members.member(current_book, row.member_number)
        for row in groups.roster(current_book, group)
        if row.left_on is None
    ]


@bp.route("/groups/<int:number>/leaving", methods=["GET", "POST"])
def leaving(number: int) -> ResponseReturnValue:
    """Take somebody off the roster."""
    group = groups.group(current_book, number)
    form, outcome = LeavingForm(on=today()), None
    here = _choices(form, group)
    if form.validate_on_submit():
        who = here[form.member.data]
        outcome = put(
            form,
            groups.leave,
            group,
            who,
            on=form.on.data,
            note=form.reason.data or "",
            sentence=_("%(name)s leaves %(group)s.", name=who.name, group=group.name),
        )
    act = _act(group, _("Take somebody off the roster"), _("Take off"))
    return answer(form, outcome, act, _("The roster is changed."))


@bp.route("/groups/<int:number>/leader", methods=["GET", "POST"])
def leading(number: int) -> ResponseReturnValue:
    """Let somebody else lead."""
    group = groups.group(current_book, number)
    form, outcome = ChoiceForm(), None
    here = _choices(form, group)
    if form.validate_on_submit():
        who = here[form.member.data]
        outcome = put(
            form,
            groups.lead,
            group,
            who,
            sentence=_(
                "%(name)s leads %(group)s from now on and sees its sheet.",
                name=who.name,
                group=group.name,
            ),
        )
    act = _act(group, _("Another leader"), _("Let them lead"))
    return answer(form, outcome, act, _("The group has another leader."))


@bp.route("/groups/<int:number>/days", methods=["GET", "POST"])
def days(number: int) -> ResponseReturnValue:
    """Agree on another day or place to meet."""
    group = groups.group(current_book, number)
    form, outcome = (
        DaysForm(
            meets=group.meets.value,
            first_meeting=groups.next_meeting(
                group.first_meeting, group.meets, today()
            ),
            place=group.place,
        ),
        None,
    )
    if form.validate_on_submit():
        outcome = put(
            form,
            groups.meet_on,
            group,
            meets=Meets(form.meets.data),
            first_meeting=form.first_meeting.data,
            place=form.place.data or "",
            sentence=_(
                "%(group)s meets next on %(day)s, then as chosen.",
                group=group.name,
                day=day(form.first_meeting.data),
            ),
        )
    act = _act(group, _("Another day to meet"), _("Agree"))
    return answer(form, outcome, act, _("It is agreed."))


@bp.route("/groups/<int:number>/freezing", methods=["GET", "POST"])
def freezing(number: int) -> ResponseReturnValue:
    """Let no member of a group get a new loan."""
    group = groups.group(current_book, number)
    form, outcome = WhyForm(on=today()), None
    if form.validate_on_submit():
        outcome = put(
            form,
            groups.freeze,
            group,
            on=form.on.data,
            why=form.reason.data or "",
            sentence=_(
                "No member of %(group)s gets a new loan until the freeze is lifted.",
                group=group.name,
            ),
        )
    act = _act(group, _("Freeze the group"), _("Freeze"), stop=True)
    return answer(form, outcome, act, _("The group is frozen."))


@bp.route("/groups/<int:number>/lifting", methods=["GET", "POST"])
def lifting(number: int) -> ResponseReturnValue:
    """Let the members of a group borrow again."""
    group = groups.group(current_book, number)
    form, outcome = WhyForm(on=today()), None
    if form.validate_on_submit():
        outcome = put(
            form,
            groups.lift,
            group,
            on=form.on.data,
            why=form.reason.data or "",
            sentence=_("The members of %(group)s may borrow again.", group=group.name),
        )
    act = _act(group, _("Lift the freeze"), _("Lift"))
    return answer(form, outcome, act, _("The freeze is lifted."))


@bp.route("/groups/<int:number>/ending", methods=["GET", "POST"])
def ending(number: int) -> ResponseReturnValue:
    """End a group that answers for nothing any more."""
    group = groups.group(current_book, number)
    form, outcome = EndForm(on=today()), None
    if form.validate_on_submit():
        outcome = put(
            form,
            groups.end_group,
            group,
            on=form.on.data,
            sentence=_(
                "%(group)s ends; its roster and meetings stay in the book.",
                group=group.name,
            ),
        )
    act = _act(group, _("End the group"), _("End it"), stop=True)
    return answer(form, outcome, act, _("The group has ended."))


@bp.route("/groups/<int:number>/covers/<int:item>", methods=["GET", "POST"])
def giving_back(number: int, item: int) -> ResponseReturnValue:
    """Write down that a borrower gave back what another member had paid."""
    group = groups.group(current_book, number)
    one = groups.cover(current_book, group, item)
    payer = members.member(current_book, one.row.member_number)
    owes = members.member(current_book, one.borrower)
    form, outcome = BackForm(on=today(), amount=one.left), None
    if form.validate_on_submit():
        outcome = put(
            form,
            groups.give_back,
            group,
            item,
            form.amount.data,
            on=form.on.data,
            note=form.note.data or "",
            sentence=_(
                "%(owes)s gave %(amount)s back to %(payer)s. No money of the"
                " cooperative moves.",
                owes=owes.name,
                amount=rupiah(form.amount.data),
                payer=payer.name,
            ),
        )
    act = _act(
        group,
        _("Given back"),
        _("Write it down"),
        _(
            "%(payer)s paid %(amount)s for %(owes)s on %(day)s; %(left)s is left.",
            payer=payer.name,
            amount=rupiah(one.row.amount),
            owes=owes.name,
            day=day(one.on),
            left=rupiah(one.left),
        ),
    )
    return answer(form, outcome, act, _("It is written down."))
