"""A loan leaves the balance sheet; what it owes is claimed on (hapus buku).

It takes a decision of the board or the members, a request of one person and the
agreement of another.  The claim lies in the memorandum accounts, principal in 90001,
interest and penalty in 90002, every line with the number of its loan.
Source: domain guide 4.4 and 5.5.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from coopbook import dunning, loans, security
from coopbook.baddebts import classes, rules
from coopbook.baddebts.claiming import claim_of, recoveries, waivers
from coopbook.baddebts.classes import Reason
from coopbook.baddebts.model import WriteOff
from coopbook.baddebts.queries import Assessed, assessed, policy_on
from coopbook.baddebts.rules import CONDITION_NAMES, Condition
from coopbook.book import Book
from coopbook.cooperatives import setting
from coopbook.decisions import Decision, decision
from coopbook.decisions.rules import BODY_NAMES, DecisionBody
from coopbook.i18n import N_, Word
from coopbook.ledger import chart
from coopbook.ledger.journal import entry as find_entry
from coopbook.ledger.model import Entry
from coopbook.ledger.posting import before_reversal, post, when_reversed
from coopbook.ledger.queries import account_balance
from coopbook.ledger.rules import Draft, check_reason, credit, debit
from coopbook.loans import Loan, LoanState
from coopbook.loans.history import WRITE_OFF, history
from coopbook.loans.paying import runs_again
from coopbook.loans.rules import ChangedBefore, check_state
from coopbook.members import Member
from coopbook.members.rules import MemberStatus
from coopbook.money import ZERO, Money
from coopbook.people.approvals import approvable, ask, expired, pending_for
from coopbook.people.model import Approval
from coopbook.people.rules import Role

DECIDERS = frozenset({Role.MANAGER, Role.SUPERVISOR})


@dataclass(frozen=True, slots=True)
class Met:
    """A condition of a write-off, and whether it is met."""

    condition: Condition
    met: bool

    @property
    def name(self) -> str:
        """What has to be true, in English."""
        return CONDITION_NAMES[self.condition]


@dataclass(frozen=True, slots=True)
class Proposed:
    """A write-off as it would be posted on a day: conditions, parts, lines."""

    loan: Loan
    assessed: Assessed
    conditions: tuple[Met, ...]
    principal: Money
    interest: Money
    penalty: Money
    from_allowance: Money
    lines: tuple[Draft, ...]

    @property
    def claim(self) -> Money:
        """Everything that is claimed on."""
        return self.principal + self.interest + self.penalty

    @property
    def from_expense(self) -> Money:
        """What the allowance does not bear."""
        return self.principal - self.from_allowance

    @property
    def missing(self) -> tuple[Met, ...]:
        """The conditions that are not met."""
        return tuple(one for one in self.conditions if not one.met)


def propose_write_off(book: Book, loan: Loan, on: date) -> Proposed:
    """Say what writing a loan off on a day comes to; nothing is posted.

    Raises ``WrongState`` and ``ChangedBefore`` where something of a later day stands.
    """
    check_state(loan.number, loan.state, LoanState.DISBURSED)
    events = history(book, loan).events()
    if events and events[-1][0] > on:
        raise ChangedBefore(loan.number, on, events[-1][0])
    now = assessed(book, loan, on)
    ends = loans.to_date(book, loan, on)
    held = max(account_balance(book, chart.ALLOWANCE, on), ZERO)
    borne = min(held, ends.principal)
    return Proposed(
        loan,
        now,
        tuple(_conditions(book, loan, now, on, borne)),
        *(ends.principal, ends.interest, ends.penalty, borne),
        tuple(_lines(loan, ends.principal, ends.interest + ends.penalty, borne)),
    )


def _conditions(
    book: Book, loan: Loan, now: Assessed, on: date, borne: Money
) -> list[Met]:
    worst = classes.POLICIES[policy_on(book, on)].classes[-1]
    lost = now.verdict.loan_class is worst and now.verdict.reason is not Reason.WORST
    found = [Met(Condition.CLASS, lost)]
    if setting(book, "write_off_provided", on):
        found.append(Met(Condition.PROVIDED, borne == now.outstanding))
    if setting(book, "write_off_letters", on):
        dead = loan.member.status is MemberStatus.DECEASED
        sent = dead or dunning.sent_all(book, loan, on)
        found.append(Met(Condition.LETTERS, sent))
    cover = security.cover_of(book, loan, on)
    found.append(Met(Condition.COLLATERAL, not (cover.total)))
    found.append(Met(Condition.HELD, not now.standing.held))
    return found


def memo_lines(loan: Loan, principal: Money, rest: Money, way: int) -> list[Draft]:
    """Return the memorandum lines of a claim that grows (1) or goes down (-1)."""
    found = []
    for account, amount in (
        (chart.WRITTEN_OFF, principal),
        (chart.SUSPENDED_INTEREST, rest),
    ):
        if amount:
            left, right = (account, chart.MEMO_CONTRA)[::way]
            found.append(debit(left, amount, loan=loan.number))
            found.append(credit(right, amount, loan=loan.number))
    return found


def _lines(loan: Loan, principal: Money, rest: Money, borne: Money) -> list[Draft]:
    found = []
    for account, amount in (
        (chart.ALLOWANCE, borne),
        (chart.ALLOWANCE_EXPENSE, principal - borne),
    ):
        if amount:
            found.append(debit(account, amount, loan=loan.number))
    if principal:
        number = loan.number
        found.append(credit(loan.account_number, principal, card=number, loan=number))
    return found + memo_lines(loan, principal, rest, 1)


def ask_write_off(
    book: Book, loan: Loan, *, on: date, decision_number: int, reason: str
) -> Approval:
    """Ask a second person to write a loan off, by a decision that was taken.

    Raises ``WrongState``, ``ReasonNeeded``, ``NoSuchDecision``, ``WrongBody``,
    ``DecidedLater``, ``DecidedBefore`` it was late, ``NotYetWrittenOff``,
    ``WaitsAlready``, and ``OwnLoan`` or ``RelatedDecides`` of who would ask about kin.
    """
    why = check_reason(reason)
    loans.check_not_own(book, loan)
    bodies = {DecisionBody.BOARD, DecisionBody.MEMBERS}
    check_decided(book, decision_number, on, bodies)
    check_not_waiting(book, loan, WRITE_OFF)
    proposed = _ready(book, loan, on)
    since = first_late_of(proposed.assessed, on)
    check_decided(book, decision_number, on, bodies, since=since)
    return ask(
        book,
        WRITE_OFF,
        f"loan:{loan.number}",
        {
            "loan": loan.number,
            "on": on,
            "decision": decision_number,
            "principal": proposed.principal,
            "claim": proposed.claim,
            "reason": why,
        },
        days=setting(book, "approval_days", on),
    )


def check_not_waiting(book: Book, loan: Loan, kind: str) -> None:
    """Refuse a second request of a kind about a loan; raise ``WaitsAlready``."""
    waits = pending_for(book, f"loan:{loan.number}", kind)
    if waits is not None and not expired(book, waits):
        raise rules.WaitsAlready(waits.number, loan.number)


def check_decided(
    book: Book,
    number: int,
    on: date,
    bodies: set[DecisionBody],
    *,
    since: date | None = None,
) -> Decision:
    """Return a decision of one of some bodies, taken by a day.

    ``since`` is the day before which nobody could have decided about this.
    Raises ``NoSuchDecision``, ``WrongBody``, ``DecidedLater`` and ``DecidedBefore``.
    """
    found = decision(book, number)
    if found.body not in bodies:
        body = sorted(bodies)[0]
        raise rules.WrongBody(found.label, Word(BODY_NAMES[body]))
    if found.decided_on > on:
        raise rules.DecidedLater(found.label, found.decided_on, on)
    if since is not None and found.decided_on < since:
        raise rules.DecidedBefore(found.label, found.decided_on, since)
    return found


def first_late_of(now: Assessed, on: date) -> date | None:
    """Return the first day of the arrears that stand on a day, those carried too."""
    return on - timedelta(days=now.days - 1) if now.days else None


def _ready(book: Book, loan: Loan, on: date) -> Proposed:
    proposed = propose_write_off(book, loan, on)
    if proposed.missing:
        raise rules.NotYetWrittenOff(
            loan.number, tuple(Word(one.name) for one in proposed.missing)
        )
    return proposed


@approvable(WRITE_OFF, N_("Write a loan off"), DECIDERS)
def _write_off(
    book: Book,
    approval: Approval,
    *,
    loan: int,
    on: str,
    decision: int,
    principal: int,
    claim: int,
    reason: str,
) -> Entry:
    row, day = loans.loan(book, loan), date.fromisoformat(on)
    loans.check_not_own(book, row)
    proposed = _ready(book, row, day)
    if (proposed.principal.units, proposed.claim.units) != (principal, claim):
        raise rules.ComesToMore(row.number, Money(claim), proposed.claim)
    now = proposed.assessed
    entry = post(
        book,
        on=day,
        memo=f"Hapus buku pinjaman {row.number}, anggota {row.member_number:04d}",
        lines=list(proposed.lines),
        source=WRITE_OFF,
    )
    book.session.add(
        WriteOff(
            cooperative_id=book.cooperative_id,
            loan_number=row.number,
            entry_number=entry.number,
            written_off_on=day,
            loan_class=now.verdict.loan_class,
            days=now.days,
            principal=proposed.principal,
            interest=proposed.interest,
            penalty=proposed.penalty,
            from_allowance=proposed.from_allowance,
            from_expense=proposed.from_expense,
            decision_number=decision,
            reason=reason,
            asked_by=approval.made_by,
            approved_by=book.actor,
        )
    )
    row.state = LoanState.WRITTEN_OFF
    book.session.flush()
    return entry


def _loan_of(book: Book, entry: Entry) -> Loan:
    number = next(line.loan_number for line in entry.lines if line.loan_number)
    return loans.loan(book, number)


@before_reversal(WRITE_OFF)
def _nothing_on_it(book: Book, entry: Entry) -> None:
    loan = _loan_of(book, entry)
    later = [
        *(row.entry_number for row in recoveries(book, loan=loan)),
        *(row.entry_number for row in waivers(book, loan=loan)),
    ]
    if later:
        raise rules.ClaimsStand(find_entry(book, max(later)).voucher)


@when_reversed(WRITE_OFF)
def _back_in_books(book: Book, entry: Entry, reversal: Entry) -> None:
    loan = _loan_of(book, entry)
    loan.state = LoanState.DISBURSED
    book.session.flush()
    runs_again(book, loan, reversal.booked_on)


@loans.before_applying
def _claims_first(book: Book, member: Member, on: date) -> None:
    """Refuse a new loan to who still owes a written-off one."""
    check_no_claim(book, member)


@loans.before_lending
def _no_claim(book: Book, loan: Loan, on: date) -> None:
    check_no_claim(book, loan.member)


def check_no_claim(book: Book, member: Member) -> None:
    """Refuse what a member cannot do who owes a written-off loan.

    Raises ``ClaimStands``.
    """
    for loan in loans.loans_of(book, member):
        if loan.state is LoanState.WRITTEN_OFF:
            found = claim_of(book, loan)
            if found is not None and found.left.total:
                raise rules.ClaimStands(member.name, loan.number, found.left.total)
