"""Who looks after a loan; all loans of somebody go over to somebody else."""

from __future__ import annotations

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from coopbook import loans
from webui.acts import Act, answer
from webui.desk import current_book, put, today
from webui.rounds import bp
from webui.rounds.forms import HandOverForm, OfficerForm
from webui.rounds.views import officers
from webui.wording import day


@bp.route("/loans/<int:number>/officer", methods=["GET", "POST"])
def officer(number: int) -> ResponseReturnValue:
    """Name who looks after a loan from a day on."""
    loan = loans.loan(current_book, number)
    form, outcome = OfficerForm(on=today()), None
    known = dict(officers())
    form.officer.choices = list(known.items())
    if not form.is_submitted():
        form.officer.data = loans.officer_of(current_book, loan)
    if form.validate_on_submit():
        outcome = put(
            form,
            loans.look_after,
            [loan],
            form.officer.data,
            on=form.on.data,
            sentence=_(
                "%(name)s looks after loan %(number)s from %(day)s on.",
                name=known[form.officer.data],
                number=number,
                day=day(form.on.data),
            ),
        )
    back = url_for("credit.loan", number=number)
    act = Act(
        _("Who looks after loan %(number)s", number=number),
        _("Let them"),
        back,
        [
            (_("Loans"), url_for("credit.desk")),
            (_("Loan %(number)s", number=number), back),
            (_("Officer"), None),
        ],
    )
    return answer(form, outcome, act, _("It is written down."))


@bp.route("/loans/officers", methods=["GET", "POST"])
def handing_over() -> ResponseReturnValue:
    """Let all running loans of somebody go over to somebody else."""
    form, outcome = HandOverForm(on=today()), None
    known = dict(officers())
    form.after.choices = list(known.items())
    running = loans.loans(current_book, loans.LoanState.DISBURSED, limit=10_000)
    names = sorted(set(loans.officers_of(current_book, running).values()))
    form.before.choices = [(name, known.get(name, name)) for name in names]
    if form.validate_on_submit():
        count = len(loans.looked_after(current_book, form.before.data))
        outcome = put(
            form,
            loans.hand_over,
            form.before.data,
            form.after.data,
            on=form.on.data,
            sentence=ngettext(
                "%(num)s running loan goes over to %(name)s.",
                "%(num)s running loans go over to %(name)s.",
                count,
                name=known[form.after.data],
            ),
        )
    act = Act(
        _("Hand loans over"),
        _("Hand over"),
        url_for("credit.desk"),
        [(_("Loans"), url_for("credit.desk")), (_("Hand loans over"), None)],
        lead=_("When an officer leaves, nobody's loans are left without one."),
    )
    return answer(form, outcome, act, _("The loans are handed over."))
