"""The mandatory share from the shell: calendars, arrears, plans, exemptions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from coopbook.cli.desk import (
    Desk,
    business_day,
    format_option,
    on_option,
    pass_desk,
    today,
)
from coopbook.cli.output import show, shown
from coopbook.cli.savings import savings
from coopbook.i18n import N_

if TYPE_CHECKING:
    from coopbook.book import Book
    from coopbook.savings import ShareStanding


def _named(month: int) -> str:
    """Write a month as the shell reads it, ``2026-03``."""
    return f"{month // 100}-{month % 100:02d}"


class Month(click.ParamType[int]):
    """A month: ``2026-03``."""

    name = "month"

    def convert(self, value: Any, param: Any, ctx: Any) -> int:
        """Read a month as one number, or say how one is written."""
        if isinstance(value, int):
            return value
        year, mark, month = value.partition("-")
        plain = mark and len(year) == 4 and year.isdecimal() and month.isdecimal()
        if not plain or not 1 <= int(month) <= 12:
            self.fail(f"{value!r} is not a month such as 2026-03")
        return int(year) * 100 + int(month)


@savings.command("calendar")
@click.argument("member", type=int)
@format_option
@pass_desk
def calendar(desk: Desk, member: int, shape: str) -> None:
    """Show every month of a member's mandatory share, and how it stands."""
    from coopbook import members
    from coopbook import savings as service

    with desk.read() as book:
        said = service.share_standing(book, members.member(book, member), today(book))
    ahead = service.MonthState.AHEAD
    rows = [
        {
            "month": _named(one.month),
            "amount": one.amount,
            "paid": one.paid,
            "state": N_("paid ahead")
            if one.state is ahead and shape == "table"
            else one.state,
        }
        for one in said.calendar.months
    ]
    show(
        "share-calendar",
        rows,
        shape=shape,
        language=desk.language,
        asked={"member": member, "may_borrow": said.may_borrow},
        totals={"amount": said.calendar.owed} if shape == "json" else None,
    )
    if shape == "table":
        desk.echo(
            N_("Missed: %(missed)s. Due this month: %(due)s. Months ahead: %(ahead)s."),
            missed=shown(said.calendar.arrears, desk.language),
            due=shown(said.calendar.due, desk.language),
            ahead=said.calendar.ahead,
        )


def _everybody(book: Book, on: date, hamlet: str | None) -> Iterator[ShareStanding]:
    from coopbook import savings as service

    after = 0
    while found := service.owing(book, on, hamlet=hamlet, after=after):
        yield from found
        after = found[-1].member.number


@savings.command("owing")
@click.option("--hamlet", help="Only those of a hamlet.")
@click.option("--all", "everybody", is_flag=True, help="Those who owe nothing, too.")
@format_option
@pass_desk
def owing(desk: Desk, hamlet: str | None, everybody: bool, shape: str) -> None:
    """List who owes which months of the mandatory share."""
    from coopbook.money import ZERO

    with desk.read() as book:
        rows: list[dict[str, Any]] = [
            {
                "member": one.member.number,
                "name": one.member.name,
                "hamlet": one.member.hamlet,
                "missed_months": len(one.calendar.missed),
                "arrears": one.calendar.arrears,
                "due": one.calendar.due,
                "months_ahead": one.calendar.ahead,
            }
            for one in _everybody(book, today(book), hamlet)
            if everybody or one.calendar.owed > ZERO
        ]
    show(
        "share-owing",
        rows,
        shape=shape,
        language=desk.language,
        asked={"hamlet": hamlet},
        totals={
            name: sum((row[name] for row in rows), ZERO) for name in ("arrears", "due")
        },
    )


@savings.command("plan")
@click.argument("member", type=int)
@click.argument("months", type=int)
@click.option("--note", default="", help="What was agreed.")
@on_option
@pass_desk
def plan(desk: Desk, member: int, months: int, note: str, on: date | None) -> None:
    """Agree that a member pays the arrears over so many MONTHS."""
    from coopbook import members
    from coopbook import savings as service

    with desk.write() as book:
        row = service.agree_plan(
            *(book, members.member(book, member)),
            months=months,
            on=business_day(book, on),
            note=note,
        )
        said = {
            "amount": shown(row.arrears, desk.language),
            "count": row.months,
            "first": _named(row.first_month),
        }
    desk.echo(N_("Agreed: %(amount)s over %(count)s months from %(first)s on."), **said)


@savings.command("exempt")
@click.argument("member", type=int)
@click.argument("first", type=Month())
@click.argument("last", type=Month())
@click.option("--decision", type=int, help="Number of the decision.")
@click.option("--reason", required=True, help="Why, in a few words.")
@pass_desk
def exempt(
    desk: Desk, member: int, first: int, last: int, decision: int | None, reason: str
) -> None:
    """Let a member owe nothing from the FIRST month to the LAST, by decision."""
    from coopbook import decisions, members
    from coopbook import savings as service

    with desk.write() as book:
        of = None if decision is None else decisions.decision(book, decision)
        service.exempt(
            *(book, members.member(book, member)),
            first_month=first,
            last_month=last,
            reason=reason,
            decision=of,
        )
    desk.echo(
        N_("Nothing is owed from %(first)s to %(last)s."),
        first=_named(first),
        last=_named(last),
    )
