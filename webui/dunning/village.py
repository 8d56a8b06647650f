"""The borrower's consent that the village may have copies of letters."""

from __future__ import annotations

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import decisions, dunning, loans
from coopbook.decisions import Decision, DecisionBody
from coopbook.loans import Loan
from webui.acts import Act, answer
from webui.desk import current_book, put, today
from webui.dunning import bp
from webui.dunning.forms import ConsentForm, WithdrawForm
from webui.dunning.views import trail_of
from webui.wording import day

MOST = 100


def _decided(loan: Loan) -> list[Decision]:
    """Return what the board decided since a loan was paid out, the newest first."""
    some = decisions.decisions(current_book, body=DecisionBody.BOARD, limit=MOST)
    since = loan.disbursed_on or today()
    return [row for row in some if since <= row.decided_on <= today()]


@bp.route("/collecting/loans/<int:number>/consent", methods=["GET", "POST"])
def consenting(number: int) -> ResponseReturnValue:
    """Write down that the borrower agreed, and that the board decided."""
    loan = loans.loan(current_book, number)
    form, outcome = ConsentForm(signed_on=today()), None
    found = _decided(loan)
    form.decision.choices = [
        (row.number, f"{row.label} {row.title}"[:80]) for row in found
    ]
    if form.validate_on_submit():
        if form.signed_on.data > today():
            form.signed_on.errors = [
                _("Choose today, %(day)s, or an earlier day.", day=day(today()))
            ]
        else:
            outcome = put(
                form,
                dunning.consent,
                loan,
                on=form.signed_on.data,
                paper=form.paper.data,
                decision_number=form.decision.data,
                sentence=_(
                    "The village government may have copies of letters about loan"
                    " %(number)s until %(name)s takes the consent back.",
                    number=number,
                    name=loan.member.name,
                ),
            )
    act = Act(
        _("Consent to copies for the village, loan %(number)s", number=number),
        _("Write it down"),
        url_for(".page", number=number),
        trail_of(loan, _("Consent")),
        lead=_(
            "Only where the borrower signed it freely and the board decided. Nobody has"
            " to sign it to get a loan or another schedule."
        )
        + (
            ""
            if found
            else " "
            + _(
                "The board has decided nothing since the loan was paid out; enter its"
                " decision first."
            )
        ),
    )
    return answer(form, outcome, act, _("The consent is written down."))


@bp.route("/collecting/loans/<int:number>/consent/end", methods=["GET", "POST"])
def withdrawing(number: int) -> ResponseReturnValue:
    """Write down that the borrower took the consent back."""
    loan = loans.loan(current_book, number)
    form, outcome = WithdrawForm(), None
    if form.validate_on_submit():
        outcome = put(
            form,
            dunning.withdraw_consent,
            loan,
            on=today(),
            sentence=_("From today on the village gets no copies any more."),
        )
    act = Act(
        _("Take the consent back, loan %(number)s", number=number),
        _("Take it back"),
        url_for(".page", number=number),
        trail_of(loan, _("Consent")),
    )
    return answer(form, outcome, act, _("The consent is taken back."))
