"""Whose loan a sheet speaks of: loans that are there, or are opened as migrated.

Old books often have no contract at hand.  A loan is then opened with what the sheet
says is left of it, on the terms the sheet shows or a person answers, and marked as
taken over; its payments follow as they stand in the sheet.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from math import ceil

from sqlalchemy import select

from coopbook.book import Book
from coopbook.dates import months_after
from coopbook.errors import Refused
from coopbook.i18n import N_, Word
from coopbook.importing.answers import Answers, NotAnAnswer, Question
from coopbook.importing.holders import Holders, enter
from coopbook.importing.kinds.parts import LOAN_OUT, LOAN_PRINCIPAL, MemberRow
from coopbook.importing.kinds.reading import number_said
from coopbook.importing.rounding import whole
from coopbook.importing.understood import Problem
from coopbook.ledger import chart
from coopbook.ledger.model import Card
from coopbook.ledger.queries import card_balance
from coopbook.loans.model import Loan, LoanProduct
from coopbook.loans.queries import last_number, product, products
from coopbook.loans.rules import LoanState
from coopbook.loans.schedule import InterestMethod, schedule
from coopbook.money import ZERO, Money, Rate

Key = tuple[str, str]
"""A member as the sheet names them, and the contract's number or nothing."""

WHICH_PRODUCT = Question("loan_product", Word(N_("Which kind of loan are these?")))
HOW_MANY = Question(
    "loan_term",
    Word(N_("How many installments are left of a loan the sheet says nothing of?")),
    suggested="12",
)
WHAT_RATE = Question(
    "loan_rate",
    Word(N_("What interest do these loans bear, in percent a month?")),
)


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
class Borrowing:
    """A loan as the import sees it; ``number`` is 0 until it is opened."""

    key: Key
    number: int
    account: int
    interest_account: int
    left: int
    plan: Takeover | None = None
    taken: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Takeover:
    """A loan to be opened, on what terms, and what the book is given for it.

    ``opening`` is what was left before the sheet's first row; nothing where the
    sheet itself pays the loan out.
    """

    row: int
    sheet: str
    on: date
    principal: Money
    opening: Money
    term: int
    method: InterestMethod
    rate: Rate
    disbursed_on: date
    product: str
    paid_before: Money = ZERO
    interest_before: Money = ZERO


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
    terms, asked = _terms(book, answers)
    questions: dict[Question, None] = {}
    for position, row in enumerate(rows):
        key = (row.member, row.loan.contract)
        for part in row.parts:
            units = whole(part.amount).units
            if part.to == LOAN_OUT and units < 0:
                opened = _opened(key, row, -units, 0, terms, questions)
                found.loans.setdefault(key, []).append(opened)
                found.principal[position, LOAN_OUT] = [(opened, Money(units))]
            elif part.to == LOAN_PRINCIPAL and units > 0:
                some = found.loans.setdefault(key, [])
                if not some:
                    left = max(_left_before(row, units, terms, questions), units)
                    some.append(_opened(key, row, left, left, terms, questions))
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


@dataclass(frozen=True, slots=True)
class _Terms:
    product: LoanProduct
    rate: Rate
    count: int | None


def _terms(book: Book, answers: Answers) -> tuple[_Terms, tuple[Question, ...]]:
    """Return the terms a loan without any is opened on, and what is still asked."""
    kinds = products(book)
    choices = tuple((kind.code, Word(kind.name_id)) for kind in kinds)
    which = replace(WHICH_PRODUCT, choices=choices, suggested=kinds[0].code)
    said = answers.get(which)
    kind = product(book, said or which.suggested)
    percent = answers.get(WHAT_RATE)
    rate = kind.rate if percent is None else _percent(percent)
    asked = () if said else (which,)
    return _Terms(kind, rate, number_said(answers, HOW_MANY)), asked


def _percent(said: str) -> Rate:
    try:
        number = Decimal(said.replace(",", ".").removesuffix("%").strip())
    except InvalidOperation:
        number = Decimal(-1)
    if not 0 <= number <= 100:
        raise NotAnAnswer(said, WHAT_RATE.ask, "0-100")
    return Rate.percent(str(number))


def _left_before(
    row: MemberRow, units: int, terms: _Terms, questions: dict[Question, None]
) -> int:
    """Return what was left of a loan before a row that pays on it."""
    said = row.loan
    if said.outstanding is not None:
        return whole(said.outstanding + _principal(row)).units
    if said.term and said.nth:
        return whole(_principal(row) * (said.term - said.nth + 1)).units
    if terms.count is None:
        questions[HOW_MANY] = None
    return units * (terms.count or int(HOW_MANY.suggested))


def _principal(row: MemberRow) -> Decimal:
    return sum(
        (part.amount for part in row.parts if part.to == LOAN_PRINCIPAL), Decimal(0)
    )


def _opened(
    key: Key,
    row: MemberRow,
    units: int,
    opening: int,
    terms: _Terms,
    questions: dict[Question, None],
) -> Borrowing:
    """Plan a loan taken over: its terms from the sheet as far as they go."""
    said, kind = row.loan, terms.product
    principal, term, paid = Money(units), said.term, ZERO
    disbursed_on = row.on if not opening else months_after(row.on, -1)
    rate = said.rate or terms.rate
    if said.principal and said.disbursed_on and said.term:
        principal = whole(said.principal)
        paid, disbursed_on = principal - Money(units), said.disbursed_on
    elif said.remaining:
        term = said.remaining
        disbursed_on = months_after(row.on, -_late(row, units, term))
    elif opening and said.term and said.nth and said.nth <= said.term:
        first = max(_whole_loan(row, said.term), units)
        principal, paid = Money(first), Money(first - units)
        disbursed_on = months_after(row.on, -said.nth)
    elif said.term is None:
        term = terms.count
        if term is None:
            questions[HOW_MANY] = None
            term = int(HOW_MANY.suggested)
    assert term is not None
    plan = Takeover(
        row=row.row,
        sheet=row.sheet,
        on=row.on,
        principal=principal,
        opening=Money(opening),
        term=term,
        method=kind.method,
        rate=rate,
        disbursed_on=disbursed_on,
        product=kind.code,
        paid_before=paid,
        interest_before=_interest_before(
            kind.method, principal, rate, term, disbursed_on, paid
        ),
    )
    account, interest = kind.account_number, kind.interest_account_number
    return Borrowing(key, 0, account, interest, opening or units, plan)


def _late(row: MemberRow, units: int, term: int) -> int:
    """Return how many installments are late, from what is in arrears."""
    arrears = row.loan.arrears or Decimal(0)
    if not arrears:
        return 0
    return min(ceil(arrears * term / units), term) + 1


def _whole_loan(row: MemberRow, term: int) -> int:
    """Return the first principal of a loan repaid in equal parts."""
    return whole(_principal(row) * term).units


def _interest_before(
    method: InterestMethod,
    principal: Money,
    rate: Rate,
    term: int,
    start: date,
    paid: Money,
) -> Money:
    """Return the interest of every installment whose principal was paid."""
    together, interest = ZERO, ZERO
    for each in schedule(method, principal, rate, term, start, down=True):
        together += each.principal
        if together > paid:
            break
        interest += each.interest
    return interest


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
