"""Corrections of earlier years: the auditors' list, and what becomes of each."""

from __future__ import annotations

from datetime import date

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import corrections, ledger, yearend
from coopbook.book import Book
from coopbook.corrections import AdjustmentState, ProposedAdjustment
from coopbook.errors import Refused
from webui.acts import Act, answer
from webui.annual import bp
from webui.annual.closing import trail
from webui.annual.forms import AdjustmentForm, BookForm, DeclineForm
from webui.annual.views import checked
from webui.desk import Done, current_book, put, today, total
from webui.treasury.service import Row, drafted, rows_of
from webui.wording import label, rupiah, tell


def adjustment_of(year: int, number: int) -> ProposedAdjustment:
    """Return an adjustment of a year; another year's has no page here."""
    row = corrections.adjustment(current_book, number)
    if row.year != year:
        abort(404)
    return row


@bp.get("/year/<int:year>/corrections")
def adjustments(year: int) -> ResponseReturnValue:
    """Show the list of a year's proposed adjustments with what became of each."""
    checked(year)
    standing = {one.number for one in corrections.booked(current_book)}
    return render_template(
        "annual/corrections.html",
        year=year,
        rows=[
            (
                row,
                [
                    (ledger.account(current_book, line.account_number), line)
                    for line in corrections.lines_of(current_book, row.number)
                ],
                ledger.entry(current_book, row.entry_number)
                if row.entry_number is not None
                else None,
                row.state is AdjustmentState.BOOKED and row.number not in standing,
            )
            for row in corrections.adjustments(current_book, year)
        ],
        names=corrections.STATE_NAMES,
        label=label,
    )


@bp.route("/year/<int:year>/corrections/new", methods=["GET", "POST"])
def proposing(year: int) -> ResponseReturnValue:
    """Put an adjustment of a year on the list; nothing is posted by it."""
    checked(year)
    form, outcome = AdjustmentForm(), None
    if form.validate_on_submit():
        rows = rows_of(form)
        amount = total(left for _code, left, _right in rows)
        outcome = put(
            form,
            propose,
            year,
            rows,
            finding=form.memo.data,
            on=today(),
            amount_shown=amount or None,
            sentence=_(
                "The list for %(year)s gets a correction of %(amount)s. Nothing is"
                " posted until somebody else books it.",
                year=year,
                amount=rupiah(amount),
            ),
        )
    act = Act(
        _("What the auditors found in %(year)s", year=year),
        _("Put on the list"),
        url_for(".adjustments", year=year),
        trail(year, _("Corrections")),
    )
    if isinstance(outcome, Done):
        return answer(form, outcome, act, _("It is on the list."))
    page = render_template(
        "annual/proposing.html",
        form=form,
        preview=outcome,
        act=act,
        accounts=[
            row
            for row in ledger.accounts(current_book, archived=False)
            if row.postable and not row.control and row.cash_flow != "cash"
        ],
    )
    return page, 422 if form.errors or form.refusals else 200


def propose(
    book: Book, year: int, rows: list[Row], *, finding: str, on: date
) -> ProposedAdjustment:
    """Propose an adjustment from rows of code, debit and credit."""
    return corrections.propose(book, year, finding, drafted(book, rows), on=on)


@bp.route("/year/<int:year>/corrections/<int:number>/book", methods=["GET", "POST"])
def booking(year: int, number: int) -> ResponseReturnValue:
    """Show what booking an adjustment posts, and book it."""
    row = adjustment_of(checked(year), number)
    form, outcome = BookForm(on=today()), None
    if form.validate_on_submit():
        outcome = put(
            form,
            yearend.book_adjustment,
            number,
            on=form.on.data,
            sentence=_said,
        )
    lead = row.finding
    try:
        day, source, lines = yearend.adjusting_entry(current_book, number, on=today())
    except Refused as no:
        lead = f"{row.finding}. {tell(no)}"
    else:
        if not lines:
            lead += ". " + _(
                "Nothing is posted: only the figures shown beside later years change."
            )
        elif source == yearend.ADJUSTED:
            lead += ". " + _("It is an entry of %(year)s itself.", year=day.year)
        else:
            lead += ". " + _(
                "The members approved %(year)s, so it is posted now, against the"
                " corrections of earlier years.",
                year=year,
            )
    act = Act(
        _("Book correction %(number)s", number=number),
        _("Book it"),
        url_for(".adjustments", year=year),
        trail(year, _("Corrections")),
        lead=lead,
    )
    return answer(form, outcome, act, _("Booked."))


def _said(row: ProposedAdjustment) -> str:
    if row.entry_number is None:
        return _("The figures of %(year)s are shown corrected.", year=row.year)
    return _("The correction of %(year)s is posted.", year=row.year)


@bp.route("/year/<int:year>/corrections/<int:number>/decline", methods=["GET", "POST"])
def declining(year: int, number: int) -> ResponseReturnValue:
    """Decline an adjustment with a reason that everybody reads."""
    row = adjustment_of(checked(year), number)
    form, outcome = DeclineForm(), None
    if form.validate_on_submit():
        outcome = put(
            form,
            corrections.decline,
            number,
            reason=form.reason.data or "",
            on=today(),
            sentence=_("It stays on the list with your reason beside it."),
        )
    act = Act(
        _("Decline correction %(number)s", number=number),
        _("Decline"),
        url_for(".adjustments", year=year),
        trail(year, _("Corrections")),
        lead=row.finding,
    )
    return answer(form, outcome, act, _("Declined."))
