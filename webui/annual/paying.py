"""Pay a member's waiting surplus, in cash or into savings."""

from __future__ import annotations

from typing import Any

from flask import Response, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import members, savings, surplus
from coopbook.book import Book
from coopbook.ledger import Entry
from coopbook.members import Member
from coopbook.money import Money
from coopbook.people import Approval
from coopbook.printing.surplus_slip import surplus_slip_of, surplus_slip_pdf
from coopbook.savings.rules import SHARES
from webui.acts import Act, answer
from webui.annual import bp
from webui.annual.forms import PayForm
from webui.desk import current_book, put, today
from webui.papers import pdf, printed
from webui.wording import label, language, rupiah


@bp.route("/members/<int:number>/surplus", methods=["GET", "POST"])
def paying(number: int) -> ResponseReturnValue:
    """Pay a member what waits of the surplus of closed years."""
    who = members.member(current_book, number)
    waits = surplus.waiting_of(current_book, who)
    form, outcome = (
        PayForm(amount=waits if waits > Money(0) else None, on=today()),
        None,
    )
    if not surplus.died(current_book, who):
        del form.heir, form.papers
    form.to.choices = [("", _("in cash")), *_accounts(who)]
    if form.validate_on_submit():
        outcome = put(
            form,
            pay,
            who,
            form.amount.data,
            on=form.on.data,
            to=int(form.to.data) if form.to.data else None,
            heir=(form.heir.data or "") if form.heir else "",
            papers=(form.papers.data or "") if form.papers else "",
            amount_shown=form.amount.data,
            sentence=_(
                "%(name)s takes %(amount)s of the surplus that waits.",
                name=who.name,
                amount=rupiah(form.amount.data),
            ),
        )
    act = Act(
        _("Surplus of %(name)s", name=who.name),
        _("Pay"),
        url_for("membership.member", number=number),
        [
            (_("Members"), url_for("membership.register")),
            (f"{number:04d}", url_for("membership.member", number=number)),
            (_("Surplus"), None),
        ],
        lead=_("%(amount)s waits.", amount=rupiah(waits)),
    )
    return answer(form, outcome, act, _("Paid."))


@bp.get("/members/<int:number>/surplus/<int:year>.pdf")
def slip(number: int, year: int) -> Response:
    """Hand out a member's slip of a year."""
    who = members.member(current_book, number)
    facts = surplus_slip_of(current_book, who, year, language=language())
    return pdf(surplus_slip_pdf(facts, printed()), facts.serial)


def _accounts(who: Member) -> list[tuple[str, str]]:
    """Return the savings the surplus can be paid into."""
    return [
        (
            str(one.account.number),
            _("into %(name)s", name=label(one.account.product)),
        )
        for one in savings.accounts_of(current_book, who)
        if one.account.closed_on is None
        and one.account.product.savings_type not in SHARES
    ]


def pay(
    book: Book,
    who: Member,
    amount: Money,
    *,
    on: Any,
    to: int | None,
    heir: str,
    papers: str,
) -> Entry | Approval:
    """Pay a waiting surplus, into the account of a number where one is named."""
    target = savings.account(book, to) if to is not None else None
    return surplus.pay_or_ask(
        *(book, who, amount), on=on, to=target, heir=heir, papers=papers
    )
