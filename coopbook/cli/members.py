"""Admit, list and show members."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from coopbook.cli.desk import (
    DAY,
    Desk,
    business_day,
    format_option,
    on_option,
    pass_desk,
)
from coopbook.cli.output import show
from coopbook.i18n import N_


@click.group()
def member() -> None:
    """Admit, list and show members."""


def about_options(command: Any) -> Any:
    """Let a command take what the register keeps about a person.

    Identity numbers are left out: a command line is kept in files and lists.
    """
    for name, told in reversed(
        (
            ("--phone", ""),
            ("--address", ""),
            ("--hamlet", "Hamlet (dusun) or RT."),
            ("--village", ""),
            ("--district", "Code of the district, such as 32.12.16."),
            ("--village-code", "Ten figures, such as 32.12.16.2004."),
            ("--occupation", ""),
            ("--source-of-funds", "Where the money comes from."),
        )
    ):
        command = click.option(name, help=told or None)(command)
    risk = click.Choice(["low", "medium", "high"])
    command = click.option("--risk", type=risk)(command)
    return click.option("--born-on", type=DAY)(command)


def _said(about: dict[str, Any]) -> dict[str, Any]:
    """Return what was said of a person, in the words of the register."""
    from coopbook.members import Risk

    said = {name: value for name, value in about.items() if value is not None}
    if "district" in said:
        said["region_code"] = said.pop("district")
    if "risk" in said:
        said["risk"] = Risk(said["risk"])
    return said


@member.command("admit")
@click.argument("name")
@on_option
@about_options
@pass_desk
def admit_member(desk: Desk, /, name: str, on: date | None, **about: Any) -> None:
    """Enter a candidate; the principal share makes a member."""
    from coopbook.members import admit, look_alikes

    with desk.write() as book:
        row = admit(book, name, on=business_day(book, on), **_said(about))
        number = row.number
        alike = [one.other.number for one in look_alikes(book, row)]
    desk.echo(N_("Member %(number)s entered."), number=number)
    for other in alike:
        desk.echo(
            N_("Perhaps the same person as member %(number)s: coopbook member judge"),
            number=other,
        )


@member.command("correct")
@click.argument("number", type=int)
@click.option("--name")
@about_options
@pass_desk
def correct_member(desk: Desk, /, number: int, **about: Any) -> None:
    """Correct what the register says; what is not named stays."""
    from coopbook import members

    with desk.write() as book:
        members.correct(book, members.member(book, number), **_said(about))
    desk.echo(N_("Member %(number)s corrected."), number=number)


@member.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--format", "shape", type=click.Choice(["csv", "xlsx"]), default="csv")
@pass_desk
def export_members(desk: Desk, file: Path, shape: str) -> None:
    """Write the book of members to a file; identity numbers stay half hidden."""
    from coopbook.exports import write_members

    with desk.read() as book:
        count = write_members(book, file, shape)
    desk.echo(N_("%(count)s members written to %(file)s."), count=count, file=str(file))


@member.command("list")
@click.argument("text", default="")
@format_option
@pass_desk
def list_members(desk: Desk, text: str, shape: str) -> None:
    """List members, or find them by number or part of the name."""
    from coopbook.members import search

    with desk.read() as book:
        rows = [
            {
                "number": row.number,
                "name": row.name,
                "status": row.status,
                "joined_on": row.joined_on,
            }
            for row in search(book, text, limit=10_000)
        ]
    show("members", rows, shape=shape, language=desk.language, asked={"text": text})


@member.command("show")
@click.argument("number", type=int)
@format_option
@pass_desk
def show_member(desk: Desk, number: int, shape: str) -> None:
    """Show everything a member has saved."""
    from coopbook.members import member as find
    from coopbook.savings import accounts_of

    with desk.read() as book:
        rows = [
            {
                "account": each.account.number,
                "product": each.product.code,
                "balance": each.balance,
                "available": each.available,
            }
            for each in accounts_of(book, find(book, number))
        ]
    show("member", rows, shape=shape, language=desk.language, asked={"number": number})
