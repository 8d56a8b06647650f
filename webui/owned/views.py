"""The register of assets: list, enter, depreciate, dispose."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import assets, cooperatives, ledger
from coopbook.assets.rules import LAND
from coopbook.book import Book
from coopbook.dates import months_after, parse_month
from coopbook.ledger import Entry, chart
from coopbook.ledger.closing import NotAPeriod
from coopbook.money import ZERO, Money
from coopbook.people import Approval, approvals
from webui.acts import Act, Trail, above, answer
from webui.desk import current_book, put, today, total
from webui.owned import bp
from webui.owned.forms import AssetForm, DisposalForm, TakeOutForm, WearForm
from webui.wording import day, label, rupiah


def trail(here: str) -> Trail:
    """Return the way to a page about assets."""
    return [(_("Assets"), url_for("owned.desk")), (here, None)]


@bp.get("/assets")
def desk() -> ResponseReturnValue:
    """Show what the cooperative owns and what it stands at."""
    rows = assets.worth(current_book, today())
    last = months_after(today().replace(day=1), -1)
    return render_template(
        "owned/desk.html",
        rows=rows,
        cost=total(one.asset.cost for one in rows if not one.asset.disposed_on),
        value=total(one.book_value for one in rows if not one.asset.disposed_on),
        waits=total(
            amount for _row, amount in assets.due(current_book, last.year, last.month)
        ),
        last=f"{last:%Y-%m}",
        apart=[one for one in assets.tied(current_book, today()) if one.missing],
        bought={LAND, *assets.PAIRS},
        kinds={one.number: label(one) for one in ledger.accounts(current_book)},
    )


@bp.route("/assets/new", methods=["GET", "POST"])
def entering() -> ResponseReturnValue:
    """Enter an asset, bought now or in the books already."""
    form, outcome = AssetForm(on=today(), **_asked()), None
    kinds = (LAND, *assets.PAIRS)
    form.account.choices = [
        (str(number), label(ledger.account(current_book, number))) for number in kinds
    ]
    form.paid_from.choices = [
        ("", _("it is in the books already")),
        *(
            (str(number), label(ledger.account(current_book, number)))
            for number in (chart.BANK, chart.TELLER_CASH, chart.PETTY_CASH)
        ),
    ]
    form.dated = bool(form.paid_from.data)
    if form.validate_on_submit():
        outcome = put(
            form,
            enter,
            form.name.data or "",
            account=int(form.account.data),
            cost=form.cost.data,
            on=form.on.data,
            months=form.months.data or 0,
            residual=form.residual.data or ZERO,
            place=form.place.data or "",
            document=form.document.data or "",
            paid_from=int(form.paid_from.data) if form.paid_from.data else None,
            worn_before=form.worn_before.data or ZERO,
            taken_over_on=form.taken_over.data,
            amount_shown=form.cost.data,
            sentence=_said,
        )
    first = day(cooperatives.cooperative(current_book).first_day)
    act = Act(
        _("Enter an asset"),
        _("Enter"),
        url_for(".desk"),
        trail(_("Enter an asset")),
        helps={
            "months": _("36 is three years; empty for land."),
            "worn_before": _(
                "Up to the month before it was taken over. What is left wears out here"
                " in the months that remain."
            ),
            "taken_over": _("Empty: %(day)s, the first day of this book.", day=first),
        },
        folded=("worn_before", "taken_over"),
        more=_("It comes from older books"),
    )
    return answer(form, outcome, act, _("Entered."))


enter = assets.enter_asset


def _asked() -> dict[str, object]:
    """Return what the way here fills in: the account and what the ledger holds more."""
    cost = request.args.get("cost", type=int)
    return {
        "account": request.args.get("account"),
        "cost": Money(cost) if cost is not None and cost > 0 else None,
    }


def _said(result: assets.FixedAsset | Approval) -> str:
    if isinstance(result, Approval):
        return above(str(approvals.request_of(result)["memo"]))
    return _(
        "%(name)s stands in the register with %(amount)s.",
        name=result.name,
        amount=rupiah(result.cost),
    )


@bp.route("/assets/depreciation", methods=["GET", "POST"])
def wearing() -> ResponseReturnValue:
    """Post the depreciation of everything up to the end of a month."""
    last = months_after(today().replace(day=1), -1)
    form, outcome = WearForm(month=f"{last:%Y-%m}"), None
    if form.validate_on_submit():
        outcome = put(
            form,
            wear,
            form.month.data or "",
            sentence=_(
                "Everything wears out up to the end of %(month)s; months that were"
                " forgotten are in it.",
                month=form.month.data,
            ),
        )
    act = Act(
        _("Depreciation"), _("Post it"), url_for(".desk"), trail(_("Depreciation"))
    )
    return answer(form, outcome, act, _("Posted."))


def wear(book: Book, month: str) -> Entry:
    """Depreciate up to a month that is written like 2026-10; raise ``NotAPeriod``."""
    try:
        first, _last = parse_month(month)
    except ValueError as error:
        raise NotAPeriod(month) from error
    return assets.depreciate(book, first.year, first.month)


@bp.route("/assets/<int:number>/disposal", methods=["GET", "POST"])
def disposing(number: int) -> ResponseReturnValue:
    """Sell an asset, or discard it."""
    row = assets.asset(current_book, number)
    form, outcome = DisposalForm(on=today()), None
    if form.validate_on_submit():
        outcome = put(
            form,
            assets.dispose,
            row,
            on=form.on.data,
            amount=form.amount.data or ZERO,
            reason=form.reason.data or "",
            amount_shown=form.amount.data or ZERO,
            sentence=_("%(name)s leaves the register.", name=row.name),
        )
    act = Act(
        _("%(name)s leaves", name=row.name),
        _("Post it"),
        url_for(".desk"),
        trail(row.name),
        stop=True,
    )
    return answer(form, outcome, act, _("Posted."))


@bp.route("/assets/<int:number>/taking-out", methods=["GET", "POST"])
def taking_out(number: int) -> ResponseReturnValue:
    """Take an asset out of the register that should not be in it."""
    row = assets.asset(current_book, number)
    form, outcome = TakeOutForm(), None
    if form.validate_on_submit():
        outcome = put(
            form,
            assets.take_out,
            row,
            reason=form.reason.data or "",
            sentence=_(
                "%(name)s is taken out of the register; nothing is posted.",
                name=row.name,
            ),
        )
    act = Act(
        _("%(name)s was entered wrongly", name=row.name),
        _("Take it out"),
        url_for(".desk"),
        trail(row.name),
        lead=_(
            "For what should never have stood in the register. What was sold, broken or"
            " lost is sold or discarded instead; what was bought here leaves when its"
            " voucher is reversed."
        ),
        stop=True,
    )
    return answer(form, outcome, act, _("Taken out."))
