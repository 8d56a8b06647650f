"""Divide what is left, post it, and pay each who receives a part."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import members, settlement
from coopbook.book import Book
from coopbook.ledger import Entry
from coopbook.members import Member, MemberStatus, Relation
from coopbook.money import ZERO, Money
from coopbook.people import Approval
from coopbook.savings import Channel
from coopbook.settlement import Heir, Settlement, Statement
from webui.desk import Done, Preview, current_book, put, today
from webui.leaving import bp
from webui.leaving.forms import MOST_PAYEES, PayForm, SettleForm
from webui.leaving.views import answered, asked_day, capital_said, leaving_of, told
from webui.wording import rupiah

Part = tuple[str, Money, Relation | None, str]


def settle(
    book: Book,
    row: Settlement,
    *,
    on: date,
    set_off: bool,
    parts: Sequence[Part],
    numbers: Sequence[str | None],
) -> Entry | Settlement:
    """Post a settlement; nobody named means the member, or the heirs on file."""
    heirs = [
        Heir(*part, national_id=number)
        for part, number in zip(parts, numbers, strict=True)
    ]
    return settlement.settle(book, row, on=on, set_off=set_off, heirs=heirs or None)


@bp.route("/members/<int:number>/leaving/settling", methods=["GET", "POST"])
def settling(number: int) -> ResponseReturnValue:
    """Say who receives what is left, see what will be posted, post it."""
    who = members.member(current_book, number)
    row = leaving_of(who)
    on = max(asked_day(today()), row.begun_on)
    said = settlement.reckon(current_book, who, row.cause, on)
    form = SettleForm(on=on, set_off=True, rows=_rows(who, row, said))
    outcome: Done | Preview | None = None
    if form.validate_on_submit():
        said = settlement.reckon(current_book, who, row.cause, form.on.data)
        outcome = put(
            *(form, settle, row),
            on=form.on.data,
            set_off=bool(form.set_off.data),
            parts=form.parts(),
            sentence=in_words(said),
            hidden={"numbers": form.numbers()},
        )
        if isinstance(outcome, Preview):
            outcome.notes.extend(capital_said(said))
    if isinstance(outcome, Done):
        flash(_("Settled. Nothing is left on the cards."))
        return redirect(url_for(".page", number=number))
    return answered(
        "settling", form, preview=outcome, **{**told(who, row), "said": said}
    )


def in_words(said: Statement) -> str:
    """Say what a settlement comes to."""
    facts = {
        "name": said.member.name,
        "owns": rupiah(said.owns),
        "owes": rupiah(said.owes),
        "net": rupiah(abs(said.net)),
    }
    if said.net > ZERO:
        return _(
            "%(owns)s belonged to %(name)s, %(owes)s of debts is set off, %(net)s is "
            "owed and is paid in the next step.",
            **facts,
        )
    if said.net < ZERO:
        return _(
            "%(owns)s belonged to %(name)s and is set off against %(owes)s of debts; "
            "%(net)s of debt remains.",
            **facts,
        )
    return _(
        "%(owns)s belonged to %(name)s, %(owes)s of debts is set off; nothing is left "
        "to pay.",
        **facts,
    )


def _rows(who: Member, row: Settlement, said: Statement) -> list[dict[str, Any]]:
    """Return who is likely to receive: the heirs on file, or the member."""
    if said.net <= ZERO:
        return []
    if row.cause is not MemberStatus.DECEASED:
        return [{"name": who.name, "amount": said.net}, {}]
    heirs = members.beneficiaries(current_book, who)
    if sum(one.share for one in heirs) == 100:
        parts: list[Money | None] = list(said.net.split([one.share for one in heirs]))
    else:
        parts = [None for _one in heirs]
    known = [
        {"name": one.name, "relation": one.relation, "amount": part}
        for one, part in zip(heirs, parts, strict=True)
    ]
    free = 2 if known else 3
    return [*known, *({} for _one in range(free))][:MOST_PAYEES]


@bp.route("/members/<int:number>/leaving/payees/<int:item>", methods=["GET", "POST"])
def paying(number: int, item: int) -> ResponseReturnValue:
    """Pay somebody what a leaving owes them, now or after the meeting."""
    who = members.member(current_book, number)
    row = leaving_of(who)
    to = settlement.payee(current_book, row, item)
    form = PayForm(on=today())
    outcome: Done | Preview | None = None
    if form.validate_on_submit():
        channel = Channel(form.channel.data)
        outcome = put(
            *(form, settlement.pay_out_or_ask, row, to),
            on=form.on.data,
            channel=channel,
            amount_shown=to.amount,
            sentence=_in_cash(to.name, to.amount)
            if channel is Channel.CASH
            else _(
                "%(name)s gets %(amount)s from the bank.",
                name=to.name,
                amount=rupiah(to.amount),
            ),
        )
    if isinstance(outcome, Done) and isinstance(outcome.result, Approval):
        flash(
            _(
                "The request waits for a second person: number %(number)s.",
                number=outcome.result.number,
            )
        )
        return redirect(url_for(".page", number=number))
    if isinstance(outcome, Done):
        return redirect(url_for("counter.receipt", number=outcome.result.number))
    return answered("paying", form, preview=outcome, member=who, row=row, payee=to)


def _in_cash(name: str, amount: Money) -> str:
    return _("%(name)s gets %(amount)s in cash.", name=name, amount=rupiah(amount))
