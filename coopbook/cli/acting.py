"""Who may act for a member: powers of attorney and guardians."""

from __future__ import annotations

from datetime import date
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
)
from coopbook.cli.families import RELATIONS
from coopbook.cli.members import member
from coopbook.cli.output import show
from coopbook.cli.standing import reason_option

if TYPE_CHECKING:
    from coopbook.book import Book
    from coopbook.money import Money


@member.command("proxy")
@click.argument("number", type=int)
@click.argument("name", required=False)
@click.option("--kind", type=click.Choice(["power", "guardian"]), default="power")
@click.option("--relation", type=RELATIONS, default="other")
@click.option("--account", "accounts", type=int, multiple=True, help="May be repeated.")
@click.option("--until", type=DAY, help="When a power of attorney ends.")
@click.option("--limit", type=AMOUNT, help="At most in a month.")
@click.option("--paper", default="", help="Number of the letter.")
@click.option("--end", type=int, help="Number of a proxy to take back.")
@reason_option
@on_option
@format_option
@pass_desk
def proxy(
    desk: Desk,
    number: int,
    name: str | None,
    kind: str,
    relation: str,
    accounts: tuple[int, ...],
    until: date | None,
    limit: Money | None,
    paper: str,
    end: int | None,
    reason: str,
    on: date | None,
    shape: str,
) -> None:
    """Show who may act for a member; with NAME, write somebody down."""
    from coopbook import members, proxies

    if name or end:
        with desk.write() as book:
            who, day = members.member(book, number), business_day(book, on)
            if end:
                row = proxies.proxy(book, end)
                _check_of(who.number, row.member_number, end)
                proxies.revoke(book, row, on=day, reason=reason)
            if name:
                _check_accounts(book, who, accounts)
                proxies.enter_proxy(
                    *(book, who, name),
                    kind=proxies.ProxyKind(kind),
                    relation=members.Relation(relation),
                    accounts=accounts,
                    on=day,
                    valid_until=until,
                    monthly_limit=limit,
                    paper=paper,
                )
    with desk.read() as book:
        rows = [
            {
                "number": one.number,
                "name": one.name,
                "relation": one.relation,
                "accounts": ", ".join(map(str, proxies.cards_of(book, one))),
                "limit": one.monthly_limit,
                "valid_from": one.valid_from,
                "valid_until": one.valid_until,
                "ended_on": one.ended_on,
            }
            for one in proxies.proxies_of(book, members.member(book, number))
        ]
    show("proxies", rows, shape=shape, language=desk.language, asked={"number": number})


def _check_of(number: int, of: int, proxy: int) -> None:
    from coopbook.proxies.rules import NoSuchProxy

    if number != of:
        raise NoSuchProxy(proxy)


def _check_accounts(book: Book, who: Any, accounts: tuple[int, ...]) -> None:
    """Refuse an account that is not the member's; raise ``CardsNeeded``."""
    from coopbook.proxies.rules import CardsNeeded
    from coopbook.savings import accounts_of

    own = {one.account.number for one in accounts_of(book, who)}
    if not set(accounts) <= own:
        raise CardsNeeded(who.name)
