"""Trial balance, statements, journal and vouchers: every figure leads to its rows."""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import ledger, people, savings
from coopbook.ledger import Side
from coopbook.money import ZERO
from webui.books import bp
from webui.books.forms import JournalFilter
from webui.counter.receipts import check_code
from webui.desk import current_book, journal_of, today
from webui.forms import DayFilter
from webui.policy import asked_number
from webui.wording import exact, label

LINES = 25


@bp.get("/books/trial-balance")
def trial_balance() -> ResponseReturnValue:
    """Show what every account holds at the end of a day."""
    form = DayFilter(request.args)
    form.validate()
    on = form.on.data or today()
    rows = ledger.trial_balance(current_book, on)
    return render_template(
        "books/trial_balance.html",
        form=form,
        on=on,
        groups=[
            (kind, list(some)) for kind, some in groupby(rows, lambda r: r.account_type)
        ],
        debit=sum((row.debit for row in rows), ZERO),
        credit=sum((row.credit for row in rows), ZERO),
        suspense=ledger.suspense(current_book, on),
    )


@bp.get("/books/accounts")
def chart() -> ResponseReturnValue:
    """Show the chart of accounts, one kind at a time."""
    asked = request.args.get("kind", "asset")
    kinds = [kind.value for kind in ledger.AccountType]
    kind = asked if asked in kinds else "asset"
    rows = [row for row in ledger.accounts(current_book) if row.account_type == kind]
    return render_template("books/chart.html", rows=rows, kind=kind, kinds=kinds)


@bp.get("/books/accounts/<int:number>/statement")
def statement(number: int) -> ResponseReturnValue:
    """Show the lines of an account, or of one of its cards, newest first."""
    card = asked_number("card")
    account = ledger.account(current_book, number)
    page = ledger.account_statement(
        current_book,
        number,
        card,
        before=request.args.get("before"),
        after=request.args.get("after"),
        limit=LINES,
    )
    return render_template(
        "books/statement.html",
        account=account,
        card=card,
        page=page,
        balance=(
            ledger.account_balance(current_book, number)
            if card is None
            else ledger.card_balance(current_book, number, card)
        ),
        grows="debit" if account.normal_balance is Side.DEBIT else "credit",
    )


@bp.get("/books/journal")
def journal() -> ResponseReturnValue:
    """Show the journal, newest record first."""
    form = JournalFilter(request.args)
    everybody = [(u.name, u.full_name) for u in people.users(current_book)]
    form.actor.choices = [("", _("everybody")), *everybody]
    form.validate()
    page = ledger.entries(
        current_book,
        before=request.args.get("before"),
        after=request.args.get("after"),
        limit=LINES,
        booked_from=form.first.data,
        booked_to=form.last.data,
        actor=form.actor.data or None,
    )
    numbers = [entry.number for entry in page.rows]
    return render_template(
        "books/journal.html",
        form=form,
        page=page,
        papers=ledger.attachments_of(current_book, numbers),
    )


@bp.get("/books/vouchers/<int:number>")
def voucher(number: int) -> ResponseReturnValue:
    """Show one entry: its lines, who made it, and what became of it."""
    entry = ledger.entry(current_book, number)
    return render_template(
        "books/voucher.html",
        entry=entry,
        lines=journal_of(entry),
        undone=ledger.reversal_of(current_book, entry),
        undoes=(
            ledger.entry(current_book, entry.reverses)
            if entry.reverses is not None
            else None
        ),
        code=check_code(entry),
        origin=_origin(number),
        papers=ledger.attachments(current_book, entry),
    )


def _origin(number: int) -> list[tuple[str, str]]:
    """Return who paid, by which transfer, from what abroad and for what."""
    origin = ledger.origin_of(current_book, number)
    if origin is None:
        return []
    found = [
        (_("Paid by"), origin.payer),
        (_("Reference of the transfer"), origin.reference),
    ]
    if origin.currency and origin.foreign_amount and origin.rate:
        sent = _(
            "%(currency)s %(sent)s at Rp %(rate)s",
            currency=origin.currency,
            sent=exact(Decimal(origin.foreign_amount)),
            rate=exact(Decimal(origin.rate)),
        )
        found.append((_("Sent"), sent))
    for account, purpose in ledger.purposes_of(origin):
        kind = savings.account(current_book, account).product
        found.append((label(kind), purpose))
    return [(name, said) for name, said in found if said]
