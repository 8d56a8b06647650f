"""Write a policy down; draft, decide on, post, pay a surplus."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from coopbook import corrections
from coopbook.book import Book
from coopbook.cooperatives import setting
from coopbook.corrections.rules import EARNINGS
from coopbook.decisions import Decision
from coopbook.decisions.rules import DecisionBody
from coopbook.i18n import N_
from coopbook.ledger import chart
from coopbook.ledger.accounts import open_card
from coopbook.ledger.closing import is_closed
from coopbook.ledger.journal import entry as find_entry
from coopbook.ledger.model import Account, Card, Entry
from coopbook.ledger.posting import before_reversal, post
from coopbook.ledger.queries import account_balance, card_balance
from coopbook.ledger.rules import Draft, VoucherKind, check_amount, credit, debit
from coopbook.members import Member
from coopbook.members import member as find_member
from coopbook.members.rules import MemberStatus
from coopbook.money import ZERO, Money
from coopbook.people.approvals import approvable, ask
from coopbook.people.model import Approval
from coopbook.people.rules import Role
from coopbook.savings import SavingsAccount
from coopbook.savings.service import check_deposit
from coopbook.settlement import settlement_of, surplus_of_members
from coopbook.statements import net_surplus, year_of
from coopbook.surplus import rules
from coopbook.surplus.model import (
    SurplusDistribution,
    SurplusPolicy,
    SurplusShare,
)
from coopbook.surplus.queries import (
    bases,
    distribution_of,
    has_goods,
    is_posted,
    of_others,
    policies,
    policy_of,
    policy_row,
    shares_of,
)
from coopbook.surplus.rules import Division, Policy, Pool

POST, CREDIT, PAY = "surplus.post", "surplus.credit", "surplus.pay"
COVER = "surplus.cover"

ACCOUNTS = {
    Pool.RESERVE: chart.GENERAL_RESERVE,
    Pool.RISK_RESERVE: chart.RISK_RESERVE,
    Pool.CAPITAL: chart.CAPITAL_RETURN,
    Pool.PATRONAGE: chart.PATRONAGE,
    Pool.BOARD: chart.BOARD_FUND,
    Pool.STAFF: chart.STAFF_FUND,
    Pool.EDUCATION: chart.EDUCATION_FUND,
    Pool.SOCIAL: chart.SOCIAL_FUND,
    Pool.DEVELOPMENT: chart.DEVELOPMENT_FUND,
}
"""Where each pool is posted.  Source: domain guide 5.7."""


def set_policy(
    book: Book,
    policy: Policy,
    *,
    first_year: int,
    source: str,
    on: date,
    decision: Decision | None = None,
) -> SurplusPolicy:
    """Write down how surpluses are divided from a year on.

    ``source`` says where it is written, like ``AD pasal 45``.  Raises what
    ``rules.check`` refuses, and ``NoSource``.
    """
    rules.check(policy, purchases=has_goods(book))
    tidy = " ".join(source.split())
    if not tidy:
        raise rules.NoSource
    last = max((row.number for row in policies(book)), default=0)
    row = SurplusPolicy(
        cooperative_id=book.cooperative_id,
        number=last + 1,
        first_year=first_year,
        rules=rules.kept(policy),
        source=tidy,
        set_on=on,
        set_by=book.actor,
        decision_number=decision.number if decision else None,
    )
    book.session.add(row)
    book.session.flush()
    return row


@dataclass(frozen=True, slots=True)
class Drafted:
    """A year's surplus divided, before anybody decided on it."""

    year: int
    policy: Policy
    surplus: Money
    of_others: Money
    division: Division


def draft(
    book: Book, year: int, policy: Policy | None = None, *, until: date | None = None
) -> Drafted:
    """Divide a year's surplus by its policy, or what if by another; nothing is kept.

    What corrections lowered or raised since it was approved is divided with it.

    ``until`` is a day in the year to look from, as if it ended then.
    Raises ``NoPolicy``, ``Deficit``, ``NothingEarned``, what ``rules.check`` refuses.
    """
    first, last = year_of(date(year, 12, 31))
    last = min(last, until) if until is not None else last
    by = rules.check(policy or policy_of(book, year), purchases=has_goods(book))
    earned = net_surplus(book, first, last)
    surplus = earned + corrected(book, year)
    if min(earned, surplus) < ZERO:
        raise rules.Deficit(year, -min(earned, surplus))
    if not surplus:
        raise rules.NothingEarned(year)
    others = of_others(book, first, last, surplus)
    found = rules.divide(surplus, by, bases(book, year, by, until), of_others=others)
    return Drafted(year, by, surplus, others, found)


