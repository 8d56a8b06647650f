"""Kin, heirs, and members who were entered twice."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from coopbook.cli.desk import (
    DAY,
    Desk,
    business_day,
    format_option,
    on_option,
    pass_desk,
)
from coopbook.cli.members import member
from coopbook.cli.output import show
from coopbook.cli.standing import reason_option
from coopbook.i18n import N_

if TYPE_CHECKING:
    pass

RELATIONS = click.Choice(
    [
        *("spouse", "parent", "child", "sibling", "grandparent", "grandchild"),
        *("parent_in_law", "child_in_law", "sibling_in_law", "other"),
    ]
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


@member.command("abroad")
@click.argument("number", type=int)
@click.argument("country", required=False)
@click.option("--since", type=DAY, help="When they left.")
@click.option("--until", type=DAY, help="When they came back; open while they stay.")
@click.option("--correct", type=int, help="Number of the stay that is put right.")
@on_option
@format_option
@pass_desk
def abroad(
    desk: Desk,
    number: int,
    country: str | None,
    since: date | None,
    until: date | None,
    correct: int | None,
    on: date | None,
    shape: str,
) -> None:
    """Show a member's stays abroad; with COUNTRY (two letters), write one down."""
    from coopbook import members, migrants

    if country:
        with desk.write() as book:
            who, day = members.member(book, number), business_day(book, on)
            if correct:
                migrants.correct_episode(
                    *(book, who, correct, country),
                    on=day,
                    departed_on=since,
                    returned_on=until,
                )
            else:
                migrants.note_episode(
                    *(book, who, country),
                    on=day,
                    departed_on=since,
                    returned_on=until,
                )
    with desk.read() as book:
        rows = [
            {
                "number": one.number,
                "country": one.country,
                "departed_on": one.departed_on,
                "returned_on": one.returned_on,
            }
            for one in migrants.episodes(book, members.member(book, number))
        ]
    show("abroad", rows, shape=shape, language=desk.language, asked={"number": number})
