"""The entries a sheet becomes: one a row, what is not known to suspense."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import cast

from coopbook.book import Book
from coopbook.importing.borrowers import Borrowers
from coopbook.importing.holders import Holders, open_holders
from coopbook.importing.identity import identity
from coopbook.importing.kinds.general import AccountRow
from coopbook.importing.kinds.parts import (
    LOAN_FEE,
    LOAN_INTEREST,
    LOAN_OUT,
    LOAN_PENALTY,
    LOAN_PRINCIPAL,
    ROUNDING,
    MemberRow,
    Pot,
)
from coopbook.importing.kinds.registry import RUNNING, Family, Running
from coopbook.importing.lending import open_loans, open_overpaid
from coopbook.importing.looked import Looked
from coopbook.importing.previews import Preview
from coopbook.importing.rounding import whole
from coopbook.importing.takeovers import Borrowing
from coopbook.importing.understood import Part
from coopbook.ledger import chart
from coopbook.ledger.bulk import EntryDraft
from coopbook.ledger.rules import Draft, VoucherKind
from coopbook.loans.queries import products as loan_products
from coopbook.members.queries import names_of
from coopbook.money import ZERO, Money

WORDS = {
    Pot.PRINCIPAL: "simpanan pokok",
    Pot.MANDATORY: "simpanan wajib",
    Pot.VOLUNTARY: "simpanan sukarela",
    Pot.SURPLUS: "SHU",
}
"""Memos are written on paper in the language of the book."""

Row = tuple[str, int, bool]
"""The identity of a row, its number in the sheet, and whether it has an entry."""


def member_drafts(book: Book, now: Preview) -> tuple[list[Row], list[EntryDraft]]:
    """Admit, open and take over what is missing; return rows and entries in order."""
    rows = cast(Sequence[MemberRow], [row for _, row in now.fresh])
    savers, borrowers = now.judged.savers, now.judged.borrowers
    assert savers is not None, "rows of members were judged with their savings"
    holders = open_holders(book, savers.arrivals, savers.holders, savers.standings)
    names = names_of(book)
    open_loans(book, borrowers, holders.members, names)
    over = {holders.members[rows[position].member] for position in borrowers.over}
    open_overpaid(book, over, names)
    kept, drafts = _taken_over(now, holders)
    for position, ((name, _), row) in enumerate(zip(now.fresh, rows, strict=True)):
        draft = row_draft(book, row, position, holders, borrowers)
        kept.append((name, row.row, draft is not None))
        if draft is not None:
            drafts.append(draft)
    return kept, drafts


def row_draft(
    book: Book,
    row: MemberRow,
    position: int,
    holders: Holders,
    borrowers: Borrowers,
) -> EntryDraft | None:
    """Return the entry of a member's row; nothing is left of less than half a rupiah.

    ``position`` is the row's place among those ``borrowers`` were found for.
    """
    lines = _pair(row, holders)
    if lines is None:
        several = list(_lines(book, row, position, holders, borrowers))
        several += _other_side(several)
        lines = tuple(sorted(several, key=_credited))
    if not lines:
        return None
    return EntryDraft(row.on, _memo(row, holders.members[row.member]), lines)


def _pair(row: MemberRow, holders: Holders) -> tuple[Draft, ...] | None:
    """Return the two lines of a row that moves one kind of savings and no more.

    Most rows are such; the general way gives the same, in three times the time.
    """
    if len(row.parts) != 1:
        return None
    (part,) = row.parts
    if part.to == ROUNDING or part.to.startswith("loan."):
        return None
    units, (account, card) = whole(part.amount), holders.card(row.member, part.to)
    if units.units > 0:
        left = Draft(chart.SUSPENSE_DEBIT, units, ZERO)
        return left, Draft(account, ZERO, units, card)
    if units.units < 0:
        right = Draft(chart.SUSPENSE_CREDIT, ZERO, -units)
        return Draft(account, -units, ZERO, card), right
    return ()


def _taken_over(now: Preview, holders: Holders) -> tuple[list[Row], list[EntryDraft]]:
    """Return the entries by which the book gets what is left of older loans.

    Each is known by the row that speaks of the loan first.
    """
    kept: list[Row] = []
    drafts: list[EntryDraft] = []
    if not now.judged.borrowers.takeovers:
        return kept, drafts
    names = {
        (cast(MemberRow, row).sheet, row.row): now.again.get(name, name)
        for name, row in now.fresh
    }
    for one in now.judged.borrowers.takeovers:
        plan = one.plan
        assert plan is not None
        if plan.opening:
            member = holders.members[one.key[0]]
            memo = f"Sisa pinjaman lama {one.number} {member:04d} {one.key[1]}".rstrip()
            line = Draft(one.account, plan.opening, ZERO, one.number, one.number)
            drafts.append(EntryDraft(plan.on, memo, (line, *_other_side([line]))))
            name = identity("takeover", [names[plan.sheet, plan.row]], 1)
            kept.append((name, plan.row, True))
    return kept, drafts


def _memo(row: MemberRow, member: int) -> str:
    said = row.memo
    if not said:
        pot = row.parts[0].to
        way = "Setoran" if row.amount > 0 else "Penarikan"
        said = f"{way} {WORDS.get(cast(Pot, pot), 'anggota')}"
        if pot.startswith("loan."):
            said = "Pinjaman cair" if pot == LOAN_OUT else "Angsuran pinjaman"
    return f"{said} {member:04d} {row.reference}".rstrip()


def _lines(
    book: Book,
    row: MemberRow,
    position: int,
    holders: Holders,
    borrowers: Borrowers,
) -> Iterator[Draft]:
    key = (row.member, row.loan.contract)
    loan = borrowers.of(position, key) if borrowers.loans else None
    for part in row.parts:
        units = whole(part.amount)
        if part.to in (LOAN_PRINCIPAL, LOAN_OUT):
            for one, share in borrowers.principal.get((position, part.to), []):
                yield _line(one.account, one.number, share, one.number)
            if part.to == LOAN_PRINCIPAL and position in borrowers.over:
                card = holders.members[row.member]
                yield _line(chart.OVERPAID, card, borrowers.over[position])
        elif part.to.startswith("loan."):
            if units:
                yield _line(_income(book, part, loan), 0, units, _number(loan))
        elif part.to == ROUNDING:
            if units:
                gain = units > ZERO
                account = chart.ROUNDING_GAIN if gain else chart.ROUNDING_LOSS
                yield _line(account, 0, units)
        elif units:
            yield _line(*holders.card(row.member, part.to), units)


def _line(account: int, card: int, units: Money, loan: int | None = None) -> Draft:
    """Return a line: what is above nothing is credited."""
    if units > ZERO:
        return Draft(account, ZERO, units, card, loan)
    return Draft(account, -units, ZERO, card, loan)


def _credited(line: Draft) -> bool:
    return line.credit > ZERO


def _number(loan: Borrowing | None) -> int | None:
    return None if loan is None else loan.number


def _income(book: Book, part: Part, loan: Borrowing | None) -> int:
    """Return the account a loan's interest, penalty or fee belongs to."""
    if part.to == LOAN_PENALTY:
        return chart.PENALTIES
    if part.to == LOAN_FEE:
        return chart.ORIGINATION_FEES
    assert part.to == LOAN_INTEREST, part.to
    if loan is not None:
        return loan.interest_account
    return loan_products(book)[0].interest_account_number


