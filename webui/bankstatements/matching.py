"""Match the bank's lines with the book's, and post what the book lacks."""

from __future__ import annotations

import re
from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from coopbook import bankstatements, ledger
from coopbook.bankstatements import How
from coopbook.book import Book
from coopbook.ledger import Account
from coopbook.ledger.templates import BANKS, CASH
from coopbook.money import ZERO
from webui.acts import Act, Trail, answer
from webui.bankstatements import bp
from webui.bankstatements.forms import LineForm, ProposalsForm, UndoForm
from webui.desk import current_book, once, put, today
from webui.forms import OnceForm
from webui.wording import day, label, rupiah

Key = tuple[int, int]
MOST = 400
"""Lines that are matched by one press."""


def named(number: int) -> Account:
    """Return a bank account of an address, or say that there is none."""
    if not bankstatements.is_bank(number):
        abort(404)
    return bankstatements.bank_account(current_book, number)


def trail(account: Account, here: str) -> Trail:
    """Return the way to a page about a bank account."""
    return [
        (_("Bank"), url_for("bankstatements.desk")),
        (label(account), url_for("bankstatements.work", number=account.number)),
        (here, None),
    ]


@bp.post("/bank/<int:number>/accepted")
def accepting(number: int) -> ResponseReturnValue:
    """Accept one proposal, or all that are sure."""
    account, form = named(number), ProposalsForm()
    one = request.form.get("one", "")
    if form.validate_on_submit():
        only = [int(one)] if re.fullmatch(r"[0-9]{1,5}", one) else None
        with form.showing_refusals():
            asked: dict[str, Any] = {"on": today(), "only": only}
            seal = form.seal.data or ""
            done = once(form, accept, account.number, seal, **asked)
            flash(
                ngettext(
                    "%(num)s match was accepted.",
                    "%(num)s matches were accepted.",
                    int(done),
                )
            )
    return _back(form, number)


accept = bankstatements.accept


@bp.post("/bank/<int:number>/matched")
def matching(number: int) -> ResponseReturnValue:
    """Match lines that a person chose on both sides."""
    account, form = named(number), OnceForm()
    if form.validate_on_submit():
        bank, lines = chosen("bank"), chosen("line")
        with form.showing_refusals():
            if request.form.get("before"):
                once(form, said_before, account.number, lines, on=today())
                flash(_("They were outstanding when the statements began."))
            else:
                once(form, matched, account.number, bank, lines, on=today())
                flash(_("They belong together."))
    return _back(form, number)


def matched(book: Book, account: int, bank: Any, lines: Any, **about: Any) -> object:
    """Match lines that are given as pairs of numbers."""
    ours, theirs = [(a, b) for a, b in lines], [(a, b) for a, b in bank]
    return bankstatements.match(book, account, theirs, ours, **about)


def said_before(book: Book, account: int, lines: Any, **about: Any) -> object:
    """Say of lines, given as pairs of numbers, that they were outstanding before."""
    ours = [(a, b) for a, b in lines]
    return bankstatements.outstanding_before(book, account, ours, **about)


def chosen(name: str) -> list[Key]:
    """Return the lines that were ticked, like ``3-12``."""
    found = []
    for said in request.form.getlist(name)[:MOST]:
        pair = re.fullmatch(r"([0-9]{1,15})-([0-9]{1,15})", said)
        if pair is None:
            abort(400)
        found.append((int(pair[1]), int(pair[2])))
    return found


def _back(form: OnceForm, number: int) -> ResponseReturnValue:
    for sentence in form.refusals:
        flash(sentence, "late")
    return redirect(url_for(".work", number=number))


@bp.route("/bank/statements/<int:number>/lines/<int:item>", methods=["GET", "POST"])
def posting(number: int, item: int) -> ResponseReturnValue:
    """Post a line of the bank that the book lacks; it is its own match."""
    of = bankstatements.statement(current_book, number)
    row = bankstatements.bank_line(current_book, number, item)
    account, outcome = named(of.account_number), None
    guess = bankstatements.likely(row.words, row.amount)
    form = LineForm(on=row.day, memo=row.words, against=guess)
    known = {one.number: one for one in ledger.accounts(current_book, archived=False)}
    form.against.choices = [
        (one, _way(known[one], incoming=row.amount > ZERO))
        for one in bankstatements.choices(account.number, row.amount)
        if one in known
    ]
    if row.amount < ZERO:
        del form.tax
    if form.validate_on_submit():
        form.dated = form.on.data != row.day
        outcome = put(
            form,
            bankstatements.post_line,
            number,
            item,
            form.against.data,
            on=form.on.data,
            today=today(),
            tax=(form.tax.data if "tax" in form else None) or ZERO,
            memo=form.memo.data or "",
            amount_shown=abs(row.amount),
            sentence=_(
                "%(words)s, %(amount)s, and it is matched with the bank's line.",
                words=form.memo.data,
                amount=rupiah(abs(row.amount)),
            ),
        )
    came = _("came in") if row.amount > ZERO else _("went out")
    act = Act(
        _("Post a line of the bank"),
        _("Post"),
        url_for(".work", number=account.number),
        trail(account, _("Post")),
        lead=_(
            "On %(day)s %(amount)s %(came)s: %(words)s.",
            day=day(row.day),
            words=row.words,
            amount=rupiah(abs(row.amount)),
            came=came,
        ),
        helps={"tax": _("Only for interest: what came in is after this tax.")},
    )
    return answer(form, outcome, act, _("Posted and matched."))


def _way(account: Account, *, incoming: bool) -> str:
    """Say in everyday words what a line posted against an account is."""
    name = label(account)
    if account.number in CASH or account.number in BANKS:
        words = _("Moved from %(name)s") if incoming else _("Moved to %(name)s")
        return words % {"name": name}
    return f"{name} ({account.code})"


@bp.route("/bank/matches/<int:number>/undo", methods=["GET", "POST"])
def undoing(number: int) -> ResponseReturnValue:
    """Undo a match; what was posted stays posted."""
    row = current_book.get(bankstatements.BankMatch, number)
    if row is None:
        abort(404)
    account, form, outcome = named(row.account_number), UndoForm(), None
    if form.validate_on_submit():
        outcome = put(
            form,
            bankstatements.undo,
            number,
            on=today(),
            reason=form.reason.data or "",
            sentence=_("The lines of match %(number)s are free again.", number=number),
        )
    posted = _("The voucher stays; reverse it if it is wrong.")
    act = Act(
        _("Undo match %(number)s", number=number),
        _("Undo"),
        url_for(".work", number=account.number),
        trail(account, _("Undo")),
        lead=posted if row.how is How.POSTED else "",
        stop=True,
    )
    return answer(form, outcome, act, _("Undone."))
