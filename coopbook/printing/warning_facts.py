"""What stands on a warning letter: facts, and who may read them besides the member."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coopbook.baddebts import LoanClass
from coopbook.i18n import N_
from coopbook.loans import InstallmentStanding, InstallmentState
from coopbook.money import ZERO, Money
from coopbook.printing.loan_sheet import Borrower, Issuer

LAST = 3


class NextStep(StrEnum):
    """What may follow the third letter, as agreements and by-laws allow."""

    COVER = "cover"
    GUARANTORS = "guarantors"
    GROUP = "group"
    MEDIATION = "mediation"
    INSURANCE = "insurance"
    COURT = "court"


STEP_SENTENCES = {
    NextStep.COVER: N_("what was pledged for the loan is used, as agreed"),
    NextStep.GUARANTORS: N_("the guarantors are asked to pay what they promised"),
    NextStep.GROUP: N_("the group is asked to pay what it promised together"),
    NextStep.MEDIATION: N_("a talk is led by somebody whom both sides trust"),
    NextStep.INSURANCE: N_("the insurance of the loan is claimed"),
    NextStep.COURT: N_("the claim is brought before a court"),
}


@dataclass(frozen=True, slots=True)
class Unpaid:
    """An installment that is late: what of each part is still owed."""

    number: int
    due_on: date
    principal: Money
    interest: Money
    penalty: Money

    @property
    def total(self) -> Money:
        """All parts together."""
        return self.principal + self.interest + self.penalty


@dataclass(frozen=True, slots=True)
class Cited:
    """An earlier letter: which warning it was, its number on paper and its day."""

    level: int
    label: str
    on: date


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom a member can talk to about another plan, and when."""

    name: str
    office: str
    when: str


@dataclass(frozen=True, slots=True)
class BoardMeeting:
    """The meeting of the board that the third letter invites to."""

    on: date
    place: str


@dataclass(frozen=True, slots=True)
class VillageCopy:
    """Why the village may read the letter; without both reasons it may not."""

    consented_on: date
    decision: str

    def __post_init__(self) -> None:
        if not self.consented_on or not self.decision.strip():
            raise ValueError(
                "the village receives a copy only with the borrower's written consent"
                " and a decision of the board"
            )


@dataclass(frozen=True, slots=True)
class WarningLetter:
    """Everything on the letter; ``level`` says whether it is the first, second, third.

    ``label`` is the letter's own number, as the book gave it.  A letter cites every
    one before it.  Guarantors and the group receive a copy from the second on; the
    third invites to the board and names what may follow.
    """

    language: str
    issuer: Issuer
    level: int
    label: str
    on: date
    borrower: Borrower
    hamlet: str
    loan: int
    agreed_on: date
    lent: Money
    outstanding: Money
    loan_class: LoanClass
    days_past_due: int
    unpaid: tuple[Unpaid, ...]
    deadline: date
    contact: Contact
    signer: str
    office: str
    code: str
    earlier: tuple[Cited, ...] = ()
    guarantors: tuple[str, ...] = ()
    group: str = ""
    village: VillageCopy | None = None
    meeting: BoardMeeting | None = None
    steps: tuple[NextStep, ...] = ()

    def __post_init__(self) -> None:
        for holds, why in (
            (1 <= self.level <= LAST, "there are three warning letters"),
            (self.label.strip(), "a letter has a number of its own"),
            (self.unpaid, "a loan of which nothing is late needs no warning"),
            (self.deadline > self.on, "the deadline comes after the letter"),
            (
                [each.level for each in self.earlier] == list(range(1, self.level)),
                "a letter cites each letter before it, the first one first",
            ),
            (
                all(each.on < self.on for each in self.earlier),
                "earlier letters were written before",
            ),
            (
                self.level > 1 or not (self.guarantors or self.group),
                "guarantors and the group read no first letter",
            ),
            (
                (self.level == LAST) == (self.meeting is not None)
                and (self.level == LAST) == bool(self.steps),
                "the third letter, and no other, invites to the board and names steps",
            ),
            (
                self.meeting is None or self.meeting.on > self.on,
                "the board meets after the letter",
            ),
            (
                self.village is None or self.village.consented_on <= self.on,
                "consent comes before the letter",
            ),
        ):
            if not holds:
                raise ValueError(why)

    @property
    def arrears(self) -> Money:
        """Everything that is late, penalty included."""
        return sum((each.total for each in self.unpaid), ZERO)


def unpaid_of(strip: Sequence[InstallmentStanding]) -> tuple[Unpaid, ...]:
    """Return the installments of a loan that are late, or on which a penalty is."""
    return tuple(
        Unpaid(
            each.number,
            each.due_on,
            each.principal - each.paid_principal,
            each.interest - each.paid_interest,
            each.penalty,
        )
        for each in strip
        if each.state is InstallmentState.LATE or each.penalty
    )
