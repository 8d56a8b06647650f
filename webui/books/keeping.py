"""What only the bookkeeper does: accounts, and the closing of months."""

from __future__ import annotations

import re

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import ledger
from coopbook.dates import months_after, parse_month
from coopbook.ledger import AccountType
from webui.books import bp
from webui.books.forms import AccountForm, RecodeForm, ReopenForm
from webui.desk import current_book, once, today
from webui.forms import OnceForm
from webui.wording import month, word


@bp.route("/books/accounts/new", methods=["GET", "POST"])
def account_new() -> ResponseReturnValue:
    """Add an account to the chart."""
    form = AccountForm()
    form.account_type.choices = [(kind.value, word(kind)) for kind in AccountType]
    if form.validate_on_submit():
        with form.showing_refusals():
            once(
                *(form, ledger.add_account, form.code.data or ""),
                name_id=form.name_id.data or "",
                name_en=form.name_en.data or form.name_id.data or "",
                account_type=AccountType(form.account_type.data),
            )
            flash(_("The account is in the chart."))
            return redirect(url_for(".chart", kind=form.account_type.data))
    page = render_template("books/account_new.html", form=form)
    return page, 422 if form.errors or form.refusals else 200


@bp.route("/books/accounts/<int:number>", methods=["GET", "POST"])
def account(number: int) -> ResponseReturnValue:
    """Give an account another code."""
    row = ledger.account(current_book, number)
    form = RecodeForm(obj=row)
    if form.validate_on_submit():
        with form.showing_refusals():
            once(form, ledger.recode, number, form.code.data or "")
            flash(_("The account has its new code."))
            return redirect(url_for(".chart", kind=row.account_type.value))
    page = render_template(
        "books/account.html", form=form, empty=OnceForm(formdata=None), row=row
    )
    return page, 422 if form.errors or form.refusals else 200


@bp.post("/books/accounts/<int:number>/archive")
def archiving(number: int) -> ResponseReturnValue:
    """Take an account out of use; its past stays readable."""
    row, empty, form = ledger.account(current_book, number), OnceForm(), None
    if empty.validate_on_submit():
        with empty.showing_refusals():
            once(empty, ledger.archive, number, on=today())
            flash(_("The account takes no new lines."))
            return redirect(url_for(".chart", kind=row.account_type.value))
    form = RecodeForm(obj=row, formdata=None)
    return render_template("books/account.html", form=form, empty=empty, row=row), 422


@bp.get("/books/months")
def months() -> ResponseReturnValue:
    """Show the next month to close with its check list, and those closed."""
    name = ledger.next_to_close(current_book)
    _first, last = parse_month(name)
    closed = [p for p in ledger.periods(current_book) if p.closed]
    return render_template(
        "books/months.html",
        name=name,
        over=today() > last,
        opens=months_after(last.replace(day=1), 1),
        checks=ledger.month_checklist(current_book, name),
        closed=[p for p in reversed(closed) if len(p.name) == 7][:12],
        last=ledger.last_closed(current_book),
        form=OnceForm(formdata=None),
    )


@bp.post("/books/months/<name>/close")
def closing(name: str) -> ResponseReturnValue:
    """Close a month: it takes no more entries."""
    form = OnceForm()
    if form.validate_on_submit():
        with form.showing_refusals():
            once(form, ledger.close_month, name, today=today())
            flash(_("%(month)s is closed.", month=month(name)))
    for sentence in form.refusals:
        flash(sentence, "late")
    return redirect(url_for(".months"))


@bp.route("/books/months/<name>/reopening", methods=["GET", "POST"])
def reopening(name: str) -> ResponseReturnValue:
    """Ask a second person to open a month again; a year has its own page."""
    if request.method == "GET" and re.fullmatch(r"\d{4}", name, re.ASCII):
        return redirect(url_for("annual.reopening", year=int(name)))
    form = ReopenForm()
    if form.validate_on_submit():
        with form.showing_refusals():
            asked = once(
                *(form, ledger.ask_reopen, name),
                reason=form.reason.data or "",
                on=today(),
            )
            flash(
                _(
                    "The request waits for a second person: number %(number)s.",
                    number=asked.number,
                )
            )
            return redirect(url_for(".months"))
    form.seen = None
    page = render_template("books/reopening.html", form=form, name=name)
    return page, 422 if form.errors or form.refusals else 200
