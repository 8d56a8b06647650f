"""Begin a leaving, set off, pay: the guided end of a membership."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from coopbook import baddebts, deposits, groups, members, orders, proxies, savings
from coopbook.book import Book
from coopbook.decisions.model import Decision
from coopbook.i18n import Word
from coopbook.ledger import chart
from coopbook.ledger.accounts import open_card
from coopbook.ledger.model import Card, Entry
from coopbook.ledger.posting import post
from coopbook.ledger.queries import card_balance
from coopbook.ledger.rules import credit
from coopbook.loans import LoanState
from coopbook.members import Member
from coopbook.members.changing import note_change
from coopbook.members.relations import Relation
from coopbook.members.rules import STATUS_NAMES, MemberStatus, check_name, tidy_number
from coopbook.members.sealing import seal_fields
from coopbook.members.service import last_change
from coopbook.members.standing import LEAVING, DecisionNeeded, WhyNeeded
from coopbook.money import ZERO, Money
from coopbook.settlement import rules
from coopbook.settlement.holding import release_own
from coopbook.settlement.model import Payee, Settlement
from coopbook.settlement.reckoning import Statement, lines_of, reckon
from coopbook.settlement.rules import STATE_NAMES, SettlementState

SETTLE = "settlement.settle"


@dataclass(frozen=True, slots=True)
class Heir:
    """Who is to receive a part, what they are to the member, and on which papers."""

    name: str
    amount: Money
    relation: Relation | None = None
    papers: str = ""
    national_id: str | None = None


def begin(
    book: Book,
    member: Member,
    cause: MemberStatus,
    *,
    on: date,
    reason: str,
    decision: Decision | None = None,
) -> Settlement:
    """Begin the end of a membership: from now on everything of the member stands still.

    ``cause`` is resigned, expelled or deceased.  Powers of attorney and standing
    orders end with it; loans can still be paid.  Raises ``CannotLeave``,
    ``DecisionNeeded`` for an expulsion, ``WhyNeeded`` and ``ChangedBefore``.
    """
    if cause not in LEAVING.get(member.status, frozenset()):
        raise rules.CannotLeave(member.name, Word(STATUS_NAMES[member.status]))
    if cause is MemberStatus.EXPELLED and decision is None:
        raise DecisionNeeded(Word(STATUS_NAMES[cause]))
    tidy = " ".join(reason.split())
    if not tidy:
        raise WhyNeeded
    note_change(book, member, cause, on=on, reason=tidy, decision=decision)
    for one in proxies.proxies_of(book, member):
        if one.ended_on is None:
            proxies.revoke(book, one, on=on, reason="Keanggotaan berakhir")
    for order in orders.orders_of(book, member):
        orders.end_order(book, order, on=on)
    last = book.session.scalar(
        select(func.max(Settlement.number)).where(
            Settlement.cooperative_id == book.cooperative_id
        )
    )
    row = Settlement(
        cooperative_id=book.cooperative_id,
        number=(last or 0) + 1,
        member_number=member.number,
        cause=cause,
        begun_on=on,
        decision_number=decision.number if decision else None,
        reason=tidy,
        state=SettlementState.BEGUN,
        settled_on=None,
        entry_number=None,
        net=None,
    )
    book.session.add(row)
    book.session.flush()
    return row


def settle(
    book: Book,
    row: Settlement,
    *,
    on: date,
    set_off: bool,
    heirs: Sequence[Heir] | None = None,
) -> Entry | Settlement:
    """Post the settlement: all cards emptied, debts set off, the rest owed to payees.

    What is left goes to 21404 on a card of the member and is paid by ``pay_out``, now
    or after the meeting; where debts are more, the loans keep what remains as a
    claim.  Returns the entry, or the settlement where there was nothing to post.
    Without ``heirs`` the member is the payee, or, after a death, the
    beneficiaries by their percentages.  Raises ``WrongStep``, ``BeforeItBegan``,
    ``LoanStillRuns`` unless it is ``set_off``, ``OwesShop``, ``ClaimStands``,
    ``HeldForLoans``, ``AccountBlocked``, ``StillGuarantees``, ``SharesDoNotAddUp``,
    ``HeirsMissing`` and ``PapersNeeded``.
    """
    check_state(row, SettlementState.BEGUN)
    member = members.member(book, row.member_number)
    if member.status is not row.cause:
        raise rules.CannotLeave(member.name, Word(STATUS_NAMES[member.status]))
    if on < row.begun_on:
        raise rules.BeforeItBegan(row.begun_on)
    said = reckon(book, member, row.cause, on)
    check_debts(said, set_off=set_off)
    baddebts.check_no_claim(book, member)
    _check_nothing_held(book, member)
    for one in said.saved:
        savings.check_unblocked(one.account)
    release_own(book, row, said, on)
    deposits.accrue(book, on, only=[tied.deposit for tied in said.tied])
    receive = _payees(book, row, said, heirs)
    lines = lines_of(said)
    if said.net > ZERO:
        _open_payable(book, member)
        lines.append(credit(chart.FORMER_MEMBERS, said.net, card=member.number))
    entry = None
    if lines:
        entry = post(
            book,
            on=on,
            memo=f"Penyelesaian keanggotaan {member.number:04d} {member.name}",
            lines=lines,
            source=SETTLE,
        )
    _conclude(book, row, said, entry)
    for heir in receive:
        _note_payee(book, row, heir)
    return entry or row


def check_state(row: Settlement, *states: SettlementState) -> None:
    """Refuse a step that is past or to come; raise ``WrongStep``."""
    if row.state not in states:
        raise rules.WrongStep(row.number, Word(STATE_NAMES[row.state]))


def _check_nothing_held(book: Book, member: Member) -> None:
    """Refuse to settle while money waits for loans; raise ``HeldForLoans``."""
    if book.get(Card, chart.OVERPAID, member.number) is not None:
        held = card_balance(book, chart.OVERPAID, member.number)
        if held > ZERO:
            raise rules.HeldForLoans(member.name, held)


def check_debts(said: Statement, *, set_off: bool) -> None:
    """Refuse to leave with debts that are not set off.

    Raises ``LoanStillRuns``, and ``OwesShop`` for more than all that was saved.
    """
    if said.shop > said.owns:
        raise rules.OwesShop(said.member.name, said.shop, said.shop - said.owns)
    if said.owes > ZERO and not set_off:
        raise rules.LoanStillRuns(said.member.name, said.owes)


def _payees(
    book: Book, row: Settlement, said: Statement, heirs: Sequence[Heir] | None
) -> list[Heir]:
    """Return who receives what; the parts come to what is left."""
    died = row.cause is MemberStatus.DECEASED
    if said.net <= ZERO:
        return []
    if heirs is None:
        if not died:
            return [Heir(said.member.name, said.net)]
        heirs = suggested(book, said.member, said.net)
    given = sum((heir.amount for heir in heirs), ZERO)
    if given != said.net or any(heir.amount <= ZERO for heir in heirs):
        raise rules.SharesDoNotAddUp(said.net, given)
    for heir in heirs:
        if died and not heir.papers.strip():
            raise rules.PapersNeeded(heir.name)
    return list(heirs)


def suggested(book: Book, member: Member, net: Money) -> list[Heir]:
    """Divide what is left by the percentages of the member's beneficiaries.

    Raises ``HeirsMissing`` where they do not come to a hundred.
    """
    named = members.beneficiaries(book, member)
    left = 100 - sum(one.share for one in named)
    if left:
        raise rules.HeirsMissing(member.name, left)
    parts = net.split([one.share for one in named])
    return [
        Heir(one.name, part, one.relation)
        for one, part in zip(named, parts, strict=True)
    ]


def _open_payable(book: Book, member: Member) -> None:
    if book.get(Card, chart.FORMER_MEMBERS, member.number) is None:
        open_card(
            *(book, chart.FORMER_MEMBERS, member.number),
            name=f"Bekas anggota {member.number:04d} {member.name}",
            floor=ZERO,
        )
        book.session.flush()


def _conclude(
    book: Book, row: Settlement, said: Statement, entry: Entry | None
) -> None:
    for one in said.saved:
        savings.rule_off(book, one.account, on=said.on)
    for tied in said.tied:
        assert entry is not None
        deposits.end_by(book, entry, tied.deposit, tied.ending, tied.tax, on=said.on)
    for debt in said.debts:
        if debt.set_off.total == debt.owed.total:
            debt.loan.state = LoanState.SETTLED
    row.settled_on, row.net = said.on, said.net
    row.entry_number = entry.number if entry else None
    row.state = SettlementState.PAYABLE
    if said.net < ZERO:
        row.state = SettlementState.CLAIM
    elif said.net == ZERO:
        row.state = SettlementState.PAID
    book.session.flush()
    groups.gone(book, said.member, on=said.on, note=f"Penyelesaian {row.number}")
    if said.net >= ZERO:
        member = said.member
        on = max(said.on, last_change(book, member))
        reason = f"Penyelesaian {row.number}"
        note_change(book, member, MemberStatus.SETTLED, on=on, reason=reason)


def _note_payee(book: Book, row: Settlement, heir: Heir) -> None:
    last = book.session.scalar(
        select(func.max(Payee.number))
        .where(Payee.cooperative_id == book.cooperative_id)
        .where(Payee.settlement_number == row.number)
    )
    payee = Payee(
        cooperative_id=book.cooperative_id,
        settlement_number=row.number,
        number=(last or 0) + 1,
        name=check_name(heir.name),
        relation=heir.relation,
        papers=heir.papers.strip(),
        amount=heir.amount,
        entry_number=None,
        void=False,
    )
    number = tidy_number(heir.national_id, "NIK")
    seal_fields(book, payee, national_id=number)
    book.session.add(payee)
    book.session.flush()


def end_claim(book: Book, row: Settlement, *, on: date) -> Settlement:
    """End a claim whose loans were paid since; the member is settled.

    Raises ``WrongStep`` and ``ClaimStands``.
    """
    check_state(row, SettlementState.CLAIM)
    member = members.member(book, row.member_number)
    said = reckon(book, member, row.cause, on)
    if said.owes > ZERO:
        raise rules.ClaimStands(member.name, said.owes)
    row.state = SettlementState.PAID
    note_change(
        *(book, member, MemberStatus.SETTLED),
        on=max(on, last_change(book, member)),
        reason=f"Penyelesaian {row.number}",
    )
    return row
