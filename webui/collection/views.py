"""Choose a hamlet, write down what everybody gave, post it at once, print it."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from coopbook import ledger, members, oversight, savings
from coopbook.errors import Refused
from coopbook.ledger import Entry
from coopbook.members import Member
from coopbook.money import ZERO
from coopbook.savings import Collected, SavingsType, SheetRow
from webui import months
from webui.collection import bp
from webui.collection.forms import SheetForm, Typed, given
from webui.desk import Done, Preview, by_account, current_book, put, today, total
from webui.policy import asked_number
from webui.watching import warn
from webui.wording import Unreadable, read_date, rupiah, tell

ROWS = 40
"""Rows of a sheet: a page of them stays small, and prints on two sides."""
TOLD = 8
"""So many rows that differ, or are refused, are named one by one."""


def _hamlet() -> str | None:
    return request.args.get("hamlet", "").strip()[:100] or None


def _day() -> date:
    """Return the day of the round from the address, or today."""
    try:
        return min(read_date(request.args.get("on", "")), today())
    except Unreadable:
        return today()


@bp.get("/collection")
def desk() -> ResponseReturnValue:
    """Choose where to collect; show the rounds that were posted."""
    before = asked_number("before")
    found = savings.collections(current_book, before=before, limit=26)
    return render_template(
        "collection/desk.html",
        hamlets=members.hamlets(current_book),
        hamlet=_hamlet(),
        rounds=[
            (one, ledger.entry(current_book, one.entry_number)) for one in found[:25]
        ],
        more=len(found) > 25,
        before=before,
    )


def _rows() -> tuple[list[SheetRow], int | None]:
    """Return the members of a sheet, and after whom the next sheet begins."""
    after = asked_number("after", 0) or 0
    found = savings.sheet(
        current_book, _day(), hamlet=_hamlet(), after=after, limit=ROWS + 1
    )
    more = found[ROWS - 1].member.number if len(found) > ROWS else None
    return found[:ROWS], more


@bp.get("/collection/blank")
def blank() -> ResponseReturnValue:
    """Show an empty sheet with boxes to write in and to sign, for the walk."""
    rows, more = _rows()
    return render_template(
        "collection/blank.html",
        rows=[(one, _owed(one)) for one in rows],
        hamlet=_hamlet(),
        more=more,
        after=asked_number("after", 0),
        on=_day(),
    )


def _owed(one: SheetRow) -> str:
    found = [month.month for month in one.calendar.missed]
    if one.calendar.due > ZERO:
        found.append(one.calendar.now)
    return months.spoken(found)


# -- the sheet -------------------------------------------------------------------


@bp.route("/collection/sheet", methods=["GET", "POST"])
def sheet() -> ResponseReturnValue:
    """Write down what everybody of a hamlet gave, and post it as one entry."""
    rows, more = _rows()
    asked = request.args.get("collector", "").strip()[:60]
    form = SheetForm(rows, on=_day(), collector=asked or current_user.full_name)
    outcome, notes = None, list[str]()
    if form.validate_on_submit():
        gave = _given(form)
        if not form.refusals:
            outcome = _posted(form, gave, notes)
    if isinstance(outcome, Done):
        _warn(outcome.result, gave)
        return redirect(
            url_for(".page", number=outcome.result.number, then=more, of=_hamlet())
        )
    if isinstance(outcome, Preview):
        outcome.notes.extend(notes)
        outcome.lines[:] = by_account(outcome.lines)
    page = render_template(
        "collection/sheet.html",
        form=form,
        preview=outcome,
        hamlet=_hamlet(),
        more=more,
        after=asked_number("after", 0),
    )
    return page, 422 if form.errors or form.refusals else 200


def _given(form: SheetForm) -> list[Collected]:
    """Return what everybody gives; a row that cannot be is named on the form."""
    gave, wrong = list[Collected](), list[str]()
    for one in form.rows:
        parts = one.gave()
        if not form.confirmed():
            _check(one, parts, form.on.data)
        gave += parts
        name = f"{one.number:04d} {one.row.member.name}"
        wrong += [f"{name}: {sentence}" for sentence in dict.fromkeys(one.wrong)]
    for number in form.strangers():
        said = _(
            "Member %(number)s is not on this sheet any more. Leave the row out, or "
            "take the money at the counter.",
            number=number,
        )
        wrong.append(said)
    form.refusals += wrong[:TOLD]
    if len(wrong) > TOLD:
        left = _(
            "%(count)s rows more cannot be posted either.", count=len(wrong) - TOLD
        )
        form.refusals.append(left)
    return gave


def _check(one: Typed, parts: list[Collected], on: date) -> None:
    for part in parts:
        try:
            savings.check_deposit(current_book, part.account, part.amount, on=on)
        except Refused as refusal:
            one.refuse("m" if _is_share(part) else "v", tell(refusal))


def _posted(
    form: SheetForm, gave: list[Collected], notes: list[str]
) -> Done | Preview | None:
    whole = total(one.amount for one in gave)
    people = {one.account.member_number for one in gave}
    shares = total(one.amount for one in gave if _is_share(one))

    def said(_entry: Entry) -> str:
        notes.extend(_differing(form, gave))
        return ngettext(
            "%(num)s member gives %(whole)s: %(shares)s as mandatory share, %(rest)s "
            "into voluntary savings.",
            "%(num)s members give %(whole)s: %(shares)s as mandatory share, %(rest)s "
            "into voluntary savings.",
            len(people),
            whole=rupiah(whole),
            shares=rupiah(shares),
            rest=rupiah(whole - shares),
        )

    return put(
        form,
        savings.collect,
        gave,
        on=form.on.data,
        hamlet=_hamlet() or "",
        collector=form.collector.data or "",
        field_cash=form.place.data == "field",
        amount_shown=whole or None,
        sentence=said,
    )


def _is_share(one: Collected) -> bool:
    return one.account.product.savings_type is SavingsType.MANDATORY_SHARE


def _differing(form: SheetForm, gave: list[Collected]) -> list[str]:
    """Say, of those who give something else than they owe, what it pays."""
    other, nothing = list[Typed](), list[str]()
    for one in form.rows:
        amount, owed = given(gave, one.row.mandatory), one.row.calendar.owed
        if amount == ZERO and owed > ZERO:
            nothing.append(f"{one.number:04d}")
        elif amount != owed:
            other.append(one)
    after = {
        one.member.number: one.calendar
        for one in savings.share_standings(
            current_book, [one.row.member for one in other[:TOLD]], _day()
        )
    }
    notes = [
        f"{one.number:04d} {one.row.member.name}: "
        f"{months.pays(one.row.calendar, after[one.number])}"
        for one in other[:TOLD]
    ]
    if len(other) > TOLD:
        notes.append(_("%(count)s more pay other months.", count=len(other) - TOLD))
    if nothing:
        notes.append(_("Paying no share: %(numbers)s.", numbers=", ".join(nothing)))
    return notes


def _warn(entry: Entry, gave: list[Collected]) -> None:
    people = {one.account.member_number for one in gave}
    for found in oversight.cash_of_day(current_book, entry.booked_on):
        if found.to_report and found.member.number in people:
            warn(found)
    flash(_("%(voucher)s is posted.", voucher=entry.voucher))


# -- a round that was posted -----------------------------------------------------


@bp.get("/collection/<int:number>")
def page(number: int) -> ResponseReturnValue:
    """Show a round that was posted, row by row; it prints on A4."""
    row = savings.collection(current_book, number)
    entry = ledger.entry(current_book, number)
    after = asked_number("after", 0) or 0
    gave = _by_member(savings.collected(current_book, row))
    shown = [one for one in gave if one["member"].number > after]
    return render_template(
        "collection/page.html",
        round=row,
        entry=entry,
        undone=ledger.reversal_of(current_book, entry),
        rows=shown[:ROWS],
        more=len(shown) > ROWS,
        after=after,
        shares=total(one["share"] for one in gave),
        rest=total(one["rest"] for one in gave),
        then=asked_number("then"),
        of=request.args.get("of", "")[:100] or None,
    )


def _by_member(gave: list[Collected]) -> list[dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    for one in gave:
        who: Member = one.account.member
        row = found.setdefault(who.number, {"member": who, "share": ZERO, "rest": ZERO})
        row["share" if _is_share(one) else "rest"] += one.amount
    return [found[number] for number in sorted(found)]
