"""A member's family: kin, household, heirs."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import members
from coopbook.book import Book
from coopbook.members import Beneficiary, Member, Relation
from coopbook.members.rules import NoSuchMember
from webui.desk import current_book, once, today
from webui.forms import OnceForm
from webui.membership import bp, service
from webui.membership.forms import HeirForm, HouseholdForm, KinForm
from webui.membership.header import about
from webui.membership.person import answered
from webui.wording import tell


@bp.get("/members/<int:number>/family")
def family(number: int) -> ResponseReturnValue:
    """Show who is whose, who lives together, and who inherits."""
    who = members.member(current_book, number)
    heirs = members.beneficiaries(current_book, who)
    return render_template(
        "membership/family.html",
        **about(who),
        kin=members.relatives(current_book, who),
        heirs=heirs,
        left=100 - sum(one.share for one in heirs),
    )


def other_member(form: Any) -> Member | None:
    """Return the member whose number is on a form; the field says who is not there."""
    if not form.number.data:
        return None
    try:
        return members.member(current_book, form.number.data)
    except NoSuchMember as nobody:
        form.number.errors = [tell(nobody)]
        return None


@bp.route("/members/<int:number>/kin/new", methods=["GET", "POST"])
def kin_new(number: int) -> ResponseReturnValue:
    """Write down what somebody is to a member."""
    who, form = members.member(current_book, number), KinForm()
    if form.validate_on_submit():
        other = other_member(form)
        if not form.number.errors:
            with form.showing_refusals():
                once(
                    *(form, members.add_kin, who, Relation(form.relation.data)),
                    name=form.name.data or "",
                    other=other,
                )
                flash(_("Written down."))
                return redirect(url_for(".family", number=number))
    return answered("kin_new", form, member=who)


@bp.post("/members/<int:number>/kin/<int:item>/end")
def kin_end(number: int, item: int) -> ResponseReturnValue:
    """End a relation, after a divorce for instance."""
    who = members.member(current_book, number)
    once(OnceForm(), members.end_kin, who, item, on=today())
    flash(_("Ended. It stays readable in the book's chain."))
    return redirect(url_for(".family", number=number))


@bp.route("/members/<int:number>/household", methods=["GET", "POST"])
def household(number: int) -> ResponseReturnValue:
    """Say with whom a member lives."""
    who, form = members.member(current_book, number), HouseholdForm()
    if form.validate_on_submit():
        other = other_member(form)
        if other is not None and other.number == number:
            form.number.errors = [_("Write the number of another member.")]
        if not form.number.errors:
            with form.showing_refusals():
                once(
                    *(form, service.share_house, who),
                    other=other,
                    name=form.name.data or "",
                )
                flash(_("Written down."))
                return redirect(url_for(".family", number=number))
    return answered("household", form, member=who)


@bp.route("/members/<int:number>/heirs/new", methods=["GET", "POST"])
def heir_new(number: int) -> ResponseReturnValue:
    """Name who receives a share of a member's money on death."""
    who, form = members.member(current_book, number), HeirForm()
    if form.validate_on_submit():
        with form.showing_refusals():
            once(
                *(form, members.add_beneficiary, who, form.name.data or ""),
                relation=Relation(form.relation.data),
                share=form.share.data,
                on=today(),
                hidden={
                    "national_id": form.national_id.data or None,
                    "phone": form.phone.data or None,
                },
            )
            flash(_("Written down."))
            return redirect(url_for(".family", number=number))
    left = 100 - sum(one.share for one in members.beneficiaries(current_book, who))
    return answered("heir_new", form, member=who, left=left)


def end_heir(book: Book, who: Member, number: int, *, on: date) -> Beneficiary:
    """Let somebody be an heir no more, and return the row as a receipt."""
    members.end_beneficiary(book, who, number, on=on)
    row = book.get(Beneficiary, who.number, number)
    assert row is not None
    return row


@bp.post("/members/<int:number>/heirs/<int:item>/end")
def heir_end(number: int, item: int) -> ResponseReturnValue:
    """Let somebody be an heir no more."""
    who = members.member(current_book, number)
    once(OnceForm(), end_heir, who, item, on=today())
    flash(_("Ended. It stays readable in the book's chain."))
    return redirect(url_for(".family", number=number))
