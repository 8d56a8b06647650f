"""One sheet for a group's meeting: who came, who paid, who paid for whom; one entry."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from coopbook import loans
from coopbook.book import Book
from coopbook.cooperatives import today
from coopbook.groups import rules
from coopbook.groups.model import (
    GroupAttendance,
    GroupCover,
    GroupCoverBack,
    GroupMeeting,
    LoanGroup,
)
from coopbook.groups.queries import (
    backs,
    cover,
    covers,
    due_in,
    frozen,
    group,
    group_behind,
    last_in,
    loans_behind,
    meeting_of,
    meetings,
    members_in,
    roster,
)
from coopbook.groups.service import check_stands, freeze
from coopbook.ledger import reversal_of
from coopbook.ledger.journal import entry as find_entry
from coopbook.ledger.model import Entry
from coopbook.ledger.posting import before_reversal, when_reversed
from coopbook.ledger.rules import VoucherKind, check_amount
from coopbook.loans import Loan, LoanStanding, LoanState
from coopbook.loans.history import ROUND
from coopbook.members import Member
from coopbook.money import ZERO, Money
from coopbook.numerals import in_figures
from coopbook.rounds import DRAWER, Taking, take
from coopbook.rounds.rules import check_control
from coopbook.savings import SavingsAccount


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A line of the sheet: somebody, a loan if there is one, and how it stands."""

    member: Member
    loan: Loan | None
    standing: LoanStanding | None

    @property
    def due(self) -> Money:
        """Everything that is due on the loan by the day of the meeting."""
        return self.standing.due.total if self.standing else ZERO


@dataclass(frozen=True, slots=True)
class Given:
    """What was given on one loan at a meeting: by the borrower, and by the others."""

    loan: Loan
    paid: Money = ZERO
    covered: tuple[tuple[Member, Money], ...] = ()

    @property
    def by_others(self) -> Money:
        """What the others gave."""
        return sum((amount for _, amount in self.covered), ZERO)

    @property
    def total(self) -> Money:
        """Everything that was given on the loan."""
        return self.paid + self.by_others


@dataclass(frozen=True, slots=True)
class Saved:
    """What somebody saved at a meeting."""

    account: SavingsAccount
    amount: Money


def sheet(book: Book, of: LoanGroup, on: date) -> list[SheetRow]:
    """Return the sheet of a meeting: everybody on the roster, with each running loan.

    A loan of somebody who is off the roster stands there as well: the group answers
    for it until it is paid.
    """
    here = {each.number: each for each in members_in(book, of, on)}
    found: dict[int, list[SheetRow]] = {number: [] for number in here}
    for loan in loans_behind(book, of, LoanState.DISBURSED):
        if loan.disbursed_on is None or loan.disbursed_on > on:
            continue
        who = here.get(loan.member_number) or loan.member
        row = SheetRow(who, loan, loans.standing(book, loan, on))
        found.setdefault(who.number, []).append(row)
    return [
        row
        for number in sorted(found)
        for row in found[number] or [SheetRow(here[number], None, None)]
    ]


def meet(
    book: Book,
    of: LoanGroup,
    *,
    on: date,
    given: Sequence[Given] = (),
    saved: Sequence[Saved] = (),
    present: Collection[int] = (),
    control: Money | None = None,
    where: tuple[int, VoucherKind] = DRAWER,
    note: str = "",
) -> GroupMeeting:
    """Write a meeting down and post everything that was collected at it as one entry.

    ``present`` are the numbers of the members who came; ``control`` the total counted,
    which has to be what the rows add up to.  What others paid on a loan becomes a claim
    between them.  Where anything that is due stays unpaid, the group is frozen.

    Raises ``GroupEnded``, ``MetBeforeFounded``, ``MetAlready``, ``NobodyCame``,
    ``NotOfGroup``, ``NotOnRoster``, ``CoversOwn``, ``CoversTooMuch``,
    ``ControlDiffers`` and what ``rounds.take`` refuses; then nothing is posted.
    """
    check_stands(of)
    if on < of.founded_on:
        raise rules.MetBeforeFounded(of.name, of.founded_on)
    due = {row.loan.number: row.due for row in sheet(book, of, on) if row.loan}
    here = {each.member_number for each in roster(book, of, on)}
    for each in given:
        _check_given(book, of, each, due, here)
    whole = sum((each.total for each in given), ZERO)
    whole += sum((each.amount for each in saved), ZERO)
    if not here & set(present):
        raise rules.NobodyCame
    _check_first(book, of, on, whole)
    if control is not None:
        check_control(whole, control)
    entry = _collect(book, of, given, saved, on, where) if whole else None
    paid = {each.loan.number: each.total for each in given}
    uncovered = sum(
        (max(sum_ - paid.get(loan, ZERO), ZERO) for loan, sum_ in due.items()), ZERO
    )
    row = GroupMeeting(
        cooperative_id=book.cooperative_id,
        group_number=of.number,
        number=last_in(book, GroupMeeting, of) + 1,
        met_on=on,
        entry_number=entry.number if entry else None,
        due=sum(due.values(), ZERO),
        uncovered=uncovered,
        note=note.strip(),
    )
    book.session.add(row)
    book.session.flush()
    _note_presence(book, row, here, present)
    if entry is not None:
        _note_covers(book, of, entry, given)
    still = due_in(book, of, max(on, today(book))) if uncovered > ZERO else ZERO
    if still > ZERO and frozen(book, of) is None:
        why = f"Rp {in_figures(uncovered)} tidak terbayar, pertemuan {row.number}"
        freeze(book, of, on=on, why=why)
    return row


