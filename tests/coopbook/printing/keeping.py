"""What a teller does with a passbook, in few words."""

from __future__ import annotations

from coopbook import savings
from coopbook.ledger import chart
from coopbook.ledger.bulk import EntryDraft, post_all
from coopbook.ledger.rules import credit, debit
from coopbook.money import Money
from coopbook.savings import passbooks
from coopbook.savings.passbooks import SHAPES
from coopbook.savings.rules import PassbookPaper, WhyBook
from tests.conftest import TODAY

A6, LARGE = SHAPES[PassbookPaper.A6], SHAPES[PassbookPaper.LARGE]


def account(book):
    return savings.account(book, 2)


def first_book(book, paper=PassbookPaper.A6):
    return passbooks.issue(
        book, account(book), paper=paper, on=TODAY, why=WhyBook.FIRST
    )


def saved(book, times, amount=1_000):
    for _ in range(times):
        savings.deposit(book, account(book), Money(amount), on=TODAY)


def printed(book, up_to, **kwargs):
    return passbooks.mark_printed(book, account(book), up_to=up_to, on=TODAY, **kwargs)


def waiting(book):
    return [line.place for line in passbooks.pending(book, account(book)).lines]


def in_bulk(book, amounts, source="savings.deposit"):
    """Post many deposits on the account, the quick way."""
    post_all(
        book,
        [
            EntryDraft(
                on=TODAY,
                memo="Setoran",
                lines=(
                    debit(chart.TELLER_CASH, Money(amount)),
                    credit(chart.VOLUNTARY, Money(amount), card=2),
                ),
            )
            for amount in amounts
        ],
        source=source,
    )
