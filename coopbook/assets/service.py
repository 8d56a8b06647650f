"""The register of assets; let them wear out month by month, sell or discard one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import aliased, selectinload

from coopbook.assets import rules
from coopbook.assets.model import Depreciation, FixedAsset
from coopbook.book import Book
from coopbook.dates import last_day
from coopbook.db.types import total
from coopbook.i18n import N_
from coopbook.ledger import chart
from coopbook.ledger.closing import Check, at_month_end
from coopbook.ledger.model import Entry
from coopbook.ledger.posting import before_reversal, post, when_reversed
from coopbook.ledger.queries import not_reversed
from coopbook.ledger.rules import check_amount, credit, debit
from coopbook.money import ZERO, Money

DEPRECIATE, DISPOSE = "assets.depreciate", "assets.dispose"


@dataclass(frozen=True, slots=True)
class Worth:
    """An asset with what this book depreciated of it by a day."""

    asset: FixedAsset
    here: Money

    @property
    def gathered(self) -> Money:
        """What was depreciated of it, in older books as well."""
        return self.here + (self.asset.worn_before or ZERO)

    @property
    def book_value(self) -> Money:
        """What it stands at."""
        return self.asset.cost - self.gathered


def asset(book: Book, number: int) -> FixedAsset:
    """Return an asset; raise ``NoSuchAsset``."""
    row = book.get(FixedAsset, number)
    if row is None:
        raise rules.NoSuchAsset(number)
    return row


def assets(book: Book, *, gone: bool = True) -> list[FixedAsset]:
    """Return the register, by number; without those that left where asked."""
    rows = (
        select(FixedAsset)
        .options(selectinload(FixedAsset.touched))
        .where(FixedAsset.cooperative_id == book.cooperative_id)
        .order_by(FixedAsset.number)
    )
    if not gone:
        rows = rows.where(FixedAsset.disposed_on.is_(None))
    return list(book.session.scalars(rows))


def worth(book: Book, on: date | None = None) -> list[Worth]:
    """Return every asset with what was depreciated of it by the end of a day."""
    rows = (
        select(Depreciation.asset_number, total(Depreciation.amount))
        .join(
            Entry,
            (Entry.cooperative_id == Depreciation.cooperative_id)
            & (Entry.number == Depreciation.entry_number),
        )
        .where(Depreciation.cooperative_id == book.cooperative_id)
        .where(_standing(on))
        .group_by(Depreciation.asset_number)
    )
    if on is not None:
        rows = rows.where(Entry.booked_on <= on)
    sums = {number: amount for number, amount in book.session.execute(rows)}  # noqa: C416
    return [
        Worth(row, sums.get(row.number, ZERO))
        for row in assets(book)
        if on is None or row.since <= on
    ]


def _standing(on: date | None) -> ColumnElement[bool]:
    """Pick what was depreciated and not taken back, or not yet by the end of a day."""
    if on is None:
        return not_reversed(Depreciation)
    undoing = aliased(Entry)
    return ~exists().where(
        undoing.cooperative_id == Depreciation.cooperative_id,
        undoing.reverses == Depreciation.entry_number,
        undoing.booked_on <= on,
    )


def due(book: Book, year: int, month: int) -> list[tuple[FixedAsset, Money]]:
    """Return what is to be depreciated of each asset by the end of a month.

    What earlier months left out is in it: a month that was forgotten is caught up.
    """
    end, until = last_day(year, month), year * 12 + month - 1
    found = []
    for each in worth(book):
        row = each.asset
        if row.disposed_on is not None or row.since > end:
            continue
        asked = rules.gathered(
            row.cost,
            row.residual,
            row.months,
            rules.months_passed(row.bought_on, until),
            worn=row.worn_before or ZERO,
            before=row.months_before,
        )
        if asked > each.gathered:
            found.append((row, asked - each.gathered))
    return found


@at_month_end
def depreciation_checks(book: Book, on: date) -> list[Check]:
    """Say whether everything wore out up to a month's end; nothing without assets."""
    if not assets(book, gone=False):
        return []
    left = sum((amount for _, amount in due(book, on.year, on.month)), ZERO)
    return [Check(N_("Buildings and equipment were depreciated"), left, not left)]


