"""Who decides on a loan: by its amount, by whose it is, and never one's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from coopbook import members
from coopbook.book import Book
from coopbook.cooperatives import setting, today
from coopbook.cooperatives.model import Office
from coopbook.cooperatives.offices import in_office
from coopbook.dates import parse_month
from coopbook.decisions.queries import decision
from coopbook.decisions.rules import DecisionBody
from coopbook.i18n import N_
from coopbook.ledger.closing import last_closed
from coopbook.ledger.queries import own_capital
from coopbook.loans import rules
from coopbook.loans.history import conditions_of
from coopbook.loans.model import Loan
from coopbook.loans.queries import loan as find_loan
from coopbook.loans.queries import loans_of, standing
from coopbook.loans.rules import LoanState
from coopbook.members.model import Member
from coopbook.members.relations import RELATED as NEAR_KIN
from coopbook.money import ZERO, Money
from coopbook.people.approvals import approvable, ask, pending_for
from coopbook.people.model import Approval, User
from coopbook.people.rules import Role
from coopbook.people.service import roles_of

SMALL, KIND, RELATED = "loans.approve.small", "loans.approve", "loans.agree"

Check = Callable[[Book, Loan, date], None]
BEFORE_LENDING: list[Check] = []


def before_lending(check: Check) -> Check:
    """Register what may refuse a loan for a reason loans know nothing of.

    It is asked when somebody approves, when somebody agrees, and at the payout.
    """
    BEFORE_LENDING.append(check)
    return check


def check_lending(book: Book, loan: Loan, on: date) -> None:
    """Ask everything that was registered by ``before_lending``."""
    for check in BEFORE_LENDING:
        check(book, loan, on)


@dataclass(frozen=True, slots=True)
class LendingLimit:
    """What one borrower may owe in all, and what they would owe.

    ``share`` is that of own capital, ``capital`` what it counts on ``as_of``.
    """

    related: bool
    share: Fraction
    capital: Money
    as_of: date
    owes: Money

    @property
    def most(self) -> Money:
        """The most a borrower may owe, rounded down."""
        return Money(int(self.share * self.capital.units))

    @property
    def kept(self) -> bool:
        """What the borrower would owe is within it."""
        return self.owes <= self.most


def lending_limit(book: Book, member: Member, more: Money, on: date) -> LendingLimit:
    """Return the lending limit of a borrower who would owe so much more.

    Own capital counts as at the last closed month, or on the day where none is
    closed; a savings-and-loan unit counts its fixed capital.

    Source: Permenkop 8/2023, 10 % of own capital to a related party and 15 % to others,
            on outstanding principal [secondary sources]; both are by-law settings.
    """
    related = bool(members.ties(book, member))
    name = "lending_limit_related" if related else "lending_limit_other"
    month = last_closed(book)
    as_of = parse_month(month)[1] if month and len(month) == 7 else on
    fixed = setting(book, "unit_fixed_capital", on)
    capital = Money(fixed) if fixed else own_capital(book, as_of)
    owes = more
    for each in loans_of(book, member):
        if each.state is LoanState.DISBURSED:
            owes += standing(book, each, on).outstanding_principal
    return LendingLimit(
        related, Fraction(setting(book, name, on), 100), capital, as_of, owes
    )


def check_lending_limit(book: Book, member: Member, more: Money, on: date) -> None:
    """Refuse a loan above the lending limit, where the by-laws make it binding.

    Raises ``AboveLendingLimit``.
    """
    if not setting(book, "lending_limit_binding", on):
        return
    limit = lending_limit(book, member, more, on)
    if not limit.kept:
        room = max(limit.most - (limit.owes - more), ZERO)
        raise rules.AboveLendingLimit(
            *(member.name, limit.owes, limit.most, int(limit.share * 100)),
            *(limit.capital, room),
        )


def whole_of(loan: Loan) -> Money:
    """Return all that a loan may come to: what is approved of one in tranches."""
    return max(loan.principal, conditions_of(loan).approved or ZERO)


def added_by(book: Book, loan: Loan, on: date) -> Money:
    """Return how much more a borrower owes by a loan; one may take another's place."""
    if loan.replaces is None:
        return whole_of(loan)
    old = standing(book, find_loan(book, loan.replaces), on).outstanding_principal
    return max(loan.principal - old, ZERO)


def kind_for(book: Book, loan: Loan, on: date) -> str:
    """Return who is asked: the treasurer for small loans, the manager for others."""
    small = whole_of(loan).units <= setting(book, "loan_treasurer_limit", on)
    return SMALL if small and loan.related is None else KIND


