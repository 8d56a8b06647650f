"""What a payment does to a loan, whatever it is paid with: parts, lines, the end.

The counter pays with cash, a standing order with savings, a settlement with all that
a member leaves behind; each posts an entry of its own, and ``payments`` reads them all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from coopbook.book import Book
from coopbook.ledger import chart
from coopbook.ledger.accounts import open_card
from coopbook.ledger.bulk import check_floors
from coopbook.ledger.model import Card, Entry
from coopbook.ledger.posting import JUDGED_AFTER, before_reversal, post
from coopbook.ledger.rules import (
    Channel,
    Draft,
    VoucherKind,
    check_amount,
    credit,
    debit,
)
from coopbook.loans import rules
from coopbook.loans.allocation import Owed, summed
from coopbook.loans.arrears import owed_of
from coopbook.loans.changes import Tranche
from coopbook.loans.history import (
    CORRECT,
    GIVE_BACK,
    TAKEN,
    TRANCHE,
    USE_HELD,
    Booked,
    Happened,
    History,
    begun,
    history,
    taken,
)
from coopbook.loans.model import ChangeKind, Loan, LoanChange, LoanCorrection
from coopbook.loans.replay import KEEPS, Early, Parts, Payment, Replay, Wish
from coopbook.loans.rules import LoanState
from coopbook.money import ZERO, Money

OUT = {
    Channel.CASH: (chart.TELLER_CASH, VoucherKind.BKK),
    Channel.BANK: (chart.BANK, VoucherKind.BBK),
}
KINDS = {
    Wish.SMALLER: ChangeKind.SMALLER,
    Wish.SHORTER: ChangeKind.SHORTER,
    Wish.HOLD: ChangeKind.HOLD,
    Wish.SETTLE: ChangeKind.SETTLE,
}


@dataclass(slots=True)
class Paying:
    """A payment about to be made: what it does, and the loan after it.

    ``later`` says that payments of later days are in the book already, so that this
    one takes its place before them.
    """

    loan: Loan
    on: date
    wish: Wish
    parts: Parts
    replay: Replay
    later: bool

    @property
    def owed(self) -> Owed:
        """What it settles: penalty, interest, principal."""
        return owed_of(self.parts)


def paying(
    book: Book, loan: Loan, amount: Money, on: date, wish: Wish = Wish.NEXT
) -> Paying:
    """Say what a payment does to a loan; nothing is posted.

    Raises ``WrongState``, ``NotAnAmount``, ``PaidBeforeDisbursed``, ``MoreThanOwed``,
    ``NotThePayoff``, and ``ChangedBefore`` for an end before a standing tranche.
    """
    rules.check_state(loan.number, loan.state, LoanState.DISBURSED)
    check_amount(amount)
    assert loan.disbursed_on is not None
    if on < loan.disbursed_on:
        raise rules.PaidBeforeDisbursed(loan.number, loan.disbursed_on)
    events = history(book, loan).events()
    replay = begun(book, loan)
    taken(replay, events, on)
    later = bool(events) and events[-1][0] > on
    replay.advance(on)
    if wish is Wish.SETTLE:
        _check_no_more_after(loan, events, on)
        ends = replay.payoff(on).total
        if amount.units != ends:
            raise rules.NotThePayoff(loan.number, on, Money(ends), amount)
    elif amount.units > replay.asked - replay.held:
        most = Money(max(replay.asked - replay.held, 0))
        raise rules.MoreThanOwed(loan.number, most, amount)
    elif wish in KEEPS and amount.units >= replay.payoff(on).total:
        ends = replay.payoff(on).total
        raise rules.EnoughToEnd(loan.number, Money(ends), amount)
    parts = replay.take(Payment(on, amount.units, wish))
    return Paying(loan, on, wish, parts, replay, later)


def _check_no_more_after(loan: Loan, events: Sequence[Happened], on: date) -> None:
    """Refuse to end a loan before a day on which more of it was paid out."""
    for day, _, event, _ in events:
        if day > on and isinstance(event, Tranche):
            raise rules.ChangedBefore(loan.number, on, day)


def lines_of(loan: Loan, parts: Owed) -> list[Draft]:
    """Return the lines in the right column: penalty, interest, principal."""
    owing = [
        (chart.PENALTIES, 0, parts.penalty),
        (loan.interest_account_number, 0, parts.interest),
        (loan.account_number, loan.number, parts.principal),
    ]
    return [
        credit(account, part, card=card, loan=loan.number)
        for account, card, part in owing
        if part
    ]


def credits_of(book: Book, done: Paying) -> list[Draft]:
    """Return the lines in the right column of a payment, with what is held of it."""
    lines, held = lines_of(done.loan, done.owed), Money(done.parts.held)
    if held:
        member = held_card(book, done.loan)
        lines.append(credit(chart.OVERPAID, held, card=member, loan=done.loan.number))
    return lines


def loan_card(book: Book, loan: Loan) -> None:
    """Open the card of a loan, where it has none."""
    if book.get(Card, *loan.card) is None:
        open_card(
            book,
            *loan.card,
            name=f"Pinjaman {loan.number} {loan.member_number:04d} {loan.member.name}",
            floor=ZERO,
        )


def held_card(book: Book, loan: Loan) -> int:
    """Return the card that holds a member's money for loans, opened where missing."""
    member = loan.member_number
    if book.get(Card, chart.OVERPAID, member) is None:
        open_card(
            book,
            *(chart.OVERPAID, member),
            name=f"Titipan angsuran {member:04d} {loan.member.name}",
            floor=ZERO,
        )
    return member


