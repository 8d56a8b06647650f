"""Reverse at a desk: what would take much money out needs a second person."""

from __future__ import annotations

from datetime import date

from coopbook.book import Book
from coopbook.cooperatives import setting
from coopbook.i18n import N_
from coopbook.ledger.journal import entry as find_entry
from coopbook.ledger.model import Entry
from coopbook.ledger.posting import reverse
from coopbook.ledger.rules import Draft, check_reason
from coopbook.ledger.vouchers import leaving
from coopbook.money import Money
from coopbook.people.approvals import approvable, ask
from coopbook.people.model import Approval
from coopbook.people.rules import Role

KIND = "ledger.reversal"


def reverse_or_ask(
    book: Book, entry: Entry, *, on: date, reason: str
) -> Entry | Approval:
    """Reverse an entry, or ask for a second person above the payout limit.

    Raises what ``reverse`` raises.
    """
    why = check_reason(reason)
    back = [
        Draft(line.account_number, line.credit, line.debit, line.card_number)
        for line in entry.lines
    ]
    if leaving(back) <= Money(setting(book, "payout_limit", on)):
        return reverse(book, entry, on=on, reason=why)
    return ask(
        book,
        KIND,
        f"entry:{entry.voucher}",
        {"entry": entry.number, "on": on, "reason": why},
        days=setting(book, "approval_days", on),
    )


@approvable(KIND, N_("Reverse above the limit"), frozenset({Role.MANAGER}))
def _reverse(
    book: Book, approval: Approval, *, entry: int, on: str, reason: str
) -> Entry:
    return reverse(
        book,
        find_entry(book, entry),
        on=date.fromisoformat(on),
        reason=reason,
        approval=approval.number,
    )
