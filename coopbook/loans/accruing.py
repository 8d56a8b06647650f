"""Interest earned and not yet paid, at the end of a month.

It is posted on the month's last day and taken back on the first of the next, so that
payments need not know of it.  Each month is worked out afresh from the events of the
loans, never from the month before: it cannot drift.  Doing it again posts only what
changed since, for instance by a payment that was entered late.

Interest of a loan that is not expected to pay is no income: whoever knows of that says
so by ``suspends_interest``, and it is noted in the memorandum (90002) instead.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from sqlalchemy import select

from coopbook.book import Book
from coopbook.dates import last_day, parse_month
from coopbook.i18n import N_
from coopbook.ledger import chart
from coopbook.ledger.closing import Check, at_month_end
from coopbook.ledger.model import Entry
from coopbook.ledger.posting import before_reversal, post
from coopbook.ledger.rules import Draft, credit, debit
from coopbook.loans.model import Loan
from coopbook.loans.paying import ending
from coopbook.loans.queries import loan as find_loan
from coopbook.loans.queries import loans
from coopbook.loans.replay import Early
from coopbook.loans.rules import FollowsFromOthers
from coopbook.money import Money

ACCRUE, BACK = "loans.accrue", "loans.accrue.back"
PAGE = 500

Suspends = Callable[[Book, Loan, date], bool]
SUSPENDS: list[Suspends] = []


def suspends_interest(check: Suspends) -> Suspends:
    """Register what says that the interest of a loan is no income on a day."""
    SUSPENDS.append(check)
    return check


POSTED = (
    "SELECT l.loan_number, l.account_number, sum(l.debit) - sum(l.credit)"
    " FROM entry e JOIN line l ON l.cooperative_id = e.cooperative_id"
    " AND l.entry_number = e.number"
    " WHERE e.cooperative_id = ? AND e.booked_on = ? AND e.source = ?"
    " AND l.loan_number IS NOT NULL GROUP BY l.loan_number, l.account_number"
)


def earned(book: Book, on: date) -> dict[int, int]:
    """Return the interest of each loan that is earned and unpaid on a day, in units.

    Rounding: the running period counts by its days, half to even, so that day after
              day comes to the interest of the installment exactly.
    """
    found, before = {}, None
    while True:
        some = loans(book, None, before=before, limit=PAGE)
        for loan in some:
            if loan.disbursed_on is not None and loan.disbursed_on <= on:
                interest = ending(book, loan, on, Early.TO_DATE).interest
                if interest:
                    found[loan.number] = interest
        if len(some) < PAGE:
            return found
        before = some[-1].number


@before_reversal(ACCRUE)
@before_reversal(BACK)
def _worked_out(book: Book, entry: Entry) -> None:
    """Refuse to reverse what the book works out: doing it again puts it right."""
    raise FollowsFromOthers(entry.voucher)


def accrue(book: Book, month: str) -> list[Entry]:
    """Post what is earned and unpaid at the end of a month, and take it back after.

    Return the entries; none where everything stands already.
    Raises ``PeriodClosed`` where something changed in a month that is closed.
    """
    first, _ = parse_month(month)
    end = last_day(first.year, first.month)
    every, found = earned(book, end), []
    memo = {n: units for n, units in every.items() if _suspended(book, n, end)}
    now = {n: units for n, units in every.items() if n not in memo}
    for on, source, way in (
        (end, ACCRUE, 1),
        (end + timedelta(days=1), BACK, -1),
    ):
        lines = _differences(
            book, now, on, source, way, chart.ACCRUED_LOAN_INTEREST
        ) + _differences(book, memo, on, source, way, chart.SUSPENDED_INTEREST)
        if lines:
            said = f"Bunga pinjaman yang sudah menjadi hak {month}"
            found.append(post(book, on=on, memo=said, lines=lines, source=source))
    return found


@at_month_end
def accrual_checks(book: Book, on: date) -> list[Check]:
    """Say whether interest earned and unpaid at a month's end was accrued.

    Nothing where no loan has earned any by then.
    """
    done = book.session.scalar(
        select(Entry.number)
        .where(Entry.cooperative_id == book.cooperative_id)
        .where(Entry.booked_on == on, Entry.source == ACCRUE)
        .limit(1)
    )
    if done is None and not earned(book, on):
        return []
    said = N_("Interest earned and not paid was accrued")
    return [Check(said, None, done is not None)]


def _suspended(book: Book, number: int, on: date) -> bool:
    loan = find_loan(book, number)
    return any(check(book, loan, on) for check in SUSPENDS)


def _differences(
    book: Book, now: dict[int, int], on: date, source: str, way: int, kept_on: int
) -> list[Draft]:
    """Return the lines that bring what was posted on a day to what it should be.

    ``kept_on`` is the account that gathers it: accrued interest, or the memorandum.
    """
    posted: dict[int, int] = {}
    key = (book.cooperative_id, on.isoformat() if book.lite else on, source)
    for number, account, moved in book.ask(POSTED, key):
        if account == kept_on:
            posted[number] = int(moved)
    lines: list[Draft] = []
    for number in sorted(now.keys() | posted.keys()):
        apart = way * now.get(number, 0) - posted.get(number, 0)
        if apart:
            other = chart.MEMO_CONTRA
            if kept_on == chart.ACCRUED_LOAN_INTEREST:
                other = find_loan(book, number).interest_account_number
            left, right = (kept_on, other) if apart > 0 else (other, kept_on)
            amount = Money(abs(apart))
            lines.append(debit(left, amount, loan=number))
            lines.append(credit(right, amount, loan=number))
    return lines
