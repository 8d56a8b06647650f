"""Put a motion to a meeting, enter votes, decide."""

from __future__ import annotations

import click

from coopbook.cli.desk import Desk, pass_desk
from coopbook.i18n import N_

MATTERS = ("ordinary", "election", "bylaws", "dissolution")
WAYS = ("consensus", "show_of_hands", "roll_call", "ballot")
CHOICES = ("for", "against", "abstain")


def numbers_of(said: tuple[str, ...]) -> list[int]:
    """Read numbers of members, one by one or from one to another.

    >>> numbers_of(("3", "7-9"))
    [3, 7, 8, 9]
    """
    found: list[int] = []
    for part in said:
        first, mark, last = part.partition("-")
        if not first.isdecimal() or not (last.isdecimal() if mark else not last):
            raise click.BadParameter(f"{part!r} is not a number such as 7, or 7-12")
        if mark and int(last) - int(first) > 10_000:
            raise click.BadParameter(f"{part!r} is more than ten thousand members")
        found += range(int(first), int(last if mark else first) + 1)
    return found


@click.command("motion")
@click.argument("number", type=int)
@click.argument("title")
@click.argument("text")
@click.option(
    "--matter", type=click.Choice(MATTERS), default="ordinary", show_default=True
)
@pass_desk
def motion(desk: Desk, number: int, title: str, text: str, matter: str) -> None:
    """Put a motion to a meeting: a short TITLE, and the words voted on."""
    from coopbook import meetings

    with desk.write() as book:
        row = meetings.put_motion(
            *(book, meetings.meeting(book, number)),
            matter=meetings.Matter(matter),
            title=title,
            text=text,
        )
        put = row.number
    desk.echo(N_("Motion %(number)s is put."), number=put)


@click.command("vote")
@click.argument("number", type=int)
@click.argument("motion_number", type=int, metavar="MOTION")
@click.argument("choice", type=click.Choice(CHOICES))
@click.argument("members", nargs=-1, required=True, metavar="MEMBER...")
@pass_desk
def vote(
    desk: Desk, number: int, motion_number: int, choice: str, members: tuple[str, ...]
) -> None:
    """Enter votes of a roll call, by member number: 3 7 12-20."""
    from coopbook import meetings

    wanted = {str(each): meetings.Choice(choice) for each in numbers_of(members)}
    with desk.write() as book:
        of = meetings.motion(book, meetings.meeting(book, number), motion_number)
        entered = len(meetings.cast_all(book, of, wanted))
    desk.echo(N_("%(votes)s votes entered."), votes=entered)


@click.command("decide")
@click.argument("number", type=int)
@click.argument("motion_number", type=int, metavar="MOTION")
@click.option("--way", type=click.Choice(WAYS), required=True)
@click.option("--for", "votes_for", type=int)
@click.option("--against", "votes_against", type=int)
@click.option("--abstained", type=int)
@pass_desk
def decide(
    desk: Desk,
    number: int,
    motion_number: int,
    way: str,
    votes_for: int | None,
    votes_against: int | None,
    abstained: int | None,
) -> None:
    """Decide a motion; what is carried is the next decision of the members."""
    from coopbook import decisions, meetings

    with desk.write() as book:
        of = meetings.meeting(book, number)
        row = meetings.decide(
            *(book, meetings.motion(book, of, motion_number)),
            way=meetings.Way(way),
            votes_for=votes_for,
            votes_against=votes_against,
            abstained=abstained,
        )
        made = decisions.decided_in(book, number).get(row.number)
        label = made.label if made else None
    if label is None:
        desk.echo(N_("Not carried."))
    else:
        desk.echo(N_("Carried: decision %(label)s."), label=label)
