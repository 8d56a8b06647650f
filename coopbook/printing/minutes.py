"""The minutes of a members' meeting on A4, with the list of who came."""

from __future__ import annotations

from datetime import datetime
from html import escape, unescape
from zoneinfo import ZoneInfo

from reportlab.lib.units import mm
from reportlab.platypus import (
    Flowable,
    HRFlowable,
    KeepTogether,
    PageBreak,
    Paragraph,
    Spacer,
    Table,
)

from coopbook.i18n import N_, say
from coopbook.meetings import (
    CHOICE_NAMES,
    MATTER_NAMES,
    PRESENCE_NAMES,
    Choice,
    MeetingKind,
    MeetingState,
    Minutes,
    MotionMinutes,
    Presence,
)
from coopbook.printing import minutes_sheet as sheet
from coopbook.printing.minutes_motions import motions
from coopbook.printing.minutes_sheet import WIDTH, cell, ruled, style, text
from coopbook.printing.minutes_words import Spoken

TITLES = {
    MeetingKind.ANNUAL: N_("Minutes of the Annual Members' Meeting"),
    MeetingKind.ORDINARY: N_("Minutes of the Members' Meeting"),
    MeetingKind.EXTRAORDINARY: N_("Minutes of the Extraordinary Members' Meeting"),
}
COLUMNS = (10 * mm, 18 * mm, 76 * mm, 26 * mm, WIDTH - 130 * mm)
SIGNED_ROW = 8.5 * mm


def minutes_paper(
    minutes: Minutes, *, language: str, printed_by: str, printed_at: datetime
) -> bytes:
    """Return the minutes of a meeting as a PDF; the same facts give the same bytes.

    ``language`` is that of the paper; ``printed_at`` a moment with its zone, shown
    in the cooperative's own.
    Source: domain guide 9, "Berita acara RAT": quorum, agenda, decisions, votes,
            signatures.
    """
    sheet.letters()
    paper = _Paper(minutes, language)
    at = printed_at.astimezone(ZoneInfo(minutes.of.timezone))
    foot = paper.say(
        N_("%(label)s · printed on %(at)s by %(name)s"),
        label=minutes.label,
        at=at.strftime("%d/%m/%Y %H.%M"),
        name=printed_by,
    )
    story = [
        *(*paper.head(), *paper.opening(), *paper.quorum(), *paper.agenda()),
        *(*motions(paper), *paper.ending(), *paper.annexes()),
    ]
    return sheet.printed(
        story,
        foot=unescape(foot),
        page=say("Page %(number)s of %(count)s", language),
        title=f"{minutes.label} {minutes.of.name}",
    )


