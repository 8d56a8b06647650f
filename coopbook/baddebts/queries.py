"""How good the loans of a book are on a day, and what has to be set aside for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from coopbook import loans, security
from coopbook.baddebts import allowance, classes
from coopbook.baddebts.allowance import SCALES, Scale
from coopbook.baddebts.classes import (
    Lateness,
    LoanClass,
    Policy,
    Reason,
    Rhythm,
    Verdict,
    classify,
    worst,
)
from coopbook.baddebts.judgements import NOTHING, Judged, judged, judged_loans
from coopbook.book import Book
from coopbook.cooperatives import setting
from coopbook.loans import InstallmentState, Loan, LoanStanding, LoanState, is_cured
from coopbook.loans.daycount import Unit
from coopbook.loans.terms import BULLETS, Terms
from coopbook.money import ZERO, Money

RAN = (LoanState.DISBURSED, LoanState.SETTLED, LoanState.WRITTEN_OFF)
IN_USE = (Policy.KUKM, Policy.BANK5, Policy.LKM3, Policy.PEARLS)
"""The policies of the by-law's choice, in its order."""

SCALES_IN_USE = tuple(Scale)
PAR_DAYS = (1, 7, 30, 60, 90, 365)
A_MONTH, HALF_A_YEAR = 28, 180
DAYS = {Unit.DAY: 1, Unit.WEEK: 7}


@dataclass(frozen=True, slots=True)
class Assessed:
    """A loan on a day: how it stands, its class and why, what is set aside for it.

    ``days`` are its days past due, those of a restructured loan never fewer than it
    came with until it is cured; ``own`` is its class before what another loan of the
    member, or the loan it took the place of, made of it.
    """

    loan: Loan
    standing: LoanStanding
    days: int
    own: Verdict
    verdict: Verdict
    deductible: Money
    allowance: Money

    @property
    def outstanding(self) -> Money:
        """Principal that is still owed."""
        return self.standing.outstanding_principal


@dataclass(frozen=True, slots=True)
class ClassRow:
    """All loans of a class together."""

    loan_class: LoanClass
    count: int
    outstanding: Money
    deductible: Money
    allowance: Money


@dataclass(frozen=True, slots=True)
class Risk:
    """Loans with any part more than so many days late, their whole principal."""

    days: int
    count: int
    outstanding: Money
    share: Fraction


@dataclass(frozen=True, slots=True)
class Assessment:
    """All running loans of a day, by a policy and a scale."""

    on: date
    policy: Policy
    scale: Scale
    rows: tuple[Assessed, ...]

    @property
    def outstanding(self) -> Money:
        """Principal that is owed on all of them."""
        return sum((each.outstanding for each in self.rows), ZERO)

    @property
    def allowance(self) -> Money:
        """What has to be set aside for all of them."""
        return sum((each.allowance for each in self.rows), ZERO)

    def of_class(self, loan_class: LoanClass) -> list[Assessed]:
        """Return the loans of a class."""
        return [each for each in self.rows if each.verdict.loan_class is loan_class]

    def by_class(self) -> list[ClassRow]:
        """Return each class of the policy with its loans together, empty ones too."""
        return [
            ClassRow(
                each,
                len(found := self.of_class(each)),
                sum((one.outstanding for one in found), ZERO),
                sum((one.deductible for one in found), ZERO),
                sum((one.allowance for one in found), ZERO),
            )
            for each in classes.POLICIES[self.policy].classes
        ]

    def non_performing(self) -> Fraction:
        """Return the share of principal in loans that are not performing."""
        bad = [
            each
            for each in self.rows
            if each.verdict.loan_class in classes.NON_PERFORMING
        ]
        return self._share(bad)

    def at_risk(self, days: int) -> Risk:
        """Return the portfolio at risk: more than so many days late, over all."""
        late = [each for each in self.rows if each.days > days]
        whole = sum((each.outstanding for each in late), ZERO)
        return Risk(days, len(late), whole, self._share(late))

    def _share(self, some: Sequence[Assessed]) -> Fraction:
        whole = self.outstanding.units
        part = sum(each.outstanding.units for each in some)
        return Fraction(part, whole) if whole else Fraction(0)


