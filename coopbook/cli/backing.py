"""What stands behind a loan, from a shell: appraise, guarantee, pledge, release."""

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
    today,
)
from coopbook.cli.loans import loan
from coopbook.cli.output import show
from coopbook.i18n import N_

if TYPE_CHECKING:
    from coopbook.money import Money

JUDGED = click.Choice(["good", "fair", "poor"])
THINGS = click.Choice(["vehicle", "land", "gold", "equipment", "harvest", "other"])


@loan.command("appraise")
@click.argument("number", type=int, metavar="LOAN")
@click.option("--business", required=True, help="What the household lives on.")
@click.option("--income", type=AMOUNT, required=True, help="Of a month.")
@click.option("--expenses", type=AMOUNT, required=True, help="Of a month.")
@click.option("--debts", type=AMOUNT, help="Installments elsewhere, of a month.")
@click.option("--character", type=JUDGED, default="fair", show_default=True)
@click.option("--capacity", type=JUDGED, default="fair", show_default=True)
@click.option("--capital", type=JUDGED, default="fair", show_default=True)
@click.option("--collateral", type=JUDGED, default="fair", show_default=True)
@click.option("--conditions", type=JUDGED, default="fair", show_default=True)
@click.option(
    "--recommend", type=click.Choice(["lend", "less", "decline"]), default="lend"
)
@click.option("--amount", type=AMOUNT, help="How much, if less.")
@click.option("--note", default="", help="What the deciders should know.")
@on_option
@pass_desk
def appraise(
    desk: Desk,
    /,
    number: int,
    business: str,
    income: Money,
    expenses: Money,
    debts: Money | None,
    recommend: str,
    amount: Money | None,
    note: str,
    on: date | None,
    **judged: str,
) -> None:
    """Write down what was found of an application."""
    from coopbook import appraisal, loans
    from coopbook.appraisal import Judgement, Recommendation
    from coopbook.money import ZERO

    with desk.write() as book:
        appraisal.appraise(
            *(book, loans.loan(book, number)),
            on=business_day(book, on),
            business=business,
            income=income,
            expenses=expenses,
            other_debts=debts or ZERO,
            judged={name: Judgement(said) for name, said in judged.items()},
            recommends=Recommendation(recommend),
            amount=amount,
            note=note,
        )
    desk.echo(N_("The appraisal is written down."))


@loan.command("guarantee")
@click.argument("number", type=int, metavar="LOAN")
@click.argument("amount", type=AMOUNT)
@click.option("--member", type=int, help="The member who answers.")
@click.option("--name", default="", help="Who answers, if no member.")
@click.option("--relation", required=True, help="To the borrower.")
@click.option("--account", type=int, help="Savings of theirs on which it is held.")
@on_option
@pass_desk
def guarantee(
    desk: Desk,
    number: int,
    amount: Money,
    member: int | None,
    name: str,
    relation: str,
    account: int | None,
    on: date | None,
) -> None:
    """Write down who answers for a loan; prints the guarantor's number."""
    from coopbook import loans, members, savings, security

    with desk.write() as book:
        row = security.guarantee(
            *(book, loans.loan(book, number), amount),
            on=business_day(book, on),
            relation=relation,
            member=members.member(book, member) if member else None,
            name=name,
            account=savings.account(book, account) if account else None,
        )
        item = row.number
    click.echo(item)


@loan.command("pledge")
@click.argument("number", type=int, metavar="LOAN")
@click.option("--kind", type=THINGS, required=True)
@click.option("--what", required=True, help="Description.")
@click.option("--document", default="", help="Number of its paper.")
@click.option("--owner", required=True)
@click.option("--relation", required=True, help="Of the owner to the borrower.")
@click.option("--value", type=AMOUNT, required=True, help="Appraised value.")
@click.option("--accepted", type=AMOUNT, help="What of it counts; else by the by-laws.")
@click.option("--by", required=True, help="Who appraised it.")
@click.option("--kept", required=True, help="Where its paper is kept.")
@click.option("--insured-until", type=DAY)
@on_option
@pass_desk
def pledge(
    desk: Desk,
    number: int,
    kind: str,
    what: str,
    document: str,
    owner: str,
    relation: str,
    value: Money,
    accepted: Money | None,
    by: str,
    kept: str,
    insured_until: date | None,
    on: date | None,
) -> None:
    """Take in collateral; prints its number."""
    from coopbook import loans, security
    from coopbook.security import CollateralKind

    with desk.write() as book:
        row = security.pledge(
            *(book, loans.loan(book, number)),
            kind=CollateralKind(kind),
            description=what,
            document=document,
            owner=owner,
            relation=relation,
            value=value,
            accepted=accepted,
            appraised_by=by,
            kept_where=kept,
            on=business_day(book, on),
            insured_until=insured_until,
        )
        item = row.number
    click.echo(item)


@loan.command("give-back")
@click.argument("number", type=int, metavar="COLLATERAL")
@click.option("--to", required=True, help="Who receives it.")
@click.option("--note", required=True, help="Why.")
@on_option
@pass_desk
def give_back(desk: Desk, number: int, to: str, note: str, on: date | None) -> None:
    """Give collateral back; of a running loan, ask a second person first."""
    from coopbook import security
    from coopbook.people import Approval

    with desk.write() as book:
        done = security.release_collateral(
            *(book, security.collateral(book, number)),
            to=to,
            on=business_day(book, on),
            note=note,
        )
        waits = isinstance(done, Approval)
    desk.echo(N_("It waits for a second person.") if waits else N_("It is given back."))


@loan.command("backing")
@click.argument("number", type=int, metavar="LOAN")
@on_option
@format_option
@pass_desk
def backing(desk: Desk, number: int, on: date | None, shape: str) -> None:
    """Show who and what stands behind a loan, and how far it covers it."""
    from coopbook import appraisal, loans, security

    with desk.read() as book:
        row, day = loans.loan(book, number), on or today(book)
        cover = security.cover_of(book, row, day)
        capacity = appraisal.capacity_of(book, row)
        rows = [
            {
                "what": "guarantor",
                "name": one.name,
                "amount": one.amount,
                "released": one.released_on,
            }
            for one in security.guarantors_of(book, row)
        ] + [
            {
                "what": "collateral",
                "name": f"{one.description} {one.document}".strip(),
                "amount": one.accepted,
                "released": one.released_on,
            }
            for one in security.collateral_of(book, row)
        ]
        totals = {
            "owed": cover.owed,
            "savings": cover.savings,
            "collateral": cover.goods,
            "percent": cover.percent,
            "fits": capacity.enough if capacity else None,
        }
    show(
        *("backing", rows),
        shape=shape,
        language=desk.language,
        asked={"number": number, "on": day},
        totals=totals,
    )
