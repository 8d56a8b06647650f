"""Ask whom to see to on a day and why, and what comes next about a loan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from coopbook import loans
from coopbook.book import Book
from coopbook.dunning import promises, rules
from coopbook.dunning.claimed import claimed_of
from coopbook.dunning.model import DunningStep
from coopbook.dunning.queries import did, intervals_on, late_of, paid_on, steps_of
from coopbook.dunning.rules import Intervals, Late, LateReason, StepKind, Task
from coopbook.dunning.tasks import tasks, tasks_of_claim
from coopbook.loans import Loan, LoanStanding, LoanState
from coopbook.money import Money

TASK_ORDER = list(Task)


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A loan somebody has to see to today, and why, the most pressing first.

    ``last`` is what was done last, ``promise`` the last time something was promised of
    what is late now, or of what comes.  ``claimed`` is what is left of a claim where
    the loan was written off; it is ``late`` since that day.
    """

    loan: Loan
    standing: LoanStanding
    late: Late
    tasks: tuple[Task, ...]
    last: DunningStep | None
    promise: DunningStep | None = None
    claimed: Money | None = None

    @property
    def amount(self) -> Money:
        """What to ask for: what is late and due by now, or next, or still claimed."""
        return _to_ask(self.standing, self.claimed)

    @property
    def days_late(self) -> int:
        """How many days an installment is late; none where the loan left the books."""
        return 0 if self.claimed is not None else self.late.days


def _to_ask(now: LoanStanding, claimed: Money | None) -> Money:
    if claimed is not None:
        return claimed
    due = now.due.total
    return due if due.units or now.next_due is None else now.next_due.left


def work_list(
    book: Book, on: date, *, officer: str | None = None, hamlet: str | None = None
) -> list[WorkRow]:
    """Return the loans somebody has to see to on a day, the most pressing first.

    ``officer`` leaves those that one looks after, ``hamlet`` those of one place.
    """
    lent = (
        select(Loan)
        .join(Loan.member)
        .options(contains_eager(Loan.member))
        .where(Loan.cooperative_id == book.cooperative_id)
        .where(Loan.state.in_((LoanState.DISBURSED, LoanState.WRITTEN_OFF)))
        .where(Loan.disbursed_on <= on)
        .order_by(Loan.number)
    )
    some = list(book.session.scalars(lent))
    if hamlet is not None:
        some = [loan for loan in some if (loan.member.hamlet or "") == hamlet]
    if officer is not None:
        after = loans.officers_of(book, some)
        some = [loan for loan in some if after[loan.number] == officer]
    by = intervals_on(book, on)
    found = []
    for loan in some:
        row = work_of(book, loan, on, by)
        if row is not None:
            found.append(row)
    return sorted(found, key=_pressing)


def _pressing(row: WorkRow) -> tuple[int, int, int]:
    return TASK_ORDER.index(row.tasks[0]), -row.late.days, row.loan.number


def work_of(
    book: Book, loan: Loan, on: date, by: Intervals | None = None
) -> WorkRow | None:
    """Return what is to do about a loan on a day; nothing where nothing is."""
    now = loans.standing(book, loan, on)
    seen = _seen_on(book, loan, now, on)
    if seen is None:
        return None
    rows, late, paid = seen.rows, seen.late, seen.paid
    judge = tasks if seen.claimed is None else tasks_of_claim
    found = judge(late, did(rows), by or intervals_on(book, on), paid)
    if not found:
        return None
    return WorkRow(
        *(loan, now, late, tuple(found)),
        last=rows[-1] if rows else None,
        promise=_promise(late, rows),
        claimed=seen.claimed,
    )


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the rules look at: steps, how late it is, payments, what is claimed."""

    rows: list[DunningStep]
    late: Late
    paid: list[tuple[date, Money]]
    claimed: Money | None


def _seen_on(book: Book, loan: Loan, now: LoanStanding, on: date) -> _Seen | None:
    """Return what a day shows of a loan; nothing where nothing is owed on it."""
    claim = claimed_of(book, loan, on)
    gone = loan.state is LoanState.WRITTEN_OFF
    if (claim is None or not claim.left) if gone else now.settled:
        return None
    rows = [row for row in steps_of(book, loan) if row.step_on <= on]
    paid = paid_on(book, loan) if any(row.promised for row in rows) else []
    if claim is None:
        return _Seen(rows, late_of(book, loan, now, on), paid, None)
    late = Late(on, (on - claim.since).days, since=claim.since)
    return _Seen(rows, late, [*paid, *claim.came], claim.left)


def _promise(late: Late, rows: list[DunningStep]) -> DunningStep | None:
    """Return the last time something was promised of what is late now."""
    own = [row for row in rows if promises.belongs(late, row.promised_on)]
    return own[-1] if own else None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What comes next about a loan, and from when.

    ``letter`` is the one that comes next, due ``letter_on``; ``trouble`` what the
    borrower told of and was not helped in; ``promise`` the last one, while it runs,
    and ``waits`` says whether one waits for it.  ``claimed`` is what is left of a
    claim where the loan was written off.
    """

    standing: LoanStanding
    late: Late
    tasks: tuple[Task, ...] = ()
    letter: StepKind | None = None
    letter_on: date | None = None
    trouble: LateReason | None = None
    promise: DunningStep | None = None
    waits: bool = False
    claimed: Money | None = None

    @property
    def amount(self) -> Money:
        """What to ask for: what is late and due by now, or next, or still claimed."""
        return _to_ask(self.standing, self.claimed)


def outlook(book: Book, loan: Loan, on: date) -> Outlook:
    """Say what comes next about a loan that was paid out, as a day sees it."""
    now = loans.standing(book, loan, on)
    seen = _seen_on(book, loan, now, on)
    if seen is None:
        return Outlook(now, Late(on, 0))
    late, done, by = seen.late, did(seen.rows), intervals_on(book, on)
    work, last = work_of(book, loan, on, by), _promise(late, seen.rows)
    warned = seen.claimed is None and late.days > 0 and late.died_on is None
    return Outlook(
        *(now, late, work.tasks if work else ()),
        letter=rules.next_letter(done, late.since) if warned else None,
        letter_on=rules.letter_from(late, done, by) if warned else None,
        trouble=rules.hardship(late, done) if warned else None,
        promise=last if last and (last.promised_on or on) >= on else None,
        waits=promises.waits(late, done, by, seen.paid),
        claimed=seen.claimed,
    )
