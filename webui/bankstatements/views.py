"""The bank accounts, what is to match, the statements and the reconciliation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import bankstatements
from coopbook.bankstatements import WHY, BankLine, BookLine, Proposal
from webui.bankstatements import bp
from webui.bankstatements.forms import ProposalsForm, SignForm
from webui.bankstatements.matching import named
from webui.desk import current_book, once, today
from webui.forms import DayFilter, OnceForm
from webui.policy import asked_number
from webui.wording import label, say

EACH = 9
"""Proposals, or lines of a side, on a page."""

ROWS = 20
"""Lines of each kind on a reconciliation."""

LINES = 40
"""Lines of a statement on a page."""


@bp.get("/bank")
def desk() -> ResponseReturnValue:
    """Show each bank account: what it holds, how far it is reconciled."""
    now = today()
    rows = []
    for account in bankstatements.bank_accounts(current_book):
        there = bankstatements.statements(current_book, account.number)
        until = there[-1].last_day if there else None
        seen = bankstatements.reconciliation(
            current_book, account.number, min(until, now) if until else now
        )
        if there or seen.book:
            rows.append((account, seen, there[-1] if there else None))
    return render_template("bankstatements/desk.html", rows=rows, label=label)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a list: what is shown, from which place, of how many."""

    rows: list[Any]
    start: int
    count: int
    name: str

    @property
    def earlier(self) -> int | None:
        """Where the stretch before begins."""
        return max(self.start - EACH, 0) if self.start else None

    @property
    def later(self) -> int | None:
        """Where the next stretch begins."""
        return self.start + EACH if self.start + EACH < self.count else None


def part(rows: list[Any], name: str) -> Part:
    """Return the stretch of a list that the address asks for."""
    start = asked_number(name, 0) or 0
    if start >= len(rows):
        start = 0
    return Part(rows[start : start + EACH], start, len(rows), name)


@dataclass(frozen=True, slots=True)
class Shown:
    """A proposal with its lines, and its place in the list."""

    place: int
    why: str
    apart: int
    sure: bool
    bank: list[BankLine]
    book: list[BookLine]


@bp.get("/bank/<int:number>")
def work(number: int) -> ResponseReturnValue:
    """Show what belongs together, what the book lacks, what the bank lacks."""
    account = named(number)
    first = bankstatements.began(current_book, number)
    since = bankstatements.looked_at_from(current_book, number)
    bank = bankstatements.free_bank_lines(current_book, number) if first else []
    lines = (
        bankstatements.free_book_lines(current_book, number, since=since)
        if since
        else []
    )
    found = bankstatements.proposed(current_book, number)
    proposed = {key for one in found for key in one.bank}
    ours = {key for one in found for key in one.book}
    missing = [
        row
        for row in bank
        if row.amount and (row.statement_number, row.number) not in proposed
    ]
    open_ = [line for line in lines if line.key not in ours]
    form = ProposalsForm(formdata=None, seal=bankstatements.seal_of(found))
    return render_template(
        "bankstatements/work.html",
        account=account,
        label=label,
        statements=bankstatements.statements(current_book, number)[::-1][:12],
        first=first,
        form=form,
        match_form=OnceForm(formdata=None),
        proposals=part(_shown(found, bank, lines), "p"),
        sure=sum(1 for one in found if one.sure),
        missing=part(missing, "m"),
        outstanding=part(open_, "o"),
    )


def _shown(
    found: list[Proposal], bank: list[BankLine], lines: list[BookLine]
) -> list[Shown]:
    theirs = {(row.statement_number, row.number): row for row in bank}
    ours = {line.key: line for line in lines}
    return [
        Shown(
            *(place, say(WHY[one.why], {}), one.apart, one.sure),
            [theirs[key] for key in one.bank],
            [ours[key] for key in one.book],
        )
        for place, one in enumerate(found)
    ]


@bp.get("/bank/statements/<int:number>")
def statement(number: int) -> ResponseReturnValue:
    """Show the lines of a statement, each with the voucher it is."""
    row = bankstatements.statement(current_book, number)
    after = asked_number("after", 0) or 0
    lines = bankstatements.lines_of_statement(
        current_book, number, after=after, limit=LINES + 1
    )
    more, lines = len(lines) > LINES, lines[:LINES]
    return render_template(
        "bankstatements/statement.html",
        row=row,
        account=named(row.account_number),
        label=label,
        lines=lines,
        matches=bankstatements.matches_of(
            current_book, number, [line.number for line in lines]
        ),
        after=after,
        older=lines[-1].number if more else None,
    )


@bp.get("/bank/<int:number>/reconciliation")
def reconciliation(number: int) -> ResponseReturnValue:
    """Show bank, outstanding and book on a day, to be read and printed."""
    account, form = named(number), DayFilter(request.args)
    good = form.validate()
    on = (form.on.data if good else None) or _day(number)
    form.on.data = on if good else form.on.data
    seen = bankstatements.reconciliation(current_book, number, on)
    page = render_template(
        "bankstatements/reconciliation.html",
        account=account,
        label=label,
        form=form,
        sign=SignForm(formdata=None, day=on.isoformat()),
        on=on,
        seen=seen,
        rows=ROWS,
    )
    return page, 200 if good else 422


def _day(number: int) -> date:
    """Return the day a reconciliation is asked for: the last the bank told of."""
    there = bankstatements.statements(current_book, number)
    if there:
        return there[-1].last_day
    return today()


@bp.post("/bank/<int:number>/reconciled")
def signing(number: int) -> ResponseReturnValue:
    """Say that an account is reconciled for a day."""
    account, form = named(number), SignForm()
    on = _day(number)
    if form.validate_on_submit():
        with form.showing_refusals():
            try:
                on = date.fromisoformat(form.day.data or "")
            except ValueError:
                on = _day(number)
            once(form, sign, account.number, on, on=today())
            flash(_("Reconciled. Your name and the figures are kept."))
    for sentence in form.refusals:
        flash(sentence, "late")
    return redirect(url_for(".reconciliation", number=number, on=f"{on:%d/%m/%Y}"))


sign = bankstatements.reconcile
