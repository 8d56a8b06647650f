"""Write down what a loan's days do not tell: who else collects it; it can be saved."""

from __future__ import annotations

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import baddebts, loans
from coopbook.baddebts import JUDGING_NAMES, Judging
from coopbook.decisions import DecisionBody
from webui.acts import Act, answer
from webui.baddebts import bp
from webui.baddebts.forms import HandedOverForm, SalvageableForm
from webui.claims.views import decided, trail_of
from webui.desk import current_book, put, today


@bp.route("/loans/<int:number>/handed-over", methods=["GET", "POST"])
def handing_over(number: int) -> ResponseReturnValue:
    """Say that the court or an insurer has a loan, or that it came back."""
    loan = loans.loan(current_book, number)
    stands = baddebts.judged(current_book, loan, today()).handed_over
    kind = Judging.TAKEN_BACK if stands else Judging.HANDED_OVER
    form, outcome = HandedOverForm(on=today()), None
    if stands:
        del form.reference
    if form.validate_on_submit():
        outcome = put(
            form,
            baddebts.judge,
            loan,
            kind,
            on=form.on.data,
            reason=form.reason.data or "",
            reference="" if stands else form.reference.data or "",
            sentence=_said(number, kind),
        )
    lead = (
        _("From that day on its class follows its days and its cover again.")
        if stands
        else _(
            "For a loan the court, the state receivables office or an insurer has: by"
            " the ministry's rules it is loss from that day on, until it is taken back."
        )
    )
    act = Act(
        _("Take the loan back") if stands else _("Hand over to others"),
        _("Write it down"),
        url_for("credit.loan", number=number),
        trail_of(loan, _("Hand over to others")),
        lead=lead,
        helps={"reference": _("For example: district court, 12/Pdt.G/2026.")},
        stop=not stands,
    )
    return answer(form, outcome, act, _("It is written down."))


@bp.route("/loans/<int:number>/salvageable", methods=["GET", "POST"])
def salvaging(number: int) -> ResponseReturnValue:
    """Say that a loan can still be saved, by a decision of the board, or no longer."""
    loan = loans.loan(current_book, number)
    stands = baddebts.judged(current_book, loan, today()).salvageable
    kind = Judging.NOT_SALVAGEABLE if stands else Judging.SALVAGEABLE
    form, outcome = SalvageableForm(on=today()), None
    if stands:
        del form.decision
    else:
        form.decision.choices = decided({DecisionBody.BOARD})
    if form.validate_on_submit():
        outcome = put(
            form,
            baddebts.judge,
            loan,
            kind,
            on=form.on.data,
            reason=form.reason.data or "",
            decision_number=None if stands else form.decision.data,
            sentence=_said(number, kind),
        )
    lead = (
        _("From that day on it needs full cover again to be doubtful and not loss.")
        if stands
        else _(
            "A long late loan that can be saved is doubtful with cover of 75 percent of"
            " what it owes; any other needs full cover. Enter the board's decision"
            " under Decisions before."
        )
    )
    act = Act(
        _("Say it cannot be saved") if stands else _("Say it can be saved"),
        _("Write it down"),
        url_for("credit.loan", number=number),
        trail_of(loan, _("Say it can be saved")),
        lead=lead,
        stop=stands,
    )
    return answer(form, outcome, act, _("It is written down."))


def _said(number: int, kind: Judging) -> str:
    return _(
        "Loan %(number)s: %(what)s. Its class and what is set aside follow from it.",
        number=number,
        what=_(JUDGING_NAMES[kind]),
    )
