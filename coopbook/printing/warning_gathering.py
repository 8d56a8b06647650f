"""Gather a warning letter from the book, as things stood on the day it was written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from coopbook import baddebts, dunning, groups, loans, members, security
from coopbook.book import Book
from coopbook.cooperatives import cooperative
from coopbook.decisions import decision
from coopbook.dunning import LETTERS, Copy, DunningStep, StepKind
from coopbook.dunning.refusals import NothingLate
from coopbook.errors import Refused
from coopbook.i18n import N_, say
from coopbook.loans import Loan, LoanStanding
from coopbook.people import Role
from coopbook.people.service import roles_of
from coopbook.printing import loan_sheet
from coopbook.printing.warning_facts import (
    LAST,
    BoardMeeting,
    Cited,
    Contact,
    NextStep,
    VillageCopy,
    WarningLetter,
    unpaid_of,
)

OFFICES = {
    Role.MANAGER: N_("Manager"),
    Role.TREASURER: N_("Treasurer"),
    Role.CREDIT: N_("Credit officer"),
}
"""Who writes letters, and as what they sign; the first one they hold counts."""

AT_THE_OFFICE = N_("at the office, while it is open")


@dataclass(eq=False)
class NoMeetingKnown(Refused):
    """The third letter invites to the board, so it says when and where."""

    sentence = N_(
        "%(label)s was written down without the meeting of the board it invites to, so"
        " it cannot be printed. Strike it out and send it again."
    )

    label: str


def letter_of(
    book: Book,
    loan: Loan,
    row: DunningStep,
    *,
    contact: Contact | None = None,
    signer: str | None = None,
    office: str | None = None,
) -> WarningLetter:
    """Return what stands on a letter that was sent; each time the same.

    Whoever wrote it signs and can be talked to, unless told otherwise.  What was
    paid, agreed or struck out after its day changes nothing on it; a payment entered
    later for an earlier day does.

    Raises ``NothingLate`` where by now nothing was late on its day, and
    ``NoMeetingKnown``.
    """
    assert row.kind in LETTERS, "only letters are printed"
    assert row.label is not None
    assert row.deadline_on is not None
    level, on, language = level_of(row), row.step_on, cooperative(book).language
    now = check_letter(book, loan, row)
    writer, sits = loan_sheet.person_of(book, row.recorded_by), _office(book, row)
    open_at = say(AT_THE_OFFICE, language)
    member, copies = loan.member, set((row.copies or "").split(","))
    class_then = baddebts.assessed(book, loan, on).verdict.loan_class
    return WarningLetter(
        language=language,
        issuer=loan_sheet.issuer_of(book),
        level=level,
        label=row.label,
        on=on,
        borrower=loan_sheet.borrower_of(member),
        hamlet=member.hamlet or "",
        loan=loan.number,
        agreed_on=loan.disbursed_on or loan.applied_on,
        lent=loan.principal,
        outstanding=now.outstanding_principal,
        loan_class=class_then,
        days_past_due=now.days_past_due,
        unpaid=unpaid_of(now.strip),
        deadline=row.deadline_on,
        contact=contact or Contact(writer, sits, open_at),
        signer=signer or writer,
        office=office or sits,
        code=loan_sheet.last_code(book, loan, "loans.disburse"),
        earlier=_earlier(book, loan, row),
        guarantors=_guarantors(book, loan, on) if Copy.GUARANTORS in copies else (),
        group=_group(book, loan) if Copy.GROUP in copies else "",
        village=_village(book, loan, on) if Copy.VILLAGE in copies else None,
        meeting=_meeting(row),
        steps=tuple(_may_follow(book, loan, on)) if level == LAST else (),
    )


def check_letter(book: Book, loan: Loan, row: DunningStep) -> LoanStanding:
    """Return how a loan stood when a letter was sent, if the letter can be printed.

    Raises ``NothingLate`` and ``NoMeetingKnown``.
    """
    now = loans.standing(book, loan, row.step_on)
    if not unpaid_of(now.strip):
        raise NothingLate(loan.number, row.step_on)
    _meeting(row)
    return now


def level_of(row: DunningStep) -> int:
    """Say whether a letter is the first, the second or the third."""
    return LETTERS.index(row.kind) + 1


def _office(book: Book, row: DunningStep) -> str:
    held = roles_of(book, row.recorded_by, row.step_on)
    return next((name for role, name in OFFICES.items() if role in held), "")


def _earlier(book: Book, loan: Loan, row: DunningStep) -> tuple[Cited, ...]:
    """Return the letters before one, in their order, as they stood when it went out.

    A letter follows only the one before it in the same arrears, so the last of each
    level is meant.
    """
    before = [
        each
        for each in dunning.steps_of(book, loan, struck=True)
        if each.number < row.number
    ]
    found: list[Cited] = []
    for kind in reversed(LETTERS[: level_of(row) - 1]):
        sent = _last(before, kind)
        if sent is None or sent.label is None:
            break
        found.insert(0, Cited(level_of(sent), sent.label, sent.step_on))
        before = [each for each in before if each.number < sent.number]
    return tuple(found)


def _last(rows: Sequence[DunningStep], kind: StepKind) -> DunningStep | None:
    gone = {each.strikes for each in rows}
    sent = [each for each in rows if each.kind is kind and each.number not in gone]
    return sent[-1] if sent else None


def _guarantors(book: Book, loan: Loan, on: date) -> tuple[str, ...]:
    """Return who answered for a loan on a day, by name."""
    return tuple(
        members.member(book, row.member_number).name if row.member_number else row.name
        for row in security.guarantors_of(book, loan)
        if row.agreed_on <= on and (row.released_on is None or row.released_on > on)
    )


def _group(book: Book, loan: Loan) -> str:
    group = groups.group_behind(book, loan)
    return group.name if group is not None else ""


def _village(book: Book, loan: Loan, on: date) -> VillageCopy | None:
    """Return the consent that held on a day, be it the last one it held."""
    for row in dunning.consents(book, loan):
        ended = row.withdrawn_on is not None and row.withdrawn_on < on
        if row.consented_on <= on and not ended:
            label = decision(book, row.decision_number).label
            return VillageCopy(row.consented_on, label)
    return None


def _meeting(row: DunningStep) -> BoardMeeting | None:
    if level_of(row) < LAST:
        return None
    if row.next_on is None or not row.next_step or row.next_on <= row.step_on:
        raise NoMeetingKnown(row.label or "")
    return BoardMeeting(row.next_on, row.next_step)


def _may_follow(book: Book, loan: Loan, on: date) -> Iterator[NextStep]:
    """Hand out what may follow the third letter, by what stood behind the loan."""
    if any(
        one.received_on <= on and (one.released_on is None or one.released_on > on)
        for one in security.collateral_of(book, loan)
    ):
        yield NextStep.COVER
    if _guarantors(book, loan, on):
        yield NextStep.GUARANTORS
    if _group(book, loan):
        yield NextStep.GROUP
    yield NextStep.MEDIATION
    yield NextStep.COURT
