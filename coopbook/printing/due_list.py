"""What is due on a day, hamlet by hamlet, as a list to take along and write on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from reportlab.lib import colors
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer, Table

from coopbook import rounds
from coopbook.book import Book
from coopbook.cooperatives import cooperative
from coopbook.i18n import N_
from coopbook.loans import Loan
from coopbook.money import ZERO, Money
from coopbook.numerals import in_figures
from coopbook.people.model import User
from coopbook.printing import loan_sheet, minutes_sheet
from coopbook.printing.loan_sheet import (
    Issuer,
    Printed,
    Speech,
    cell,
    pairs,
    plain,
    summed,
)
from coopbook.printing.minutes_sheet import WIDTH

HEADS = (
    *(N_("Member"), N_("Name"), N_("Loan"), N_("Due (Rp)"), N_("Of it late (Rp)")),
    *(N_("Days late"), N_("Paid (Rp)")),
)
WIDTHS = tuple(width * WIDTH / 100 for width in (10, 25, 11, 15, 15, 7, 17))
CONTROL_WIDTHS = (WIDTH * 0.26, WIDTH * 0.24)
ROW = 9 * mm
INK = colors.HexColor("#1f2a2e")


@dataclass(frozen=True, slots=True)
class DueRow:
    """A loan on the list: everything due by the day, and what of it is late."""

    member: int
    name: str
    loan: int
    due: Money
    arrears: Money
    days_late: int


@dataclass(frozen=True, slots=True)
class DueHamlet:
    """The loans of a hamlet; members without one stand under an empty name."""

    name: str
    rows: tuple[DueRow, ...]

    @property
    def due(self) -> Money:
        """Everything due in the hamlet."""
        return sum((row.due for row in self.rows), ZERO)

    @property
    def arrears(self) -> Money:
        """What of it is late."""
        return sum((row.arrears for row in self.rows), ZERO)


@dataclass(frozen=True, slots=True)
class DueList:
    """Everything on the list of what is due by a day."""

    language: str
    issuer: Issuer
    on: date
    officer: str
    hamlets: tuple[DueHamlet, ...]
    number: int | None = None

    @property
    def serial(self) -> str:
        """The number of the paper: that of the list that is kept, or its day."""
        if self.number is not None:
            return f"DT-{self.number:06d}"
        return f"DT-{self.on:%Y%m%d}"

    @property
    def loans(self) -> int:
        """How many loans stand on it."""
        return sum(len(hamlet.rows) for hamlet in self.hamlets)

    @property
    def due(self) -> Money:
        """Everything due."""
        return sum((hamlet.due for hamlet in self.hamlets), ZERO)

    @property
    def arrears(self) -> Money:
        """What of it is late."""
        return sum((hamlet.arrears for hamlet in self.hamlets), ZERO)


def due_list_of(
    book: Book, on: date, *, hamlet: str | None = None, officer: str | None = None
) -> DueList:
    """Gather what is due by a day: of everybody, a hamlet, or an officer's loans."""
    found = rounds.falling_due(book, on, hamlet=hamlet, officer=officer)
    rows = [
        _row(loan, now.due.total, now.arrears, now.days_past_due) for loan, now in found
    ]
    return _gathered(book, on, officer, rows)


def kept_list_of(book: Book, kept: rounds.DueList) -> DueList:
    """Gather a list as it was made; what was paid since does not change it."""
    rows = [
        _row(loan, row.due, row.arrears, row.days_late)
        for row, loan in rounds.rows_of(book, kept)
    ]
    of = _gathered(book, kept.due_by, kept.officer, rows)
    return replace(of, number=kept.number)


def _row(loan: Loan, due: Money, arrears: Money, late: int) -> tuple[str, DueRow]:
    who = loan.member
    row = DueRow(who.number, who.name, loan.number, due, arrears, late)
    return who.hamlet or "", row


def _gathered(
    book: Book,
    on: date,
    officer: str | None,
    rows: Iterable[tuple[str, DueRow]],
) -> DueList:
    person = book.get(User, officer) if officer is not None else None
    return DueList(
        language=cooperative(book).language,
        issuer=loan_sheet.issuer_of(book),
        on=on,
        officer=person.full_name if person else officer or "",
        hamlets=tuple(
            DueHamlet(name, tuple(row for _, row in each))
            for name, each in groupby(rows, key=lambda each: each[0])
        ),
    )


