"""What is kept back of a payout: fees, money held for others, a share of one's own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from coopbook.book import Book
from coopbook.ledger import chart
from coopbook.ledger.rules import Draft, credit
from coopbook.loans.model import Loan
from coopbook.loans.queries import fees_of
from coopbook.members.model import Member

ShareCard = Callable[[Book, Member, date], int]
SHARE_CARDS: list[ShareCard] = []


def keeps_share(card: ShareCard) -> ShareCard:
    """Register what says on which card a member's own share is; loans know of none."""
    SHARE_CARDS.append(card)
    return card


def kept_lines(book: Book, loan: Loan, on: date) -> list[Draft]:
    """Return the lines in the right column of what is kept back, fee by fee.

    Source: domain guide 5.3; a special mandatory share goes on the member's own card.
    """
    lines = []
    for _, account, fee in fees_of(loan):
        if account == chart.SPECIAL_SHARE:
            (card_of,) = SHARE_CARDS
            card = card_of(book, loan.member, on)
            lines.append(credit(account, fee, card=card))
        else:
            lines.append(credit(account, fee, loan=loan.number))
    return lines
