"""A long day at the counter: the book against what people remember."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, note, settings
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

from coopbook import ledger, loans, members, savings
from coopbook.book import Book
from coopbook.errors import CoopbookError
from coopbook.ledger import chart
from coopbook.ledger.chart import TELLER_CASH
from coopbook.ledger.model import Balance
from coopbook.loans import LoanState
from coopbook.members import MemberStatus
from coopbook.money import ZERO, Money
from coopbook.people import approvals
from coopbook.verification import verify
from tests.conftest import FIRST_DAY, SOAK, VAULT, as_, found
from tests.oracles.village import CASH, Lent, Village

RUNS = int(os.environ.get("COOPBOOK_RUNS", "2000" if SOAK else "200"))
KINDS = ("principal", "mandatory", "voluntary")
CONTROL = {
    "principal": chart.PRINCIPAL_SHARE,
    "mandatory": chart.MANDATORY_SHARE,
    "voluntary": chart.VOLUNTARY,
}
days = st.integers(0, 150).map(lambda n: FIRST_DAY + timedelta(days=n))
amounts = st.sampled_from(
    [0, 1, 9_999, 10_000, 40_000, 60_000, 90_000, 90_001, 100_000, 250_000, 2_000_000]
)
fractions = st.sampled_from([1, 2, 3, 5, 50])


class Day(RuleBasedStateMachine):
    """Everything people do; every acceptance mirrored, every refusal justified."""

    engine = None

    @initialize()
    def found(self):
        self.coop = found(self.engine, bare=True)
        self.session = Session(self.engine)
        self.book = Book(self.session, self.coop.number, "rina", vault=VAULT)
        self.model = Village(FIRST_DAY)
        self.entries = []
        self.members = 0

    def teardown(self):
        if not hasattr(self, "book"):
            return
        self.session.close()
        found = [
            check.finding.said()
            for check in verify(
                engine=self.engine, vault=VAULT, cooperative_id=self.coop.number
            )
            if not check.in_order
        ]
        assert found == []

    def attempt(self, allowed, do):
        """Do something; the book and the model have to agree whether it may be."""
        try:
            with self.book.transaction():
                result = do(self.book)
                kept = getattr(result, "number", True)
        except CoopbookError as refusal:
            note(f"refused: {refusal}")
            assert not allowed, f"refused without reason: {refusal}"
            return None
        assert allowed, "accepted what the model refuses"
        return kept

    def account(self, book, member, kind):
        return savings.account_for(book, members.member(book, member), kind)

    @rule(day=days)
    def admit(self, day):
        def do(book):
            row = members.admit(book, f"Anggota {self.members + 1}", on=day)
            for kind in KINDS:
                savings.open_account(book, row, savings.product(book, kind))
            return row

        self.members = self.attempt(True, do)
        self.model.admitted[self.members] = day

    @precondition(lambda self: self.members)
    @rule(data=st.data(), kind=st.sampled_from(KINDS), units=amounts, day=days)
    def deposit(self, data, kind, units, day):
        member = data.draw(st.integers(1, self.members))
        made = self.attempt(
            self.model.may_deposit(kind, member, units, day),
            lambda book: savings.deposit(
                book, self.account(book, member, kind), Money(units), on=day
            ),
        )
        if made:
            self.model.post({(kind, member): units, CASH: units}, day, "deposit")
            self.entries.append(made)

    @precondition(lambda self: self.members)
    @rule(data=st.data(), day=days)
    def join(self, data, day):
        """Pay whatever is left of the principal share."""
        member = data.draw(st.integers(1, self.members))
        left = 100_000 - self.model.held(("principal", member))
        made = self.attempt(
            self.model.may_deposit("principal", member, left, day),
            lambda book: savings.deposit(
                book, self.account(book, member, "principal"), Money(left), on=day
            ),
        )
        if made:
            self.model.post({("principal", member): left, CASH: left}, day, "deposit")
            self.entries.append(made)

    @precondition(lambda self: self.members)
    @rule(data=st.data(), kind=st.sampled_from(KINDS), units=amounts, day=days)
    def withdraw(self, data, kind, units, day):
        member = data.draw(st.integers(1, self.members))
        made = self.attempt(
            self.model.may_withdraw(kind, member, units, day),
            lambda book: savings.withdraw(
                book, self.account(book, member, kind), Money(units), on=day
            ),
        )
        if made:
            self.model.post({(kind, member): -units, CASH: -units}, day, "withdraw")
            self.entries.append(made)

    @precondition(lambda self: self.members)
    @rule(
        data=st.data(),
        code=st.sampled_from(["productive", "consumer", "emergency"]),
        units=st.sampled_from([60_000, 150_000, 301_000, 1_000_000]),
        term=st.integers(1, 6),
        day=days,
    )
    def lend(self, data, code, units, term, day):
        """Apply and approve; the money goes out in a step of its own."""
        member = data.draw(st.integers(1, self.members))
        product = loans.product(self.book, code)
        fee = product.origination_fee_rate.of(Money(units)).units
        loan = Lent(
            member=member,
            principal=units,
            share=product.rate.share,
            method=product.method.value,
            months=term,
            step=product.rounding_step,
            fees=fee + product.admin_fee.units,
            applied=day,
            penalty=product.penalty_rate.share,
            grace=product.penalty_grace_days,
        )
        allowed = self.model.may_borrow(member, day) and not self.model.too_coarse(loan)

        def do(book):
            row = loans.apply(
                *(book, members.member(book, member), loans.product(book, code)),
                Money(units),
                term=term,
                purpose="uji",
                on=day,
            )
            with as_(book, "budi"):
                request = approvals.inbox(book)[0]
                approvals.approve(book, request.number, digest=request.digest)
            return row

        if self.attempt(allowed, do):
            self.model.loans.append(loan)

    @precondition(lambda self: self.model.loans)
    @rule(data=st.data(), day=days)
    def disburse(self, data, day):
        number = data.draw(st.integers(0, len(self.model.loans) - 1))
        made = self.attempt(
            self.model.may_disburse(number, day),
            lambda book: loans.disburse(book, loans.loan(book, number + 1), on=day),
        )
        if made:
            loan = self.model.loans[number]
            moves = {("loan", number): loan.principal, CASH: loan.fees - loan.principal}
            self.model.post(moves, day, "disburse", loan=number)
            loan.out, loan.running = day, True
            self.entries.append(made)

    @precondition(lambda self: self.model.loans)
    @rule(data=st.data(), part=fractions, more=st.integers(0, 1), day=days)
    def repay(self, data, part, more, day):
        number = data.draw(st.integers(0, len(self.model.loans) - 1))
        whole = sum(map(sum, self.model.owed(number, day)))
        units = whole // part + more
        made = self.attempt(
            self.model.may_repay(number, units, day),
            lambda book: loans.repay(
                book, loans.loan(book, number + 1), Money(units), on=day
            ),
        )
        if made:
            parts, _ = self.model.spread(number, units, day)
            self.model.post(
                {("loan", number): -parts[2], CASH: units},
                day,
                "repay",
                loan=number,
                parts=parts,
            )
            last = max(each.day for each in self.model.payments(number))
            if not sum(map(sum, self.model.owed(number, last))):
                self.model.loans[number].running = False
            self.entries.append(made)

    @precondition(lambda self: self.entries)
    @rule(data=st.data(), day=days)
    def reverse(self, data, day):
        place = data.draw(st.integers(0, len(self.entries) - 1))
        made = self.attempt(
            self.model.may_reverse(place, day),
            lambda book: ledger.reverse(
                book,
                ledger.entry(book, self.entries[place]),
                on=day,
                reason="uji",
            ),
        )
        if made:
            self.model.reverse(place, day)
            self.entries.append(made)

    @precondition(lambda self: self.model.closed < 4)
    @rule(skip=st.sampled_from([0, 0, 0, 1]))
    def close(self, skip):
        name = self.model.month(self.model.closed + skip)
        self.attempt(skip == 0, lambda book: ledger.close_month(book, name))
        if not skip:
            self.model.closed += 1

    @rule(back=st.sampled_from([1, 1, 1, 2]))
    def reopen(self, back):
        place = max(self.model.closed - back, 0)
        name = self.model.month(place)
        allowed = place == self.model.closed - 1

        def do(book):
            with as_(book, "yanti"):
                request = ledger.ask_reopen(book, name, reason="uji", on=FIRST_DAY)
            with as_(book, "sari"):
                approvals.approve(book, request.number, digest=request.digest)
            return request

        if self.attempt(allowed, do):
            self.model.closed -= 1

    @invariant()
    def figures_agree(self):
        if not hasattr(self, "book"):
            return
        book, model = self.book, self.model
        rows = ledger.trial_balance(book, FIRST_DAY + timedelta(days=400))
        assert sum((r.debit for r in rows), ZERO) == sum((r.credit for r in rows), ZERO)
        held = cards_of(book)
        cash = held.pop((TELLER_CASH, 0), 0)
        assert cash == model.held(CASH)
        for row in members.register(book):
            assert (row.status is MemberStatus.ACTIVE) == model.is_member(row.number)
            for place, kind in enumerate(KINDS):
                card = (CONTROL[kind], (row.number - 1) * len(KINDS) + place + 1)
                assert -held.pop(card, 0) == model.held((kind, row.number))
        for number, loan in enumerate(model.loans):
            row = loans.loan(book, number + 1)
            assert (row.state is LoanState.DISBURSED) == loan.running
            assert held.pop(row.card, 0) == model.held(("loan", number))
        left = [card for card, units in held.items() if units and card[1]]
        assert left == []
        book.session.rollback()


def cards_of(book):
    """Return what every card holds, debit positive, as the balances carry it."""
    months = book.session.execute(
        select(
            *(Balance.account_number, Balance.card_number),
            *(Balance.opening, Balance.debit, Balance.credit),
        )
        .where(Balance.cooperative_id == book.cooperative_id)
        .order_by(Balance.month)
    )
    return {(a, c): opening + left - right for a, c, opening, left, right in months}


@pytest.mark.parametrize("name", ["sqlite", "postgresql"])
def test_a_long_day_at_the_counter(name, request):
    """At least 200 days of 50 steps on each engine; ten times that in the soak."""

    class Here(Day):
        engine = request.getfixturevalue(f"{name}_engine")

    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=RUNS,
            stateful_step_count=50,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
