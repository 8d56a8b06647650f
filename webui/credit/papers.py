"""The papers of a loan: agreement, card, payoff letter, and the list of what is due."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import Response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import loans
from coopbook.printing.due_list import due_list_of, due_list_pdf
from coopbook.printing.loan_agreement import agreement_of, agreement_pdf
from coopbook.printing.loan_card import loan_card_of, loan_card_pdf
from coopbook.printing.loan_sheet import Printed
from coopbook.printing.payoff_letter import payoff_letter_of, payoff_letter_pdf
from webui.credit import bp
from webui.desk import cooperative, current_book, person, today
from webui.forms import DayFilter


def _printed() -> Printed:
    """Say who prints, and when, on the cooperative's clock."""
    who = person()
    at = datetime.now(ZoneInfo(cooperative().timezone))
    return Printed(by=who.full_name if who else "", at=at)


def _pdf(made: bytes, name: str) -> Response:
    response = Response(made, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response


@bp.get("/loans/<int:number>/agreement.pdf")
def agreement(number: int) -> Response:
    """Hand out the agreement with its schedule."""
    facts = agreement_of(current_book, loans.loan(current_book, number), today())
    return _pdf(agreement_pdf(facts, _printed()), facts.serial)


@bp.get("/loans/<int:number>/card.pdf")
def card(number: int) -> Response:
    """Hand out the card: installments and payments."""
    facts = loan_card_of(current_book, loans.loan(current_book, number), today())
    return _pdf(loan_card_pdf(facts, _printed()), facts.serial)


@bp.get("/loans/<int:number>/payoff.pdf")
def payoff(number: int) -> Response:
    """Hand out what ends the loan on a day, or that it is settled."""
    loan = loans.loan(current_book, number)
    facts = payoff_letter_of(current_book, loan, _asked_day())
    return _pdf(payoff_letter_pdf(facts, _printed()), facts.serial)


def _asked_day() -> date:
    form = DayFilter()
    given: date | None = form.on.data if form.validate() else None
    return given or today()


@bp.get("/loans/due")
def due() -> ResponseReturnValue:
    """List what is due by a day, hamlet by hamlet."""
    form, on = DayFilter(), _asked_day()
    facts = due_list_of(current_book, on)
    return render_template("credit/due.html", form=form, on=on, facts=facts)


@bp.get("/loans/due.pdf")
def due_pdf() -> Response:
    """Hand out the list on paper, with boxes to write in."""
    who = person()
    facts = due_list_of(
        current_book, _asked_day(), officer=who.full_name if who else ""
    )
    return _pdf(due_list_pdf(facts, _printed()), facts.serial or _("due"))
