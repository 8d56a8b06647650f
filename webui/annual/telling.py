"""What board and supervisors write of a year, its budget, and the meeting's book."""

from __future__ import annotations

from flask import Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import budgets, ledger, yearend
from coopbook.exports.meeting_annex import meeting_annex_xlsx
from coopbook.ledger import AccountType
from coopbook.people import Role
from coopbook.printing.meetingbook import meeting_book_of, meeting_book_pdf
from coopbook.yearend import TextSubject
from webui.acts import Act, answer
from webui.annual import bp
from webui.annual.closing import trail
from webui.annual.forms import BudgetForm, TextForm
from webui.annual.views import XLSX, checked, handed
from webui.desk import cooperative, current_book, person, put, today
from webui.papers import pdf, printed
from webui.wording import label, language, rupiah

WRITES = {
    TextSubject.BOARD: Role.MANAGER,
    TextSubject.PLAN: Role.MANAGER,
    TextSubject.NOTES: Role.MANAGER,
    TextSubject.SUPERVISORS: Role.SUPERVISOR,
}
"""Who writes what: the supervisors' report is theirs alone."""


def own() -> list[TextSubject]:
    """Return the subjects the person writes about."""
    who = person()
    roles = who.roles if who is not None else frozenset()
    return [subject for subject, role in WRITES.items() if role in roles]


@bp.get("/year/<int:year>/meeting-book")
def meeting_book(year: int) -> ResponseReturnValue:
    """Show what is in the meeting's book, what is missing, and hand it out."""
    checked(year)
    return render_template(
        "annual/meeting_book.html",
        year=year,
        texts=yearend.texts_of(current_book, year),
        names=yearend.TEXT_NAMES,
        writes=own(),
        closing=yearend.closing_of(current_book, year),
        budget=budgets.budget_of(current_book, year + 1),
    )


def asked_language() -> str:
    """Return the language of a paper: as asked for, else the reader's."""
    asked = request.args.get("language", "")
    return asked if asked in ("id", "en") else language()


@bp.get("/year/<int:year>/meeting-book.pdf")
def meeting_paper(year: int) -> Response:
    """Hand out the meeting's book as one PDF."""
    checked(year)
    facts = meeting_book_of(current_book, year, language=asked_language())
    return pdf(meeting_book_pdf(facts, printed()), facts.serial)


@bp.get("/year/<int:year>/meeting-book.xlsx")
def meeting_annex(year: int) -> Response:
    """Hand out the annex of the meeting's book as a workbook."""
    checked(year)
    made = meeting_annex_xlsx(current_book, year, language=asked_language())
    return handed(made, f"RAT-{year}.xlsx", XLSX)


@bp.route("/year/<int:year>/texts/<what>", methods=["GET", "POST"])
def text(year: int, what: str) -> ResponseReturnValue:
    """Write a chapter of the meeting's book in one's own words."""
    checked(year)
    subject = next((one for one in TextSubject if one.value == what), None) or abort(
        404
    )
    if subject not in own():
        return render_template("annual/not_yours.html", year=year), 403
    kept = yearend.texts_of(current_book, year).get(subject)
    form, outcome = TextForm(body=kept.body if kept else ""), None
    if form.validate_on_submit():
        outcome = put(
            form,
            yearend.write_text,
            year,
            subject,
            form.body.data or "",
            on=today(),
            sentence=_(
                "This stands in the meeting's book; the text before stays kept."
            ),
        )
    act = Act(
        _(yearend.TEXT_NAMES[subject]),
        _("Write down"),
        url_for(".meeting_book", year=year),
        trail(year, _(yearend.TEXT_NAMES[subject])),
    )
    return answer(form, outcome, act, _("Written down."))


@bp.get("/year/<int:year>/budget")
def budget(year: int) -> ResponseReturnValue:
    """Show the budget of a year beside what happened and the year before."""
    first = cooperative().first_day.year
    if not first <= year <= today().year + 1:
        checked(year)
    return render_template(
        "annual/budget.html",
        year=year,
        rows=budgets.budget_of(current_book, year),
        label=label,
    )


@bp.route("/year/<int:year>/budget/line", methods=["GET", "POST"])
def planning(year: int) -> ResponseReturnValue:
    """Plan what an account comes to in a year."""
    first = cooperative().first_day.year
    if not first <= year <= today().year + 1:
        checked(year)
    form, outcome = BudgetForm(account=request.args.get("account")), None
    form.account.choices = [
        (str(row.number), f"{row.code} {label(row)}")
        for row in ledger.accounts(current_book, archived=False)
        if row.postable
        and row.account_type in (AccountType.REVENUE, AccountType.EXPENSE)
    ]
    if form.validate_on_submit():
        number = int(form.account.data)
        outcome = put(
            form,
            budgets.plan,
            year,
            number,
            form.amount.data,
            on=today(),
            amount_shown=form.amount.data,
            sentence=_(
                "%(account)s is planned to come to %(amount)s in %(year)s.",
                account=label(ledger.account(current_book, number)),
                amount=rupiah(form.amount.data),
                year=year,
            ),
        )
    act = Act(
        _("Budget %(year)s", year=year),
        _("Write down"),
        url_for(".budget", year=year),
        [
            (_("The year"), url_for("annual.desk")),
            (_("Budget %(year)s", year=year), url_for(".budget", year=year)),
            (_("Plan an account"), None),
        ],
    )
    return answer(form, outcome, act, _("Written down."))
