"""What is due by a day; keep it as a list, key in what came back of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from coopbook import ledger, loans, members, people, rounds
from coopbook.loans import LOOK_AFTER
from coopbook.money import Money
from coopbook.printing.due_list import (
    DueHamlet,
    due_list_of,
    due_list_pdf,
    kept_list_of,
)
from webui.desk import (
    Done,
    Preview,
    by_account,
    current_book,
    once,
    put,
    today,
    total,
)
from webui.papers import pdf, printed
from webui.policy import asked_number
from webui.rounds import bp
from webui.rounds.forms import DueFilter, KeyingForm, MakeForm
from webui.wording import rupiah

PAGE = 25
SHOWN = 40
TOLD = 8


def officers() -> list[tuple[str, str]]:
    """Return who may look after loans: log-in and name."""
    return [
        (user.name, user.full_name)
        for user in people.users(current_book)
        if user.active and people.roles_of(current_book, user.name) & LOOK_AFTER
    ]


def _asked(form: DueFilter) -> tuple[date, str | None, str | None]:
    """Return the day, the hamlet and the officer that the address asks for."""
    form.hamlet.choices = [("", _("Everybody"))] + [
        (name, name) for name, _count in members.hamlets(current_book)
    ]
    form.officer.choices = [("", _("Everybody")), *officers()]
    good = form.validate()
    on = form.on.data if good and form.on.data else today()
    return on, (form.hamlet.data or None), (form.officer.data or None)


@bp.get("/loans/due")
def due() -> ResponseReturnValue:
    """Show what is due by a day, hamlet by hamlet."""
    return _due(MakeForm())


def _due(making: MakeForm) -> ResponseReturnValue:
    form = DueFilter(request.args)
    on, hamlet, officer = _asked(form)
    facts = due_list_of(current_book, on, hamlet=hamlet, officer=officer)
    page = render_template(
        "rounds/due.html",
        form=form,
        making=making,
        on=on,
        facts=facts,
        shown=replace(facts, hamlets=_first(facts.hamlets)),
        asked=request.args,
    )
    return page, 422 if making.refusals else 200


@bp.post("/loans/lists")
def making() -> ResponseReturnValue:
    """Keep what is due as lists, to be taken along."""
    form = MakeForm()
    if form.validate_on_submit():
        on, hamlet, officer = _asked(DueFilter(request.args))
        with form.showing_refusals():
            made = once(
                *(form, rounds.make_lists, on),
                on=today(),
                hamlet=hamlet,
                officer=officer,
            )
            if len(made) == 1:
                return redirect(url_for(".page", number=made[0].number))
            return redirect(url_for(".desk"))
    return _due(form)


def _first(hamlets: Sequence[DueHamlet]) -> tuple[DueHamlet, ...]:
    """Return as many rows as a page holds; the lists that are made hold all."""
    left, found = SHOWN, []
    for each in hamlets:
        if left > 0:
            found.append(DueHamlet(each.name, each.rows[:left]))
            left -= len(each.rows)
    return tuple(found)


@bp.get("/loans/lists")
def desk() -> ResponseReturnValue:
    """Show the lists that were made, and what became of each."""
    before = asked_number("before")
    found = rounds.due_lists(current_book, before=before, limit=PAGE + 1)
    rows = [(kept, rounds.round_of(current_book, kept)) for kept in found[:PAGE]]
    return render_template(
        "rounds/desk.html", rows=rows, more=len(found) > PAGE, before=before
    )


@bp.get("/loans/lists/<int:number>")
def page(number: int) -> ResponseReturnValue:
    """Show a list as it was made, and what came back of it."""
    kept = rounds.due_list(current_book, number)
    done = rounds.round_of(current_book, kept)
    entry = ledger.entry(current_book, done.entry_number) if done else None
    paid: dict[int, Money] = {}
    for line in entry.lines if entry else ():
        if line.loan_number:
            paid[line.loan_number] = paid.get(line.loan_number, Money(0)) + line.credit
    return render_template(
        "rounds/page.html",
        kept=kept,
        facts=kept_list_of(current_book, kept),
        doubles={} if done else rounds.also_out(current_book, kept),
        done=done,
        entry=entry,
        paid=paid,
    )


@bp.get("/loans/lists/<int:number>.pdf")
def paper(number: int) -> Response:
    """Hand out a list on paper, with boxes to write in."""
    facts = kept_list_of(current_book, rounds.due_list(current_book, number))
    return pdf(due_list_pdf(facts, printed()), facts.serial)


@bp.route("/loans/lists/<int:number>/keying", methods=["GET", "POST"])
def keying(number: int) -> ResponseReturnValue:
    """Key in what came back of a list; it has to add up to the total on the paper."""
    kept = rounds.due_list(current_book, number)
    form = KeyingForm(
        rounds.rows_of(current_book, kept),
        on=today(),
        collector=kept.officer or current_user.full_name,
    )
    outcome = None
    if form.validate_on_submit():
        paid = {one.loan.number: one.amount() for one in form.rows}
        form.refusals += [
            f"{one.loan.member.name}: {sentence}"
            for one in form.rows
            for sentence in one.wrong
        ][:TOLD]
        if not form.refusals:
            count = sum(1 for amount in paid.values() if amount)
            outcome = put(
                form,
                rounds.key_in,
                kept,
                paid,
                on=form.on.data,
                control=form.control.data,
                collector=form.collector.data or "",
                where=rounds.FIELD if form.place.data == "field" else rounds.DRAWER,
                amount_shown=form.control.data,
                sentence=ngettext(
                    "%(num)s loan of list %(number)s is paid, %(sum)s in all, as the"
                    " paper says.",
                    "%(num)s loans of list %(number)s are paid, %(sum)s in all, as the"
                    " paper says.",
                    count,
                    number=number,
                    sum=rupiah(form.control.data),
                ),
            )
    if isinstance(outcome, Done):
        flash(_("The list is keyed in."))
        return redirect(url_for(".page", number=number))
    if isinstance(outcome, Preview):
        outcome.lines[:] = by_account(outcome.lines)
    made = render_template(
        "rounds/keying.html",
        form=form,
        kept=kept,
        preview=outcome,
        doubles=rounds.also_out(current_book, kept),
        due=total(one.row.due for one in form.rows),
    )
    return made, 422 if form.errors or form.refusals else 200


def looked_after_by(loan: loans.Loan) -> str:
    """Return the name of who looks after a loan."""
    name = loans.officer_of(current_book, loan)
    return next((full for login, full in officers() if login == name), name)