def note_change(
    book: Book,
    loan: Loan,
    kind: ChangeKind,
    on: date,
    *,
    amount: Money | None = None,
    rate: object = None,
    entry: Entry | None = None,
    reason: str = "",
) -> LoanChange:
    """Write down a change of a loan, or what was wished of a payment."""
    (last,) = book.ask(
        "SELECT coalesce(max(number), 0) FROM loan_change"
        " WHERE cooperative_id = ? AND loan_number = ?",
        (book.cooperative_id, loan.number),
    )[0]
    row = LoanChange(
        cooperative_id=book.cooperative_id,
        loan_number=loan.number,
        number=last + 1,
        kind=kind,
        changed_on=on,
        amount=amount,
        rate=rate,
        entry_number=entry.number if entry else None,
        recorded=book.number,
        reason=reason,
    )
    book.session.add(row)
    book.session.flush()
    return row


def conclude(
    book: Book, done: Paying, entry: Entry, *, judge: bool = True
) -> list[Entry]:
    """Note what was wished, allocate later payments again, settle a paid loan.

    Return the corrections that were posted.  Who pays several loans at once judges
    their cards together, by ``check_cards``.
    """
    loan = done.loan
    if done.wish in KINDS:
        note_change(book, loan, KINDS[done.wish], done.on, entry=entry)
    if done.later:
        return correct(book, loan, entry, judge=judge)
    if done.replay.settled:
        loan.state = LoanState.SETTLED
        book.session.flush()
    return []


def differences(
    found: History, done: list[tuple[Booked, Parts]]
) -> list[tuple[Booked, Parts]]:
    """Return the payments that come out otherwise than booked, and by how much.

    What was once corrected of a payment that is reversed now goes back as well.
    """
    changed = []
    for booked in found.booked:
        before = found.corrected.get(booked.number, Parts())
        if booked.undone and any(before.moved):
            changed.append((booked, Parts(*(-units for units in before.moved))))
    for booked, parts in done:
        if booked.source == GIVE_BACK:
            continue  # what went back went back; the card's floor judges the rest
        before = found.corrected.get(booked.number, Parts())
        # What was really used of held money; all of it unless a hold was reversed.
        taken_out = -parts.total if booked.source == USE_HELD else 0
        apart = Parts(
            parts.penalty - booked.penalty - before.penalty,
            parts.interest - booked.interest - before.interest,
            parts.principal + parts.reduction - booked.principal - before.principal,
            0,
            parts.held + taken_out - booked.held - before.held,
        )
        if any(apart.moved):
            changed.append((booked, apart))
    return changed


