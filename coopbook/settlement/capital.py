"""What a leaving does to the cooperative's own capital: warned about, never refused.

Source: domain guide 2.3, own capital is not to fall below what the cooperative began
with, and a refund on exit can bring it there [secondary source].
"""

from __future__ import annotations

from dataclasses import dataclass

from coopbook.book import Book
from coopbook.cooperatives import setting
from coopbook.ledger.queries import own_capital
from coopbook.money import ZERO, Money
from coopbook.settlement.reckoning import Statement

SETTING = "initial_capital"


@dataclass(frozen=True, slots=True)
class CapitalBelow:
    """The own capital that is left once a leaver's shares are gone, and the least."""

    left: Money
    least: Money


def below_initial(book: Book, said: Statement) -> CapitalBelow | None:
    """Return what a settlement leaves of the own capital where that is too little.

    Nothing while nobody has said what the cooperative began with, nor of somebody
    who takes no shares along.
    """
    least = Money(setting(book, SETTING, said.on))
    left = own_capital(book, said.on) - said.shares
    if said.shares <= ZERO or left >= least:
        return None
    return CapitalBelow(left, least)
