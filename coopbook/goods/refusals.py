"""Why goods are not bought, sold or counted like that, and what would work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from coopbook.errors import Missing, Refused
from coopbook.goods.rules import MOST
from coopbook.i18n import N_, Word
from coopbook.money import Money


@dataclass(eq=False)
class DoesNotTrade(Refused):
    """A cooperative of savings and loans alone has no shop."""

    sentence = N_(
        "This cooperative saves and lends and does not trade. A shop belongs in the"
        " book of a multi-purpose cooperative: say in its by-laws that it trades in"
        " goods."
    )


@dataclass(eq=False)
class NoSuchItem(Missing):
    """The item is not on the list."""

    sentence = N_("There is no item %(asked)s.")

    asked: int | str


@dataclass(eq=False)
class NameOfItem(Refused):
    """An item has a code, a name and a unit."""

    sentence = N_(
        "Write a code, a name and the unit it is counted in, like B01, rice, kg."
    )


@dataclass(eq=False)
class ItemTaken(Refused):
    """Another item has that code."""

    sentence = N_("Code %(asked)s belongs to %(item)s. Choose another one.")

    asked: str
    item: str


@dataclass(eq=False)
class PriceNeeded(Refused):
    """Nothing is given away by a price of nothing."""

    sentence = N_("Write a price of at least Rp 1 a unit, for members and for others.")


@dataclass(eq=False)
class NotAQuantity(Refused):
    """A quantity is more than nothing, with three places at most."""

    sentence = N_(
        "Write how many as a number from 0.001 to %(most)s, with three places at most."
    )

    most: Decimal = Decimal(MOST // 1_000)


@dataclass(eq=False)
class NoLongerSold(Refused):
    """An item that was put aside is neither bought nor sold."""

    sentence = N_(
        "%(item)s was put aside. Say first on its page that it is sold again."
    )

    item: str


@dataclass(eq=False)
class NotSoMany(Refused):
    """Nobody sells more than there is."""

    sentence = N_(
        "There are %(most)s %(unit)s of %(item)s on %(day)s. Sell at most that, or"
        " enter first what was bought."
    )

    most: Decimal
    unit: str
    item: str
    day: date


@dataclass(eq=False)
class MovedLater(Refused):
    """Goods are booked in the order of days, item by item."""

    sentence = N_(
        "%(item)s moved on %(last)s already, and goods are booked in the order of days."
        " Use %(last)s or a later date."
    )

    item: str
    last: date


@dataclass(eq=False)
class SoldSince(Refused):
    """What was bought and has gone since is not taken back alone."""

    sentence = N_(
        "%(item)s has moved since, so %(voucher)s cannot be taken back alone. Take back"
        " first what came after it; the stock card of the item lists it."
    )

    item: str
    voucher: str


@dataclass(eq=False)
class NotAMember(Refused):
    """Members' prices are for members."""

    sentence = N_("%(name)s stands as: %(now)s. Sell as to somebody who is no member.")

    name: str
    now: Word


@dataclass(eq=False)
class NotPaidThere(Refused):
    """Goods are paid in cash, through the bank or, when bought, later."""

    sentence = N_(
        "Account %(account)s does not pay for goods. Choose cash or the bank; what is"
        " bought may be owed to the supplier."
    )

    account: int


@dataclass(eq=False)
class NothingMoved(Refused):
    """A purchase or a sale is of something."""

    sentence = N_("Choose at least one item and write how many.")


@dataclass(eq=False)
class SupplierNeeded(Refused):
    """What is owed is owed to somebody."""

    sentence = N_("Write who supplied it; the money is owed to them.")


@dataclass(eq=False)
class NotInTheBooks(Refused):
    """Goods are taken over up to what the account of goods holds already."""

    sentence = N_(
        "Account 11701 holds %(free)s that no item explains. Take over goods of at most"
        " that, or enter them as bought."
    )

    free: Money


@dataclass(eq=False)
class CostUnknown(Refused):
    """What was found has a cost only where some was bought before."""

    sentence = N_(
        "%(item)s was never bought, so nobody knows its cost. Enter it as bought."
    )

    item: str


@dataclass(eq=False)
class NotCountedSo(Refused):
    """A count is nothing or more."""

    sentence = N_(
        "Write what was counted as a number from 0, with three places at most."
    )


@dataclass(eq=False)
class SomebodyElse(Refused):
    """A count has a witness who is somebody else."""

    sentence = N_("Name who saw the count; it is not the one who counted.")


@dataclass(eq=False)
class WhyApart(Refused):
    """A difference has an explanation, if only that nobody knows."""

    sentence = N_(
        "The book says %(book)s %(unit)s. Write why it differs, or that nobody knows."
    )

    book: Decimal
    unit: str


@dataclass(eq=False)
class NothingOnAccount(Refused):
    """Where the by-laws name no limit, goods are paid at once."""

    sentence = N_(
        "Goods are paid at once here. Take cash or the bank; or let the by-laws say how"
        " much a member may owe the shop."
    )


@dataclass(eq=False)
class WhoseAccount(Refused):
    """Only members buy on account."""

    sentence = N_(
        "Only a member buys on account. Write the member's number, or take cash or the"
        " bank."
    )


@dataclass(eq=False)
class AboveShopLimit(Refused):
    """A member owes the shop no more than the by-laws let them."""

    sentence = N_(
        "%(name)s owes the shop %(owed)s; with %(amount)s more it would be above the"
        " limit of %(limit)s. Take a payment first, or cash for this sale."
    )

    name: str
    owed: Money
    amount: Money
    limit: Money


@dataclass(eq=False)
class MoreThanOwed(Refused):
    """No more is paid than is owed."""

    sentence = N_("%(name)s owes the shop %(owed)s on %(on)s. Take that at most.")

    name: str
    owed: Money
    on: date