def correct(book: Book, loan: Loan, cause: Entry, *, judge: bool = True) -> list[Entry]:
    """Allocate the payments of a loan again, after one was entered late or reversed.

    One entry for each that comes out otherwise, on the day of the cause or of the
    payment, whichever is later, linked to both.
    """
    found = history(book, loan)
    replay = begun(book, loan)
    done = taken(replay, found.events())
    corrections = []
    for booked, apart in differences(found, done):
        entry = post(
            book,
            on=max(cause.booked_on, booked.on),
            memo=f"Koreksi {booked.voucher} pinjaman {loan.number}: {cause.voucher}",
            lines=_moves(book, loan, apart),
            source=CORRECT,
            floors=False,
        )
        book.session.add(
            LoanCorrection(
                cooperative_id=book.cooperative_id,
                entry_number=entry.number,
                loan_number=loan.number,
                payment_number=booked.number,
                cause_number=cause.number,
            )
        )
        corrections.append(entry)
    state = LoanState.SETTLED if replay.settled else LoanState.DISBURSED
    before, loan.state = loan.state, state
    book.session.flush()
    if before is LoanState.SETTLED and state is LoanState.DISBURSED:
        runs_again(book, loan, cause.booked_on)
    if judge:
        check_cards(book, [loan], cause)
    return corrections


def check_no_tranche(book: Book, loan: Loan) -> None:
    """Refuse to take a disbursement back under a tranche; raise ``TranchesStand``."""
    for each in history(book, loan).booked:
        if each.source == TRANCHE and not each.undone:
            raise rules.TranchesStand(loan.number, each.voucher)


JUDGED_AFTER.update(TAKEN)


def check_cards(book: Book, of: Sequence[Loan], cause: Entry) -> None:
    """Refuse what leaves a card below its floor, an entry and its corrections together.

    The cards are those of the loans and of the entry itself: its cash, its savings.
    """
    cards = [loan.card for loan in of]
    cards += [(line.account_number, line.card_number) for line in cause.lines]
    cards += [
        (chart.OVERPAID, loan.member_number)
        for loan in of
        if book.get(Card, chart.OVERPAID, loan.member_number) is not None
    ]
    check_floors(book, list(dict.fromkeys(cards)), cause.booked_on)


RunsAgain = Callable[[Book, Loan, date], None]
RUNS_AGAIN: list[RunsAgain] = []


def when_it_runs_again(act: RunsAgain) -> RunsAgain:
    """Register what is put right when a loan that had ended runs again."""
    RUNS_AGAIN.append(act)
    return act


def runs_again(book: Book, loan: Loan, on: date) -> None:
    """Say that a loan which had ended runs again."""
    for act in RUNS_AGAIN:
        act(book, loan, on)


@before_reversal(CORRECT)
def _stays(book: Book, entry: Entry) -> None:
    """Refuse to take a correction back by itself: it follows from other entries."""
    raise rules.FollowsFromOthers(entry.voucher)


def _moves(book: Book, loan: Loan, apart: Parts) -> list[Draft]:
    moved = [
        (chart.PENALTIES, 0, apart.penalty),
        (loan.interest_account_number, 0, apart.interest),
        (loan.account_number, loan.number, apart.principal),
    ]
    if apart.held:
        moved.append((chart.OVERPAID, held_card(book, loan), apart.held))
    return [
        (credit if units > 0 else debit)(
            account, Money(abs(units)), card=card, loan=loan.number
        )
        for account, card, units in moved
        if units
    ]


def to_date(book: Book, loan: Loan, on: date) -> Owed:
    """Return what ends a loan on a day: principal, penalty, and interest to date.

    Whatever the product's rule for an early end; nothing for a loan that was not paid
    out, or is settled.
    """
    if loan.state is not LoanState.DISBURSED or loan.disbursed_on is None:
        return summed([])
    return _ends(book, loan, on, Early.TO_DATE)


def owed_on(book: Book, loan: Loan, on: date) -> Owed:
    """Return what ended a loan on a day, whatever became of it since.

    Nothing before it was paid out, nor after it ended or left the books.
    """
    if loan.disbursed_on is None or on < loan.disbursed_on:
        return summed([])
    return _ends(book, loan, on, Early.TO_DATE)


def payoff(book: Book, loan: Loan, on: date) -> Owed:
    """Return what ends a loan on a day by the product's own rule."""
    if loan.state is not LoanState.DISBURSED or loan.disbursed_on is None:
        return summed([])
    return _ends(book, loan, on, None)


def _ends(book: Book, loan: Loan, on: date, early: Early | None) -> Owed:
    return owed_of(ending(book, loan, on, early))


def ending(book: Book, loan: Loan, on: date, early: Early | None) -> Parts:
    """Return what ends a loan that was paid out, whatever became of it since."""
    replay = begun(book, loan)
    taken(replay, history(book, loan).events(), on)
    if early is not None:
        replay.rules = replace(replay.rules, early=early)
    return replay.payoff(on)
