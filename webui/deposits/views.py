"""Open a term deposit, look at it, end it."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import deposits, members, savings
from coopbook.deposits import DepositState, Pays, Rollover
from coopbook.savings import Channel
from webui.deposits import bp
from webui.deposits.forms import (
    DepositForm,
    EndForm,
    PledgeForm,
    WishesForm,
    WorkForm,
)
from webui.desk import Done, current_book, once, put, today
from webui.policy import asked_number, may
from webui.watching import watch
from webui.wording import day, label, rupiah

PAGE = 25


@bp.get("/deposits")
def desk() -> ResponseReturnValue:
    """List the deposits that run, those that are mature first said."""
    after = asked_number("after", 0) or 0
    found = deposits.running(current_book, after=after, limit=PAGE + 1)
    return render_template(
        "deposits/desk.html",
        deposits=found[:PAGE],
        more=len(found) > PAGE,
        mature=deposits.running(current_book, matures_by=today()),
        after=after,
    )


@bp.route("/deposits/work", methods=["GET", "POST"])
def work() -> ResponseReturnValue:
    """Accrue, pay monthly interest, and end what is mature, for every deposit."""
    form, outcome = WorkForm(), None
    if form.validate_on_submit():
        outcome = put(
            form,
            deposits.work,
            today(),
            sentence=lambda done: _(
                "%(matured)s mature deposits are paid or tied again, monthly interest "
                "is paid on %(paid)s, and interest up to today is accrued.",
                matured=done.matured,
                paid=done.paid,
            ),
        )
    if isinstance(outcome, Done):
        flash(_("Today's work on the deposits is done."))
        return redirect(url_for(".desk"))
    page = render_template("deposits/work.html", form=form, preview=outcome)
    return page, 422 if form.errors or form.refusals else 200


@bp.get("/members/<int:number>/deposits")
def of_member(number: int) -> ResponseReturnValue:
    """List a member's deposits, those that run and those that ended."""
    member = members.member(current_book, number)
    return render_template(
        "deposits/of_member.html",
        member=member,
        deposits=deposits.deposits_of(current_book, member),
    )


@bp.route("/members/<int:number>/deposits/new", methods=["GET", "POST"])
def opening(number: int) -> ResponseReturnValue:
    """Tie money for some months."""
    member = members.member(current_book, number)
    form, outcome = DepositForm(on=today()), None
    free = [
        one
        for one in savings.accounts_of(current_book, member, on=today())
        if one.product.withdrawable and one.account.closed_on is None
    ]
    form.account.choices = [
        (
            one.account.number,
            _(
                "%(savings)s, %(free)s can be withdrawn",
                savings=label(one.product),
                free=rupiah(one.available),
            ),
        )
        for one in free
    ]
    if form.validate_on_submit():
        outcome = _opened(form, member)
    if isinstance(outcome, Done):
        watch(outcome, member)
        entry = outcome.result
        deposit = deposits.deposit_in(current_book, entry)
        flash(_("Term deposit %(number)s is open.", number=deposit.number))
        return redirect(url_for(".deposit", number=deposit.number))
    page = render_template(
        "deposits/opening.html",
        form=form,
        member=member,
        preview=outcome,
        terms={
            months: deposits.terms_on(current_book, months, today())
            for months in deposits.TERMS
        },
    )
    return page, 422 if form.errors or form.refusals else 200


def _opened(form: DepositForm, member: members.Member) -> Any:
    account = savings.account(current_book, form.account.data)
    amount, source = form.amount.data, form.source.data
    return put(
        form,
        deposits.open_deposit,
        member,
        account,
        amount,
        months=form.months.data,
        on=form.on.data,
        channel=None if source == "savings" else Channel(source),
        rollover=Rollover(form.rollover.data),
        pays=Pays(form.pays.data),
        heir=form.heir.data or "",
        amount_shown=amount,
        sentence=lambda entry: _tied(entry, member),
    )


def _tied(entry: Any, member: members.Member) -> str:
    deposit = deposits.deposit_in(current_book, entry)
    said = deposits.standing(current_book, deposit, today())
    return _(
        "%(name)s ties %(amount)s until %(day)s and earns %(interest)s by then.",
        name=member.name,
        amount=rupiah(deposit.principal),
        day=day(deposit.matures_on),
        interest=rupiah(said.at_maturity),
    )


@bp.get("/deposits/<int:number>")
def deposit(number: int) -> ResponseReturnValue:
    """Show a deposit: what it earned, what it will, and what can be done now."""
    row = deposits.deposit(current_book, number)
    said = deposits.standing(current_book, row, today())
    return render_template(
        "deposits/deposit.html",
        deposit=row,
        member=row.member,
        said=said,
        holds=savings.holds(current_book, deposit=number, standing=False),
        acts=_acts(row, said),
        origin=savings.account(current_book, row.savings_number),
    )


