"""Whole lives in the cooperative: the book against what people remember."""

from __future__ import annotations

import os
from copy import deepcopy
from dataclasses import replace
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
from sqlalchemy.orm import Session

from coopbook import decisions, deposits, ledger, members, savings, settlement
from coopbook.book import Book
from coopbook.decisions import DecisionBody
from coopbook.deposits import DepositState, Rollover
from coopbook.errors import CoopbookError
from coopbook.ledger import Entry, chart
from coopbook.members import MemberStatus
from coopbook.money import Money, Rate
from coopbook.savings import HoldReason
from coopbook.settlement import Heir, SettlementState
from coopbook.verification import verify
from tests.conftest import FIRST_DAY, SOAK, VAULT, found
from tests.coopbook.test_book_machine import cards_of
from tests.oracles.lives import BELONGS, GONE, Lives, Person, Tied

RUNS = int(os.environ.get("COOPBOOK_LIVES", "1000" if SOAK else "12"))
KINDS = ("principal", "mandatory", "voluntary")
CONTROL = {
    "principal": chart.PRINCIPAL_SHARE,
    "mandatory": chart.MANDATORY_SHARE,
    "voluntary": chart.VOLUNTARY,
}
amounts = st.sampled_from(
    [0, 1, 9_999, 10_000, 90_000, 90_001, 100_000, 5_000_000, 9_000_000]
)
waits = st.sampled_from([0, 1, 27, 31, 62, 95, 200])


