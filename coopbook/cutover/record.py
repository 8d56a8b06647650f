"""The record of a cut-over on paper: every account, every import, who signed."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from html import escape
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import reportlab
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from reportlab.lib import colors
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    Flowable,
    KeepTogether,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
)
from sqlalchemy import select

from coopbook.book import Book
from coopbook.cooperatives.model import Cooperative
from coopbook.cutover.queries import KIND, CutOverView, statement
from coopbook.i18n import N_, say
from coopbook.importing import KIND_NAMES, Kind
from coopbook.money import ZERO, Money
from coopbook.people.model import Approval, User
from coopbook.people.rules import ApprovalState

FORMATS = {"id": "id", "en": "en_ID"}
RULE, INK, QUIET = colors.HexColor("#8b8775"), colors.black, colors.HexColor("#566268")
MARGIN = 18 * mm
WIDTH = A4[0] - 2 * MARGIN
TITLE = N_("Record of the cut-over")
DRAFT = N_("Draft: not signed yet")
HEADINGS = (
    N_("Account"),
    N_("Name"),
    N_("Old books"),
    N_("This book"),
    N_("Difference"),
)
IMPORTS = (
    N_("No."),
    N_("What was brought in"),
    N_("Total in the sheet"),
    N_("Posted"),
    N_("Rounding"),
)


@dataclass(frozen=True, slots=True)
class Signature:
    """Somebody who signed, and when; moments are in UTC."""

    name: str
    at: str


def signatures(book: Book, seen: CutOverView) -> tuple[Signature, ...]:
    """Return who signed a cut-over and when, the one who asked first."""
    if seen.signed is None:
        return ()
    row = book.session.scalar(
        select(Approval)
        .where(Approval.cooperative_id == book.cooperative_id)
        .where(Approval.kind == KIND)
        .where(Approval.subject == f"cutover:{seen.on.isoformat()}")
        .where(Approval.state == ApprovalState.APPROVED)
        .order_by(Approval.number.desc())
        .limit(1)
    )
    moments = (row.made_at, row.decided_at or "") if row else ("", "")
    names = (_full_name(book, seen.signed.first), _full_name(book, seen.signed.second))
    return tuple(map(Signature, names, moments))


def _full_name(book: Book, name: str) -> str:
    user = book.get(User, name)
    return f"{user.full_name} ({name})" if user else name


def record_pdf(
    seen: CutOverView,
    cooperative: Cooperative,
    language: str,
    signed: Sequence[Signature] = (),
) -> bytes:
    """Return the record of a cut-over as a PDF; before it is signed, a draft.

    What two people signed is printed as they signed it, whatever was posted since.
    The same record gives the same bytes.  Amounts are debit less credit.
    """
    memory = io.BytesIO()
    paper = _Paper(seen, cooperative, language, tuple(signed))
    document = SimpleDocTemplate(
        memory,
        pagesize=A4,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=16 * mm,
        bottomMargin=18 * mm,
        title=f"{say(TITLE, language)} {seen.on.isoformat()}",
        author=cooperative.name,
        lang=language,
        invariant=1,
    )
    _fonts()
    document.build(list(paper.story()), canvasmaker=_numbered(paper))
    return memory.getvalue()


@cache
def _fonts() -> None:
    folder = Path(reportlab.__file__).parent / "fonts"
    registerFont(TTFont("Paper", str(folder / "Vera.ttf")))
    registerFont(TTFont("PaperBold", str(folder / "VeraBd.ttf")))


def _style(size: float = 9, *, bold: bool = False, **kwargs: Any) -> ParagraphStyle:
    font = "PaperBold" if bold else "Paper"
    return ParagraphStyle(
        font, fontName=font, fontSize=size, leading=size * 1.35, **kwargs
    )


PLAIN, BOLD = _style(8), _style(8, bold=True)
RIGHT, RIGHT_BOLD = _style(8, alignment=TA_RIGHT), _style(8, bold=True, alignment=2)
SMALL = _style(7.5, textColor=QUIET)
HEAD = _style(11, bold=True, spaceBefore=7 * mm, spaceAfter=2 * mm)


def _numbered(paper: _Paper) -> Any:
    """Return a canvas that writes “page n of m” under every page."""
    from reportlab.pdfgen.canvas import Canvas

    class Numbered(Canvas):  # type: ignore[misc]
        """A canvas that knows how many pages there are before it draws the last."""

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.waiting: list[dict[str, Any]] = []

        def showPage(self) -> None:  # noqa: N802 - reportlab's own name
            self.waiting.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            for number, page in enumerate(self.waiting, start=1):
                self.__dict__.update(page)
                self.setFont("Paper", 7.5)
                self.setFillColor(QUIET)
                self.drawString(MARGIN, 10 * mm, paper.foot())
                of = paper.say(N_("Page %(number)s of %(count)s"))
                facts = {"number": number, "count": len(self.waiting)}
                self.drawRightString(A4[0] - MARGIN, 10 * mm, of % facts)
                super().showPage()
            super().save()

    return Numbered


@dataclass(frozen=True, slots=True)
class _Paper:
    """Everything on the record, in a language."""

    seen: CutOverView
    cooperative: Cooperative
    language: str
    signed: tuple[Signature, ...]

    def say(self, sentence: str) -> str:
        return say(sentence, self.language)

    def foot(self) -> str:
        return f"{self.cooperative.name} · {self.say(TITLE)} · {self.day(self.seen.on)}"

    def day(self, on: date) -> str:
        return format_date(on, "d MMMM yyyy", locale=FORMATS[self.language])

    def money(self, amount: Money) -> str:
        pattern = "#,##0;(#,##0)"
        said: str = format_decimal(amount.units, pattern, locale=FORMATS[self.language])
        return said

    def exact(self, number: str) -> str:
        said: str = format_decimal(
            Decimal(number), "#,##0.##########", locale=FORMATS[self.language]
        )
        return said

    def moment(self, at: str) -> str:
        if not at:
            return ""
        local = datetime.fromisoformat(at).astimezone(
            ZoneInfo(self.cooperative.timezone)
        )
        return format_datetime(
            local, "d MMMM yyyy HH.mm", locale=FORMATS[self.language]
        )

    @property
    def digest(self) -> str:
        return self.seen.signed.digest if self.seen.signed else self.seen.digest

    def story(self) -> Iterator[Flowable]:
        yield from self._letterhead()
        yield from self._accounts()
        yield from self._imports()
        yield KeepTogether(list(self._signing()))

    def _letterhead(self) -> Iterator[Flowable]:
        own = self.cooperative
        yield Paragraph(escape(own.name), _style(14, bold=True))
        where = " · ".join(
            filter(None, (own.village, own.district, own.registration_no))
        )
        if where:
            yield Paragraph(escape(where), SMALL)
        yield Spacer(1, 5 * mm)
        yield Paragraph(self.say(TITLE), _style(13, bold=True))
        closing = self.say(N_("The old books close and these begin: %(day)s."))
        yield Paragraph(closing % {"day": self.day(self.seen.on)}, _style(9))
        if self.seen.signed is None:
            red = _style(10, bold=True, textColor=colors.HexColor("#98291f"))
            yield Paragraph(self.say(DRAFT), red)
        if own.sample:
            yield Paragraph(
                self.say(N_("Sample: this book is for learning, not real money")), SMALL
            )

    def _accounts(self) -> Iterator[Flowable]:
        yield Paragraph(self.say(N_("Account by account")), HEAD)
        about = N_("Debit less credit; amounts in brackets are credit.")
        yield Paragraph(self.say(about), SMALL)
        rows, old, ours = [], ZERO, ZERO
        for code, name, before, now in self._lines():
            old, ours = old + before, ours + now
            rows.append(
                [
                    Paragraph(escape(code), PLAIN),
                    Paragraph(escape(name), PLAIN),
                    *(Paragraph(self.money(one), RIGHT) for one in (before, now)),
                    Paragraph(self.money(now - before), RIGHT_BOLD),
                ]
            )
        together = [
            *("", Paragraph(self.say(N_("Together")), BOLD)),
            *(
                Paragraph(self.money(one), RIGHT_BOLD)
                for one in (old, ours, ours - old)
            ),
        ]
        yield self._table(HEADINGS, rows, (20, 62, 31, 31, 30), together)

    def _lines(self) -> list[tuple[str, str, Money, Money]]:
        """Return the lines as they were signed, or as they are."""
        names = {one.code: one.name.said(self.language) for one in self.seen.lines}
        if self.seen.signed is None:
            return [
                (one.code, names[one.code], one.old, one.ours)
                for one in self.seen.lines
            ]
        signed = json.loads(self.seen.signed.statement)["lines"]
        return [
            (code, names.get(code, ""), Money(old), Money(ours))
            for code, old, ours in signed
        ]

    def _imports(self) -> Iterator[Flowable]:
        said = json.loads(
            self.seen.signed.statement if self.seen.signed else statement(self.seen)
        )["imports"]
        reasons = {one.number: one.accepted for one in self.seen.batches}
        yield Paragraph(self.say(N_("What was brought in")), HEAD)
        if not said:
            yield Paragraph(self.say(N_("Nothing was brought in.")), PLAIN)
            return
        rows = []
        for number, kind, sheet_total, lines_total, rounding in said:
            what = escape(self.say(KIND_NAMES[Kind(kind)]))
            if reasons.get(number):
                accepted = self.say(N_("Accepted: %(reason)s"))
                reason = accepted % {"reason": reasons[number]}
                what += f'<br/><font size="7.5">{escape(reason)}</font>'
            rows.append(
                [
                    Paragraph(str(number), PLAIN),
                    Paragraph(what, PLAIN),
                    Paragraph(self.exact(sheet_total), RIGHT),
                    *(
                        Paragraph(self.money(Money(one)), RIGHT)
                        for one in (lines_total, rounding)
                    ),
                ]
            )
        yield self._table(IMPORTS, rows, (12, 72, 36, 31, 23))

    def _table(
        self,
        headings: Sequence[str],
        rows: list[list[Any]],
        widths: Sequence[int],
        foot: list[Any] | None = None,
    ) -> Table:
        words = sum(1 for heading in headings[:2])
        head = [
            Paragraph(self.say(heading), BOLD if place < words else RIGHT_BOLD)
            for place, heading in enumerate(headings)
        ]
        rules = [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LINEBELOW", (0, 0), (-1, 0), 1, RULE),
            ("LINEBELOW", (0, 1), (-1, -1), 0.25, RULE),
            ("TOPPADDING", (0, 0), (-1, -1), 1.5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
            ("LEFTPADDING", (0, 0), (-1, -1), 2),
            ("RIGHTPADDING", (0, 0), (-1, -1), 2),
        ]
        body = [head, *rows]
        if foot is not None:
            body.append(foot)
            rules += [
                ("LINEABOVE", (0, -1), (-1, -1), 1, INK),
                ("LINEBELOW", (0, -1), (-1, -1), 1, INK, 0, None, None, 2, 1.5),
            ]
        return Table(
            body,
            colWidths=[width * WIDTH / sum(widths) for width in widths],
            style=rules,
            repeatRows=1,
        )

    def _signing(self) -> Iterator[Flowable]:
        yield Paragraph(self.say(N_("Signed by two people")), HEAD)
        names = [(one.name, self.moment(one.at)) for one in self._signatures()] or [
            ("", ""),
            ("", ""),
        ]
        cells = [
            [Paragraph("&nbsp;", _style(22)) for _name in names],
            [Paragraph(escape(name) or "&nbsp;", BOLD) for name, _at in names],
            [Paragraph(escape(at) or "&nbsp;", SMALL) for _name, at in names],
        ]
        yield Table(
            cells,
            colWidths=[WIDTH / 2] * 2,
            style=[("LINEBELOW", (0, 0), (0, 0), 0.5, INK),
                   ("LINEBELOW", (1, 0), (1, 0), 0.5, INK),
                   ("LEFTPADDING", (0, 0), (-1, -1), 2)],
        )  # fmt: skip
        seal = self.say(N_("Digest of what is signed: %(digest)s"))
        yield Spacer(1, 3 * mm)
        yield Paragraph(seal % {"digest": self.digest}, SMALL)

    def _signatures(self) -> tuple[Signature, ...]:
        if self.signed or self.seen.signed is None:
            return self.signed
        row = self.seen.signed
        return (Signature(row.first, ""), Signature(row.second, ""))
