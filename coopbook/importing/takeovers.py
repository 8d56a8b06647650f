"""On what terms a loan without a contract is taken over from older books.

The sheet's own words go first: what was lent, when, over how many installments.  What
it does not say is asked of a person, and until then something stands for it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from math import ceil

from coopbook.book import Book
from coopbook.dates import months_after
from coopbook.i18n import N_, Word
from coopbook.importing.answers import Answers, NotAnAnswer, Question
from coopbook.importing.kinds.parts import LOAN_PRINCIPAL, MemberRow
from coopbook.importing.kinds.reading import number_said
from coopbook.importing.rounding import whole
from coopbook.loans.model import LoanProduct
from coopbook.loans.queries import product, products
from coopbook.loans.schedule import schedule
from coopbook.loans.terms import InterestMethod
from coopbook.loans.terms import Terms as LoanTerms
from coopbook.money import ZERO, Money, Rate, Rounding

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
class Terms:
    product: LoanProduct
    rate: Rate
    count: int | None


def terms_of(book: Book, answers: Answers) -> tuple[Terms, tuple[Question, ...]]:
    """Return the terms a loan without any is opened on, and what is still asked."""
    kinds = products(book)
    choices = tuple((kind.code, Word(kind.name_id)) for kind in kinds)
    which = replace(WHICH_PRODUCT, choices=choices, suggested=kinds[0].code)
    said = answers.get(which)
    kind = product(book, said or which.suggested)
    percent = answers.get(WHAT_RATE)
    rate = kind.rate if percent is None else _percent(percent)
    asked = () if said else (which,)
    return Terms(kind, rate, number_said(answers, HOW_MANY)), asked


def _percent(said: str) -> Rate:
    try:
        number = Decimal(said.replace(",", ".").removesuffix("%").strip())
    except InvalidOperation:
        number = Decimal(-1)
    if not 0 <= number <= 100:
        raise NotAnAnswer(said, WHAT_RATE.ask, "0-100")
    return Rate.percent(str(number))


def left_before(
    row: MemberRow, units: int, terms: Terms, questions: dict[Question, None]
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


def taken_over(
    key: Key,
    row: MemberRow,
    units: int,
    opening: int,
    terms: Terms,
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
    terms = LoanTerms(method, rate, term, part_rounding=Rounding.DOWN)
    for each in schedule(terms, principal, start):
        together += each.principal
        if together > paid:
            break
        interest += each.interest
    return interest
