"""Judge what the days of a loan do not tell: it can be saved; it is with the court.

Source: domain guide 4.1, Permen KUKM 20/2008: a doubtful loan that can be saved needs
cover of 75 %, not of 100; what the court, the state receivables office or an insurer
has is loss.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from coopbook import loans
from coopbook.baddebts import rules
from coopbook.baddebts.judgements import (
    ENDS,
    JUDGING_NAMES,
    judged_by,
    judgements_of,
)
from coopbook.baddebts.model import Judging, LoanJudgement
from coopbook.baddebts.writing_off import check_decided
from coopbook.book import Book
from coopbook.decisions.rules import DecisionBody
from coopbook.i18n import Word
from coopbook.ledger.rules import check_reason
from coopbook.loans import Loan, LoanState
from coopbook.loans.rules import check_state


def judge(
    book: Book,
    loan: Loan,
    kind: Judging,
    *,
    on: date,
    reason: str,
    reference: str = "",
    decision_number: int | None = None,
) -> LoanJudgement:
    """Write down what was found out about a running loan, from a day on.

    That it can be saved takes a decision of the board, because less is set aside for
    it then; that others collect it takes ``reference``: to whom it went, and the
    number of the paper.  Each stands until it is ended.

    Raises ``WrongState``, ``ReasonNeeded``, ``BeforePaidOut``, ``JudgedLater``,
    ``JudgedAlready``, ``NothingToEnd``, ``WithWhom``, ``BoardNeeded``,
    ``NoSuchDecision``, ``WrongBody`` and ``DecidedLater``; ``OwnLoan`` or
    ``RelatedDecides`` of who would judge their own or their kin's.
    """
    kind, why, paper = Judging(kind), check_reason(reason), reference.strip()
    check_state(loan.number, loan.state, LoanState.DISBURSED)
    loans.check_not_own(book, loan)
    _check_day(book, loan, on)
    _check_turn(book, loan, kind)
    if kind is Judging.HANDED_OVER and not paper:
        raise rules.WithWhom(loan.number)
    if kind is Judging.SALVAGEABLE:
        if decision_number is None:
            raise rules.BoardNeeded(loan.number)
        check_decided(book, decision_number, on, {DecisionBody.BOARD})
    elif decision_number is not None:
        check_decided(book, decision_number, on, set(DecisionBody))
    numbers = (
        select(func.max(LoanJudgement.number))
        .where(LoanJudgement.cooperative_id == book.cooperative_id)
        .where(LoanJudgement.loan_number == loan.number)
    )
    row = LoanJudgement(
        cooperative_id=book.cooperative_id,
        loan_number=loan.number,
        number=(book.session.scalar(numbers) or 0) + 1,
        kind=kind,
        judged_on=on,
        reason=why,
        reference=paper,
        decision_number=decision_number,
        judged_by=book.actor,
    )
    book.session.add(row)
    book.session.flush()
    return row


def _check_day(book: Book, loan: Loan, on: date) -> None:
    """Refuse a day before the payout, or before what was judged last."""
    assert loan.disbursed_on is not None
    if on < loan.disbursed_on:
        raise rules.BeforePaidOut(loan.number, loan.disbursed_on)
    done = judgements_of(book, loan)
    if done and on < done[-1].judged_on:
        raise rules.JudgedLater(loan.number, done[-1].judged_on)


def _check_turn(book: Book, loan: Loan, kind: Judging) -> None:
    """Refuse what stands already, and to end what does not stand."""
    now = judged_by(row.kind for row in judgements_of(book, loan))
    begun = ENDS.get(kind, kind)
    stands = now.salvageable if begun is Judging.SALVAGEABLE else now.handed_over
    name = Word(JUDGING_NAMES[begun])
    if stands and kind is begun:
        raise rules.JudgedAlready(loan.number, name)
    if not stands and kind is not begun:
        raise rules.NothingToEnd(loan.number, name)
