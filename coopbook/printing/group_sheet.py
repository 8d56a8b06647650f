"""The sheet of a group's meeting (*lembar pertemuan*) on A4, to be filled by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from reportlab.lib import colors
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer, Table

from coopbook import groups, members
from coopbook.book import Book
from coopbook.cooperatives import cooperative
from coopbook.dates import short_day
from coopbook.groups import MEETS_NAMES, LoanGroup, Meets
from coopbook.groups.rules import Frozen, GroupEnded
from coopbook.i18n import N_
from coopbook.money import ZERO, Money
from coopbook.numerals import in_figures
from coopbook.printing import loan_sheet, minutes_sheet
from coopbook.printing.due_list import INK, ROW
from coopbook.printing.loan_sheet import (
    Issuer,
    Printed,
    Speech,
    beside,
    cell,
    heading,
    pairs,
    plain,
)
from coopbook.printing.minutes_sheet import QUIET, WIDTH, style

HEADS = (
    *(N_("No."), N_("Name"), N_("Loan"), N_("Due (Rp)"), N_("Of it late (Rp)")),
    *(N_("Came"), N_("Paid (Rp)"), N_("By others (Rp)"), N_("From no.")),
    N_("Savings (Rp)"),
)
SHARES = (30, 78, 52, 56, 60, 34, 54, 53, 32, 54)
WIDTHS = tuple(share * WIDTH / sum(SHARES) for share in SHARES)
CAME, PAID, FROM, SAVED = 5, 6, 8, 9
CLAIM_HEADS = (
    *(N_("Who paid"), N_("For whom"), N_("Loan"), N_("Date"), N_("Left (Rp)")),
    N_("Given back (Rp)"),
)
CLAIM_WIDTHS = tuple(share * WIDTH / 100 for share in (25, 25, 10, 12, 13, 15))
CONTROL_WIDTHS = tuple(share * WIDTH / 300 for share in (52, 48) * 3)
NAMED = style(9, textColor=QUIET, alignment=TA_RIGHT)
SHADE = colors.HexColor("#e4e0d6")


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A line of the sheet: a member, and a loan for which the group answers.

    ``first`` says that it is the member's first line, ``here`` that the member is on
    the roster; only there presence is marked.
    """

    member: int
    name: str
    loan: int | None
    due: Money
    arrears: Money
    first: bool = True
    here: bool = True


@dataclass(frozen=True, slots=True)
class Claim:
    """What a member paid on another one's loan, and is not given back yet."""

    payer: str
    borrower: str
    loan: int
    on: date
    left: Money


@dataclass(frozen=True, slots=True)
class GroupSheet:
    """Everything on the sheet for a meeting of a group.

    ``frozen`` says since when and why no member gets a new loan, where that is so.
    """

    language: str
    issuer: Issuer
    number: int
    name: str
    hamlet: str
    leader: str
    meets: Meets
    place: str
    on: date
    members: int
    rows: tuple[MeetingRow, ...]
    claims: tuple[Claim, ...]
    frozen: tuple[date, str] | None
    ended_on: date | None

    @property
    def serial(self) -> str:
        """The number of the paper."""
        return f"LP-{self.number:04d}-{self.on:%Y%m%d}"

    @property
    def loans(self) -> int:
        """How many loans stand on it."""
        return sum(row.loan is not None for row in self.rows)

    @property
    def due(self) -> Money:
        """Everything due."""
        return sum((row.due for row in self.rows), ZERO)

    @property
    def arrears(self) -> Money:
        """What of it is late."""
        return sum((row.arrears for row in self.rows), ZERO)

    @property
    def claimed(self) -> Money:
        """What members owe each other."""
        return sum((claim.left for claim in self.claims), ZERO)


