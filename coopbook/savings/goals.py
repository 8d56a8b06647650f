"""Save for something: how much, by when, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coopbook.book import Book
from coopbook.errors import Refused
from coopbook.i18n import N_
from coopbook.ledger.queries import card_balance
from coopbook.ledger.rules import ReasonNeeded, check_amount
from coopbook.money import ZERO, Money
from coopbook.savings.model import SavingsAccount, SavingsGoal


@dataclass(eq=False)
class WantedInThePast(Refused):
    """A goal lies ahead."""

    sentence = N_("Choose a day after %(on)s by which the goal is to be reached.")

    on: date


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a goal is: what is there, what is missing, and what a month takes.

    ``monthly`` is what has to be put aside in each month that is left, rounded up.
    """

    goal: SavingsGoal
    saved: Money
    missing: Money
    months_left: int | None
    monthly: Money | None

    @property
    def percent(self) -> int:
        """How much of the target is there, in whole percent rounded down."""
        return min(self.saved.units * 100 // self.goal.target.units, 100)


def monthly_share(missing: Money, on: date, by: date) -> tuple[int, Money]:
    """Return how many months are left, this one too, and what each has to bring.

    >>> monthly_share(Money(1_000_000), date(2026, 3, 16), date(2026, 6, 1))
    (4, Money(units=250000))
    """
    months = max((by.year - on.year) * 12 + by.month - on.month + 1, 1)
    return months, Money(-(-missing.units // months))


def set_goal(
    book: Book,
    account: SavingsAccount,
    title: str,
    target: Money,
    *,
    on: date,
    wanted_by: date | None = None,
) -> SavingsGoal:
    """Say what an account is saved for; the chain keeps earlier goals.

    Raises ``NotAnAmount``, ``ReasonNeeded`` and ``WantedInThePast``.
    """
    check_amount(target)
    if not title.strip():
        raise ReasonNeeded
    if wanted_by is not None and wanted_by <= on:
        raise WantedInThePast(on)
    row = book.get(SavingsGoal, account.number)
    if row is None:
        row = SavingsGoal(
            cooperative_id=book.cooperative_id,
            savings_number=account.number,
            title=title.strip(),
            target=target,
            wanted_by=wanted_by,
        )
        book.session.add(row)
    else:
        row.title, row.target, row.wanted_by = title.strip(), target, wanted_by
    book.session.flush()
    return row


def progress(book: Book, account: SavingsAccount, on: date) -> Progress | None:
    """Say how far the goal of an account is, if it has one."""
    goal = book.get(SavingsGoal, account.number)
    if goal is None:
        return None
    saved = card_balance(book, *account.card)
    missing = max(goal.target - saved, ZERO)
    months, monthly = None, None
    if goal.wanted_by is not None and missing > ZERO and goal.wanted_by >= on:
        months, monthly = monthly_share(missing, on, goal.wanted_by)
    return Progress(goal, saved, missing, months, monthly)