def corrected(book: Book, year: int) -> Money:
    """Return by how much corrections booked after a year changed its surplus."""
    some = [
        one
        for one in corrections.booked(book)
        if one.year == year and one.booked_on.year > year
    ]
    if not some:
        return ZERO
    earnings = set(
        book.session.scalars(
            select(Account.number)
            .where(Account.cooperative_id == book.cooperative_id)
            .where(Account.account_type.in_(EARNINGS))
        )
    )
    return Money(
        -sum(
            units
            for one in some
            for number, units in one.moved.items()
            if number in earnings
        )
    )


def so_far(book: Book, member: Member, on: date) -> Money | None:
    """Return what a member's part would be if the year ended on a day.

    Nothing where no policy is written down or nothing was earned: no promise is made.
    """
    try:
        found = draft(book, on.year, until=on).division
    except (rules.NoPolicy, rules.Deficit, rules.NothingEarned):
        return None
    own = (one.total for one in found.shares if one.base.member == member.number)
    return next(own, ZERO)


def approve(
    book: Book, year: int, decision: Decision, *, on: date
) -> SurplusDistribution:
    """Write down that the members decided on a closed year's surplus as drafted.

    The year counts as approved with it.  Raises what ``draft`` does, ``NotYetClosed``,
    ``AlreadyApproved``, ``NotOfMembers`` and ``BeforeDecision``.
    """
    found = draft(book, year)
    _check_closed(book, year)
    standing = distribution_of(book, year)
    if standing is not None:
        raise rules.AlreadyApproved(year, label_of(book, standing.decision_number))
    check_members(decision, year)
    if on < decision.decided_on:
        raise rules.BeforeDecision(decision.decided_on)
    last = book.session.scalar(
        select(func.max(SurplusDistribution.number)).where(
            SurplusDistribution.cooperative_id == book.cooperative_id
        )
    )
    row = SurplusDistribution(
        cooperative_id=book.cooperative_id,
        number=int(last or 0) + 1,
        year=year,
        rules=policy_row(book, year).rules,
        surplus=found.surplus,
        member_surplus=found.surplus - found.of_others,
        approved_on=on,
        decision_number=decision.number,
        approved_by=book.actor,
        entry_number=None,
        credit_entry=None,
    )
    book.session.add(row)
    book.session.flush()
    book.session.add_all(
        SurplusShare(
            cooperative_id=book.cooperative_id,
            distribution_number=row.number,
            member_number=one.base.member,
            capital_base=Money(int(one.base.capital)),
            activity=Money(int(one.base.activity)),
            capital=one.capital,
            patronage=one.patronage,
        )
        for one in found.division.shares
    )
    book.session.flush()
    return row


def _check_closed(book: Book, year: int) -> None:
    """Refuse a year that is not closed, or whose surplus does not wait on 34002."""
    surplus = net_surplus(book, *year_of(date(year, 12, 31)))
    if not is_closed(book, str(year)):
        raise rules.NotYetClosed(year)
    waiting = account_balance(book, chart.EARLIER_SURPLUS, date(year + 1, 1, 1))
    later = account_balance(book, chart.EARLIER_SURPLUS)
    if min(waiting, later) < surplus:
        raise rules.NotYetClosed(year)


def label_of(book: Book, number: int) -> str:
    """Return how a decision is numbered on paper."""
    row = book.get(Decision, number)
    return row.label if row is not None else str(number)


def check_members(decision: Decision, year: int) -> None:
    """Refuse a decision that is not the meeting's, or of before the year's end."""
    if decision.body is not DecisionBody.MEMBERS or decision.decided_on <= date(
        year, 12, 31
    ):
        raise rules.NotOfMembers(decision.label, year)


def lines_of(book: Book, row: SurplusDistribution) -> list[Draft]:
    """Return the lines that hand a decided surplus out to its pools.

    What corrections changed of it leaves 34004 with it.
    """
    pools = pools_of(book, row)
    earned = net_surplus(book, *year_of(date(row.year, 12, 31)))
    changed = row.surplus - earned
    return [
        debit(chart.EARLIER_SURPLUS, earned),
        *([debit(chart.PRIOR_YEAR, changed)] if changed > ZERO else []),
        *([credit(chart.PRIOR_YEAR, -changed)] if changed < ZERO else []),
        *(credit(ACCOUNTS[pool], pools[pool]) for pool in Pool if pools.get(pool)),
    ]