def policy_on(book: Book, on: date) -> Policy:
    """Return the policy the by-laws name for a day."""
    return IN_USE[setting(book, "classification_policy", on)]


def scale_on(book: Book, on: date) -> Scale:
    """Return the scale of the allowance the by-laws name for a day."""
    return SCALES_IN_USE[setting(book, "allowance_scale", on)]


def rhythm_of(terms: Terms, first: date) -> Rhythm:
    """Say how often a loan is repaid; chosen days count by their average.

    >>> from coopbook.loans.terms import InterestMethod
    >>> from coopbook.money import Rate
    >>> terms = Terms(InterestMethod.FLAT, Rate.percent("1"), 12)
    >>> rhythm_of(terms, date(2026, 1, 5)).value
    'months'
    """
    if terms.dates:
        days = (terms.dates[-1] - first).days // len(terms.dates)
    elif terms.every.unit is Unit.MONTH:
        return Rhythm.HALF_YEARS if terms.every.count >= 6 else Rhythm.MONTHS
    else:
        days = terms.every.count * DAYS[terms.every.unit]
    if days < A_MONTH:
        return Rhythm.SHORT
    return Rhythm.HALF_YEARS if days >= HALF_A_YEAR else Rhythm.MONTHS


def lateness_of(
    loan: Loan,
    standing: LoanStanding,
    on: date,
    cover: Fraction = Fraction(0),
    found_out: Judged = NOTHING,
) -> Lateness:
    """Return what is late of a loan on a day; what is tolerated is not late."""
    late = [each for each in standing.strip if each.state is InstallmentState.LATE]
    terms = loans.terms_of(loan)
    assert loan.disbursed_on is not None

    def oldest(part: str) -> date | None:
        return next(
            (
                each.due_on
                for each in late
                if getattr(each, part) > getattr(each, f"paid_{part}")
            ),
            None,
        )

    return Lateness(
        on=on,
        rhythm=rhythm_of(terms, loan.disbursed_on),
        matures_on=standing.strip[-1].due_on,
        principal_due=oldest("principal"),
        interest_due=oldest("interest"),
        bullet=terms.method in BULLETS,
        days=standing.days_past_due,
        cover=cover,
        salvageable=found_out.salvageable,
        handed_over=found_out.handed_over,
    )


def assess(
    book: Book,
    on: date,
    *,
    policy: Policy | None = None,
    scale: Scale | None = None,
) -> Assessment:
    """Return every loan that ran on a day with its class and its allowance.

    ``policy`` and ``scale`` are those of the by-laws unless others are asked for, to
    be shown beside them.  Raises ``PolicyUnavailable``.
    """
    chosen, by = policy or policy_on(book, on), scale or scale_on(book, on)
    longest, known = setting(book, "doubtful_months", on), judged_loans(book, on)
    found = [
        _assessed(
            *(book, loan, now, on, chosen, by, longest),
            known.get(loan.number, NOTHING),
        )
        for loan, now in running_on(book, on)
    ]
    if setting(book, "worst_marks_all", on):
        found = _worst_marks_all(found, by)
    return Assessment(on, chosen, by, tuple(found))


def assessed(book: Book, loan: Loan, on: date) -> Assessed:
    """Return one loan on a day by the by-laws, as ``assess`` has it among all.

    One that has ended by then is looked at by itself.
    """
    found = _by_itself(book, loan, on)
    if found.standing.settled or not setting(book, "worst_marks_all", on):
        return found
    others = [
        _by_itself(book, each, on)
        for each in ran_by(book, on, member=loan.member_number)
        if each.number != loan.number
    ]
    running = [found, *(each for each in others if not each.standing.settled)]
    return _worst_marks_all(running, scale_on(book, on))[0]


def _by_itself(book: Book, loan: Loan, on: date) -> Assessed:
    now, longest = loans.standing(book, loan, on), setting(book, "doubtful_months", on)
    return _assessed(
        *(book, loan, now, on, policy_on(book, on), scale_on(book, on), longest),
        judged(book, loan, on),
    )


