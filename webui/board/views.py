"""Where each person starts; the menu of a phone; amounts said in words."""

from __future__ import annotations

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from coopbook import ledger
from coopbook.ledger import chart
from webui.arrears import lent
from webui.board import bp
from webui.board.queries import cash_today, loans_running
from webui.desk import current_book, today
from webui.places import places, start_of
from webui.wording import Unreadable, read_money, words


@bp.get("/")
def home() -> ResponseReturnValue:
    """Lead everybody to their desk; who oversees the whole sees the whole."""
    start = start_of(current_user.roles)
    if start != "board.home":
        return redirect(url_for(start))
    on = today()
    savings = [
        (number, ledger.account_balance(current_book, number, on))
        for number in (chart.PRINCIPAL_SHARE, chart.MANDATORY_SHARE, chart.VOLUNTARY)
    ]
    return render_template(
        "board/home.html",
        cash=cash_today(current_book, on),
        savings=savings,
        loans=loans_running(current_book, on),
        lent=lent(current_book, on),
        suspense=ledger.suspense(current_book, on),
        month=ledger.next_to_close(current_book),
        latest=ledger.entries(current_book, limit=8),
    )


@bp.get("/menu")
def menu() -> ResponseReturnValue:
    """List every desk of the person; a phone's bar has room for four."""
    return render_template("board/menu.html", all=places())


@bp.get("/words", endpoint="words")
def words_of() -> Response:
    """Say an amount in words, for the line under a field."""
    try:
        said = words(read_money(request.args.get("amount", "")[:40]))
    except Unreadable:
        said = ""
    return Response(said, mimetype="text/plain")
