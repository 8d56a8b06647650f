"""The register of assets beside the ledger: cost and depreciation by account."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from coopbook.assets import rules
from coopbook.assets.service import worth
from coopbook.book import Book
from coopbook.i18n import N_
from coopbook.ledger.closing import Check, at_month_end
from coopbook.ledger.queries import trial_balance
from coopbook.money import ZERO, Money

TIED = N_("Fixed assets in the register equal those in the ledger")


@dataclass(frozen=True, slots=True)
class Tied:
    """An account of fixed assets, or of their depreciation: what each side holds."""

    account: int
    register: Money
    ledger: Money

    @property
    def missing(self) -> Money:
        """How much the register lacks; what it has too much is negative."""
        return self.ledger - self.register


def tied(book: Book, on: date) -> list[Tied]:
    """Return what register and ledger hold on a day, by account, both sides positive.

    Accounts that neither side knows are left out.  The register is read as it stands
    now: what left it or was bought by the end of the day, whatever was reversed since.
    """
    ledger = {
        row.account_number: row.debit - row.credit for row in trial_balance(book, on)
    }
    register: dict[int, Money] = defaultdict(lambda: ZERO)
    for one in worth(book, on):
        row = one.asset
        if row.gone(on):
            continue
        register[row.account_number] += row.cost
        if row.account_number in rules.PAIRS:
            register[rules.PAIRS[row.account_number][0]] += one.gathered
    against = dict.fromkeys(pair[0] for pair in rules.PAIRS.values())
    found = [
        *(
            Tied(number, register[number], ledger.get(number, ZERO))
            for number in (rules.LAND, *rules.PAIRS)
        ),
        *(
            Tied(number, register[number], -ledger.get(number, ZERO))
            for number in against
        ),
    ]
    return [one for one in found if one.register or one.ledger]


@at_month_end
def register_checks(book: Book, on: date) -> list[Check]:
    """Say by how much register and ledger differ; nothing where neither holds any."""
    found = tied(book, on)
    apart = sum((abs(one.missing) for one in found), ZERO)
    return [Check(TIED, apart, not apart)] if found else []
