"""What a loan is on a day, as the log says it, worked out from its own events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from coopbook import loans, security
from coopbook.baddebts.classes import LoanClass, Reason
from coopbook.baddebts.judgements import judged
from coopbook.baddebts.queries import RAN, Assessed, assessed, rhythm_of
from coopbook.book import Book
from coopbook.loans import Loan
from coopbook.loans.terms import BULLETS
from coopbook.money import ZERO, Money


@dataclass(frozen=True, slots=True)
class State:
    """What a loan is on a day; one that does not run has no class."""

    loan_class: LoanClass | None = None
    reason: Reason | None = None
    late_since: date | None = None
    carried: int | None = None

    def days(self, on: date) -> int:
        """Return its days past due on a day, those it came with among them."""
        own = (on - self.late_since).days if self.late_since is not None else 0
        return max(own, self.carried or 0)


ENDED = State()


def state_of(now: Assessed, on: date) -> State:
    """Return what an assessed loan is."""
    own = now.standing.days_past_due
    return State(
        now.verdict.loan_class,
        now.verdict.reason,
        on - timedelta(days=own) if own else None,
        (now.loan.carried_days or 0) if now.days > own else None,
    )


def runs(loan: Loan, on: date) -> bool:
    """Say whether a loan was paid out by a day, whatever became of it."""
    return (
        loan.state in RAN and loan.disbursed_on is not None and loan.disbursed_on <= on
    )


def state_on(book: Book, loan: Loan, on: date) -> State:
    """Return what a loan is on a day."""
    if not runs(loan, on):
        return ENDED
    now = assessed(book, loan, on)
    return ENDED if now.standing.settled else state_of(now, on)


def kept(book: Book, loan: Loan, on: date) -> dict[str, Any]:
    """Return the columns of ``LoanDaily`` that are worked out, on a day."""
    first, terms = loan.disbursed_on or loan.applied_on, loans.terms_of(loan)
    if not runs(loan, on):  # its payout was taken back
        return {
            "running": False,
            "apart": False,
            "rhythm": rhythm_of(terms, first),
            "bullet": terms.method in BULLETS,
            "matures_on": loan.applied_on,
            "principal_due": None,
            "interest_due": None,
            "oldest_due": None,
            "outstanding": ZERO,
        }
    replay = loans.replay_of(book, loan, on)
    principal = interest = None
    for row, due_on in enumerate(replay.plan.due_on):
        left_principal = replay.principal_left[row]
        left_interest = replay.interest_left[row]
        if left_principal + left_interest > replay.tolerated(row):
            if principal is None and left_principal:
                principal = due_on
            if interest is None and left_interest:
                interest = due_on
    running = not replay.settled
    found = [day for day in (principal, interest) if day is not None]
    return {
        "running": running,
        "apart": running
        and (
            loan.carried_days is not None
            or bool(security.cover_of(book, loan, on).total)
            or judged(book, loan, on).anything
        ),
        "rhythm": rhythm_of(terms, first),
        "bullet": terms.method in BULLETS,
        "matures_on": replay.plan.due_on[-1],
        "principal_due": principal,
        "interest_due": interest,
        "oldest_due": min(found, default=None),
        "outstanding": Money(replay.outstanding),
    }
