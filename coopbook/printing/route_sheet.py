"""Whom to call on in a day, hamlet by hamlet, as a sheet to take along."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from reportlab.lib import colors
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph, Spacer

from coopbook import dunning
from coopbook.book import Book
from coopbook.cooperatives import cooperative
from coopbook.dates import short_day
from coopbook.dunning import TASK_NAMES, Task, WorkRow
from coopbook.i18n import N_, say
from coopbook.money import ZERO, Money
from coopbook.numerals import in_figures
from coopbook.printing import loan_sheet, minutes_sheet
from coopbook.printing.loan_sheet import CELL, Issuer, Printed, Speech, pairs, plain
from coopbook.printing.minutes_sheet import WIDTH

HEADS = (
    *("", N_("Member"), N_("Loan"), N_("To ask for (Rp)"), N_("Days late")),
    *(N_("Last promise"), N_("Notes")),
)
WIDTHS = tuple(width * WIDTH / 100 for width in (4, 28, 11, 13, 7, 15, 22))
INK = colors.HexColor("#1f2a2e")


@dataclass(frozen=True, slots=True)
class Stop:
    """A member to call on: where, about which loan, and what was promised last.

    ``phone`` is empty where whoever prints may not read it.
    """

    member: int
    name: str
    address: str
    phone: str
    loan: int
    amount: Money
    days_late: int
    task: Task
    promised: Money | None
    promised_on: date | None
    written_off: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """The stops of a hamlet; members without one stand under an empty name."""

    name: str
    stops: tuple[Stop, ...]

    @property
    def amount(self) -> Money:
        """Everything to ask for in the hamlet."""
        return sum((stop.amount for stop in self.stops), ZERO)


@dataclass(frozen=True, slots=True)
class RouteSheet:
    """Everything on the sheet of a day."""

    language: str
    issuer: Issuer
    on: date
    officer: str
    hamlets: tuple[Stretch, ...]

    @property
    def label(self) -> str:
        """The name of the paper: its day."""
        return f"RT-{self.on:%Y%m%d}"

    @property
    def count(self) -> int:
        """How many stops there are."""
        return sum(len(each.stops) for each in self.hamlets)


def route_sheet_of(
    book: Book,
    on: date,
    *,
    hamlet: str | None = None,
    officer: str | None = None,
    phones: bool = False,
) -> RouteSheet:
    """Gather whom to call on: everybody, of a hamlet, or an officer's borrowers.

    ``phones`` says whether whoever prints may read the members' telephone numbers.
    """
    rows = dunning.work_list(book, on, officer=officer, hamlet=hamlet)
    found = sorted(
        ((row.loan.member.hamlet or "", _stop(row, phones)) for row in rows),
        key=lambda each: each[0],
    )
    return RouteSheet(
        language=cooperative(book).language,
        issuer=loan_sheet.issuer_of(book),
        on=on,
        officer=loan_sheet.person_of(book, officer) if officer else "",
        hamlets=tuple(
            Stretch(name, tuple(stop for _, stop in each))
            for name, each in groupby(found, key=lambda each: each[0])
        ),
    )


def _stop(row: WorkRow, phones: bool) -> Stop:
    who, said = row.loan.member, row.promise
    return Stop(
        member=who.number,
        name=who.name,
        address=who.address or "",
        phone=(who.phone or "") if phones else "",
        loan=row.loan.number,
        amount=row.amount,
        days_late=row.days_late,
        task=row.tasks[0],
        promised=said.promised if said else None,
        promised_on=said.promised_on if said else None,
        written_off=row.claimed is not None,
    )


def route_sheet_pdf(of: RouteSheet, printed: Printed) -> bytes:
    """Return the sheet as a PDF; the same facts give the same bytes."""
    minutes_sheet.letters()
    paper = _Paper(of)
    story = [*paper.opening(), *paper.stretches()]
    return loan_sheet.as_pdf(
        *(story, of.issuer, paper), label=of.label, code="", printed=printed
    )


class _Paper(Speech):
    """The pieces of the sheet: its head, and a table for each hamlet."""

    def __init__(self, of: RouteSheet) -> None:
        super().__init__(of.language)
        self.of = of

    def opening(self) -> Iterator[Flowable]:
        """Hand out which day the sheet is for, and who takes it along."""
        of = self.of
        title = self.say(N_("Route sheet"))
        yield from loan_sheet.head(of.issuer, title, self.day(of.on), self)
        rows = [
            (N_("Officer"), plain(of.officer) or "." * 40),
            (N_("Members to call on"), str(of.count)),
        ]
        yield pairs((self.say(name), said) for name, said in rows)
        yield Spacer(1, 3 * mm)
        if not of.hamlets:
            nothing = N_("Nobody has to be called on this day.")
            yield Paragraph(self.say(nothing), loan_sheet.VALUE)

    def stretches(self) -> Iterator[Flowable]:
        """Hand out a table for each hamlet, with boxes to tick and to write in."""
        heads = [self.say(head) if head else "" for head in HEADS]
        for each in self.of.hamlets:
            name = plain(each.name) or self.say(N_("No hamlet written down"))
            total = [self.say(N_("Total")), "", "", in_figures(each.amount), "", "", ""]
            yield loan_sheet.figures(
                heads,
                [self._cells(stop) for stop in each.stops],
                WIDTHS,
                words=3,
                total=total,
                above=name,
                styled=_boxes(len(each.stops)),
            )
            yield Spacer(1, 5 * mm)

    def _cells(self, stop: Stop) -> list[str | Paragraph]:
        why = say(TASK_NAMES[stop.task], self.language)
        said = [
            f"<b>{stop.member:04d} {plain(stop.name)}</b>",
            plain(stop.address),
            plain(stop.phone),
            f"<i>{plain(why)}</i>",
            self.say(N_("loan written off")) if stop.written_off else "",
        ]
        return [
            "",
            Paragraph("<br/>".join(filter(None, said)), CELL),
            str(stop.loan),
            in_figures(stop.amount),
            str(stop.days_late) if stop.days_late else "",
            Paragraph("<br/>".join(_promise(stop)), CELL),
            "",
        ]


def _promise(stop: Stop) -> Iterable[str]:
    if stop.promised is not None and stop.promised_on is not None:
        yield in_figures(stop.promised)
        yield short_day(stop.promised_on)


def _boxes(count: int) -> list[tuple[object, ...]]:
    """Return how the boxes of a table are drawn: one to tick, one to write in."""
    last = count + 1
    return [
        *(("BOX", (0, row), (0, row), 0.8, INK) for row in range(2, last + 1)),
        *(("BOX", (-1, row), (-1, row), 0.5, INK) for row in range(2, last + 1)),
        ("BOTTOMPADDING", (0, 2), (-1, last), 7),
    ]
