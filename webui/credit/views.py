"""Simulate, apply, follow and pay out loans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import (
    appraisal,
    groups,
    ledger,
    loans,
    members,
    security,
)
from coopbook.loans import LoanState, Wish
from coopbook.loans.model import ChangeKind
from coopbook.loans.rates import cost
from coopbook.members import MemberStatus
from coopbook.money import Money
from webui.arrears import lent
from webui.credit import bp, showing
from webui.credit.forms import ApplicationForm, DisbursementForm, SimulationForm
from webui.desk import (
    Done,
    Preview,
    current_book,
    put,
    schedule_seen,
    seen_on,
    today,
    total,
)
from webui.parts import sector_name
from webui.policy import asked_number, may
from webui.rounds.views import looked_after_by
from webui.wording import label, percent, rate, rupiah

PAGE = 20
WRITTEN_OFF_FROM = 90
"""Days late from which writing off is offered; the conditions decide, not this."""

MONEY = 2
"""How many of the acts of a loan move its money: paid out, paid in."""


@bp.get("/loans")
def desk() -> ResponseReturnValue:
    """List the loans in one state, with how each stands."""
    asked = request.args.get("state", "disbursed")
    state = asked if asked in set(LoanState) else "disbursed"
    before = asked_number("before")
    found = loans.loans(current_book, LoanState(state), before=before, limit=PAGE + 1)
    rows = [
        (
            loan,
            members.member(current_book, loan.member_number),
            loans.standing(current_book, loan, today()),
        )
        for loan in found[:PAGE]
    ]
    return render_template(
        "credit/desk.html",
        rows=rows,
        state=state,
        states=list(LoanState),
        more=len(found) > PAGE,
        before=before,
        lent=lent(current_book, today())
        if state == "disbursed" and before is None and may("baddebts.listed")
        else None,
    )


def quote(
    product: loans.LoanProduct,
    amount: Money,
    term: int,
    on: date,
    first_due: date | None = None,
    dates: Sequence[date] = (),
) -> loans.Schedule:
    """Return the schedule of a loan that does not exist."""
    terms = loans.product_terms(product, term)
    if dates:
        terms = replace(terms, dates=tuple(dates), periods=len(dates))
    if first_due is not None:
        terms = replace(terms, first_due=first_due)
    return loans.schedule(terms, amount, on)


def _choices() -> list[tuple[str, str]]:
    return [(p.code, label(p)) for p in loans.products(current_book)]


@bp.route("/loans/simulation", methods=["GET", "POST"])
def simulation() -> ResponseReturnValue:
    """Show what a loan would cost; nothing is posted."""
    form, schedule, product, costs = SimulationForm(), None, None, ""
    form.product.choices = _choices()
    if form.validate_on_submit():
        with form.showing_refusals():
            product = loans.product(current_book, form.product.data)
            schedule = quote(product, form.amount.data, form.term.data, today())
            costs = _costs(product, form.amount.data, form.term.data, schedule)
    return render_template(
        "credit/simulation.html",
        form=form,
        schedule=schedule,
        product=product,
        costs=costs,
    )


def _costs(
    product: loans.LoanProduct, amount: Money, term: int, plan: loans.Schedule
) -> str:
    """Say what a loan really costs a year, its fees included."""
    fees = product.origination_fee_rate.of(amount) + product.admin_fee
    if fees >= amount:
        return ""
    found = cost(loans.product_terms(product, term), amount - fees, plan, today())
    return _(
        "Nominal %(nominal)s a year. With the fees of %(fees)s it really costs"
        " %(twelve)s a year, compounded %(compounded)s.",
        nominal=percent(float(found.nominal)),
        fees=rupiah(fees),
        twelve=percent(found.twelvefold),
        compounded=percent(found.compounded),
    )


@bp.route("/members/<int:number>/loans/new", methods=["GET", "POST"])
def application(number: int) -> ResponseReturnValue:
    """Write down what a member asks for; somebody else approves it."""
    member = members.member(current_book, number)
    form, outcome, schedule = ApplicationForm(on=today(), joint=True), None, None
    form.product.choices = _choices()
    group = groups.group_of(current_book, member)
    if group is None:
        del form.joint
    if form.validate_on_submit():
        product, amount = (
            loans.product(current_book, form.product.data),
            form.amount.data,
        )
        joint = group is not None and form.joint.data
        outcome = put(
            form,
            groups.apply_for if joint else loans.apply,
            *([group] if joint else []),
            member,
            product,
            amount,
            term=form.term.data,
            purpose=form.purpose.data,
            sector=loans.Sector(form.sector.data) if form.sector.data else None,
            on=form.on.data,
            first_due=form.first_due.data,
            dates=form.dates.data or (),
            decision=form.decision.data,
            amount_shown=amount,
            sentence=_(
                "%(name)s asks for %(amount)s over %(term)s months. Another person "
                "approves it before it can be paid out.",
                name=member.name,
                amount=rupiah(amount),
                term=form.term.data,
            )
            + (
                " " + _("The group %(name)s answers for it.", name=group.name)
                if group is not None and joint
                else ""
            ),
        )
        if isinstance(outcome, Preview):
            schedule = quote(
                *(product, amount, form.term.data, form.on.data, form.first_due.data),
                dates=form.dates.data or (),
            )
    if isinstance(outcome, Done):
        flash(_("Loan %(number)s waits for approval.", number=outcome.result.number))
        return redirect(url_for(".loan", number=outcome.result.number))
    page = render_template(
        "credit/application.html",
        form=form,
        member=member,
        group=group,
        preview=outcome,
        schedule=schedule,
    )
    return page, 422 if form.errors or form.refusals else 200


def loan_page(number: int) -> dict[str, Any]:
    """Return a loan with how it stands and what was paid."""
    loan = loans.loan(current_book, number)
    return {
        "loan": loan,
        "member": members.member(current_book, loan.member_number),
        "product": loans.product(current_book, loan.product_code),
        "standing": loans.standing(current_book, loan, seen_on(loan)),
        "payments": loans.payments(current_book, loan),
        "schedule": schedule_seen(loan),
        "ends": loans.payoff(current_book, loan, today()),
        "in_terms": showing.in_terms(loan),
        "sector": sector_name(loan.sector),
        "officer": looked_after_by(loan),
        "group": groups.group_behind(current_book, loan),
        "cover": security.cover_of(current_book, loan, today()),
        "capacity": appraisal.capacity_of(current_book, loan),
        "quotations": [
            (row, loans.still_good(current_book, loan, row, today()))
            for row in loans.quotations(current_book, loan)[-3:]
        ],
        "papers": showing.papers(loan),
        "class_of": showing.class_of(loan),
        "judged": showing.judgements(loan),
        "changed": _changed(loan),
    }


def _changed(loan: loans.Loan) -> list[tuple[date, str]]:
    """Say what changed a loan beside payments, and what was allocated again."""
    found = []
    for row in loans.changes_of(current_book, loan):
        if row.kind is ChangeKind.RATE and row.rate is not None:
            said = _("New rate %(rate)s", rate=rate(row.rate))
        elif row.kind is ChangeKind.TRANCHE and row.amount is not None:
            said = _("%(sum)s more paid out", sum=rupiah(row.amount))
        elif row.kind is ChangeKind.WAIVER and row.amount is not None:
            said = _("%(sum)s of penalty waived", sum=rupiah(row.amount))
        else:
            said = _(loans.WISH_NAMES[Wish(row.kind.value)])
        found.append((row.changed_on, f"{said}. {row.reason}".strip()))
    for one in loans.corrections_of(current_book, loan):
        entries = [
            ledger.entry(current_book, number)
            for number in (one.entry_number, one.payment_number, one.cause_number)
        ]
        said = _(
            "%(payment)s allocated again because of %(cause)s: %(voucher)s",
            payment=entries[1].voucher,
            cause=entries[2].voucher,
            voucher=entries[0].voucher,
        )
        found.append((entries[0].booked_on, said))
    return sorted(found, key=lambda each: each[0])


@bp.get("/loans/<int:number>")
def loan(number: int) -> ResponseReturnValue:
    """Show a loan: its strip, what is due, its schedule and its payments."""
    shown = loan_page(number)
    fined = any(each.penalty for each in shown["standing"].strip)
    acts = _acts(shown["loan"], fined=fined)
    # Only money that goes out or comes in is the main thing to do with a loan.
    first = next((place for place, act in enumerate(acts[:MONEY]) if act[1]), None)
    first = first if may("credit.disbursement") else None
    return render_template("credit/loan.html", acts=acts, first_act=first, **shown)


def _acts(loan: loans.Loan, *, fined: bool) -> list[tuple[str, str | None, str]]:
    """Return what can be done with a loan now, and why the rest cannot."""
    pay_out = repay = ""
    if loan.state is not LoanState.APPROVED:
        pay_out = {
            LoanState.APPLIED: _("It waits for approval."),
            LoanState.DISBURSED: _("It is paid out."),
        }.get(loan.state, _("It is closed."))
    if loan.state is not LoanState.DISBURSED:
        repay = _("It is not running.")
    found = []
    if may("credit.disbursement"):
        found.append(
            (
                _("Pay out"),
                None if pay_out else url_for(".disbursement", number=loan.number),
                pay_out,
            )
        )
    if may("counter.installment"):
        to = url_for("counter.installment", number=loan.member_number, loan=loan.number)
        found.append((_("Take in an installment"), None if repay else to, repay))
    if may("counter.installment") and not repay:
        to = url_for(
            "counter.installment",
            number=loan.member_number,
            loan=loan.number,
            wish=Wish.SETTLE.value,
        )
        found.append((_("End the loan"), to, ""))
    lent = loan.state in (LoanState.DISBURSED, LoanState.WRITTEN_OFF)
    if may("dunning.page") and lent:
        to = url_for("dunning.page", number=loan.number)
        found.append((_("Collecting"), to, ""))
    for endpoint, word in (
        ("credit.waiver", _("Waive a penalty")),
        ("credit.rate", _("Another rate")),
        ("credit.replacement", _("Restructure or refinance")),
    ):
        if may(endpoint) and not repay and (fined or endpoint != "credit.waiver"):
            found.append((word, url_for(endpoint, number=loan.number), ""))
    if may("credit.tranche") and loan.state is LoanState.DISBURSED:
        if loans.undrawn(current_book, loan).units:
            to = url_for(".tranche", number=loan.number)
            found.append((_("Pay out more"), to, ""))
        if loans.replay_of(current_book, loan, today()).held > 0:
            to = url_for(".giving_back", number=loan.number)
            found.append((_("Give held money back"), to, ""))
    if may("credit.quoting") and loan.state is LoanState.DISBURSED:
        found.append((_("Quote the end"), url_for(".quoting", number=loan.number), ""))
    if may("claims.writing_off") and loan.state is LoanState.DISBURSED:
        late = loans.standing(current_book, loan, today()).days_past_due
        if late >= WRITTEN_OFF_FROM:
            found.append(
                (_("Write off"), url_for("claims.writing_off", number=loan.number), "")
            )
    found += showing.judging_acts(loan)
    if may("claims.recovery") and loan.state is LoanState.WRITTEN_OFF:
        to = url_for("claims.recovery", number=loan.number)
        found.append((_("Money on a written-off loan"), to, ""))
    dead = loan.member.status is MemberStatus.DECEASED
    if may("claims.relief") and dead and loan.state is LoanState.DISBURSED:
        to = url_for("claims.relief", number=loan.number)
        found.append((_("Insurance pays"), to, ""))
    if may("orders.of_loan") and loan.state is LoanState.DISBURSED:
        to = url_for("orders.of_loan", number=loan.number)
        found.append((_("Standing order"), to, ""))
    return found


@bp.route("/loans/<int:number>/disbursement", methods=["GET", "POST"])
def disbursement(number: int) -> ResponseReturnValue:
    """Pay out an approved loan, fees deducted."""
    loan = loans.loan(current_book, number)
    member = members.member(current_book, loan.member_number)
    form, outcome = DisbursementForm(on=today()), None
    fees = [
        (label(ledger.account(current_book, account)), fee)
        for _name, account, fee in loans.fees_of(loan)
    ]
    paid_out = loans.paid_out(loan)
    if loan.replaces is not None:
        old = loans.loan(current_book, loan.replaces)
        ends = loans.to_date(current_book, old, today()).total
        fees.append((_("Ends loan %(number)s", number=old.number), ends))
        paid_out = max(paid_out - ends, Money(0))
    if form.validate_on_submit():
        outcome = put(
            form,
            loans.disburse,
            loan,
            on=form.on.data,
            amount_shown=paid_out,
            sentence=_(
                "%(name)s gets %(paid)s in cash and owes %(principal)s; "
                "%(fees)s is kept back.",
                name=member.name,
                paid=rupiah(paid_out),
                principal=rupiah(loan.principal),
                fees=rupiah(total(fee for _label, fee in fees)),
            ),
        )
    if isinstance(outcome, Done):
        return redirect(url_for("counter.receipt", number=outcome.result.number))
    page = render_template(
        "credit/disbursement.html",
        form=form,
        loan=loan,
        member=member,
        fees=fees,
        paid_out=paid_out,
        preview=outcome,
    )
    return page, 422 if form.errors or form.refusals else 200