def ask_for(book: Book, loan: Loan, on: date) -> Approval:
    """Ask the person whose decision it is; the request holds what will be lent."""
    return ask(
        book,
        kind_for(book, loan, on),
        f"loan:{loan.number}",
        {
            "loan": loan.number,
            "member": loan.member_number,
            "principal": loan.principal,
            "term": loan.term,
            "rate": loan.rate,
            "method": loan.method,
            "purpose": loan.purpose,
        }
        | ({"conditions": loan.conditions} if loan.conditions else {})
        | ({"decision": loan.decision_number} if loan.decision_number else {})
        | ({"related": loan.related} if loan.related else {}),
        days=setting(book, "approval_days", on),
    )


def asked_for(book: Book, loan: Loan) -> Approval | None:
    """Return the request that waits about a loan, whoever decides it."""
    for kind in (RELATED, KIND, SMALL):
        found = pending_for(book, f"loan:{loan.number}", kind)
        if found is not None:
            return found
    return None


def check_not_own(book: Book, loan: Loan) -> None:
    """Refuse to let somebody decide on their own loan, their house's or their kin's.

    Raises ``OwnLoan`` and ``RelatedDecides``.
    """
    person = book.get(User, book.actor)
    if person is None or person.member_number is None:
        return
    if person.member_number == loan.member_number:
        raise rules.OwnLoan
    borrower = members.member(book, loan.member_number)
    check_kin(book, person, borrower)


def check_kin(book: Book, person: User, borrower: Member) -> None:
    """Refuse somebody of a member's house or kin; raise ``RelatedDecides``."""
    house = members.household_of(book, borrower)
    near = {each.number for each in house[1]} if house else set()
    near |= {
        each.member.number
        for each in members.relatives(book, borrower)
        if each.member is not None and each.relation in NEAR_KIN
    }
    if person.member_number in near:
        raise rules.RelatedDecides(person.full_name, borrower.name)


def check_board(book: Book, loan: Loan, on: date) -> None:
    """Refuse a large loan that no decision of the board carries.

    Raises ``BoardDecides``.
    """
    most = Money(setting(book, "loan_chair_limit", on))
    if whole_of(loan) <= most:
        return
    if loan.decision_number is not None:
        body = decision(book, loan.decision_number).body
        if body in (DecisionBody.BOARD, DecisionBody.MEMBERS):
            return
    raise rules.BoardDecides(loan.number, most)


def refused(book: Book, approval: Approval, *, loan: int, **rest: object) -> Loan:
    """Mark a loan as refused, whoever refused it."""
    row = find_loan(book, loan)
    if row.state is LoanState.APPLIED:
        row.state = LoanState.REFUSED
        book.session.flush()
    return row


def _decided(book: Book, row: Loan) -> Loan:
    day = today(book)
    rules.check_state(row.number, row.state, LoanState.APPLIED)
    check_not_own(book, row)
    if row.applied_by == book.actor:
        raise rules.ProposerDecides(book.actor)
    check_board(book, row, day)
    check_lending(book, row, day)
    check_lending_limit(book, row.member, added_by(book, row, day), day)
    row.approved_on, row.approved_by = day, book.actor
    if row.related is not None:
        ask(
            book,
            RELATED,
            f"loan:{row.number}",
            {"loan": row.number, "related": row.related, "principal": row.principal},
            days=setting(book, "approval_days", day),
        )
    else:
        _approved(book, row, day)
    book.session.flush()
    return row


def _approved(book: Book, row: Loan, day: date) -> None:
    board = in_office(book, Office.BOARD, day)
    head = in_office(book, Office.VILLAGE_HEAD, day)
    row.state = LoanState.APPROVED
    row.board_term = board.number if board else None
    row.head_term = head.number if head else None


@approvable(
    SMALL,
    N_("Approve a small loan"),
    frozenset({Role.TREASURER, Role.MANAGER}),
    refusal=refused,
)
def _approve_small(
    book: Book, approval: Approval, *, loan: int, **rest: object
) -> Loan:
    row = find_loan(book, loan)
    most = Money(setting(book, "loan_treasurer_limit", today(book)))
    if whole_of(row) > most and Role.MANAGER not in roles_of(book, book.actor):
        raise rules.AboveTreasurer(row.number, most)
    return _decided(book, row)


@approvable(KIND, N_("Approve a loan"), frozenset({Role.MANAGER}), refusal=refused)
def _approve(book: Book, approval: Approval, *, loan: int, **rest: object) -> Loan:
    return _decided(book, find_loan(book, loan))


@approvable(
    RELATED,
    N_("Agree to a loan of a related party"),
    frozenset({Role.SUPERVISOR}),
    refusal=refused,
)
def _agree(book: Book, approval: Approval, *, loan: int, **rest: object) -> Loan:
    row, day = find_loan(book, loan), today(book)
    rules.check_state(row.number, row.state, LoanState.APPLIED)
    check_not_own(book, row)
    if book.actor in (row.applied_by, row.approved_by):
        raise rules.ProposerDecides(book.actor)
    check_lending(book, row, day)
    check_lending_limit(book, row.member, added_by(book, row, day), day)
    row.agreed_on, row.agreed_by = day, book.actor
    _approved(book, row, day)
    book.session.flush()
    return row
