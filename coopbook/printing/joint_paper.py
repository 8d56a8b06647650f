"""The statements of several books as one on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from reportlab.platypus import Flowable, PageBreak, Paragraph

from coopbook.book import Book
from coopbook.consolidation import WHAT, Joint, JointRow
from coopbook.dates import short_day
from coopbook.errors import Refused
from coopbook.i18n import N_
from coopbook.money import ZERO, Money
from coopbook.numerals import in_figures
from coopbook.printing import loan_sheet
from coopbook.printing.loan_sheet import Printed, issuer_of, plain
from coopbook.printing.minutes_sheet import BOLD_FONT
from coopbook.printing.statement_paper import bound
from coopbook.printing.statement_tables import Tables, widths
from coopbook.statements import Kind

TITLES = {
    "position": N_("Statement of financial position"),
    "surplus": N_("Surplus statement"),
    "equity": N_("Statement of changes in equity"),
    "cash": N_("Cash flow statement"),
}
MOST = 3
"""More units than these do not fit beside each other; they stand in one column."""


def joint_pdf(
    book: Book,
    joint: Joint,
    printed: Printed,
    told: Callable[[Refused], str],
    *,
    language: str = "id",
) -> bytes:
    """Return the statements of several books as one, as a PDF.

    Each unit, what is left out, all together, and all together the year before.
    """
    issuer, tables = issuer_of(book), Tables(language)
    title = tables.say(N_("Consolidated financial statements"))
    span = tables.say(
        N_("%(first)s to %(last)s"),
        first=tables.day(joint.now.first),
        last=tables.day(joint.now.last),
    )

    def story() -> Iterator[Flowable]:
        yield from loan_sheet.head(issuer, title, span, tables)
        names = ", ".join(f"{unit.number} {unit.name}" for unit in joint.units)
        yield Paragraph(plain(names), loan_sheet.CELL)
        for what in WHAT:
            yield tables.part(TITLES[what])
            rows = joint.rows(what)
            if rows:
                yield _table(tables, joint, rows)
            elif joint.now.apart is not None:
                yield Paragraph(plain(told(joint.now.apart)), loan_sheet.CELL)
            if what in ("position", "equity"):
                yield PageBreak()
        if joint.restated:
            said = joint.restating(tables.language)
            yield Paragraph(plain(said), loan_sheet.CELL)
        if joint.refused is not None:
            yield Paragraph(plain(told(joint.refused)), loan_sheet.CELL)
        yield tables.part(N_("Do the statements tie?"))
        yield tables.ties(joint.now.tied)

    return bound(story, issuer, (title, span), printed, language)


def _table(tables: Tables, joint: Joint, rows: list[JointRow]) -> Flowable:
    body: list[list[Any]] = []
    styled: list[Any] = []
    for one in rows:
        if one.row.kind is Kind.LINE and not any((*one.now, one.then[-1])):
            continue
        name = plain("\N{NO-BREAK SPACE}" * 3 * one.row.level)
        name += plain(one.row.name.said(tables.language))
        if one.row.kind is not Kind.LINE:
            at = len(body) + 1
            styled.append(("FONT", (1, at), (-1, at), BOLD_FONT))
            name = f"<b>{name}</b>"
        amounts = [*_units(one.now), *one.now[-2:], one.then[-1]]
        figures = [in_figures(each) if each is not None else "" for each in amounts]
        body.append([Paragraph(name, loan_sheet.CELL), *figures])
    units = [plain(unit.name) for unit in joint.units]
    if len(units) > MOST:
        units = [tables.say(N_("Added up"))]
    together = tables.say(N_("Together"))
    heads = [
        *("", *units, tables.say(N_("Left out"))),
        *(f"{together} {short_day(day)}" for day in (joint.now.last, joint.before[1])),
    ]
    return loan_sheet.figures(
        heads, body, widths(34, *[16] * (len(heads) - 1)), words=1, styled=styled
    )


def _units(now: tuple[Money | None, ...]) -> tuple[Money | None, ...]:
    units = now[:-2]
    if len(units) <= MOST or None in units:
        return units if len(units) <= MOST else (None,)
    return (sum((one for one in units if one is not None), ZERO),)
