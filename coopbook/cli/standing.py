"""How a member stands, and the decision and reason that a change asks for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from coopbook.cli.desk import (
    DAY,
    Desk,
    business_day,
    format_option,
    on_option,
    pass_desk,
)
from coopbook.cli.members import member
from coopbook.cli.output import show

if TYPE_CHECKING:
    from coopbook.book import Book
    from coopbook.decisions import Decision

decision_option = click.option(
    "--decision", type=int, help="Number of the decision, as decision list has it."
)
reason_option = click.option("--reason", default="", help="Why, in a few words.")


def decision_of(book: Book, number: int | None) -> Decision | None:
    """Return the decision that was named, if one was."""
    from coopbook.decisions import decision

    return None if number is None else decision(book, number)


@member.command("standing")
@click.argument("number", type=int)
@click.argument(
    "to",
    required=False,
    type=click.Choice(["active", "associate", "suspended", "prospective"]),
)
@on_option
@click.option("--until", type=DAY, help="When a suspension ends by itself.")
@decision_option
@reason_option
@format_option
@pass_desk
def standing(
    desk: Desk,
    number: int,
    to: str | None,
    on: date | None,
    until: date | None,
    decision: int | None,
    reason: str,
    shape: str,
) -> None:
    """Show where a member has stood; with TO, change it.

    "active" takes a candidate in; "prospective" takes somebody back who left and was
    settled.
    """
    from coopbook import members, savings
    from coopbook.members import MemberStatus

    if to is not None:
        with desk.write() as book:
            who = members.member(book, number)
            said: dict[str, Any] = {
                "on": business_day(book, on),
                "reason": reason,
                "decision": decision_of(book, decision),
            }
            if to == "prospective":
                members.readmit(book, who, **said)
            elif to == "active" and who.status in savings.TAKEN_IN:
                savings.accept(book, who, **said)
            else:
                way = MemberStatus(to)
                members.change_standing(book, who, way, until=until, **said)
    with desk.read() as book:
        who = members.member(book, number)
        rows = [
            {
                "date": one.changed_on,
                "status": one.status,
                "decision": one.decision_number,
                "reason": one.reason,
            }
            for one in members.history(book, who)
        ]
    show(
        *("standing", rows),
        shape=shape,
        language=desk.language,
        asked={"number": number},
    )