def group_sheet_of(book: Book, group: LoanGroup, on: date) -> GroupSheet:
    """Gather the sheet for a meeting: everybody, each loan, and open claims."""
    here = {each.number for each in groups.members_in(book, group, on)}
    freeze = groups.frozen(book, group)
    return GroupSheet(
        language=cooperative(book).language,
        issuer=loan_sheet.issuer_of(book),
        number=group.number,
        name=group.name,
        hamlet=group.hamlet,
        leader=members.member(book, group.leader_number).name,
        meets=group.meets,
        place=group.place,
        on=on,
        members=len(here),
        rows=tuple(_rows(book, group, on, here)),
        claims=tuple(_claims(book, group, on)),
        frozen=(freeze.frozen_on, freeze.why) if freeze is not None else None,
        ended_on=group.ended_on,
    )


def _rows(
    book: Book, group: LoanGroup, on: date, here: set[int]
) -> Iterator[MeetingRow]:
    before = 0
    for row in groups.sheet(book, group, on):
        number, name = row.member.number, row.member.name
        yield MeetingRow(
            *(number, name, row.loan.number if row.loan else None),
            *(row.due, row.standing.arrears if row.standing else ZERO),
            first=number != before,
            here=number in here,
        )
        before = number


def _claims(book: Book, group: LoanGroup, on: date) -> Iterator[Claim]:
    for each in groups.covers(book, group):
        if each.left > ZERO and each.on <= on:
            payer = members.member(book, each.row.member_number)
            borrower = members.member(book, each.borrower)
            yield Claim(
                payer=f"{payer.number:04d} {payer.name}",
                borrower=borrower.name,
                loan=each.row.loan_number,
                on=each.on,
                left=each.left,
            )


def group_sheet_pdf(of: GroupSheet, printed: Printed) -> bytes:
    """Return the sheet as a PDF; the same facts give the same bytes.

    Source: domain guide 3.4, joint liability: attendance, and who covered whom.
    """
    minutes_sheet.letters()
    paper = _Paper(of)
    story = [
        *(*paper.opening(), *paper.members(), *paper.claims(), *paper.control()),
    ]
    return loan_sheet.as_pdf(
        *(story, of.issuer, paper), label=of.serial, code="", printed=printed
    )


