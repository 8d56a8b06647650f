"""Enter decisions of the board, and the papers the cooperative stands on."""

from __future__ import annotations

import mimetypes
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coopbook.cli.desk import (
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
    from coopbook.ledger import Paper

DOCUMENTS = (
    *("bylaws", "deed", "approval", "registration", "licence", "tax", "village"),
    *("agreement", "insurance", "other"),
)
paper_option = click.option(
    "--paper",
    "file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="The signed paper: PDF, PNG or JPEG, at most 2 MB.",
)


def _paper(file: Path | None) -> Paper | None:
    from coopbook.ledger import Paper

    if file is None:
        return None
    kind = mimetypes.guess_type(file.name)[0] or ""
    return Paper(file.name, kind, file.read_bytes())


@click.group()
def decision() -> None:
    """Enter decisions of the board and the supervisors, list all."""


@decision.command("enter")
@click.argument("title")
@click.argument("text")
@click.option("--body", type=click.Choice(["board", "supervisors"]), default="board")
@on_option
@paper_option
@pass_desk
def enter_decision(
    desk: Desk, title: str, text: str, body: str, on: date | None, file: Path | None
) -> None:
    """Enter a decision; prints its number."""
    from coopbook import decisions

    with desk.write() as book:
        row = decisions.enter_decision(
            book,
            body=decisions.DecisionBody(body),
            title=title,
            text=text,
            on=business_day(book, on),
            scan=_paper(file),
        )
        label = row.label
    click.echo(label)


@decision.command("list")
@click.option("--year", type=click.IntRange(1900, 9999))
@click.option("--limit", default=50, show_default=True)
@format_option
@pass_desk
def list_decisions(desk: Desk, year: int | None, limit: int, shape: str) -> None:
    """List decisions, newest first."""
    from coopbook import decisions

    with desk.read() as book:
        rows = [
            {
                "number": row.number,
                "label": row.label,
                "date": row.decided_on,
                "body": row.body,
                "title": row.title,
            }
            for row in decisions.decisions(book, year=year, limit=limit)
        ]
    show(
        *("decisions", rows),
        shape=shape,
        language=desk.language,
        asked={"year": year},
    )


@click.group()
def document() -> None:
    """Keep the papers of the cooperative, and say which end soon."""


@document.command("enter")
@click.argument("kind", type=click.Choice(DOCUMENTS))
@click.argument("title")
@click.option("--reference", default="", help="The number on the paper.")
@click.option("--issuer", default="", help="Who issued it.")
@click.option("--issued", "issued_on", type=DAY)
@click.option("--expires", "expires_on", type=DAY)
@click.option("--remind", "remind_days", type=int, default=30, show_default=True)
@click.option("--replaces", type=int, help="The older document whose place it takes.")
@paper_option
@pass_desk
def enter_document(
    desk: Desk,
    kind: str,
    title: str,
    reference: str,
    issuer: str,
    issued_on: date | None,
    expires_on: date | None,
    remind_days: int,
    replaces: int | None,
    file: Path | None,
) -> None:
    """Enter a paper in the register."""
    from coopbook import decisions

    with desk.write() as book:
        said: dict[str, Any] = {
            "title": title,
            "on": today(book),
            "reference": reference,
            "issuer": issuer,
            "issued_on": issued_on,
            "expires_on": expires_on,
            "remind_days": remind_days,
            "scan": _paper(file),
        }
        if replaces is None:
            of = decisions.DocumentKind(kind)
            row = decisions.enter_document(book, kind=of, **said)
        else:
            old = decisions.document(book, replaces)
            row = decisions.replace_document(book, old, **said)
        number = row.number
    desk.echo(N_("Document %(number)s entered."), number=number)


@document.command("list")
@format_option
@pass_desk
def list_documents(desk: Desk, shape: str) -> None:
    """List the register as it stands today, newest first."""
    _show(desk, shape, alarming=False)


@document.command("alerts")
@format_option
@pass_desk
def alerts(desk: Desk, shape: str) -> None:
    """List what has expired or ends soon."""
    _show(desk, shape, alarming=True)


def _show(desk: Desk, shape: str, *, alarming: bool) -> None:
    from coopbook import decisions

    ask = decisions.alerts if alarming else decisions.documents
    with desk.read() as book:
        rows = [
            {
                "number": one.document.number,
                "kind": one.document.kind,
                "title": one.document.title,
                "reference": one.document.reference,
                "expires_on": one.document.expires_on,
                "days_left": one.days_left,
                "state": one.state,
            }
            for one in ask(book, today(book))
        ]
    show("documents", rows, shape=shape, language=desk.language)
