"""Leaving and death from the shell: begin, reckon, settle, pay."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from coopbook.cli.desk import (
    AMOUNT,
    Desk,
    business_day,
    format_option,
    on_option,
    pass_desk,
    today,
)
from coopbook.cli.members import member
from coopbook.cli.output import show, shown
from coopbook.cli.standing import decision_of, decision_option, reason_option
from coopbook.i18n import N_

if TYPE_CHECKING:
    from coopbook.book import Book
    from coopbook.settlement import Heir, Settlement

CAUSES = click.Choice(["resigned", "expelled", "deceased"])


@member.group("leave")
def leave() -> None:
    """Begin a leaving, reckon it, settle it, pay it out."""


def _of(book: Book, number: int) -> Settlement:
    """Return the newest settlement of a member; raise ``NoSuchSettlement``."""
    from coopbook import members, settlement
    from coopbook.settlement.rules import NoSuchSettlement

    row = settlement.settlement_of(book, members.member(book, number))
    if row is None:
        raise NoSuchSettlement(0)
    return row


@leave.command("begin")
@click.argument("number", type=int)
@click.argument("cause", type=CAUSES)
@on_option
@decision_option
@reason_option
@pass_desk
def begin(
    desk: Desk,
    number: int,
    cause: str,
    on: date | None,
    decision: int | None,
    reason: str,
) -> None:
    """Begin: from then on everything of the member stands still."""
    from coopbook import members, settlement

    with desk.write() as book:
        row = settlement.begin(
            *(book, members.member(book, number), members.MemberStatus(cause)),
            on=business_day(book, on),
            reason=reason,
            decision=decision_of(book, decision),
        )
        begun = row.number
    desk.echo(N_("Settlement %(number)s is begun."), number=begun)


@leave.command("back")
@click.argument("number", type=int)
@on_option
@reason_option
@pass_desk
def back(desk: Desk, number: int, on: date | None, reason: str) -> None:
    """Take a leaving back that is not settled."""
    from coopbook import settlement

    with desk.write() as book:
        row = _of(book, number)
        settlement.take_back(book, row, on=business_day(book, on), reason=reason)
    desk.echo(N_("Member %(number)s stands as before."), number=number)


@leave.command("statement")
@click.argument("number", type=int)
@on_option
@format_option
@pass_desk
def statement(desk: Desk, number: int, on: date | None, shape: str) -> None:
    """Reckon what a membership comes to on a day; nothing is posted.

    A member who has not begun to leave is reckoned as if resigning.
    """
    from coopbook import members, settlement
    from coopbook.members.standing import LEFT
    from coopbook.money import ZERO

    with desk.read() as book:
        who, day = members.member(book, number), on or today(book)
        cause = who.status if who.status in LEFT else members.MemberStatus.RESIGNED
        said = settlement.reckon(book, who, cause, day)
        below = settlement.below_initial(book, said)
    parts = [
        ("shares", said.shares),
        ("savings", said.savings),
        ("interest", said.interest),
        ("deposits", said.deposits),
        ("surplus", said.undistributed),
        ("goods", ZERO - said.shop),
        ("loans", said.shop - said.owes),
    ]
    show(
        "leaving",
        [{"kind": kind, "amount": amount} for kind, amount in parts if amount],
        shape=shape,
        language=desk.language,
        asked={"number": number, "on": day},
        totals={"amount": said.net},
    )
    if below is not None:
        click.echo(
            desk.say(
                N_("The own capital falls to %(left)s, below the first %(least)s."),
                left=shown(below.left, desk.language),
                least=shown(below.least, desk.language),
            ),
            err=True,
        )


@leave.command("settle")
@click.argument("number", type=int)
@on_option
@click.option("--set-off", is_flag=True, help="Set loans off against what was saved.")
@click.option(
    "--heir",
    "heirs",
    multiple=True,
    metavar="NAME=AMOUNT=PAPERS",
    help="Who receives a part, and on which papers; may be repeated.",
)
@pass_desk
def settle(
    desk: Desk, number: int, on: date | None, set_off: bool, heirs: tuple[str, ...]
) -> None:
    """Post the settlement; without heirs the member receives what is left."""
    from coopbook import settlement

    receive = [_heir(said) for said in heirs] or None
    with desk.write() as book:
        row, day = _of(book, number), business_day(book, on)
        settlement.settle(book, row, on=day, set_off=set_off, heirs=receive)
        net = row.net
        rows = [
            {"number": one.number, "name": one.name, "amount": one.amount}
            for one in settlement.payees(book, row)
        ]
    desk.echo(N_("Settled: %(net)s is left."), net=shown(net, desk.language))
    if rows:
        show("payees", rows, shape="table", language=desk.language)


def _heir(said: str) -> Heir:
    from coopbook.settlement import Heir

    name, mark, rest = said.partition("=")
    amount, _mark, papers = rest.partition("=")
    if not mark:
        told = f"{said!r} is not NAME=AMOUNT=PAPERS"
        raise click.BadParameter(told, param_hint="--heir")
    return Heir(name, AMOUNT.convert(amount, None, None), papers=papers)


@leave.command("pay")
@click.argument("number", type=int)
@click.argument("payee", type=int)
@on_option
@click.option("--channel", type=click.Choice(["cash", "bank"]), default="cash")
@pass_desk
def pay(desk: Desk, number: int, payee: int, on: date | None, channel: str) -> None:
    """Pay somebody; above the limit a second person is asked."""
    from coopbook import settlement
    from coopbook.people import Approval
    from coopbook.savings import Channel

    with desk.write() as book:
        row = _of(book, number)
        done = settlement.pay_out_or_ask(
            *(book, row, settlement.payee(book, row, payee)),
            on=business_day(book, on),
            channel=Channel(channel),
        )
        asked = done.number if isinstance(done, Approval) else None
        voucher = "" if isinstance(done, Approval) else done.voucher
    if asked is None:
        click.echo(voucher)
    else:
        desk.echo(
            N_("The request waits for a second person: number %(number)s."),
            number=asked,
        )


@leave.command("end")
@click.argument("number", type=int)
@on_option
@pass_desk
def end(desk: Desk, number: int, on: date | None) -> None:
    """End a claim whose loans were paid since."""
    from coopbook import settlement

    with desk.write() as book:
        settlement.end_claim(book, _of(book, number), on=business_day(book, on))
    desk.echo(N_("Member %(number)s is settled."), number=number)


@leave.command("list")
@click.option("--all", "every", is_flag=True, help="Those that are finished, too.")
@format_option
@pass_desk
def list_leavings(desk: Desk, every: bool, shape: str) -> None:
    """List the leavings that wait for a step, newest first."""
    from coopbook import settlement

    with desk.read() as book:
        rows: list[dict[str, Any]] = [
            {
                "number": one.number,
                "member_number": one.member_number,
                "cause": one.cause,
                "date": one.begun_on,
                "state": one.state,
                "left": one.net,
            }
            for one in settlement.settlements(book, waiting=not every, limit=1000)
        ]
    show("leavings", rows, shape=shape, language=desk.language)
