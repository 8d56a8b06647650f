"""The surplus of a year: its policy, what if, the decision, posting, paying."""

from __future__ import annotations

from datetime import date

import click

from coopbook.cli.desk import (
    AMOUNT,
    Desk,
    business_day,
    format_option,
    on_option,
    pass_desk,
)
from coopbook.cli.output import show
from coopbook.i18n import N_
from coopbook.money import Money

POOLS = (
    *("reserve", "risk_reserve", "capital", "patronage", "board", "staff"),
    *("education", "social", "development"),
)


@click.group()
def surplus() -> None:
    """Divide a year's surplus (SHU), hand it out, pay it."""


def _parts(told: tuple[tuple[str, str], ...]) -> dict[str, str]:
    unknown = [pool for pool, _ in told if pool not in POOLS]
    if unknown:
        said = f"{unknown[0]!r} is none of {', '.join(POOLS)}"
        raise click.BadParameter(said, param_hint="--part")
    return dict(told)


@surplus.command("policy")
@click.argument("year", type=int)
@click.option(
    *("--part", "parts"),
    type=(str, str),
    multiple=True,
    help="A pool and its percentage, like --part reserve 40; repeat.",
)
@click.option("--members-part", help="Percentage of which the members' pools are.")
@click.option(
    "--capital-base", type=click.Choice(["year_end", "month_weighted"]), default=None
)
@click.option(
    "--activity",
    type=click.Choice(["interest_paid", "loans_taken", "purchases"]),
    default=None,
)
@click.option("--floor", is_flag=True, help="Round down, the rest to the reserve.")
@click.option("--step", type=click.Choice(["1", "100", "1000"]), default="1")
@click.option("--leavers", is_flag=True, help="Who left in the year takes part.")
@click.option("--saved", is_flag=True, help="Voluntary savings count as shares.")
@click.option(
    "--exclude",
    type=click.Choice(["associate", "suspended", "resigned", "expelled", "deceased"]),
    multiple=True,
    help="Whose standing takes no part; repeat. Without it: expelled.",
)
@click.option("--exclude-nobody", is_flag=True, help="Not even who was expelled.")
@click.option("--members-only", is_flag=True, help="Keep what others brought.")
@click.option("--source", default="", help="Where it is written.")
@on_option
@format_option
@pass_desk
def policy(
    desk: Desk,
    year: int,
    parts: tuple[tuple[str, str], ...],
    members_part: str | None,
    capital_base: str | None,
    activity: str | None,
    floor: bool,
    step: str,
    leavers: bool,
    saved: bool,
    exclude: tuple[str, ...],
    exclude_nobody: bool,
    members_only: bool,
    source: str,
    on: date | None,
    shape: str,
) -> None:
    """Show how the surplus of a YEAR is divided; with --part, write it down."""
    from coopbook import surplus as book_surplus
    from coopbook.members.rules import MemberStatus
    from coopbook.surplus import Activity, CapitalBase, Of, Policy, Pool, Spread
    from coopbook.surplus.rules import percent, written

    if exclude and exclude_nobody:
        said = "either some or nobody"
        raise click.BadParameter(said, param_hint="--exclude-nobody")
    out = () if exclude_nobody else exclude or ("expelled",)
    if parts:
        asked = Policy(
            {Pool(pool): percent(part) for pool, part in _parts(parts).items()},
            of=Of.MEMBERS_PART if members_part else Of.WHOLE,
            members_part=percent(members_part or "0"),
            capital_base=CapitalBase(capital_base or "year_end"),
            activity=Activity(activity or "interest_paid"),
            spread=Spread.FLOOR if floor else Spread.LARGEST_REMAINDER,
            step=int(step),
            leavers=leavers,
            saved=saved,
            excluded=frozenset(map(MemberStatus, out)),
            members_only=members_only,
        )
        with desk.write() as book:
            day = business_day(book, on)
            book_surplus.set_policy(
                *(book, asked), first_year=year, source=source, on=day
            )
    with desk.read() as book:
        row = book_surplus.policy_row(book, year)
        kept = book_surplus.policy_of(book, year)
        rows = [
            {"pool": pool, "percent": written(part)}
            for pool, part in kept.of_whole().items()
        ]
    show(
        *("policy", rows),
        shape=shape,
        language=desk.language,
        asked={
            "year": year,
            "source": row.source,
            "leavers": kept.leavers,
            "saved": kept.saved,
            "excluded": ", ".join(sorted(one.value for one in kept.excluded)),
        },
    )