def pools_of(book: Book, row: SurplusDistribution) -> dict[Pool, Money]:
    """Return what each pool gets of a decided surplus."""
    policy = rules.read(row.rules)
    others = row.surplus - row.member_surplus
    found = rules.allocate(row.surplus, policy, of_others=others)
    pools = dict(found.pools)
    own = shares_of(book, row)
    for pool, given in (
        (Pool.CAPITAL, sum((one.capital for one in own), ZERO)),
        (Pool.PATRONAGE, sum((one.patronage for one in own), ZERO)),
    ):
        left = found.amount(pool) - given
        if left:
            pools[pool] = given
            pools[Pool.RESERVE] = pools.get(Pool.RESERVE, ZERO) + left
    return pools


def post_surplus(book: Book, year: int, *, on: date) -> SurplusDistribution:
    """Hand a decided surplus out: to its pools, and each member's part to their card.

    Raises ``NotDecided``, ``AlreadyPosted`` and ``BeforeDecision``.
    """
    row = distribution_of(book, year)
    if row is None:
        raise rules.NotDecided(year)
    if row.entry_number is not None:
        voucher = find_entry(book, row.entry_number).voucher
        raise rules.AlreadyPosted(year, voucher)
    if on < row.approved_on:
        raise rules.BeforeDecision(row.approved_on)
    label = label_of(book, row.decision_number)
    entry = post(
        book,
        on=on,
        memo=f"Pembagian SHU {year}, keputusan {label}",
        lines=lines_of(book, row),
        source=POST,
    )
    row.entry_number = entry.number
    own = [one for one in shares_of(book, row) if one.total]
    if own:
        capital = sum((one.capital for one in own), ZERO)
        patronage = sum((one.patronage for one in own), ZERO)
        for one in own:
            _card(book, one.member_number)
        book.session.flush()
        row.credit_entry = post(
            book,
            on=on,
            memo=f"SHU {year} bagian anggota",
            lines=[
                *([debit(chart.CAPITAL_RETURN, capital)] if capital else []),
                *([debit(chart.PATRONAGE, patronage)] if patronage else []),
                *(
                    credit(chart.MEMBER_SURPLUS, one.total, card=one.member_number)
                    for one in own
                ),
            ],
            source=CREDIT,
        ).number
    book.session.flush()
    return row


def _card(book: Book, member: int) -> None:
    """Open the member's card of surplus not taken, where there is none."""
    if book.get(Card, chart.MEMBER_SURPLUS, member) is None:
        open_card(book, chart.MEMBER_SURPLUS, member, name="SHU", floor=ZERO)


@before_reversal(POST)
def _credited_first(book: Book, entry: Entry) -> None:
    """Refuse to take a surplus back from its pools while members hold their parts."""
    row = book.session.scalar(
        select(SurplusDistribution)
        .where(SurplusDistribution.cooperative_id == book.cooperative_id)
        .where(SurplusDistribution.entry_number == entry.number)
    )
    if row is None or row.credit_entry is None:
        return
    credited = find_entry(book, row.credit_entry)
    undone = book.session.scalar(
        select(Entry.number)
        .where(Entry.cooperative_id == book.cooperative_id)
        .where(Entry.reverses == credited.number)
    )
    if undone is None:
        raise rules.CreditedFirst(credited.voucher)


def waiting_of(book: Book, member: Member, on: date | None = None) -> Money:
    """Return the surplus of closed years that a member has not taken."""
    if book.get(Card, chart.MEMBER_SURPLUS, member.number) is None:
        return ZERO
    return card_balance(book, chart.MEMBER_SURPLUS, member.number, on)


@surplus_of_members
def _for_a_leaver(book: Book, member: Member, on: date) -> list[Draft]:
    """Return what a settlement takes off the card of surplus not taken."""
    left = min(waiting_of(book, member, on), waiting_of(book, member))
    if left <= ZERO:
        return []
    return [debit(chart.MEMBER_SURPLUS, left, card=member.number)]


