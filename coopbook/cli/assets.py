"""Fixed assets from the shell: enter, list, depreciate, dispose."""

from __future__ import annotations

from datetime import date

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
from coopbook.money import ZERO, Money

WAITS = N_("Request %(number)s waits for a second person.")


@click.group()
def asset() -> None:
    """What the cooperative owns, and how it wears out."""


@asset.command("list")
@click.option("--as-of", type=DAY)
@format_option
@pass_desk
def listed(desk: Desk, as_of: date | None, shape: str) -> None:
    """List the assets with what they stand at."""
    from coopbook import assets

    with desk.read() as book:
        day = as_of or today(book)
        found = assets.worth(book, day)
        rows = [
            {
                "number": one.asset.number,
                "name": one.asset.name,
                "account": one.asset.account_number,
                "date": one.asset.bought_on,
                "months": one.asset.months,
                "cost": one.asset.cost,
                "taken_over": one.asset.taken_over_on,
                "worn_before": one.asset.worn_before,
                "depreciated": one.gathered,
                "value": one.book_value,
                "place": one.asset.place,
                "gone": one.asset.disposed_on,
            }
            for one in found
        ]
        here = [one for one in found if not one.asset.gone(day)]
        apart = [one for one in assets.tied(book, day) if one.missing]
    totals = {
        "cost": sum((one.asset.cost for one in here), ZERO),
        "depreciated": sum((one.gathered for one in here), ZERO),
        "value": sum((one.book_value for one in here), ZERO),
    }
    show(
        *("assets", rows),
        shape=shape,
        language=desk.language,
        asked={"as_of": day},
        totals=totals,
    )
    for one in apart:
        said = N_("Account %(account)s: register %(register)s, ledger %(ledger)s.")
        facts = {"register": one.register, "ledger": one.ledger}
        click.echo(desk.say(said, account=one.account, **facts), err=True)


@asset.command("add")
@click.argument("name")
@click.argument("account", type=int)
@click.argument("cost", type=AMOUNT)
@click.option("--months", type=int, default=0, help="In how many months it wears out.")
@click.option("--residual", type=AMOUNT, default=None)
@click.option("--place", default="")
@click.option("--document", default="")
@click.option("--paid-from", type=int, help="The account it is bought from now.")
@click.option("--worn-before", type=AMOUNT, help="What older books depreciated of it.")
@click.option(
    "--taken-over", type=DAY, help="When; on the book's first day unless told."
)
@on_option
@pass_desk
def add(
    desk: Desk,
    name: str,
    account: int,
    cost: Money,
    months: int,
    residual: Money | None,
    place: str,
    document: str,
    paid_from: int | None,
    worn_before: Money | None,
    taken_over: date | None,
    on: date | None,
) -> None:
    """Enter an asset; with --paid-from it is bought by an entry too."""
    from coopbook import assets
    from coopbook.people import Approval

    with desk.write() as book:
        done = assets.enter_asset(
            *(book, name),
            account=account,
            cost=cost,
            on=business_day(book, on),
            months=months,
            residual=residual or ZERO,
            place=place,
            document=document,
            paid_from=paid_from,
            worn_before=worn_before or ZERO,
            taken_over_on=taken_over,
        )
        number, waits = done.number, isinstance(done, Approval)
    desk.echo(WAITS if waits else N_("Asset %(number)s is entered."), number=number)


@asset.command("take-out")
@click.argument("number", type=int)
@click.option("--reason", required=True)
@pass_desk
def take_out(desk: Desk, number: int, reason: str) -> None:
    """Take an asset out of the register that was entered wrongly."""
    from coopbook import assets

    with desk.write() as book:
        row = assets.take_out(book, assets.asset(book, number), reason=reason)
        name = row.name
    desk.echo(N_("%(name)s is taken out of the register."), name=name)


@asset.command("depreciate")
@click.argument("month")
@pass_desk
def depreciate(desk: Desk, month: str) -> None:
    """Post the depreciation up to the end of a MONTH, like 2026-10."""
    from coopbook import assets
    from coopbook.dates import parse_month

    with desk.write() as book:
        first, _ = parse_month(month)
        entry = assets.depreciate(book, first.year, first.month)
        voucher = entry.voucher
    click.echo(voucher)


@asset.command("dispose")
@click.argument("number", type=int)
@click.option("--amount", type=AMOUNT, default=None, help="What it was sold for.")
@click.option("--reason", default="")
@on_option
@pass_desk
def dispose(
    desk: Desk, number: int, amount: Money | None, reason: str, on: date | None
) -> None:
    """Sell an asset, or discard it."""
    from coopbook import assets

    with desk.write() as book:
        entry = assets.dispose(
            *(book, assets.asset(book, number)),
            on=business_day(book, on),
            amount=amount or ZERO,
            reason=reason,
        )
        voucher = entry.voucher
    click.echo(voucher)
