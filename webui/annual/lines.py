"""In which line of a statement each account stands, and giving it another."""

from __future__ import annotations

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import ledger, statements
from coopbook.ledger import Account
from coopbook.ledger.chart import standard_chart
from coopbook.money import ZERO
from coopbook.statements import Held, Row
from coopbook.statements.layout import line_of
from webui.acts import Act, answer
from webui.annual import bp
from webui.annual.forms import LineForm
from webui.desk import current_book, put, today
from webui.wording import label, language

EARNINGS = ("revenue", "expense")


def stands_in(account: Account, given: dict[int, str]) -> Row | None:
    """Return the line an account stands in now."""
    name = "surplus" if account.account_type.value in EARNINGS else "position"
    held = Held(account.number, account.account_type, ZERO, given.get(account.number))
    return line_of(statements.layout(name), held)


@bp.get("/year/lines")
def lines() -> ResponseReturnValue:
    """Show the accounts whose line is the cooperative's own choice, or could be."""
    given = statements.lines_given(current_book)
    ours = {row.number for row in standard_chart()}
    rows = [
        (row, stands_in(row, given), row.number in given)
        for row in ledger.accounts(current_book, archived=False)
        if row.postable and (row.number in given or row.number not in ours)
    ]
    return render_template(
        "annual/lines.html",
        rows=[one for one in rows if one[1] is not None],
        label=label,
        said=lambda names: names.said(language()),
    )


@bp.route("/year/lines/<int:number>", methods=["GET", "POST"])
def giving(number: int) -> ResponseReturnValue:
    """Give an account a line, or take back what was given."""
    of = ledger.account(current_book, number)
    offered = statements.lines_for(of.account_type, of.cash_flow)
    if not of.postable or not offered:
        abort(404)
    given = statements.lines_given(current_book)
    form, outcome = LineForm(line=given.get(number, "")), None
    form.line.choices = [
        ("", _("As in our layout")),
        *((row.code, row.name.said(language())) for row in offered),
    ]
    now = stands_in(of, given)
    if form.validate_on_submit():
        outcome = put(
            form,
            statements.give_line,
            number,
            form.line.data or "",
            on=today(),
            sentence=_(
                "Every statement shows %(account)s there, earlier years as well."
                " Surplus, assets, debts and equity stay what they are.",
                account=f"{of.code} {label(of)}",
            ),
        )
    act = Act(
        f"{of.code} {label(of)}",
        _("Let it stand there"),
        url_for(".lines"),
        [
            (_("The year"), url_for("annual.desk")),
            (_("Lines of the statements"), url_for(".lines")),
            (of.code, None),
        ],
        lead=_(
            "It stands in: %(line)s.", line=now.name.said(language()) if now else ""
        ),
    )
    return answer(form, outcome, act, _("It stands there from now on."))
