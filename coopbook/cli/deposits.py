"""Term deposits from the shell: terms, opening, ending, a day's work."""

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
    posted,
    today,
)
from coopbook.cli.output import show, shown
from coopbook.cli.savings import key_option, percent
from coopbook.i18n import N_

if TYPE_CHECKING:
    from coopbook.deposits import DepositStanding, TermDeposit
    from coopbook.money import Money

COUNTS = click.Choice(["actual_365", "actual_actual", "twelfth"])


@click.group()
def deposit() -> None:
    """Term deposits: money tied for months."""


@deposit.command("terms")
@click.argument("months", type=int, required=False)
@click.option("--rate", help="Percent a year, such as 6 or 5.75.")
@click.option("--from", "valid_from", type=DAY, help="For deposits opened from.")
@click.option("--source", help="Who decided it; it is kept.")
@click.option("--kept", default=0, help="Percent of interest kept when broken early.")
@click.option("--penalty", default=0, help="Percent of the principal paid then.")
@click.option("--day-count", type=COUNTS, default="actual_365", show_default=True)
@format_option
@pass_desk
def terms(
    desk: Desk,
    months: int | None,
    rate: str | None,
    valid_from: date | None,
    source: str | None,
    kept: int,
    penalty: int,
    day_count: str,
    shape: str,
) -> None:
    """List what deposits earn; with MONTHS, say what they earn from a day on."""
    from coopbook import deposits
    from coopbook.savings import DayCount

    if months is None:
        with desk.read() as book:
            rows = [
                {
                    "months": one.months,
                    "valid_from": one.valid_from,
                    "rate": str(one.rate),
                    "kept_percent": one.kept_percent,
                    "penalty_percent": one.penalty_percent,
                    "source": one.source,
                }
                for one in deposits.all_terms(book)
            ]
        show("deposit-terms", rows, shape=shape, language=desk.language)
        return
    if rate is None or valid_from is None or source is None:
        raise click.UsageError("say --rate, --from and --source")
    with desk.write() as book:
        row = deposits.set_deposit_terms(
            *(book, months),
            rate=percent(rate),
            valid_from=valid_from,
            source=source,
            day_count=DayCount(day_count),
            kept_percent=kept,
            penalty_percent=penalty,
        )
        cap = deposits.above_cap(book, row, valid_from)
    desk.echo(
        N_("Deposits of %(months)s months earn on these terms from %(on)s."),
        months=months,
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


@deposit.command("open")
@click.argument("account", type=int)
@click.argument("amount", type=AMOUNT)
@click.option("--months", type=int, required=True)
@click.option(
    "--channel",
    type=click.Choice(["savings", "cash", "bank"]),
    default="savings",
    show_default=True,
    help="Where the money comes from.",
)
@click.option(
    "--rollover", type=click.Choice(["stop", "principal", "whole"]), default="stop"
)
@click.option(
    "--pays", type=click.Choice(["at_maturity", "monthly"]), default="at_maturity"
)
@click.option("--heir", default="")
@on_option
@key_option
@pass_desk
def open_deposit(
    desk: Desk,
    account: int,
    amount: Money,
    months: int,
    channel: str,
    rollover: str,
    pays: str,
    heir: str,
    on: date | None,
    key: str | None,
) -> None:
    """Tie an amount of the owner of an ACCOUNT; there it is paid in the end."""
    from coopbook import deposits
    from coopbook import savings as service

    with desk.write() as book:
        of = service.account(book, account)
        about: dict[str, Any] = {
            "months": months,
            "on": business_day(book, on),
            "channel": None if channel == "savings" else service.Channel(channel),
            "rollover": deposits.Rollover(rollover),
            "pays": deposits.Pays(pays),
            "heir": heir,
        }
        asked = (of.member, of, amount)
        entry = posted(book, key, deposits.open_deposit, *asked, **about)
        number = deposits.deposit_in(book, entry).number
    desk.echo(N_("Term deposit %(number)s is open."), number=number)


def _row(of: TermDeposit) -> dict[str, Any]:
    return {
        "number": of.number,
        "member": of.member_number,
        "principal": of.principal,
        "months": of.months,
        "rate": str(of.rate),
        "matures_on": of.matures_on,
        "state": of.state,
    }


@deposit.command("list")
@click.option("--member", type=int, help="Those of a member, ended ones too.")
@click.option("--mature", is_flag=True, help="Only those that are mature.")
@format_option
@pass_desk
def list_deposits(desk: Desk, member: int | None, mature: bool, shape: str) -> None:
    """List the deposits that run."""
    from coopbook import deposits, members

    with desk.read() as book:
        if member is not None:
            found = deposits.deposits_of(book, members.member(book, member))
        else:
            by = today(book) if mature else None
            found, after = list[Any](), 0
            while part := deposits.running(book, matures_by=by, after=after):
                found += part
                after = part[-1].number
        rows = [_row(one) for one in found]
    show("deposits", rows, shape=shape, language=desk.language)


@deposit.command("show")
@click.argument("number", type=int)
@format_option
@pass_desk
def show_deposit(desk: Desk, number: int, shape: str) -> None:
    """Show a deposit: what it earned, what it will, what it secures."""
    from coopbook import deposits

    with desk.read() as book:
        of = deposits.deposit(book, number)
        said: DepositStanding = deposits.standing(book, of, today(book))
        row = _row(of) | {
            "earned": said.to_date,
            "at_maturity": said.at_maturity,
            "accrued": said.earnings.accrued,
            "paid": said.earnings.paid,
            "tax": said.earnings.tax,
            "secures": "; ".join(one.note for one in said.holds),
        }
    show(
        "deposit",
        [row],
        shape=shape,
        language=desk.language,
        asked={"number": number},
    )


@deposit.command("break")
@click.argument("number", type=int)
@click.option("--cash", is_flag=True, help="Pay it in cash, not to the savings.")
@on_option
@key_option
@pass_desk
def break_early(
    desk: Desk, number: int, cash: bool, on: date | None, key: str | None
) -> None:
    """Pay a deposit before it is mature; prints the voucher's number."""
    from coopbook import deposits

    with desk.write() as book:
        of, day = deposits.deposit(book, number), business_day(book, on)
        entry = posted(book, key, deposits.break_early, of, on=day, in_cash=cash)
        voucher = entry.voucher
    click.echo(voucher)


@deposit.command("mature")
@click.argument("number", type=int)
@on_option
@key_option
@pass_desk
def mature(desk: Desk, number: int, on: date | None, key: str | None) -> None:
    """End a mature deposit as its owner wished; prints the voucher's number."""
    from coopbook import deposits

    with desk.write() as book:
        of, day = deposits.deposit(book, number), business_day(book, on)
        voucher = posted(book, key, deposits.mature, of, on=day).voucher
    click.echo(voucher)


@deposit.command("work")
@on_option
@pass_desk
def work(desk: Desk, on: date | None) -> None:
    """Accrue, pay monthly interest, end what is mature: what a day brings."""
    from coopbook import deposits

    with desk.write() as book:
        done = deposits.work(book, business_day(book, on))
    desk.echo(
        N_(
            "%(matured)s mature deposits are paid or tied again, monthly interest is "
            "paid on %(paid)s, and interest up to today is accrued."
        ),
        matured=done.matured,
        paid=done.paid,
    )
    if done.waiting:
        desk.echo(
            N_("Waiting for a person, because they secure something: %(numbers)s."),
            numbers=", ".join(map(str, done.waiting)),
        )


@deposit.command("pledge")
@click.argument("number", type=int)
@click.option("--note", required=True, help="For whom, and by which paper.")
@click.option("--loan", type=int, help="Number of the loan it secures.")
@on_option
@pass_desk
def pledge(
    desk: Desk, number: int, note: str, loan: int | None, on: date | None
) -> None:
    """Hold a deposit as a whole for a loan; nothing is posted."""
    from coopbook import deposits, loans

    with desk.write() as book:
        deposits.pledge(
            *(book, deposits.deposit(book, number)),
            note=note,
            on=business_day(book, on),
            loan=None if loan is None else loans.loan(book, loan).number,
        )
    desk.echo(N_("The deposit is held as security."))
