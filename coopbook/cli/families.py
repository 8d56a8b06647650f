"""Standing, kin, heirs, proxies, and members who were entered twice."""

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
from coopbook.cli.members import member
from coopbook.cli.output import show
from coopbook.i18n import N_

if TYPE_CHECKING:
    from coopbook.book import Book
    from coopbook.decisions import Decision
    from coopbook.money import Money

RELATIONS = click.Choice(
    [
        *("spouse", "parent", "child", "sibling", "grandparent", "grandchild"),
        *("parent_in_law", "child_in_law", "sibling_in_law", "other"),
    ]
)
decision_option = click.option(
    "--decision", type=int, help="Number of the decision, as decision list has it."
)
reason_option = click.option("--reason", default="", help="Why, in a few words.")


def decision_of(book: Book, number: int | None) -> Decision | None:
    """Return the decision that was named, if one was."""
    from coopbook.decisions import decision

    return None if number is None else decision(book, number)


@member.command("standing")
@click.argument("number", type=int)
@click.argument(
    "to",
    required=False,
    type=click.Choice(["active", "associate", "suspended", "prospective"]),
)
@on_option
@click.option("--until", type=DAY, help="When a suspension ends by itself.")
@decision_option
@reason_option
@format_option
@pass_desk
def standing(
    desk: Desk,
    number: int,
    to: str | None,
    on: date | None,
    until: date | None,
    decision: int | None,
    reason: str,
    shape: str,
) -> None:
    """Show where a member has stood; with TO, change it.

    "prospective" takes somebody back who left and was settled.
    """
    from coopbook import members
    from coopbook.members import MemberStatus

    if to is not None:
        with desk.write() as book:
            who = members.member(book, number)
            said: dict[str, Any] = {
                "on": business_day(book, on),
                "reason": reason,
                "decision": decision_of(book, decision),
            }
            if to == "prospective":
                members.readmit(book, who, **said)
            else:
                way = MemberStatus(to)
                members.change_standing(book, who, way, until=until, **said)
    with desk.read() as book:
        who = members.member(book, number)
        rows = [
            {
                "date": one.changed_on,
                "status": one.status,
                "decision": one.decision_number,
                "reason": one.reason,
            }
            for one in members.history(book, who)
        ]
    show(
        *("standing", rows),
        shape=shape,
        language=desk.language,
        asked={"number": number},
    )


@member.command("kin")
@click.argument("number", type=int)
@click.argument("relation", required=False, type=RELATIONS)
@click.option("--name", default="", help="Who it is, if no member.")
@click.option("--member", "other", type=int, help="Who it is, by member number.")
@click.option("--end", type=int, help="Number of a relation that has ended.")
@on_option
@format_option
@pass_desk
def kin(
    desk: Desk,
    number: int,
    relation: str | None,
    name: str,
    other: int | None,
    end: int | None,
    on: date | None,
    shape: str,
) -> None:
    """Show a member's kin; with RELATION, write down what somebody is to them."""
    from coopbook import members

    if relation or end:
        with desk.write() as book:
            who = members.member(book, number)
            if end:
                members.end_kin(book, who, end, on=business_day(book, on))
            if relation:
                known = members.member(book, other) if other else None
                of = members.Relation(relation)
                members.add_kin(book, who, of, name=name, other=known)
    with desk.read() as book:
        found = members.relatives(book, members.member(book, number))
        rows = [
            {
                "number": one.number if one.own else None,
                "relation": one.relation,
                "name": one.name,
                "member_number": one.member.number if one.member else None,
            }
            for one in found
        ]
    show("kin", rows, shape=shape, language=desk.language, asked={"number": number})


@member.command("heir")
@click.argument("number", type=int)
@click.argument("name", required=False)
@click.option("--relation", type=RELATIONS, default="other")
@click.option("--share", type=int, help="Percent, 1 to 100.")
@click.option("--end", type=int, help="Number of an heir who is one no more.")
@on_option
@format_option
@pass_desk
def heir(
    desk: Desk,
    number: int,
    name: str | None,
    relation: str,
    share: int | None,
    end: int | None,
    on: date | None,
    shape: str,
) -> None:
    """Show a member's heirs; with NAME, name who receives a share on death."""
    from coopbook import members

    if name and share is None:
        raise click.BadParameter("say how many percent", param_hint="--share")
    if name or end:
        with desk.write() as book:
            who, day = members.member(book, number), business_day(book, on)
            if end:
                members.end_beneficiary(book, who, end, on=day)
            if name and share is not None:
                of = members.Relation(relation)
                members.add_beneficiary(
                    book, who, name, relation=of, share=share, on=day
                )
    with desk.read() as book:
        rows = [
            {
                "number": one.number,
                "name": one.name,
                "relation": one.relation,
                "share": one.share,
            }
            for one in members.beneficiaries(book, members.member(book, number))
        ]
    show("heirs", rows, shape=shape, language=desk.language, asked={"number": number})


@member.command("doubles")
@click.option("--judged", is_flag=True, help="Those that were judged, too.")
@format_option
@pass_desk
def doubles(desk: Desk, judged: bool, shape: str) -> None:
    """List pairs of members who look like one person."""
    from coopbook import members

    with desk.read() as book:
        rows = [
            {
                "number": pair.one.number,
                "name": pair.one.name,
                "other": pair.other.number,
                "other_name": pair.other.name,
                "why": ", ".join(pair.why)
                if shape != "table"
                else ", ".join(desk.say(one) for one in pair.why),
                "verdict": pair.verdict,
            }
            for pair in members.doubles(book, judged=judged)
        ]
    show("doubles", rows, shape=shape, language=desk.language)


@member.command("judge")
@click.argument("one", type=int)
@click.argument("other", type=int)
@click.argument("verdict", type=click.Choice(["same", "different"]))
@reason_option
@on_option
@pass_desk
def judge(
    desk: Desk, one: int, other: int, verdict: str, reason: str, on: date | None
) -> None:
    """Write down whether two members are one person; both stay."""
    from coopbook import members

    with desk.write() as book:
        members.judge(
            *(book, members.member(book, one), members.member(book, other)),
            members.Verdict(verdict),
            on=business_day(book, on),
            reason=reason,
        )
    desk.echo(N_("Written down. Both stay in the register."))


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
