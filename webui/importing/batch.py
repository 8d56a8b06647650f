"""One import: what it posted, and the way to take it back as a whole."""

from __future__ import annotations

from decimal import Decimal

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import ledger
from coopbook.errors import Missing
from coopbook.importing import ImportBatch, batch, take_back, taken_back
from coopbook.ledger import Entry
from webui.desk import current_book, once
from webui.importing import bp
from webui.importing.forms import TakeBackForm
from webui.importing.progress import heard, telling
from webui.importing.queries import entries_between, posted_rows
from webui.importing.views import kind_name

ROWS = 50


def _entry(number: int | None) -> Entry | None:
    """Return an entry, or nothing where an import posted none."""
    if number is None:
        return None
    try:
        return ledger.entry(current_book, number)
    except Missing:
        return None


@bp.get("/import/batches/<int:number>")
def batch_page(number: int) -> ResponseReturnValue:
    """Show what an import posted: its figures, and its rows with their entries."""
    one = batch(current_book, number)
    found = posted_rows(
        current_book, number, after=request.args.get("after"), limit=ROWS + 1
    )
    back = taken_back(current_book).get(number)
    return render_template(
        "importing/batch.html",
        one=one,
        kind=kind_name(one.kind),
        sheet_total=Decimal(one.sheet_total),
        ends=_ends(one),
        rows=found[:ROWS],
        older=found[ROWS - 1].place if len(found) > ROWS else None,
        back=back,
        reversals=back and (_entry(back.first_entry), _entry(back.last_entry)),
    )


def _ends(one: ImportBatch) -> list[Entry]:
    """Return the first entry of an import and its last."""
    ends = [_entry(number) for number in {one.first_entry, one.last_entry}]
    return sorted(filter(None, ends), key=lambda entry: entry.number)


@bp.route("/import/batches/<int:number>/taking-back", methods=["GET", "POST"])
def taking_back(number: int) -> ResponseReturnValue:
    """Show what will be reversed and ask why; then reverse the whole import."""
    one, form = batch(current_book, number), TakeBackForm()
    if form.validate_on_submit():
        with form.showing_refusals():
            with heard(f"back-{number}") as told:
                once(
                    form,
                    telling(take_back, told),
                    number,
                    reason=form.reason.data or "",
                    on=form.on.data,
                )
            flash(_("Import %(number)s is taken back.", number=number))
            return redirect(url_for(".batch_page", number=number))
    page = render_template(
        "importing/taking_back.html",
        form=form,
        one=one,
        kind=kind_name(one.kind),
        ends=_ends(one),
        entries=entries_between(current_book, one.first_entry, one.last_entry),
        back=taken_back(current_book).get(number),
    )
    return page, 422 if form.errors or form.refusals else 200