def _check_first(book: Book, of: LoanGroup, on: date, whole: Money) -> None:
    """Refuse a second meeting of a day.

    One whose entry was reversed never happened, and one without money is followed by
    the sheet that was meant.
    """
    for each in meetings(book, of, limit=400):
        empty = each.entry_number is None and whole > ZERO
        if each.met_on == on and not empty and not undone(book, each):
            raise rules.MetAlready(on)


def undone(book: Book, row: GroupMeeting) -> bool:
    """Say whether what was collected at a meeting was reversed."""
    if row.entry_number is None:
        return False
    return reversal_of(book, find_entry(book, row.entry_number)) is not None


def _check_given(
    book: Book, of: LoanGroup, each: Given, due: dict[int, Money], here: set[int]
) -> None:
    behind = group_behind(book, each.loan)
    if behind is None or behind.number != of.number:
        raise rules.NotOfGroup(of.name, each.loan.number)
    for who, amount in each.covered:
        check_amount(amount)
        if who.number == each.loan.member_number:
            raise rules.CoversOwn(who.name)
        if who.number not in here:
            raise rules.NotOnRoster(who.name, of.name)
    owed = due.get(each.loan.number, ZERO)
    if each.by_others > ZERO and each.total > owed:
        most = max(owed - each.paid, ZERO)
        raise rules.CoversTooMuch(each.loan.number, owed, each.paid, most)


def _collect(
    book: Book,
    of: LoanGroup,
    given: Sequence[Given],
    saved: Sequence[Saved],
    on: date,
    where: tuple[int, VoucherKind],
) -> Entry:
    takings = [Taking(each.loan, each.total) for each in given]
    takings += [Taking(account=each.account, saved=each.amount) for each in saved]
    memo = f"Pertemuan kelompok {of.name}, {on:%d/%m/%Y}"
    return take(book, takings, on=on, memo=memo, where=where)


def _note_presence(
    book: Book, row: GroupMeeting, here: set[int], present: Collection[int]
) -> None:
    for number in sorted(here):
        book.session.add(
            GroupAttendance(
                cooperative_id=book.cooperative_id,
                group_number=row.group_number,
                meeting_number=row.number,
                member_number=number,
                present=number in present,
            )
        )
    book.session.flush()


def _note_covers(
    book: Book, of: LoanGroup, entry: Entry, given: Sequence[Given]
) -> None:
    number = last_in(book, GroupCover, of)
    for each in given:
        for who, amount in each.covered:
            number += 1
            book.session.add(
                GroupCover(
                    cooperative_id=book.cooperative_id,
                    group_number=of.number,
                    number=number,
                    entry_number=entry.number,
                    loan_number=each.loan.number,
                    member_number=who.number,
                    amount=amount,
                )
            )
    book.session.flush()


def give_back(
    book: Book, of: LoanGroup, number: int, amount: Money, *, on: date, note: str = ""
) -> GroupCoverBack:
    """Write down that a borrower gave back what another had paid; nothing is posted.

    Raises ``NoSuchCover``, ``NotAnAmount``, ``GaveBackBefore`` and
    ``GaveBackTooMuch``.
    """
    check_amount(amount)
    one = cover(book, of, number)
    if on < one.on:
        raise rules.GaveBackBefore(one.on)
    if amount > one.left:
        raise rules.GaveBackTooMuch(one.left)
    count = sum(1 for each in backs(book, of) if each.cover_number == number)
    row = GroupCoverBack(
        cooperative_id=book.cooperative_id,
        group_number=of.number,
        cover_number=number,
        number=count + 1,
        paid_on=on,
        amount=amount,
        note=note.strip(),
    )
    book.session.add(row)
    book.session.flush()
    return row


@before_reversal(ROUND)
def _nothing_given_back(book: Book, entry: Entry) -> None:
    """Refuse to reverse a meeting of whose covers something was given back."""
    row = meeting_of(book, entry)
    if row is None:
        return
    of = group(book, row.group_number)
    back = [
        one.back for one in covers(book, of) if one.row.entry_number == entry.number
    ]
    if sum(back, ZERO) > ZERO:
        raise rules.GaveBackSince(sum(back, ZERO))


@when_reversed(ROUND)
def _not_frozen_by_it(book: Book, entry: Entry, reversal: Entry) -> None:
    """Lift the freeze that a meeting caused which never happened."""
    row = meeting_of(book, entry)
    if row is None:
        return
    standing = frozen(book, group(book, row.group_number))
    if standing is not None and standing.why.endswith(f", pertemuan {row.number}"):
        standing.lifted_on = max(reversal.booked_on, standing.frozen_on)
        standing.lifted_by = book.actor
        standing.lifted_why = f"{reversal.voucher}: pertemuan dibatalkan"
        book.session.flush()