def due_list_pdf(of: DueList, printed: Printed) -> bytes:
    """Return the list as a PDF; the same facts give the same bytes.

    Source: domain guide 9, "Daftar tagihan"; telephone numbers stay in the book.
    """
    minutes_sheet.letters()
    paper = _Paper(of)
    story = [*paper.opening(), *paper.hamlets(), *paper.control()]
    return loan_sheet.as_pdf(
        *(story, of.issuer, paper), label=of.serial, code="", printed=printed
    )


class _Paper(Speech):
    """The pieces of the list, from its head to the control total."""

    def __init__(self, of: DueList) -> None:
        super().__init__(of.language)
        self.of = of

    def opening(self) -> Iterator[Flowable]:
        """Hand out what the list is, for which day, and who takes it along."""
        of = self.of
        number = self.say(N_("Number %(label)s"), label=of.serial)
        title = self.say(N_("List of what is due"))
        yield from loan_sheet.head(of.issuer, title, number, self)
        rows = [
            (N_("Due by"), f"<b>{self.day(of.on)}</b>"),
            (N_("Officer"), plain(of.officer) or "." * 40),
        ]
        yield pairs((self.say(name), said) for name, said in rows)
        yield Spacer(1, 3 * mm)
        if not of.hamlets:
            nothing = N_("Nothing is due by this day.")
            yield Paragraph(self.say(nothing), loan_sheet.VALUE)

    def hamlets(self) -> Iterator[Flowable]:
        """Hand out a table for each hamlet, with boxes to write in what was paid."""
        heads = [self.say(head) for head in HEADS]
        for hamlet in self.of.hamlets:
            name = plain(hamlet.name) or self.say(N_("No hamlet written down"))
            sums = [in_figures(hamlet.due), in_figures(hamlet.arrears)]
            total = [self.say(N_("Total")), *("", ""), *sums, "", ""]
            yield loan_sheet.figures(
                heads,
                [_cells(row) for row in hamlet.rows],
                WIDTHS,
                words=2,
                total=total,
                above=name,
                height=ROW,
                styled=BOXES,
            )
            yield Spacer(1, 5 * mm)

    def control(self) -> Iterator[Flowable]:
        """Hand out the totals of the list, what was brought, and who signs."""
        of = self.of
        rows = [
            (N_("Loans on the list"), str(of.loans)),
            (N_("Due in all"), summed(of.due)),
            (N_("Of it late"), summed(of.arrears)),
        ]
        boxes = [
            [Paragraph(self.say(name), loan_sheet.LABEL), ""]
            for name in (
                N_("Control total (Rp)"),
                N_("Cash handed over (Rp)"),
                N_("Difference (Rp)"),
            )
        ]
        control = Table(
            boxes, [WIDTH * 0.26, WIDTH * 0.24], [10 * mm] * 3, style=CONTROL
        )
        half = pairs(
            ((self.say(name), said) for name, said in rows), WIDTH / 2 - 8 * mm
        )
        people = [
            (self.say(N_("Officer")), "", of.officer),
            (self.say(N_("Received by the teller")), "", ""),
        ]
        yield KeepTogether(
            [
                Spacer(1, 2 * mm),
                loan_sheet.beside(half, control),
                Spacer(1, 8 * mm),
                loan_sheet.signatures(people),
            ]
        )


def _cells(row: DueRow) -> list[str | Paragraph]:
    late = str(row.days_late) if row.days_late else ""
    arrears = in_figures(row.arrears) if row.arrears else ""
    name, number = cell(row.name, WIDTHS[1]), f"{row.member:04d}"
    return [number, name, str(row.loan), in_figures(row.due), arrears, late, ""]


BOXES = [
    ("BOX", (-1, 2), (-1, -1), 0.8, INK),
    ("INNERGRID", (-1, 2), (-1, -1), 0.5, INK),
]
CONTROL = [
    ("BOX", (1, 0), (1, -1), 0.8, INK),
    ("INNERGRID", (1, 0), (1, -1), 0.5, INK),
    ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ("LEFTPADDING", (0, 0), (0, -1), 0),
]
