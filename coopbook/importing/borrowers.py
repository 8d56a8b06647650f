"""Whose loan a sheet speaks of: loans that are there, or are opened as migrated.

Old books often have no contract at hand.  A loan is then opened with what the sheet
says is left of it, on the terms the sheet shows or a person answers, and marked as
taken over; its payments follow as they stand in the sheet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from coopbook.book import Book
from coopbook.errors import Refused
from coopbook.i18n import N_
from coopbook.importing.answers import Answers, Question
from coopbook.importing.holders import Holders
from coopbook.importing.kinds.parts import LOAN_OUT, LOAN_PRINCIPAL, MemberRow
from coopbook.importing.rounding import whole
from coopbook.importing.takeovers import (
    Borrowing,
    Key,
    left_before,
    taken_over,
    terms_of,
)
from coopbook.importing.understood import Problem
from coopbook.ledger.queries import card_balance
from coopbook.loans.model import Loan
from coopbook.loans.rules import LoanState
from coopbook.money import Money


@dataclass(eq=False)
class PaysTooMuch(Refused):
    """More principal is paid than the loan has."""

    sentence = N_(
        "Row %(row)s: member %(member)s pays %(paid)s of principal, but the loan "
        "has %(left)s left. The rest is kept as overpaid (21401) if you accept it."
    )

    row: int
    member: str
    paid: Money
    left: Money


@dataclass(slots=True)
class Borrowers:
    """Every loan the rows touch, and which of them each row moves."""

    loans: dict[Key, list[Borrowing]]
    principal: dict[tuple[int, str], list[tuple[Borrowing, Money]]]
    """By position of the row and what it moves: which loans, by how much."""
    over: dict[int, Money]
    """By position: principal that no loan asks for; it is held for the member."""
    questions: tuple[Question, ...] = ()
    breaks: tuple[Problem, ...] = ()

    @property
    def takeovers(self) -> list[Borrowing]:
        """The loans that are to be opened, in the order of the sheet."""
        return [one for some in self.loans.values() for one in some if one.plan]

    def of(self, position: int, key: Key) -> Borrowing | None:
        """Return the loan a row's interest belongs to."""
        for to in (LOAN_PRINCIPAL, LOAN_OUT):
            moved = self.principal.get((position, to))
            if moved:
                return moved[0][0]
        own = self.loans.get(key, [])
        owing = [one for one in own if one.left > 0]
        return next(iter(owing or own), None)


def find_borrowers(
    book: Book, rows: Sequence[MemberRow], holders: Holders, answers: Answers
) -> Borrowers:
    """Follow the loans of a sheet row by row, opening those the book lacks.

    Raises ``NotAnAnswer`` for an answer that cannot be used.
    """
    concerned = [row for row in rows if any(_of_loan(part.to) for part in row.parts)]
    found = Borrowers(_known(book, concerned, holders), {}, {})
    if not concerned:
        return found
    terms, asked = terms_of(book, answers)
    questions: dict[Question, None] = {}
    for position, row in enumerate(rows):
        key = (row.member, row.loan.contract)
        for part in row.parts:
            units = whole(part.amount).units
            if part.to == LOAN_OUT and units < 0:
                opened = taken_over(key, row, -units, 0, terms, questions)
                found.loans.setdefault(key, []).append(opened)
                found.principal[position, LOAN_OUT] = [(opened, Money(units))]
            elif part.to == LOAN_PRINCIPAL and units > 0:
                some = found.loans.setdefault(key, [])
                if not some:
                    left = max(left_before(row, units, terms, questions), units)
                    some.append(taken_over(key, row, left, left, terms, questions))
                _settle(found, position, key, Money(units), row)
    if found.takeovers:
        questions.update(dict.fromkeys(asked))
    found.questions = tuple(questions)
    return found


def _of_loan(to: str) -> bool:
    return to.startswith("loan.")


def _settle(
    found: Borrowers, position: int, key: Key, amount: Money, row: MemberRow
) -> None:
    """Give a row's principal to the member's loans, the oldest first."""
    moved = found.principal.setdefault((position, LOAN_PRINCIPAL), [])
    units, owed = amount.units, sum(one.left for one in found.loans[key])
    for one in found.loans[key]:
        taken = min(units, one.left)
        if taken:
            one.left -= taken
            units -= taken
            moved.append((one, Money(taken)))
    if units:
        found.over[position] = Money(units)
        reason = PaysTooMuch(row.row, row.member, amount, Money(owed))
        found.breaks = (*found.breaks, Problem(row.row, reason, row.sheet))


def _known(
    book: Book, rows: Sequence[MemberRow], holders: Holders
) -> dict[Key, list[Borrowing]]:
    """Return the loans of the sheet's members that still owe, the oldest first."""
    keys = dict.fromkeys((row.member, row.loan.contract) for row in rows)
    numbers = {holders.members[m] for m, _ in keys if m in holders.members}
    standing = book.session.scalars(
        select(Loan)
        .where(Loan.cooperative_id == book.cooperative_id)
        .where(Loan.state == LoanState.DISBURSED)
        .order_by(Loan.number)
    )
    by_member: dict[int, list[Loan]] = {}
    for loan in standing:
        if loan.member_number in numbers:
            by_member.setdefault(loan.member_number, []).append(loan)
    found: dict[Key, list[Borrowing]] = {}
    for member, contract in keys:
        own = by_member.get(holders.members.get(member, 0), [])
        named = [loan for loan in own if contract and loan.reference == contract]
        for loan in named or ([] if contract else own):
            owes = card_balance(book, *loan.card)
            found.setdefault((member, contract), []).append(
                Borrowing(
                    (member, contract),
                    loan.number,
                    loan.account_number,
                    loan.interest_account_number,
                    owes.units,
                )
            )
    return found
