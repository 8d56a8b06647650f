"""Enter an asset, bought now or in the books already; take a wrong one out again."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import func, select

from coopbook.assets import rules
from coopbook.assets.model import Depreciation, FixedAsset
from coopbook.book import Book
from coopbook.cooperatives import cooperative
from coopbook.i18n import N_
from coopbook.ledger.journal import entry as find_entry
from coopbook.ledger.model import Entry
from coopbook.ledger.posting import before_reversal, check_open, post, when_reversed
from coopbook.ledger.queries import not_reversed
from coopbook.ledger.rules import check_amount, check_reason, credit, debit
from coopbook.ledger.vouchers import above_limit, ask_to_pay, kind_of
from coopbook.money import ZERO, Money
from coopbook.people.approvals import approvable
from coopbook.people.model import Approval
from coopbook.people.rules import Role

BUY = "assets.buy"


def enter_asset(
    book: Book,
    name: str,
    *,
    account: int,
    cost: Money,
    on: date,
    months: int,
    residual: Money = ZERO,
    place: str = "",
    document: str = "",
    paid_from: int | None = None,
    worn_before: Money = ZERO,
    taken_over_on: date | None = None,
) -> FixedAsset | Approval:
    """Enter an asset in the register; ``paid_from`` is what it is bought from now.

    Without it the purchase is in the books already.  ``worn_before`` is what older
    books depreciated before this one took the asset over, on the book's first day
    unless told.  Money above the by-law ``voucher_limit`` waits for a second person:
    nothing is entered or posted before.  Raises what ``rules.check_asset`` and
    ``rules.check_worn`` refuse, ``NewIsNotWorn``, ``NotTakenOver``, ``NotAnAmount`` and
    what posting refuses.
    """
    about: dict[str, Any] = {
        "name": name,
        "account": account,
        "cost": cost,
        "on": on,
        "months": months,
        "residual": residual,
        "place": " ".join(place.split()),
        "document": " ".join(document.split()),
    }
    row = _row(book, **about)
    if worn_before or taken_over_on is not None:
        if paid_from is not None:
            raise rules.NewIsNotWorn
        _take_over(book, row, worn_before, taken_over_on)
    if paid_from is None:
        return _entered(book, row)
    check_open(book, on)
    lines = [debit(account, cost), credit(paid_from, cost)]
    if not above_limit(book, lines, on):
        return _bought(book, row, paid_from)
    return ask_to_pay(
        *(book, BUY, {**about, "name": row.name, "paid_from": paid_from}, lines),
        memo=_memo(row),
        on=on,
    )


@approvable(BUY, N_("Buy an asset above the limit"), frozenset({Role.MANAGER}))
def _agreed(
    book: Book,
    approval: Approval,
    *,
    on: str,
    cost: int,
    residual: int,
    paid_from: int,
    lines: list[list[int]],
    memo: str,
    **about: Any,
) -> FixedAsset:
    row = _row(
        book,
        on=date.fromisoformat(on),
        cost=Money(cost),
        residual=Money(residual),
        **about,
    )
    return _bought(book, row, paid_from, approval=approval.number)


def _row(
    book: Book,
    *,
    name: str,
    account: int,
    cost: Money,
    on: date,
    months: int,
    residual: Money,
    place: str,
    document: str,
) -> FixedAsset:
    """Return an asset as it would stand in the register, judged and not entered."""
    check_amount(cost)
    tidy = rules.check_asset(name, account, cost, residual, months)
    last = book.session.scalar(
        select(func.max(FixedAsset.number)).where(
            FixedAsset.cooperative_id == book.cooperative_id
        )
    )
    return FixedAsset(
        cooperative_id=book.cooperative_id,
        number=int(last or 0) + 1,
        name=tidy,
        account_number=account,
        bought_on=on,
        cost=cost,
        residual=residual,
        months=months,
        place=place,
        document=document,
        disposed_on=None,
        disposal_entry=None,
        worn_before=None,
        taken_over_on=None,
        purchase_entry=None,
    )


def _take_over(book: Book, row: FixedAsset, worn: Money, on: date | None) -> None:
    """Say what older books depreciated of an asset, and when it was taken over."""
    if not worn:
        raise rules.NotTakenOver
    day = on or cooperative(book).first_day
    rules.check_worn(
        *(row.account_number, row.cost, row.residual, worn, row.bought_on, day)
    )
    row.worn_before, row.taken_over_on = worn, day


def _memo(row: FixedAsset) -> str:
    return f"Beli {row.name}"


def _entered(book: Book, row: FixedAsset) -> FixedAsset:
    book.session.add(row)
    book.session.flush()
    return row


def _bought(
    book: Book, row: FixedAsset, paid_from: int, *, approval: int | None = None
) -> FixedAsset:
    """Post a purchase and enter what was bought, which names its entry."""
    lines = [debit(row.account_number, row.cost), credit(paid_from, row.cost)]
    entry = post(
        book,
        on=row.bought_on,
        memo=_memo(row),
        lines=lines,
        kind=kind_of(lines),
        source=BUY,
        approval=approval,
    )
    row.purchase_entry = entry.number
    return _entered(book, row)


def _bought_by(book: Book, entry: Entry) -> FixedAsset | None:
    return book.session.scalar(
        select(FixedAsset)
        .outerjoin(
            Depreciation,
            (Depreciation.cooperative_id == FixedAsset.cooperative_id)
            & (Depreciation.asset_number == FixedAsset.number)
            & (Depreciation.entry_number == entry.number),
        )
        .where(FixedAsset.cooperative_id == book.cooperative_id)
        .where(
            (FixedAsset.purchase_entry == entry.number)
            | Depreciation.entry_number.is_not(None)
        )
    )


def check_unused(book: Book, row: FixedAsset) -> None:
    """Refuse to take out of the register what has left it or was depreciated.

    Raises ``AlreadyDisposed`` and ``DepreciatedSince``.
    """
    if row.disposed_on is not None:
        raise rules.AlreadyDisposed(row.name, row.disposed_on)
    last = book.session.scalar(
        select(func.max(Depreciation.entry_number))
        .where(Depreciation.cooperative_id == book.cooperative_id)
        .where(Depreciation.asset_number == row.number)
        .where(Depreciation.amount > ZERO)
        .where(not_reversed(Depreciation))
    )
    if last is not None:
        raise rules.DepreciatedSince(row.name, find_entry(book, last).voucher)


@before_reversal(BUY)
def _may_go_back(book: Book, entry: Entry) -> None:
    """Refuse to take a purchase back of what has left or was depreciated."""
    row = _bought_by(book, entry)
    if row is not None:
        check_unused(book, row)


@when_reversed(BUY)
def _gone_back(book: Book, entry: Entry, reversal: Entry) -> None:
    """Take an asset out of the register whose purchase is reversed."""
    row = _bought_by(book, entry)
    if row is not None:
        row.disposed_on, row.disposal_entry = reversal.booked_on, reversal.number
        book.session.flush()


def take_out(book: Book, row: FixedAsset, *, reason: str) -> FixedAsset:
    """Take an asset out of the register that was entered wrongly; nothing is posted.

    It stays readable with the reason beside its paper, counts on no day and wears out
    no more.  Raises ``ReasonNeeded``, ``AlreadyDisposed``, ``DepreciatedSince``, and
    ``BoughtByEntry`` where an entry of its own bought it.
    """
    why = check_reason(reason)
    check_unused(book, row)
    if row.bought_by is not None:
        raise rules.BoughtByEntry(row.name, find_entry(book, row.bought_by).voucher)
    row.disposed_on = row.bought_on
    row.document = f"{row.document} · {why}" if row.document else why
    book.session.flush()
    return row
