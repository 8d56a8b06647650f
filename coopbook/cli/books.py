"""Found a cooperative, check a book, upgrade its database."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TextIO

import click

from coopbook.cli.desk import DAY, Desk, pass_desk
from coopbook.i18n import N_


@click.command()
@click.option("--name", prompt="Name of the cooperative")
@click.option("--village", prompt="Village", default="")
@click.option(
    "--first-day", type=DAY, help="First day of the book; 1 January unless said."
)
@click.option("--manager", prompt="Log-in name of the first manager")
@click.option("--full-name", default="")
@click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True)
@click.option("--language", type=click.Choice(["id", "en"]), default="id")
@pass_desk
def init(
    desk: Desk,
    name: str,
    village: str,
    first_day: date | None,
    manager: str,
    full_name: str,
    password: str,
    language: str,
) -> None:
    """Found a cooperative with its chart of accounts and its first manager."""
    from sqlalchemy.orm import Session

    from coopbook.cooperatives import next_number
    from coopbook.db import schema
    from coopbook.db.engines import engine_for
    from coopbook.founding import founding
    from coopbook.people import Role, add_user
    from coopbook.vault import vault_for

    if "://" not in desk.place:
        Path(desk.place).mkdir(parents=True, exist_ok=True)
    engine = engine_for(desk.place)
    schema.upgrade(engine)
    begins = first_day or datetime.now(UTC).date().replace(month=1, day=1)
    with Session(engine) as session:
        number = next_number(session)
        session.rollback()
        with founding(
            session,
            number=number,
            name=name,
            village=village,
            first_day=begins,
            language=language,
            actor=manager,
            vault=vault_for(desk.place, make=True),
        ) as book:
            add_user(
                book, manager, full_name or manager, password, [Role.MANAGER], on=begins
            )
    engine.dispose()
    desk.echo(
        N_("Cooperative %(number)s, %(name)s, begins in %(place)s."),
        number=number,
        name=name,
        place=desk.place,
    )


@click.command("verify")
@click.option(
    "--against",
    type=click.File(encoding="utf-8"),
    help="A file of checkpoints that were kept elsewhere, one a line.",
)
@pass_desk
@click.pass_context
def verify_book(context: click.Context, desk: Desk, against: TextIO | None) -> None:
    """Check everything checkable; exit with 3 when anything is wrong."""
    from coopbook.checkpoints.rules import read_all
    from coopbook.verification import verify

    checks = verify(desk.place, known=read_all(against.read()) if against else ())
    for check in checks:
        mark = "✓" if check.in_order else "✗"
        of = "" if check.cooperative_id is None else f" ({check.cooperative_id})"
        click.echo(f"{mark} {desk.say(check.name)}{of}", nl=False)
        click.echo(
            f": {check.looked_at:,}"
            if check.finding is None
            else f": {check.finding.said(desk.language)}"
        )
    if not all(check.in_order for check in checks):
        context.exit(3)


@click.group()
def db() -> None:
    """Upgrade and check the database."""


@db.command("upgrade")
@pass_desk
def upgrade(desk: Desk) -> None:
    """Bring the database to what this program expects."""
    from coopbook.db import schema
    from coopbook.db.engines import engine_for

    desk.check_there()
    engine = engine_for(desk.place)
    schema.upgrade(engine)
    engine.dispose()
    desk.echo(N_("The database is at %(revision)s."), revision=schema.newest())


@db.command("check")
@pass_desk
@click.pass_context
def check(context: click.Context, desk: Desk) -> None:
    """Say whether the database is at what this program expects."""
    from coopbook.db import schema
    from coopbook.db.engines import engine_for

    desk.check_there()
    engine = engine_for(desk.place)
    with engine.connect() as connection:
        found, digest = schema.current(connection), schema.digest(connection)
    engine.dispose()
    desk.echo(
        N_("At %(found)s, expected %(newest)s; digest %(digest)s."),
        found=found,
        newest=schema.newest(),
        digest=digest[:16],
    )
    if found != schema.newest():
        context.exit(1)
