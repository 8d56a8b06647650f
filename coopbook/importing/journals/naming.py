"""What kind of account a name, a word or a code stands for."""

from __future__ import annotations

from functools import cache

from coopbook.importing.sheets.shapes import plain
from coopbook.ledger.chart import standard_chart
from coopbook.ledger.rules import AccountType

ROOTS = {
    AccountType.ASSET: ("assets", "asset", "aset", "aktiva", "harta"),
    AccountType.LIABILITY: (
        *("liabilities", "liability", "liabilitas", "kewajiban", "utang", "hutang"),
    ),
    AccountType.EQUITY: ("equity", "ekuitas", "modal"),
    AccountType.REVENUE: ("income", "revenue", "revenues", "pendapatan"),
    AccountType.EXPENSE: ("expenses", "expense", "beban", "biaya"),
    AccountType.MEMO: ("memorandum", "memo"),
}
TYPES = {word: kind for kind, words in ROOTS.items() for word in words}
BY_DIGIT = {
    "1": AccountType.ASSET,
    "2": AccountType.LIABILITY,
    "3": AccountType.EQUITY,
    "4": AccountType.REVENUE,
    "5": AccountType.EXPENSE,
    "6": AccountType.EXPENSE,
    "9": AccountType.MEMO,
}


def type_of(word: str) -> AccountType | None:
    """Return the kind of account a word names.

    >>> type_of("Assets"), type_of("Beban"), type_of("Mawar")
    (<AccountType.ASSET: 'asset'>, <AccountType.EXPENSE: 'expense'>, None)
    """
    return TYPES.get(plain(word))


def type_by_code(code: str, number: int | None) -> AccountType | None:
    """Return the kind of a standard account, or else what its first figure says."""
    return _standard().get(str(number)) or BY_DIGIT.get(code[:1])


@cache
def _standard() -> dict[str, AccountType]:
    return {str(row.number): row.account_type for row in standard_chart()}


def number_in(said: str) -> int | None:
    """Return the fixed number that a file tells of an account, if it is one.

    >>> number_in("21101"), number_in("current assets")
    (21101, None)
    """
    return int(said) if said.isascii() and said.isdigit() else None
