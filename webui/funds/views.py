"""Show the funds of the surplus and their use; use one for somebody."""

from __future__ import annotations

from datetime import date

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import decisions, funds, ledger
from coopbook.book import Book
from coopbook.funds import FundUse, FundUseKind
from coopbook.money import Money
from coopbook.people import Approval, approvals
from webui.acts import Act, above, answer
from webui.desk import cooperative, current_book, put, today
from webui.funds import bp
from webui.funds.forms import UseForm
from webui.wording import label, rupiah

PAGE = 25
RECENT = 30


@bp.get("/funds")
def desk() -> ResponseReturnValue:
    """Show what each fund had, got and gave in a year, and to whom."""
    newest, first = today().year, cooperative().first_day.year
    year = request.args.get("year", newest, type=int)
    year = year if first <= year <= newest else newest
    span = date(year, 1, 1), date(year, 12, 31)
    rows = funds.uses(current_book, *span)
    start = max(request.args.get("from", 0, type=int), 0)
    return render_template(
        "funds/desk.html",
        year=year,
        years=range(newest, first - 1, -1),
        reports=[
            (ledger.account(current_book, one.account), one)
            for one in funds.fund_reports(current_book, *span)
        ],
        rows=rows[start : start + PAGE],
        more=start + PAGE if len(rows) > start + PAGE else None,
        kinds=funds.KIND_NAMES,
        label=label,
    )


@bp.route("/funds/use", methods=["GET", "POST"])
def using() -> ResponseReturnValue:
    """Use a fund for somebody."""
    form, outcome = UseForm(on=today()), None
    form.kind.choices = [(one.value, _(funds.KIND_NAMES[one])) for one in FundUseKind]
    form.paid_from.choices = [
        (number, label(ledger.account(current_book, number)))
        for number in funds.PAID_FROM
    ]
    form.decision.choices = [
        ("", _("none")),
        *(
            (str(row.number), f"{row.label} · {row.title}")
            for row in decisions.decisions(current_book, limit=RECENT)
        ),
    ]
    if form.validate_on_submit():
        outcome = put(
            form,
            use,
            form.kind.data,
            form.amount.data,
            whom=form.whom.data or "",
            on=form.on.data,
            member=form.member.data,
            decision=int(form.decision.data) if form.decision.data else None,
            paid_from=form.paid_from.data,
            amount_shown=form.amount.data,
            sentence=_said,
        )
    act = Act(
        _("Use a fund"),
        _("Pay it out"),
        url_for(".desk"),
        [(_("Funds"), url_for(".desk")), (_("Use"), None)],
        lead=_("The purpose says which fund it comes from."),
        helps={
            "member": _("Needed for help to a household."),
            "whom": _("Like: second child, the widow. No names of children."),
        },
    )
    return answer(form, outcome, act, _("Paid out."))


def use(book: Book, kind: str, amount: Money, **about: object) -> FundUse | Approval:
    """Use a fund for a purpose by its word."""
    return funds.use_fund(book, FundUseKind(kind), amount, **about)  # type: ignore[arg-type] - a form's values


def _said(row: FundUse | Approval) -> str:
    if isinstance(row, Approval):
        return above(str(approvals.request_of(row)["memo"]))
    return _(
        "%(amount)s from the fund %(fund)s: %(what)s, %(whom)s.",
        amount=rupiah(row.amount),
        fund=label(ledger.account(current_book, row.account_number)),
        what=_(funds.KIND_NAMES[row.kind]),
        whom=row.whom,
    )
