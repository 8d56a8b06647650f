"""Who may act for a member: powers of attorney, and guardians of children."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import members, savings
from coopbook import proxies as powers
from coopbook.members import Relation
from coopbook.proxies import ProxyKind
from webui.desk import current_book, once, today
from webui.membership import bp, service
from webui.membership.changing import has_come
from webui.membership.forms import ProxyForm, RevokeForm
from webui.membership.header import GONE, about
from webui.membership.person import answered
from webui.wording import label, rupiah


@bp.get("/members/<int:number>/proxies")
def proxies(number: int) -> ResponseReturnValue:
    """Show who may act for a member, and what they took out."""
    who, on = members.member(current_book, number), today()
    rows = [
        (
            one,
            powers.holds(one, on),
            powers.cards_of(current_book, one),
            powers.used_in_month(current_book, one, on),
        )
        for one in powers.proxies_of(current_book, who)[:20]
    ]
    return render_template(
        "membership/proxies.html",
        **about(who),
        rows=rows,
        uses=powers.uses(current_book, who),
        gone=who.status in GONE,
    )


@bp.route("/members/<int:number>/proxies/new", methods=["GET", "POST"])
def proxy_new(number: int) -> ResponseReturnValue:
    """Write down who may act for a member, on which accounts."""
    who, form = members.member(current_book, number), ProxyForm()
    form.accounts.choices = [
        (
            one.account.number,
            f"{label(one.product)} {one.account.number} · {rupiah(one.balance)}",
        )
        for one in savings.accounts_of(current_book, who, on=today())
        if one.product.withdrawable and one.account.closed_on is None
    ]
    if form.validate_on_submit():
        with form.showing_refusals():
            once(
                *(form, service.enter_proxy, who),
                name=form.name.data or "",
                kind=ProxyKind(form.kind.data),
                relation=Relation(form.relation.data),
                accounts=sorted(form.accounts.data or []),
                on=today(),
                valid_until=form.valid_until.data,
                monthly_limit=form.monthly_limit.data,
                paper=form.paper.data or "",
                file=service.file_of(form.scan.data),
                hidden={
                    "national_id": form.national_id.data or None,
                    "phone": form.phone.data or None,
                },
            )
            flash(_("Written down."))
            return redirect(url_for(".proxies", number=number))
    return answered("proxy_new", form, member=who, gone=who.status in GONE)


@bp.route("/members/<int:number>/proxies/<int:proxy>/end", methods=["GET", "POST"])
def revoking(number: int, proxy: int) -> ResponseReturnValue:
    """Take a power back."""
    who, row = (
        members.member(current_book, number),
        powers.proxy(current_book, proxy),
    )
    if row.member_number != who.number:
        abort(404)
    form = RevokeForm(on=today())
    if form.validate_on_submit() and has_come(form):
        with form.showing_refusals():
            reason = form.reason.data or ""
            once(form, powers.revoke, row, on=form.on.data, reason=reason)
            flash(_("Taken back. %(name)s can take out no more.", name=row.name))
            return redirect(url_for(".proxies", number=number))
    return answered("revoking", form, member=who, proxy=row)