def _other_side(lines: Sequence[Draft]) -> list[Draft]:
    """Return the line to suspense that balances the others, if they do not."""
    left = sum((line.credit - line.debit for line in lines), ZERO)
    if left > ZERO:
        return [Draft(chart.SUSPENSE_DEBIT, left, ZERO)]
    if left < ZERO:
        return [Draft(chart.SUSPENSE_CREDIT, ZERO, -left)]
    return []


def account_drafts(book: Book, now: Preview) -> tuple[list[Row], list[EntryDraft]]:
    """Return the rows and entries of a bank, cash or general book."""
    kept: list[Row] = []
    drafts: list[EntryDraft] = []
    running = RUNNING.get(now.kind)
    if now.opening is not None and running is not None:
        units = whole(now.opening.amount)
        kept.append((now.opening.identity, 0, bool(units)))
        opened = _running(running, now.opening.on, "Saldo awal", units)
        drafts += [draft._replace(kind=VoucherKind.BM) for draft in opened]
    for name, row in now.fresh:
        if running is not None:
            made = _running(
                running, row.on, row.memo or running.words, whole(row.amount)
            )
        else:
            made = _general(cast(AccountRow, row))
        kept.append((name, row.row, bool(made)))
        drafts += made
    return kept, drafts


def _running(book: Running, on: date, memo: str, units: Money) -> list[EntryDraft]:
    own = (book.account, 0)
    if units > ZERO:
        came = (chart.SUSPENSE_CREDIT, 0)
        return [between(on, memo, own, came, units, book.money_in)]
    if units < ZERO:
        went = (chart.SUSPENSE_DEBIT, 0)
        return [between(on, memo, went, own, -units, book.money_out)]
    return []


def _general(row: AccountRow) -> list[EntryDraft]:
    """Return the entry of a journal's row; what rounding leaves goes its own way."""
    lines: list[Draft] = []
    for part in row.parts:
        units = whole(part.amount)
        if units:
            lines.append(_line(int(part.to.removeprefix("account:")), 0, units))
    if not lines:
        return []
    if not sum(part.amount for part in row.parts):
        lines += _rounded(lines)
    else:
        lines += _other_side(lines)
    lines.sort(key=_credited)
    memo = f"{row.memo} {row.reference}".strip() or "Jurnal"
    return [EntryDraft(row.on, memo, tuple(lines))]


def _rounded(lines: Sequence[Draft]) -> list[Draft]:
    left = sum((line.credit - line.debit for line in lines), ZERO)
    if left > ZERO:
        return [Draft(chart.ROUNDING_LOSS, left, ZERO)]
    return [Draft(chart.ROUNDING_GAIN, ZERO, -left)] if left < ZERO else []


def rounding_drafts(now: Looked) -> list[EntryDraft]:
    """Return the last entry of an import, when rounding leaves anything."""
    left = now.posting.left
    if not left or now.rounding_on is None:
        return []
    running = RUNNING.get(now.kind)
    memo = "Selisih pembulatan impor"
    members = now.kind.family is Family.MEMBERS
    if running is None and not members:
        return []
    own = 0 if running is None else running.account
    if left > ZERO:
        other = (chart.SUSPENSE_DEBIT if members else own, 0)
        gain = (chart.ROUNDING_GAIN, 0)
        return [between(now.rounding_on, memo, other, gain, left)]
    other = (chart.SUSPENSE_CREDIT if members else own, 0)
    loss = (chart.ROUNDING_LOSS, 0)
    return [between(now.rounding_on, memo, loss, other, -left)]


def between(
    on: date,
    memo: str,
    left: tuple[int, int],
    right: tuple[int, int],
    amount: Money,
    kind: VoucherKind = VoucherKind.BM,
) -> EntryDraft:
    """Return an entry that debits one card and credits another."""
    (account, card), (other, other_card) = left, right
    lines = Draft(account, amount, ZERO, card), Draft(other, ZERO, amount, other_card)
    return EntryDraft(on, memo, lines, kind)