class Life(RuleBasedStateMachine):
    """Everything a membership goes through; what is accepted is mirrored."""

    engine = None

    @initialize()
    def found(self):
        self.coop = found(self.engine, bare=True)
        self.session = Session(self.engine)
        self.book = Book(self.session, self.coop.number, "rina", vault=VAULT)
        self.model = Lives(FIRST_DAY)
        self.settling, self.settled, self.paid = {}, {}, {}
        with self.book.transaction():
            lines = [
                ledger.debit(11102, Money(9 * 10**11)),
                ledger.credit(33002, Money(9 * 10**11)),
            ]
            ledger.post(self.book, on=FIRST_DAY, memo="Hibah", lines=lines)
            for months in (1, 3):
                deposits.set_deposit_terms(
                    *(self.book, months),
                    rate=Rate.percent(12, "year"),
                    valid_from=FIRST_DAY,
                    source="RAT",
                    kept_percent=50,
                    penalty_percent=1,
                )
            self.decision = decisions.enter_decision(
                *(self.book,),
                body=DecisionBody.BOARD,
                title="Keputusan",
                text="Keputusan",
                on=FIRST_DAY,
            ).number

    def teardown(self):
        if not hasattr(self, "book"):
            return
        self.session.close()
        wrong = [
            check.finding.said()
            for check in verify(
                engine=self.engine, vault=VAULT, cooperative_id=self.coop.number
            )
            if not check.in_order
        ]
        assert wrong == []

    def attempt(self, allowed, do):
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

    def decided(self, book):
        return decisions.decision(book, self.decision)

    def some(self, data):
        return data.draw(st.sampled_from(sorted(self.model.people)), label="member")

    # -- time ----------------------------------------------------------------

    @rule(days=waits)
    def wait(self, days):
        """Let months be skipped, deposits mature, accounts fall asleep."""
        self.model.today += timedelta(days=days)

    @rule()
    def day_end(self):
        with self.book.transaction():
            deposits.work(self.book, self.model.today)
        self.model.work()

    # -- joining and saving --------------------------------------------------

    @precondition(lambda self: len(self.model.people) < 6)
    @rule()
    def admit(self):
        today = self.model.today

        def do(book):
            row = members.admit(book, "Anggota", on=today)
            for kind in KINDS:
                savings.open_account(book, row, savings.product(book, kind), on=today)
            return row

        number = self.attempt(True, do)
        self.model.people[number] = Person(moved=today)

    @precondition(lambda self: self.model.people)
    @rule(data=st.data(), part=st.sampled_from([1, 1, 1, 2]))
    def join(self, data, part):
        number, today = self.some(data), self.model.today
        one = self.model.people[number]
        units = (100_000 - one.pokok) // part
        allowed = units > 0 and one.status not in (*GONE, "settled")
        made = self.attempt(
            allowed,
            lambda book: savings.deposit(
                book, self.account(book, number, "principal"), Money(units), on=today
            ),
        )
        if made:
            one.pokok += units
            if one.pokok == 100_000 and one.status == "prospective":
                one.status, one.active_on = "active", today

    @precondition(lambda self: self.model.people)
    @rule(data=st.data(), ahead=st.sampled_from([0, 0, 1, 3, 14]))
    def save_ahead(self, data, ahead):
        """Pay the mandatory share up to some months after this one."""
        number, today = self.some(data), self.model.today
        one = self.model.people[number]
        joined = one.active_on is not None
        units = self.model.price_of_months(number, ahead) if joined else 25_000
        allowed = self.model.saves(number) and units > 0
        made = self.attempt(
            allowed,
            lambda book: savings.deposit(
                book, self.account(book, number, "mandatory"), Money(units), on=today
            ),
        )
        if made:
            one.wajib += units
            if joined:  # an associate without a share owes no months
                assert self.model.calendar(number)[2] >= ahead

    @precondition(lambda self: self.model.people)
    @rule(data=st.data(), units=amounts)
    def save(self, data, units):
        number, today = self.some(data), self.model.today
        made = self.attempt(
            self.model.saves(number) and units > 0,
            lambda book: savings.deposit(
                book, self.account(book, number, "voluntary"), Money(units), on=today
            ),
        )
        if made:
            self.model.move(number, units)

    @precondition(lambda self: self.model.people)
    @rule(data=st.data(), units=amounts)
    def take_out(self, data, units):
        number, today = self.some(data), self.model.today
        made = self.attempt(
            self.model.may_take(number, units),
            lambda book: savings.withdraw(
                book, self.account(book, number, "voluntary"), Money(units), on=today
            ),
        )
        if made:
            self.model.move(number, -units)

    @precondition(lambda self: self.model.people)
    @rule(data=st.data())
    def wake(self, data):
        number, today = self.some(data), self.model.today
        made = self.attempt(
            self.model.sleeps(number),
            lambda book: savings.wake(
                book, self.account(book, number, "voluntary"), on=today
            ),
        )
        if made:
            self.model.people[number].asleep = False
            self.model.people[number].moved = today

    # -- holding -------------------------------------------------------------

    @precondition(lambda self: self.model.people)
    @rule(data=st.data(), units=amounts)
    def hold(self, data, units):
        number, today = self.some(data), self.model.today
        one = self.model.people[number]
        closed = one.status == "settled"
        allowed = 0 < units <= one.sukarela - one.held and not closed
        made = self.attempt(
            allowed,
            lambda book: savings.hold(
                *(book, self.account(book, number, "voluntary"), Money(units)),
                why=HoldReason.GUARANTEE,
                note="uji",
                on=today,
            ),
        )
        if made:
            one.holds[made] = units

    @precondition(lambda self: any(p.holds for p in self.model.people.values()))
    @rule(data=st.data())
    def release(self, data):
        every = sorted(
            (hold, who) for who, p in self.model.people.items() for hold in p.holds
        )
        hold, who = data.draw(st.sampled_from(every))
        self.attempt(
            True,
            lambda book: savings.release(
                *(book, savings.find_hold(book, hold)),
                on=self.model.today,
                note="uji",
            ),
        )
        del self.model.people[who].holds[hold]

    # -- tying and breaking --------------------------------------------------

    @precondition(lambda self: self.model.people)
    @rule(
        data=st.data(),
        units=st.sampled_from([1, 1_000_000, 4_990_000, 4_990_001]),
        months=st.sampled_from([1, 3, 3, 12]),
        rollover=st.sampled_from(["stop", "principal", "whole"]),
    )
    def tie(self, data, units, months, rollover):
        number, today = self.some(data), self.model.today
        allowed = (
            self.model.saves(number)
            and months != 12
            and self.model.may_take(number, units)
        )

        def do(book):
            return deposits.open_deposit(
                *(book, members.member(book, number)),
                self.account(book, number, "voluntary"),
                Money(units),
                months=months,
                on=today,
                rollover=Rollover(rollover),
            )

        if self.attempt(allowed, do):
            self.model.move(number, -units)
            self.model.tied.append(Tied(number, units, months, today, rollover))

    def running(self):
        return [n for n, one in enumerate(self.model.tied) if one.open]

    @precondition(lambda self: self.running())
    @rule(data=st.data())
    def break_early(self, data):
        place, today = data.draw(st.sampled_from(self.running())), self.model.today
        one = self.model.tied[place]
        allowed = today < one.matures and not one.held
        made = self.attempt(
            allowed,
            lambda book: deposits.break_early(
                book, deposits.deposit(book, place + 1), on=today
            ),
        )
        if made:
            self.model.people[one.member].sukarela += self.model.end(one)
            self.model.people[one.member].moved = today

    @precondition(lambda self: self.running())
    @rule(data=st.data())
    def pledge(self, data):
        place = data.draw(st.sampled_from(self.running()))
        one = self.model.tied[place]

        def turn(book):
            if one.held:
                (hold,) = savings.holds(book, deposit=place + 1)
                return savings.release(book, hold, on=self.model.today, note="uji")
            deposit = deposits.deposit(book, place + 1)
            return deposits.pledge(book, deposit, note="uji", on=self.model.today)

        self.attempt(True, turn)
        one.held = not one.held

    # -- leaving, dying, returning -------------------------------------------

    @precondition(lambda self: self.model.people)
    @rule(data=st.data(), to=st.sampled_from(["suspended", "active", "associate"]))
    def decide(self, data, to):
        """Suspend, make an associate, or put back, by a decision."""
        number, today = self.some(data), self.model.today
        one = self.model.people[number]
        ways = {
            "prospective": ["associate"],
            "active": ["associate", "suspended"],
            "associate": ["active", "suspended"],
            "suspended": ["active", "associate"],
        }
        allowed = to in ways.get(one.status, ()) and (
            to != "active" or one.active_on is not None
        )
        made = self.attempt(
            allowed,
            lambda book: members.change_standing(
                *(book, members.member(book, number), MemberStatus(to)),
                on=today,
                reason="uji",
                decision=self.decided(book),
            ),
        )
        if made:
            one.status = to

    @precondition(lambda self: self.model.people)
    @rule(data=st.data(), cause=st.sampled_from(["resigned", "resigned", *GONE]))
    def leave(self, data, cause):
        number, today = self.some(data), self.model.today
        one = self.model.people[number]
        made = self.attempt(
            self.model.may_leave(number, cause),
            lambda book: settlement.begin(
                *(book, members.member(book, number), MemberStatus(cause)),
                on=today,
                reason="uji",
                decision=self.decided(book),
            ),
        )
        if made:
            self.settling[number] = made
            one.before, one.status = one.status, cause

    @precondition(lambda self: self.settling)
    @rule(data=st.data(), back=st.sampled_from([False, False, True]))
    def settle(self, data, back):
        """Post what a leaver is owed, or take the leaving back before that."""
        number = data.draw(st.sampled_from(sorted(self.settling)))
        one, today = self.model.people[number], self.model.today

        def row(book):
            return settlement.settlement(book, self.settling[number])

        if back:
            nothing = self.settled.get(number, (None, None))[1] is True
            allowed = one.status in GONE or (one.status == "settled" and nothing)
            if self.attempt(
                allowed,
                lambda book: settlement.take_back(
                    book, row(book), on=today, reason="uji"
                ),
            ):
                one.status = one.before
                if nothing and number in self.settled:
                    self.model.people[number] = one = self.settled.pop(number)[2]
                    one.status = one.before
                del self.settling[number]
            return

        def do(book):
            said = settlement.reckon(
                book, members.member(book, number), row(book).cause, today
            )
            heirs = [Heir("Ahli waris", said.net, papers="akta")]
            entry = settlement.settle(
                book, row(book), on=today, set_off=True, heirs=heirs
            )
            return entry if isinstance(entry, Entry) else True  # of nothing, no entry

        tied = {t: replace(t) for t in self.model.tied if t.member == number}
        made = self.attempt(self.model.may_settle(number), do)
        if made:
            self.settled[number] = (today, made, deepcopy(one), tied)
            self.paid[number] = []
            died = one.status == "deceased"
            self.model.settle(number)
            one.ever_joined = not died

    def settled_today(self):
        """Return who was settled today by an entry, and has not come back."""
        return sorted(
            number
            for number, (day, entry, _, _) in self.settled.items()
            if day == self.model.today
            and entry is not True
            and self.model.people[number].status == "settled"
        )

    @precondition(lambda self: self.settled_today())
    @rule(data=st.data(), back=st.booleans())
    def unsettle(self, data, back):
        """Reverse what was paid out and the settlement; perhaps stay after all."""
        number = data.draw(st.sampled_from(self.settled_today()))
        today, entry, before, tied = self.settled.pop(number)
        with self.book.transaction():
            for one in (*self.paid.pop(number), entry):
                ledger.reverse(
                    self.book, ledger.entry(self.book, one), on=today, reason="uji"
                )
            if back:
                row = settlement.settlement(self.book, self.settling[number])
                settlement.take_back(self.book, row, on=today, reason="uji")
        self.model.people[number] = before
        for one, stood in tied.items():
            vars(one).update(vars(stood))
        if back:
            before.status = before.before
            del self.settling[number]

    @precondition(lambda self: any(p.payable for p in self.model.people.values()))
    @rule(data=st.data())
    def pay_out(self, data):
        owed = sorted(n for n, p in self.model.people.items() if p.payable)
        number = data.draw(st.sampled_from(owed))

        def do(book):
            (row,) = [
                one
                for one in settlement.settlements(book, limit=100)
                if one.state is SettlementState.PAYABLE and one.member_number == number
            ][:1]
            (payee,) = settlement.payees(book, row)
            entry = settlement.pay_out(book, row, payee, on=self.model.today)
            return entry.number, payee.amount.units

        with self.book.transaction():
            entry, units = do(self.book)
        self.model.people[number].payable -= units
        self.paid.setdefault(number, []).append(entry)

    @precondition(lambda self: self.model.people)
    @rule(data=st.data())
    def come_back(self, data):
        number, today = self.some(data), self.model.today
        one = self.model.people[number]
        allowed = one.status == "settled" and one.ever_joined and not one.payable

        def do(book):
            member = members.member(book, number)
            members.readmit(
                book, member, on=today, reason="uji", decision=self.decided(book)
            )
            for kind in KINDS:
                savings.open_account(book, member, savings.product(book, kind))
            return member

        if self.attempt(allowed, do):
            one.status, one.active_on, one.settled = "prospective", None, False
            self.settling.pop(number, None)

    # -- what always holds ---------------------------------------------------

    @invariant()
    def cards_and_controls_agree(self):
        if not hasattr(self, "book"):
            return
        book, model = self.book, self.model
        held = {card: -units for card, units in cards_of(book).items() if card[1]}
        for control in (*CONTROL.values(), *chart.DEPOSITS.values(), 21404):
            together = sum(u for (account, _), u in held.items() if account == control)
            assert together == ledger.account_balance(book, control).units
        people = {row.number: row for row in members.register(book)}
        said = savings.share_standings(book, people.values(), model.today)
        calendars = {one.member.number: one.calendar for one in said}
        for number, one in model.people.items():
            amounts = {"principal": one.pokok, "mandatory": one.wajib}
            amounts["voluntary"] = one.sukarela
            for place, (kind, units) in enumerate(amounts.items()):
                card = (CONTROL[kind], (number - 1) * len(KINDS) + place + 1)
                assert held.pop(card, 0) == units, (number, kind)
            assert held.pop((chart.FORMER_MEMBERS, number), 0) == one.payable
            assert people[number].status.value == one.status
            if one.status in BELONGS and one.active_on is not None:
                arrears, missed, ahead = model.calendar(number)
                calendar = calendars[number]
                assert calendar.arrears.units == arrears
                assert (len(calendar.missed), calendar.ahead) == (missed, ahead)
        for place, tied in enumerate(model.tied):
            row = deposits.deposit(book, place + 1)
            assert (row.state is DepositState.OPEN) == tied.open
            assert held.pop(row.card, 0) == (tied.principal if tied.open else 0)
        assert {card: units for card, units in held.items() if units} == {}
        owed = sum(t.accrued - t.paid for t in model.tied)
        assert ledger.account_balance(book, 21301).units == owed
        book.session.rollback()


@pytest.mark.parametrize("name", ["sqlite", "postgresql"])
def test_whole_lives_in_the_cooperative(name, request):
    """Villages of fifty steps on each engine; a thousand of them in the soak."""

    class Here(Life):
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
