"""A members' meeting after the year, in which everybody agrees."""

from __future__ import annotations

from datetime import timedelta

from coopbook import decisions, meetings, members
from coopbook.meetings import Matter, MeetingKind, Way
from coopbook.members import MemberStatus


def carried(book, on, title):
    """Hold a meeting in which a motion is carried, and return the decision."""
    meeting = meetings.call_meeting(
        book,
        kind=MeetingKind.ANNUAL,
        called_on=on - timedelta(days=14),
        held_on=on,
        begins_at="09.00",
        place="Balai desa",
        agenda=title,
    )
    meetings.open_meeting(book, meeting, chair="Budi", secretary="Wati")
    there = [
        one.number
        for one in members.register(book, limit=1_000)
        if one.status is MemberStatus.ACTIVE
    ]
    meetings.attend_all(book, meeting, there)
    motion = meetings.put_motion(
        book, meeting, matter=Matter.ORDINARY, title=title, text=f"{title} disahkan."
    )
    meetings.decide(book, motion, way=Way.CONSENSUS)
    meetings.close_meeting(book, meeting)
    return decisions.decisions(book, limit=1)[0]
