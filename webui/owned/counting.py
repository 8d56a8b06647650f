"""Count a cash box at the end of a day, and close the day."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import cashcounts, ledger
from coopbook.book import Book
from coopbook.cashcounts import BOXES, PIECES, CashCount
from coopbook.money import Money
from webui.desk import Done, current_book, once, put, today
from webui.forms import DayFilter, OnceForm
from webui.owned import bp
from webui.owned.forms import CountForm
from webui.wording import label, rupiah


@bp.get("/cash-counts")
def counts() -> ResponseReturnValue:
    """Show the cash boxes of a day: what the book says, what was counted."""
    form = DayFilter(request.args)
    good = form.validate()
    on = (form.on.data if good else None) or today()
    done = cashcounts.counts_of(current_book, on)
    page = render_template(
        "owned/counts.html",
        form=form,
        empty_form=OnceForm(formdata=None),
        on=on,
        rows=[
            (ledger.account(current_book, number), held, done.get(number))
            for number, held in cashcounts.boxes_of(current_book, on)
        ],
        left=cashcounts.uncounted(current_book, on),
        closed=ledger.is_closed(current_book, on.isoformat()),
        label=label,
    )
    return page, 200 if good else 422


@bp.route("/cash-counts/new", methods=["GET", "POST"])
def counting() -> ResponseReturnValue:
    """Count a cash box, note by note."""
    form, outcome = CountForm(on=today(), account=request.args.get("account")), None
    form.account.choices = [
        (str(number), label(ledger.account(current_book, number))) for number in BOXES
    ]
    if form.validate_on_submit():
        pieces = {
            piece: form[f"piece_{piece}"].data
            for piece in PIECES
            if form[f"piece_{piece}"].data
        }
        outcome = put(
            form,
            counted,
            int(form.account.data),
            [[piece, many] for piece, many in pieces.items()],
            on=form.on.data,
            witness=form.witness.data or "",
            explanation=form.explanation.data or "",
            amount_shown=cashcounts.counted(pieces),
            sentence=_said,
        )
    if isinstance(outcome, Done):
        flash(_("Counted."))
        return redirect(url_for(".counts"))
    page = render_template(
        "owned/counting.html",
        form=form,
        preview=outcome,
        pieces=[form[f"piece_{piece}"] for piece in PIECES],
    )
    return page, 422 if form.errors or form.refusals else 200


def _said(row: CashCount) -> str:
    if not row.difference:
        return _(
            "The count is what the book says: %(amount)s.", amount=rupiah(row.book)
        )
    if row.difference > Money(0):
        return _(
            "%(amount)s more than the book says; it is held until somebody knows whose"
            " it is.",
            amount=rupiah(row.difference),
        )
    return _(
        "%(amount)s less than the book says; it is owed until it is decided.",
        amount=rupiah(-row.difference),
    )


def counted(
    book: Book, account: int, pieces: list[list[int]], **about: object
) -> CashCount:
    """Count a cash box from plain figures."""
    many = {piece: count for piece, count in pieces}  # noqa: C416
    return cashcounts.count_cash(book, account, many, **about)  # type: ignore[arg-type]


@bp.post("/cash-counts/<name>/close")
def ending(name: str) -> ResponseReturnValue:
    """Close a day whose cash was counted."""
    form = OnceForm()
    if form.validate_on_submit():
        with form.showing_refusals():
            once(form, end, name)
            flash(_("The day is closed."))
    for sentence in form.refusals:
        flash(sentence, "late")
    return redirect(url_for(".counts"))


def end(book: Book, name: str) -> object:
    """Close the day of a name like 2026-10-31; raise ``NotAPeriod``."""
    from datetime import date

    from coopbook.ledger.closing import NotAPeriod

    try:
        day = date.fromisoformat(name)
    except ValueError as error:
        raise NotAPeriod(name) from error
    return cashcounts.close_day(book, day, today=today())
