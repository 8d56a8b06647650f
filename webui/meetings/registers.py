"""The register of decisions, and that of documents."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import archive, decisions, meetings
from coopbook.decisions import DecisionBody, DocumentKind
from webui.desk import current_book, once, today
from webui.meetings import bp
from webui.meetings.forms import (
    DecisionForm,
    DocumentForm,
    PaperForm,
    ReplacementForm,
)
from webui.meetings.service import (
    file_of,
    handed_out,
    renew_document,
    scan_document,
    sign_decision,
    write_decision,
    write_document,
)
from webui.meetings.views import answered
from webui.policy import asked_number

PAGE = 30


def _page(**shown: Any) -> dict[str, Any]:
    before, year = asked_number("before"), asked_number("year")
    year = year if year is not None and 1900 <= year <= 9998 else None
    rows = decisions.decisions(
        current_book, before=before, year=year, limit=PAGE + 1, **shown
    )
    return {
        "rows": rows[:PAGE],
        "more": len(rows) > PAGE,
        "before": before,
        "year": year,
    }


@bp.get("/decisions", endpoint="decisions")
def decision_register() -> ResponseReturnValue:
    """List decisions by number, of a year where asked."""
    years = decisions.years(current_book)
    return render_template("meetings/decisions.html", years=years, **_page())


@bp.get("/mine/decisions")
def mine() -> ResponseReturnValue:
    """Show a member what the members decided, and the next meeting."""
    return render_template(
        "meetings/mine.html",
        next=meetings.next_meeting(current_book, today()),
        **_page(body=DecisionBody.MEMBERS),
    )


@bp.route("/decisions/new", methods=["GET", "POST"])
def decision_new() -> ResponseReturnValue:
    """Enter a decision of the board or the supervisors."""
    form = DecisionForm(on=today())
    if form.validate_on_submit():
        if form.on.data > today():
            form.on.errors = [_("This day has not come yet.")]
            return answered("decision_new", form)
        with form.showing_refusals():
            row = once(
                *(form, write_decision),
                body=DecisionBody(form.body.data),
                title=form.title.data or "",
                text=form.text.data or "",
                on=form.on.data,
                file=file_of(form.paper.data),
            )
            flash(_("Entered as %(label)s.", label=row.label))
            return redirect(url_for(".decision", number=row.number))
    return answered("decision_new", form)


@bp.get("/decisions/<int:number>")
def decision(number: int) -> ResponseReturnValue:
    """Show a decision and the paper it is signed on."""
    row = decisions.decision(current_book, number)
    return render_template("meetings/decision.html", decision=row)


@bp.route("/decisions/<int:number>/signing", methods=["GET", "POST"])
def decision_signing(number: int) -> ResponseReturnValue:
    """Keep the signed paper of a decision."""
    row, form = decisions.decision(current_book, number), PaperForm()
    if form.validate_on_submit():
        with form.showing_refusals():
            once(form, sign_decision, row, file=file_of(form.paper.data), on=today())
            flash(_("Kept, sealed."))
            return redirect(url_for(".decision", number=number))
    return answered("decision_signing", form, decision=row)


@bp.get("/decisions/<int:number>/paper")
def decision_paper(number: int) -> Response:
    """Hand out the signed paper of a decision."""
    row = decisions.decision(current_book, number)
    if row.scan_number is None:
        abort(404)
    scan = archive.scan(current_book, row.scan_number)
    return handed_out(current_book, scan, row.label)


@bp.get("/documents", endpoint="documents")
def document_register() -> ResponseReturnValue:
    """List the papers of the cooperative, those that end soon first."""
    before = asked_number("before")
    rows = decisions.documents(current_book, today(), before=before, limit=PAGE + 1)
    return render_template(
        "meetings/documents.html",
        alerts=decisions.alerts(current_book, today())[:PAGE],
        rows=rows[:PAGE],
        more=len(rows) > PAGE,
        before=before,
    )


def _said(form: ReplacementForm) -> dict[str, Any]:
    return {
        "title": form.title.data or "",
        "on": today(),
        "reference": form.reference.data or "",
        "issuer": form.issuer.data or "",
        "issued_on": form.issued_on.data,
        "expires_on": form.expires_on.data,
        "remind_days": form.remind_days.data,
        "file": file_of(form.paper.data),
    }


@bp.route("/documents/new", methods=["GET", "POST"])
def document_new() -> ResponseReturnValue:
    """Enter a paper in the register."""
    form = DocumentForm()
    if form.validate_on_submit():
        with form.showing_refusals():
            kind = DocumentKind(form.kind.data)
            row = once(form, write_document, kind=kind, **_said(form))
            flash(_("Entered as document %(number)s.", number=row.number))
            return redirect(url_for(".document", number=row.number))
    return answered("document_new", form)


@bp.get("/documents/<int:number>")
def document(number: int) -> ResponseReturnValue:
    """Show a paper of the cooperative, and how long it holds."""
    row = decisions.document(current_book, number)
    one = decisions.standing(row, today())
    return render_template("meetings/document.html", one=one, document=row)


@bp.route("/documents/<int:number>/replacement", methods=["GET", "POST"])
def replacement(number: int) -> ResponseReturnValue:
    """Enter the paper that takes the place of this one."""
    old = decisions.document(current_book, number)
    form = ReplacementForm(
        title=old.title, issuer=old.issuer, remind_days=old.remind_days
    )
    if form.validate_on_submit():
        with form.showing_refusals():
            row = once(form, renew_document, old, **_said(form))
            flash(_("Entered as document %(number)s.", number=row.number))
            return redirect(url_for(".document", number=row.number))
    return answered("replacement", form, document=old)


@bp.route("/documents/<int:number>/scan", methods=["GET", "POST"])
def document_scan(number: int) -> ResponseReturnValue:
    """Keep the scan of a document."""
    row, form = decisions.document(current_book, number), PaperForm()
    if form.validate_on_submit():
        with form.showing_refusals():
            once(form, scan_document, row, file=file_of(form.paper.data), on=today())
            flash(_("Kept, sealed."))
            return redirect(url_for(".document", number=number))
    return answered("document_scan", form, document=row)


@bp.get("/documents/<int:number>/paper")
def document_paper(number: int) -> Response:
    """Hand out the scan of a document."""
    row = decisions.document(current_book, number)
    if row.scan_number is None:
        abort(404)
    scan = archive.scan(current_book, row.scan_number)
    return handed_out(current_book, scan, f"dokumen-{number}")
