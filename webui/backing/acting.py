"""Appraise, guarantee, pledge, release."""

from __future__ import annotations

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import appraisal, loans, members, savings, security
from coopbook.appraisal import FIVE_C, Judgement, Recommendation
from coopbook.cooperatives import setting
from coopbook.money import ZERO
from coopbook.security import CollateralKind
from webui.acts import Act, answer
from webui.backing import bp
from webui.backing.forms import (
    AppraisalForm,
    CollateralForm,
    GiveBackForm,
    GuarantorForm,
    OwnHoldForm,
    PlaceForm,
    ReleaseForm,
)
from webui.backing.views import trail_of
from webui.desk import current_book, put, today
from webui.wording import label, rupiah


@bp.route("/loans/<int:number>/appraisal", methods=["GET", "POST"])
def appraising(number: int) -> ResponseReturnValue:
    """Write down what was found of an application."""
    loan = loans.loan(current_book, number)
    form, outcome = AppraisalForm(on=today()), None
    if form.validate_on_submit():
        outcome = put(
            form,
            appraisal.appraise,
            loan,
            on=form.on.data,
            business=form.business.data or "",
            income=form.income.data,
            expenses=form.expenses.data,
            other_debts=form.other_debts.data or ZERO,
            judged={name: Judgement(form[f"of_{name}"].data) for name in FIVE_C},
            recommends=Recommendation(form.recommends.data),
            amount=form.amount.data,
            note=form.note.data or "",
            visited_on=form.visited_on.data,
            dependants=form.dependants.data,
            sentence=lambda _row: _fits(loan),
        )
    act = Act(
        _("Appraise loan %(number)s", number=number),
        _("Write it down"),
        url_for(".page", number=number),
        trail_of(loan, _("Appraisal")),
        lead=_(
            "%(name)s asks for %(amount)s. Amounts are those of the whole household.",
            name=loan.member.name,
            amount=rupiah(loan.principal),
        ),
        helps={
            "expenses": _("Food, school, rent, fares; without installments."),
            "other_debts": _(
                "At banks, shops, lenders. Loans here are counted anyway."
            ),
        },
        folded=("visited_on", "dependants", "note"),
        more=_("Visit, family, a remark"),
    )
    return answer(form, outcome, act, _("The appraisal is written down."))


def _fits(loan: loans.Loan) -> str:
    """Say whether the installments fit into what is left of a month."""
    found = appraisal.capacity_of(current_book, loan)
    assert found is not None
    said = _(
        "%(left)s is left of a month; the heaviest month of installments asks"
        " %(asked)s, and at most %(most)s may go to them.",
        left=rupiah(found.left),
        asked=rupiah(found.asked),
        most=rupiah(found.most),
    )
    return f"{said} " + (_("It fits.") if found.enough else _("It does not fit."))


@bp.route("/loans/<int:number>/guarantors/new", methods=["GET", "POST"])
def guaranteeing(number: int) -> ResponseReturnValue:
    """Write down who answers for a loan."""
    loan = loans.loan(current_book, number)
    form, outcome = GuarantorForm(on=today()), None
    if form.validate_on_submit():
        with form.showing_refusals():
            who = (
                members.member(current_book, form.member.data)
                if form.member.data
                else None
            )
            account = (
                savings.account_for(current_book, who, "voluntary")
                if who is not None and form.hold.data
                else None
            )
            name = who.name if who else (form.name.data or "")
            if form.hold.data and account is None:
                form.refusals.append(
                    _("There are no voluntary savings of %(name)s to hold.", name=name)
                )
                return answer(form, None, _guarantor(loan), "")
            outcome = put(
                form,
                security.guarantee,
                loan,
                form.amount.data,
                on=form.on.data,
                relation=form.relation.data or "",
                member=who,
                name=name,
                account=account,
                amount_shown=form.amount.data,
                sentence=_(
                    "%(name)s answers for %(amount)s of the loan of %(borrower)s. ",
                    name=name,
                    amount=rupiah(form.amount.data),
                    borrower=loan.member.name,
                )
                + (_("It is held until the loan is paid.") if account else ""),
            )
    return answer(form, outcome, _guarantor(loan), _("The guarantor is written down."))


def _guarantor(loan: loans.Loan) -> Act:
    return Act(
        _("Guarantor of loan %(number)s", number=loan.number),
        _("Write it down"),
        url_for(".page", number=loan.number),
        trail_of(loan, _("Guarantor")),
        helps={"name": _("For somebody outside, like the husband or a neighbour.")},
    )


@bp.route("/loans/<int:number>/guarantors/<int:item>/release", methods=["GET", "POST"])
def freeing(number: int, item: int) -> ResponseReturnValue:
    """Let a guarantor go."""
    loan = loans.loan(current_book, number)
    row = security.guarantor(current_book, loan, item)
    form, outcome = ReleaseForm(on=today()), None
    if form.validate_on_submit():
        outcome = put(
            form,
            security.release_guarantor,
            row,
            on=form.on.data,
            note=form.reason.data or "",
            sentence=_(
                "%(name)s does not answer for loan %(number)s any more, and what was"
                " held is free. While the loan is not paid, a manager has to agree.",
                name=row.name,
                number=number,
            ),
        )
    act = Act(
        _("Let %(name)s go", name=row.name),
        _("Let go"),
        url_for(".page", number=number),
        trail_of(loan, _("Guarantor")),
    )
    return answer(form, outcome, act, _("%(name)s is let go.", name=row.name))