def ran_by(book: Book, on: date, *, member: int | None = None) -> list[Loan]:
    """Return the loans paid out by a day that were not taken back, of a member or all.

    Those that have ended since are among them.
    """
    rows = (
        select(Loan)
        .join(Loan.member)
        .options(contains_eager(Loan.member))
        .where(Loan.cooperative_id == book.cooperative_id)
        .where(Loan.state.in_(RAN))
        .where(Loan.disbursed_on <= on)
        .order_by(Loan.number)
    )
    if member is not None:
        rows = rows.where(Loan.member_number == member)
    return list(book.session.scalars(rows))


def running_on(book: Book, on: date) -> list[tuple[Loan, LoanStanding]]:
    """Return the loans that ran at the end of a day, those paid off since too."""
    found = [(loan, loans.standing(book, loan, on)) for loan in ran_by(book, on)]
    return [(loan, now) for loan, now in found if not now.settled]


def days_of(book: Book, loan: Loan, now: LoanStanding, on: date) -> int:
    """Return the days past due of a loan, those it came with until it is cured."""
    if _watched(book, loan, on):
        return max(now.days_past_due, loan.carried_days or 0)
    return now.days_past_due


def _watched(book: Book, loan: Loan, on: date) -> bool:
    return bool(loan.carried_days) and not is_cured(book, loan, on)


def _assessed(
    book: Book,
    loan: Loan,
    now: LoanStanding,
    on: date,
    policy: Policy,
    scale: Scale,
    longest: int,
    found_out: Judged,
) -> Assessed:
    outstanding, days = now.outstanding_principal, now.days_past_due
    watched = _watched(book, loan, on)
    cover, deductible = Fraction(0), ZERO
    if days or watched or found_out.handed_over:
        stands = security.cover_of(book, loan, on)
        deductible = min(stands.total, outstanding)
        if stands.owed:
            cover = Fraction(stands.total.units, stands.owed.units)
    late = lateness_of(loan, now, on, cover, found_out)
    asked = SCALES[scale].by or policy
    verdicts = {
        each: classify(each, late, doubtful_months=longest) for each in {policy, asked}
    }
    own = verdict = verdicts[policy]
    if watched:
        days = max(days, loan.carried_days or 0)
        carried = _carried(book, loan, policy, longest)
        verdict = worst([own, Verdict(carried.loan_class, Reason.CARRIED)])
    weighed = verdict if asked is policy else verdicts[asked]
    return Assessed(
        *(loan, now, days, own, verdict, deductible),
        allowance.needed(weighed.loan_class, outstanding, deductible, scale),
    )


def _covers(book: Book, loan: Loan, on: date) -> Fraction:
    """Return what stands behind a loan over what it owes on a day."""
    stands = security.cover_of(book, loan, on)
    whole = stands.owed.units
    return Fraction(stands.total.units, whole) if whole else Fraction(0)


def _carried(book: Book, loan: Loan, policy: Policy, longest: int) -> Verdict:
    """Return the class of the loan a restructured one took the place of, before it."""
    assert loan.replaces is not None
    assert loan.disbursed_on is not None
    old, eve = loans.loan(book, loan.replaces), loan.disbursed_on - timedelta(days=1)
    late = lateness_of(
        *(old, loans.standing(book, old, eve), eve),
        *(_covers(book, old, eve), judged(book, old, eve)),
    )
    found = classify(policy, late, doubtful_months=longest)
    if old.carried_days and not is_cured(book, old, eve):
        found = worst([found, _carried(book, old, policy, longest)])
    return found


def _worst_marks_all(found: list[Assessed], scale: Scale) -> list[Assessed]:
    """Give every loan of a member the class of the worst of them."""
    worst_of: dict[int, Verdict] = {}
    for each in found:
        member = each.loan.member_number
        worst_of[member] = worst([worst_of.get(member, each.verdict), each.verdict])
    return [_marked(each, worst_of[each.loan.member_number], scale) for each in found]


def _marked(each: Assessed, by: Verdict, scale: Scale) -> Assessed:
    if by.loan_class is each.verdict.loan_class:
        return each
    verdict = Verdict(by.loan_class, Reason.WORST)
    amount = each.allowance
    if SCALES[scale].by is None:
        amount = allowance.needed(
            verdict.loan_class, each.outstanding, each.deductible, scale
        )
    return replace(each, verdict=verdict, allowance=amount)
