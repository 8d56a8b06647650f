"""The register, a member's page, passbooks."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from coopbook import goods, ledger, loans, members, regions, savings
from coopbook.i18n import Word
from coopbook.members import Member, Risk
from webui.desk import Done, current_book, once, put, today
from webui.membership import bp, service
from webui.membership.forms import AdmissionForm, MemberForm, OpeningForm
from webui.membership.header import about, actions
from webui.membership.naming import words
from webui.policy import asked_number, may
from webui.wording import label, say, spoken

PAGE = 25
HAMLETS = 30
bp.context_processor(words)


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


@bp.post("/districts/search")
def districts() -> ResponseReturnValue:
    """Return a few districts as a small list, while somebody types."""
    asked = request.form.get("q", "").strip()[:60]
    few = regions.search(asked) if len(asked) > 1 else []
    return render_template("membership/districts.html", districts=few)


# -- admitting and correcting ------------------------------------------------


def _fields(form: MemberForm) -> dict[str, Any]:
    return {
        "national_id": form.national_id.data or None,
        "family_card_no": form.family_card_no.data or None,
        "passport_no": form.passport_no.data or None,
        "phone": form.phone.data or None,
        "born_on": form.born_on.data,
        "address": form.address.data or "",
        "village": form.village.data or "",
        "hamlet": form.hamlet.data or None,
        "region_code": form.region_code.data or None,
        "village_code": form.village_code.data or None,
        "occupation": form.occupation.data or None,
        "source_of_funds": form.source_of_funds.data or None,
        "risk": Risk(form.risk.data) if form.risk.data else None,
    }


def _pictures(form: MemberForm) -> dict[str, Any]:
    return {
        "photo": service.file_of(form.photo.data),
        "specimen": service.file_of(form.specimen.data),
    }


def _ready(form: MemberForm) -> bool:
    """Say whether a form can be done; districts that are looked for are offered."""
    form.offer_districts()
    if "look" in request.form or not form.validate_on_submit():
        return False
    if form.still_choosing():
        said = _("Choose the district from this list, or empty the search.")
        form.region_code.errors = [said]
        return False
    return True


def _point_out(form: MemberForm, who: Member) -> None:
    """Point out a doubtful number, and members who may be the same person."""
    if form.national_id.data:
        for doubt in members.doubts(form.national_id.data, form.born_on.data):
            flash(say(doubt, {}), "watch")
    for double in members.look_alikes(current_book, who):
        if double.verdict is None:
            flash(_alike(who, double), "watch")


def _alike(who: Member, double: Any) -> Markup:
    other = double.other
    said = _(
        "This may be %(name)s, number %(number)s, who is in the register: %(why)s.",
        name=other.name,
        number=other.number,
        why=spoken(tuple(Word(one) for one in double.why)),
    )
    href = url_for(".alike", number=who.number, other=other.number)
    return Markup('{} <a href="{}">{}</a>').format(said, href, _("Compare the two"))


@bp.route("/members/new", methods=["GET", "POST"])
def admission() -> ResponseReturnValue:
    """Enter a person who asks to belong; the first principal share makes a member."""
    form = AdmissionForm(on=today())
    if _ready(form):
        with form.showing_refusals():
            who = once(
                *(form, service.admit, form.name.data or ""),
                on=form.on.data,
                **_pictures(form),
                hidden=_fields(form),
            )
            flash(_("Entered as number %(number)s.", number=who.number))
            _point_out(form, who)
            return redirect(url_for(".member", number=who.number))
    return _sheet("admission", form)


@bp.route("/members/<int:number>/correction", methods=["GET", "POST"])
def correction(number: int) -> ResponseReturnValue:
    """Put right what the register says about a member."""
    who = members.member(current_book, number)
    form = MemberForm(obj=who)
    if _ready(form):
        with form.showing_refusals():
            once(
                *(form, service.correct, who),
                on=today(),
                name=form.name.data or "",
                **_pictures(form),
                hidden=_fields(form),
            )
            flash(_("Corrected."))
            _point_out(form, who)
            return redirect(url_for(".person", number=number))
    return _sheet("correction", form, member=who)


def _sheet(template: str, form: MemberForm, **shown: Any) -> ResponseReturnValue:
    hamlets = [name for name, _count in members.hamlets(current_book)][:HAMLETS]
    page = render_template(
        f"membership/{template}.html", form=form, hamlets=hamlets, **shown
    )
    return page, 422 if form.errors or form.refusals else 200


# -- a member's cards --------------------------------------------------------


@bp.get("/members/<int:number>")
def member(number: int) -> ResponseReturnValue:
    """Show a member with every card."""
    who = members.member(current_book, number)
    return render_template(
        "membership/member.html",
        shop=goods.on_account(current_book, member=number),
        **about(who),
        actions=actions(who),
        savings=savings.accounts_of(current_book, who, on=today()),
        loans=[
            (loan, loans.standing(current_book, loan, today()))
            for loan in loans.loans_of(current_book, who)
        ],
    )


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
