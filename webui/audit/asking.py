"""What changed since, letters to members, a sample on paper, what auditors opened."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from coopbook import auditing
from coopbook.errors import Refused
from coopbook.printing.audit_papers import letters_pdf, working_paper_pdf
from coopbook.printing.loan_sheet import issuer_of
from webui.audit import bp
from webui.audit.forms import SAMPLE, AuditFilter, ChangesFilter, LettersFilter
from webui.desk import cooperative, current_book, desk_store, person, today
from webui.papers import pdf, printed
from webui.policy import asked_number
from webui.wording import language, long_date, tell

LETTERS = 10
SHOWN = 12
VISITS = 40


@bp.get("/audit/changes")
def changes() -> ResponseReturnValue:
    """Say what was recorded since a day, whatever its date."""
    form = ChangesFilter(request.args)
    good = form.validate()
    asked = form.since.data if good else None
    since = min(asked or today() - timedelta(days=30), today())
    page = render_template(
        "audit/changes.html",
        form=form,
        found=auditing.changes_since(current_book, since),
        shown=SHOWN,
    )
    return page, 200 if good else 422


@bp.get("/audit/letters")
def letters() -> ResponseReturnValue:
    """Draw the members who are asked to confirm what the book says of them."""
    form = LettersFilter(request.args)
    good = form.validate()
    found, refused = _drawn(form) if good else (None, None)
    page = render_template(
        "audit/letters.html", form=form, found=found, refused=refused
    )
    return page, 200 if good and refused is None else 422


def _drawn(
    form: LettersFilter,
) -> tuple[auditing.Confirmations | None, str | None]:
    if not form.seed.data:
        return None, None
    try:
        found = auditing.confirmations(
            current_book,
            min(form.on.data or today(), today()),
            size=form.size.data or LETTERS,
            seed=form.seed.data,
            method=form.method,
        )
    except Refused as no:
        return None, tell(no)
    return found, None


@bp.get("/audit/letters.pdf")
def letters_paper() -> Response:
    """Hand out the letters as one PDF, a page a member."""
    form = LettersFilter(request.args)
    found = _drawn(form)[0] if form.validate() else None
    if found is None:
        abort(404)
    who = person()
    made = letters_pdf(
        found,
        issuer_of(current_book),
        form.reply_to.data or (who.full_name if who else ""),
        printed(),
        language=language(),
    )
    return pdf(made, f"konfirmasi-{found.on:%Y%m%d}")


@bp.get("/audit/tests.pdf")
def sample_paper() -> Response:
    """Hand out a drawn sample as a list to tick off."""
    form = AuditFilter(request.args)
    if not form.validate():
        abort(404)
    last = form.until.data or today()
    first = form.since.data or date(last.year, 1, 1)
    found = auditing.journal_of(current_book, first, last)
    size = form.size.data or SAMPLE
    try:
        drawn = auditing.draw(found.items, form.method, size, form.seed.data or "")
    except Refused:
        abort(404)
    made = working_paper_pdf(
        drawn,
        [row for row in found.rows if row.number in drawn],
        issuer_of(current_book),
        f"{long_date(first)} – {long_date(last)}",
        printed(),
        language=language(),
    )
    return pdf(made, f"kertas-kerja-{last:%Y%m%d}")


@bp.get("/audit/opened")
def opened() -> ResponseReturnValue:
    """Show which pages auditors opened, the last one first."""
    rows = desk_store().opened(
        cooperative().id, before=asked_number("before"), limit=VISITS + 1
    )
    return render_template(
        "audit/opened.html",
        rows=[(row, datetime.fromtimestamp(row.at, UTC)) for row in rows[:VISITS]],
        more=len(rows) > VISITS,
    )
