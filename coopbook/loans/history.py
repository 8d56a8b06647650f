"""What the book says happened to a loan: its payments, its changes, in their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from coopbook.book import Book
from coopbook.cooperatives.calendar import open_days
from coopbook.ledger import chart
from coopbook.loans.changes import NewRate, Tranche
from coopbook.loans.conditions import PLAINEST, Conditions, read
from coopbook.loans.model import ChangeKind, Loan, LoanProduct
from coopbook.loans.replay import (
    Event,
    Given,
    GivenBack,
    Parts,
    Payment,
    Replay,
    Rules,
    UseHeld,
    Waiver,
    Wish,
    WrittenOff,
)
from coopbook.loans.schedule import Schedule, schedule
from coopbook.loans.terms import InterestMethod, Remainder, Terms
from coopbook.money import Money, Rate, Rounding
from coopbook.opendays import EVERY_DAY, OpenDays, Shift

USE_HELD = "loans.use_held"
CORRECT = "loans.correct"
REPLACE = "loans.replace"
DISBURSE = "loans.disburse"
TRANCHE = "loans.tranche"
GIVE_BACK = "loans.give_back"
ROUND = "rounds.take"
WRITE_OFF = "baddebts.write_off"
FORECLOSE, RELIEVE = "baddebts.foreclose", "baddebts.relieve"
TAKEN = ("loans.repay", "orders.pay", ROUND, FORECLOSE, RELIEVE)
"""Whose entries take a payment and let the loan say what it pays."""

SAID = ("settlement.settle",)
"""Whose entries say themselves what they pay, like those of an import."""

LINES = (
    "SELECT l.entry_number, e.booked_on, e.voucher, e.source, e.reverses,"
    " l.account_number, l.debit, l.credit FROM line l JOIN entry e"
    " ON e.cooperative_id = l.cooperative_id AND e.number = l.entry_number"
    " WHERE l.cooperative_id = ? AND l.entry_number IN (SELECT entry_number FROM line"
    " WHERE cooperative_id = ? AND loan_number = ?) AND l.loan_number = ?"
    " ORDER BY l.entry_number"
)
CHANGES = (
    "SELECT number, kind, changed_on, amount, rate, entry_number, recorded"
    " FROM loan_change WHERE cooperative_id = ? AND loan_number = ? ORDER BY number"
)
CORRECTIONS = (
    "SELECT entry_number, payment_number FROM loan_correction"
    " WHERE cooperative_id = ? AND loan_number = ?"
)
WISHES = {
    ChangeKind.SMALLER: Wish.SMALLER,
    ChangeKind.SHORTER: Wish.SHORTER,
    ChangeKind.HOLD: Wish.HOLD,
    ChangeKind.SETTLE: Wish.SETTLE,
}


@dataclass(slots=True)
class Booked:
    """An entry on a loan and what it moved, in units; ``undone`` by a voucher."""

    number: int
    on: date
    voucher: str
    source: str
    penalty: int = 0
    interest: int = 0
    principal: int = 0
    held: int = 0
    undone: str | None = None

    @property
    def total(self) -> int:
        """What was paid, and what was held of it."""
        return self.penalty + self.interest + self.principal + self.held


Happened = tuple[date, int, Event, Booked | None]
"""An event with its day and its place in that day, and the entry of a payment."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A row of changes, as it was read."""

    kind: ChangeKind
    on: date
    amount: int | None
    rate: Rate | None
    entry_number: int | None
    recorded: int


