"""Apply, disburse, repay, show; simulate without a book."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from coopbook.cli.desk import (
    AMOUNT,
    DAY,
    PERCENT,
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


SECTORS = click.Choice(
    [
        *("agriculture", "crafts", "trade", "transport", "food", "building"),
        *("services", "education", "health", "migration", "household"),
    ]
)


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
@click.option("--sector", type=SECTORS, help="What the money works in.")
@click.option("--group", type=int, help="The group that answers for it.")
@click.option("--first-due", type=DAY, help="When the first installment is due.")
@click.option(
    "--due", type=DAY, multiple=True, help="A chosen due day, like a harvest; repeat."
)
@click.option("--decision", type=int, help="The decision of the board, its number.")
@on_option
@pass_desk
def apply_for(
    desk: Desk,
    member: int,
    product: str,
    amount: Money,
    months: int,
    purpose: str,
    sector: str | None,
    group: int | None,
    first_due: date | None,
    due: tuple[date, ...],
    decision: int | None,
    on: date | None,
) -> None:
    """Write an application down and ask for approval."""
    from coopbook import groups, loans, members

    with desk.write() as book:
        asked = (members.member(book, member), loans.product(book, product), amount)
        about: dict[str, Any] = {
            "term": months,
            "purpose": purpose,
            "on": business_day(book, on),
            "first_due": first_due,
            "dates": due,
            "decision": decision,
            "sector": loans.Sector(sector) if sector else None,
        }
        if group is not None:
            row = groups.apply_for(book, groups.group(book, group), *asked, **about)
        else:
            row = loans.apply(book, *asked, **about)
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
@click.option(
    "--wish",
    type=click.Choice(["next", "smaller", "shorter", "hold", "settle"]),
    default="next",
    help="What becomes of more than is due.",
)
@click.option(
    "--save", "account", type=int, help="The account that more than is due goes into."
)
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
    wish: str,
    account: int | None,
    key: str | None,
) -> None:
    """Take a payment; prints the voucher's number."""
    from coopbook import loans, rounds, savings
    from coopbook.ledger.rules import Channel

    with desk.write() as book:
        service: Callable[..., Any] = loans.repay
        how: dict[str, Any] = {"wish": loans.Wish(wish)}
        if account is not None:
            service = rounds.repay_and_save
            how = {"account": savings.account(book, account)}
        entry = posted(
            *(book, key, service, loans.loan(book, number), amount),
            on=business_day(book, on),
            channel=Channel(channel),
            payer=payer,
            reference=reference,
            **how,
        )
        voucher = entry.voucher
    click.echo(voucher)


@loan.command("payoff")
@click.argument("number", type=int)
@on_option
@format_option
@pass_desk
def payoff(desk: Desk, number: int, on: date | None, shape: str) -> None:
    """Show what ends a loan on a day, by its product's rule."""
    from coopbook import loans

    with desk.read() as book:
        day = on or today(book)
        ends = loans.payoff(book, loans.loan(book, number), day)
    rows = [
        {"what": "principal", "amount": ends.principal},
        {"what": "interest", "amount": ends.interest},
        {"what": "penalty", "amount": ends.penalty},
    ]
    show(
        *("payoff", rows),
        shape=shape,
        language=desk.language,
        asked={"number": number, "on": day},
        totals={"amount": ends.total},
    )


@loan.command("due")
@on_option
@format_option
@pass_desk
def due(desk: Desk, on: date | None, shape: str) -> None:
    """List what is due on every running loan by a day."""
    from coopbook import baddebts

    with desk.read() as book:
        day = on or today(book)
        now = baddebts.assess(book, day)
        rows = [
            {
                "loan": each.loan.number,
                "member": each.loan.member_number,
                "name": each.loan.member.name,
                "hamlet": each.loan.member.hamlet or "",
                "due": each.standing.due.total,
                "arrears": each.standing.arrears,
                "days_past_due": each.days,
            }
            for each in now.rows
            if each.standing.due.total
        ]
    show(
        *("due", rows),
        shape=shape,
        language=desk.language,
        asked={"on": day},
        totals={"outstanding": now.outstanding},
    )


@loan.command("waive")
@click.argument("number", type=int)
@click.argument("amount", type=AMOUNT)
@click.option("--reason", required=True)
@on_option
@pass_desk
def waive(desk: Desk, number: int, amount: Money, reason: str, on: date | None) -> None:
    """Ask a second person to waive a penalty."""
    from coopbook import loans

    with desk.write() as book:
        asked = loans.waive_penalty(
            *(book, loans.loan(book, number), amount),
            on=business_day(book, on),
            reason=reason,
        ).number
    desk.echo(N_("Request %(number)s waits for a second person."), number=asked)


@loan.command("rate")
@click.argument("number", type=int)
@click.argument("percent", type=PERCENT)
@click.option("--per", type=click.Choice(["month", "year"]), default="month")
@click.option("--reason", required=True)
@on_option
@pass_desk
def rate(
    desk: Desk, number: int, percent: str, per: str, reason: str, on: date | None
) -> None:
    """Ask a second person for another rate from a day on."""
    from coopbook import loans
    from coopbook.money import Rate

    with desk.write() as book:
        asked = loans.change_rate(
            *(book, loans.loan(book, number), Rate.percent(percent, per=per)),
            on=business_day(book, on),
            reason=reason,
        ).number
    desk.echo(N_("Request %(number)s waits for a second person."), number=asked)


@loan.command("replace")
@click.argument("number", type=int)
@click.argument("product")
@click.option("--amount", type=AMOUNT, help="Of a refinancing; restructured without.")
@click.option("--months", type=int, required=True)
@click.option("--purpose", required=True)
@on_option
@pass_desk
def replace(
    desk: Desk,
    number: int,
    product: str,
    amount: Money | None,
    months: int,
    purpose: str,
    on: date | None,
) -> None:
    """Ask for a loan in place of another: restructured, or refinanced with more."""
    from coopbook import loans

    with desk.write() as book:
        day, old = business_day(book, on), loans.loan(book, number)
        new = loans.ask_replacement(
            *(book, old, loans.product(book, product)),
            amount or loans.to_date(book, old, day).total,
            term=months,
            purpose=purpose,
            on=day,
            restructure=amount is None,
        ).number
    desk.echo(N_("Loan %(number)s applied for."), number=new)


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
        "held": now.held,
    }
    show(
        *("loan", rows),
        shape=shape,
        language=desk.language,
        asked={"number": number},
        totals=totals,
    )
