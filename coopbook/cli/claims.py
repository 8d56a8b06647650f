"""Judge loans, write them off, take money on them, give claims up, from a shell."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from coopbook.cli.desk import (
    AMOUNT,
    Desk,
    business_day,
    format_option,
    on_option,
    pass_desk,
)
from coopbook.cli.loans import loan
from coopbook.cli.output import show
from coopbook.i18n import N_

if TYPE_CHECKING:
    from coopbook.money import Money

KINDS = ("salvageable", "not_salvageable", "handed_over", "taken_back")
WAITS = N_("Request %(number)s waits for a second person.")


@loan.command("write-off")
@click.argument("number", type=int)
@click.option("--decision", type=int, required=True, help="The number of the decision.")
@click.option("--reason", required=True)
@on_option
@pass_desk
def write_off(
    desk: Desk, number: int, decision: int, reason: str, on: date | None
) -> None:
    """Ask a second person to write a loan off, by a decision that was taken."""
    from coopbook import baddebts, loans

    with desk.write() as book:
        asked = baddebts.ask_write_off(
            *(book, loans.loan(book, number)),
            on=business_day(book, on),
            decision_number=decision,
            reason=reason,
        ).number
    desk.echo(WAITS, number=asked)


@loan.command("recover")
@click.argument("number", type=int)
@click.argument("amount", type=AMOUNT)
@click.option("--bank", is_flag=True, help="It came by bank, not in cash.")
@click.option("--from-savings", type=int, help="The borrower's own savings account.")
@click.option("--payer", default="", help="Who pays, if not the member.")
@click.option("--reference", default="", help="The number of the transfer.")
@on_option
@pass_desk
def recover(
    desk: Desk,
    number: int,
    amount: Money,
    bank: bool,
    from_savings: int | None,
    payer: str,
    reference: str,
    on: date | None,
) -> None:
    """Take money on a written-off loan."""
    from coopbook import baddebts, loans, savings
    from coopbook.ledger.rules import Channel

    with desk.write() as book:
        account = savings.account(book, from_savings) if from_savings else None
        voucher = baddebts.recover(
            *(book, loans.loan(book, number), amount),
            on=business_day(book, on),
            channel=Channel.BANK if bank else Channel.CASH,
            payer=payer,
            reference=reference,
            account=account,
        ).voucher
    click.echo(voucher)


@loan.command("waive-claim")
@click.argument("number", type=int)
@click.argument("amount", type=AMOUNT)
@click.option("--decision", type=int, required=True, help="The number of the decision.")
@click.option("--reason", required=True)
@on_option
@pass_desk
def waive_claim(
    desk: Desk,
    number: int,
    amount: Money,
    decision: int,
    reason: str,
    on: date | None,
) -> None:
    """Ask a second person to give a claim up, or a part of it, by a decision."""
    from coopbook import baddebts, loans

    with desk.write() as book:
        asked = baddebts.ask_waiver(
            *(book, loans.loan(book, number), amount),
            on=business_day(book, on),
            decision_number=decision,
            reason=reason,
        ).number
    desk.echo(WAITS, number=asked)


@loan.command("classes")
@click.argument("number", type=int)
@format_option
@pass_desk
def classes(desk: Desk, number: int, shape: str) -> None:
    """Print what class a loan was in, from when to when, as the log has it."""
    from coopbook import loans
    from coopbook.baddebts import daily
    from coopbook.dates import day_before

    with desk.read() as book:
        last = daily.last_run(book)
        rows = []
        for span in daily.history_of(book, loans.loan(book, number)):
            end = day_before(span.until) if span.until else None
            seen = end or (last.run_on if last else span.since)
            rows.append(
                {
                    "from": span.since,
                    "to": end,
                    "class": span.state.loan_class,
                    "reason": span.state.reason,
                    "days": span.state.days(seen),
                }
            )
    show("classes", rows, shape=shape, language=desk.language)


@loan.command("judge")
@click.argument("number", type=int)
@click.argument("kind", type=click.Choice(KINDS))
@click.option("--reason", required=True)
@click.option("--reference", default="", help="Who has it, the number of the paper.")
@click.option("--decision", type=int, help="The number of the board's decision.")
@on_option
@pass_desk
def judge(
    desk: Desk,
    number: int,
    kind: str,
    reason: str,
    reference: str,
    decision: int | None,
    on: date | None,
) -> None:
    """Write down that a loan can be saved, or that the court or an insurer has it."""
    from coopbook import baddebts, loans
    from coopbook.baddebts import Judging

    with desk.write() as book:
        baddebts.judge(
            *(book, loans.loan(book, number), Judging(kind)),
            on=business_day(book, on),
            reason=reason,
            reference=reference,
            decision_number=decision,
        )
    what = desk.say(baddebts.JUDGING_NAMES[Judging(kind)])
    desk.echo(N_("Loan %(number)s: %(what)s."), number=number, what=what)