def pay(
    book: Book,
    member: Member,
    amount: Money | None = None,
    *,
    on: date,
    to: SavingsAccount | None = None,
    approval: int | None = None,
    heir: str = "",
    papers: str = "",
) -> Entry:
    """Pay a member's waiting surplus in cash, or into savings; all of it unless told.

    What belonged to a member who died is paid to an heir who showed papers; both stand
    on the voucher.  Raises ``NothingWaiting``, ``NotAnAmount``, ``NotSoMuch``,
    ``NotTheirAccount``, ``HeirNeeded`` and what paying into the account refuses.
    """
    asked = _asked(book, member, amount, on)
    receives = _check_heir(book, member, heir, papers)
    if to is not None:
        if to.member_number != member.number:
            raise rules.NotTheirAccount(to.number, member.name)
        check_deposit(book, to, asked, on=on)
        target = credit(to.account_number, asked, card=to.number)
    else:
        target = credit(chart.TELLER_CASH, asked)
    return post(
        book,
        on=on,
        memo=f"SHU {member.number:04d} {'ke simpanan' if to is not None else 'tunai'}"
        + receives,
        lines=[debit(chart.MEMBER_SURPLUS, asked, card=member.number), target],
        kind=VoucherKind.BM if to is not None else VoucherKind.BKK,
        source=PAY,
        approval=approval,
    )


def died(book: Book, member: Member) -> bool:
    """Say whether what waits for a member belongs to heirs."""
    row = settlement_of(book, member)
    return member.status is MemberStatus.DECEASED or (
        row is not None and row.cause is MemberStatus.DECEASED
    )


def _check_heir(book: Book, member: Member, heir: str, papers: str) -> str:
    """Return who receives it, for the voucher; nothing while the member lives."""
    if not died(book, member):
        return ""
    name, shown = " ".join(heir.split()), " ".join(papers.split())
    if not (name and shown):
        raise rules.HeirNeeded(member.name)
    return f", ahli waris {name} ({shown})"


def _asked(book: Book, member: Member, amount: Money | None, on: date) -> Money:
    held = min(waiting_of(book, member, on), waiting_of(book, member))
    if held <= ZERO:
        raise rules.NothingWaiting(member.name)
    asked = held if amount is None else amount
    check_amount(asked)
    if asked > held:
        raise rules.NotSoMuch(member.name, held)
    return asked


def pay_or_ask(
    book: Book,
    member: Member,
    amount: Money | None = None,
    *,
    on: date,
    to: SavingsAccount | None = None,
    heir: str = "",
    papers: str = "",
) -> Entry | Approval:
    """Pay a waiting surplus, or ask for a second person above the payout limit."""
    asked = _asked(book, member, amount, on)
    _check_heir(book, member, heir, papers)
    if to is not None or asked <= Money(setting(book, "payout_limit", on)):
        return pay(book, member, asked, on=on, to=to, heir=heir, papers=papers)
    request = {"member": member.number, "amount": asked, "on": on}
    if heir:
        request |= {"heir": heir, "papers": papers}
    return ask(
        *(book, PAY, f"surplus:{member.number}", request),
        days=setting(book, "approval_days", on),
    )


@approvable(PAY, N_("Pay out a surplus above the limit"), frozenset({Role.MANAGER}))
def _approved_payment(
    book: Book,
    approval: Approval,
    *,
    member: int,
    amount: int,
    on: str,
    heir: str = "",
    papers: str = "",
) -> Entry:
    return pay(
        *(book, find_member(book, member), Money(amount)),
        on=date.fromisoformat(on),
        approval=approval.number,
        heir=heir,
        papers=papers,
    )


def uncovered(book: Book, on: date) -> Money:
    """Return the deficit of earlier years that is not covered, on a day and after."""
    owed = min(
        account_balance(book, chart.DEFICIT, on), account_balance(book, chart.DEFICIT)
    )
    return max(owed, ZERO)


def cover_deficit(book: Book, amount: Money, decision: Decision, *, on: date) -> Entry:
    """Cover deficits of earlier years from the general reserve, as members decided.

    Raises ``NotOfMembers``, ``NoDeficit``, and ``ReserveTooSmall``.  Source: domain
    guide 5.7.
    """
    check_amount(amount)
    if decision.body is not DecisionBody.MEMBERS:
        raise rules.NotOfMembers(decision.label, on.year - 1)
    owed = uncovered(book, on)
    if amount > owed:
        raise rules.NoDeficit(owed)
    held = account_balance(book, chart.GENERAL_RESERVE, on)
    if amount > held:
        raise rules.ReserveTooSmall(max(held, ZERO))
    return post(
        book,
        on=on,
        memo=f"Rugi tahun lalu ditutup, keputusan {decision.label}",
        lines=[
            debit(chart.GENERAL_RESERVE, amount),
            credit(chart.DEFICIT, amount),
        ],
        source=COVER,
    )


def is_handed_out(book: Book, year: int) -> bool:
    """Say whether a year's surplus was posted and stands."""
    row = distribution_of(book, year)
    return row is not None and is_posted(book, row)
