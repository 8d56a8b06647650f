"""Take in and pay out, print and reverse."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from coopbook import ledger, loans, members, rounds, savings
from coopbook.loans import LoanState, Wish
from coopbook.money import Money
from coopbook.people import Approval
from coopbook.savings import SavingsType
from webui.counter import bp
from webui.counter.forms import InstallmentForm, ReversalForm
from webui.counter.here import at_counter, shown, waiting
from webui.counter.receipts import PAPERS, page_size, receipt_of
from webui.desk import Done, current_book, desk_store, put, today, total
from webui.policy import asked_number, may_reverse
from webui.watching import watch
from webui.wording import day, figure, label, rupiah


@bp.get("/counter")
def desk() -> ResponseReturnValue:
    """Wait for the next member; show what was just done."""
    return render_template("counter/desk.html", latest=just_now())


def just_now(limit: int = 8) -> list[Any]:
    """Return what the person at this desk posted last, with its reversal."""
    page = ledger.entries(
        current_book, actor=current_user.name, booked_from=today(), limit=limit
    )
    return [(entry, ledger.reversal_of(current_book, entry)) for entry in page.rows]


@bp.route("/counter/<int:number>/installment", methods=["GET", "POST"])
def installment(number: int) -> ResponseReturnValue:
    """Take in a payment on a loan."""
    here = at_counter(number)
    form, outcome = InstallmentForm(on=today()), None
    payable = here["loans"] + (_settled(number) if form.is_submitted() else [])
    form.loan.choices = [
        (
            loan.number,
            _(
                "Loan %(number)s · %(sum)s",
                number=loan.number,
                sum=figure(s.outstanding_principal, zero=True),
            ),
        )
        for loan, s in payable
    ]
    form.offer_savings(
        (one.account.number, label(one.account.product))
        for one in here["savings"]
        if one.account.product.savings_type is not SavingsType.PRINCIPAL_SHARE
    )
    if request.method == "GET" and here["loans"]:
        asked = asked_number("loan")
        loan, standing = next(
            (one for one in here["loans"] if one[0].number == asked), here["loans"][0]
        )
        form.loan.data = loan.number
        form.amount.data = expected(standing)
        if request.args.get("wish") == Wish.SETTLE:
            form.wish.data = Wish.SETTLE.value
            form.amount.data = loans.payoff(current_book, loan, today()).total
    if form.validate_on_submit():
        loan = next(one for one, _s in payable if one.number == form.loan.data)
        amount = form.amount.data
        into = form.saved_into
        outcome = put(
            form,
            rounds.repay_and_save if into else loans.repay,
            *(loan, amount, *([savings.account(current_book, into)] if into else [])),
            on=form.on.data,
            **({} if into else {"wish": Wish(form.wish.data or Wish.NEXT)}),
            **form.brought,
            amount_shown=amount,
            sentence=lambda entry: " ".join(
                [
                    _(
                        "%(name)s pays %(amount)s on loan %(number)s.",
                        name=here["member"].name,
                        amount=rupiah(amount),
                        number=loan.number,
                    ),
                    *after_payment(loan, entry),
                ]
            ),
        )
        watch(outcome, here["member"])
    return shown("installment", form, outcome, here)


def after_payment(loan: loans.Loan, entry: Any) -> list[str]:
    """Say how a loan stands after a payment, and what it moved of later ones."""
    again = loans.corrections_for(current_book, entry)
    replay, said = loans.replay_of(current_book, loan), []
    if loan.state is LoanState.SETTLED:
        said.append(_("The loan is settled."))
    else:
        rows = [
            (due_on, part + charge)
            for due_on, part, charge, left, owed in zip(
                replay.plan.due_on,
                replay.plan.principal,
                replay.plan.interest,
                replay.principal_left,
                replay.interest_left,
                strict=True,
            )
            if left or owed
        ]
        if rows:
            said.append(
                _(
                    "%(left)s of principal is left, in %(count)s installments; the next"
                    " is %(amount)s on %(day)s.",
                    left=rupiah(Money(replay.outstanding)),
                    count=len(rows),
                    amount=rupiah(Money(rows[0][1])),
                    day=day(rows[0][0]),
                )
            )
    if replay.held > 0:
        said.append(_("%(sum)s is held.", sum=rupiah(Money(replay.held))))
    if again:
        said.append(
            ngettext(
                "One later payment is allocated again.",
                "%(num)s later payments are allocated again.",
                len(again),
            )
        )
    return said


def _settled(number: int) -> list[Any]:
    """Return the loans a member has paid off: a form sent twice still names one."""
    return [
        (loan, loans.standing(current_book, loan, today()))
        for loan in loans.loans_of(current_book, members.member(current_book, number))
        if loan.state is LoanState.SETTLED
    ]


def expected(standing: Any) -> Any:
    """Return what a member is likely to pay: what is due, or the next installment."""
    if standing.due.total:
        return standing.due.total
    return standing.next_due.left if standing.next_due else None


@bp.route("/vouchers/<int:number>/reversal", methods=["GET", "POST"])
def reversal(number: int) -> ResponseReturnValue:
    """Reverse an entry, with a reason; both stay in the book."""
    entry = ledger.entry(current_book, number)
    if not may_reverse(entry):
        abort(403)
    form, outcome = ReversalForm(on=max(today(), entry.booked_on)), None
    if form.validate_on_submit():
        outcome = put(
            form,
            ledger.reverse_or_ask,
            entry,
            on=form.on.data,
            reason=form.reason.data,
            sentence=_(
                "%(voucher)s is posted backwards on a voucher of its own; both stay in "
                "the book.",
                voucher=entry.voucher,
            ),
            amount_shown=total(line.debit for line in entry.lines),
        )
    if isinstance(outcome, Done) and isinstance(outcome.result, Approval):
        return waiting(outcome.result)
    if isinstance(outcome, Done):
        flash(_("%(voucher)s is reversed.", voucher=entry.voucher))
        return redirect(url_for("books.voucher", number=outcome.result.number))
    page = render_template(
        "counter/reversal.html", form=form, entry=entry, preview=outcome
    )
    return page, 422 if form.errors or form.refusals else 200


@bp.get("/receipts/<int:number>")
def receipt(number: int) -> ResponseReturnValue:
    """Show a receipt as the next one printed will be."""
    before = desk_store().prints(current_book.cooperative_id, number)
    return _slip(number, before + 1, counted=False)


@bp.post("/receipts/<int:number>/print")
def printing(number: int) -> ResponseReturnValue:
    """Count a print and show what is printed; every one after the first is a copy."""
    ledger.entry(current_book, number)
    if request.args.get("paper", "80") not in PAPERS:
        abort(404)
    this = desk_store().count_print(current_book.cooperative_id, number)
    return _slip(number, this, counted=True)


def _slip(number: int, prints: int, *, counted: bool) -> ResponseReturnValue:
    entry = ledger.entry(current_book, number)
    paper = request.args.get("paper", "80")
    if paper not in PAPERS:
        abort(404)
    slip = receipt_of(current_book, entry, prints=prints)
    return render_template(
        "counter/receipt.html",
        slip=slip,
        paper=paper,
        size=page_size(slip, paper),
        reversible=may_reverse(entry),
        counted=counted,
    )


@bp.get("/paper/<int:width>x<int:height>.css")
def paper(width: int, height: int) -> Response:
    """Return the size of a sheet for the printer; the desk has measured it."""
    if not (40 <= width <= 420 and 40 <= height <= 1200):
        abort(404)
    margin = 3 if width < 100 else 12
    css = f"@page{{size:{width}mm {height}mm;margin:{margin}mm}}"
    response = Response(css, mimetype="text/css")
    response.headers["Cache-Control"] = "private, max-age=86400"
    return response
