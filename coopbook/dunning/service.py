"""Write down what was done about a late loan; send the letters, each once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import func, select

from coopbook import loans
from coopbook.book import Book
from coopbook.cooperatives import today
from coopbook.decisions import Decision, decision
from coopbook.decisions.rules import DecisionBody
from coopbook.dunning import refusals, rules
from coopbook.dunning.model import DunningStep, VillageConsent
from coopbook.dunning.promises import last_day
from coopbook.dunning.queries import (
    consent_of,
    consents,
    did,
    died_on,
    intervals_on,
    late_of,
    step,
    steps_of,
)
from coopbook.dunning.rules import (
    BY_HAND,
    LETTERS,
    ONCE_A_DAY,
    SERIES,
    STEP_NAMES,
    Copy,
    LateReason,
    StepKind,
)
from coopbook.i18n import Word
from coopbook.ledger.rules import check_reason
from coopbook.loans import Loan, LoanState
from coopbook.loans.rules import check_state
from coopbook.money import ZERO, Money

IN_HAND = (LoanState.DISBURSED, LoanState.WRITTEN_OFF)


def note_step(
    book: Book,
    loan: Loan,
    kind: StepKind,
    *,
    on: date,
    met: str = "",
    why: LateReason | None = None,
    note: str = "",
    promised: Money | None = None,
    promised_on: date | None = None,
    next_step: str | None = None,
    next_on: date | None = None,
) -> DunningStep:
    """Write down a call, a visit, a promise, an offer of help, a reminder.

    ``met`` is whom one met, ``why`` the reason they gave.  Written-off loans are
    collected as well.

    Raises ``WrongState``, ``DayToCome``, ``NotPaidOutThen`` for a day before the loan
    was, ``NotAPromise`` where one has no amount or day, ``PromiseTooFar`` beyond the
    by-law ``longest_promise_days``, and for a reminder ``BorrowerDied`` and, for a
    second one on a day, ``SentAlready``.
    """
    check_state(loan.number, loan.state, *IN_HAND)
    _check_day(book, loan, on)
    kind = StepKind(kind)
    assert kind in BY_HAND, "letters go by send_letter"
    if kind is StepKind.REMINDER:
        _check_alive(book, loan)
    promises = promised is not None or promised_on is not None
    if kind is StepKind.PROMISE or promises:
        whole = promised is not None and promised > ZERO
        if not whole or promised_on is None or promised_on < on:
            raise refusals.NotAPromise(on)
        by = intervals_on(book, on)
        last = last_day(on, by)
        if promised_on > last:
            raise refusals.PromiseTooFar(by.promise, last)
    if kind in ONCE_A_DAY:
        for row in steps_of(book, loan):
            if row.kind is kind and row.step_on == on:
                raise refusals.SentAlready(Word(STEP_NAMES[kind]), loan.number, on)
    return _written(
        book,
        loan,
        kind,
        on,
        met=met.strip(),
        why=LateReason(why) if why else None,
        note=note.strip(),
        promised=promised,
        promised_on=promised_on,
        next_step=(next_step or "").strip() or None,
        next_on=next_on,
    )


def _check_day(book: Book, loan: Loan, on: date) -> None:
    """Refuse a day that is to come, or before a loan was paid out."""
    now = today(book)
    if on > now:
        raise refusals.DayToCome(on, now)
    if loan.disbursed_on is not None and on < loan.disbursed_on:
        raise refusals.NotPaidOutThen(loan.number, loan.disbursed_on)


def _check_alive(book: Book, loan: Loan) -> None:
    if died_on(book, loan) is not None:
        raise refusals.BorrowerDied(loan.member.name)


def send_letter(
    book: Book,
    loan: Loan,
    *,
    on: date,
    copies: Sequence[Copy] = (),
    note: str = "",
    early: bool = False,
    meeting_on: date | None = None,
    meeting_place: str = "",
) -> DunningStep:
    """Write the next warning letter of a late loan, once for the same arrears.

    Letters go in their order, each so many days after the one before.  ``early`` says
    that the first need not wait (a borrower who moves away); it never shortens the
    time to answer another.  The third invites to the board, on a day and at a place;
    without them it is written down and cannot be printed.

    Raises ``WrongState``, ``DayToCome``, ``BorrowerDied``, ``NothingLate``,
    ``HelpFirst``, ``TooSoon``, ``SentAlready`` when all three went out,
    ``FirstIsPrivate`` for a copy of the first to guarantors or the group, ``NoConsent``
    for one to the village, and ``MeetingNeeded``.
    Source: domain guide 4.6.
    """
    check_state(loan.number, loan.state, LoanState.DISBURSED)
    _check_day(book, loan, on)
    _check_alive(book, loan)
    now = loans.standing(book, loan, on)
    if not now.days_past_due:
        raise refusals.NothingLate(loan.number, on)
    done = [row for row in steps_of(book, loan) if row.step_on <= on]
    late, by = late_of(book, loan, now, on), intervals_on(book, on)
    kind = rules.next_letter(did(done), late.since)
    if kind is None:
        last = rules.letters_sent(did(done), late.since)[-1]
        raise refusals.SentAlready(Word(STEP_NAMES[last.kind]), loan.number, last.on)
    trouble = rules.hardship(late, did(done))
    if trouble is not None:
        raise refusals.HelpFirst(Word(rules.REASON_WORDS[trouble]))
    begins = rules.letter_from(late, did(done), by)
    assert begins is not None
    if on < begins and not (early and kind is StepKind.LETTER_1):
        raise refusals.TooSoon(Word(STEP_NAMES[kind]), begins)
    asked = [Copy(each) for each in copies]
    if kind is StepKind.LETTER_1 and {Copy.GUARANTORS, Copy.GROUP} & set(asked):
        raise refusals.FirstIsPrivate
    if Copy.VILLAGE in asked and consent_of(book, loan, on) is None:
        raise refusals.NoConsent(loan.number)
    place = meeting_place.strip()
    invites = kind is StepKind.LETTER_3 and (meeting_on is not None or bool(place))
    if invites and (meeting_on is None or meeting_on <= on or not place):
        raise refusals.MeetingNeeded(on)
    return _written(
        book,
        loan,
        kind,
        on,
        note=note.strip(),
        next_on=meeting_on if invites else None,
        next_step=place if invites else None,
        label=_next_label(book, f"{SERIES[kind]}-{on.year}"),
        arrears=now.due.total,
        deadline_on=on + timedelta(days=by.answer),
        copies=",".join(sorted(set(asked))) or None,
    )


def _next_label(book: Book, series: str) -> str:
    """Return the next number of a series of letters; none is ever left out."""
    rows = (
        select(func.count())
        .select_from(DunningStep)
        .where(DunningStep.cooperative_id == book.cooperative_id)
        .where(DunningStep.label.startswith(f"{series}-"))
    )
    return f"{series}-{(book.session.scalar(rows) or 0) + 1:04d}"


def strike(
    book: Book, loan: Loan, number: int, *, on: date, reason: str
) -> DunningStep:
    """Strike out what was written down by mistake; it stays, and so does the reason.

    A letter that was struck out may be sent again.
    Raises ``NoSuchStep``, ``StruckAlready``, ``ReasonNeeded`` and ``DayToCome``.
    """
    _check_day(book, loan, on)
    row, why = step(book, loan, number), check_reason(reason)
    gone = {each.strikes for each in steps_of(book, loan, struck=True)}
    if row.kind is StepKind.STRUCK or number in gone:
        raise refusals.StruckAlready
    return _written(book, loan, StepKind.STRUCK, on, note=why, strikes=number)


def _written(
    book: Book, loan: Loan, kind: StepKind, on: date, **fields: object
) -> DunningStep:
    rows = (
        select(func.max(DunningStep.number))
        .where(DunningStep.cooperative_id == book.cooperative_id)
        .where(DunningStep.loan_number == loan.number)
    )
    empty = dict.fromkeys(
        (
            *("why", "promised", "promised_on", "next_step", "next_on", "label"),
            *("arrears", "deadline_on", "copies", "strikes"),
        )
    )
    row = DunningStep(
        **(
            {"met": "", "note": ""}
            | empty
            | fields
            | {
                "cooperative_id": book.cooperative_id,
                "loan_number": loan.number,
                "number": (book.session.scalar(rows) or 0) + 1,
                "kind": kind,
                "step_on": on,
                "recorded_by": book.actor,
            }
        )
    )
    book.session.add(row)
    book.session.flush()
    return row


def consent(
    book: Book, loan: Loan, *, on: date, paper: str, decision_number: int
) -> VillageConsent:
    """Write down that a borrower lets the village have copies, and the board too.

    ``paper`` says where the signed consent lies.  The board decided on the same day or
    earlier, and not before the loan was paid out.
    Raises ``WrongState``, ``DayToCome``, ``NotPaidOutThen``, ``ReasonNeeded`` without a
    paper, ``NoSuchDecision``, ``NotTheBoard`` and ``NotDecidedThen``.
    """
    check_state(loan.number, loan.state, *IN_HAND)
    _check_day(book, loan, on)
    decided: Decision = decision(book, decision_number)
    if decided.body is not DecisionBody.BOARD:
        raise refusals.NotTheBoard(decided.label)
    since, then = loan.disbursed_on or on, decided.decided_on
    if not since <= then <= on:
        raise refusals.NotDecidedThen(decided.label, then, since, on)
    last = len(consents(book, loan))
    row = VillageConsent(
        cooperative_id=book.cooperative_id,
        loan_number=loan.number,
        number=last + 1,
        consented_on=on,
        paper=check_reason(paper),
        decision_number=decided.number,
        recorded_by=book.actor,
        withdrawn_on=None,
        withdrawn_by=None,
    )
    book.session.add(row)
    book.session.flush()
    return row


def withdraw_consent(book: Book, loan: Loan, *, on: date) -> VillageConsent:
    """Take the consent back from a day on.

    Raises ``NoConsent`` where there is none, and ``DayToCome``.
    """
    _check_day(book, loan, on)
    row = consent_of(book, loan, on)
    if row is None:
        raise refusals.NoConsent(loan.number)
    row.withdrawn_on, row.withdrawn_by = on, book.actor
    book.session.flush()
    return row


def sent_all(book: Book, loan: Loan, on: date) -> bool:
    """Say whether all three letters went out for what is late now."""
    now = loans.standing(book, loan, on)
    rows = [row for row in steps_of(book, loan) if row.step_on <= on]
    since = late_of(book, loan, now, on).since
    return {each.kind for each in rules.letters_sent(did(rows), since)} == set(LETTERS)
