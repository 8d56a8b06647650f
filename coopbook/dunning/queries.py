"""Ask what was done about a loan, how late it is, and what the village may hear."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote

from sqlalchemy import select

from coopbook import loans, members
from coopbook.book import Book
from coopbook.cooperatives import setting
from coopbook.dunning import refusals
from coopbook.dunning.model import DunningStep, VillageConsent
from coopbook.dunning.rules import Did, Intervals, Late, StepKind
from coopbook.loans import Loan, LoanStanding
from coopbook.loans.arrears import standing_of
from coopbook.loans.history import begun, history, taken
from coopbook.members.rules import MemberStatus
from coopbook.money import Money


def intervals_on(book: Book, on: date) -> Intervals:
    """Return the intervals of the by-laws on a day."""
    return Intervals(
        setting(book, "reminder_days", on),
        setting(book, "visit_days", on),
        setting(book, "first_letter_days", on),
        setting(book, "between_letters_days", on),
        setting(book, "letter_answer_days", on),
        setting(book, "longest_promise_days", on),
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
    comes = now.next_due
    before = now.strip[comes.number - 2].due_on if comes and comes.number > 1 else None
    return Late(
        on,
        now.days_past_due,
        since=late_since(book, loan, on) if now.days_past_due else None,
        due_in=(comes.due_on - on).days if comes else None,
        due_before=before,
        died_on=died_on(book, loan, on),
    )


def died_on(book: Book, loan: Loan, on: date | None = None) -> date | None:
    """Return when a borrower died, as far as a day knows; nothing where they live.

    Who came into the register as deceased had died when the loan was paid out.
    """
    who = loan.member
    if who.status not in (MemberStatus.DECEASED, MemberStatus.SETTLED):
        return None
    last = members.history(book, who)[-2:]
    days = [row.changed_on for row in last if row.status is MemberStatus.DECEASED]
    if not days and who.status is MemberStatus.DECEASED:
        return loan.disbursed_on
    return days[-1] if days and (on is None or days[-1] <= on) else None


def paid_on(book: Book, loan: Loan) -> list[tuple[date, Money]]:
    """Return the payments of a loan that stand, with their days."""
    return [
        (each.booked_on, each.total)
        for each in loans.payments(book, loan)
        if each.reversed_by is None
    ]


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
