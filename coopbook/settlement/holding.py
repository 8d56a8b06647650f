"""What is held on a leaver's cards: released where it secured their own loans."""

from __future__ import annotations

from datetime import date

from coopbook import savings
from coopbook.book import Book
from coopbook.loans import loan as find_loan
from coopbook.savings import SavingsHold
from coopbook.settlement import rules
from coopbook.settlement.model import Settlement
from coopbook.settlement.reckoning import Statement


def in_the_way(book: Book, said: Statement) -> list[SavingsHold]:
    """Return what is held for somebody else; released first, or nobody leaves."""
    return [one for one in _held(book, said) if not _own(book, said, one)]


def release_own(book: Book, row: Settlement, said: Statement, on: date) -> None:
    """Release what secures the leaver's own loans; raise ``StillGuarantees``."""
    for one in _held(book, said):
        if not _own(book, said, one):
            raise rules.StillGuarantees(said.member.name, one.amount, one.note)
        savings.release(book, one, on=on, note=release_note(row))


def release_note(row: Settlement) -> str:
    """Return how a hold is marked that was released for a settlement."""
    return f"Penyelesaian {row.number}"


def _held(book: Book, said: Statement) -> list[SavingsHold]:
    found = []
    for saved in said.saved:
        found += savings.holds(book, account=saved.account.number)
    for tied in said.tied:
        found += savings.holds(book, deposit=tied.deposit.number)
    return found


def _own(book: Book, said: Statement, hold: SavingsHold) -> bool:
    if hold.loan_number is None:
        return False
    return find_loan(book, hold.loan_number).member_number == said.member.number
