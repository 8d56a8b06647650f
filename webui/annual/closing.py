"""Close a year, ask to open it again, note that the members approved it."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import decisions, statements, yearend
from coopbook.book import Book
from coopbook.decisions import DecisionBody
from coopbook.money import Money
from webui.acts import Act, Trail, answer
from webui.annual import bp
from webui.annual.forms import ApproveForm, CloseForm, ReopenForm
from webui.annual.views import checked
from webui.desk import current_book, put, today
from webui.wording import rupiah

RECENT = 50


def trail(year: int, here: str) -> Trail:
    """Return the way to a page about a year."""
    return [
        (_("The year"), url_for("annual.desk")),
        (str(year), url_for("annual.page", year=year)),
        (here, None),
    ]


def close(book: Book, year: int) -> yearend.YearClosing:
    """Close a year, today."""
    return yearend.close_year(book, year, today=today())


@bp.route("/year/<int:year>/close", methods=["GET", "POST"])
def closing(year: int) -> ResponseReturnValue:
    """Show what closing a year posts, and close it."""
    checked(year)
    form, outcome = CloseForm(), None
    earned = statements.net_surplus(
        current_book, *statements.year_of(today().replace(year=year, month=1, day=1))
    )
    if form.validate_on_submit():
        outcome = put(
            form,
            close,
            year,
            amount_shown=abs(earned),
            sentence=_(
                "%(year)s is closed with %(what)s %(amount)s. It waits for the members'"
                " meeting; the year takes no more entries.",
                year=year,
                what=_("a surplus of") if earned >= Money(0) else _("a deficit of"),
                amount=rupiah(abs(earned)),
            ),
        )
    act = Act(
        _("Close %(year)s", year=year),
        _("Close the year"),
        url_for(".page", year=year),
        trail(year, _("Close")),
        lead=_(
            "Income and expenses are closed to the surplus, and the surplus waits for"
            " the members' meeting. The check shows every line before it is posted."
        ),
    )
    return answer(form, outcome, act, _("%(year)s is closed.", year=year))


@bp.route("/year/<int:year>/reopening", methods=["GET", "POST"])
def reopening(year: int) -> ResponseReturnValue:
    """Ask a second person to open a closed year again."""
    checked(year)
    form, outcome = ReopenForm(), None
    if form.validate_on_submit():
        outcome = put(
            form,
            yearend.ask_reopen_year,
            year,
            reason=form.reason.data or "",
            on=today(),
            sentence=_(
                "Once another person agrees, the closing of %(year)s is reversed and"
                " the year takes entries again.",
                year=year,
            ),
        )
    act = Act(
        _("Open %(year)s again", year=year),
        _("Ask to reopen"),
        url_for(".page", year=year),
        trail(year, _("Reopen")),
        lead=_("Only until the members approve the year; after that it stays closed."),
    )
    return answer(form, outcome, act, _("It waits for a second person."))


def of_members(year: int) -> list[tuple[int, str]]:
    """Return the decisions of members' meetings after a year, to choose from."""
    return [
        (row.number, f"{row.label} · {row.title}")
        for row in decisions.decisions(current_book, limit=RECENT)
        if row.body is DecisionBody.MEMBERS and row.decided_on.year > year
    ]


@bp.route("/year/<int:year>/approving", methods=["GET", "POST"])
def approving(year: int) -> ResponseReturnValue:
    """Note by which decision the members approved a year."""
    checked(year)
    form, outcome = ApproveForm(), None
    form.decision.choices = of_members(year)
    if not form.decision.choices:
        return render_template("annual/undecided.html", year=year), 200
    if form.validate_on_submit():
        outcome = put(
            form,
            approve,
            year,
            form.decision.data,
            sentence=_(
                "The members approved %(year)s. From now on it stays closed.", year=year
            ),
        )
    act = Act(
        _("The members approved %(year)s", year=year),
        _("Write down"),
        url_for(".page", year=year),
        trail(year, _("Approved")),
    )
    return answer(form, outcome, act, _("Written down."))


def approve(book: Book, year: int, number: int) -> yearend.YearClosing:
    """Note the decision of a number as the one that approved a year."""
    return yearend.approve_year(book, year, decisions.decision(book, number))
