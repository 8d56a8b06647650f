"""Send the next warning letter; hand out a letter that was sent."""

from __future__ import annotations

from flask import Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import dunning, groups, loans, security
from coopbook.dunning import LETTERS, STEP_NAMES, Copy, DunningStep, Outlook, StepKind
from coopbook.dunning.refusals import BorrowerDied, MeetingNeeded
from coopbook.loans import Loan, LoanState
from coopbook.printing.warning_gathering import letter_of
from coopbook.printing.warning_letter import warning_letter_pdf
from webui.desk import Done, current_book, put, today
from webui.dunning import bp
from webui.dunning.forms import LetterForm
from webui.dunning.views import trail_of
from webui.papers import pdf, printed
from webui.wording import day, rupiah, tell


@bp.route("/collecting/loans/<int:number>/letter", methods=["GET", "POST"])
def sending(number: int) -> ResponseReturnValue:
    """Send the next warning letter, once for the same arrears."""
    loan, form, outcome = loans.loan(current_book, number), LetterForm(), None
    lent = loan.state is LoanState.DISBURSED
    then = dunning.outlook(current_book, loan, today()) if lent else None
    kind = then.letter if then else None
    withheld = _offer_copies(form, loan, kind)
    if form.validate_on_submit():
        with form.showing_refusals():
            _check_meeting(form, kind)
            outcome = put(
                form,
                dunning.send_letter,
                loan,
                on=today(),
                copies=[Copy(one) for one in form.copies.data or []],
                note=form.note.data or "",
                early=form.early.data,
                meeting_on=form.meeting_on.data,
                meeting_place=form.meeting_place.data or "",
                sentence=_said,
            )
    if isinstance(outcome, Done):
        flash(
            _(
                "%(label)s is written down. Print it below and hand it over.",
                label=outcome.result.label,
            )
        )
        return redirect(url_for(".page", number=number))
    page = render_template(
        "dunning/letter.html",
        form=form,
        loan=loan,
        member=loan.member,
        outlook=then,
        title=_(STEP_NAMES[kind]) if kind else _("Warning letter"),
        why_not=_why_not(loan, then),
        withheld=withheld,
        first=kind is StepKind.LETTER_1,
        third=kind is StepKind.LETTER_3,
        reasons=dunning.REASON_WORDS,
        preview=outcome,
        back=url_for(".page", number=number),
        trail=trail_of(loan, _("Letter")),
    )
    return page, 422 if form.errors or form.refusals else 200


def _check_meeting(form: LetterForm, kind: StepKind | None) -> None:
    """Refuse a third letter that invites to no meeting; raises ``MeetingNeeded``."""
    invites = form.meeting_on.data and form.meeting_place.data
    if kind is StepKind.LETTER_3 and not invites and not form.confirmed():
        raise MeetingNeeded(today())


def _offer_copies(form: LetterForm, loan: Loan, kind: StepKind | None) -> list[str]:
    """Offer a copy to who may get one; return why others may not."""
    choices, withheld = [], []
    if kind is StepKind.LETTER_1:
        withheld.append(_("Guarantors and the group read no first letter."))
    else:
        names = [
            row.name
            for row in security.guarantors_of(current_book, loan)
            if row.released_on is None
        ]
        if names:
            said = _("the guarantors: %(names)s", names=", ".join(names))
            choices.append((Copy.GUARANTORS.value, said))
        group = groups.group_behind(current_book, loan)
        if group is not None:
            said = _("the group %(name)s", name=group.name)
            choices.append((Copy.GROUP.value, said))
    if dunning.consent_of(current_book, loan, today()) is not None:
        choices.append((Copy.VILLAGE.value, _("the village government")))
    else:
        withheld.append(
            _(
                "The village gets no copy: the borrower did not agree to it in writing,"
                " with a decision of the board."
            )
        )
    form.copies.choices = choices
    return withheld


def _said(row: DunningStep) -> str:
    return _(
        "%(what)s, %(label)s: %(sum)s is late, to be paid or talked about by %(day)s.",
        what=_(STEP_NAMES[row.kind]),
        label=row.label,
        sum=rupiah(row.arrears) if row.arrears else "",
        day=day(row.deadline_on),
    )


def _why_not(loan: Loan, then: Outlook | None) -> str:
    """Say why no letter goes out at all; what else is missing the book says."""
    if then is None:
        return _("The loan is not running, so no letter is sent.")
    if dunning.died_on(current_book, loan) is not None:
        return tell(BorrowerDied(loan.member.name))
    if not then.late.days:
        return _("Nothing is late, so no letter is sent.")
    if then.letter is None:
        return _("All three letters went out for what is late.")
    return ""


@bp.get("/collecting/loans/<int:number>/letters/<int:item>.pdf")
def letter(number: int, item: int) -> Response:
    """Hand out a letter as it was sent."""
    loan = loans.loan(current_book, number)
    row = dunning.step(current_book, loan, item)
    if row.kind not in LETTERS:
        abort(404)
    facts = letter_of(current_book, loan, row)
    return pdf(warning_letter_pdf(facts, printed()), facts.label)
