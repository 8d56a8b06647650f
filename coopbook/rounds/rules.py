"""What may stand on a round, and the sentences that refuse the rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from coopbook.errors import Conflict, Missing, Refused
from coopbook.i18n import N_
from coopbook.money import Money

FURTHEST = timedelta(days=92)
"""How far ahead a list may look: a quarter of a year."""


@dataclass(eq=False)
class ListTooFarAhead(Refused):
    """What falls due in years to come is nothing to collect now."""

    sentence = N_("A list looks ahead to %(last)s at most. Choose a day until then.")

    last: date


@dataclass(eq=False)
class NothingBrought(Refused):
    """A round without an amount is none."""

    sentence = N_("Write what at least one of them paid, then post the round.")


@dataclass(eq=False)
class LoanTwice(Refused):
    """A loan stands on a round once."""

    sentence = N_("Loan %(number)s stands on the round twice. Add both amounts up.")

    number: int


@dataclass(eq=False)
class AccountTwice(Refused):
    """A savings account stands on a round once."""

    sentence = N_("Account %(number)s stands on the round twice. Add both amounts up.")

    number: int


@dataclass(eq=False)
class AnothersSavings(Refused):
    """What is more than due goes into the borrower's own savings."""

    sentence = N_(
        "Account %(account)s does not belong to the borrower of loan %(loan)s. "
        "Choose an account of the borrower."
    )

    account: int
    loan: int


@dataclass(eq=False)
class NothingDue(Refused):
    """Where nothing is due, all of it would be a deposit."""

    sentence = N_(
        "Nothing is due on loan %(number)s today, so all of it would go into savings. "
        "Post it as a deposit, or choose something else for what is more than due."
    )

    number: int


@dataclass(eq=False)
class ControlDiffers(Refused):
    """What was keyed adds up to what stands on the paper."""

    sentence = N_(
        "The rows add up to %(keyed)s, the control total on the paper says "
        "%(control)s: %(apart)s apart. Look for the row that was read wrongly; nothing "
        "is posted."
    )

    keyed: Money
    control: Money
    apart: Money


def check_control(keyed: Money, control: Money) -> None:
    """Refuse rows that do not add up to the total on the paper, ``ControlDiffers``."""
    if keyed != control:
        apart = Money(abs(keyed.units - control.units))
        raise ControlDiffers(keyed, control, apart)


@dataclass(eq=False)
class NothingOnList(Refused):
    """A list of nothing is not taken along."""

    sentence = N_("Nothing is due by %(on)s there, so there is nothing to take along.")

    on: date


@dataclass(eq=False)
class NoSuchList(Missing):
    """There is no list of that number."""

    sentence = N_("There is no list %(number)s of what is due.")

    number: int


@dataclass(eq=False)
class NotOnList(Refused):
    """What is keyed in stood on the paper."""

    sentence = N_(
        "Loan %(loan)s is not on list %(number)s. Take its payment at the counter."
    )

    loan: int
    number: int


@dataclass(eq=False)
class KeyedAlready(Conflict):
    """A list is keyed in once."""

    sentence = N_(
        "List %(number)s was keyed in as %(voucher)s. Reverse that to key it in again."
    )

    number: int
    voucher: str


@dataclass(eq=False)
class KeyedBeforeMade(Refused):
    """What came back of a list was paid after it was made."""

    sentence = N_("List %(number)s was made on %(on)s; choose that day or a later one.")

    number: int
    on: date
