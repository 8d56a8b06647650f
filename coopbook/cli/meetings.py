"""Call the members, count them, put motions, print the minutes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from coopbook.cli.desk import (
    DAY,
    Desk,
    business_day,
    format_option,
    on_option,
    pass_desk,
    today,
)
from coopbook.cli.motions import decide, motion, numbers_of, vote
from coopbook.cli.output import show
from coopbook.i18n import LANGUAGES, N_

KINDS = ("annual", "ordinary", "extraordinary")

short_option = click.option(
    "--reason", default="", help="Why the notice is shorter than the by-laws ask."
)


@click.group()
def meeting() -> None:
    """Call the members, count them, put motions, print the minutes."""


for _command in (motion, vote, decide):
    meeting.add_command(_command)


@meeting.command("call")
@click.argument("held_on", type=DAY)
@click.option("--kind", type=click.Choice(KINDS), default="annual", show_default=True)
@click.option("--at", "begins_at", default="09.00", show_default=True)
@click.option("--place", required=True)
@click.option("--item", "agenda", multiple=True, required=True, help="May be repeated.")
@on_option
@short_option
@pass_desk
def call(
    desk: Desk,
    held_on: date,
    kind: str,
    begins_at: str,
    place: str,
    agenda: tuple[str, ...],
    on: date | None,
    reason: str,
) -> None:
    """Call a meeting for the day HELD_ON; --on is the day of the call."""
    from coopbook import meetings

    with desk.write() as book:
        row = meetings.call_meeting(
            book,
            kind=meetings.MeetingKind(kind),
            called_on=business_day(book, on),
            held_on=held_on,
            begins_at=begins_at,
            place=place,
            agenda="\n".join(agenda),
            short_notice_reason=reason,
        )
        number = row.number
    desk.echo(N_("Meeting %(number)s is called."), number=number)


@meeting.command("again")
@click.argument("number", type=int)
@click.argument("held_on", type=DAY)
@click.option("--at", "begins_at", default="09.00", show_default=True)
@click.option("--place", help="Where the first was to be, unless said.")
@on_option
@short_option
@pass_desk
def call_second(
    desk: Desk,
    number: int,
    held_on: date,
    begins_at: str,
    place: str | None,
    on: date | None,
    reason: str,
) -> None:
    """Call meeting NUMBER a second time, which had no quorum."""
    from coopbook import meetings

    with desk.write() as book:
        first = meetings.meeting(book, number)
        row = meetings.call_again(
            book,
            first,
            called_on=business_day(book, on),
            held_on=held_on,
            begins_at=begins_at,
            place=place or first.place,
            short_notice_reason=reason,
        )
        again = row.number
    desk.echo(N_("Meeting %(number)s is called."), number=again)


@meeting.command("cancel")
@click.argument("number", type=int)
@click.option("--reason", required=True)
@pass_desk
def cancel(desk: Desk, number: int, reason: str) -> None:
    """Call off a meeting that is not open yet."""
    from coopbook import meetings

    with desk.write() as book:
        meetings.cancel(book, meetings.meeting(book, number), reason=reason)
    desk.echo(N_("Meeting %(number)s is cancelled."), number=number)


@meeting.command("open")
@click.argument("number", type=int)
@click.option("--chair", required=True)
@click.option("--secretary", required=True)
@pass_desk
def open_(desk: Desk, number: int, chair: str, secretary: str) -> None:
    """Open a meeting on its day, and count who has a vote."""
    from coopbook import meetings

    with desk.write() as book:
        row = meetings.open_meeting(
            book,
            meetings.meeting(book, number),
            chair=chair,
            secretary=secretary,
            on=today(book),
        )
        eligible = row.eligible
    desk.echo(N_("Open: %(eligible)s members have a vote."), eligible=eligible)


@meeting.command("attend")
@click.argument("number", type=int)
@click.argument("members", nargs=-1, required=True, metavar="MEMBER...")
@click.option("--online", is_flag=True, help="They take part online.")
@click.option("--signed", is_flag=True, help="They signed the list on paper.")
@click.option("--left", is_flag=True, help="They left early.")
@click.option("--strike", is_flag=True, help="They were entered by mistake.")
@pass_desk
def attend(
    desk: Desk,
    number: int,
    members: tuple[str, ...],
    online: bool,
    signed: bool,
    left: bool,
    strike: bool,
) -> None:
    """Enter who takes part, by member number: 3 7 12-20."""
    from coopbook import meetings
    from coopbook.members import member as find

    wanted = numbers_of(members)
    way = meetings.Presence.ONLINE if online else meetings.Presence.PRESENT
    with desk.write() as book:
        of = meetings.meeting(book, number)
        if left or strike:
            go = meetings.leave if left else meetings.strike
            for each in wanted:
                go(book, of, find(book, each))
        else:
            meetings.attend_all(book, of, wanted, presence=way, signed=signed)
        quorum = meetings.quorum(book, of, meetings.Matter.ORDINARY)
    desk.echo(
        N_("%(present)s of %(eligible)s take part; %(needed)s make a quorum."),
        present=quorum.present,
        eligible=quorum.eligible,
        needed=quorum.needed,
    )


@meeting.command("close")
@click.argument("number", type=int)
@click.option("--notes", default="")
@pass_desk
def close(desk: Desk, number: int, notes: str) -> None:
    """Close a meeting; its minutes are fixed then."""
    from coopbook import meetings

    with desk.write() as book:
        row = meetings.close_meeting(book, meetings.meeting(book, number), notes=notes)
        label = meetings.minutes_label(row.number, row.held_on)
    desk.echo(N_("Closed. The minutes are %(label)s."), label=label)


@meeting.command("list")
@click.option("--limit", default=50, show_default=True)
@format_option
@pass_desk
def list_meetings(desk: Desk, limit: int, shape: str) -> None:
    """List meetings, newest first."""
    from coopbook import meetings

    with desk.read() as book:
        rows = [
            {
                "number": row.number,
                "kind": row.kind,
                "held_on": row.held_on,
                "call": row.call,
                "state": row.state,
                "eligible": row.eligible,
                "present": meetings.present(book, row.number, meetings.CAME),
                "place": row.place,
            }
            for row in meetings.meetings(book, limit=limit)
        ]
    show("meetings", rows, shape=shape, language=desk.language)


@meeting.command("minutes")
@click.argument("number", type=int)
@click.option("--pdf", "file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--paper", "language", type=click.Choice(LANGUAGES), default="id")
@format_option
@pass_desk
def minutes(
    desk: Desk, number: int, file: Path | None, language: str, shape: str
) -> None:
    """Show the motions of a meeting, or write its minutes as a PDF."""
    from coopbook import meetings
    from coopbook.printing.minutes import minutes_paper

    with desk.read() as book:
        found = meetings.minutes(book, meetings.meeting(book, number))
        at = book.clock()
    if file is not None:
        paper = minutes_paper(
            found, language=language, printed_by=desk.actor or "-", printed_at=at
        )
        file.write_bytes(paper)
        desk.echo(N_("The minutes are in %(file)s."), file=file)
        return
    rows = [
        {
            "motion": one.number,
            "title": one.title,
            "matter": one.matter,
            "state": one.state,
            "for": one.tally.votes_for if one.tally else None,
            "against": one.tally.votes_against if one.tally else None,
            "abstained": one.tally.abstained if one.tally else None,
            "decision": one.decision,
        }
        for one in found.motions
    ]
    show(
        "minutes",
        rows,
        shape=shape,
        language=desk.language,
        asked={
            "label": found.label,
            "state": found.state,
            "eligible": found.eligible,
            "came": found.came,
        },
    )


@meeting.command("book")
@click.argument("year", type=int)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--annex", type=click.Path(path_type=Path, dir_okay=False))
@pass_desk
def meeting_book(desk: Desk, year: int, file: Path, annex: Path | None) -> None:
    """Write the book of the annual meeting as PDF; --annex FILE as a workbook too."""
    from datetime import UTC, datetime

    from coopbook.cli.output import progress
    from coopbook.exports.meeting_annex import meeting_annex_xlsx
    from coopbook.people.service import user
    from coopbook.printing.loan_sheet import Printed
    from coopbook.printing.meetingbook import meeting_book_of, meeting_book_pdf

    with desk.read() as book:
        facts = meeting_book_of(book, year, language=desk.language)
        printed = Printed(user(book, book.actor).full_name, datetime.now(UTC))
        with progress(len(facts.division.parts) if facts.division else 0) as bar:
            file.write_bytes(meeting_book_pdf(facts, printed, bar))
        if annex is not None:
            annex.write_bytes(meeting_annex_xlsx(book, year, language=desk.language))
    desk.echo(N_("The book is in %(file)s."), file=file)
