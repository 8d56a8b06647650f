"""Say who logs in, and what they may do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from coopbook.cli.desk import Desk, format_option, pass_desk, today
from coopbook.cli.output import show
from coopbook.i18n import N_

if TYPE_CHECKING:
    from coopbook.book import Book

ROLES = (
    *("manager", "treasurer", "teller", "credit"),
    *("bookkeeper", "supervisor", "auditor", "member"),
)
role_option = click.option(
    "--role", "roles", multiple=True, type=click.Choice(ROLES), help="May be repeated."
)


def _waits(book: Book) -> int:
    from coopbook.cooperatives import setting

    return setting(book, "approval_days", today(book))


@click.group()
def person() -> None:
    """Enter people, change what they may do, let them go."""


@person.command("list")
@format_option
@pass_desk
def list_people(desk: Desk, shape: str) -> None:
    """List who logs in, with their roles."""
    from coopbook.people import roles_of, users

    with desk.read() as book:
        rows = [
            {
                "name": row.name,
                "full_name": row.full_name,
                "roles": " ".join(sorted(roles_of(book, row.name))),
                "member_number": row.member_number,
                "state": "logs in" if row.active else "disabled",
            }
            for row in users(book)
        ]
    show("people", rows, shape=shape, language=desk.language)


@person.command("add")
@click.argument("name")
@click.argument("full_name")
@role_option
@click.option("--member", type=int, help="Whose cards a member's own log-in shows.")
@pass_desk
def add_person(
    desk: Desk, name: str, full_name: str, roles: tuple[str, ...], member: int | None
) -> None:
    """Enter a person; the first password is printed once."""
    from coopbook.cooperatives import cooperative
    from coopbook.members import member as find
    from coopbook.people import Role, enter, new_password, waiting_change

    password = new_password()
    with desk.write() as book:
        if member is not None:
            find(book, member)
        row = enter(
            *(book, name, full_name, password, [Role(role) for role in roles]),
            on=today(book),
            days=_waits(book),
            member_number=member,
            language=cooperative(book).language,
        )
        tidy, waits = row.name, waiting_change(book, row.name)
        number = waits.number if waits else None
    _hand_over(desk, tidy, password)
    if number is not None:
        desk.echo(N_("Request %(number)s waits for a second person."), number=number)


def _hand_over(desk: Desk, name: str, password: str) -> None:
    desk.echo(
        N_("%(name)s logs in with the password %(password)s"),
        name=name,
        password=password,
    )


@person.command("roles")
@click.argument("name")
@role_option
@pass_desk
def change_roles(desk: Desk, name: str, roles: tuple[str, ...]) -> None:
    """Ask a second person to give NAME exactly these roles."""
    from coopbook.people import Role, ask_roles

    with desk.write() as book:
        asked = ask_roles(
            *(book, name, [Role(role) for role in roles]),
            on=today(book),
            days=_waits(book),
        )
        number = asked.number
    desk.echo(N_("Request %(number)s waits for a second person."), number=number)


@person.command("disable")
@click.argument("name")
@pass_desk
def disable_person(desk: Desk, name: str) -> None:
    """Let a person log in no more."""
    from coopbook.people import shut_out

    with desk.write() as book:
        shut_out(book, name)
    desk.echo(N_("%(name)s can log in no more."), name=name)


@person.command("password")
@click.argument("name")
@pass_desk
def give_password(desk: Desk, name: str) -> None:
    """Give a person another password, printed once."""
    from coopbook.cooperatives import setting
    from coopbook.people import Approval, new_password
    from coopbook.people import give_password as give

    password = new_password()
    with desk.write() as book:
        days = setting(book, "approval_days", today(book))
        given = give(book, name, password, days=days)
        waits = given.number if isinstance(given, Approval) else None
    _hand_over(desk, name, password)
    if waits is not None:
        desk.echo(N_("Request %(number)s waits for a second person."), number=waits)