@bp.route("/loans/<int:number>/holding", methods=["GET", "POST"])
def holding(number: int) -> ResponseReturnValue:
    """Hold the borrower's own savings for a loan."""
    loan = loans.loan(current_book, number)
    form, outcome = OwnHoldForm(on=today()), None
    cards = [
        one
        for one in savings.accounts_of(current_book, loan.member, on=today())
        if one.account.closed_on is None and one.product.withdrawable
    ]
    form.account.choices = [
        (
            one.account.number,
            f"{label(one.product)} {one.account.number} · {rupiah(one.available)}",
        )
        for one in cards
    ]
    if form.validate_on_submit():
        outcome = put(
            form,
            security.hold_own,
            loan,
            savings.account(current_book, form.account.data),
            form.amount.data,
            on=form.on.data,
            amount_shown=form.amount.data,
            sentence=_(
                "%(amount)s of the savings of %(name)s stays until the loan is paid.",
                amount=rupiah(form.amount.data),
                name=loan.member.name,
            ),
        )
    act = Act(
        _("Hold own savings for loan %(number)s", number=number),
        _("Hold it"),
        url_for(".page", number=number),
        trail_of(loan, _("Own savings")),
    )
    return answer(form, outcome, act, _("It is held."))


@bp.route("/loans/<int:number>/collateral/new", methods=["GET", "POST"])
def pledging(number: int) -> ResponseReturnValue:
    """Take in collateral for a loan."""
    loan = loans.loan(current_book, number)
    form, outcome = CollateralForm(on=today()), None
    share = setting(current_book, "collateral_counts", today())
    if form.validate_on_submit():
        outcome = put(
            form,
            security.pledge,
            loan,
            kind=CollateralKind(form.kind.data),
            description=form.description.data or "",
            document=form.document.data or "",
            owner=form.owner.data or "",
            relation=form.relation.data or "",
            value=form.value.data,
            accepted=form.accepted.data,
            appraised_by=form.appraised_by.data or "",
            kept_where=form.kept_where.data or "",
            on=form.on.data,
            insured_until=form.insured_until.data,
            amount_shown=form.value.data,
            sentence=lambda row: _(
                "%(what)s of %(owner)s secures loan %(number)s; %(counts)s of it counts"
                " as cover.",
                what=row.description,
                owner=row.owner,
                number=number,
                counts=rupiah(row.accepted),
            ),
        )
    act = Act(
        _("Collateral for loan %(number)s", number=number),
        _("Take it in"),
        url_for(".page", number=number),
        trail_of(loan, _("Collateral")),
        helps={
            "document": _("Like BPKB N-01234567, SHM 00123, letter C 45."),
            "kept_where": _("Like: iron safe, office. Say who has the key."),
            "accepted": _(
                "By the by-laws at most %(share)s percent of the value.", share=share
            ),
        },
        folded=("accepted", "insured_until"),
        more=_("Counts for less, or is insured"),
    )
    return answer(form, outcome, act, _("The collateral is taken in."))


@bp.route("/collateral/<int:number>/release", methods=["GET", "POST"])
def releasing(number: int) -> ResponseReturnValue:
    """Give collateral back."""
    row = security.collateral(current_book, number)
    loan = loans.loan(current_book, row.loan_number)
    form, outcome = GiveBackForm(on=today(), to=row.owner), None
    if form.validate_on_submit():
        outcome = put(
            form,
            security.release_collateral,
            row,
            to=form.to.data or "",
            on=form.on.data,
            note=form.reason.data or "",
            sentence=_(
                "%(what)s is given back to %(to)s. While the loan is not paid, a"
                " manager has to agree first.",
                what=row.description,
                to=form.to.data,
            ),
        )
    act = Act(
        _("Give back: %(what)s", what=row.description),
        _("Give it back"),
        url_for(".page", number=loan.number),
        trail_of(loan, _("Collateral")),
    )
    return answer(form, outcome, act, _("It is given back."))


@bp.route("/collateral/<int:number>/place", methods=["GET", "POST"])
def placing(number: int) -> ResponseReturnValue:
    """Say where a paper is kept from now on."""
    row = security.collateral(current_book, number)
    loan = loans.loan(current_book, row.loan_number)
    form, outcome = PlaceForm(kept_where=row.kept_where), None
    if form.validate_on_submit():
        outcome = put(
            form,
            security.keep_elsewhere,
            row,
            form.kept_where.data or "",
            sentence=_(
                "%(what)s is kept from now on: %(where)s.",
                what=row.description,
                where=form.kept_where.data,
            ),
        )
    act = Act(
        _("Keep elsewhere: %(what)s", what=row.description),
        _("Write it down"),
        url_for(".page", number=loan.number),
        trail_of(loan, _("Collateral")),
    )
    return answer(form, outcome, act, _("It is written down."))
