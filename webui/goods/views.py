"""The stock, the till, and what the shop buys."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import goods, ledger, members
from coopbook.goods import in_units
from coopbook.ledger import Entry, chart
from coopbook.money import Money
from coopbook.people import Approval, approvals
from webui.acts import above
from webui.desk import Done, current_book, put, today
from webui.goods import bp
from webui.goods.forms import ROWS_OF, PurchaseForm, SaleForm
from webui.policy import asked_number
from webui.wording import exact, label, rupiah


@bp.app_template_filter("quantity")
def quantity(parts: int) -> str:
    """Write a quantity in thousandths as people do: ``2,5``."""
    return exact(in_units(parts))


@bp.get("/shop")
def desk() -> ResponseReturnValue:
    """Show what there is of every item, and whether its account agrees."""
    rows = goods.stocks(current_book)
    return render_template(
        "goods/desk.html",
        rows=rows,
        tied=goods.tied(current_book),
        trades=goods.trades(current_book, today()),
        sold=any(one.item.active for one in rows),
        owed=sum((one.owed for one in goods.on_account(current_book)), Money(0)),
        most=goods.most_on_account(current_book, today()),
    )


def _rows(form: Any) -> list[list[Any]]:
    return [[form[f"{name}_{n}"] for name in form.columns] for n in ROWS_OF]


@bp.route("/shop/sale", methods=["GET", "POST"])
def selling() -> ResponseReturnValue:
    """Sell something, to a member or to anybody."""
    goods.check_trades(current_book, today())
    form, outcome = SaleForm(on=today()), None
    form.offer(goods.items(current_book, active=True), asked_number("item"))
    form.into.choices = ways_to_pay()
    if goods.most_on_account(current_book, today()):
        form.into.choices.append(
            (str(chart.SHOP_RECEIVABLE), _("on the member's account"))
        )
    if form.validate_on_submit():
        outcome = put(
            form,
            goods.sell,
            form.lines(),
            on=form.on.data,
            member=form.member.data,
            into=int(form.into.data),
            sentence=lambda entry: _sold(entry, form.member.data),
        )
    if isinstance(outcome, Done):
        flash(_sold(outcome.result, form.member.data))
        return redirect(url_for(".selling"))
    page = render_template(
        "goods/sale.html", form=form, preview=outcome, rows=_rows(form)
    )
    return page, 422 if form.errors or form.refusals else 200


def ways_to_pay() -> list[tuple[str, str]]:
    """Return where the money of the shop goes."""
    return [
        (str(chart.TELLER_CASH), _("in cash")),
        (str(chart.BANK), _("on the cooperative's bank account")),
    ]


def _sold(entry: Entry, member: int | None) -> str:
    facts = {"what": _said(entry), "amount": rupiah(entry.lines[0].debit)}
    if member is not None and entry.lines[0].card_number:
        name = members.member(current_book, member).name
        owed = rupiah(goods.owed_to_shop(current_book, member))
        return _(
            "%(what)s to %(name)s on account, for %(amount)s; owed are then %(owed)s.",
            name=name,
            owed=owed,
            **facts,
        )
    if member is None:
        return _("%(what)s to somebody who is no member, for %(amount)s.", **facts)
    name = members.member(current_book, member).name
    return _("%(what)s to %(name)s, for %(amount)s.", name=name, **facts)


def _said(entry: Entry) -> str:
    """Say what an entry sold: ``2,5 kg Beras, 1 buah Sabun``."""
    return ", ".join(
        f"{quantity(-move.quantity)} {item.unit} {item.name}"
        for move in goods.movements_of(current_book, entry.number)
        for item in [goods.item(current_book, move.item_number)]
    )


@bp.route("/shop/purchase", methods=["GET", "POST"])
def buying() -> ResponseReturnValue:
    """Enter what the shop bought."""
    goods.check_trades(current_book, today())
    form, outcome = PurchaseForm(on=today()), None
    form.offer(goods.items(current_book, active=True), asked_number("item"))
    form.paid_from.choices = [
        *((str(one), label(ledger.account(current_book, one))) for one in goods.PURSES),
        ("", _("later: it is owed to the supplier")),
    ]
    if form.validate_on_submit():
        lines = form.lines()
        whole = sum((cost for _item, _many, cost in lines), Money(0))
        outcome = put(
            form,
            goods.buy,
            lines,
            on=form.on.data,
            paid_from=int(form.paid_from.data) if form.paid_from.data else None,
            supplier=form.supplier.data or "",
            document=form.document.data or "",
            amount_shown=whole,
            sentence=lambda result: (
                above(str(approvals.request_of(result)["memo"]))
                if isinstance(result, Approval)
                else _("Goods for %(amount)s come into stock.", amount=rupiah(whole))
            ),
        )
    if isinstance(outcome, Done):
        waits = isinstance(outcome.result, Approval)
        flash(_("It waits for a second person.") if waits else _("In stock."))
        return redirect(url_for(".desk"))
    page = render_template(
        "goods/purchase.html", form=form, preview=outcome, rows=_rows(form)
    )
    return page, 422 if form.errors or form.refusals else 200


@bp.get("/shop/items/<int:number>")
def card(number: int) -> ResponseReturnValue:
    """Show the stock card of an item, the latest first."""
    row = goods.item(current_book, number)
    before = asked_number("before")
    moves = goods.stock_card(current_book, number, before=before, limit=41)
    older = moves[39].number if len(moves) > 40 else None
    return render_template(
        "goods/card.html",
        item=row,
        stock=goods.stock_of(current_book, number),
        moves=moves[:40],
        older=older,
        kinds=goods.KIND_NAMES,
        last=next(iter(goods.counts_of(current_book, number)), None),
        newest="before" in request.args,
    )
