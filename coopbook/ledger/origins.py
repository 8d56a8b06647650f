"""Where money came from when the member did not bring it: payer, transfer, rate."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select

from coopbook.book import Book
from coopbook.errors import Refused
from coopbook.i18n import N_
from coopbook.ledger.model import Entry, MoneyOrigin
from coopbook.money import Money


@dataclass(frozen=True, slots=True)
class Foreign:
    """What was sent in another currency: amount, and rupiah for one unit of it."""

    currency: str
    amount: Decimal
    rate: Decimal

    @property
    def rupiah(self) -> Money:
        """What that comes to, rounded half to even."""
        return Money(int((self.amount * self.rate).to_integral_value()))


@dataclass(eq=False)
class NoRate(Refused):
    """A foreign amount and a rate are positive, and belong together."""

    sentence = N_(
        "Write the currency in three letters, the foreign amount, and the rupiah for "
        "one unit of it; or leave all three empty."
    )


def foreign(
    currency: str, amount: Decimal | None, rate: Decimal | None
) -> Foreign | None:
    """Return what was sent abroad, or nothing when nothing is said of it.

    Raises ``NoRate`` when only a part is said, or it cannot be.

    >>> foreign("hkd", Decimal("1250.50"), Decimal("2034.5")).rupiah
    Money(units=2544142)
    """
    tidy = currency.strip().upper()
    if not tidy and amount is None and rate is None:
        return None
    named = len(tidy) == 3 and tidy.isascii() and tidy.isalpha()
    if not named or amount is None or rate is None:
        raise NoRate
    if not (0 < amount <= Decimal(10) ** 12 and 0 < rate <= Decimal(10) ** 9):
        raise NoRate
    return Foreign(tidy, amount, rate)


def note_origin(
    book: Book,
    entry: Entry,
    *,
    payer: str,
    reference: str,
    sent: Foreign | None = None,
    purposes: Sequence[tuple[int, str]] = (),
) -> MoneyOrigin:
    """Keep beside an entry who paid, by which transfer, and from what abroad."""
    row = MoneyOrigin(
        cooperative_id=book.cooperative_id,
        entry_number=entry.number,
        payer=payer.strip(),
        reference=reference.strip(),
        currency=sent.currency if sent else None,
        foreign_amount=f"{sent.amount:f}" if sent else None,
        rate=f"{sent.rate:f}" if sent else None,
        purposes=json.dumps(list(map(list, purposes)), separators=(",", ":")),
    )
    book.session.add(row)
    book.session.flush()
    return row


def note_payer(book: Book, entry: Entry, *, payer: str, reference: str) -> None:
    """Keep beside an entry who paid and by which transfer, where one is named."""
    if payer.strip() or reference.strip():
        note_origin(book, entry, payer=payer, reference=reference)


def origin_of(book: Book, entry_number: int) -> MoneyOrigin | None:
    """Return where the money of an entry came from, if it was noted."""
    return book.get(MoneyOrigin, entry_number)


def origins(book: Book, numbers: Sequence[int]) -> dict[int, MoneyOrigin]:
    """Return where the money of some entries came from, by the entry's number."""
    rows = (
        select(MoneyOrigin)
        .where(MoneyOrigin.cooperative_id == book.cooperative_id)
        .where(MoneyOrigin.entry_number.in_(list(numbers)))
    )
    return {row.entry_number: row for row in book.session.scalars(rows)}


def purposes_of(row: MoneyOrigin) -> list[tuple[int, str]]:
    """Return the accounts of a remittance and what each part is for."""
    return [(number, purpose) for number, purpose in json.loads(row.purposes)]
