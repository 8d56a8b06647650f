"""Take collateral over for a loan, sell it; take what an insurance pays."""

from __future__ import annotations

from flask import abort
from flask import url_for as to
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import baddebts, loans, security
from coopbook.baddebts import Foreclosure
from coopbook.loans import Loan
from coopbook.money import Money
from webui.acts import Act, answer
from webui.claims import bp
from webui.claims.forms import CHANNELS, ReliefForm, SaleForm, TakeOverForm
from webui.claims.views import WORKING, decided, trail_of
from webui.desk import current_book, put, today
from webui.wording import rupiah


@bp.route("/collateral/<int:number>/taking-over", methods=["GET", "POST"])
def taking_over(number: int) -> ResponseReturnValue:
    """Ask a second person to take collateral over for what its loan owes."""
    thing = security.collateral(current_book, number)
    loan = security.secures(current_book, loans.loan(current_book, thing.loan_number))
    form, outcome = TakeOverForm(on=today()), None
    now = baddebts.assessed(current_book, loan, today())
    since = baddebts.first_late_of(now, today())
    form.decision.choices = decided(WORKING, since)
    if form.validate_on_submit():
        outcome = put(
            form,
            baddebts.ask_foreclosure,
            loan,
            thing,
            form.value.data,
            on=form.on.data,
            decision_number=form.decision.data,
            reason=form.reason.data or "",
            amount_shown=form.value.data,
            sentence=_(
                "%(what)s becomes the cooperative's at %(value)s and pays loan"
                " %(number)s with it, once a manager or a supervisor agrees.",
                what=thing.description,
                value=rupiah(form.value.data),
                number=loan.number,
            ),
        )
    act = Act(
        _("Take over: %(what)s", what=thing.description),
        _("Ask a second person"),
        to("backing.page", number=loan.number),
        trail_of(loan, _("Collateral")),
        lead=_(
            "%(name)s owes %(owes)s. What the thing brings above that belongs to the"
            " borrower.",
            name=loan.member.name,
            owes=rupiah(loans.to_date(current_book, loan, today()).total),
        ),
        helps={"value": _("What it would sell for, less what selling costs.")},
        stop=True,
    )
    return answer(form, outcome, act, "")


def _taken(number: int) -> Foreclosure:
    """Return what was taken over of a piece of collateral and is still here."""
    here = [
        row
        for row in baddebts.foreclosures(current_book)
        if row.collateral_number == number
        and baddebts.sale_of(current_book, row) is None
    ]
    return here[0] if here else abort(404)


@bp.route("/collateral/<int:number>/sale", methods=["GET", "POST"])
def selling(number: int) -> ResponseReturnValue:
    """Sell what was taken over."""
    row, thing = _taken(number), security.collateral(current_book, number)
    loan = loans.loan(current_book, row.loan_number)
    form, outcome = SaleForm(on=today()), None
    if form.validate_on_submit():
        price = form.price.data
        outcome = put(
            form,
            baddebts.sell,
            row,
            price,
            on=form.on.data,
            buyer=form.buyer.data or "",
            channel=CHANNELS[form.source.data],
            **({"to_borrower": form.to_borrower.data} if form.to_borrower.data else {}),
            amount_shown=price,
            sentence=_(
                "%(what)s is sold to %(buyer)s for %(price)s.",
                what=thing.description,
                buyer=form.buyer.data,
                price=rupiah(price),
            ),
        )
    act = Act(
        _("Sell: %(what)s", what=thing.description),
        _("Post"),
        to("backing.page", number=loan.number),
        trail_of(loan, _("Collateral")),
        lead=_("It stands in the books at %(value)s.", value=rupiah(row.value)),
        helps={"to_borrower": _("Of what is more than that, by the contract.")},
    )
    return answer(form, outcome, act, _("It is sold."))


def _relieved(loan: Loan, amount: Money, insurer: str) -> str:
    """Say what an insurance pays, and what of it is for the heirs."""
    said = _(
        "%(insurer)s pays %(amount)s on loan %(number)s by bank.",
        insurer=insurer,
        amount=rupiah(amount),
        number=loan.number,
    )
    whole = loans.payoff(current_book, loan, today()).total
    if amount <= whole:
        return said
    rest = _(
        "%(sum)s of it is more than the loan owes and is held for the heirs.",
        sum=rupiah(amount - whole),
    )
    return f"{said} {rest}"


@bp.route("/loans/<int:number>/relief", methods=["GET", "POST"])
def relief(number: int) -> ResponseReturnValue:
    """Take what an insurance pays on the loan of somebody who died."""
    loan = loans.loan(current_book, number)
    form, outcome = ReliefForm(on=today()), None
    if form.validate_on_submit():
        outcome = put(
            form,
            baddebts.relieve,
            loan,
            form.amount.data,
            on=form.on.data,
            insurer=form.insurer.data or "",
            reference=form.reference.data or "",
            amount_shown=form.amount.data,
            sentence=_relieved(loan, form.amount.data, form.insurer.data or ""),
        )
    act = Act(
        _("Insurance on loan %(number)s", number=number),
        _("Post"),
        to("credit.loan", number=number),
        trail_of(loan, _("Insurance")),
        lead=_(
            "To end the loan today: %(sum)s",
            sum=rupiah(loans.payoff(current_book, loan, today()).total),
        ),
    )
    return answer(form, outcome, act, _("It is posted."))
