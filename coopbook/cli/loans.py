"""Apply, disburse, repay, show; simulate without a book."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from coopbook.cli.desk import (
    AMOUNT,
    Desk,
    business_day,
    channel_option,
    format_option,
    on_option,
    pass_desk,
    payer_option,
    posted,
    reference_option,
    today,
)
from coopbook.cli.output import show
from coopbook.cli.simulating import simulate
from coopbook.i18n import N_

if TYPE_CHECKING:
    from coopbook.money import Money


@click.group()
def loan() -> None:
    """Simulate, apply, disburse, repay."""


loan.add_command(simulate)


@loan.command("apply")
@click.argument("member", type=int)
@click.argument("product")
@click.argument("amount", type=AMOUNT)
@click.option("--months", type=int, required=True)
@click.option("--purpose", default="")
@on_option
@pass_desk
def apply_for(
    desk: Desk,
    member: int,
    product: str,
    amount: Money,
    months: int,
    purpose: str,
    on: date | None,
) -> None:
    """Write an application down and ask for approval."""
    from coopbook import loans, members

    with desk.write() as book:
        row = loans.apply(
            book,
            members.member(book, member),
            loans.product(book, product),
            amount,
            term=months,
            purpose=purpose,
            on=business_day(book, on),
        )
        number = row.number
    desk.echo(N_("Loan %(number)s applied for."), number=number)


@loan.command("disburse")
@click.argument("number", type=int)
@on_option
@pass_desk
def disburse(desk: Desk, number: int, on: date | None) -> None:
    """Pay an approved loan out; prints the voucher's number."""
    from coopbook import loans

    with desk.write() as book:
        entry = loans.disburse(
            book, loans.loan(book, number), on=business_day(book, on)
        )
        voucher = entry.voucher
    click.echo(voucher)


@loan.command("repay")
@click.argument("number", type=int)
@click.argument("amount", type=AMOUNT)
@on_option
@channel_option
@payer_option
@reference_option
@click.option("--key", help="Do it once: the same key posts nothing again.")
@pass_desk
def repay(
    desk: Desk,
    number: int,
    amount: Money,
    on: date | None,
    channel: str,
    payer: str,
    reference: str,
    key: str | None,
) -> None:
    """Take a payment; prints the voucher's number."""
    from coopbook import loans
    from coopbook.ledger.rules import Channel

    with desk.write() as book:
        entry = posted(
            *(book, key, loans.repay, loans.loan(book, number), amount),
            on=business_day(book, on),
            channel=Channel(channel),
            payer=payer,
            reference=reference,
        )
        voucher = entry.voucher
    click.echo(voucher)


@loan.command("show")
@click.argument("number", type=int)
@on_option
@format_option
@pass_desk
def show_loan(desk: Desk, number: int, on: date | None, shape: str) -> None:
    """Show a loan's installments and how each stands."""
    from coopbook import loans

    with desk.read() as book:
        now = loans.standing(book, loans.loan(book, number), on or today(book))
    rows = [
        {
            "number": each.number,
            "due_on": each.due_on,
            "principal": each.principal,
            "interest": each.interest,
            "penalty": each.penalty,
            "left": each.left,
            "state": each.state,
        }
        for each in now.strip
    ]
    totals = {
        "outstanding_principal": now.outstanding_principal,
        "due": now.due.total,
        "arrears": now.arrears,
        "days_past_due": now.days_past_due,
        "payoff": now.payoff,
    }
    show(
        *("loan", rows),
        shape=shape,
        language=desk.language,
        asked={"number": number},
        totals=totals,
    )
