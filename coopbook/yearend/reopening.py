"""Open a closed year again, by two people, until the members approved it."""

from __future__ import annotations

from datetime import date

from coopbook.book import Book
from coopbook.cooperatives import setting
from coopbook.cooperatives import today as today_of
from coopbook.i18n import N_
from coopbook.ledger.closing import LaterPeriodClosed, before_reopening
from coopbook.ledger.journal import entry as find_entry
from coopbook.ledger.model import Period
from coopbook.ledger.posting import reverse
from coopbook.ledger.rules import check_reason
from coopbook.people.approvals import approvable, ask
from coopbook.people.model import Approval
from coopbook.people.rules import Role
from coopbook.yearend import rules
from coopbook.yearend.model import YearClosing
from coopbook.yearend.opened import Opened
from coopbook.yearend.service import approving, closing_of, label_of

REOPEN = "yearend.reopen"
BACK = "Tahun %(year)s dibuka kembali"


def ask_reopen_year(book: Book, year: int, *, reason: str, on: date) -> Approval:
    """Ask a second person to open a closed year again; raises as ``check_reopen``."""
    why = check_reason(reason)
    check_reopen(book, year)
    return ask(
        *(book, REOPEN, f"year:{year}", {"year": year, "reason": why}),
        days=setting(book, "approval_days", on),
    )


def check_reopen(book: Book, year: int) -> YearClosing:
    """Return the closing that would be taken back.

    Raises ``YearNotClosed``, ``LaterYearClosed``, ``YearApproved``.
    """
    row = closing_of(book, year)
    if row is None:
        raise rules.YearNotClosed(year)
    if closing_of(book, year + 1) is not None:
        raise rules.LaterYearClosed(year + 1)
    if (decided := approving(book, row)) is not None:
        raise rules.YearApproved(year, label_of(book, decided))
    return row


@before_reopening
def _with_its_year(book: Book, name: str) -> None:
    """Refuse a month or day of a year whose closing stands, approved or not."""
    year = int(name[:4])
    row = closing_of(book, year)
    if row is None:
        return
    if (decided := approving(book, row)) is not None:
        raise rules.YearApproved(year, label_of(book, decided))
    raise LaterPeriodClosed(name[:4])


@approvable(
    REOPEN,
    N_("Open a closed year again"),
    frozenset({Role.MANAGER, Role.SUPERVISOR}),
)
def _reopen(book: Book, approval: Approval, *, year: int, reason: str) -> YearClosing:
    row = check_reopen(book, year)
    row.reopened_on = today_of(book)
    book.session.flush()
    with Opened(book, year):
        for number in reversed(row.entries):
            entry = find_entry(book, number)
            reverse(
                *(book, entry),
                on=entry.booked_on,
                reason=f"{BACK % {'year': year}}: {reason}",
                approval=approval.number,
            )
    period = book.get(Period, str(year))
    assert period is not None
    period.closed = False
    book.session.flush()
    return row
