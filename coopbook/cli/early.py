"""Reports that warn early: ageing, roll rates, vintages, concentration, what to ask."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coopbook.book import Book

Rows = list[dict[str, Any]]
Answer = tuple[Rows, dict[str, Any]]
NAMED = ("product", "hamlet", "sector")
REPORTS = ("ageing", "rolls", "vintages", "concentration", "watch")


def rows_of(book: Book, name: str, on: date, language: str) -> Answer:
    """Return the rows of one of ``REPORTS`` and its totals.

    Shares are percentages with two digits, as text; what is not known yet is empty.
    """
    if name == "watch":
        return _watch(book, on, language)
    by_name = {
        "ageing": _ageing,
        "rolls": _rolls,
        "vintages": _vintages,
        "concentration": _concentration,
    }
    return by_name[name](book, on)


def _percent(share: Any) -> str:
    return f"{float(share) * 100:.2f}"


def _numbers(some: tuple[int, ...]) -> str:
    return " ".join(map(str, some))


def _ageing(book: Book, on: date) -> Answer:
    from coopbook.earlywarning import ageing
    from coopbook.money import ZERO

    found = ageing(book, on)
    rows = [
        {
            "bucket": row.bucket,
            "loans": len(row.loans),
            "outstanding": row.outstanding,
            "percent": _percent(row.share),
        }
        for row in found
    ]
    return rows, {
        "loans": sum(len(row.loans) for row in found),
        "outstanding": sum((row.outstanding for row in found), ZERO),
    }


def _rolls(book: Book, on: date) -> Answer:
    from coopbook.earlywarning import rolls

    rows = [
        {
            "month": f"{month.ends:%Y-%m}",
            "began": cell.origin,
            "ended": cell.place,
            "loans": len(cell.loans),
            "principal": cell.principal,
            "percent": _percent(cell.share),
        }
        for month in rolls(book, on)
        for cell in month.cells
    ]
    return rows, {}


def _vintages(book: Book, on: date) -> Answer:
    from coopbook.earlywarning import AGES, vintages

    rows = [
        {
            "month": f"{one.begins:%Y-%m}",
            "loans": len(one.loans),
            "principal": one.principal,
        }
        | {
            f"late_{age}": _percent(by.share) if by is not None else None
            for age, by in zip(AGES, one.ages, strict=True)
        }
        for one in vintages(book, on)
    ]
    return rows, {}


def _concentration(book: Book, on: date) -> Answer:
    from coopbook.earlywarning import concentration

    found = concentration(book, on)
    parts = {
        "borrower": found.borrowers,
        "household": found.households,
        "product": found.kinds,
        "hamlet": found.hamlets,
        "sector": found.sectors,
    }
    rows = [
        {
            "kind": what,
            "name": each.name if what in NAMED else _numbers(each.members),
            "members": len(each.members),
            "loans": len(each.loans),
            "outstanding": each.outstanding,
            "percent": _percent(each.share),
        }
        for what, some in parts.items()
        for each in some
    ]
    return rows, {
        "outstanding": found.outstanding,
        "borrowers": found.count,
        "of_largest": _percent(found.of_largest),
        "herfindahl": f"{float(found.index):.4f}",
    }


def _spoken(fact: Any, language: str) -> str:
    """Say a fact of a finding; a person's name is never translated."""
    from coopbook.cli.output import shown

    return fact if type(fact) is str else shown(fact, language)


def _watch(book: Book, on: date, language: str) -> Answer:
    from coopbook.earlywarning import KIND_NAMES, watch
    from coopbook.i18n import say

    rows = [
        {
            "kind": say(KIND_NAMES[one.kind], language),
            "loans": _numbers(one.loans),
            "members": _numbers(one.members),
            "amount": one.amount,
            "finding": say(one.sentence, language)
            % {name: _spoken(fact, language) for name, fact in one.facts.items()},
            "question": say(one.question, language),
        }
        for one in watch(book, on)
    ]
    return rows, {"questions": len(rows)}
