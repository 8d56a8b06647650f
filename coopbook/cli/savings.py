"""Open savings, deposit, withdraw, print a passbook."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

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
from coopbook.cli.output import show, shown
from coopbook.i18n import N_

if TYPE_CHECKING:
    from coopbook.money import Money, Rate
    from coopbook.savings import Tier

key_option = click.option("--key", help="Do it once: the same key posts nothing again.")


@click.group()
def savings() -> None:
    """Open savings, deposit, withdraw, print a passbook."""


@savings.command("open")
@click.argument("member", type=int)
@click.argument("product")
@on_option
@pass_desk
def open_savings(desk: Desk, member: int, product: str, on: date | None) -> None:
    """Open a member's account: principal, mandatory or voluntary."""
    from coopbook import members
    from coopbook import savings as service

    with desk.write() as book:
        row = service.open_account(
            book,
            members.member(book, member),
            service.product(book, product),
            on=business_day(book, on),
        )
        number = row.number
    desk.echo(N_("Savings account %(number)s opened."), number=number)


@savings.command("passbook")
@click.argument("account", type=int)
@click.option("--limit", default=100, show_default=True)
@format_option
@pass_desk
def passbook(desk: Desk, account: int, limit: int, shape: str) -> None:
    """Show an account's lines, newest first."""
    from coopbook import savings as service

    with desk.read() as book:
        page = service.passbook(book, service.account(book, account), limit=limit)
    rows = [
        {
            "date": row.booked_on,
            "voucher": row.voucher,
            "memo": row.memo,
            "withdrawn": row.debit,
            "deposited": row.credit,
            "balance": row.balance,
        }
        for row in page.rows
    ]
    show(
        "passbook",
        rows,
        shape=shape,
        language=desk.language,
        asked={"account": account},
    )


@savings.command("terms")
@click.argument("product")
@click.option("--rate", required=True, help="Percent a year, such as 3 or 2.5.")
@click.option(
    "--tier",
    "tiers",
    multiple=True,
    metavar="AMOUNT=RATE",
    help="Another rate from a balance on; may be given several times.",
)
@click.option("--slices", is_flag=True, help="Each rate on what lies in its tier.")
@click.option(
    "--basis", type=click.Choice(["minimum", "average", "daily"]), default="daily"
)
@click.option(
    "--day-count",
    type=click.Choice(["twelfth", "actual_365", "actual_actual"]),
    default="actual_365",
)
@click.option("--least", type=AMOUNT, help="A balance below it earns nothing.")
@click.option("--from", "valid_from", type=DAY, required=True)
@click.option("--source", required=True, help="Who decided it; it is kept.")
@pass_desk
def set_savings_terms(
    desk: Desk,
    product: str,
    rate: str,
    tiers: tuple[str, ...],
    slices: bool,
    basis: str,
    day_count: str,
    least: Money | None,
    valid_from: date,
    source: str,
) -> None:
    """Say what a kind of savings earns, from the first day of a month on."""
    from coopbook import savings as service
    from coopbook.money import ZERO

    terms = service.InterestTerms(
        service.Basis(basis),
        (service.Tier(ZERO, percent(rate)), *map(_tier, tiers)),
        service.DayCount(day_count),
        slices,
        least or ZERO,
    )
    with desk.write() as book:
        of = service.product(book, product)
        service.set_terms(book, of, terms, valid_from=valid_from, source=source)
        cap = service.above_cap(book, terms, valid_from)
    desk.echo(
        N_("%(product)s earns interest on these terms from %(on)s."),
        product=product,
        on=shown(valid_from, desk.language),
    )
    if cap is not None:
        desk.echo(
            N_(
                "Worth a look: the regulation's cap is %(cap)s percent a year "
                "(Permenkop 8/2023 article 26)."
            ),
            cap=cap,
        )


def percent(said: str) -> Rate:
    """Read a yearly rate in percent, ``2.5`` or ``2,5``."""
    from coopbook.money import Per, Rate

    try:
        return Rate.percent(said.replace(",", ".").rstrip("%").strip(), Per.YEAR)
    except (ValueError, ZeroDivisionError) as wrong:
        raise click.BadParameter(f"{said!r} is not a percentage") from wrong


def _tier(said: str) -> Tier:
    from coopbook.savings import Tier

    amount, mark, rate = said.partition("=")
    if not mark:
        raise click.BadParameter(f"{said!r} is not AMOUNT=RATE", param_hint="--tier")
    return Tier(AMOUNT.convert(amount, None, None), percent(rate))


@savings.command("interest")
@click.argument("month")
@click.option("--product", default="voluntary", show_default=True)
@click.option("--dry-run", is_flag=True, help="Show what would be posted, and stop.")
@format_option
@pass_desk
def credit_interest(
    desk: Desk, month: str, product: str, dry_run: bool, shape: str
) -> None:
    """Post a month's interest for every account, in one entry; MONTH is 2026-03."""
    from coopbook import ledger
    from coopbook import savings as service
    from coopbook.dates import parse_month

    try:
        _, last = parse_month(month)
    except ValueError as wrong:
        said = f"{month!r} is not a month such as 2026-03"
        raise click.BadParameter(said, param_hint="MONTH") from wrong
    voucher = ""
    with desk.read() if dry_run else desk.write() as book:
        kind = service.product(book, product)
        if not dry_run:
            business_day(book, last)  # a month earns when it is over
        found = service.reckon(book, kind, month)
        if not dry_run:
            posted = service.post_interest(book, kind, month)
            voucher = ledger.entry(book, posted.entry_number).voucher
    show(
        "savings-interest",
        [
            {
                "account": one.account,
                "member": one.member,
                "interest": one.gross,
                "tax": one.tax,
                "credited": one.net,
            }
            for one in found.earned
        ],
        shape=shape,
        language=desk.language,
        asked={"product": product, "month": month, "voucher": voucher},
        totals={
            "interest": found.gross,
            "tax": found.tax,
            "credited": found.gross - found.tax,
        },
    )
    if shape == "table" and dry_run:
        desk.echo(N_("Only looked at: nothing was posted."))
    elif shape == "table":
        click.echo(voucher)
