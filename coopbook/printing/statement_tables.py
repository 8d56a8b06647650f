"""The statements as tables on paper: figures, changes in equity, cash, what ties."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak, Paragraph

from coopbook.dates import short_day
from coopbook.i18n import N_, say
from coopbook.money import ZERO
from coopbook.numerals import in_figures
from coopbook.printing import loan_sheet
from coopbook.printing.loan_sheet import Speech, plain
from coopbook.printing.minutes_sheet import BOLD_FONT, WIDTH, style
from coopbook.statements import COLUMNS, EquityChanges, Figure, Kind, Statements, Tie

PART = style(10.5, bold=True, spaceBefore=3 * mm, spaceAfter=1 * mm)


def widths(*shares: float) -> tuple[float, ...]:
    """Return widths that fill the page, in the ratio of some shares."""
    return tuple(share * WIDTH / sum(shares) for share in shares)


LINE_WIDTHS = widths(60, 20, 20)
EQUITY_WIDTHS = widths(22, 13, 13, 13, 13, 12, 13, 14)


class Tables(Speech):
    """Tables of figures in the language of a paper."""

    def part(self, words: str, **facts: Any) -> Paragraph:
        """Return the title of a part of a chapter."""
        return Paragraph(self.say(words, **facts), PART)

    def table(
        self,
        heads: Sequence[str],
        rows: Sequence[Sequence[Any]],
        columns: Sequence[float],
        *,
        words: int = 1,
        total: Sequence[str] | None = None,
    ) -> Flowable:
        """Return a table whose heads are said in the language of the paper."""
        said = [say(head, self.language) if head else "" for head in heads]
        return loan_sheet.figures(said, rows, columns, words=words, total=total)

    def figures(
        self,
        some: Sequence[Figure],
        days: Sequence[date],
        more: Sequence[Sequence[str]] = (),
    ) -> Flowable:
        """Return the rows of a statement but lines that are nothing now and before.

        ``more`` are rows that end it: what they are called, now and before.
        """
        rows: list[list[Any]] = []
        styled: list[Any] = []
        for one in some:
            row, strong = one.row, one.row.kind is not Kind.LINE
            then = one.beside or ZERO
            if row.kind is Kind.LINE and not one.amount and not then:
                continue
            indent = "\N{NO-BREAK SPACE}" * 3 * row.level
            name = plain(indent + row.name.said(self.language))
            amounts = [in_figures(one.amount), in_figures(then)]
            if row.kind is Kind.HEADING:
                amounts = ["", ""]
            if strong:
                at = len(rows) + 1
                styled.append(("FONT", (1, at), (-1, at), BOLD_FONT))
                name = f"<b>{name}</b>"
            rows.append([Paragraph(name, loan_sheet.CELL), *amounts])
        rows += [list(each) for each in more]
        heads = ["", *(f"{short_day(day)} (Rp)" for day in days)]
        return loan_sheet.figures(heads, rows, LINE_WIDTHS, words=1, styled=styled)

    def whole(self, told: Statements, last: date) -> Iterator[Flowable]:
        """Hand out the four statements and whether they tie."""
        beside = told.position.beside
        days = (last, beside[1] if beside else last)
        yield self.part(N_("Statement of financial position"))
        yield self.figures(told.position.figures, days)
        yield PageBreak()
        yield self.part(N_("Surplus statement"))
        yield self.figures(told.surplus.figures, days)
        yield self.part(N_("Statement of changes in equity"))
        yield self.equity(told.equity)
        if told.equity_before is not None:
            then = told.equity_before
            yield self.part(
                N_("Changes in equity, %(first)s to %(last)s"),
                first=self.day(then.first),
                last=self.day(then.last),
            )
            yield self.equity(then)
        yield PageBreak()
        yield self.part(N_("Cash flow statement"))
        cash = told.cash
        ends = [
            [
                self.say(said),
                in_figures(now),
                in_figures(then) if then is not None else "",
            ]
            for said, now, then in (
                (N_("Cash at the beginning"), cash.opening, cash.opening_before),
                (N_("Cash at the end"), cash.closing, cash.closing_before),
            )
        ]
        yield self.figures(cash.statement.figures, days, ends)
        yield self.part(N_("Do the statements tie?"))
        yield self.ties(told.ties)

    def equity(self, found: EquityChanges) -> Flowable:
        """Return the changes in equity of a time."""
        rows = [
            [
                self.say(said),
                *(in_figures(found.amounts[row][column]) for column in COLUMNS),
                in_figures(found.across(row)),
            ]
            for row, said in found.rows.items()
        ]
        heads = ["", *COLUMNS.values(), N_("Total")]
        return self.table(heads, rows, EQUITY_WIDTHS)

    def ties(self, ties: Sequence[Tie]) -> Flowable:
        """Return what has to agree, both figures, and whether it does."""
        rows = [
            [
                Paragraph(self.say(tie.sentence), loan_sheet.CELL),
                in_figures(tie.one),
                in_figures(tie.other),
                self.say(N_("yes")) if tie.holds else self.say(N_("NO")),
            ]
            for tie in ties
        ]
        return self.table(["", "Rp", "Rp", ""], rows, widths(56, 18, 18, 8))
