"""Cover deficits of earlier years from the reserve, as the members decided."""

from __future__ import annotations

from datetime import date

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import decisions, surplus
from coopbook.book import Book
from coopbook.ledger import Entry
from coopbook.money import Money
from webui.acts import Act, answer
from webui.annual import bp
from webui.annual.closing import of_members, trail
from webui.annual.forms import CoverForm
from webui.annual.views import checked
from webui.desk import current_book, put, today
from webui.wording import rupiah


@bp.route("/year/<int:year>/surplus/covering", methods=["GET", "POST"])
def covering(year: int) -> ResponseReturnValue:
    """Cover a deficit from the general reserve by a decision of the members."""
    checked(year)
    owed = surplus.uncovered(current_book, today())
    form, outcome = CoverForm(on=today(), amount=owed or None), None
    form.decision.choices = of_members(year)
    if not form.decision.choices:
        return render_template("annual/undecided.html", year=year), 200
    if form.validate_on_submit():
        outcome = put(
            form,
            cover,
            form.amount.data,
            form.decision.data,
            on=form.on.data,
            amount_shown=form.amount.data,
            sentence=_(
                "%(amount)s of the deficit is covered from the general reserve.",
                amount=rupiah(form.amount.data),
            ),
        )
    act = Act(
        _("Cover the deficit from the reserve"),
        _("Post it"),
        url_for(".sharing", year=year),
        trail(year, _("Cover the deficit")),
        lead=_(
            "The members decide whether, and how much. %(amount)s is not covered yet.",
            amount=rupiah(owed),
        ),
    )
    return answer(form, outcome, act, _("Posted."))


def cover(book: Book, amount: Money, number: int, *, on: date) -> Entry:
    """Cover a deficit by the decision of a number."""
    return surplus.cover_deficit(book, amount, decisions.decision(book, number), on=on)