class _Paper(Speech):
    """The pieces of the sheet, from its head to the control total."""

    def __init__(self, of: GroupSheet) -> None:
        super().__init__(of.language)
        self.of = of

    def opening(self) -> Iterator[Flowable]:
        """Hand out whose meeting it is, when and where, and whether it is frozen."""
        of = self.of
        number = self.say(N_("Number %(label)s"), label=of.serial)
        title = self.say(N_("Sheet of a group's meeting"))
        yield from loan_sheet.head(of.issuer, title, number, self)
        for notice in self._notices():
            yield Paragraph(notice, minutes_sheet.DRAFT)
        left = [
            (N_("Group"), f"<b>{plain(of.name)}</b>"),
            (N_("Group leader"), plain(of.leader)),
            (N_("Hamlet or RT"), plain(of.hamlet) or "–"),
            (N_("On the roster"), str(of.members)),
        ]
        right = [
            (N_("Date"), f"<b>{self.day(of.on)}</b>"),
            (N_("Place"), plain(of.place) or "." * 36),
            (N_("It meets"), self.say(MEETS_NAMES[of.meets])),
            (N_("Loans on the sheet"), str(of.loans)),
        ]
        half = WIDTH / 2 - 4 * mm
        sides = [
            pairs([(self.say(n), s) for n, s in one], half) for one in (left, right)
        ]
        yield beside(*sides)
        yield Spacer(1, 3 * mm)

    def _notices(self) -> Iterator[str]:
        of = self.of
        if of.ended_on is not None:
            yield self.say(GroupEnded.sentence, name=of.name, on=self.day(of.ended_on))
        if of.frozen is not None:
            since, why = of.frozen
            yield self.say(Frozen.sentence, name=of.name, on=self.day(since), why=why)

    def members(self) -> Iterator[Flowable]:
        """Hand out a line for each loan, with boxes for what happens at the meeting."""
        of = self.of
        if not of.rows:
            nobody = N_("Nobody is in this group on that day.")
            yield Paragraph(self.say(nobody), loan_sheet.VALUE)
            return
        sums = [in_figures(of.due), in_figures(of.arrears)]
        yield loan_sheet.figures(
            [self.say(head) for head in HEADS],
            [_cells(row) for row in of.rows],
            WIDTHS,
            words=2,
            total=[self.say(N_("Total")), "", "", *sums, *[""] * 5],
            height=ROW,
            styled=[*BOXES, *_shades(of.rows)],
        )
        tell = N_(
            "Tick who came. Paid by others: the amount, and the number of the member "
            "who paid it."
        )
        yield Spacer(1, 1.5 * mm)
        yield Paragraph(self.say(tell), minutes_sheet.SMALL)

    def claims(self) -> Iterator[Flowable]:
        """Hand out who still owes whom within the group."""
        of = self.of
        yield from heading(self.say(N_("Open claims between members")))
        if not of.claims:
            yield Paragraph(self.say(N_("none")), loan_sheet.VALUE)
            return
        rows = [
            [
                cell(each.payer, CLAIM_WIDTHS[0]),
                cell(each.borrower, CLAIM_WIDTHS[1]),
                str(each.loan),
                short_day(each.on),
                in_figures(each.left),
                "",
            ]
            for each in of.claims
        ]
        yield loan_sheet.figures(
            [self.say(head) for head in CLAIM_HEADS],
            rows,
            CLAIM_WIDTHS,
            words=2,
            total=[self.say(N_("Total")), "", "", "", in_figures(of.claimed), ""],
            height=ROW,
            styled=CLAIM_BOXES,
        )

    def control(self) -> Iterator[Flowable]:
        """Hand out the totals, the boxes for the cash, and who signs."""
        boxes = (
            N_("Control total (Rp)"),
            N_("Cash handed over (Rp)"),
            N_("Difference (Rp)"),
        )
        cells = [
            part for name in boxes for part in (Paragraph(self.say(name), NAMED), "")
        ]
        control = Table([cells], CONTROL_WIDTHS, [10 * mm], style=CONTROL)
        people = [
            (self.say(N_("Group leader")), "", self.of.leader),
            (self.say(N_("Cash received by")), "", ""),
        ]
        yield KeepTogether(
            [
                Spacer(1, 5 * mm),
                control,
                Spacer(1, 5 * mm),
                loan_sheet.signatures(people),
            ]
        )


def _cells(row: MeetingRow) -> list[str | Paragraph]:
    loan = str(row.loan) if row.loan is not None else ""
    due = in_figures(row.due) if row.loan is not None else ""
    late = in_figures(row.arrears) if row.arrears else ""
    name = cell(row.name, WIDTHS[1])
    return [f"{row.member:04d}", name, loan, due, late, *[""] * 5]


def _shades(rows: tuple[MeetingRow, ...]) -> Iterator[tuple[object, ...]]:
    """Hand out which boxes stay empty: nothing is paid where nothing is lent."""
    for at, row in enumerate(rows, start=1):
        if row.loan is None:
            yield ("BACKGROUND", (PAID, at), (FROM, at), SHADE)
        if not (row.first and row.here):
            yield ("BACKGROUND", (CAME, at), (CAME, at), SHADE)
        if not row.first:
            yield ("BACKGROUND", (SAVED, at), (SAVED, at), SHADE)


CONTROL = [
    *(("BOX", (place, 0), (place, 0), 0.8, INK) for place in (1, 3, 5)),
    ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ("RIGHTPADDING", (0, 0), (-1, -1), 6),
    ("LEFTPADDING", (0, 0), (0, 0), 0),
]
BOXES = [
    ("BOX", (CAME, 1), (-1, -1), 0.8, INK),
    ("INNERGRID", (CAME, 1), (-1, -1), 0.5, INK),
]
CLAIM_BOXES = [
    ("BOX", (-1, 1), (-1, -1), 0.8, INK),
    ("INNERGRID", (-1, 1), (-1, -1), 0.5, INK),
]
