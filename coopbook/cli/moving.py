"""Money into savings, out of them, between them, and from abroad."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from coopbook.cli.desk import (
    AMOUNT,
    Desk,
    business_day,
    channel_option,
    on_option,
    pass_desk,
    payer_option,
    posted,
    reference_option,
)
from coopbook.cli.savings import key_option, savings

if TYPE_CHECKING:
    from decimal import Decimal

    from coopbook.book import Book
    from coopbook.money import Money
    from coopbook.proxies import Proxy

proxy_option = click.option(
    "--proxy", type=int, help="Number of the power of attorney of who is here."
)


def _proxy(book: Book, number: int | None) -> Proxy | None:
    from coopbook import proxies

    return None if number is None else proxies.proxy(book, number)


@savings.command("deposit")
@click.argument("account", type=int)
@click.argument("amount", type=AMOUNT)
@on_option
@channel_option
@payer_option
@reference_option
@key_option
@pass_desk
def deposit(
    desk: Desk,
    account: int,
    amount: Money,
    on: date | None,
    channel: str,
    payer: str,
    reference: str,
    key: str | None,
) -> None:
    """Take money into an account; prints the voucher's number."""
    from coopbook import savings as service

    with desk.write() as book:
        entry = posted(
            *(book, key, service.deposit, service.account(book, account), amount),
            on=business_day(book, on),
            channel=service.Channel(channel),
            payer=payer,
            reference=reference,
        )
        voucher = entry.voucher
    click.echo(voucher)


@savings.command("withdraw")
@click.argument("account", type=int)
@click.argument("amount", type=AMOUNT)
@on_option
@channel_option
@proxy_option
@key_option
@pass_desk
def withdraw(
    desk: Desk,
    account: int,
    amount: Money,
    on: date | None,
    channel: str,
    proxy: int | None,
    key: str | None,
) -> None:
    """Pay a member, or a proxy, out of an account; prints the voucher's number."""
    from coopbook import savings as service

    with desk.write() as book:
        entry = posted(
            *(book, key, service.withdraw, service.account(book, account), amount),
            on=business_day(book, on),
            channel=service.Channel(channel),
            proxy=_proxy(book, proxy),
        )
        voucher = entry.voucher
    click.echo(voucher)


@savings.command("transfer")
@click.argument("account", type=int)
@click.argument("to", type=int)
@click.argument("amount", type=AMOUNT)
@on_option
@click.option("--note", default="", help="What it is for.")
@proxy_option
@key_option
@pass_desk
def transfer(
    desk: Desk,
    account: int,
    to: int,
    amount: Money,
    on: date | None,
    note: str,
    proxy: int | None,
    key: str | None,
) -> None:
    """Move money from one savings account TO another, of anybody."""
    from coopbook import savings as service

    with desk.write() as book:
        entry = posted(
            *(book, key, service.transfer),
            *(service.account(book, account), service.account(book, to), amount),
            on=business_day(book, on),
            note=note,
            proxy=_proxy(book, proxy),
        )
        voucher = entry.voucher
    click.echo(voucher)


def _part(said: str) -> tuple[int, Money, str]:
    """Read a part of a remittance, ``2=500000:school``."""
    account, mark, rest = said.partition("=")
    amount, _, purpose = rest.partition(":")
    if not mark or not account.isdecimal():
        raise click.BadParameter(f"{said!r} is not ACCOUNT=AMOUNT:PURPOSE")
    return int(account), AMOUNT.convert(amount, None, None), purpose


def _decimal(said: str | None, name: str) -> Decimal | None:
    """Read an exact decimal with a point, ``2034.5``."""
    from decimal import Decimal

    if said is None:
        return None
    whole, mark, places = said.partition(".")
    if not whole.isdecimal() or (mark and not places.isdecimal()):
        told = f"{said!r} is not a number such as 2034.5"
        raise click.BadParameter(told, param_hint=name)
    return Decimal(said)


@savings.command("remit")
@click.argument("member", type=int)
@click.argument("parts", nargs=-1, required=True, metavar="ACCOUNT=AMOUNT:PURPOSE...")
@click.option("--payer", required=True, help="Who sent it.")
@click.option("--reference", required=True, help="Reference of the transfer.")
@click.option("--currency", default="", help="Three letters, such as HKD.")
@click.option("--sent", help="The foreign amount, such as 1250.50.")
@click.option("--rate", help="Rupiah for one unit of it, such as 2034.5.")
@click.option("--channel", type=click.Choice(["cash", "bank"]), default="bank")
@on_option
@key_option
@pass_desk
def remit(
    desk: Desk,
    member: int,
    parts: tuple[str, ...],
    payer: str,
    reference: str,
    currency: str,
    sent: str | None,
    rate: str | None,
    channel: str,
    on: date | None,
    key: str | None,
) -> None:
    """Take in what a member sends home, split by purpose, in one entry."""
    from coopbook import members
    from coopbook import savings as service

    read = [_part(said) for said in parts]
    figures = _decimal(sent, "--sent"), _decimal(rate, "--rate")
    with desk.write() as book:
        purposes = [
            service.Purpose(service.account(book, account), amount, purpose)
            for account, amount, purpose in read
        ]
        entry = posted(
            *(book, key, service.remit, members.member(book, member), purposes),
            on=business_day(book, on),
            payer=payer,
            reference=reference,
            sent=service.foreign(currency, *figures),
            channel=service.Channel(channel),
        )
        voucher = entry.voucher
    click.echo(voucher)
