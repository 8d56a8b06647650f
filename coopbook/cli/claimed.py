"""Reports of what is done about bad debts: to do, written off, got back, a month."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coopbook.book import Book
    from coopbook.cli.desk import Desk
    from coopbook.dunning import WorkRow

Rows = list[dict[str, Any]]
Answer = tuple[Rows, dict[str, Any]]
REPORTS = ("recoveries", "work-list", "bad-debts")


def recoveries(book: Book, since: date | None, until: date | None) -> Answer:
    """Return what was written off, got back and waived between two days, by day."""
    from coopbook import baddebts
    from coopbook.money import ZERO

    found: list[tuple[date, str, Any, Any]] = [
        *(
            (row.written_off_on, "written off", row, row.claim)
            for row in baddebts.write_offs(book, since, until)
        ),
        *(
            (row.recovered_on, "recovered", row, row.total)
            for row in baddebts.recoveries(book, since, until)
        ),
        *(
            (row.waived_on, "waived", row, row.total)
            for row in baddebts.waivers(book, since, until)
        ),
    ]
    found.sort(key=lambda each: (each[0], each[2].entry_number))
    rows = [
        {
            "date": on,
            "what": what,
            "loan": row.loan_number,
            "principal": row.principal,
            "interest": row.interest,
            "penalty": row.penalty,
            "amount": amount,
        }
        for on, what, row, amount in found
    ]
    totals = {
        what.replace(" ", "_"): sum(
            (row["amount"] for row in rows if row["what"] == what), ZERO
        )
        for what in ("written off", "recovered", "waived")
    }
    return rows, totals


def work_list(book: Book, on: date, officer: str | None, language: str) -> Answer:
    """Return whom to see to on a day, the most pressing first; no telephone numbers."""
    from coopbook.dunning import STEP_NAMES, TASK_NAMES
    from coopbook.dunning import work_list as asked
    from coopbook.i18n import N_, say
    from coopbook.money import ZERO

    def why(row: WorkRow) -> str:
        said = say(TASK_NAMES[row.tasks[0]], language)
        gone = say(N_("loan written off"), language)
        return said if row.claimed is None else f"{said}, {gone}"

    found = asked(book, on, officer=officer)
    rows = [
        {
            "why": why(row),
            "loan": row.loan.number,
            "member": row.loan.member_number,
            "name": row.loan.member.name,
            "hamlet": row.loan.member.hamlet or "",
            "amount": row.amount,
            "days": row.days_late,
            "last": say(STEP_NAMES[row.last.kind], language) if row.last else "",
            "last_on": row.last.step_on if row.last else None,
            "promised": row.promise.promised if row.promise else None,
            "promised_on": row.promise.promised_on if row.promise else None,
        }
        for row in found
    ]
    return rows, {
        "loans": len(rows),
        "amount": sum((row.amount for row in found), ZERO),
    }


def month_of(text: str | None, today: date) -> date:
    """Return the first day of a month, last month unless one is named.

    Raises ``ValueError`` where it is none.

    >>> month_of(None, date(2026, 3, 16)), month_of("2025-11", date(2026, 3, 16))
    (datetime.date(2026, 2, 1), datetime.date(2025, 11, 1))
    """
    from coopbook.dates import day_before

    if text is not None:
        return date.fromisoformat(f"{text}-01")
    return day_before(today.replace(day=1)).replace(day=1)


def bad_debts(book: Book, month: date, today: date, desk: Desk) -> tuple[Answer, bytes]:
    """Return the classes at a month's end, and the whole report as a PDF.

    Raises ``MonthRuns``.
    """
    from coopbook import baddebts
    from coopbook.printing.bad_debt_facts import bad_debt_report_of
    from coopbook.printing.bad_debt_report import bad_debt_report_pdf
    from coopbook.printing.loan_sheet import Printed

    baddebts.check_over(month, today)
    report = baddebts.monthly_report(book, month)
    rows = [
        {
            "class": row.loan_class,
            "loans": row.count,
            "outstanding": row.outstanding,
            "allowance": row.allowance,
        }
        for row in report.classes
    ]
    totals = {
        "outstanding": report.outstanding,
        "npl": f"{float(report.non_performing) * 100:.2f}",
        "needed": report.needed,
        "held": report.allowance.closing,
        "apart": report.apart,
        "written_off": report.losses.written_off.amount,
        "recovered": report.losses.recovered.amount,
        "waived": report.losses.waived.amount,
    }
    printed = Printed(by=desk.actor or "-", at=book.clock())
    paper = bad_debt_report_pdf(bad_debt_report_of(book, report), printed)
    return (rows, totals), paper
