"""Words and refusals of leaving; the arithmetic stands in ``reckoning``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coopbook.errors import Conflict, Missing, Refused
from coopbook.i18n import N_, Word
from coopbook.money import Money


class SettlementState(StrEnum):
    """How far the end of a membership is."""

    BEGUN = "begun"
    PAYABLE = "payable"
    PAID = "paid"
    CLAIM = "claim"
    WITHDRAWN = "withdrawn"


STATE_NAMES = {
    SettlementState.BEGUN: N_("begun"),
    SettlementState.PAYABLE: N_("waits to be paid"),
    SettlementState.PAID: N_("settled and paid"),
    SettlementState.CLAIM: N_("set off, a debt remains"),
    SettlementState.WITHDRAWN: N_("taken back"),
}


@dataclass(eq=False)
class NoSuchSettlement(Missing):
    """There is no settlement of that number."""

    sentence = N_("There is no settlement %(number)s.")

    number: int


@dataclass(eq=False)
class CannotLeave(Refused):
    """From some standings one does not leave in that way."""

    sentence = N_(
        "%(name)s stands as: %(now)s. Only somebody who belongs can leave, and only "
        "once."
    )

    name: str
    now: Word


@dataclass(eq=False)
class LoanStillRuns(Refused):
    """Nobody leaves with a loan that is not set off."""

    sentence = N_(
        "%(name)s still owes %(owed)s on loans and for goods. Let it be set off "
        "against what was saved, or be paid first."
    )

    name: str
    owed: Money


@dataclass(eq=False)
class OwesShop(Refused):
    """What is owed to the shop is covered by what was saved, or paid before."""

    sentence = N_(
        "%(name)s owes the shop %(owed)s, more than everything saved. Take a payment "
        "of %(more)s in the shop first."
    )

    name: str
    owed: Money
    more: Money


@dataclass(eq=False)
class StillGuarantees(Refused):
    """What is held for somebody else has to be released first."""

    sentence = N_(
        "%(held)s of %(name)s is held: %(note)s. Let another member take the "
        "guarantee over, then release the hold."
    )

    name: str
    held: Money
    note: str


@dataclass(eq=False)
class WrongStep(Conflict):
    """A settlement goes its way step by step."""

    sentence = N_("Settlement %(number)s is: %(state)s. That step is past, or to come.")

    number: int
    state: Word


@dataclass(eq=False)
class SharesDoNotAddUp(Refused):
    """What the payees receive is what is there."""

    sentence = N_("Divide exactly %(net)s; the parts come to %(given)s.")

    net: Money
    given: Money


@dataclass(eq=False)
class HeirsMissing(Refused):
    """A member who died is paid out to heirs."""

    sentence = N_(
        "Name who inherits %(left)s percent of what %(name)s leaves; heirs named on "
        "the member's page cover the rest."
    )

    name: str
    left: int


@dataclass(eq=False)
class PapersNeeded(Refused):
    """Money goes to heirs against papers."""

    sentence = N_(
        "Write which papers %(name)s showed: death certificate, statement of heirs, "
        "identity card, each with its number."
    )

    name: str


@dataclass(eq=False)
class BeforeItBegan(Refused):
    """A settlement comes after its beginning, and after what moved on the cards."""

    sentence = N_("Use %(earliest)s or a later day; until then something still moved.")

    earliest: date


@dataclass(eq=False)
class PaidOutAlready(Refused):
    """What was paid out is reversed first."""

    sentence = N_("%(name)s was paid by %(voucher)s. Reverse that voucher first.")

    name: str
    voucher: str


@dataclass(eq=False)
class ClaimStands(Refused):
    """A claim ends when the loans are paid."""

    sentence = N_("%(name)s still owes %(owed)s. The claim ends when that is paid.")

    name: str
    owed: Money


@dataclass(eq=False)
class PayeeVoid(Refused):
    """Who was named in a settlement that was reversed receives nothing by it."""

    sentence = N_(
        "%(name)s was named in a settlement that was reversed. Pay those it names now."
    )

    name: str


@dataclass(eq=False)
class LaterSettlement(Refused):
    """Only the newest settlement of a member is taken back."""

    sentence = N_(
        "%(name)s has come back since; settlement %(number)s is closed for good."
    )

    name: str
    number: int


@dataclass(eq=False)
class InterestSince(Refused):
    """A month posted after a settlement left the leaver out."""

    sentence = N_(
        "The interest of %(month)s was posted without %(name)s (%(voucher)s). Reverse "
        "it first, the latest month first; post it again afterwards."
    )

    month: str
    name: str
    voucher: str


@dataclass(eq=False)
class SettledFirst(Refused):
    """Nobody comes back before the leaving is paid out or its claim ended."""

    sentence = N_(
        "Settlement %(number)s of %(name)s is: %(state)s. It is brought to its end "
        "first, then %(name)s can come back."
    )

    number: int
    name: str
    state: Word


@dataclass(eq=False)
class SetOffSince(Refused):
    """A payment before a set-off stands as long as the set-off does."""

    sentence = N_(
        "Loan %(loan)s was set off by %(voucher)s since. Reverse that settlement first."
    )

    loan: int
    voucher: str


@dataclass(eq=False)
class HeldForLoans(Refused):
    """What is held for loans is used or given back before everything is settled."""

    sentence = N_(
        "%(held)s is held for loans of %(name)s. Let it pay what is due, or give it "
        "back from the loan's page; then settle."
    )

    name: str
    held: Money
