"""Set a standing order, look at what it did, run everybody's for a day."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import loans, orders, savings
from coopbook.loans import LoanState
from coopbook.orders import Ran, StandingOrder, StandingRun
from webui.desk import Done, current_book, once, put, today, total
from webui.orders import bp
from webui.orders.forms import EndForm, OrderForm, RunForm
from webui.policy import asked_number
from webui.wording import day, label, rupiah

PAGE = 25


def _line(row: StandingOrder) -> dict[str, Any]:
    """Return an order with its loan, its member and the account that pays."""
    account = savings.account(current_book, row.savings_number)
    return {
        "order": row,
        "account": account,
        "member": account.member,
        "name": f"{label(account.product)} {account.number}",
    }


def _done(run: StandingRun) -> dict[str, Any]:
    row = orders.find_order(current_book, run.order_number)
    return _line(row) | {"run": run}


@bp.get("/orders")
def desk() -> ResponseReturnValue:
    """List the standing orders that run."""
    after = asked_number("after", 0) or 0
    found = orders.running(current_book, after=after, limit=PAGE + 1)
    return render_template(
        "orders/desk.html",
        rows=[_line(row) for row in found[:PAGE]],
        more=len(found) > PAGE,
        after=after,
    )


# -- one loan --------------------------------------------------------------------


@bp.get("/loans/<int:number>/order")
def of_loan(number: int) -> ResponseReturnValue:
    """Show by which standing order a loan is paid, and what it did."""
    loan = loans.loan(current_book, number)
    row = orders.order_for(current_book, number)
    before = [
        one
        for one in orders.orders_of(current_book, loan.member)
        if one.loan_number == number and one.ended_on is not None
    ]
    return render_template(
        "orders/of_loan.html",
        loan=loan,
        member=loan.member,
        line=_line(row) if row else None,
        runs=_runs([*([row] if row else []), *before]),
        runs_now=loan.state is LoanState.DISBURSED,
    )


def _runs(rows: list[StandingOrder]) -> list[StandingRun]:
    """Return the latest runs of a loan's orders, those that ended too."""
    found = [run for row in rows for run in orders.runs_of(current_book, row)]
    return sorted(found, key=lambda one: one.run_on, reverse=True)[:PAGE]


@bp.route("/loans/<int:number>/order/new", methods=["GET", "POST"])
def ordering(number: int) -> ResponseReturnValue:
    """Pay what is due on a loan out of savings from a day on."""
    loan = loans.loan(current_book, number)
    form, outcome = OrderForm(on=today()), None
    form.account.choices = [
        (
            one.account.number,
            _(
                "%(savings)s, %(free)s can be withdrawn",
                savings=label(one.product),
                free=rupiah(one.available),
            ),
        )
        for one in savings.accounts_of(current_book, loan.member, on=today())
        if one.product.withdrawable and one.account.closed_on is None
    ]
    if form.validate_on_submit():
        if form.on.data < today():
            said = _("Choose today, %(day)s, or a later day.", day=day(today()))
            form.on.errors = [said]
        else:
            account = savings.account(current_book, form.account.data)
            outcome = put(
                form,
                orders.order,
                loan,
                account,
                on=form.on.data,
                sentence=_(
                    "What is due on loan %(loan)s is paid out of %(savings)s of "
                    "%(name)s, as far as it reaches. A minimum balance and what is "
                    "held stay.",
                    loan=number,
                    savings=label(account.product),
                    name=loan.member.name,
                ),
            )
    if isinstance(outcome, Done):
        flash(_("The standing order is set."))
        return redirect(url_for(".of_loan", number=number))
    page = render_template(
        "orders/ordering.html",
        form=form,
        preview=outcome,
        loan=loan,
        member=loan.member,
    )
    return page, 422 if form.errors or form.refusals else 200


@bp.post("/loans/<int:number>/order/end")
def ending(number: int) -> ResponseReturnValue:
    """End the standing order that pays a loan."""
    loan, form = loans.loan(current_book, number), EndForm()
    row = orders.order_for(current_book, loan.number)
    if form.validate_on_submit() and row is not None:
        once(form, orders.end_order, row, on=today())
        flash(_("The standing order has ended."))
    return redirect(url_for(".of_loan", number=number))


# -- everybody's, for a day ------------------------------------------------------


@bp.route("/orders/today", methods=["GET", "POST"])
def work() -> ResponseReturnValue:
    """Run the standing orders of today; first what will be paid and what lacks."""
    form, outcome, rows = RunForm(), None, list[dict[str, Any]]()

    def said(ran: Ran) -> str:
        rows.extend(_done(run) for run in (*ran.short, *ran.paid))
        return _(
            "%(paid)s orders pay in full and %(short)s as far as the savings reach: "
            "%(sum)s in all.",
            paid=len(ran.paid),
            short=len(ran.short),
            sum=rupiah(total(run.paid for run in (*ran.short, *ran.paid))),
        )

    if form.validate_on_submit():
        outcome = put(form, orders.run, today(), sentence=said)
    if isinstance(outcome, Done):
        flash(_("Today's standing orders have been run."))
        return redirect(url_for(".work"))
    done = orders.runs_on(current_book, today(), limit=PAGE)
    page = render_template(
        "orders/work.html",
        form=form,
        preview=outcome,
        rows=rows[:PAGE],
        hidden=len(rows) - PAGE,
        done=[_done(run) for run in done],
    )
    return page, 422 if form.errors or form.refusals else 200
