"""Bring a bank's statement in: what was read is shown before it is kept."""

from __future__ import annotations

from decimal import Decimal

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from coopbook import bankstatements
from coopbook.bankstatements import BankFile, BankStatement
from coopbook.bankstatements.rules import whole
from coopbook.errors import Refused
from coopbook.importing.bankfiles import SHAPE, read_bank_file
from coopbook.importing.files import read
from coopbook.importing.sheets.layout import Layout, propose
from webui.bankstatements import bp
from webui.bankstatements.forms import COLUMNS, StatementForm
from webui.desk import Done, Preview, current_book, desk_store, put, today
from webui.deskstore import Parked
from webui.importing.columns import FileColumn, table_of
from webui.wording import day, label, rupiah, say

WIDEST = 20
"""Columns of a file that may be chosen from."""

NAMES = {column.key: column.name for column in SHAPE.columns}


@bp.route("/bank/statements/new", methods=["GET", "POST"])
def bringing() -> ResponseReturnValue:
    """Choose the bank's file; look at what it says; keep it."""
    form = StatementForm(account=request.args.get("account", type=int))
    form.account.choices = [
        (row.number, f"{row.code} {label(row)}")
        for row in bankstatements.bank_accounts(current_book)
        if row.archived_on is None
    ]
    file, columns, outcome, told = None, list[FileColumn](), None, None
    if form.is_submitted():
        file = _file(form)
        columns = _columns(file.content) if file else []
        _offer(form, columns)
    if form.validate_on_submit():
        if file is None:
            form.file.errors = [_("Choose a file.")]
        else:
            told, outcome = _look(form, file)
    if isinstance(outcome, Done):
        flash(_("The statement is in. Now see what belongs together."))
        account = int(form.account.data)
        return redirect(url_for(".work", number=account))
    page = render_template(
        "bankstatements/bringing.html",
        form=form,
        preview=outcome,
        file=file,
        told=[(say(NAMES[key], {}), heading) for key, heading in told.columns]
        if told
        else [],
        columns=[form[f"column_{key}"] for key, _label in COLUMNS] if columns else [],
        unread=told is None,
    )
    return page, 422 if form.errors or form.refusals else 200


def _file(form: StatementForm) -> Parked | None:
    """Return the file that came with the form, now or when it was checked."""
    store, me = desk_store(), current_user.get_id()
    key, sent = f"bank:{form.key.data if form.key else ''}", form.file.data
    if sent:
        store.park(key, me, Parked(sent.filename or "", sent.mimetype, sent.read()))
        if form.seen is not None:
            form.seen.data = ""
    return store.fetch(key, me)


def _columns(content: bytes) -> list[FileColumn]:
    """Return the columns of a sheet to choose from; OFX has none."""
    try:
        workbook = read(content)
    except Refused:
        return []
    try:
        proposal = propose(workbook, SHAPE)
    except Refused:
        proposal = None
    return list(table_of(workbook, Layout(), proposal).columns)[:WIDEST]


def _offer(form: StatementForm, columns: list[FileColumn]) -> None:
    choices = [("", _("as the book reads it"))]
    for one in columns:
        words = " · ".join(filter(None, (one.letter, one.heading or one.samples)))
        choices.append((f"={one.letter}", words[:40]))
    for key, _label in COLUMNS:
        field = form[f"column_{key}"]
        field.choices, field.data = choices, field.data or ""


def _look(
    form: StatementForm, file: Parked
) -> tuple[BankFile | None, Done | Preview | None]:
    """Read the file and rehearse keeping it, or keep it when it was seen."""
    said = {key: form[f"column_{key}"].data for key, _label in COLUMNS}
    columns = {key: where for key, where in said.items() if where}
    told = None
    with form.showing_refusals():
        layout = Layout(columns=columns) if columns else None
        told = read_bank_file(file.content, name=file.name, layout=layout)
    if told is None:
        return None, None
    opening = form.opening.data
    return told, put(
        form,
        bankstatements.bring_in,
        int(form.account.data),
        told,
        on=today(),
        first=form.first.data,
        last=form.last.data,
        opening=None if opening is None else Decimal(opening.units),
        sentence=lambda row: _said(row, told),
    )


def _said(row: BankStatement, told: BankFile) -> str:
    moved = [one.amount for one in told.lines]
    sentence = _(
        "%(count)s lines from %(first)s to %(last)s. %(opening)s at the beginning,"
        " %(into)s in, %(out)s out, %(closing)s at the end.",
        count=len(moved),
        first=day(row.first_day),
        last=day(row.last_day),
        opening=rupiah(row.opening),
        into=_exact(sum((one for one in moved if one > 0), Decimal(0))),
        out=_exact(-sum((one for one in moved if one < 0), Decimal(0))),
        closing=rupiah(row.closing),
    )
    if any(one != one.to_integral_value() for one in moved):
        more = _("Fractions of a rupiah are left out of every balance.")
        sentence = f"{sentence} {more}"
    return sentence


def _exact(amount: Decimal) -> str:
    return rupiah(whole(amount))
