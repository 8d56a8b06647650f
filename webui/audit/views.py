"""Read everything about money, check the book, take it along."""

from __future__ import annotations

import io
import tempfile
import zipfile
from datetime import date
from pathlib import Path

from flask import Response, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from coopbook import auditing, ledger
from coopbook import checkpoints as kept
from coopbook.errors import Refused
from coopbook.exports import export, journal_csv
from coopbook.printing.checkpoint_slip import checkpoint_pdf
from coopbook.printing.loan_sheet import issuer_of
from coopbook.verification import verify
from webui.arrears import lent
from webui.audit import bp
from webui.audit.forms import SAMPLE, AuditFilter
from webui.desk import current_book, today
from webui.extensions import db
from webui.papers import pdf, printed
from webui.policy import asked_number
from webui.portions import portion
from webui.wording import language, say, tell

PAGE = 25
FEWER = 12
SHOWN = 6
"""How many checkpoints a page shows, a year of months; how many findings of a test."""
CSV = "csv"
FORMS = {
    CSV: _l("Journal and trial balance as CSV"),
    "xlsx": _l("Workbook that adds itself up (XLSX)"),
    "ads": _l("General ledger of the audit data standard (AICPA ADS)"),
    "saft": _l("Standard audit file (SAF-T XML)"),
    "beancount": _l("Plain text for beancount"),
    "hledger": _l("Plain text for hledger"),
    "ledger": _l("Plain text for ledger"),
}
"""The forms the book leaves in, as the page names them."""


@bp.get("/audit")
def room() -> ResponseReturnValue:
    """Lead an auditor to every figure, and to the figures behind it."""
    latest = ledger.entries(current_book, limit=8)
    return render_template(
        "audit/room.html",
        latest=latest,
        lent=lent(current_book, today()),
        forms=FORMS,
        head=latest.rows[0] if latest.rows else None,
        suspense=ledger.suspense(current_book, today()),
        papers=ledger.attachments_of(
            current_book, [entry.number for entry in latest.rows]
        ),
    )


@bp.get("/audit/papers")
def papers() -> ResponseReturnValue:
    """List the papers behind vouchers, newest first, each beside its voucher."""
    found = ledger.papers(current_book, before=asked_number("before"), limit=PAGE + 1)
    rows = [
        (
            paper,
            None
            if paper.entry_number is None
            else ledger.entry(current_book, paper.entry_number),
        )
        for paper in found[:PAGE]
    ]
    return render_template("audit/papers.html", rows=rows, more=len(found) > PAGE)


@bp.get("/audit/checkpoints")
def checkpoints() -> ResponseReturnValue:
    """List the checkpoints with the lines that others keep, the last one first."""
    found = kept.checkpoints(
        current_book, before=asked_number("before"), limit=FEWER + 1
    )
    return render_template(
        "audit/checkpoints.html",
        rows=found[:FEWER],
        more=len(found) > FEWER,
        words=kept.words,
    )


@bp.get("/audit/checkpoints/<int:number>.pdf")
def checkpoint_paper(number: int) -> Response:
    """Hand out a checkpoint as a page with a square for a telephone."""
    row = current_book.get(kept.Checkpoint, number) or abort(404)
    made = checkpoint_pdf(row, issuer_of(current_book), printed(), language=language())
    return pdf(made, f"titik-periksa-{number}")


@bp.get("/audit/tests")
def questions() -> ResponseReturnValue:
    """Ask the standard tests of a time's journal, and draw a sample by a seed."""
    form = AuditFilter(request.args)
    good = form.validate()
    last = form.until.data or today()
    first = form.since.data or date(last.year, 1, 1)
    found = auditing.journal_of(current_book, first, last)
    drawn, refused = None, None
    if form.seed.data:
        try:
            drawn = auditing.draw(
                found.items,
                form.method,
                form.size.data or SAMPLE,
                form.seed.data,
            )
        except Refused as no:
            refused = tell(no)
    page = render_template(
        "audit/tests.html",
        form=form,
        found=found,
        names=auditing.STANDARD_NAMES,
        shown=SHOWN,
        drawn=drawn,
        picked=[] if drawn is None else [r for r in found.rows if r.number in drawn],
        refused=refused,
    )
    return page, 200 if good else 422


@bp.get("/audit/tests/<test>")
def found(test: str) -> ResponseReturnValue:
    """List every voucher a test found."""
    asked = next((one for one in auditing.Standard if one == test), None) or abort(404)
    form = AuditFilter(request.args)
    good = form.validate()
    last = form.until.data or today()
    first = form.since.data or date(last.year, 1, 1)
    journal = auditing.journal_of(current_book, first, last)
    whole = journal.of(asked)
    rows, more = portion(whole, request.args.get("after"), lambda row: row.number)
    page = render_template(
        "audit/found.html",
        name=auditing.STANDARD_NAMES[asked],
        journal=journal,
        count=len(whole),
        rows=rows,
        more=more,
    )
    return page, 200 if good else 422


@bp.post("/audit/verification")
def verification() -> ResponseReturnValue:
    """Check everything that can be checked about this book, now."""
    checks = verify(
        engine=db.engine,
        vault=current_app.config["VAULT"],
        cooperative_id=current_book.cooperative_id,
    )
    return render_template(
        "audit/verification.html",
        checks=checks,
        whole=all(check.in_order for check in checks),
        say=say,
    )


@bp.post("/audit/export")
def exported() -> Response:
    """Hand out the book in the form asked for, with a manifest, as one zip file.

    Without a form it is the journal and the trial balance as CSV.
    """
    form = request.form.get("form", CSV)
    if form not in FORMS:
        abort(404)
    response = Response(_zipped(form), mimetype="application/zip")
    named = "" if form == CSV else f"-{form}"
    name = f"buku{named}-{today():%Y%m%d}.zip"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _zipped(form: str) -> bytes:
    """Return the export's folder as one file."""
    out = io.BytesIO()
    with tempfile.TemporaryDirectory(prefix="coopbook-") as made:
        folder = Path(made) / "export"
        if form == CSV:
            journal_csv(current_book, folder)
        else:
            export(current_book, form, folder)
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
            for file in sorted(folder.iterdir()):
                packed.write(file, file.name)
    return out.getvalue()
