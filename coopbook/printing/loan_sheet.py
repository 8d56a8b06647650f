"""The A4 sheet of loan papers: head, pairs, ruled figures, places to sign, the foot."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import (
    CondPageBreak,
    Flowable,
    HRFlowable,
    Paragraph,
    Spacer,
    Table,
)
from sqlalchemy import select

from coopbook.book import Book
from coopbook.cooperatives import cooperative
from coopbook.i18n import N_, say
from coopbook.ledger import Entry, Line
from coopbook.loans import Loan
from coopbook.members import Member
from coopbook.money import Money
from coopbook.people.model import User
from coopbook.printing import minutes_sheet as sheet
from coopbook.printing.minutes_sheet import QUIET, RULE, WIDTH, style
from coopbook.printing.pieces import long_day, rupiah
from coopbook.printing.sheet import printable
from coopbook.printing.slip import check_code

SIZE, TABLE_SIZE = 9.5, 8.5
LABEL = style(SIZE, textColor=QUIET)
VALUE = style(SIZE)
CENTRED = style(SIZE, alignment=TA_CENTER)
HEADING = style(10.5, bold=True, spaceBefore=4 * mm, spaceAfter=1 * mm)
HEAD, HEAD_RIGHT = style(8, bold=True), style(8, bold=True, alignment=TA_RIGHT)
CELL = style(TABLE_SIZE)
SMALL_CENTRED = style(8, textColor=QUIET, alignment=TA_CENTER)
SUM = style(18, bold=True, alignment=TA_CENTER)
NAME_WIDTH = 44 * mm
DOTS = "." * 30


@dataclass(frozen=True, slots=True)
class Issuer:
    """The cooperative as it stands at the head of its papers."""

    name: str
    place: str
    registration_no: str
    timezone: str


@dataclass(frozen=True, slots=True)
class Borrower:
    """The member of a loan as named on its papers; never with a NIK."""

    number: int
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Printed:
    """Who printed a paper, and when: a moment with its zone."""

    by: str
    at: datetime


class Speech:
    """Sentences, days and shares in the language of a paper, as markup."""

    def __init__(self, language: str) -> None:
        self.language = language

    def say(self, sentence: str, **facts: Any) -> str:
        """Say a sentence; what people wrote is never read as markup."""
        said = say(sentence, self.language)
        return said % {name: plain(str(fact)) for name, fact in facts.items()}

    def day(self, on: date) -> str:
        """Write a date for a document: ``16 March 2026``."""
        return long_day(on, self.language)

    def percent(self, share: Fraction | float) -> str:
        """Write a share of one in hundredths, with two places.

        Figures are written the Indonesian way in both languages, as rupiah are.

        >>> Speech("id").percent(0.3166), Speech("en").percent(Fraction(18, 100))
        ('31,66%', '18,00%')
        """
        return f"{float(share) * 100:.2f}%".replace(".", ",")

    def number(self, number: Decimal | Fraction | float, places: int = 2) -> str:
        """Write a number with so many places, or none where it is whole.

        >>> Speech("en").number(Fraction(23, 15)), Speech("id").number(1_250_000)
        ('1,53', '1.250.000')
        """
        whole = float(number).is_integer()
        said = f"{float(number):,.{0 if whole else places}f}"
        return said.translate(str.maketrans(",.", ".,"))


def plain(text: str) -> str:
    """Return a text in letters the sheet has, safe inside markup."""
    return escape(printable(text), quote=False)


def begun_large(words: str) -> str:
    """Return words that begin with a large letter, as a sentence does.

    >>> begun_large("flat")
    'Flat'
    """
    return words[:1].upper() + words[1:]


def issuer_of(book: Book) -> Issuer:
    """Return the cooperative of a book for the head of a paper."""
    about = cooperative(book)
    place = ", ".join(filter(None, (about.village, about.district)))
    return Issuer(about.name, place, about.registration_no, about.timezone)


def borrower_of(member: Member) -> Borrower:
    """Return a member for a paper: number, name and where they live."""
    homes: list[str] = []
    for part in (member.address, member.hamlet or "", member.village):
        if part and not any(part.casefold() in said.casefold() for said in homes):
            homes.append(part)
    return Borrower(member.number, member.name, ", ".join(homes))


def person_of(book: Book, name: str) -> str:
    """Return the full name of who logs in so, or the name as it is kept."""
    user = book.get(User, name)
    return user.full_name if user else name


def last_code(book: Book, loan: Loan, source: str | None = None) -> str:
    """Return the check code of a loan's last entry, of one kind where it is named."""
    rows = (
        select(Entry)
        .join(Entry.lines_read)
        .where(Entry.cooperative_id == book.cooperative_id)
        .where(Line.loan_number == loan.number)
        .order_by(Entry.number.desc())
        .limit(1)
    )
    if source is not None:
        rows = rows.where(Entry.source == source)
    entry = book.session.scalar(rows)
    return check_code(entry) if entry else ""


