"""Write down what was done about a loan; remind; strike out a mistake."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from coopbook import dunning, loans
from coopbook.dunning import STEP_NAMES, LateReason, StepKind
from coopbook.dunning.refusals import BorrowerDied
from coopbook.i18n import LANGUAGES
from coopbook.loans import Loan, LoanState
from coopbook.loans.arrears import LoanStanding
from webui.acts import Act, answer
from webui.desk import check_day, cooperative, current_book, once, put, today
from webui.dunning import bp
from webui.dunning.forms import BY_OFFICER, SentForm, StepForm, StrikeForm
from webui.dunning.views import reads_phones, trail_of
from webui.wording import day, language, tell


@bp.route("/collecting/loans/<int:number>/step", methods=["GET", "POST"])
def noting(number: int) -> ResponseReturnValue:
    """Write down a call, a visit, a promise, an offer of help."""
    loan, form = loans.loan(current_book, number), StepForm(on=today())
    if request.method == "GET" and request.args.get("kind") in set(BY_OFFICER):
        form.kind.data = request.args["kind"]
    if form.validate_on_submit():
        with form.showing_refusals():
            check_day(form.on.data)
            once(
                *(form, dunning.note_step, loan, StepKind(form.kind.data)),
                on=form.on.data,
                met=form.met.data or "",
                why=LateReason(form.why.data) if form.why.data else None,
                note=form.note.data or "",
                promised=form.promised.data,
                promised_on=form.promised_on.data,
                next_step=form.next_step.data or None,
                next_on=form.next_on.data,
            )
            flash(_("It is written down."))
            return redirect(url_for(".page", number=number))
    shown = render_template(
        "dunning/step.html",
        form=form,
        loan=loan,
        member=loan.member,
        back=url_for(".page", number=number),
        trail=trail_of(loan, _("Write down")),
    )
    return shown, 422 if form.errors or form.refusals else 200


@bp.route("/collecting/loans/<int:number>/reminder", methods=["GET", "POST"])
def reminding(number: int) -> ResponseReturnValue:
    """Show a reminder to send from one's own phone; write down that it was sent."""
    loan, form = loans.loan(current_book, number), SentForm()
    asked = request.args.get("language", "")
    chosen = asked if asked in LANGUAGES else language()
    if form.validate_on_submit():
        with form.showing_refusals():
            once(
                *(form, dunning.note_step, loan, StepKind.REMINDER),
                on=today(),
            )
            flash(_("The reminder is written down."))
            return redirect(url_for(".page", number=number))
    lent = loan.disbursed_on is not None
    now = loans.standing(current_book, loan, today()) if lent else None
    died = dunning.died_on(current_book, loan) is not None
    text = _reminder(loan, now, chosen) if now and not died else None
    phone = loan.member.phone if reads_phones() else None
    page = render_template(
        "dunning/reminder.html",
        form=form,
        loan=loan,
        member=loan.member,
        text=text,
        why_not=tell(BorrowerDied(loan.member.name)) if died else "",
        gone=loan.state is LoanState.WRITTEN_OFF,
        chosen=chosen,
        phone=phone,
        link=dunning.message_link(phone, text) if phone and text else None,
        back=url_for(".page", number=number),
        trail=trail_of(loan, _("Reminder")),
    )
    return page, 422 if form.errors or form.refusals else 200


def _reminder(loan: Loan, now: LoanStanding, chosen: str) -> str | None:
    """Return the reminder for a loan; nothing where nothing is open nor comes."""
    late = [each for each in now.strip if each.left and each.due_on < today()]
    if now.days_past_due and late:
        amount, due_on = now.due.total, late[0].due_on
    elif now.next_due is not None:
        amount, due_on = now.next_due.left, now.next_due.due_on
    else:
        return None
    return dunning.reminder_text(
        chosen,
        name=loan.member.name,
        cooperative=cooperative().name,
        loan=loan.number,
        amount=amount,
        due_on=due_on,
        late=bool(now.days_past_due),
    )


@bp.route(
    "/collecting/loans/<int:number>/steps/<int:item>/striking",
    methods=["GET", "POST"],
)
def striking(number: int, item: int) -> ResponseReturnValue:
    """Strike out what was written down by mistake; it stays, and so does why."""
    loan = loans.loan(current_book, number)
    row = dunning.step(current_book, loan, item)
    if row.kind is StepKind.STRUCK:
        raise NotFound
    form, outcome = StrikeForm(), None
    what = _(STEP_NAMES[row.kind])
    if form.validate_on_submit():
        outcome = put(
            form,
            dunning.strike,
            loan,
            item,
            on=today(),
            reason=form.reason.data,
            sentence=_(
                "“%(what)s” of %(day)s is struck out. It stays in the book with the"
                " reason.",
                what=what,
                day=day(row.step_on),
            ),
        )
    act = Act(
        _("Strike out: %(what)s, %(day)s", what=what, day=day(row.step_on)),
        _("Strike it out"),
        url_for(".page", number=number),
        trail_of(loan, _("Strike out")),
        lead=_(
            "For what was written down by mistake. A letter that is struck out may be"
            " sent again under another number."
        ),
        stop=True,
    )
    return answer(form, outcome, act, _("It is struck out."))
