"""Who owes the shop for goods, and what they pay."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import goods, members
from coopbook.money import ZERO
from webui.desk import Done, current_book, put, today
from webui.goods import bp
from webui.goods.forms import AccountPaymentForm
from webui.goods.views import ways_to_pay
from webui.portions import portion
from webui.wording import rupiah


@bp.get("/shop/accounts")
def accounts() -> ResponseReturnValue:
    """Show who owes the shop, the oldest debt first."""
    every = goods.on_account(current_book)
    rows, more = portion(every, request.args.get("after"), lambda one: one.member)
    return render_template(
        "goods/accounts.html",
        rows=[(one, members.member(current_book, one.member)) for one in rows],
        more=more,
        many=len(every),
        owed=sum((one.owed for one in every), ZERO),
        most=goods.most_on_account(current_book, today()),
        trades=goods.trades(current_book, today()),
    )


@bp.route("/shop/accounts/<int:number>/payment", methods=["GET", "POST"])
def paying(number: int) -> ResponseReturnValue:
    """Take what a member pays of goods bought on account."""
    who = members.member(current_book, number)
    owed = goods.owed_to_shop(current_book, number)
    form, outcome = AccountPaymentForm(on=today()), None
    form.into.choices = ways_to_pay()
    if form.validate_on_submit():
        amount = form.amount.data
        outcome = put(
            form,
            goods.pay_account,
            number,
            amount,
            on=form.on.data,
            into=int(form.into.data),
            amount_shown=amount,
            sentence=lambda _entry: _(
                "%(name)s pays %(amount)s for goods; %(left)s is still owed.",
                name=who.name,
                amount=rupiah(amount),
                left=rupiah(goods.owed_to_shop(current_book, number)),
            ),
        )
    if isinstance(outcome, Done):
        return redirect(url_for("counter.receipt", number=outcome.result.number))
    page = render_template(
        "goods/payment.html", form=form, preview=outcome, member=who, owed=owed
    )
    return page, 422 if form.errors or form.refusals else 200