@dataclass(slots=True)
class History:
    """Everything that happened to a loan; ``corrected`` adds to what was booked."""

    loan: Loan
    booked: list[Booked] = field(default_factory=list)
    changes: list[Changed] = field(default_factory=list)
    corrected: dict[int, Parts] = field(default_factory=dict)

    def paid_out_by(self) -> int:
        """Return the number of the entry that paid the loan out, zero for old books.

        What was changed before it belongs to a payout that was taken back.
        """
        return max(
            (
                each.number
                for each in self.booked
                if each.source in (DISBURSE, REPLACE)
                and each.principal < 0
                and not each.undone
            ),
            default=0,
        )

    def events(self) -> list[Happened]:
        """Return what stands, in the order of days and, in a day, of records."""
        wishes = {
            each.entry_number: WISHES[each.kind]
            for each in self.changes
            if each.kind in WISHES
        }
        undone = {each.number for each in self.booked if each.undone}
        paid_out = self.paid_out_by()
        found: list[Happened] = []
        for each in self.booked:
            event = None if each.undone else event_of(each, wishes.get(each.number))
            if event is not None:
                found.append((each.on, each.number, event, each))
        for change in self.changes:
            if change.entry_number in undone:
                continue
            if change.entry_number is None and change.recorded < paid_out:
                continue
            if change.kind is ChangeKind.TRANCHE:
                amount = Money(change.amount or 0)
                at = change.entry_number or change.recorded
                found.append((change.on, at, Tranche(change.on, amount), None))
            elif change.kind is ChangeKind.RATE and change.rate is not None:
                rate = NewRate(change.on, change.rate)
                found.append((change.on, change.recorded, rate, None))
            elif change.kind is ChangeKind.WAIVER:
                waiver = Waiver(change.on, change.amount or 0)
                found.append((change.on, change.recorded, waiver, None))
        found.sort(key=lambda each: each[:2])
        return found


def event_of(booked: Booked, wish: Wish | None) -> Event | None:
    """Return the event an entry is, or nothing where it pays nothing."""
    if booked.source in TAKEN:
        return Payment(booked.on, booked.total, wish or Wish.NEXT)
    if booked.source == USE_HELD:
        return UseHeld(booked.on, -booked.held)
    if booked.source == GIVE_BACK:
        return GivenBack(booked.on, -booked.held)
    if booked.source == REPLACE:
        if booked.principal < 0:  # the loan that was paid out by it
            return None
        parts = (booked.penalty, booked.interest, booked.principal)
        return Given(booked.on, *parts, ends=True)
    if booked.source == WRITE_OFF:
        return WrittenOff(booked.on)
    said = booked.source in SAID or booked.source.startswith("import.")
    if said and (booked.penalty or booked.interest or booked.principal > 0):
        return Given(booked.on, booked.penalty, booked.interest, booked.principal)
    return None


def history(book: Book, loan: Loan) -> History:
    """Read everything that happened to a loan."""
    found, entries, corrections = History(loan), dict[int, Booked](), dict[int, int]()
    key = (book.cooperative_id, loan.number)
    principal, interest = loan.account_number, loan.interest_account_number
    rows = book.ask(LINES, (key[0], *key, key[1]))
    for number, on, voucher, source, reverses, account, debit, credit in rows:
        if reverses is not None:
            if reverses in entries:
                entries[reverses].undone = voucher
            continue
        booked = entries.get(number)
        if booked is None:
            day = date.fromisoformat(str(on))
            booked = entries[number] = Booked(number, day, voucher, source)
        if account == principal:
            brought = source.startswith("import.") and debit
            booked.principal += 0 if brought else credit - debit
        elif account == interest:
            booked.interest += credit - debit
        elif account == chart.PENALTIES:
            booked.penalty += credit - debit
        elif account == chart.OVERPAID:
            booked.held += credit - debit
    if any(booked.source == CORRECT for booked in entries.values()):
        corrections = dict(book.ask(CORRECTIONS, key))
    for number, booked in entries.items():
        if number not in corrections:
            found.booked.append(booked)
        elif not booked.undone:
            of = corrections[number]
            before = found.corrected.get(of, Parts())
            found.corrected[of] = Parts(
                before.penalty + booked.penalty,
                before.interest + booked.interest,
                before.principal + booked.principal,
                0,
                before.held + booked.held,
            )
    for _, kind, on, amount, rate, entry, recorded in book.ask(CHANGES, key):
        found.changes.append(
            Changed(
                ChangeKind(kind),
                date.fromisoformat(str(on)),
                amount,
                Rate.parse(rate) if rate else None,
                entry,
                recorded,
            )
        )
    return found


