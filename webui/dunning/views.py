"""Whom to see to today; a sheet for the way; what was done about one loan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from coopbook import dunning, loans, members
from coopbook.dunning import (
    LETTERS,
    STEP_NAMES,
    TASK_NAMES,
    DunningStep,
    StepKind,
    Task,
    WorkRow,
)
from coopbook.dunning.refusals import BorrowerDied
from coopbook.errors import Refused
from coopbook.loans import Loan, LoanState
from coopbook.people import Role
from coopbook.printing.loan_sheet import person_of
from coopbook.printing.route_sheet import route_sheet_of, route_sheet_pdf
from coopbook.printing.warning_gathering import check_letter
from webui.acts import Trail
from webui.desk import current_book, today
from webui.dunning import bp
from webui.dunning.forms import WorkFilter
from webui.dunning.telling import in_short, lines
from webui.papers import pdf, printed
from webui.policy import asked_number, may
from webui.rounds.views import looked_after_by, officers
from webui.wording import day, tell

SHOWN = 25
EVERYBODY = "all"
VISITS = {Task.PROMISE_BROKEN, Task.VISIT_DUE, Task.STEP_DUE}


def reads_phones() -> bool:
    """Say whether the person may read telephone numbers, as the register lets them."""
    return may("dunning.reminding") and may("membership.scan")


def trail_of(loan: Loan, last: str | None = None) -> Trail:
    """Return the crumbs to the page of a loan's collecting, or beyond it."""
    way: list[tuple[str, str | None]] = [(_("Collecting"), url_for("dunning.desk"))]
    name = _("Loan %(number)s", number=loan.number)
    if last is None:
        return [*way, (name, None)]
    return [*way, (name, url_for("dunning.page", number=loan.number)), (last, None)]


# -- today -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """Of which day, where and with whom the work is asked for."""

    on: date
    hamlet: str | None
    officer: str | None
    task: Task | None


def _asked(form: WorkFilter) -> Asked:
    """Return what the address asks for; a credit officer sees the own loans first."""
    everybody = (EVERYBODY, _("Everybody"))
    form.hamlet.choices = [("", _("Everybody"))] + [
        (name, name) for name, _count in members.hamlets(current_book)
    ]
    known = officers()
    form.officer.choices = [everybody, *known]
    good = form.validate()
    officer = form.officer.data or ""
    if not officer:
        own = current_user.has(Role.CREDIT) and not current_user.has(Role.MANAGER)
        officer = current_user.name if own else EVERYBODY
        form.officer.data = officer
    return Asked(
        form.on.data if good and form.on.data else today(),
        form.hamlet.data or None,
        None if officer == EVERYBODY else officer,
        Task(form.task.data) if good and form.task.data else None,
    )


@bp.get("/collecting")
def desk() -> ResponseReturnValue:
    """Show whom to see to on a day and why, the most pressing first."""
    form = WorkFilter(request.args)
    asked = _asked(form)
    found = dunning.work_list(
        current_book, asked.on, officer=asked.officer, hamlet=asked.hamlet
    )
    counts = [(task, sum(1 for row in found if row.tasks[0] is task)) for task in Task]
    some = [row for row in found if asked.task in (None, row.tasks[0])]
    shown = some[:SHOWN]
    page = render_template(
        "dunning/desk.html",
        form=form,
        asked=asked,
        kept={
            "on": day(form.on.data) if form.on.data and not form.errors else None,
            "hamlet": asked.hamlet,
            "officer": asked.officer or EVERYBODY,
        },
        own=asked.officer == current_user.name,
        counts=[(task, count) for task, count in counts if count],
        tasks=[
            (task, [_row(row) for row in shown if row.tasks[0] is task])
            for task in Task
            if any(row.tasks[0] is task for row in shown)
        ],
        found=len(found),
        more=len(some) - len(shown),
        names=TASK_NAMES,
    )
    return page, 422 if form.errors else 200


def _row(row: WorkRow) -> tuple[WorkRow, str, tuple[str, str] | None]:
    """Return a loan with what was done last, and the one thing to do now."""
    return row, in_short(row), _act(row)


def _act(row: WorkRow) -> tuple[str, str] | None:
    task, number = row.tasks[0], row.loan.number
    if not may("dunning.noting"):
        return None
    if task is Task.LETTER_DUE:
        return _("Send the letter"), url_for(".sending", number=number)
    if task is Task.HELP_DUE:
        return _("Offer help"), url_for(".noting", number=number, kind="help")
    if task in VISITS:
        return _("Write a visit down"), url_for(".noting", number=number, kind="visit")
    return _("Remind"), url_for(".reminding", number=number)


@bp.get("/collecting/route.pdf")
def route() -> Response:
    """Hand out a sheet for the way: hamlet by hamlet, with room for notes."""
    asked = _asked(WorkFilter(request.args))
    facts = route_sheet_of(
        *(current_book, asked.on),
        hamlet=asked.hamlet,
        officer=asked.officer,
        phones=reads_phones(),
    )
    return pdf(route_sheet_pdf(facts, printed()), facts.label)


# -- one loan --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Past:
    """Something that was done about a loan, what struck it out, if it is printed."""

    row: DunningStep
    who: str
    said: list[str]
    struck: DunningStep | None
    struck_by: str
    prints: bool


def _history(loan: Loan, before: int | None) -> tuple[list[Past], int]:
    """Return what was done, newest first, and how much of it is older yet."""
    rows = dunning.steps_of(current_book, loan, struck=True)
    by = {row.strikes: row for row in rows if row.strikes is not None}
    done = [
        row
        for row in reversed(rows)
        if row.kind is not StepKind.STRUCK and (before is None or row.number < before)
    ]
    found = []
    for row in done[:SHOWN]:
        who, gone = person_of(current_book, row.recorded_by), by.get(row.number)
        other = person_of(current_book, gone.recorded_by) if gone else ""
        why_not = _withheld(loan, row) if row.kind in LETTERS else ""
        said = [*lines(row), *([why_not] if why_not and gone is None else [])]
        prints = row.kind in LETTERS and not why_not
        found.append(Past(row, who, said, gone, other, prints))
    return found, len(done) - len(found)


def _withheld(loan: Loan, row: DunningStep) -> str:
    """Say why a letter cannot be printed; nothing where it can."""
    try:
        check_letter(current_book, loan, row)
    except Refused as refusal:
        return tell(refusal)
    return ""


@bp.get("/collecting/loans/<int:number>")
def page(number: int) -> ResponseReturnValue:
    """Show what was done about a loan, and what comes next."""
    loan, before = loans.loan(current_book, number), asked_number("before")
    past, older = _history(loan, before)
    lent = loan.disbursed_on is not None
    gone = loan.state is LoanState.WRITTEN_OFF
    died = dunning.died_on(current_book, loan) is not None
    return render_template(
        "dunning/page.html",
        loan=loan,
        member=loan.member,
        trail=trail_of(loan),
        officer=looked_after_by(loan),
        outlook=dunning.outlook(current_book, loan, today()) if lent else None,
        runs=loan.state is LoanState.DISBURSED,
        gone=gone,
        died=tell(BorrowerDied(loan.member.name)) if died else "",
        in_hand=loan.state is LoanState.DISBURSED or gone,
        past=past,
        older=older,
        before=before,
        names=STEP_NAMES,
        task_names=TASK_NAMES,
        reasons=dunning.REASON_WORDS,
        consents=dunning.consents(current_book, loan),
        consent=dunning.consent_of(current_book, loan, today()),
    )
