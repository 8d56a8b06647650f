"""The papers of what stands behind a loan: the application, receipts of collateral."""

from __future__ import annotations

from flask import Response

from coopbook import loans, security
from coopbook.printing.collateral_receipt import (
    collateral_receipt_of,
    collateral_receipt_pdf,
)
from coopbook.printing.loan_application import application_of, application_pdf
from webui.backing import bp
from webui.desk import current_book, today
from webui.papers import pdf, printed


@bp.get("/loans/<int:number>/application.pdf")
def application(number: int) -> Response:
    """Hand out the application, with its appraisal and the decision."""
    facts = application_of(current_book, loans.loan(current_book, number), today())
    return pdf(application_pdf(facts, printed()), facts.serial)


@bp.get("/collateral/<int:number>.pdf")
def receipt(number: int) -> Response:
    """Hand out the receipt of collateral, and of its return."""
    row = security.collateral(current_book, number)
    facts = collateral_receipt_of(current_book, row)
    return pdf(collateral_receipt_pdf(facts, printed()), facts.serial)
