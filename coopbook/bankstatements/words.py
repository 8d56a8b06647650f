"""What a line of the bank that the book lacks may be, in everyday words (data)."""

from __future__ import annotations

from coopbook.bankstatements.refusals import NotAgainst, TaxTooMuch
from coopbook.ledger.rules import Draft, check_amount, credit, debit
from coopbook.ledger.templates import ADVANCE, BANKS, CASH, EXPENSES, INCOME
from coopbook.money import ZERO, Money

CHARGES, INTEREST, TAX = 52_020, 42_002, 55_001
"""Bank charges, interest the bank pays, and the final tax it keeps of that interest.

Source: the standard chart; interest of a bank is taxed at source (PP 131/2000).
"""

TAXED = ("pajak", "pph", "tax")
PAID = ("bunga", "interest", "jasa giro", "bagi hasil", "bonus")
MOVED = ("setor", "tunai", "tarik", "cash", "deposit", "withdraw")

COMES = (*INCOME, *CASH, *BANKS, CHARGES, *ADVANCE)
GOES = (CHARGES, TAX, *CASH, *BANKS, *(one for one in EXPENSES if one != CHARGES))
GOES_TOO = (*GOES, INTEREST, *ADVANCE)
"""What comes back of a charge, or is taken back of interest, goes the other way."""


def choices(account: int, amount: Money) -> tuple[int, ...]:
    """Return the accounts a line may be posted against, the likely ones first."""
    fitting = COMES if amount > ZERO else GOES_TOO
    return tuple(one for one in fitting if one != account)


def likely(words: str, amount: Money) -> int:
    """Return the account a line is probably of, told by the bank's own words.

    >>> likely("BIAYA ADM", Money(-15_000)), likely("Bunga giro", Money(2_500))
    (52020, 42002)
    >>> likely("PAJAK BUNGA", Money(-500)), likely("SETORAN TUNAI", Money(1_000_000))
    (55001, 11102)
    """
    said = words.casefold()
    if amount < ZERO and any(word in said for word in TAXED):
        return TAX
    if amount > ZERO and any(word in said for word in PAID):
        return INTEREST
    if any(word in said for word in MOVED):
        return CASH[0]
    return INTEREST if amount > ZERO else CHARGES


def lines_of(
    account: int, amount: Money, against: int, *, tax: Money = ZERO
) -> list[Draft]:
    """Return the lines that bring a line of the bank into the book.

    ``amount`` is what the bank moved, positive into the account; ``tax`` what it kept
    of interest before, in whole rupiah.  Raises ``NotAgainst`` and ``TaxTooMuch``.
    """
    if against not in choices(account, amount):
        raise NotAgainst(against)
    if tax:
        check_amount(tax)
        if against != INTEREST or amount < ZERO:
            raise TaxTooMuch
        return [debit(account, amount), debit(TAX, tax), credit(against, amount + tax)]
    if amount > ZERO:
        return [debit(account, amount), credit(against, amount)]
    return [debit(against, -amount), credit(account, -amount)]