@surplus.command("draft")
@click.argument("year", type=int)
@click.option("--members", is_flag=True, help="Each member's part, not the pools.")
@format_option
@pass_desk
def draft(desk: Desk, year: int, members: bool, shape: str) -> None:
    """Show what each pool, or each member, would get; nothing is kept."""
    from coopbook import surplus as book_surplus
    from coopbook.members.queries import names_of
    from coopbook.surplus import Pool

    with desk.read() as book:
        found = book_surplus.draft(book, year)
        names = names_of(book) if members else {}
    if members:
        rows = [
            {
                "member": one.base.member,
                "name": names.get(one.base.member, ""),
                "shares": Money(int(one.base.capital)),
                "activity": Money(int(one.base.activity)),
                "capital": one.capital,
                "patronage": one.patronage,
                "total": one.total,
            }
            for one in found.division.shares
        ]
        totals = {"total": found.division.of_members}
    else:
        rows = [
            {"pool": pool, "amount": found.division.pools[pool]}
            for pool in Pool
            if found.division.pools.get(pool)
        ]
        totals = {"amount": found.surplus}
    show(
        *("surplus-draft", rows),
        shape=shape,
        language=desk.language,
        asked={"year": year},
        totals=totals,
    )


@surplus.command("decide")
@click.argument("year", type=int)
@click.argument("decision", type=int)
@on_option
@pass_desk
def decide(desk: Desk, year: int, decision: int, on: date | None) -> None:
    """Write down that the members decided on the surplus as drafted."""
    from coopbook import decisions
    from coopbook import surplus as book_surplus

    with desk.write() as book:
        book_surplus.approve(
            *(book, year, decisions.decision(book, decision)),
            on=business_day(book, on),
        )
    desk.echo(N_("The surplus of %(year)s is decided; post it next."), year=year)


@surplus.command("post")
@click.argument("year", type=int)
@on_option
@pass_desk
def post(desk: Desk, year: int, on: date | None) -> None:
    """Hand a decided surplus out to its funds and to the members' cards."""
    from coopbook import surplus as book_surplus

    with desk.write() as book:
        book_surplus.post_surplus(book, year, on=business_day(book, on))
    desk.echo(N_("The surplus of %(year)s is handed out."), year=year)


@surplus.command("pay")
@click.argument("member", type=int)
@click.option("--amount", type=AMOUNT, help="All that waits unless told.")
@click.option("--to", type=int, help="A savings account of the member.")
@click.option("--heir", default="", help="Who receives it of a member who died.")
@click.option("--papers", default="", help="Which papers the heir showed.")
@on_option
@pass_desk
def pay(
    desk: Desk,
    member: int,
    amount: Money | None,
    to: int | None,
    heir: str,
    papers: str,
    on: date | None,
) -> None:
    """Pay a member's waiting surplus in cash, or into savings."""
    from coopbook import members, savings
    from coopbook import surplus as book_surplus
    from coopbook.people import Approval

    with desk.write() as book:
        done = book_surplus.pay_or_ask(
            *(book, members.member(book, member), amount),
            on=business_day(book, on),
            to=savings.account(book, to) if to else None,
            heir=heir,
            papers=papers,
        )
        asked = done.number if isinstance(done, Approval) else None
        voucher = "" if isinstance(done, Approval) else done.voucher
    if asked is None:
        click.echo(voucher)
    else:
        desk.echo(N_("Request %(number)s waits for a second person."), number=asked)


@surplus.command("cover")
@click.argument("amount", type=AMOUNT)
@click.argument("decision", type=int)
@on_option
@pass_desk
def cover(desk: Desk, amount: Money, decision: int, on: date | None) -> None:
    """Cover AMOUNT of earlier deficits from the reserve by a members' DECISION."""
    from coopbook import decisions
    from coopbook import surplus as book_surplus

    with desk.write() as book:
        chosen = decisions.decision(book, decision)
        day = business_day(book, on)
        voucher = book_surplus.cover_deficit(book, amount, chosen, on=day).voucher
    click.echo(voucher)
