"""Vouchers in everyday words, and the free journal."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from coopbook import consolidation, ledger
from coopbook.ledger import TEMPLATES, VoucherTemplate
from coopbook.ledger.chart import unit_chart
from coopbook.people import Approval
from webui.desk import Done, current_book, desk_store, put, today, total
from webui.deskstore import Parked
from webui.treasury import bp
from webui.treasury.forms import JournalForm, VoucherForm
from webui.treasury.service import File, rows_of, write_journal, write_voucher
from webui.wording import label, rupiah


@bp.get("/vouchers")
def desk() -> ResponseReturnValue:
    """Choose what to write down, in everyday words; show what was written last."""
    page = ledger.entries(
        current_book,
        before=request.args.get("before"),
        after=request.args.get("after"),
        actor=current_user.name,
        limit=10,
    )
    groups: dict[str, list[VoucherTemplate]] = {}
    units = consolidation.has_units(current_book, today())
    for one in TEMPLATES:
        if one.units and not units:
            continue
        groups.setdefault(one.group, []).append(one)
    return render_template("treasury/desk.html", page=page, groups=groups.items())


def _template(key: str) -> VoucherTemplate:
    found = next((one for one in TEMPLATES if one.key == key), None)
    if found is None:
        abort(404)
    if found.units and not consolidation.has_units(current_book, today()):
        abort(404)
    return found


def _form(of: VoucherTemplate) -> VoucherForm:
    form = VoucherForm(on=today())
    rows = ledger.accounts(current_book, archived=False)
    known = {row.number: f"{row.code} {label(row)}" for row in rows}
    if of.units:
        brought = ledger.accounts(current_book)
        known |= {
            row.number: f"{row.number} {label(row)}"
            for row in unit_chart()
            if row.number not in {each.number for each in brought}
        }

    def named(numbers: tuple[int, ...]) -> list[tuple[int, str]]:
        return [(number, known[number]) for number in numbers if number in known]

    form.debit.choices, form.credit.choices = named(of.debit), named(of.credit)
    if of.extra_account:
        form.extra.label.text = _(of.extra_title)
    else:
        del form.extra
    return form


def _paper(form: VoucherForm) -> File | None:
    """Return the paper that came with the form, now or when it was checked."""
    store, me = desk_store(), current_user.get_id()
    key, file = f"voucher:{form.key.data if form.key else ''}", form.paper.data
    if file:
        store.park(key, me, Parked(file.filename or "", file.mimetype, file.read()))
        if form.seen is not None:
            form.seen.data = ""
    kept = store.fetch(key, me)
    return (kept.name, kept.media_type, kept.content) if kept else None


@bp.route("/vouchers/new/<key>", methods=["GET", "POST"])
def voucher(key: str) -> ResponseReturnValue:
    """Write a voucher; above the limit a second person is asked."""
    of = _template(key)
    form, outcome, paper = _form(of), None, None
    if form.validate_on_submit():
        paper, amount = _paper(form), form.amount.data
        outcome = put(
            form,
            write_voucher,
            key,
            amount,
            on=form.on.data,
            memo=form.memo.data,
            debit=form.debit.data,
            credit=form.credit.data,
            extra=form.extra.data if "extra" in form else None,
            file=paper,
            amount_shown=amount,
            sentence=lambda result: _said(result, _(of.title), rupiah(amount)),
        )
    if isinstance(outcome, Done):
        return _posted(outcome.result)
    page = render_template(
        "treasury/voucher.html", form=form, of=of, preview=outcome, paper=paper
    )
    return page, 422 if form.errors or form.refusals else 200


def _said(result: Any, what: str, amount: str) -> str:
    if isinstance(result, Approval):
        above = _(
            "That is above the limit: a second person decides before it is posted."
        )
        return f"{what}, {amount}. {above}"
    return f"{what}, {amount}."


def _posted(result: Any) -> ResponseReturnValue:
    if isinstance(result, Approval):
        flash(_("The request waits for a second person: number %(number)s.",
                number=result.number))  # fmt: skip
        return redirect(url_for("approvals.approval", number=result.number))
    return redirect(url_for("books.voucher", number=result.number))


@bp.route("/vouchers/journal", methods=["GET", "POST"])
def journal() -> ResponseReturnValue:
    """Post a free entry on ordinary accounts, as long as it balances."""
    form, outcome = JournalForm(on=today()), None
    if form.validate_on_submit():
        rows = rows_of(form)
        amount = total(left for _code, left, _right in rows)
        what = _("Free journal")
        outcome = put(
            form,
            write_journal,
            rows,
            on=form.on.data,
            memo=form.memo.data,
            amount_shown=amount or None,
            sentence=lambda result: _said(result, what, rupiah(amount)),
        )
    if isinstance(outcome, Done):
        return _posted(outcome.result)
    page = render_template(
        "treasury/journal.html",
        form=form,
        preview=outcome,
        accounts=[
            row
            for row in ledger.accounts(current_book, archived=False)
            if row.postable and not row.control
        ],
    )
    return page, 422 if form.errors or form.refusals else 200


@bp.get("/attachments/<int:number>")
def attachment(number: int) -> Response:
    """Hand out a paper; it is saved, never opened inside the page."""
    row = ledger.attachment(current_book, number)
    if row is None:
        abort(404)
    suffix = {"application/pdf": "pdf", "image/jpeg": "jpg"}.get(row.media_type, "png")
    response = Response(row.content, mimetype=row.media_type)
    name = f"lampiran-{number}.{suffix}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
