"""See what waits for a second person, and decide."""

from __future__ import annotations

import click

from coopbook.cli.desk import Desk, format_option, pass_desk
from coopbook.cli.output import show
from coopbook.i18n import N_


@click.group()
def approval() -> None:
    """Decide as the second person."""


@approval.command("list")
@format_option
@pass_desk
def list_approvals(desk: Desk, shape: str) -> None:
    """List what waits."""
    from coopbook.people.approvals import inbox

    with desk.read() as book:
        rows = [
            {
                "number": row.number,
                "kind": row.kind,
                "request": row.request,
                "made_by": row.made_by,
                "digest": row.digest[:12],
            }
            for row in inbox(book, limit=1000)
        ]
    show("approvals", rows, shape=shape, language=desk.language)


@approval.command("approve")
@click.argument("number", type=int)
@click.argument("digest")
@pass_desk
def approve_one(desk: Desk, number: int, digest: str) -> None:
    """Approve a request whose digest begins as you were shown it."""
    from coopbook.people.approvals import approval as find
    from coopbook.people.approvals import approve

    with desk.write() as book:
        row = find(book, number)
        same = len(digest) >= 8 and row.digest.startswith(digest)
        approve(book, number, digest=row.digest if same else digest)
    desk.echo(N_("Request %(number)s approved."), number=number)


@approval.command("refuse")
@click.argument("number", type=int)
@click.option("--reason", required=True)
@pass_desk
def refuse_one(desk: Desk, number: int, reason: str) -> None:
    """Refuse a request, with a reason."""
    from coopbook.people.approvals import refuse

    with desk.write() as book:
        refuse(book, number, reason=reason)
    desk.echo(N_("Request %(number)s refused."), number=number)