def depreciate(book: Book, year: int, month: int) -> Entry:
    """Post the depreciation of all assets up to the end of a month, in one entry.

    Posting twice posts nothing more.  Raises ``NothingToDepreciate`` and what posting
    refuses, like a closed month.
    """
    parts = due(book, year, month)
    if not parts:
        raise rules.NothingToDepreciate(f"{year}-{month:02d}")
    sums: dict[tuple[int, int], Money] = defaultdict(lambda: ZERO)
    for row, amount in parts:
        sums[rules.PAIRS[row.account_number]] += amount
    entry = post(
        book,
        on=last_day(year, month),
        memo=f"Penyusutan sampai {year}-{month:02d}",
        lines=[
            line
            for (against, expense), amount in sorted(sums.items())
            for line in (debit(expense, amount), credit(against, amount))
        ],
        source=DEPRECIATE,
    )
    book.session.add_all(
        Depreciation(
            cooperative_id=book.cooperative_id,
            entry_number=entry.number,
            asset_number=row.number,
            month=year * 12 + month - 1,
            amount=amount,
        )
        for row, amount in parts
    )
    book.session.flush()
    return entry


def dispose(
    book: Book,
    row: FixedAsset,
    *,
    on: date,
    amount: Money = ZERO,
    into: int = chart.BANK,
    reason: str = "",
) -> Entry:
    """Sell an asset, or discard it; what its worth leaves is gain or loss.

    Raises ``AlreadyDisposed``, ``NotThereYet``, ``DisposedTooEarly``, ``NotAnAmount``.
    """
    if row.disposed_on is not None:
        raise rules.AlreadyDisposed(row.name, row.disposed_on)
    if on < row.since:
        raise rules.NotThereYet(row.name, row.since)
    if amount:
        check_amount(amount)
    now = next(each for each in worth(book) if each.asset.number == row.number)
    last = book.session.scalar(
        select(func.max(Depreciation.month))
        .where(Depreciation.cooperative_id == book.cooperative_id)
        .where(Depreciation.asset_number == row.number)
        .where(not_reversed(Depreciation))
    )
    if last is not None and rules.month_number(on) < last:
        raise rules.DisposedTooEarly(row.name, f"{last // 12}-{last % 12 + 1:02d}")
    apart = amount - now.book_value
    lines = [
        *([debit(into, amount)] if amount else []),
        *(
            [debit(rules.PAIRS[row.account_number][0], now.gathered)]
            if now.gathered
            else []
        ),
        *([debit(rules.LOSS, -apart)] if apart < ZERO else []),
        credit(row.account_number, row.cost),
        *([credit(rules.GAIN, apart)] if apart > ZERO else []),
    ]
    entry = post(
        book,
        on=on,
        memo=" ".join(f"Pelepasan {row.name} {reason}".split()),
        lines=lines,
        source=DISPOSE,
    )
    row.disposed_on, row.disposal_entry = on, entry.number
    book.session.flush()
    return entry


@when_reversed(DISPOSE)
def _back(book: Book, entry: Entry, reversal: Entry) -> None:
    """Let an asset stand again whose disposal is reversed."""
    row = book.session.scalar(
        select(FixedAsset)
        .where(FixedAsset.cooperative_id == book.cooperative_id)
        .where(FixedAsset.disposal_entry == entry.number)
    )
    if row is not None:
        row.disposed_on = row.disposal_entry = None
        book.session.flush()


@before_reversal(DEPRECIATE)
def _stands(book: Book, entry: Entry) -> None:
    """Refuse to take depreciation back of an asset that has left."""
    gone = book.session.scalar(
        select(FixedAsset)
        .join(
            Depreciation,
            (Depreciation.cooperative_id == FixedAsset.cooperative_id)
            & (Depreciation.asset_number == FixedAsset.number),
        )
        .where(FixedAsset.cooperative_id == book.cooperative_id)
        .where(Depreciation.entry_number == entry.number)
        .where(FixedAsset.disposed_on.is_not(None))
        .limit(1)
    )
    if gone is not None:
        assert gone.disposed_on is not None
        raise rules.AlreadyDisposed(gone.name, gone.disposed_on)