class _Paper(Spoken):
    """The pieces of the minutes, from their head to the list of who came."""

    def head(self) -> list[Flowable]:
        """Return whose paper it is, what it is, and its number."""
        whose = self.of.of
        where = " · ".join(escape(p) for p in (whose.village, whose.district) if p)
        number = whose.registration_no or "-"
        about = self.say(N_("Registration number %(number)s"), number=number)
        return [
            Paragraph(escape(whose.name), style(13, bold=True)),
            Paragraph(" · ".join(p for p in (about, where) if p), sheet.SMALL),
            HRFlowable(WIDTH, 1, color=sheet.RULE, spaceBefore=6, spaceAfter=14),
            Paragraph(self.say(TITLES[self.of.kind]), sheet.TITLE),
            Paragraph(
                self.say(N_("Number %(label)s"), label=self.of.label), sheet.CENTRED
            ),
            Spacer(1, 5 * mm),
        ]

    def opening(self) -> list[Flowable]:
        """Return when and where it was held, on which call, and who led it."""
        of = self.of
        story = []
        if of.state is not MeetingState.CLOSED:
            draft = N_(
                "A draft: the meeting is not closed, so these are no minutes yet."
            )
            story.append(Paragraph(self.say(draft), sheet.DRAFT))
        held = N_(
            "On %(words)s (%(day)s), from %(time)s, the members of %(cooperative)s "
            "met at: %(place)s."
        )
        story.append(
            text(
                self.say(
                    held,
                    words=self.in_words(of.held_on),
                    day=self.day(of.held_on),
                    time=of.begins_at,
                    cooperative=of.of.name,
                    place=of.place,
                )
            )
        )
        called = N_("They were called on %(day)s. This is the first call.")
        if of.repeats is not None and of.repeats_on is not None:
            called = N_(
                "They were called on %(day)s. This is the second call: the meeting of "
                "%(first)s (%(label)s) lacked a quorum."
            )
        first = self.day(of.repeats_on) if of.repeats_on else ""
        story.append(
            text(
                self.say(
                    called, day=self.day(of.called_on), first=first, label=of.repeats
                )
            )
        )
        led = N_("%(chair)s chaired the meeting; %(secretary)s wrote these minutes.")
        story.append(text(self.say(led, chair=of.chair, secretary=of.secretary)))
        return story

    def quorum(self) -> list[Flowable]:
        """Return who came of those with a vote, and what that was enough for."""
        of = self.of
        count = N_(
            "%(eligible)s members have a vote, one each. %(came)s took part: "
            "%(present)s present, %(online)s online, %(left)s of them left early."
        )
        if not of.of_presence(Presence.LEFT):
            count = N_(
                "%(eligible)s members have a vote, one each. %(came)s took part: "
                "%(present)s present, %(online)s online."
            )
        line = self.say(
            count,
            eligible=of.eligible,
            came=of.came,
            present=of.came - of.of_presence(Presence.ONLINE),
            online=of.of_presence(Presence.ONLINE),
            left=of.of_presence(Presence.LEFT),
        )
        yes, no = self.say(N_("reached")), self.say(N_("not reached"))
        rows = [
            [
                cell(self.say(MATTER_NAMES[matter])),
                cell(self.share(quorum.share, quorum.eligible)),
                str(quorum.needed),
                str(quorum.present),
                yes if quorum.reached else no,
            ]
            for matter, quorum in of.quorums
        ]
        heads = [
            *(N_("Kind of decision"), N_("Quorum"), N_("Needed"), N_("At the end")),
            N_("Result"),
        ]
        widths = [w * WIDTH / 100 for w in (34, 26, 13, 13, 14)]
        return [
            Paragraph(self.say(N_("Quorum")), sheet.HEADING),
            text(line),
            ruled([self.say(head) for head in heads], rows, widths),
        ]

    def agenda(self) -> list[Flowable]:
        """Return what the meeting was called for."""
        items = enumerate(self.of.agenda, start=1)
        return [
            Paragraph(self.say(N_("Agenda")), sheet.HEADING),
            *(text(f"{number}. {escape(item)}") for number, item in items),
        ]

    def ending(self) -> list[Flowable]:
        """Return the notes, and the lines for four people to sign on."""
        of, story = self.of, list[Flowable]()
        if of.notes:
            story.append(Paragraph(self.say(N_("Notes")), sheet.HEADING))
            story += [text(escape(line)) for line in of.notes.splitlines()]
        line = "." * 44
        cells = [
            [
                self.say(N_("Chair of the meeting")),
                self.say(N_("Secretary of the meeting")),
            ],
            ["", ""],
            [_centred(of.chair), _centred(of.secretary)],
            [self.say(N_("First witness")), self.say(N_("Second witness"))],
            ["", ""],
            [f"({line})", f"({line})"],
        ]
        heights = [14 * mm, 18 * mm, None, 14 * mm, 18 * mm, None]
        table = Table(cells, [WIDTH / 2] * 2, heights, style=sheet.SIGNATURES)
        closed = self.say(N_("Written down truthfully and signed."))
        return [*story, KeepTogether([Spacer(1, 6 * mm), text(closed), table])]

    def annexes(self) -> list[Flowable]:
        """Return the list of who came, and the roll calls."""
        of = self.of
        heads = [N_("No."), N_("Member"), N_("Name"), N_("Took part"), N_("Signature")]
        signed = self.say(N_("signed on paper"))
        ways = {p: self.say(PRESENCE_NAMES[p]) for p in Presence}
        rows = [
            [
                str(place),
                f"{one.number:04d}",
                sheet.fitting(one.name, COLUMNS[2] - 6),
                ways[one.presence] if one.presence else "",
                f"{place}. {signed if one.signed else ''}",
            ]
            for place, one in enumerate(of.attendance, start=1)
        ]
        story = [
            PageBreak(),
            Paragraph(self.say(N_("Annex: attendance list")), sheet.HEADING),
            text(self.say(N_("%(came)s members took part."), came=of.came)),
            ruled([self.say(h) for h in heads], rows, COLUMNS, height=SIGNED_ROW),
        ]
        for one in of.motions:
            if one.roll:
                story += self._roll(one)
        return story

    def _roll(self, one: MotionMinutes) -> list[Flowable]:
        named = N_("Annex: roll call on motion %(number)s, by member number")
        story = [Paragraph(self.say(named, number=one.number), sheet.HEADING)]
        for choice in Choice:
            voted = [f"{b.number:04d}" for b in one.roll if b.choice is choice]
            said = self.say(CHOICE_NAMES[choice])
            story.append(
                text(f"<b>{said} ({len(voted)}):</b> {', '.join(voted) or '-'}")
            )
        return story


def _centred(name: str) -> Paragraph:
    return Paragraph(f"({escape(name, quote=False)})", sheet.CENTRED)
