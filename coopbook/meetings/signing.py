"""Keep the minutes that people have signed, beside their meeting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coopbook.archive import Scan, ScanKind, keep, latest
from coopbook.book import Book
from coopbook.errors import Refused
from coopbook.i18n import N_
from coopbook.ledger import Paper
from coopbook.meetings.model import Meeting
from coopbook.meetings.rules import MeetingState


@dataclass(eq=False)
class NotClosedYet(Refused):
    """Minutes are signed when they are fixed."""

    sentence = N_(
        "Close meeting %(number)s first: then print its minutes and have them signed."
    )

    number: int


def keep_minutes(book: Book, meeting: Meeting, scan: Paper, *, on: date) -> Scan:
    """Keep a scan of the signed minutes, sealed; the newest counts.

    Raises ``NotClosedYet``, ``NotAScan`` and ``NoSecret``.
    """
    if meeting.state is not MeetingState.CLOSED:
        raise NotClosedYet(meeting.number)
    return keep(
        *(book, subject(meeting.number), ScanKind.MINUTES),
        name=scan.name,
        media_type=scan.media_type,
        content=scan.content,
        on=on,
    )


def signed_minutes(book: Book, number: int) -> Scan | None:
    """Return the signed minutes of a meeting, if somebody has kept them."""
    return latest(book, subject(number), ScanKind.MINUTES)


def subject(number: int) -> str:
    """Return what the archive knows a meeting by: ``meeting:3``."""
    return f"meeting:{number}"