def head(issuer: Issuer, title: str, number: str, speech: Speech) -> list[Flowable]:
    """Return whose paper it is, what it is, and its number."""
    parts = [plain(issuer.place)]
    if issuer.registration_no:
        said = N_("Registration number %(number)s")
        parts.insert(0, speech.say(said, number=issuer.registration_no))
    return [
        Paragraph(plain(issuer.name), style(13, bold=True)),
        Paragraph(" · ".join(filter(None, parts)), sheet.SMALL),
        HRFlowable(WIDTH, 1, color=RULE, spaceBefore=5, spaceAfter=10),
        Paragraph(title, sheet.TITLE),
        Spacer(1, 1 * mm),
        Paragraph(number, sheet.CENTRED),
        Spacer(1, 4 * mm),
    ]


def heading(words: str) -> list[Flowable]:
    """Return a heading that does not stand alone at the foot of a page."""
    return [CondPageBreak(28 * mm), Paragraph(words, HEADING)]


def pairs(rows: Iterable[tuple[str, str]], width: float = WIDTH) -> Table:
    """Return names at the left and what they are beside them; both are markup."""
    cells = [[Paragraph(name, LABEL), Paragraph(said, VALUE)] for name, said in rows]
    label = min(NAME_WIDTH, width * 0.42)
    return Table(cells, [label, width - label], style=CLOSE)


def beside(left: Flowable, right: Flowable) -> Table:
    """Return two pieces side by side, each half as wide as the sheet."""
    return Table([[left, right]], [WIDTH / 2] * 2, style=FLUSH)


CLOSE = [
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 6),
    ("TOPPADDING", (0, 0), (-1, -1), 1),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
]
FLUSH = [
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    *((f"{edge}PADDING", (0, 0), (-1, -1), 0) for edge in ("LEFT", "RIGHT")),
    *((f"{edge}PADDING", (0, 0), (-1, -1), 0) for edge in ("TOP", "BOTTOM")),
]