def conditions_of(of: Loan | LoanProduct) -> Conditions:
    """Return the conditions of a loan or a kind of loan.

    Rows of the first books have none: their parts of principal are spread to the unit
    where no step is set, and rounded down where they were taken over from older books.
    """
    migrated = isinstance(of, Loan) and of.migrated_on is not None
    return _conditions(of.conditions, of.rounding_step, migrated)


SPREAD = Conditions(remainder=Remainder.SPREAD)
ROUNDED_DOWN = Conditions(part_rounding=Rounding.DOWN)


def _conditions(text: str | None, step: int, migrated: bool) -> Conditions:
    if text is not None:
        return read(text)
    if migrated:
        return ROUNDED_DOWN
    return SPREAD if step == 1 else PLAINEST


Agreed = tuple[str | None, int, bool, InterestMethod, Rate, int]
"""What the terms of a loan rest on, as its row says it."""


def _agreed(of: Loan) -> Agreed:
    migrated = of.migrated_on is not None
    return of.conditions, of.rounding_step, migrated, of.method, of.rate, of.term


@lru_cache(maxsize=4_096)
def _terms(agreed: Agreed) -> Terms:
    text, step, migrated, method, rate, term = agreed
    return _conditions(text, step, migrated).terms(method, rate, term, step)


@lru_cache(maxsize=4_096)
def _rules(agreed: Agreed, rate: Rate, grace_days: int, since: date | None) -> Rules:
    return _conditions(*agreed[:3]).rules(rate, grace_days, since)


@lru_cache(maxsize=1_024)
def _plan(agreed: Agreed, lent: Money, first: date, days: OpenDays) -> Schedule:
    """Return the schedule a loan began with; whoever reads it changes nothing."""
    return schedule(_terms(agreed), lent, first, days)


def terms_of(of: Loan) -> Terms:
    """Return the terms a loan was agreed on."""
    return _terms(_agreed(of))


def calendar_of(book: Book, terms: Terms) -> OpenDays:
    """Return the open days a schedule asks for; every day where it asks for none."""
    return EVERY_DAY if terms.shift is Shift.NONE else open_days(book)


def begun(book: Book, loan: Loan, start: date | None = None) -> Replay:
    """Return a loan before anything happened to it, but for what older books hold."""
    first = loan.disbursed_on or start or loan.applied_on
    agreed = _agreed(loan)
    terms = _terms(agreed)
    days = calendar_of(book, terms)
    plan = _plan(agreed, loan.principal, first, days)
    rules = _rules(agreed, loan.penalty_rate, loan.penalty_grace_days, loan.migrated_on)
    replay = Replay(terms, loan.principal.units, first, rules, days, plan)
    if loan.disbursed_on is not None and loan.migrated_on is not None:
        interest, principal = loan.paid_before_interest, loan.paid_before_principal
        replay.take(
            Given(
                first,
                0,
                interest.units if interest else 0,
                principal.units if principal else 0,
            )
        )
    return replay


def taken(
    replay: Replay,
    events: Sequence[Happened],
    until: date | None = None,
) -> list[tuple[Booked, Parts]]:
    """Take events up to a day; return each payment with what it did."""
    found = []
    for on, _, event, booked in events:
        if until is not None and on > until:
            break
        parts = replay.take(event)
        if booked is not None:
            found.append((booked, parts))
    return found


def replay_of(book: Book, loan: Loan, until: date | None = None) -> Replay:
    """Return a loan after everything that happened to it, up to a day."""
    replay = begun(book, loan, until)
    if loan.disbursed_on is not None:
        taken(replay, history(book, loan).events(), until)
    return replay
