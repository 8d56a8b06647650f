"""The register, a member's page, passbooks."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import ledger, loans, members, savings
from webui.desk import Done, current_book, once, put, today
from webui.membership import bp
from webui.membership.forms import AdmissionForm, MemberForm, OpeningForm
from webui.policy import asked_number, may
from webui.wording import label, say

PAGE = 25


@bp.get("/members")
def register() -> ResponseReturnValue:
    """List the members by number."""
    after = asked_number("after", 0) or 0
    found = members.register(current_book, after=after, limit=PAGE + 1)
    more = len(found) > PAGE
    return render_template(
        "membership/register.html", members=found[:PAGE], more=more, after=after
    )


def _open(number: int, to: str) -> str:
    if to == "counter" and may("counter.deposit"):
        return url_for("counter.deposit", number=number)
    return url_for("membership.member", number=number)


@bp.post("/members/search")
def search() -> ResponseReturnValue:
    """Find members; by POST, so that no personal number lands in an address."""
    asked, to = request.form.get("q", "").strip()[:100], request.form.get("to", "")
    found = members.search(current_book, asked, limit=PAGE) if asked else []
    if len(found) == 1:
        return redirect(_open(found[0].number, to))
    return render_template(
        "membership/search.html", asked=asked, members=found, open=_open, to=to
    )


@bp.post("/members/found")
def found() -> ResponseReturnValue:
    """Return a few members as a small list, while somebody types."""
    asked, to = request.form.get("q", "").strip()[:100], request.form.get("to", "")
    few = members.search(current_book, asked, limit=6) if len(asked) > 1 else []
    return render_template("membership/found.html", members=few, open=_open, to=to)


def _fields(form: MemberForm) -> dict[str, Any]:
    return {
        "national_id": form.national_id.data or None,
        "family_card_no": form.family_card_no.data or None,
        "passport_no": form.passport_no.data or None,
        "phone": form.phone.data or None,
        "born_on": form.born_on.data,
        "address": form.address.data or "",
        "village": form.village.data or "",
    }


def _doubts(form: MemberForm) -> list[str]:
    number = form.national_id.data
    if not number:
        return []
    return [say(str(s), {}) for s in members.doubts(number, form.born_on.data)]


@bp.route("/members/new", methods=["GET", "POST"])
def admission() -> ResponseReturnValue:
    """Enter a person who asks to belong; the first principal share makes a member."""
    form = AdmissionForm(on=today())
    if form.validate_on_submit():
        with form.showing_refusals():
            number = once(
                *(form, members.admit, form.name.data or ""),
                on=form.on.data,
                hidden=_fields(form),
            ).number
            flash(_("Entered as number %(number)s.", number=number))
            for doubt in _doubts(form):
                flash(doubt, "watch")
            return redirect(url_for(".member", number=number))
    page = render_template("membership/admission.html", form=form)
    return page, 422 if form.errors or form.refusals else 200


@bp.get("/members/<int:number>")
def member(number: int) -> ResponseReturnValue:
    """Show a member with every card."""
    who = members.member(current_book, number)
    return render_template(
        "membership/member.html",
        member=who,
        savings=savings.accounts_of(current_book, who, on=today()),
        loans=[
            (loan, loans.standing(current_book, loan, today()))
            for loan in loans.loans_of(current_book, who)
        ],
    )


@bp.route("/members/<int:number>/correction", methods=["GET", "POST"])
def correction(number: int) -> ResponseReturnValue:
    """Put right what the register says about a member."""
    who = members.member(current_book, number)
    form = MemberForm(obj=who)
    if form.validate_on_submit():
        with form.showing_refusals():
            once(
                *(form, members.correct, who),
                name=form.name.data or "",
                hidden=_fields(form),
            )
            flash(_("Corrected."))
            for doubt in _doubts(form):
                flash(doubt, "watch")
            return redirect(url_for(".member", number=number))
    page = render_template("membership/correction.html", form=form, member=who)
    return page, 422 if form.errors or form.refusals else 200


@bp.route("/members/<int:number>/savings/new", methods=["GET", "POST"])
def opening(number: int) -> ResponseReturnValue:
    """Open a savings account for a member."""
    who = members.member(current_book, number)
    held = {s.product.code for s in savings.accounts_of(current_book, who, on=today())}
    form, outcome = OpeningForm(on=today()), None
    form.product.choices = [
        (product.code, label(product))
        for product in savings.products(current_book)
        if product.code not in held or form.is_submitted()  # sent twice: found again
    ]
    if form.validate_on_submit():
        product = savings.product(current_book, form.product.data)
        outcome = put(
            form,
            savings.open_account,
            who,
            product,
            on=form.on.data,
            sentence=_(
                "%(name)s gets an account for %(savings)s.",
                name=who.name,
                savings=label(product),
            ),
        )
    if isinstance(outcome, Done):
        flash(_("Savings account %(number)s is open.", number=outcome.result.number))
        if may("counter.deposit"):
            account = outcome.result.number
            return redirect(url_for("counter.deposit", number=number, account=account))
        return redirect(url_for(".member", number=number))
    page = render_template(
        "membership/opening.html", form=form, member=who, preview=outcome
    )
    return page, 422 if form.errors or form.refusals else 200


def _passbook(number: int, limit: int) -> dict[str, Any]:
    account = savings.account(current_book, number)
    control, card = account.card
    page = savings.passbook(
        current_book,
        account,
        before=request.args.get("before"),
        after=request.args.get("after"),
        limit=limit,
    )
    return {
        "account": account,
        "member": members.member(current_book, account.member_number),
        "product": savings.product(current_book, account.product_code),
        "balance": ledger.card_balance(current_book, control, card),
        "page": page,
    }


@bp.get("/savings/<int:number>")
def passbook(number: int) -> ResponseReturnValue:
    """Show the lines of a savings account, newest first."""
    return render_template("membership/passbook.html", **_passbook(number, PAGE))


@bp.get("/savings/<int:number>/print")
def printed(number: int) -> ResponseReturnValue:
    """Show the passbook as it is printed, oldest line first."""
    return render_template("membership/printed.html", **_passbook(number, 40))
