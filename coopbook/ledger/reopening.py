"""Reopen a month or a day: one person asks with a reason, another decides."""

from __future__ import annotations

from datetime import date

from coopbook.book import Book
from coopbook.cooperatives import setting
from coopbook.i18n import N_
from coopbook.ledger.closing import check_reopening, reopen
from coopbook.ledger.model import Period
from coopbook.ledger.rules import check_reason
from coopbook.people.approvals import approvable, ask
from coopbook.people.model import Approval
from coopbook.people.rules import Role

KIND = "ledger.reopen"


def ask_reopen(book: Book, name: str, *, reason: str, on: date) -> Approval:
    """Ask a second person to reopen a closed month or day.

    Raises ``ReasonNeeded`` and as ``closing.check_reopening`` does.
    """
    why = check_reason(reason)
    check_reopening(book, name)
    return ask(
        book,
        KIND,
        f"period:{name}",
        {"name": name, "reason": why},
        days=setting(book, "approval_days", on),
    )


@approvable(
    KIND, N_("Reopen a closed period"), frozenset({Role.MANAGER, Role.SUPERVISOR})
)
def _reopen(book: Book, approval: Approval, *, name: str, reason: str) -> Period:
    return reopen(book, name)
