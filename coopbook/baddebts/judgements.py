"""What was judged of loans beyond their days, and what of it stands on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from coopbook.baddebts.model import Judging, LoanJudgement
from coopbook.book import Book
from coopbook.i18n import N_
from coopbook.loans import Loan

JUDGING_NAMES = {
    Judging.SALVAGEABLE: N_("can still be saved"),
    Judging.NOT_SALVAGEABLE: N_("cannot be saved any more"),
    Judging.HANDED_OVER: N_("given to others to collect"),
    Judging.TAKEN_BACK: N_("taken back"),
}
ENDS = {
    Judging.NOT_SALVAGEABLE: Judging.SALVAGEABLE,
    Judging.TAKEN_BACK: Judging.HANDED_OVER,
}
"""What ends what: two pairs, each on its own."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What stands of a loan on a day beyond its days past due."""

    salvageable: bool = False
    handed_over: bool = False

    @property
    def anything(self) -> bool:
        """Something was found out that its days do not tell."""
        return self.salvageable or self.handed_over


NOTHING = Judged()


def judged_by(kinds: Iterable[Judging]) -> Judged:
    """Return what stands after some judgements, taken in their order.

    >>> judged_by([Judging.HANDED_OVER, Judging.SALVAGEABLE, Judging.TAKEN_BACK])
    Judged(salvageable=True, handed_over=False)
    """
    standing: set[Judging] = set()
    for kind in kinds:
        if kind in ENDS:
            standing.discard(ENDS[kind])
        else:
            standing.add(kind)
    return Judged(Judging.SALVAGEABLE in standing, Judging.HANDED_OVER in standing)


def judgements_of(
    book: Book, loan: Loan, on: date | None = None
) -> list[LoanJudgement]:
    """Return what was judged of a loan, by a day if asked, in its order."""
    rows = (
        select(LoanJudgement)
        .where(LoanJudgement.cooperative_id == book.cooperative_id)
        .where(LoanJudgement.loan_number == loan.number)
        .order_by(LoanJudgement.number)
    )
    if on is not None:
        rows = rows.where(LoanJudgement.judged_on <= on)
    return list(book.session.scalars(rows))


def judged(book: Book, loan: Loan, on: date) -> Judged:
    """Return what stands of a loan on a day."""
    return judged_by(row.kind for row in judgements_of(book, loan, on))


def judged_loans(book: Book, on: date) -> dict[int, Judged]:
    """Return what stands on a day of every loan that was ever judged by then."""
    rows = book.session.execute(
        select(LoanJudgement.loan_number, LoanJudgement.kind)
        .where(LoanJudgement.cooperative_id == book.cooperative_id)
        .where(LoanJudgement.judged_on <= on)
        .order_by(LoanJudgement.loan_number, LoanJudgement.number)
    )
    kinds: dict[int, list[Judging]] = {}
    for number, kind in rows:
        kinds.setdefault(number, []).append(kind)
    return {number: judged_by(each) for number, each in kinds.items()}
