"""Ask what was done about a loan, and what is to do today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from coopbook import loans
from coopbook.book import Book
from coopbook.cooperatives import setting
from coopbook.dunning import refusals, rules
from coopbook.dunning.model import DunningStep, VillageConsent
from coopbook.dunning.rules import Did, Intervals, Late, LateReason, StepKind, Task
from coopbook.loans import Loan, LoanStanding, LoanState
from coopbook.loans.arrears import standing_of
from coopbook.loans.history import begun, history, taken
from coopbook.money import Money

TASK_ORDER = list(Task)


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A loan somebody has to see to today, and why, the most pressing first.

    ``last`` is what was done last, ``promise`` the last time something was promised.
    """

    loan: Loan
    standing: LoanStanding
    late: Late
    tasks: tuple[Task, ...]
    last: DunningStep | None
    promise: DunningStep | None = None

    @property
    def amount(self) -> Money:
        """What to ask for: what is late and due by now, or falls due next."""
        due = self.standing.due.total
        if due.units or self.standing.next_due is None:
            return due
        return self.standing.next_due.left


def intervals_on(book: Book, on: date) -> Intervals:
    """Return the intervals of the by-laws on a day."""
    return Intervals(
        setting(book, "reminder_days", on),
        setting(book, "visit_days", on),
        setting(book, "first_letter_days", on),
        setting(book, "between_letters_days", on),
        setting(book, "letter_answer_days", on),
    )


def steps_of(book: Book, loan: Loan, *, struck: bool = False) -> list[DunningStep]:
    """Return what was done about a loan, oldest first; what is struck out if asked."""
    rows = list(
        book.session.scalars(
            select(DunningStep)
            .where(DunningStep.cooperative_id == book.cooperative_id)
            .where(DunningStep.loan_number == loan.number)
            .order_by(DunningStep.number)
        )
    )
    if struck:
        return rows
    gone = {row.strikes for row in rows if row.strikes is not None}
    kept = [
        row
        for row in rows
        if row.kind is not StepKind.STRUCK and row.number not in gone
    ]
    return sorted(kept, key=lambda row: (row.step_on, row.number))


def step(book: Book, loan: Loan, number: int) -> DunningStep:
    """Return a step; raise ``NoSuchStep``."""
    row = book.get(DunningStep, loan.number, number)
    if row is None:
        raise refusals.NoSuchStep(loan.number, number)
    return row


def did(rows: list[DunningStep]) -> list[Did]:
    """Return steps as the rules see them."""
    return [
        Did(row.kind, row.step_on, row.promised_on, row.promised, row.next_on, row.why)
        for row in rows
    ]


def late_since(book: Book, loan: Loan, on: date) -> date | None:
    """Return from which day a loan is late without a break, up to a day.

    The day after its oldest unpaid installment of the time it was last clean fell due;
    nothing where nothing is late.
    """
    replay, events = begun(book, loan), history(book, loan).events()
    dues = [replay.plan.due_on[row] for row in range(len(replay.plan))]
    since: date | None = None
    place, looked = 0, sorted({*dues, *(each[0] for each in events), on})
    for day in looked:
        if day > on:
            break
        while place < len(events) and events[place][0] <= day:
            taken(replay, [events[place]])
            place += 1
        then = standing_of(replay, day)
        if not then.days_past_due:
            since = None
        elif since is None:
            since = _first_late(then, day)
    return since


def _first_late(then: LoanStanding, day: date) -> date:
    """Return the day after the oldest installment that is late fell due."""
    return date.fromordinal(day.toordinal() - then.days_past_due + 1)


def late_of(book: Book, loan: Loan, now: LoanStanding, on: date) -> Late:
    """Return how late a loan is, as the rules see it."""
    due_in = (now.next_due.due_on - on).days if now.next_due is not None else None
    since = late_since(book, loan, on) if now.days_past_due else None
    return Late(on, now.days_past_due, since, due_in)


def paid_on(book: Book, loan: Loan) -> list[tuple[date, Money]]:
    """Return the payments of a loan that stand, with their days."""
    return [
        (each.booked_on, each.total)
        for each in loans.payments(book, loan)
        if each.reversed_by is None
    ]


