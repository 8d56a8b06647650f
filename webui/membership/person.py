"""A member as a person: what the register says, and the papers that are kept."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import archive, members, regions
from coopbook.archive import ScanKind
from coopbook.members.rules import masked
from webui.desk import current_book, once, today
from webui.membership import bp, service
from webui.membership.forms import PaperForm
from webui.membership.header import about
from webui.policy import may


def answered(template: str, form: Any, **shown: Any) -> ResponseReturnValue:
    """Show a form; with a refusal on it, the answer says so."""
    page = render_template(f"membership/{template}.html", form=form, **shown)
    return page, 422 if form.errors or form.refusals else 200


@bp.get("/members/<int:number>/person")
def person(number: int) -> ResponseReturnValue:
    """Show what the register says about a member, long numbers half hidden."""
    who = members.member(current_book, number)
    phone = who.phone
    if phone and not may("membership.scan"):
        phone = masked(phone)
    return render_template(
        "membership/person.html",
        **about(who),
        family_card=masked(who.family_card_no) if who.family_card_no else "",
        passport=masked(who.passport_no) if who.passport_no else "",
        phone=phone,
        district=regions.districts().get(who.region_code or ""),
    )


@bp.get("/members/<int:number>/papers")
def papers(number: int) -> ResponseReturnValue:
    """List the pictures and papers kept about a member, newest first."""
    who = members.member(current_book, number)
    kept = archive.scans(current_book, service.subject_of(number))
    shown = {}
    for kind in (ScanKind.PHOTO, ScanKind.SPECIMEN):
        shown[kind] = next((one for one in kept if one.kind is kind), None)
    return render_template(
        "membership/papers.html", **about(who), kept=kept[:50], pictures=shown
    )


@bp.route("/members/<int:number>/papers/new", methods=["GET", "POST"])
def paper_new(number: int) -> ResponseReturnValue:
    """Keep a picture or a paper about a member."""
    who, form = members.member(current_book, number), PaperForm()
    if form.validate_on_submit():
        with form.showing_refusals():
            once(
                *(form, service.keep_paper, who),
                kind=ScanKind(form.kind.data),
                file=service.file_of(form.paper.data),
                on=today(),
            )
            flash(_("Kept, sealed."))
            return redirect(url_for(".papers", number=number))
    return answered("paper_new", form, member=who)


@bp.get("/members/<int:number>/papers/<int:scan>")
def scan(number: int, scan: int) -> Response:
    """Hand out a picture or a paper of a member to those who work with members."""
    who = members.member(current_book, number)
    row = archive.scan(current_book, scan)
    if row.subject != service.subject_of(who.number):
        abort(404)
    name = f"anggota-{who.number:04d}-{row.kind.value}-{row.number}"
    return service.handed_out(current_book, row, name)
