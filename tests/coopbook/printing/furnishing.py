"""A book that was printed, lost and printed again: every column has something."""

from __future__ import annotations

from datetime import date

from coopbook import savings
from coopbook.book import Book
from coopbook.money import Money
from coopbook.savings import SavingsAccount, passbooks
from coopbook.savings.rules import PassbookPaper, WhyBook

ON = date(2026, 3, 16)


def print_a_book(book: Book, account: SavingsAccount, on: date = ON) -> None:
    """Issue two books for an account with savings in it, print, and print again."""
    for why in (WhyBook.FIRST, WhyBook.LOST):
        savings.deposit(book, account, Money(15_000), on=on)
        passbooks.issue(book, account, paper=PassbookPaper.A6, on=on, why=why)
        last = passbooks.pending(book, account).lines[-1]
        passbooks.mark_printed(book, account, up_to=last.place, on=on)
    passbooks.reprint(book, account, 1, 1, 1, "Tinta luntur", on=on)