def work_list(
    book: Book, on: date, *, officer: str | None = None, hamlet: str | None = None
) -> list[WorkRow]:
    """Return the loans somebody has to see to on a day, the most pressing first.

    ``officer`` leaves those that one looks after, ``hamlet`` those of one place.
    """
    running = (
        select(Loan)
        .join(Loan.member)
        .options(contains_eager(Loan.member))
        .where(Loan.cooperative_id == book.cooperative_id)
        .where(Loan.state == LoanState.DISBURSED)
        .where(Loan.disbursed_on <= on)
        .order_by(Loan.number)
    )
    some = list(book.session.scalars(running))
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
    if now.settled:
        return None
    rows = [row for row in steps_of(book, loan) if row.step_on <= on]
    late = late_of(book, loan, now, on)
    paid = paid_on(book, loan) if any(row.promised for row in rows) else []
    found = rules.tasks(late, did(rows), by or intervals_on(book, on), paid)
    if not found:
        return None
    promises = [row for row in rows if row.promised_on is not None]
    return WorkRow(
        *(loan, now, late, tuple(found)),
        last=rows[-1] if rows else None,
        promise=promises[-1] if promises else None,
    )


@dataclass(frozen=True, slots=True)
class Outlook:
    """What comes next about a loan, and from when.

    ``letter`` is the one that comes next, due ``letter_on``; ``trouble`` what the
    borrower told of and was not helped in; ``promise`` the last one, while it runs.
    """

    standing: LoanStanding
    late: Late
    tasks: tuple[Task, ...]
    letter: StepKind | None
    letter_on: date | None
    trouble: LateReason | None
    promise: DunningStep | None


def outlook(book: Book, loan: Loan, on: date) -> Outlook:
    """Say what comes next about a loan that was paid out, as a day sees it."""
    rows = [row for row in steps_of(book, loan) if row.step_on <= on]
    now, done = loans.standing(book, loan, on), did(rows)
    late, by = late_of(book, loan, now, on), intervals_on(book, on)
    running = loan.state is LoanState.DISBURSED and not now.settled
    work = work_of(book, loan, on, by) if running else None
    promises = [row for row in rows if row.promised_on is not None]
    last = promises[-1] if promises else None
    goes = running and late.days > 0
    return Outlook(
        *(now, late, work.tasks if work else ()),
        letter=rules.next_letter(done, late.since) if goes else None,
        letter_on=rules.letter_from(late, done, by) if goes else None,
        trouble=rules.hardship(late, done),
        promise=last if last and (last.promised_on or on) >= on else None,
    )


def consent_of(book: Book, loan: Loan, on: date) -> VillageConsent | None:
    """Return the consent by which the village may hear of a loan on a day, if any."""
    rows = (
        select(VillageConsent)
        .where(VillageConsent.cooperative_id == book.cooperative_id)
        .where(VillageConsent.loan_number == loan.number)
        .where(VillageConsent.consented_on <= on)
        .order_by(VillageConsent.number.desc())
    )
    return next(
        (
            row
            for row in book.session.scalars(rows)
            if row.withdrawn_on is None or row.withdrawn_on > on
        ),
        None,
    )


def consents(book: Book, loan: Loan) -> list[VillageConsent]:
    """Return every consent ever given about a loan, the newest first."""
    rows = (
        select(VillageConsent)
        .where(VillageConsent.cooperative_id == book.cooperative_id)
        .where(VillageConsent.loan_number == loan.number)
        .order_by(VillageConsent.number.desc())
    )
    return list(book.session.scalars(rows))


def message_link(phone: str, text: str) -> str | None:
    """Return the link that opens a text to somebody in WhatsApp on the officer's phone.

    Nothing is sent from here.  A number at home gets Indonesia's 62; nothing where
    there are too few figures for a number.

    >>> message_link("0812-3456-7890", "Selamat pagi")
    'https://wa.me/6281234567890?text=Selamat%20pagi'
    """
    figures = "".join(each for each in phone if each.isdecimal())
    if phone.strip().startswith("+") or figures.startswith("62"):
        number = figures
    elif figures.startswith("00"):
        number = figures[2:]
    else:
        number = "62" + figures.removeprefix("0")
    if not 9 <= len(number) <= 15:
        return None
    return f"https://wa.me/{number}?text={quote(text)}"