def figures(
    heads: Sequence[str],
    rows: Sequence[Sequence[Any]],
    widths: Sequence[float],
    *,
    words: int,
    total: Sequence[str] | None = None,
    above: str = "",
    height: float | None = None,
    styled: Sequence[Any] = (),
) -> Table:
    """Return a ruled table of figures whose heads stand on every page it runs over.

    The first ``words`` columns stand at the left, the others at the right; ``above``
    is a line over the heads, ``total`` the last row under a double rule, ``height``
    that of every row but the heads.
    """
    sheet.letters()
    named = _heads(heads, widths, words)
    top = [[Paragraph(above, style(9.5, bold=True))]] if above else []
    first, size = len(top), fitting(rows, widths, sheet.FONT)
    body = [[_drawn(each, size) for each in row] for row in rows]
    heights = [None if _breaks(row) else height for row in body]
    if total:
        body, heights = [*body, list(total)], [*heights, height]
    found = Table(
        [*top, named, *body],
        list(widths),
        [*[None] * (first + 1), *heights],
        repeatRows=first + 1,
        style=[
            ("FONT", (0, first + 1), (-1, -1), sheet.FONT, size),
            ("ALIGN", (words, first), (-1, -1), "RIGHT"),
            ("VALIGN", (0, first + 1), (-1, -1), "MIDDLE"),
            ("VALIGN", (0, first), (-1, first), "BOTTOM"),
            ("LINEBELOW", (0, first), (-1, first), 1, RULE),
            ("LINEBELOW", (0, first + 1), (-1, -1), 0.25, RULE),
            ("LEFTPADDING", (0, 0), (-1, -1), 2),
            ("RIGHTPADDING", (0, 0), (-1, -1), 4),
            ("TOPPADDING", (0, 0), (-1, -1), 1.5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
            *([("SPAN", (0, 0), (-1, 0))] if above else []),
            *(_totalled(total, widths, words) if total else []),
            *styled,
        ],
    )
    found.hAlign = "LEFT"
    return found


def _heads(
    heads: Sequence[str], widths: Sequence[float], words: int
) -> list[Paragraph]:
    """Return the heads of a table, the currency under them where one is too wide."""
    wide = any(
        stringWidth(name, sheet.BOLD_FONT, HEAD.fontSize) > width - 6
        for name, width in zip(heads, widths, strict=True)
        if name.endswith("(Rp)")
    )
    said = [name.replace(" (Rp)", "<br/>(Rp)") if wide else name for name in heads]
    return [
        Paragraph(name, HEAD if place < words else HEAD_RIGHT)
        for place, name in enumerate(said)
    ]


def _drawn(said: Any, size: float) -> Any:
    if isinstance(said, Struck):
        return Paragraph(f"<strike>{said}</strike>", style(size, alignment=TA_RIGHT))
    return said


def _breaks(row: Sequence[Any]) -> bool:
    return any(isinstance(each, Paragraph) for each in row)


class Struck(str):
    """A figure that is struck out: it was, and counts no more."""

    __slots__ = ()


def cell(text: str, width: float) -> str | Paragraph:
    """Return what people wrote as it stands where it fits a cell, else set to break."""
    sheet.letters()
    said = printable(text)
    if stringWidth(said, sheet.FONT, TABLE_SIZE) <= width - 6:
        return said
    return Paragraph(escape(said, quote=False), CELL)


def fitting(rows: Sequence[Sequence[Any]], widths: Sequence[float], font: str) -> float:
    """Return in what size the words of a table fit their columns."""
    size = TABLE_SIZE
    for row in rows:
        for said, width in zip(row, widths, strict=True):
            if isinstance(said, str) and said:
                taken = float(stringWidth(said, font, TABLE_SIZE))
                size = min(size, TABLE_SIZE * (width - 6) / taken)
    return size


def _totalled(total: Sequence[str], widths: Sequence[float], words: int) -> list[Any]:
    """Return how a last row is set: bold, under a double rule, never alone."""
    size = fitting([total[words:]], widths[words:], sheet.BOLD_FONT)
    return [
        ("FONT", (0, -1), (-1, -1), sheet.BOLD_FONT, size),
        ("SPAN", (0, -1), (words - 1, -1)),
        ("LINEABOVE", (0, -1), (-1, -1), 0.6, RULE, None, None, None, 2, 1.5),
        ("NOSPLIT", (0, -2), (-1, -1)),
    ]


def signatures(people: Sequence[tuple[str, str, str]], *, columns: int = 0) -> Table:
    """Return places to sign side by side: for whom, what goes above, who.

    A name that nobody knows yet is a line of dots; of more columns than people those
    at the left stay empty.
    """
    columns = max(columns, len(people))
    cells = [
        [Paragraph(role, CENTRED) for role, _, _ in people],
        [Paragraph(above, SMALL_CENTRED) for _, above, _ in people],
        [
            Paragraph(f"({plain(name) if name else DOTS})", CENTRED)
            for *_, name in people
        ],
    ]
    empty = [""] * (columns - len(people))
    return Table(
        [[*empty, *row] for row in cells],
        [WIDTH / columns] * columns,
        [None, 20 * mm, None],
        style=SIGNED,
    )


SIGNED = [
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("VALIGN", (0, 1), (-1, 1), "MIDDLE"),
    ("NOSPLIT", (0, 0), (-1, -1)),
]


def summed(amount: Money) -> str:
    """Write an amount in bold, as it stands among words."""
    return f"<b>{money(amount)}</b>"


def money(amount: Money) -> str:
    """Write an amount with its currency, which no line parts from it."""
    return rupiah(amount).replace(" ", "\N{NO-BREAK SPACE}")


def as_pdf(
    story: Iterable[Flowable],
    issuer: Issuer,
    speech: Speech,
    *,
    label: str,
    code: str,
    printed: Printed,
    top: str = "",
) -> bytes:
    """Return a paper as a PDF, with its number, code, person and page on every page.

    ``top`` stands over every page but the first, where the head says it.
    """
    at = printed.at.astimezone(ZoneInfo(issuer.timezone))
    checked = f"{label} · {say(N_('Check code'), speech.language)} {code}"
    sentence = say(N_("%(label)s · printed on %(at)s by %(name)s"), speech.language)
    foot = sentence % {
        "label": checked if code else label,
        "at": at.strftime("%d/%m/%Y %H.%M"),
        "name": printed.by,
    }
    return sheet.printed(
        story,
        foot=printable(foot),
        page=say(N_("Page %(number)s of %(count)s"), speech.language),
        title=f"{label} {issuer.name}",
        top=printable(top),
    )
