"""Groups with joint liability, from a shell: found, roster, borrow, meet, freeze."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coopbook.cli.desk import (
    AMOUNT,
    DAY,
    Desk,
    business_day,
    format_option,
    on_option,
    pass_desk,
    today,
)
from coopbook.cli.output import show
from coopbook.i18n import N_

if TYPE_CHECKING:
    from coopbook.book import Book
    from coopbook.money import Money


@click.group("group")
def group() -> None:
    """Groups with joint liability."""


@group.command("found")
@click.argument("name")
@click.argument("people", nargs=-1, type=int, required=True, metavar="MEMBER...")
@click.option("--leader", type=int, help="Who leads; the first unless said.")
@click.option(
    "--meets",
    type=click.Choice(["weekly", "fortnightly", "monthly"]),
    default="monthly",
    show_default=True,
)
@click.option("--first", type=DAY, required=True, help="The first day of meeting.")
@click.option("--place", default="")
@click.option("--hamlet", default="")
@on_option
@pass_desk
def found(
    desk: Desk,
    name: str,
    people: tuple[int, ...],
    leader: int | None,
    meets: str,
    first: date,
    place: str,
    hamlet: str,
    on: date | None,
) -> None:
    """Found a group; prints its number."""
    from coopbook import groups, members

    with desk.write() as book:
        row = groups.found_group(
            *(book, name, [members.member(book, one) for one in people]),
            leader=members.member(book, leader or people[0]),
            meets=groups.Meets(meets),
            first_meeting=first,
            on=business_day(book, on),
            place=place,
            hamlet=hamlet,
        )
        number = row.number
    click.echo(number)


@group.command("list")
@format_option
@pass_desk
def list_(desk: Desk, shape: str) -> None:
    """List the groups, with what is late and whether they are frozen."""
    from coopbook import groups

    with desk.read() as book:
        day = today(book)
        rows = [
            {
                "number": one.number,
                "name": one.name,
                "members": len(groups.members_in(book, one, day)),
                "next meeting": groups.next_meeting(one.first_meeting, one.meets, day),
                "late": groups.late_in(book, one, day),
                "frozen": row.frozen_on if (row := groups.frozen(book, one)) else None,
            }
            for one in groups.groups(book, limit=10_000)
        ]
    show("groups", rows, shape=shape, language=desk.language)


@group.command("sheet")
@click.argument("number", type=int)
@on_option
@format_option
@pass_desk
def sheet(desk: Desk, number: int, on: date | None, shape: str) -> None:
    """Show the sheet of a meeting: everybody, each loan, what is due."""
    from coopbook import groups

    with desk.read() as book:
        day = on or today(book)
        rows = [
            {
                "member": row.member.number,
                "name": row.member.name,
                "loan": row.loan.number if row.loan else None,
                "due": row.due,
                "days_past_due": row.standing.days_past_due if row.standing else None,
            }
            for row in groups.sheet(book, groups.group(book, number), day)
        ]
    show(
        *("sheet", rows),
        shape=shape,
        language=desk.language,
        asked={"group": number, "on": day},
    )


@group.command("meet")
@click.argument("number", type=int)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--came", required=True, help="Members who came: 3,5,7 or all.")
@click.option("--control", type=AMOUNT, help="The total that was counted.")
@click.option("--field-cash", is_flag=True, help="The money stays with the collector.")
@click.option("--note", default="")
@on_option
@pass_desk
def meet(
    desk: Desk,
    number: int,
    file: Path,
    came: str,
    control: Money | None,
    field_cash: bool,
    note: str,
    on: date | None,
) -> None:
    """Write a meeting down: lines of loan, amount, and who covered it, if another."""
    from coopbook import groups, rounds

    with desk.write() as book:
        of, day = groups.group(book, number), business_day(book, on)
        here = [one.number for one in groups.members_in(book, of, day)]
        present = here if came == "all" else [int(one) for one in came.split(",")]
        row = groups.meet(
            *(book, of),
            on=day,
            given=_given(book, file),
            present=present,
            control=control,
            where=rounds.FIELD if field_cash else rounds.DRAWER,
            note=note,
        )
        item, uncovered = row.number, row.uncovered
    click.echo(item)
    if uncovered:
        desk.echo(N_("%(sum)s stays unpaid: the group is frozen."), sum=uncovered)


def _given(book: Book, file: Path) -> list[Any]:
    """Read lines of loan, amount and coverer; a heading is passed over."""
    from coopbook import groups, loans, members
    from coopbook.money import ZERO

    text = file.read_text(encoding="utf-8-sig")
    mark = ";" if ";" in text.partition("\n")[0] else ","
    paid: dict[int, Money] = {}
    covered: dict[int, list[Any]] = {}
    for line, cells in enumerate(csv.reader(text.splitlines(), delimiter=mark), 1):
        tidy = [cell.strip() for cell in cells]
        if not any(tidy) or (line == 1 and not tidy[0].isdecimal()):
            continue
        by = tidy[2] if len(tidy) == 3 else ""
        if len(tidy) not in (2, 3) or not tidy[0].isdecimal() or not _plain(by):
            said = f"line {line}: {mark.join(cells)!r} is not LOAN{mark}AMOUNT"
            raise click.BadParameter(f"{said}{mark}MEMBER", param_hint="FILE")
        number, amount = int(tidy[0]), AMOUNT.convert(tidy[1], None, None)
        if by:
            covered.setdefault(number, []).append(
                (members.member(book, int(by)), amount)
            )
        else:
            paid[number] = paid.get(number, ZERO) + amount
    return [
        groups.Given(
            loans.loan(book, number),
            paid.get(number, ZERO),
            tuple(covered.get(number, ())),
        )
        for number in sorted({*paid, *covered})
    ]


def _plain(text: str) -> bool:
    return not text or text.isdecimal()


@group.command("join")
@click.argument("number", type=int)
@click.argument("member", type=int)
@on_option
@pass_desk
def join(desk: Desk, number: int, member: int, on: date | None) -> None:
    """Put a member on the roster."""
    from coopbook import groups, members

    with desk.write() as book:
        of, who = groups.group(book, number), members.member(book, member)
        groups.join(book, of, who, on=business_day(book, on))
    desk.echo(N_("The roster is changed."))


@group.command("leave")
@click.argument("number", type=int)
@click.argument("member", type=int)
@click.option("--note", required=True, help="Why.")
@on_option
@pass_desk
def leave(desk: Desk, number: int, member: int, note: str, on: date | None) -> None:
    """Take a member off the roster."""
    from coopbook import groups, members

    with desk.write() as book:
        of, who = groups.group(book, number), members.member(book, member)
        groups.leave(book, of, who, on=business_day(book, on), note=note)
    desk.echo(N_("The roster is changed."))


@group.command("freeze")
@click.argument("number", type=int)
@click.option("--note", required=True, help="Why.")
@click.option("--lift", is_flag=True, help="Lift the freeze instead.")
@on_option
@pass_desk
def freeze(desk: Desk, number: int, note: str, lift: bool, on: date | None) -> None:
    """Let no member of a group get a new loan, or lift that again."""
    from coopbook import groups

    with desk.write() as book:
        of, day = groups.group(book, number), business_day(book, on)
        act = groups.lift if lift else groups.freeze
        act(book, of, on=day, why=note)
    desk.echo(N_("The freeze is lifted.") if lift else N_("The group is frozen."))
