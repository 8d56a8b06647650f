"""Enter the loans an import takes over, and what became of those it paid on."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from coopbook.book import Book
from coopbook.importing.borrowers import Borrowers
from coopbook.importing.holders import enter
from coopbook.importing.takeovers import Borrowing, Takeover
from coopbook.ledger import chart
from coopbook.ledger.model import Card
from coopbook.loans.model import Loan
from coopbook.loans.queries import last_number, product
from coopbook.loans.rules import LoanState
from coopbook.money import ZERO


def open_loans(
    book: Book,
    borrowers: Borrowers,
    members: Mapping[str, int],
    names: Mapping[int, str],
) -> None:
    """Enter every loan that is to be taken over, with its card; one event each."""
    number, loans, cards = last_number(book), [], []
    for one in borrowers.takeovers:
        plan = one.plan
        assert plan is not None
        number += 1
        one.number = number
        member = members[one.key[0]]
        cards.append(
            {
                "cooperative_id": book.cooperative_id,
                "account_number": one.account,
                "number": number,
                "name": f"Pinjaman {number} {member:04d} {names[member]}",
                "floor": ZERO,
            }
        )
        loans.append(_row(book, one, plan, member))
    enter(book, Card, cards)
    book.session.add_all(loans)
    book.session.flush()


def open_overpaid(
    book: Book, members: Collection[int], names: Mapping[int, str]
) -> None:
    """Open the card that holds what members paid too much, where it is missing."""
    cards = [
        {
            "cooperative_id": book.cooperative_id,
            "account_number": chart.OVERPAID,
            "number": member,
            "name": f"Titipan angsuran {member:04d} {names[member]}",
            "floor": ZERO,
        }
        for member in sorted(members)
        if book.get(Card, chart.OVERPAID, member) is None
    ]
    enter(book, Card, cards)


def _row(book: Book, one: Borrowing, plan: Takeover, member: int) -> Loan:
    kind = product(book, plan.product)
    return Loan(
        cooperative_id=book.cooperative_id,
        number=one.number,
        member_number=member,
        product_code=plan.product,
        account_number=one.account,
        interest_account_number=one.interest_account,
        purpose="",
        principal=plan.principal,
        term=plan.term,
        method=plan.method,
        rate=plan.rate,
        rounding_step=1,
        origination_fee=ZERO,
        admin_fee=ZERO,
        penalty_rate=kind.penalty_rate,
        penalty_grace_days=kind.penalty_grace_days,
        applied_on=plan.disbursed_on,
        applied_by=book.actor,
        approved_on=None,
        approved_by=None,
        disbursed_on=plan.disbursed_on,
        state=LoanState.DISBURSED,
        migrated_on=plan.on,
        reference=one.key[1] or None,
        paid_before_principal=plan.paid_before,
        paid_before_interest=plan.interest_before,
    )


def settle_loans(book: Book, borrowers: Borrowers) -> None:
    """Mark the loans of which the sheet pays the last principal."""
    for some in borrowers.loans.values():
        for one in some:
            if one.left == 0 and one.number:
                loan = book.get(Loan, one.number)
                assert loan is not None
                loan.state = LoanState.SETTLED
    book.session.flush()
