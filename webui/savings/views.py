"""Kinds of savings, what they earn, and posting a month's interest."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import ledger, oversight, savings
from coopbook.dates import months_after
from coopbook.money import ZERO
from coopbook.savings import Basis, DayCount, InterestTerms, Tier
from coopbook.savings.reckoning import Reckoning
from coopbook.savings.rules import SHARES
from webui.desk import Done, Preview, current_book, once, put, today
from webui.savings import bp
from webui.savings.forms import ConditionsForm, MonthForm, OfferForm, TermsForm, yearly
from webui.wording import label, rupiah
from webui.wording import month as named

SHOWN = 25


def _due(product: savings.SavingsProduct) -> str | None:
    """Return the first month that is over and not posted, for a kind that earns."""
    return savings.first_unposted(current_book, product, f"{today():%Y-%m}")


@bp.get("/savings")
def desk() -> ResponseReturnValue:
    """Show every kind of savings: what is in it, what it earns, what is to be done."""
    kinds = []
    for product in savings.products(current_book):
        posted = None
        if product.savings_type not in SHARES:
            posted = savings.last_posted(current_book, product)
        kinds.append(
            {
                "product": product,
                "held": ledger.account_balance(current_book, product.account_number),
                "terms": savings.terms_of(current_book, product, today()),
                "posted": posted.month if posted else None,
                "due": _due(product),
                "earns": product.savings_type not in SHARES,
            }
        )
    return render_template(
        "savings/desk.html",
        kinds=kinds,
        sleeping=oversight.sleeping(current_book, today())[:SHOWN],
        left=[c for c in savings.KINDS if c not in {k["product"].code for k in kinds}],
    )


@bp.route("/savings/kinds/new", methods=["GET", "POST"])
def offer() -> ResponseReturnValue:
    """Begin to offer a kind of savings the chart has an account for."""
    form = OfferForm()
    held = {product.code for product in savings.products(current_book)}
    form.kind.choices = [
        (kind.code, label(kind))
        for kind in savings.KINDS.values()
        if kind.code not in held or form.is_submitted()
    ]
    if form.validate_on_submit():
        with form.showing_refusals():
            once(form, savings.offer, form.kind.data, on=today())
            flash(_("Members can open an account of it now."))
            return redirect(url_for(".desk"))
    page = render_template("savings/offer.html", form=form)
    return page, 422 if form.errors or form.refusals else 200


@bp.route("/savings/kinds/<code>/conditions", methods=["GET", "POST"])
def conditions(code: str) -> ResponseReturnValue:
    """Say what has to stay on a kind of savings, and when it falls asleep."""
    product = savings.product(current_book, code)
    form = ConditionsForm(
        minimum=product.minimum_balance or None, dormant=product.dormant_months
    )
    if form.validate_on_submit():
        with form.showing_refusals():
            once(
                *(form, savings.set_conditions, product),
                minimum_balance=form.minimum.data or ZERO,
                dormant_months=form.dormant.data,
            )
            flash(_("The conditions of %(savings)s hold.", savings=label(product)))
            return redirect(url_for(".desk"))
    page = render_template("savings/conditions.html", form=form, product=product)
    return page, 422 if form.errors or form.refusals else 200


def _terms(form: TermsForm) -> InterestTerms:
    tiers = [Tier(ZERO, yearly(form.rate.data))]
    if form.above.data is not None and form.more.data is not None:
        tiers.append(Tier(form.above.data, yearly(form.more.data)))
    return InterestTerms(
        Basis(form.basis.data),
        tuple(tiers),
        DayCount(form.day_count.data),
        bool(form.slices.data),
        form.least.data or ZERO,
    )


@bp.route("/savings/kinds/<code>/terms", methods=["GET", "POST"])
def terms(code: str) -> ResponseReturnValue:
    """Say what a kind of savings earns, from the first day of a month on."""
    product = savings.product(current_book, code)
    next_month = months_after(today().replace(day=1), 1)
    form, outcome = TermsForm(on=next_month), None
    if form.validate_on_submit():
        with form.showing_refusals():
            asked = _terms(form)
            outcome = put(
                form,
                savings.set_terms,
                product,
                asked,
                valid_from=form.on.data,
                source=form.source.data or "",
                sentence=_(
                    "%(savings)s earns on these terms from %(day)s until others are "
                    "decided.",
                    savings=label(product),
                    day=f"{form.on.data:%d/%m/%Y}",
                ),
            )
            cap = savings.above_cap(current_book, asked, form.on.data)
            if isinstance(outcome, Preview) and cap is not None:
                outcome.notes.append(_above(cap))
    if isinstance(outcome, Done):
        flash(_("The terms are set."))
        return redirect(url_for(".desk"))
    page = render_template(
        "savings/terms.html",
        form=form,
        preview=outcome,
        product=product,
        now=savings.terms_of(current_book, product, today()),
    )
    return page, 422 if form.errors or form.refusals else 200


def _above(cap: int) -> str:
    return _(
        "Worth a look: the regulation's cap is %(cap)s percent a year "
        "(Permenkop 8/2023 article 26).",
        cap=cap,
    )


@bp.route("/savings/kinds/<code>/interest", methods=["GET", "POST"])
def interest(code: str) -> ResponseReturnValue:
    """Reckon a month's interest for every account, show it, and post it once."""
    product = savings.product(current_book, code)
    last_month = months_after(today().replace(day=1), -1)
    form = MonthForm(month=_due(product) or f"{last_month:%Y-%m}")
    outcome: Any = None
    found: Reckoning | None = None
    if form.validate_on_submit():
        outcome, found = _reckoned(form, product)
    if isinstance(outcome, Done):
        number = outcome.result.entry_number
        flash(_("The interest of %(month)s is posted.", month=named(form.month.data)))
        return redirect(url_for("books.voucher", number=number))
    page = render_template(
        "savings/interest.html",
        form=form,
        preview=outcome,
        product=product,
        months=_months(),
        found=found,
        shown=found.earned[:SHOWN] if found else (),
    )
    return page, 422 if form.errors or form.refusals else 200