def _acts(
    row: deposits.TermDeposit, said: deposits.DepositStanding
) -> list[tuple[str, str | None, str]]:
    """Return what can be done with a deposit now, and why the rest cannot."""
    ended = "" if row.state is DepositState.OPEN else _("It has ended.")
    held = _("It secures something: release the hold first.") if said.holds else ""
    mature = row.matures_on <= today()
    steps = [
        (
            "deposits.maturing",
            _("Pay at maturity"),
            "" if mature else _("It matures on %(day)s.", day=day(row.matures_on)),
        ),
        (
            "deposits.breaking",
            _("Break early"),
            _("It is mature: pay it, nothing is lost.") if mature else "",
        ),
        ("deposits.pledging", _("Use as security"), ""),
    ]
    found = []
    for endpoint, name, why in steps:
        if may(endpoint):
            reason = ended or held or why
            to = None if reason else url_for(endpoint, number=row.number)
            found.append((name, to, reason))
    return found


@bp.route("/deposits/<int:number>/maturing", methods=["GET", "POST"])
def maturing(number: int) -> ResponseReturnValue:
    """Pay a mature deposit, or tie it again, as its owner wished."""
    row = deposits.deposit(current_book, number)
    form, outcome = EndForm(on=today()), None
    del form.in_cash
    if form.validate_on_submit():
        outcome = put(
            form,
            deposits.mature,
            row,
            on=form.on.data,
            amount_shown=row.principal,
            sentence=_(
                "Term deposit %(number)s of %(name)s ends as its owner wished, with "
                "its interest.",
                number=number,
                name=row.member.name,
            ),
        )
    if isinstance(outcome, Done):
        flash(_("The deposit has ended."))
        return redirect(url_for(".deposit", number=number))
    page = render_template(
        "deposits/maturing.html",
        form=form,
        preview=outcome,
        deposit=row,
        said=deposits.standing(current_book, row, today()),
    )
    return page, 422 if form.errors or form.refusals else 200


@bp.route("/deposits/<int:number>/breaking", methods=["GET", "POST"])
def breaking(number: int) -> ResponseReturnValue:
    """Pay a deposit before it is mature; what that costs is shown first."""
    row = deposits.deposit(current_book, number)
    form, outcome, costs = EndForm(on=today()), None, None
    with form.showing_refusals():
        costs = deposits.what_breaking_costs(current_book, row, today())
    if form.validate_on_submit():
        outcome = put(
            form,
            deposits.break_early,
            row,
            on=form.on.data,
            in_cash=bool(form.in_cash.data),
            amount_shown=costs.payout if costs else None,
            sentence=_(
                "Term deposit %(number)s of %(name)s is broken before %(day)s.",
                number=number,
                name=row.member.name,
                day=day(row.matures_on),
            ),
        )
    watch(outcome, row.member)
    if isinstance(outcome, Done):
        return redirect(url_for("counter.receipt", number=outcome.result.number))
    page = render_template(
        "deposits/breaking.html",
        form=form,
        preview=outcome,
        deposit=row,
        costs=costs,
        said=deposits.standing(current_book, row, today()),
    )
    return page, 422 if form.errors or form.refusals else 200


@bp.route("/deposits/<int:number>/pledging", methods=["GET", "POST"])
def pledging(number: int) -> ResponseReturnValue:
    """Hold a deposit as a whole for a loan it secures; nothing is posted."""
    row, form = deposits.deposit(current_book, number), PledgeForm()
    if form.validate_on_submit():
        with form.showing_refusals():
            once(
                *(form, deposits.pledge, row),
                note=form.reason.data or "",
                on=today(),
                loan=form.loan.data,
            )
            flash(_("The deposit is held as security."))
            return redirect(url_for(".deposit", number=number))
    page = render_template("deposits/pledging.html", form=form, deposit=row)
    return page, 422 if form.errors or form.refusals else 200


@bp.route("/deposits/<int:number>/wishes", methods=["GET", "POST"])
def wishes(number: int) -> ResponseReturnValue:
    """Change what happens at maturity, and who inherits."""
    row = deposits.deposit(current_book, number)
    form = WishesForm(rollover=row.rollover.value, heir=row.heir)
    if form.validate_on_submit():
        with form.showing_refusals():
            once(
                *(form, deposits.change_wishes, row),
                rollover=Rollover(form.rollover.data),
                heir=form.heir.data or "",
            )
            flash(_("Kept."))
            return redirect(url_for(".deposit", number=number))
    page = render_template("deposits/wishes.html", form=form, deposit=row)
    return page, 422 if form.errors or form.refusals else 200
