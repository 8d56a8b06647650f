"""Questions about how loans were given: to whom, how fast, how much, and by whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import select

from coopbook import loans
from coopbook.book import Book
from coopbook.cooperatives import Office, terms_of_office
from coopbook.cooperatives.offices import OFFICE_NAMES
from coopbook.cooperatives.queries import figures
from coopbook.earlywarning.findings import Finding, Kind
from coopbook.earlywarning.pace import FEWEST, LAST_DAYS, TIMES, pace_of
from coopbook.earlywarning.queries import paid_out_by
from coopbook.earlywarning.running import FIRST_DAYS, Running, owed_on
from coopbook.i18n import N_, Word
from coopbook.loans import Loan, LoanState
from coopbook.money import Money
from coopbook.people.rules import Role
from coopbook.people.service import roles_of

UNDER = Fraction(5, 100)
"""How far below a limit is just under it: our choice."""

AFTER_JOINING = 1
"""Within how many days of joining a loan is asked about: our choice."""

LENT = (LoanState.APPROVED, LoanState.DISBURSED, LoanState.SETTLED)

TREASURER = N_("the most that the treasurer approves alone")
BOARD = N_("the most that needs no decision of the board")
LARGEST = N_("the most that this kind of loan gives")


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit of approving, and what it is."""

    most: Money
    what: str

    def is_just_above(self, amount: Money, share: Fraction = UNDER) -> bool:
        """Say whether an amount keeps the limit, by no more than a share of it.

        >>> limit = Limit(Money(1_000), BOARD)
        >>> [limit.is_just_above(Money(units)) for units in (949, 950, 1_000, 1_001)]
        [False, True, True, False]
        """
        return (1 - share) * self.most.units <= amount.units <= self.most.units


def first_payments(
    now: Mapping[int, Running], days: int = FIRST_DAYS
) -> Iterator[Finding]:
    """Ask about running loans whose first installment was not paid in full in time.

    What may be left by the product's tolerance counts as paid.  Whatever was paid
    later does not undo it: who never begins to pay often never meant to, or somebody
    else has the money.

    Source: "first payment default" of lenders; the days are our choice.
    """
    for number, one in now.items():
        if one.missed is None:
            continue
        yield Finding(
            Kind.FIRST_PAYMENT,
            (number,),
            (one.loan.member_number,),
            one.outstanding,
            N_(
                "Of the first installment of loan %(loan)s, %(asked)s due on"
                " %(due_on)s, %(left)s was not paid %(days)s days later."
            ),
            {
                "loan": number,
                "asked": one.missed.asked,
                "due_on": one.missed.due_on,
                "left": one.missed.left,
                "days": days,
            },
        )


def newcomers(
    now: Mapping[int, Running], days: int = AFTER_JOINING
) -> Iterator[Finding]:
    """Ask about running loans of members who had just been entered in the register.

    Counted from the day of joining to the approval and to the payout.  Loans taken
    over from older books are left out, and those in the place of another.
    """
    for number, one in now.items():
        loan, joined = one.loan, one.loan.member.joined_on
        if loan.migrated_on or loan.replaces is not None or loan.approved_on is None:
            continue
        assert loan.disbursed_on is not None
        if max((loan.approved_on - joined).days, (loan.disbursed_on - joined).days) > (
            days
        ):
            continue
        yield Finding(
            Kind.NEWCOMER,
            (number,),
            (loan.member_number,),
            one.outstanding,
            N_(
                "Member %(member)s joined on %(joined)s; loan %(loan)s was approved"
                " on %(approved)s and paid out on %(paid_out)s."
            ),
            {
                "member": loan.member_number,
                "joined": joined,
                "loan": number,
                "approved": loan.approved_on,
                "paid_out": loan.disbursed_on,
            },
        )


def just_under(
    book: Book, on: date, now: Mapping[int, Running], share: Fraction = UNDER
) -> Iterator[Finding]:
    """Ask about loans that lie just under a limit of approving.

    Those that run, and those that wait to be paid out.  The limits are the by-laws'
    of the day of approval; a limit is left out where keeping to it spared nobody: the
    treasurer's for a related party or where a manager decided, the board's where its
    decision is named.  Of a kind of loan only today's largest is known.
    """
    treasurer = figures(book, "loan_treasurer_limit")
    board = figures(book, "loan_chair_limit")
    rows = (
        select(Loan)
        .where(Loan.cooperative_id == book.cooperative_id)
        .where(Loan.state.in_(LENT))
        .where(Loan.approved_on <= on)
        .order_by(Loan.number)
    )
    for loan in book.session.scalars(rows):
        assert loan.approved_on is not None
        waits = loan.disbursed_on is None or loan.disbursed_on > on
        if not waits and loan.number not in now:
            continue
        limits = [Limit(loan.product.limit, LARGEST)]
        if loan.related is None:
            limits.append(Limit(Money(treasurer(loan.approved_on)), TREASURER))
        if loan.decision_number is None:
            limits.append(Limit(Money(board(loan.approved_on)), BOARD))
        amount = loans.whole_of(loan)
        for limit in limits:
            if not limit.most or not limit.is_just_above(amount, share):
                continue
            if limit.what != TREASURER or not _manager_decided(book, loan):
                yield _under(loan, amount, limit)


def _manager_decided(book: Book, loan: Loan) -> bool:
    """Say whether who approved could have approved more."""
    held = roles_of(book, loan.approved_by or "", loan.approved_on)
    return Role.MANAGER in held


def _under(loan: Loan, amount: Money, limit: Limit) -> Finding:
    return Finding(
        Kind.JUST_UNDER,
        (loan.number,),
        (loan.member_number,),
        amount,
        N_(
            "Loan %(loan)s of %(amount)s, approved by %(by)s, just keeps to %(most)s,"
            " %(what)s."
        ),
        {
            "loan": loan.number,
            "amount": amount,
            "by": loan.approved_by or "",
            "most": limit.most,
            "what": Word(limit.what),
        },
    )


def term_ends(
    book: Book,
    on: date,
    now: Mapping[int, Running],
    *,
    last_days: int = LAST_DAYS,
    times: int = TIMES,
    fewest: int = FEWEST,
) -> Iterator[Finding]:
    """Ask about terms of office that lent far faster in their last days.

    Only terms that have ended, while any loan of those days still runs.  Restructured
    loans and loans taken over from older books are not counted: nothing was lent.
    """
    lent = [
        (loan.number, loan.disbursed_on)
        for loan in paid_out_by(book, on)
        if loan.disbursed_on and loan.carried_days is None and not loan.migrated_on
    ]
    for office in Office:
        for term in terms_of_office(book, office):
            if term.ended_on is None or term.ended_on > on:
                continue
            pace = pace_of(lent, term.began_on, term.ended_on, last_days=last_days)
            still = tuple(each for each in pace.loans if each in now)
            if not still or not pace.hurried(times, fewest):
                continue
            yield Finding(
                Kind.TERM_END,
                still,
                tuple(sorted({now[each].loan.member_number for each in still})),
                owed_on(dict(now), still),
                N_(
                    "%(office)s, %(name)s: %(count)s of the %(all)s loans of the term"
                    " were paid out in its last %(days)s days, until %(ended_on)s."
                    " That is %(times)s times its pace."
                ),
                {
                    "office": Word(OFFICE_NAMES[office]),
                    "name": term.name,
                    "count": len(pace.loans),
                    "all": pace.all_loans,
                    "days": pace.last_days,
                    "ended_on": term.ended_on,
                    "times": Decimal(f"{float(pace.times):.1f}"),
                },
            )
