"""Every loan comes out as its own events say: replay and card agree, held money too."""

from __future__ import annotations

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from coopbook.baddebts.queries import RAN
from coopbook.book import Book
from coopbook.chain.findings import Wrong
from coopbook.i18n import N_
from coopbook.ledger import chart
from coopbook.ledger.following import rows
from coopbook.loans import Loan, replay_of

CARDS = (
    "SELECT account_number, card_number, sum(debit) - sum(credit) FROM line"
    f" WHERE cooperative_id = {{0}} AND (account_number = {chart.OVERPAID}"
    " OR account_number IN"
    " (SELECT account_number FROM loan WHERE cooperative_id = {0}))"
    " GROUP BY account_number, card_number"
)


def check_replays(connection: Connection, cooperative_id: int) -> int:
    """Replay each loan and compare it with its card; return how many loans.

    What is held for a member's loans is compared with the member's card of 21401.
    """
    cards = {
        (account, card): int(held or 0)
        for account, card, held in rows(connection, CARDS, cooperative_id)
    }
    held: dict[int, int] = {}
    count = 0
    with Session(bind=connection) as session:
        book = Book(session, cooperative_id, "verify")
        lent = (
            select(Loan)
            .where(Loan.cooperative_id == cooperative_id)
            .where(Loan.state.in_(RAN))
            .order_by(Loan.number)
        )
        for loan in session.scalars(lent).all():
            count += 1
            replay = replay_of(book, loan)
            member = loan.member_number
            held[member] = held.get(member, 0) + replay.held
            owes = cards.get(loan.card, 0)
            if replay.outstanding != owes:
                raise Wrong(
                    N_(
                        "Loan %(number)s owes %(said)s by its events, %(owes)s by card."
                    ),
                    number=loan.number,
                    said=f"{replay.outstanding:,}",
                    owes=f"{owes:,}",
                )
    for member, units in sorted(held.items()):
        kept = -cards.get((chart.OVERPAID, member), 0)
        if units != kept:
            raise Wrong(
                N_("Member %(member)s: %(said)s is held by events, %(owes)s by card."),
                member=member,
                said=f"{units:,}",
                owes=f"{kept:,}",
            )
    return count
