"""Look at what stands behind a loan, and at every paper the cooperative keeps."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import appraisal, baddebts, groups, loans, members, savings, security
from coopbook.loans import Loan, LoanState
from coopbook.savings import HoldReason
from webui.acts import Trail
from webui.backing import bp
from webui.desk import current_book, today
from webui.policy import asked_number

PAGE = 25


def trail_of(loan: Loan, last: str) -> Trail:
    """Return the crumbs to a page behind a loan."""
    return [
        (_("Loans"), url_for("credit.desk")),
        (
            _("Loan %(number)s", number=loan.number),
            url_for("credit.loan", number=loan.number),
        ),
        (_("What stands behind it"), url_for("backing.page", number=loan.number)),
        (last, None),
    ]


@bp.get("/loans/<int:number>/backing")
def page(number: int) -> ResponseReturnValue:
    """Show the appraisal, the guarantors and the collateral of a loan."""
    loan = loans.loan(current_book, number)
    said = appraisal.appraisals_of(current_book, loan)
    own = [
        (hold, savings.account(current_book, hold.savings_number))
        for hold in security.held_for(current_book, loan)
        if hold.why is HoldReason.COLLATERAL and hold.savings_number is not None
    ]
    return render_template(
        "backing/page.html",
        loan=loan,
        member=members.member(current_book, loan.member_number),
        appraisal=said[-1] if said else None,
        earlier=len(said) - 1,
        judged=[
            (name, getattr(said[-1], f"of_{key}"))
            for key, name in appraisal.FIVE_C_NAMES.items()
        ]
        if said
        else [],
        capacity=appraisal.capacity_of(current_book, loan),
        cover=security.cover_of(current_book, loan, today()),
        needed=loans.conditions_of(loan).cover,
        guarantors=security.guarantors_of(current_book, loan),
        goods=security.collateral_of(current_book, loan),
        taken={
            row.collateral_number: baddebts.sale_of(current_book, row)
            for row in baddebts.foreclosures(current_book)
        },
        own=own,
        group=groups.group_behind(current_book, loan),
        names={
            **security.KIND_NAMES,
            **appraisal.JUDGEMENT_NAMES,
            **appraisal.RECOMMENDATION_NAMES,
        },
        open=loan.state in (LoanState.APPLIED, LoanState.APPROVED, LoanState.DISBURSED),
    )


@bp.get("/collateral")
def desk() -> ResponseReturnValue:
    """List the collateral that lies here; what secures nothing any more is marked."""
    before = asked_number("before")
    found = security.lying(current_book, before=before, limit=PAGE + 1)
    rows = []
    for one in found[:PAGE]:
        loan = loans.loan(current_book, one.loan_number)
        over = security.secures(current_book, loan).state in (
            *(LoanState.SETTLED, LoanState.CANCELLED, LoanState.REFUSED),
        )
        rows.append((one, loan, over))
    return render_template(
        "backing/desk.html", rows=rows, more=len(found) > PAGE, before=before
    )
