"""Change what a kind of loan offers; loans agreed before keep their own terms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from coopbook.book import Book
from coopbook.cooperatives import setting, today
from coopbook.errors import Refused
from coopbook.i18n import N_, Names
from coopbook.ledger.rules import check_reason
from coopbook.loans.conditions import Conditions, read
from coopbook.loans.history import conditions_of
from coopbook.loans.model import LoanProduct
from coopbook.loans.queries import product as find_product
from coopbook.loans.rules import FeesTooHigh
from coopbook.loans.terms import InterestMethod, Terms
from coopbook.money import ZERO, Money, Per, Rate
from coopbook.people.approvals import approvable, ask
from coopbook.people.model import Approval
from coopbook.people.rules import Role

KIND, NEW = "loans.product", "loans.product.new"


@dataclass(eq=False)
class RateAboveCap(Refused):
    """The nominal rate of a year is at most what the regulation allows.

    Source: Permenkop 8/2023 article 27 [secondary sources]; a by-law setting.
    """

    sentence = N_(
        "%(percent)s %% a year is above the highest rate of %(cap)s %%. Offer at most"
        " that; the by-laws say it."
    )

    percent: str
    cap: int


@dataclass(eq=False)
class RateOutsideRange(Refused):
    """The board sets a rate inside the range that the meeting approved."""

    sentence = N_(
        "The meeting approved rates from %(low)s %% to %(high)s %% a year; %(percent)s"
        " %% is outside. Choose one inside, or let the meeting decide again."
    )

    percent: str
    low: str
    high: str


@dataclass(eq=False)
class TermsImpossible(Refused):
    """A kind of loan has an amount and a term."""

    sentence = N_("A kind of loan lends more than nothing, over at least one month.")


@dataclass(eq=False)
class KindNeedsName(Refused):
    """A kind of loan is called something, in both languages."""

    sentence = N_(
        "Write a short name of letters, digits and hyphens, and what the kind is "
        "called in both languages."
    )


@dataclass(eq=False)
class KindKnown(Refused):
    """A short name stands for one kind."""

    sentence = N_("There is a kind of loan “%(kind)s” already. Choose another name.")

    kind: str


@dataclass(frozen=True, slots=True)
class Offer:
    """The terms a kind of loan is to have."""

    method: InterestMethod
    rate: Rate
    limit: Money
    max_term: int
    step: int
    penalty_rate: Rate
    grace_days: int
    origination_fee_rate: Rate
    admin_fee: Money
    conditions: Conditions


def offer_of(row: LoanProduct) -> Offer:
    """Return the terms a kind of loan has today."""
    return Offer(
        row.method,
        row.rate,
        row.limit,
        row.max_term,
        row.rounding_step,
        row.penalty_rate,
        row.penalty_grace_days,
        row.origination_fee_rate,
        row.admin_fee,
        conditions_of(row),
    )


def change_product(
    book: Book, row: LoanProduct, offer: Offer, *, on: date, reason: str
) -> Approval:
    """Ask a second person to change what a kind of loan offers from now on.

    Raises ``RateAboveCap``, ``RateOutsideRange``, ``TermsImpossible``,
    ``ReasonNeeded`` and what ``Terms`` refuses.
    """
    why = check_reason(reason)
    check_offer(book, offer, on)
    return ask(
        book,
        KIND,
        f"loan_product:{row.code}",
        {
            "product": row.code,
            "method": offer.method,
            "rate": offer.rate,
            "limit": offer.limit,
            "max_term": offer.max_term,
            "step": offer.step,
            "penalty": offer.penalty_rate,
            "grace": offer.grace_days,
            "origination": offer.origination_fee_rate,
            "admin": offer.admin_fee,
            "conditions": offer.conditions.text(),
            "reason": why,
        },
        days=setting(book, "approval_days", on),
    )


def check_offer(book: Book, offer: Offer, on: date) -> None:
    """Refuse what the law, the meeting or arithmetic does not allow."""
    if offer.limit <= ZERO or offer.max_term < 1:
        raise TermsImpossible
    terms = offer.conditions.terms(
        offer.method, offer.rate, max(offer.max_term, 2), offer.step
    )
    check_cap(book, terms, on)
    nominal = terms.yearly_rate
    a_day = offer.penalty_rate.share / DAYS[offer.penalty_rate.per]
    if offer.origination_fee_rate.share >= 1 or a_day > Fraction(1, 10):
        raise FeesTooHigh(
            _percent(offer.origination_fee_rate.share),
            _percent(offer.penalty_rate.share),
        )
    low, high = offer.conditions.rate_from, offer.conditions.rate_to
    if low is not None and high is not None and not low.share <= nominal <= high.share:
        raise RateOutsideRange(
            _percent(nominal), _percent(low.share), _percent(high.share)
        )


DAYS = {Per.DAY: 1, Per.WEEK: 7, Per.MONTH: 30, Per.YEAR: 365}


def check_cap(book: Book, terms: Terms, on: date) -> None:
    """Refuse a nominal rate above what the law allows; raise ``RateAboveCap``."""
    cap = setting(book, "loan_rate_cap", on)
    if terms.yearly_rate > Fraction(cap, 100):
        raise RateAboveCap(_percent(terms.yearly_rate), cap)


def _percent(share: Fraction) -> str:
    return f"{float(share * 100):g}"


def add_product(
    book: Book,
    code: str,
    names: Names,
    *,
    like: LoanProduct,
    on: date,
    reason: str,
) -> Approval:
    """Ask a second person for a new kind of loan that begins like another.

    It is booked on the same accounts; its terms are changed as any kind's are.
    Raises ``ReasonNeeded``, ``KindNeedsName`` and ``KindKnown``.
    """
    why = check_reason(reason)
    tidy = code.strip().lower()
    _check_new(book, tidy, names)
    return ask(
        book,
        NEW,
        f"loan_product:{tidy}",
        {
            "code": tidy,
            "name_id": names.id.strip(),
            "name_en": names.en.strip(),
            "like": like.code,
            "reason": why,
        },
        days=setting(book, "approval_days", on),
    )


def _check_new(book: Book, code: str, names: Names) -> None:
    plain = code.replace("-", "").isalnum() and code.isascii()
    if not (plain and names.id.strip() and names.en.strip()):
        raise KindNeedsName
    if book.get(LoanProduct, code) is not None:
        raise KindKnown(code)


@approvable(NEW, N_("Begin to offer a kind of loan"), frozenset({Role.MANAGER}))
def _add(
    book: Book,
    approval: Approval,
    *,
    code: str,
    name_id: str,
    name_en: str,
    like: str,
    reason: str,
) -> LoanProduct:
    _check_new(book, code, Names(name_id, name_en))
    kept = find_product(book, like)
    row = LoanProduct(
        cooperative_id=book.cooperative_id,
        code=code,
        name_id=name_id,
        name_en=name_en,
        account_number=kept.account_number,
        interest_account_number=kept.interest_account_number,
        method=kept.method,
        rate=kept.rate,
        limit=kept.limit,
        max_term=kept.max_term,
        rounding_step=kept.rounding_step,
        origination_fee_rate=kept.origination_fee_rate,
        admin_fee=kept.admin_fee,
        penalty_rate=kept.penalty_rate,
        penalty_grace_days=kept.penalty_grace_days,
        conditions=kept.conditions,
    )
    book.session.add(row)
    book.session.flush()
    return row


@approvable(KIND, N_("Change a kind of loan"), frozenset({Role.MANAGER}))
def _change(
    book: Book, approval: Approval, *, product: str, reason: str, **said: object
) -> LoanProduct:
    row = find_product(book, product)
    offer = offered(said)
    check_offer(book, offer, today(book))
    row.method, row.rate, row.limit = offer.method, offer.rate, offer.limit
    row.max_term, row.rounding_step = offer.max_term, offer.step
    row.penalty_rate = offer.penalty_rate
    row.penalty_grace_days = offer.grace_days
    row.origination_fee_rate = offer.origination_fee_rate
    row.admin_fee, row.conditions = offer.admin_fee, offer.conditions.text()
    book.session.flush()
    return row


def offered(said: dict[str, object]) -> Offer:
    """Read the terms of a request."""
    return Offer(
        InterestMethod(str(said["method"])),
        Rate.parse(str(said["rate"])),
        Money(int(str(said["limit"]))),
        int(str(said["max_term"])),
        int(str(said["step"])),
        Rate.parse(str(said["penalty"])),
        int(str(said["grace"])),
        Rate.parse(str(said["origination"])),
        Money(int(str(said["admin"]))),
        read(str(said["conditions"])),
    )
