"""What stays on an account: holds, blocks, waking; and new kinds of savings."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from coopbook.cli.desk import AMOUNT, Desk, business_day, on_option, pass_desk
from coopbook.cli.output import shown
from coopbook.cli.savings import savings
from coopbook.i18n import N_

if TYPE_CHECKING:
    from coopbook.money import Money

WHY = click.Choice(["guarantee", "collateral", "court", "other"])


@savings.command("hold")
@click.argument("account", type=int)
@click.argument("amount", type=AMOUNT)
@click.option("--why", type=WHY, default="other", show_default=True)
@click.option("--note", required=True, help="For whom, and by which paper.")
@click.option("--loan", type=int, help="Number of the loan it secures.")
@on_option
@pass_desk
def hold(
    desk: Desk,
    account: int,
    amount: Money,
    why: str,
    note: str,
    loan: int | None,
    on: date | None,
) -> None:
    """Hold an amount on an account until it is released; prints the hold's number."""
    from coopbook import loans
    from coopbook import savings as service

    with desk.write() as book:
        row = service.hold(
            *(book, service.account(book, account), amount),
            why=service.HoldReason(why),
            note=note,
            on=business_day(book, on),
            loan=None if loan is None else loans.loan(book, loan).number,
        )
        number = row.number
    click.echo(number)


@savings.command("release")
@click.argument("number", type=int, metavar="HOLD")
@click.option("--note", required=True, help="Why, in a few words.")
@on_option
@pass_desk
def release(desk: Desk, number: int, note: str, on: date | None) -> None:
    """Let held money go."""
    from coopbook import savings as service
    from coopbook import security
    from coopbook.people import Approval

    with desk.write() as book:
        row = service.find_hold(book, number)
        done = security.release_hold(book, row, on=business_day(book, on), note=note)
        waits = isinstance(done, Approval)
    desk.echo(
        N_("It waits for a second person.") if waits else N_("The hold is released.")
    )


@savings.command("block")
@click.argument("account", type=int)
@click.option("--why", required=True, help="Why, in a few words.")
@on_option
@pass_desk
def block(desk: Desk, account: int, why: str, on: date | None) -> None:
    """Let nothing be taken out of an account."""
    from coopbook import savings as service

    with desk.write() as book:
        of = service.account(book, account)
        service.block(book, of, on=business_day(book, on), why=why)
    desk.echo(N_("Nothing can be taken out now."))


@savings.command("unblock")
@click.argument("account", type=int)
@pass_desk
def unblock(desk: Desk, account: int) -> None:
    """Lift the block of an account."""
    from coopbook import savings as service

    with desk.write() as book:
        service.unblock(book, service.account(book, account))
    desk.echo(N_("The block is lifted."))


@savings.command("wake")
@click.argument("account", type=int)
@on_option
@pass_desk
def wake(desk: Desk, account: int, on: date | None) -> None:
    """Wake a sleeping account, after somebody has looked at its owner."""
    from coopbook import savings as service

    with desk.write() as book:
        of = service.account(book, account)
        service.wake(book, of, on=business_day(book, on))
    desk.echo(N_("The account can be used again."))


@savings.command("conditions")
@click.argument("kind")
@click.option("--minimum", type=AMOUNT, help="What has to stay; 0 for nothing.")
@click.option("--asleep-after", type=int, help="Months; 0 for never.")
@pass_desk
def conditions(
    desk: Desk, kind: str, minimum: Money | None, asleep_after: int | None
) -> None:
    """Say what has to stay on a kind of savings, and when it falls asleep."""
    from coopbook import savings as service

    with desk.write() as book:
        product = service.product(book, kind)
        if asleep_after is None:
            asleep_after = product.dormant_months
        service.set_conditions(
            *(book, product),
            minimum_balance=product.minimum_balance if minimum is None else minimum,
            dormant_months=asleep_after or None,
        )
        said = product.minimum_balance, product.dormant_months or "-"
    click.echo(f"{kind} {shown(said[0], desk.language)} {said[1]}")


@savings.command("offer")
@click.argument("kind")
@on_option
@pass_desk
def offer(desk: Desk, kind: str, on: date | None) -> None:
    """Begin to offer a kind of savings, such as festive, education or remittance."""
    from coopbook import savings as service

    with desk.write() as book:
        names = service.offer(book, kind, on=business_day(book, on)).names
    desk.echo(N_("%(product)s is offered."), product=names.said(desk.language))