def _months() -> list[str]:
    """Return the months that are over, the newest first, two years at most."""
    first = today().replace(day=1)
    return [f"{months_after(first, -back):%Y-%m}" for back in range(1, 25)]


def _reckoned(
    form: MonthForm, product: savings.SavingsProduct
) -> tuple[Any, Reckoning | None]:
    month = form.month.data or ""
    if month not in _months():
        form.month.errors = [_("Choose a month that is over.")]
        return None, None
    found = None
    with form.showing_refusals():
        found = savings.reckon(current_book, product, month)
    if found is None:
        return None, None
    outcome = put(
        form,
        savings.post_interest,
        product,
        month,
        amount_shown=found.gross,
        sentence=_(
            "%(count)s accounts of %(savings)s earn %(gross)s for %(month)s; %(tax)s "
            "of it is kept back as tax.",
            count=len(found.earned),
            savings=label(product),
            gross=rupiah(found.gross),
            month=named(month),
            tax=rupiah(found.tax),
        ),
    )
    if isinstance(outcome, Preview):
        cap = savings.above_cap(current_book, found.terms, _first(month))
        if cap is not None:
            outcome.notes.append(_above(cap))
        del outcome.lines[SHOWN:]
    return outcome, found


def _first(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


@bp.get("/savings/sleeping")
def sleeping() -> ResponseReturnValue:
    """List the accounts nobody moved for too long."""
    after = request.args.get("after", "0")
    start = int(after) if after.isdecimal() and len(after) < 16 else 0
    found = [
        one
        for one in oversight.sleeping(current_book, today())
        if one.account.number > start
    ]
    return render_template(
        "savings/sleeping.html", found=found[:SHOWN], more=len(found) > SHOWN
    )
