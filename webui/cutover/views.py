"""From the old books to these: what is in, what differs, who signs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from coopbook import ledger, people
from coopbook.cutover import CutOverView, ask_sign_off, cut_over_day, view
from coopbook.cutover.queries import NO_LOANS, NO_MEMBERS, NO_TRIAL_BALANCE
from coopbook.cutover.record import record_pdf, signatures
from coopbook.errors import Missing
from coopbook.i18n import N_
from coopbook.importing import ImportBatch, Kind
from coopbook.members.queries import last_number
from webui.cutover import bp
from webui.desk import cooperative, current_book, once, total
from webui.forms import OnceForm
from webui.importing.views import kind_name
from webui.policy import asked_number
from webui.wording import Unreadable, language, read_date

SHOWN, EACH, IMPORTS = 12, 50, 12


@dataclass(frozen=True, slots=True)
class Step:
    """Something to bring over: what it is, what is in of it, whether it is enough."""

    title: str
    help: str
    kinds: tuple[Kind, ...]
    imports: tuple[ImportBatch, ...]
    state: str
    words: str = ""


STEPS = (
    (
        N_("Members"),
        N_("The list of members, if they are not in the register yet."),
        (Kind.MEMBERS,),
        None,
    ),
    (
        N_("Accounts"),
        N_("Only accounts the standard chart does not have."),
        (Kind.ACCOUNTS,),
        None,
    ),
    (
        N_("What each member holds"),
        N_("Shares and voluntary savings of every member on the last day."),
        (Kind.MEMBER_BALANCES, Kind.CARDS, Kind.SAVINGS),
        NO_MEMBERS,
    ),
    (
        N_("Loans that still run"),
        N_("What is left of every loan, and on what terms."),
        (Kind.OLD_LOANS, Kind.LOANS),
        NO_LOANS,
    ),
    (
        N_("The old trial balance"),
        N_("Every account of the old books on the last day, for comparison."),
        (Kind.TRIAL_BALANCE,),
        NO_TRIAL_BALANCE,
    ),
)


def _day() -> date:
    """Return the day asked for in the address, or the one the book knows."""
    asked = request.values.get("on", "")
    try:
        return read_date(asked) if asked else cut_over_day(current_book)
    except Unreadable:
        return cut_over_day(current_book)


@bp.get("/cutover")
def page() -> ResponseReturnValue:
    """Show what is in, what is missing, what differs, and who signed."""
    return _shown(OnceForm(formdata=None), _day())


def _shown(form: OnceForm, on: date) -> ResponseReturnValue:
    seen = view(current_book, on)
    lines = sorted(seen.lines, key=lambda line: not line.difference)
    answer = render_template(
        "cutover/page.html",
        form=form,
        on=on,
        seen=seen,
        steps=_steps(seen),
        lines=lines[:SHOWN],
        imports=seen.batches[-IMPORTS:],
        old=total(line.old for line in seen.lines),
        ours=total(line.ours for line in seen.lines),
        signers=[_name(name) for name in _signed_by(seen)],
        first_signer=_name(seen.waiting.made_by) if seen.waiting else "",
        kind_name=kind_name,
        suspense=[
            row for row in ledger.suspense(current_book, on) if row.debit or row.credit
        ],
    )
    return answer, 422 if form.refusals or form.errors else 200


def _steps(seen: CutOverView) -> list[Step]:
    there = {
        Kind.MEMBERS: _registered(),
        Kind.ACCOUNTS: _("%(count)s accounts are in the chart.", count=_accounts()),
    }
    found = []
    for title, help_, kinds, lacking in STEPS:
        own = tuple(one for one in seen.batches if one.kind in kinds)
        words = there.get(kinds[0], "")
        state = "in" if own or words else "open"
        if lacking in seen.missing:
            state = "missing"
        found.append(Step(_(title), _(help_), kinds, own, state, words))
    return found


def _registered() -> str:
    number = last_number(current_book)
    if not number:
        return ""
    return ngettext(
        "%(num)s member is in the register.",
        "%(num)s members are in the register.",
        number,
    )


def _accounts() -> int:
    return len(ledger.accounts(current_book, archived=False))


def _signed_by(seen: CutOverView) -> tuple[str, ...]:
    return (seen.signed.first, seen.signed.second) if seen.signed else ()


def _name(name: str) -> str:
    try:
        return people.user(current_book, name).full_name
    except Missing:
        return name


@bp.get("/cutover/lines")
def lines() -> ResponseReturnValue:
    """Show every account of the comparison, so many at a time."""
    on, first = _day(), asked_number("from", 1) or 1
    seen = view(current_book, on)
    return render_template(
        "cutover/lines.html",
        on=on,
        lines=seen.lines[first - 1 : first - 1 + EACH],
        first=first,
        each=EACH,
        count=len(seen.lines),
    )


@bp.post("/cutover/sign-off")
def signing() -> ResponseReturnValue:
    """Sign as the first of two; a second person decides in the inbox."""
    form, on = OnceForm(), _day()
    if form.validate_on_submit():
        with form.showing_refusals():
            asked = once(form, ask_sign_off, on)
            flash(
                _(
                    "You have signed. Request %(number)s waits for a second person.",
                    number=asked.number,
                )
            )
            return redirect(url_for(".page", on=on.isoformat()))
    return _shown(form, on)


@bp.get("/cutover/record")
def record() -> Response:
    """Hand out the record of the cut-over as a PDF."""
    on = _day()
    seen = view(current_book, on)
    signed = signatures(current_book, seen)
    made = record_pdf(seen, cooperative(), language(), signed)
    response = Response(made, mimetype="application/pdf")
    name = f"{_('cut-over')}-{on.isoformat()}.pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
