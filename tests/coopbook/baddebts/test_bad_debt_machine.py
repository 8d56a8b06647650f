"""Classed, restructured, written off, recovered, waived, reversed, in any order."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select
from sqlalchemy.orm import Session

from coopbook import baddebts, ledger, loans, members, savings
from coopbook.baddebts import daily
from coopbook.baddebts.classes import LoanClass
from coopbook.baddebts.rules import NotYetWrittenOff
from coopbook.book import Book
from coopbook.errors import CoopbookError
from coopbook.ledger import chart
from coopbook.loans import LoanState
from coopbook.money import Money
from coopbook.people import approvals
from coopbook.people.model import Approval
from coopbook.people.rules import ApprovalState
from coopbook.verification import verify
from tests.conftest import FIRST_DAY, PEOPLE, SOAK, VAULT, as_, found
from tests.coopbook.gone_bad import by_law, decided
from tests.coopbook.rounds.neighbours import lend
from tests.coopbook.test_book_machine import cards_of

RUNS = int(os.environ.get("COOPBOOK_LIVES", "500" if SOAK else "10"))
STEPS = 40
people = st.sampled_from(sorted(PEOPLE))
lenders = st.sampled_from([*["tono", "budi", "wati"] * 4, *sorted(PEOPLE)])
judges = st.sampled_from([*["sari", "budi", "wati"] * 4, *sorted(PEOPLE)])
"""Mostly who may decide, sometimes anybody."""

amounts = st.sampled_from([1, 999, 50_000, 118_000, 400_000, 1_300_000, 9_000_000])
waits = st.sampled_from([1, 29, 31, 92, 185, 220])


@dataclass
class Remembered:
    """What people remember of a loan that left the books."""

    principal: int
    rest: int
    write_off: int
    moves: dict[int, tuple[str, int, int]] = field(default_factory=dict)
    told: set[int] = field(default_factory=set)

    @property
    def left(self):
        """What is still claimed: principal, and interest with penalty."""
        gone = [(p, r) for _, p, r in self.moves.values()]
        return (
            self.principal - sum(p for p, _ in gone),
            self.rest - sum(r for _, r in gone),
        )


class GoneBad(RuleBasedStateMachine):
    """Loans in trouble; what is accepted is mirrored from the lines of the entries."""

    engine = None

    @initialize()
    def found(self):
        self.coop = found(self.engine, bare=True)
        self.session = Session(self.engine)
        self.book = Book(self.session, self.coop.number, "rina", vault=VAULT)
        self.today = FIRST_DAY
        self.claims: dict[int, Remembered] = {}
        self.loans: list[int] = []
        self.entries: list[int] = []
        with self.book.transaction():
            much = Money(9 * 10**10)
            lines = [ledger.debit(chart.TELLER_CASH, much), ledger.credit(33002, much)]
            ledger.post(self.book, on=FIRST_DAY, memo="Hibah", lines=lines)
            for name, value in (
                ("share_arrears_to_borrow", 99),
                ("write_off_letters", 0),
                ("write_off_provided", 0),
                ("waiver_body", 1),
                ("payout_limit", 10**12),
            ):
                by_law(self.book, name, value)
            self.decision = decided(self.book, FIRST_DAY)
            for name in ("Wati", "Tuti", "Yanti"):
                who = members.admit(self.book, name, on=FIRST_DAY)
                kind = savings.product(self.book, "principal")
                share = savings.open_account(self.book, who, kind)
                savings.deposit(self.book, share, Money(100_000), on=FIRST_DAY)
                self.loans.append(lend(self.book, who).number)
        self.today += timedelta(days=240)

    def teardown(self):
        if not hasattr(self, "book"):
            return
        self.session.close()
        checks = verify(
            engine=self.engine, vault=VAULT, cooperative_id=self.coop.number
        )
        assert [one.finding.said() for one in checks if not one.in_order] == []

    def attempt(self, do, allowed=None):
        """Do something; ``allowed`` says what the model thinks, if it knows."""
        try:
            with self.book.transaction():
                result = do(self.book)
                kept = getattr(result, "number", True)
        except CoopbookError as refusal:
            assert allowed is not True, f"refused without reason: {refusal}"
            return None
        assert allowed is not False, "accepted what the model refuses"
        return kept

    def some(self, data, numbers):
        return data.draw(st.sampled_from(sorted(numbers)), label="number")

    def agreed(self, kind, number, by):
        """Let somebody agree to what waits about a loan; return what it returned."""

        def do(book):
            waits = approvals.pending_for(book, f"loan:{number}", kind)
            if kind == "loans.approve":  # whoever decides on this amount
                waits = loans.asked_for(book, loans.loan(book, number))
            assert waits is not None
            made = waits.made_by
            with as_(book, by):
                result = approvals.approve(book, waits.number, digest=waits.digest)
            assert made != by, "one person made and approved it"
            return result

        return self.attempt(do)

    # -- time, classes -------------------------------------------------------

    @rule(days=waits)
    def wait(self, days):
        self.today += timedelta(days=days)

    @rule()
    def class_everything(self):
        self.attempt(lambda book: daily.class_loans(book, self.today), True)
        self.attempt(lambda book: baddebts.provide(book, self.today) or book, True)
        last = self.today
        for number in self.loans:
            loan = loans.loan(self.book, number)
            rows = daily.rows_of(self.book, loan)
            said = daily.logged(rows, last) or daily.ENDED
            assert said == daily.state_on(self.book, loan, last)
        self.session.rollback()

    # -- loans ---------------------------------------------------------------

    @precondition(lambda self: len(self.loans) < 6)
    @rule(who=st.integers(1, 3), officer=people, approver=lenders, payer=people)
    def lend(self, who, officer, approver, payer):
        def ask(book):
            with as_(book, officer):
                return loans.apply(
                    *(book, members.member(book, who)),
                    loans.product(book, "productive"),
                    Money(1_200_000),
                    term=12,
                    purpose="modal",
                    on=self.today,
                )

        claimed = any(
            sum(one.left) and loans.loan(self.book, number).member_number == who
            for number, one in self.claims.items()
        )
        self.session.rollback()
        number = self.attempt(ask, False if claimed else None)
        if number is None:
            return
        self.agreed("loans.approve", number, approver)

        def pay(book):
            loan = loans.loan(book, number)
            with as_(book, payer):
                entry = loans.disburse(book, loan, on=self.today)
            assert payer not in (loan.approved_by, loan.agreed_by)
            return entry

        entry = self.attempt(pay)
        if entry is not None:
            self.loans.append(number)
            self.entries.append(entry)

    @precondition(lambda self: self.loans)
    @rule(data=st.data(), amount=amounts, back=st.sampled_from([0, 0, 0, 20, 200]))
    def repay(self, data, amount, back):
        number = self.some(data, self.loans)
        allowed = False if number in self.claims else None
        on = max(self.today - timedelta(days=back), FIRST_DAY)
        entry = self.attempt(
            lambda book: loans.repay(
                book, loans.loan(book, number), Money(amount), on=on
            ),
            allowed,
        )
        if entry is not None:
            self.entries.append(entry)

    @precondition(lambda self: self.loans)
    @rule(data=st.data(), officer=people, approver=lenders, payer=people)
    def restructure(self, data, officer, approver, payer):
        old = self.some(data, self.loans)

        def ask(book):
            row = loans.loan(book, old)
            with as_(book, officer):
                return loans.ask_replacement(
                    *(book, row, loans.product(book, "productive")),
                    loans.to_date(book, row, self.today).total,
                    term=12,
                    purpose="jadwal baru",
                    on=self.today,
                    restructure=True,
                )

        number = self.attempt(ask, False if old in self.claims else None)
        if number is None:
            return
        self.agreed("loans.approve", number, approver)

        def pay(book):
            loan = loans.loan(book, number)
            with as_(book, payer):
                return loans.disburse(book, loan, on=self.today)

        entry = self.attempt(pay)
        if entry is not None:
            self.loans.append(number)
            self.entries.append(entry)

    # -- claims --------------------------------------------------------------

    @precondition(lambda self: self.loans)
    @rule(data=st.data(), asker=people, approver=judges)
    def write_off(self, data, asker, approver):
        number = self.some(data, self.loans)
        loan = loans.loan(self.book, number)
        before = ledger.card_balance(self.book, *loan.card).units
        self.session.rollback()

        def ask(book):
            row = loans.loan(book, number)
            with as_(book, asker):
                try:
                    return baddebts.ask_write_off(
                        *(book, row),
                        on=self.today,
                        decision_number=self.decision,
                        reason="tidak dibayar",
                    )
                except NotYetWrittenOff:
                    now = baddebts.assessed(book, row, self.today)
                    assert now.verdict.loan_class is not LoanClass.LOSS
                    raise

        if self.attempt(ask, False if number in self.claims else None) is None:
            return
        entry = self.agreed("baddebts.write_off", number, approver)
        if entry is None:
            self.drop("baddebts.write_off", number)
            return
        moved = self.moved(entry)
        assert moved[chart.WRITTEN_OFF] == before > 0
        rest = moved.get(chart.SUSPENDED_INTEREST, 0)
        self.claims[number] = Remembered(before, rest, entry)
        self.entries.append(entry)

    def drop(self, kind, number):
        """Let a manager who did not ask refuse what waits, so that it may be asked."""

        def do(book):
            waits = approvals.pending_for(book, f"loan:{number}", kind)
            by = "budi" if waits.made_by != "budi" else "wati"
            with as_(book, by):
                return approvals.refuse(book, waits.number, reason="tidak")

        self.attempt(do, True)

    def moved(self, entry):
        """Return what an entry moved of the memorandum accounts."""
        found = {}
        for line in ledger.entry(self.book, entry).lines:
            if line.account_number in (chart.WRITTEN_OFF, chart.SUSPENDED_INTEREST):
                units = line.debit.units - line.credit.units
                found[line.account_number] = units
        self.session.rollback()
        return found

    @precondition(lambda self: self.claims)
    @rule(data=st.data(), amount=amounts)
    def recover(self, data, amount):
        number = self.some(data, self.claims)
        principal, rest = self.claims[number].left
        entry = self.attempt(
            lambda book: baddebts.recover(
                book, loans.loan(book, number), Money(amount), on=self.today
            ),
            amount <= principal + rest,
        )
        if entry is not None:
            part = min(amount, principal)
            self.claims[number].moves[entry] = ("recover", part, amount - part)
            self.entries.append(entry)

    @precondition(lambda self: self.claims)
    @rule(data=st.data(), amount=amounts, asker=people, approver=judges)
    def waive(self, data, amount, asker, approver):
        number = self.some(data, self.claims)
        principal, rest = self.claims[number].left

        def ask(book):
            with as_(book, asker):
                return baddebts.ask_waiver(
                    *(book, loans.loan(book, number), Money(amount)),
                    on=self.today,
                    decision_number=self.decision,
                    reason="tidak mampu",
                )

        if self.attempt(ask, amount <= principal + rest) is None:
            return
        entry = self.agreed("baddebts.waive", number, approver)
        if entry is None:
            self.drop("baddebts.waive", number)
            return
        part = min(amount, rest)
        self.claims[number].moves[entry] = ("waive", amount - part, part)
        self.entries.append(entry)

    @precondition(lambda self: any(one.moves for one in self.claims.values()))
    @rule(data=st.data())
    def tell(self, data):
        some = {
            (number, entry)
            for number, one in self.claims.items()
            for entry, move in one.moves.items()
            if move[0] == "waive"
        }
        if not some:
            return
        number, entry = self.some(data, some)

        def do(book):
            row = book.get(baddebts.ClaimWaiver, entry)
            return baddebts.tell_waiver(book, row, on=self.today)

        told = self.claims[number].told
        if self.attempt(do, entry not in told) is not None:
            told.add(entry)

    # -- taken back ----------------------------------------------------------

    def may_reverse(self, entry):
        """Say whether an entry may be taken back, or nothing where others decide."""
        for one in self.claims.values():
            if entry == one.write_off:
                return not one.moves
            if entry in one.told:
                return False
            if entry in one.moves:
                return True
        named = {
            line.loan_number
            for line in ledger.entry(self.book, entry).lines
            if line.loan_number
        }
        self.session.rollback()
        return False if named & set(self.claims) else None

    @precondition(lambda self: self.entries)
    @rule(data=st.data())
    def reverse(self, data):
        entry = self.some(data, self.entries)
        done = self.attempt(
            lambda book: ledger.reverse(
                book, ledger.entry(book, entry), on=self.today, reason="keliru"
            ),
            self.may_reverse(entry),
        )
        if done is None:
            return
        self.entries.remove(entry)
        for number, one in list(self.claims.items()):
            if entry == one.write_off:
                del self.claims[number]
            one.moves.pop(entry, None)

    # -- what always holds ---------------------------------------------------

    @invariant()
    def memorandum_and_cards_agree(self):
        if not hasattr(self, "book"):
            return
        book = self.book
        principal = sum(one.left[0] for one in self.claims.values())
        rest = sum(one.left[1] for one in self.claims.values())
        held = {
            number: ledger.account_balance(book, number).units
            for number in (
                *(chart.WRITTEN_OFF, chart.SUSPENDED_INTEREST, chart.MEMO_CONTRA),
            )
        }
        assert list(held.values()) == [principal, rest, principal + rest]
        cards = cards_of(book)
        for number in self.loans:
            loan = loans.loan(book, number)
            gone = number in self.claims
            assert (loan.state is LoanState.WRITTEN_OFF) == gone
            owes = 0
            if loan.disbursed_on is not None:
                owes = loans.replay_of(book, loan).outstanding
            assert cards.get(loan.card, 0) == owes
            assert not (gone and owes)
            if loan.state is LoanState.SETTLED:
                assert owes == 0
            claim = baddebts.claim_of(book, loan)
            assert (claim is not None) == gone
            if claim is not None:
                left = claim.left
                parts = (left.principal.units, (left.interest + left.penalty).units)
                assert parts == self.claims[number].left
        control = ledger.account_balance(book, chart.PRODUCTIVE_LOANS).units
        assert control == sum(
            units for (account, _), units in cards.items() if account == 11401
        )
        decided_rows = book.session.scalars(
            select(Approval)
            .where(Approval.cooperative_id == book.cooperative_id)
            .where(Approval.state == ApprovalState.APPROVED)
        )
        assert all(row.made_by != row.decided_by for row in decided_rows)
        book.session.rollback()


@pytest.mark.parametrize("name", ["sqlite", "postgresql"])
def test_bad_debts_in_any_order(name, request):
    """Villages of forty steps on each engine; five hundred of them in the soak."""

    class Here(GoneBad):
        engine = request.getfixturevalue(f"{name}_engine")

    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=RUNS,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
