"""Write a loan off, see what is claimed on it, take money on it, give it up."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import baddebts, decisions, ledger, loans, savings
from coopbook.baddebts import ClaimWaiver
from coopbook.decisions import DecisionBody
from coopbook.ledger.rules import Draft
from coopbook.loans import Loan, LoanState
from coopbook.savings import SavingsAccount
from webui.acts import Act, Trail, answer
from webui.claims import bp
from webui.claims.forms import (
    CHANNELS,
    ClaimWaiverForm,
    RecoveryForm,
    ToldForm,
    WriteOffForm,
)
from webui.desk import Done, current_book, put, today
from webui.wording import label, rupiah

WORKING = (DecisionBody.BOARD, DecisionBody.MEMBERS)
RECENT = 50


def trail_of(loan: Loan, here: str) -> Trail:
    """Return the way to a page about a loan."""
    return [
        (_("Loans"), url_for("credit.desk")),
        (
            _("Loan %(number)s", number=loan.number),
            url_for("credit.loan", number=loan.number),
        ),
        (here, None),
    ]


def decided(bodies: Any, since: date | None = None) -> list[tuple[int, str]]:
    """Return the newest decisions of some bodies from a day on, to choose from."""
    return [
        (row.number, f"{row.label} · {row.title}")
        for row in decisions.decisions(current_book, limit=RECENT)
        if row.body in bodies and (since is None or row.decided_on >= since)
    ]


def _journal(lines: tuple[Draft, ...]) -> list[dict[str, Any]]:
    """Return the lines of an entry that is not posted, as the page shows them."""
    return [
        {
            "account": label(ledger.account(current_book, line.account)),
            "card": line.card or None,
            "debit": line.debit,
            "credit": line.credit,
        }
        for line in lines
    ]


@bp.route("/loans/<int:number>/write-off", methods=["GET", "POST"])
def writing_off(number: int) -> ResponseReturnValue:
    """Show what is missing before a loan can be written off; ask a second person."""
    loan = loans.loan(current_book, number)
    if loan.state is LoanState.WRITTEN_OFF:
        return redirect(url_for(".page", number=number))
    form, outcome, proposed = WriteOffForm(on=today()), None, None
    on: date = form.on.data or today()
    form.decision.choices = decided(WORKING)
    with form.showing_refusals():
        proposed = baddebts.propose_write_off(current_book, loan, on)
        since = baddebts.first_late_of(proposed.assessed, on)
        form.decision.choices = decided(WORKING, since)
    if form.validate_on_submit() and proposed is not None:
        outcome = put(
            form,
            baddebts.ask_write_off,
            loan,
            on=on,
            decision_number=form.decision.data,
            reason=form.reason.data or "",
            amount_shown=proposed.principal,
            sentence=_(
                "Loan %(number)s leaves the books with %(principal)s; %(claim)s stays"
                " claimed. It is done once a manager or a supervisor agrees.",
                number=number,
                principal=rupiah(proposed.principal),
                claim=rupiah(proposed.claim),
            ),
        )
    if isinstance(outcome, Done):
        flash(_("It waits for a second person."))
        return redirect(url_for("credit.loan", number=number))
    page = render_template(
        "claims/writing_off.html",
        form=form,
        loan=loan,
        member=loan.member,
        proposed=proposed,
        lines=_journal(proposed.lines) if proposed else [],
        preview=outcome,
        trail=trail_of(loan, _("Write off")),
    )
    return page, 422 if form.errors or form.refusals else 200


@bp.get("/loans/<int:number>/claim")
def page(number: int) -> ResponseReturnValue:
    """Show what is claimed of a written-off loan, what came in, what was waived."""
    loan = loans.loan(current_book, number)
    claim = baddebts.claim(current_book, loan)
    numbers = [row.entry_number for row in (*claim.recoveries, *claim.waivers)]
    numbers.append(claim.write_off.entry_number)
    return render_template(
        "claims/page.html",
        loan=loan,
        member=loan.member,
        claim=claim,
        decision=decisions.decision(current_book, claim.write_off.decision_number),
        vouchers={
            each: ledger.entry(current_book, each).voucher for each in sorted(numbers)
        },
        trail=trail_of(loan, _("Claim")),
    )


def _own(loan: Loan) -> list[SavingsAccount]:
    """Return the savings of a borrower out of which a claim can be paid."""
    return [
        one.account
        for one in savings.accounts_of(current_book, loan.member, on=today())
        if one.account.product.withdrawable and one.account.closed_on is None
    ]


@bp.route("/loans/<int:number>/recovery", methods=["GET", "POST"])
def recovery(number: int) -> ResponseReturnValue:
    """Take money on a written-off loan."""
    loan = loans.loan(current_book, number)
    left = baddebts.claim(current_book, loan).left
    form, outcome = RecoveryForm(on=today()), None
    own = {str(each.number): each for each in _own(loan)}
    form.source.choices = [
        ("cash", _("In cash")),
        ("bank", _("By bank transfer")),
        *((key, f"{label(one.product)} {key}") for key, one in own.items()),
    ]
    if form.validate_on_submit():
        amount, source = form.amount.data, form.source.data
        outcome = put(
            form,
            baddebts.recover,
            loan,
            amount,
            on=form.on.data,
            channel=CHANNELS.get(source, CHANNELS["cash"]),
            payer=form.payer.data or "",
            reference=form.reference.data or "",
            account=own.get(source),
            amount_shown=amount,
            sentence=_(
                "%(amount)s comes in on loan %(number)s, which was written off;"
                " %(left)s is still claimed then.",
                amount=rupiah(amount),
                number=number,
                left=rupiah(max(left.total - amount, left.total - left.total)),
            ),
        )
    if isinstance(outcome, Done):
        return redirect(url_for("counter.receipt", number=outcome.result.number))
    act = Act(
        _("Money on a written-off loan"),
        _("Post"),
        url_for(".page", number=number),
        trail_of(loan, _("Recovery")),
        lead=_(
            "%(name)s still owes %(left)s.",
            name=loan.member.name,
            left=rupiah(left.total),
        ),
    )
    return answer(form, outcome, act, "")


@bp.route("/loans/<int:number>/claim/waiver", methods=["GET", "POST"])
def waiving(number: int) -> ResponseReturnValue:
    """Ask a second person to give a claim up, by a decision."""
    loan = loans.loan(current_book, number)
    found = baddebts.claim(current_book, loan)
    left, since = found.left, found.write_off.written_off_on
    form, outcome = ClaimWaiverForm(on=today()), None
    form.decision.choices = decided(baddebts.bodies_on(current_book, today()), since)
    if form.validate_on_submit():
        outcome = put(
            form,
            baddebts.ask_waiver,
            loan,
            form.amount.data,
            on=form.on.data,
            decision_number=form.decision.data,
            reason=form.reason.data or "",
            amount_shown=form.amount.data,
            sentence=_(
                "%(amount)s of loan %(number)s is not asked any more, once a manager or"
                " a supervisor agrees.",
                amount=rupiah(form.amount.data),
                number=number,
            ),
        )
    act = Act(
        _("Waive a claim"),
        _("Ask a second person"),
        url_for(".page", number=number),
        trail_of(loan, _("Waive a claim")),
        lead=_(
            "Still claimed: %(left)s. Penalty is given up first, then interest,"
            " principal last. Enter the decision under Decisions before.",
            left=rupiah(left.total),
        ),
        stop=True,
    )
    return answer(form, outcome, act, "")


@bp.route("/loans/<int:number>/claim/<int:item>/told", methods=["GET", "POST"])
def telling(number: int, item: int) -> ResponseReturnValue:
    """Write down that the borrower knows of a waiver; it is final from then on."""
    loan = loans.loan(current_book, number)
    row = current_book.get(ClaimWaiver, item)
    if row is None or row.loan_number != number:
        abort(404)
    form, outcome = ToldForm(on=today()), None
    if form.validate_on_submit():
        outcome = put(
            form,
            baddebts.tell_waiver,
            row,
            on=form.on.data,
            sentence=_(
                "%(name)s was told that %(amount)s is waived. From now on it is not"
                " taken back.",
                name=loan.member.name,
                amount=rupiah(row.total),
            ),
        )
    act = Act(
        _("The borrower was told"),
        _("Write it down"),
        url_for(".page", number=number),
        trail_of(loan, _("Told")),
    )
    return answer(form, outcome, act, _("It is written down."))
