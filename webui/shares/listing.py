"""Who owes which months of the mandatory share: on the screen, on paper, as a file."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import members, savings
from coopbook.exports.csv_export import Style, table
from coopbook.members import MemberStatus
from coopbook.money import ZERO, Money
from coopbook.savings import ShareStanding
from webui import months
from webui.desk import current_book, today
from webui.policy import asked_number
from webui.shares import bp

PAGE = 25
BATCH = 400
ADDED_UP = 2_000
"""Up to so many members are added up unasked; more take a few seconds."""
HEADINGS = (
    *("No Anggota", "Nama", "Dusun", "Bulan Tertunggak", "Bulan Pertama", "Tunggakan"),
    *("Bulan Ini", "Bulan di Muka", "Rencana Ditepati", "Boleh Meminjam"),
)
"""Indonesian in both languages, as in the book of members."""


def _asked() -> tuple[str | None, bool]:
    """Return the hamlet that is asked for, and whether only those who owe are."""
    hamlet = request.args.get("hamlet", "").strip()[:100] or None
    return hamlet, request.args.get("who", "owing") != "all"


def _everybody(
    hamlet: str | None, after: int = 0, batch: int = BATCH
) -> Iterator[ShareStanding]:
    """Return how everybody stands, by number, some of them asked at a time."""
    while True:
        found = savings.owing(
            current_book, today(), hamlet=hamlet, after=after, limit=batch
        )
        yield from found
        if len(found) < batch:
            return
        after = found[-1].member.number


@bp.get("/shares")
def desk() -> ResponseReturnValue:
    """List who owes which months of the mandatory share, with totals."""
    hamlet, only = _asked()
    after = asked_number("after", 0) or 0
    hamlets = members.hamlets(current_book)
    standings = _everybody(hamlet, after, batch=2 * PAGE)
    wanted = (one for one in standings if _owes(one) or not only)
    found = list(islice(wanted, PAGE + 1))
    few = _living(hamlet, hamlets) <= ADDED_UP or "sum" in request.args
    return render_template(
        "shares/desk.html",
        rows=[(one, _short(one)) for one in found[:PAGE]],
        more=len(found) > PAGE,
        after=after,
        hamlet=hamlet,
        only=only,
        hamlets=hamlets,
        sums=_added_up(hamlet) if few and not after else None,
    )


def _owes(one: ShareStanding) -> bool:
    return one.calendar.owed > ZERO


def _living(hamlet: str | None, hamlets: list[tuple[str, int]]) -> int:
    """Return about how many members a list looks at."""
    if hamlet is not None:
        return dict(hamlets).get(hamlet, 0)
    return members.counts(current_book).get(MemberStatus.ACTIVE, 0)


def _added_up(hamlet: str | None) -> tuple[int, Money, Money]:
    """Return how many owe, what they missed, and what this month still asks for."""
    count, missed, due = 0, ZERO, ZERO
    for one in _everybody(hamlet):
        count += _owes(one)
        missed, due = missed + one.calendar.arrears, due + one.calendar.due
    return count, missed, due


def _short(one: ShareStanding) -> str:
    """Say in a line which months somebody owes, or how far they are ahead."""
    missed = [month.month for month in one.calendar.missed]
    if missed:
        return months.spoken(missed)
    if one.calendar.due.units:
        return months.named(one.calendar.now)
    ahead = [m.month for m in one.calendar.months if m.month > one.calendar.now]
    return _(
        "paid up to %(month)s", month=months.named((ahead or [one.calendar.now])[-1])
    )


@bp.get("/shares.csv")
def file() -> Response:
    """Hand out the whole list as a file: one row a member, amounts in rupiah."""
    hamlet, only = _asked()
    rows = (
        _cells(one) for one in _everybody(hamlet) if one.calendar.owed.units or not only
    )
    content = b"".join(table(HEADINGS, rows, Style.excel()))
    response = Response(content, content_type="text/csv; charset=utf-8")
    name = f"simpanan-wajib-{today():%Y%m%d}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _cells(one: ShareStanding) -> list[object]:
    missed = one.calendar.missed
    return [
        one.member.number,
        one.member.name,
        one.member.hamlet,
        len(missed),
        f"{missed[0].month // 100}-{missed[0].month % 100:02d}" if missed else None,
        one.calendar.arrears.units,
        one.calendar.due.units,
        one.calendar.ahead,
        _said(one.plan.kept) if one.plan else None,
        _said(one.may_borrow),
    ]


def _said(yes: bool) -> str:
    return "ya" if yes else "tidak"
