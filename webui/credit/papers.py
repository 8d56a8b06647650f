"""The papers of a loan: agreement, card, what ends it; and what ends it, quoted."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Response, abort, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import loans
from coopbook.printing.loan_agreement import agreement_of, agreement_pdf
from coopbook.printing.loan_card import loan_card_of, loan_card_pdf
from coopbook.printing.payoff_letter import (
    payoff_letter_of,
    payoff_letter_pdf,
    quotation_letter_of,
)
from webui.acts import Act, answer
from webui.credit import bp
from webui.desk import current_book, put, today
from webui.forms import DayFilter
from webui.papers import pdf, printed
from webui.rounds.forms import QuotationForm
from webui.wording import day, rupiah

WEEK = timedelta(days=7)


@bp.get("/loans/<int:number>/agreement.pdf")
def agreement(number: int) -> Response:
    """Hand out the agreement with its schedule."""
    facts = agreement_of(current_book, loans.loan(current_book, number), today())
    return pdf(agreement_pdf(facts, printed()), facts.serial)


@bp.get("/loans/<int:number>/card.pdf")
def card(number: int) -> Response:
    """Hand out the card: installments and payments."""
    facts = loan_card_of(current_book, loans.loan(current_book, number), today())
    return pdf(loan_card_pdf(facts, printed()), facts.serial)


@bp.get("/loans/<int:number>/payoff.pdf")
def payoff(number: int) -> Response:
    """Hand out what ends the loan on a day, or that it is settled."""
    loan = loans.loan(current_book, number)
    facts = payoff_letter_of(current_book, loan, _asked_day())
    return pdf(payoff_letter_pdf(facts, printed()), facts.serial)


def _asked_day() -> date:
    form = DayFilter()
    given: date | None = form.on.data if form.validate() else None
    return given or today()


@bp.route("/loans/<int:number>/quotation", methods=["GET", "POST"])
def quoting(number: int) -> ResponseReturnValue:
    """Say in writing what ends the loan, until a day; the book keeps what was said."""
    loan = loans.loan(current_book, number)
    form, outcome = QuotationForm(on=today(), valid_to=today() + WEEK), None
    if form.validate_on_submit():
        outcome = put(
            form,
            loans.quote,
            loan,
            on=form.on.data,
            valid_to=form.valid_to.data,
            sentence=lambda row: _(
                "%(first)s ends loan %(number)s on %(from_)s, %(last)s on %(day)s.",
                first=rupiah(row.first),
                number=number,
                from_=day(row.quoted_on),
                last=rupiah(row.last),
                day=day(row.valid_to),
            ),
        )
    back = url_for(".loan", number=number)
    act = Act(
        _("Quote what ends loan %(number)s", number=number),
        _("Quote it"),
        back,
        [
            (_("Loans"), url_for(".desk")),
            (_("Loan %(number)s", number=number), back),
            (_("Quotation"), None),
        ],
        helps={"valid_to": _("At most a month; a payment before it ends it.")},
    )
    return answer(form, outcome, act, _("The quotation is kept. Print it below."))


@bp.get("/loans/<int:number>/quotations/<int:item>.pdf")
def quotation(number: int, item: int) -> Response:
    """Hand out a quotation as it was made."""
    loan = loans.loan(current_book, number)
    found = loans.quotations(current_book, loan)
    row = next((one for one in found if one.number == item), None)
    if row is None:
        abort(404)
    facts = quotation_letter_of(current_book, loan, row)
    return pdf(payoff_letter_pdf(facts, printed()), facts.serial)
