"""What the book says of bad debts early: ageing, rolls, vintages, concentration."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import exists, select
from sqlalchemy.orm import contains_eager

from coopbook import baddebts
from coopbook.baddebts.queries import RAN
from coopbook.book import Book
from coopbook.earlywarning.buckets import Aged, Seen, aged
from coopbook.earlywarning.cohorts import AGES, Every, Lent, Vintage
from coopbook.earlywarning.cohorts import vintages as vintages_of
from coopbook.earlywarning.rolling import Month, month_ends, rolled
from coopbook.earlywarning.shares import (
    LARGEST,
    Concentration,
    Owed,
    concentrated,
)
from coopbook.earlywarning.walking import course_of, first_late
from coopbook.ledger.model import Line
from coopbook.loans import Loan, LoanState
from coopbook.loans.model import LoanChange

MONTHS = 12
"""How many months' roll rates are shown: our choice."""

LATE_DAYS = 30
"""More days late than this a vintage counts as late: our choice, as lenders do."""


def paid_out_by(book: Book, on: date, *, ran_on: date | None = None) -> list[Loan]:
    """Return every loan that was paid out by a day, by number.

    With ``ran_on`` those are left out that had ended by then: settled, and nothing
    was booked or changed on them afterwards.
    """
    rows = (
        select(Loan)
        .join(Loan.member)
        .options(contains_eager(Loan.member))
        .where(Loan.cooperative_id == book.cooperative_id)
        .where(Loan.state.in_(RAN))
        .where(Loan.disbursed_on <= on)
        .order_by(Loan.number)
    )
    if ran_on is not None:
        booked = exists().where(
            Line.cooperative_id == Loan.cooperative_id,
            Line.loan_number == Loan.number,
            Line.booked_on > ran_on,
        )
        changed = exists().where(
            LoanChange.cooperative_id == Loan.cooperative_id,
            LoanChange.loan_number == Loan.number,
            LoanChange.changed_on > ran_on,
        )
        rows = rows.where((Loan.state == LoanState.DISBURSED) | booked | changed)
    return list(book.session.scalars(rows))


def ageing(book: Book, on: date) -> list[Aged]:
    """Return the running loans of a day by how many days they are past due.

    A restructured loan counts with the days it came with until it is cured.
    """
    seen = (
        course_of(book, loan, [on]).at[0] for loan in paid_out_by(book, on, ran_on=on)
    )
    return aged(one for one in seen if isinstance(one, Seen))


def rolls(book: Book, on: date, *, months: int = MONTHS) -> list[Month]:
    """Return where loans went in each of the last months that ended by a day.

    The first months of a book, in which nothing ran, are left out.  A loan whose
    place another took, or that was written off, is apart from what was paid off: no
    money came for it.
    """
    ends = month_ends(on, months)
    lent = paid_out_by(book, ends[-1], ran_on=ends[0])
    courses = [course_of(book, loan, ends) for loan in lent]
    found = rolled(courses, ends)
    while found and not found[0].cells:
        found.pop(0)
    return found


def vintages(
    book: Book,
    on: date,
    *,
    every: Every = Every.MONTH,
    ages: Sequence[int] = AGES,
    late_days: int = LATE_DAYS,
) -> list[Vintage]:
    """Return the loans of each month or quarter, and how many were ever late by age.

    A restructured loan begins no new vintage: where it falls late, the loan it took
    the place of did.  A loan taken over from older books is left out, because what it
    was before that day is not in this book.
    """
    every_loan = paid_out_by(book, on)
    follows = {
        loan.replaces: loan
        for loan in every_loan
        if loan.carried_days is not None and loan.replaces is not None
    }
    lent = []
    for loan in every_loan:
        if loan.carried_days is not None or loan.migrated_on is not None:
            continue
        assert loan.disbursed_on is not None
        late, paper = None, loan
        while late is None:
            late = first_late(book, paper, on, late_days)
            if paper.number not in follows:
                break
            paper = follows[paper.number]
        lent.append(Lent(loan.number, loan.principal, loan.disbursed_on, late))
    return vintages_of(lent, on, every=every, ages=ages)


def concentration(book: Book, on: date, *, largest: int = LARGEST) -> Concentration:
    """Return on how few members, houses, kinds, hamlets and sectors everything hangs.

    Members of one family card are one household.  The card itself stays sealed: what
    is compared is its keyed index, which nobody can read.
    """
    return concentrated(
        [
            Owed(
                *(loan.number, loan.member_number, loan.member.family_card_no_index),
                *(loan.product_code, loan.member.hamlet or ""),
                loan.sector.value if loan.sector else "",
                now.outstanding_principal,
            )
            for loan, now in baddebts.running_on(book, on)
        ],
        largest=largest,
    )
