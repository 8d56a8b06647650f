"""What stands on the monthly report on bad loans besides the month itself."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from coopbook.baddebts import MonthlyReport
from coopbook.book import Book
from coopbook.cooperatives import cooperative
from coopbook.ledger import Entry
from coopbook.printing import loan_sheet
from coopbook.printing.loan_sheet import Issuer
from coopbook.printing.slip import check_code


@dataclass(frozen=True, slots=True)
class BadDebtReport:
    """Everything on the report: the month, and who answers for it.

    ``record`` is the last record of the book it was drawn from, ``code`` its check
    code; ``filter`` says which loans are on it where not all are.
    """

    language: str
    issuer: Issuer
    report: MonthlyReport
    manager: str
    supervisor: str
    record: int
    code: str
    filter: str = ""

    @property
    def serial(self) -> str:
        """The number of the paper."""
        return f"LKB-{self.report.on:%Y%m}"


def bad_debt_report_of(
    book: Book, report: MonthlyReport, *, manager: str = "", supervisor: str = ""
) -> BadDebtReport:
    """Return what stands on the paper of a month that ``monthly_report`` gathered."""
    last = book.session.scalar(
        select(Entry)
        .where(Entry.cooperative_id == book.cooperative_id)
        .order_by(Entry.number.desc())
        .limit(1)
    )
    return BadDebtReport(
        language=cooperative(book).language,
        issuer=loan_sheet.issuer_of(book),
        report=report,
        manager=manager,
        supervisor=supervisor,
        record=last.number if last else 0,
        code=check_code(last) if last else "",
    )
