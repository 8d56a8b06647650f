"""The record of a cut-over on paper: every account, every import, who signed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from html import escape
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer, Table
from sqlalchemy import select

from coopbook.book import Book
from coopbook.cooperatives.model import Cooperative
from coopbook.cutover.paper import (
    BOLD,
    HEAD,
    INK,
    PLAIN,
    RED,
    RIGHT,
    RIGHT_BOLD,
    SMALL,
    WIDTH,
    printed,
    ruled,
    style,
)
from coopbook.cutover.queries import KIND, CutOverView, statement
from coopbook.i18n import N_, say
from coopbook.importing import KIND_NAMES, Kind
from coopbook.money import ZERO, Money
from coopbook.people.model import Approval, User
from coopbook.people.rules import ApprovalState

FORMATS = {"id": "id", "en": "en_ID"}
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
    paper = _Paper(seen, cooperative, language, tuple(signed))
    title = say(TITLE, language)
    return printed(
        paper.story(),
        foot=f"{cooperative.name} · {title} · {paper.day(seen.on)}",
        page=say(N_("Page %(number)s of %(count)s"), language),
        title=f"{title} {seen.on.isoformat()}",
        author=cooperative.name,
        lang=language,
    )


@dataclass(frozen=True, slots=True)
class _Paper:
    """Everything on the record, in a language."""

    seen: CutOverView
    cooperative: Cooperative
    language: str
    signed: tuple[Signature, ...]

    def say(self, sentence: str) -> str:
        return say(sentence, self.language)

    def day(self, on: date) -> str:
        return format_date(on, "d MMMM yyyy", locale=FORMATS[self.language])

    def money(self, amount: Money) -> str:
        pattern = "#,##0;(#,##0)"
        said: str = format_decimal(amount.units, pattern, locale=FORMATS[self.language])
        return said

    def exact(self, number: str) -> str:
        said: str = format_decimal(
            Decimal(number),
            "#,##0.##########;(#,##0.##########)",
            locale=FORMATS[self.language],
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
        yield Paragraph(escape(own.name), style(14, bold=True))
        where = " · ".join(
            filter(None, (own.village, own.district, own.registration_no))
        )
        if where:
            yield Paragraph(escape(where), SMALL)
        yield Spacer(1, 5 * mm)
        yield Paragraph(self.say(TITLE), style(13, bold=True))
        closing = self.say(N_("The old books close and these begin: %(day)s."))
        yield Paragraph(closing % {"day": self.day(self.seen.on)}, style(9))
        if self.seen.signed is None:
            red = style(10, bold=True, textColor=RED)
            yield Paragraph(self.say(DRAFT), red)
        if own.sample:
            yield Paragraph(
                self.say(N_("Sample: this book is for learning, not real money")), SMALL
            )

    def _accounts(self) -> Iterator[Flowable]:
        yield Paragraph(self.say(N_("Account by account")), HEAD)
        about = N_("Debit less credit; amounts in brackets are credit.")
        yield Paragraph(self.say(about), SMALL)
        yield Spacer(1, 2 * mm)
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
        yield ruled(
            [self.say(one) for one in HEADINGS], rows, (20, 62, 31, 31, 30), together
        )

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
        yield ruled([self.say(one) for one in IMPORTS], rows, (12, 72, 36, 31, 23))

    def _signing(self) -> Iterator[Flowable]:
        yield Paragraph(self.say(N_("Signed by two people")), HEAD)
        people = [(one.name, self.moment(one.at)) for one in self._signatures()]
        (first, at), (second, later) = people or [("", ""), ("", "")]
        line = ("LINEABOVE", (0, 1), (0, 1), 0.5, INK)
        other = ("LINEABOVE", (2, 1), (2, 1), 0.5, INK)
        yield Table(
            [
                [Paragraph("&nbsp;", style(20)), "", ""],
                [Paragraph(escape(first), BOLD), "", Paragraph(escape(second), BOLD)],
                [Paragraph(at, SMALL), "", Paragraph(later, SMALL)],
            ],
            colWidths=[WIDTH * 0.45, WIDTH * 0.1, WIDTH * 0.45],
            style=[line, other, ("LEFTPADDING", (0, 0), (-1, -1), 0)],
        )
        seal = self.say(N_("Digest of what is signed: %(digest)s"))
        yield Spacer(1, 3 * mm)
        yield Paragraph(seal % {"digest": self.digest}, SMALL)

    def _signatures(self) -> tuple[Signature, ...]:
        if self.signed or self.seen.signed is None:
            return self.signed
        row = self.seen.signed
        return (Signature(row.first, ""), Signature(row.second, ""))
