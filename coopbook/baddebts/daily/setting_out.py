"""Class and provide for loans by statements over what is kept of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sqlalchemy import select

from coopbook import loans
from coopbook.baddebts.allowance import SCALES, Scale
from coopbook.baddebts.daily.model import LoanDaily
from coopbook.baddebts.daily.statements import class_of, needed_of, reason_of
from coopbook.baddebts.queries import assess, assessed, policy_on, scale_on
from coopbook.book import Book
from coopbook.cooperatives import setting
from coopbook.money import Money

PLAIN = "cooperative_id = {cooperative} AND running AND NOT apart"
CHANGED = (
    f"{PLAIN} AND (loan_class {{differs}} {{loan_class}}"
    " OR reason {differs} {reason} OR late_since {differs} {late}"
    " OR carried IS NOT NULL)"
)
KEEP = (
    "UPDATE loan_daily SET logged = logged + 1, since = {on},"
    " loan_class = {loan_class}, reason = {reason}, late_since = {late},"
    f" carried = NULL WHERE {CHANGED}"
)
LOG = (
    "INSERT INTO loan_class_log (cooperative_id, loan_number, number, since,"
    " loan_class, reason, late_since, carried, recorded) SELECT cooperative_id,"
    " loan_number, logged, since, loan_class, reason, late_since, carried, {recorded}"
    f" FROM loan_daily WHERE {PLAIN} AND since = {{on}}"
)
SUMS = f"SELECT count(*), coalesce(sum({{needed}}), 0) FROM loan_daily WHERE {PLAIN}"


def spelt_for(book: Book) -> Callable[[date], str]:
    """Return how the book's engine wants a day written."""
    if book.lite:
        return lambda day: f"'{day.isoformat()}'"
    return lambda day: f"DATE '{day.isoformat()}'"


def class_plain(book: Book, on: date, recorded: int) -> int:
    """Class every loan behind which nothing stands; return how many rows it took."""
    spelt, policy = spelt_for(book), policy_on(book, on)
    words = {
        "cooperative": int(book.cooperative_id),
        "recorded": int(recorded),
        "differs": "IS NOT" if book.lite else "IS DISTINCT FROM",
        "on": spelt(on),
        "loan_class": class_of(policy, on, spelt),
        "reason": reason_of(policy, on, spelt),
        "late": f"CASE WHEN oldest_due < {spelt(on)} THEN oldest_due END",
    }
    book.session.flush()
    changed: int = book.run(KEEP.format(**words)).rowcount
    if changed:
        book.run(LOG.format(**words))
    return changed


def needed_by_kept(book: Book, on: date) -> Money:
    """Return what has to be set aside for the loans as they were last classed.

    Rounding: half to even, loan by loan.
    """
    return sums_by_kept(book, on)[1]


def sums_by_kept(book: Book, on: date) -> tuple[int, Money]:
    """Return how many loans run and what they need, as they were last classed."""
    if setting(book, "worst_marks_all", on):
        now = assess(book, on)
        return len(now.rows), now.allowance
    scale = scale_on(book, on)
    count, units = book.ask(
        SUMS.format(
            cooperative=int(book.cooperative_id), needed=_needed(book, scale, on)
        )
    )[0]
    rows = (
        select(LoanDaily.loan_number)
        .where(LoanDaily.cooperative_id == book.cooperative_id)
        .where(LoanDaily.apart)
        .where(LoanDaily.running)
    )
    alone = [
        assessed(book, loans.loan(book, number), on).allowance
        for number in book.session.scalars(rows)
    ]
    return count + len(alone), sum(alone, Money(int(units)))


def _needed(book: Book, scale: Scale, on: date) -> str:
    by = SCALES[scale].by
    if by is None:
        return needed_of(scale, "loan_class")
    return needed_of(scale, f"({class_of(by, on, spelt_for(book))})")
