"""Reports of what is late: classes, allowance, portfolio at risk, arrears."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coopbook.book import Book

Rows = list[dict[str, Any]]
REPORTS = (
    *("portfolio", "class", "allowance", "par", "arrears", "by-term", "impairment"),
)
BY = (
    *("product", "purpose", "hamlet", "officer", "approver", "group", "related"),
    *("board", "head", "sector", "country"),
)


POLICIES = ("kukm", "bank5", "lkm3", "pearls", "kkpkk2021")


def rows_of(
    book: Book, name: str, on: date, by: str | None = None, policy: str | None = None
) -> tuple[Rows, dict[str, Any]]:
    """Return the rows of one of ``REPORTS`` and its totals.

    ``by`` breaks what is at risk down, ``policy`` shows the classes of other rules than
    the by-laws'; what is set aside in the books stays theirs.  Shares are percentages
    with two digits, as text.  Raises ``PolicyUnavailable``.
    """
    from coopbook import baddebts
    from coopbook.money import ZERO

    held = baddebts.allowance_due(book, on)
    now = held.assessment
    if policy is not None:
        now = baddebts.assess(book, on, policy=baddebts.Policy(policy))
    totals: dict[str, Any] = {
        "policy": now.policy,
        "outstanding": now.outstanding,
        "npl": _percent(now.non_performing()),
    }
    if name == "par":
        beside = baddebts.beside_risk(book, now)
        totals |= {
            "restructured": beside.restructured,
            "written_off": beside.written_off,
            "waived": beside.waived,
            "with_all": _percent(beside.share),
        }
        return _parts(book, now, by) if by else _at_risk(now), totals
    if name == "portfolio":
        totals |= {
            "loans": len(now.rows),
            "arrears": sum((each.standing.arrears for each in now.rows), ZERO),
            "par30": _percent(now.at_risk(30).share),
        }
        return _portfolio(now), totals
    if name == "impairment":
        both = baddebts.reconcile(book, now)
        totals |= {
            "allowance": both.policy,
            "impairment": both.impairment,
            "apart": both.apart,
        }
        return _beside(both), totals
    if name == "by-term":
        return _terms(book, now), totals
    if name == "arrears":
        return _late(now), totals
    if name == "class":
        return _loans(now), totals
    totals |= {
        "scale": now.scale,
        "needed": held.needed,
        "held": held.held,
        "apart": held.apart,
    }
    return _classes(now), totals


def _percent(share: Any) -> str:
    return f"{float(share) * 100:.2f}"


def _at_risk(now: Any) -> Rows:
    from coopbook.baddebts import PAR_DAYS

    return [
        {
            "days": risk.days,
            "loans": risk.count,
            "outstanding": risk.outstanding,
            "percent": _percent(risk.share),
        }
        for risk in map(now.at_risk, PAR_DAYS)
    ]


def _late(now: Any) -> Rows:
    late = sorted((each for each in now.rows if each.days), key=lambda each: -each.days)
    return [
        {
            "loan": each.loan.number,
            "member": each.loan.member_number,
            "name": each.loan.member.name,
            "days": each.days,
            "arrears": each.standing.arrears,
            "outstanding": each.outstanding,
            "class": each.verdict.loan_class,
        }
        for each in late
    ]


def _portfolio(now: Any) -> Rows:
    return [
        {
            "loan": each.loan.number,
            "member": each.loan.member_number,
            "name": each.loan.member.name,
            "product": each.loan.product_code,
            "disbursed_on": each.loan.disbursed_on,
            "principal": each.loan.principal,
            "outstanding": each.outstanding,
            "arrears": each.standing.arrears,
            "days": each.days,
        }
        for each in now.rows
    ]


def _loans(now: Any) -> Rows:
    return [
        {
            "loan": each.loan.number,
            "member": each.loan.member_number,
            "name": each.loan.member.name,
            "outstanding": each.outstanding,
            "days": each.days,
            "class": each.verdict.loan_class,
            "reason": each.verdict.reason,
        }
        for each in now.rows
    ]


def _classes(now: Any) -> Rows:
    return [
        {
            "class": row.loan_class,
            "loans": row.count,
            "outstanding": row.outstanding,
            "deductible": row.deductible,
            "allowance": row.allowance,
        }
        for row in now.by_class()
    ]


def _beside(beside: Any) -> Rows:
    return [
        {
            "loan": row.assessed.loan.number,
            "member": row.assessed.loan.member_number,
            "days": row.assessed.days,
            "outstanding": row.assessed.outstanding,
            "class": row.assessed.verdict.loan_class,
            "allowance": row.assessed.allowance,
            "impairment": row.impairment,
            "apart": row.apart,
        }
        for row in beside.rows
    ]


def _parts(book: Book, now: Any, by: str) -> Rows:
    from coopbook.baddebts import By, broken_down

    return [
        {
            by: part.name,
            "loans": part.count,
            "outstanding": part.outstanding,
            "late": part.late,
            "at_risk": part.at_risk,
            "percent": _percent(part.share),
        }
        for part in broken_down(book, now, By(by))
    ]


def _terms(book: Book, now: Any) -> Rows:
    from coopbook.baddebts import by_term
    from coopbook.cooperatives import Office

    return [
        {
            "office": office,
            "name": row.term.name if row.term else None,
            "from": row.term.began_on if row.term else None,
            "approved": row.lent,
            "late_of_them": len(row.approved.loans),
            "late_expected": f"{float(row.approved.expected):.1f}",
            "late_flagged": row.approved.flagged,
            "loans": row.part.count,
            "at_risk": row.part.at_risk,
            "percent": _percent(row.part.share),
            "fell_late": len(row.fell.loans),
            "expected": f"{float(row.fell.expected):.1f}",
            "flagged": row.fell.flagged,
        }
        for office in Office
        for row in by_term(book, office, now)
    ]
