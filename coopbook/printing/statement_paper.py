"""The statements of any time as a paper; those of a whole year with their notes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from zoneinfo import ZoneInfo

from reportlab.platypus import Flowable

from coopbook.book import Book
from coopbook.disclosures import note_facts
from coopbook.i18n import N_, say
from coopbook.printing import loan_sheet
from coopbook.printing.loan_sheet import Issuer, Printed, issuer_of
from coopbook.printing.meetingbook import sheet
from coopbook.printing.meetingbook.notes import Notes
from coopbook.printing.sheet import printable
from coopbook.printing.statement_tables import Tables
from coopbook.statements import statements, year_before


def statements_pdf(
    book: Book, first: date, last: date, printed: Printed, *, language: str = "id"
) -> bytes:
    """Return the statements of a time, beside the year before, as a PDF.

    A whole calendar year comes with the notes to its statements.  The same book gives
    the same bytes but for the moment of printing.
    """
    told = statements(book, first, last, beside=year_before((first, last)))
    issuer, tables = issuer_of(book), Tables(language)
    title = tables.say(N_("Financial statements"))
    span = tables.say(
        N_("%(first)s to %(last)s"), first=tables.day(first), last=tables.day(last)
    )
    whole_year = first == date(last.year, 1, 1) and last == date(last.year, 12, 31)

    def story() -> Iterator[Flowable]:
        yield from loan_sheet.head(issuer, title, span, tables)
        yield from tables.whole(told, last)
        if whole_year:
            yield from Notes(note_facts(book, last.year), language).notes(1)

    return bound(story, issuer, (title, span), printed, language)


def bound(
    story: Callable[[], Iterator[Flowable]],
    issuer: Issuer,
    titled: tuple[str, str],
    printed: Printed,
    language: str,
) -> bytes:
    """Return a story as a paper: its title and time above, who printed it below."""
    title, span = titled
    foot = say(N_("%(label)s \u00b7 printed on %(at)s by %(name)s"), language)
    at = printed.at.astimezone(ZoneInfo(issuer.timezone))
    return sheet.bound(
        story,
        foot=printable(
            foot
            % {
                "label": title,
                "at": at.strftime("%d/%m/%Y %H.%M"),
                "name": printed.by,
            }
        ),
        page=say(N_("Page %(number)s of %(count)s"), language),
        title=f"{title} {issuer.name}",
        top=printable(f"{issuer.name} \u00b7 {title} \u00b7 {span}"),
    )
