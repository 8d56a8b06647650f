"""The annual meeting's book on A4: chapters from the invitation to the signatures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from zoneinfo import ZoneInfo

from reportlab.platypus import Flowable

from coopbook.i18n import N_, say
from coopbook.printing.loan_sheet import Printed
from coopbook.printing.meetingbook import sheet
from coopbook.printing.meetingbook.business import Business
from coopbook.printing.meetingbook.closing import Closing
from coopbook.printing.meetingbook.facts import MeetingBook
from coopbook.printing.meetingbook.notes import Notes
from coopbook.printing.sheet import printable

Told = Callable[[int, int], None]


def _nobody(done: int, of: int) -> None:
    """Tell nobody how far it is."""


def meeting_book_pdf(of: MeetingBook, printed: Printed, told: Told = _nobody) -> bytes:
    """Return the book of a year as a PDF; the same facts give the same bytes.

    Source: domain guide 7.2.  ``told`` hears how far the list of members is.
    """

    def story() -> Iterator[Flowable]:
        business, notes = Business(of), Notes(of.noted, of.language)
        closing = Closing(of, told)
        yield from business.cover()
        chapters = (
            *(business.meeting, business.board, business.members, business.statements),
            *(notes.notes, business.loans, business.health),
            *(business.supervisors, closing.surplus, closing.plan),
            *(closing.members, closing.minutes),
        )
        for number, chapter in enumerate(chapters, start=1):
            yield from chapter(number)

    at = printed.at.astimezone(ZoneInfo(of.issuer.timezone))
    title = say(N_("Book of the annual meeting %(year)s"), of.language)
    foot = say(N_("%(label)s · printed on %(at)s by %(name)s"), of.language)
    record = say(N_("record %(number)s of the book"), of.language)
    name = title % {"year": of.year}
    return sheet.bound(
        story,
        foot=printable(
            foot
            % {
                "label": f"{of.serial} · {record % {'number': of.record}} · {of.code}",
                "at": at.strftime("%d/%m/%Y %H.%M"),
                "name": printed.by,
            }
        ),
        page=say(N_("Page %(number)s of %(count)s"), of.language),
        title=f"{name} {of.issuer.name}",
        top=printable(f"{of.issuer.name} · {name}"),
    )
