"""A bank's statement checked: its balances follow, its days and lines fit (pure)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_FLOOR, Decimal

from coopbook.bankstatements import refusals
from coopbook.money import LARGEST, Money

FIRST, LAST = 11_201, 11_299
"""The bank accounts of the chart.  Source: ``ledger/data/chart.csv``."""

MOST = 5_000
"""Lines of one statement."""

AGREE = Decimal("0.005")


@dataclass(frozen=True, slots=True)
class Told:
    """A line as the bank tells it; what comes in is positive.

    ``amount`` and ``balance`` (after the line) are exact; ``place`` is where it
    stands in the file.
    """

    place: str
    day: date
    words: str
    amount: Decimal
    bank_id: str = ""
    balance: Decimal | None = None


@dataclass(frozen=True, slots=True)
class BankFile:
    """A file of a bank as it was read, before anything of it is believed.

    ``opening`` and ``closing`` are what it states, ``first`` and ``last`` the days it
    says it is of, ``of`` the number of the account at the bank.  ``ids`` says that
    ``bank_id`` is one movement's own, as in OFX; in sheets it is any reference.
    """

    name: str
    digest: str
    form: str
    lines: tuple[Told, ...]
    opening: Decimal | None = None
    closing: Decimal | None = None
    first: date | None = None
    last: date | None = None
    of: str = ""
    ids: bool = False
    columns: tuple[tuple[str, str], ...] = field(default=())
    """What each column of a sheet was read as: key and heading."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A line of a checked statement in whole rupiah."""

    told: Told
    amount: Money
    balance: Money


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement whose balances follow: opening, lines, closing, first and last day.

    ``fractions`` says that fractions of a rupiah were left out.
    """

    first: date
    last: date
    opening: Money
    closing: Money
    lines: tuple[Checked, ...]
    fractions: bool


def is_bank(account: int) -> bool:
    """Say whether an account of the chart is a bank account.

    >>> is_bank(11_201), is_bank(11_102)
    (True, False)
    """
    return FIRST <= account <= LAST


def whole(balance: Decimal) -> Money:
    """Return a balance in whole rupiah.

    Rounding: down, of balances and never of movements: so a movement of whole rupiah
    stays itself, and the movements always come to the closing balance.

    >>> whole(Decimal("1250.75")), whole(Decimal("-0.25"))
    (Money(units=1250), Money(units=-1))
    """
    return Money(int(balance.to_integral_value(ROUND_FLOOR)))


def checked(
    file: BankFile,
    *,
    first: date | None = None,
    last: date | None = None,
    opening: Decimal | None = None,
) -> Statement:
    """Follow the balances of a file from its opening to its closing.

    ``first``, ``last`` and ``opening`` are what a person says of a file that does not
    say it itself.  Units: whole rupiah out, exact in; see ``whole`` for rounding.

    Raises ``OpeningUnknown``, ``OpeningDiffers``, ``BalanceBreaks`` with the line,
    ``ClosingDiffers``, ``DaysUnknown``, ``DaysTurned``, ``LineOutside``,
    ``TooManyLines``, ``AmountTooLarge`` and ``BankIdTwice``.
    """
    if len(file.lines) > MOST:
        raise refusals.TooManyLines(len(file.lines), MOST)
    begins, ends = _days(file, first, last)
    start = _opening(file, opening)
    running, lines = start, []
    for told in file.lines:
        before, running = running, running + told.amount
        if told.balance is not None and abs(told.balance - running) >= AGREE:
            raise refusals.BalanceBreaks(told.place, told.balance, running)
        if max(abs(told.amount), abs(running)) > LARGEST:
            raise refusals.AmountTooLarge(told.place, told.amount)
        after = whole(running)
        lines.append(Checked(told, after - whole(before), after))
    if file.closing is not None and abs(file.closing - running) >= AGREE:
        raise refusals.ClosingDiffers(file.closing, running)
    if file.ids:
        _check_ids(file.lines)
    exact = [start, *(told.amount for told in file.lines)]
    return Statement(
        *(begins, ends, whole(start), whole(running), tuple(lines)),
        any(amount != amount.to_integral_value() for amount in exact),
    )


def _opening(file: BankFile, said: Decimal | None) -> Decimal:
    """Return where a file begins: stated, counted back, or said by a person."""
    found = file.opening
    if found is None and file.lines and file.lines[0].balance is not None:
        found = file.lines[0].balance - file.lines[0].amount
    if found is None and file.closing is not None:
        found = file.closing - sum((one.amount for one in file.lines), Decimal(0))
    if found is None:
        if said is None:
            raise refusals.OpeningUnknown
        return said
    if said is not None and abs(said - found) >= 1:
        raise refusals.OpeningDiffers(found, said)
    return found


def _days(file: BankFile, first: date | None, last: date | None) -> tuple[date, date]:
    """Return the days a statement is of: said, stated, or those of its lines."""
    days = [told.day for told in file.lines]
    begins = first or file.first or min(days, default=None)
    ends = last or file.last or max(days, default=None)
    if begins is None or ends is None:
        raise refusals.DaysUnknown
    if begins > ends:
        raise refusals.DaysTurned(begins, ends)
    for told in file.lines:
        if not begins <= told.day <= ends:
            raise refusals.LineOutside(told.place, told.day, begins, ends)
    return begins, ends


def _check_ids(lines: Sequence[Told]) -> None:
    seen: set[str] = set()
    for told in lines:
        if told.bank_id and told.bank_id in seen:
            raise refusals.BankIdTwice(told.place, told.bank_id)
        seen.add(told.bank_id)


def in_both(
    file: Sequence[tuple[date, int, str]], book: Sequence[tuple[date, int, str]]
) -> list[tuple[date, int, str]]:
    """Return the lines of a file that are there already, each as often as it is.

    A line is its day, its amount in units and its words.

    >>> day = date(2026, 3, 2)
    >>> in_both([(day, 5, "a"), (day, 5, "a")], [(day, 5, "a")])
    [(datetime.date(2026, 3, 2), 5, 'a')]
    """
    return sorted((Counter(file) & Counter(book)).elements())
