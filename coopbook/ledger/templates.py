"""Vouchers in everyday words: what happened, and the accounts it moves (data)."""

from __future__ import annotations

from dataclasses import dataclass

from coopbook.i18n import N_
from coopbook.ledger import chart

CASH = (11102, 11101, 11103, 11104)
BANKS = (11201, 11202, 11204)
MONEY = (*CASH, *BANKS)
EXPENSES = (
    *(52008, 52009, 52010, 52011, 52012, 52018, 52019, 52020, 52021, 52022, 52023),
    *(52024, 52007, 52006, 52027, 53001, 53002, 53003, 53004, 53005, 53006, 54004),
)
PAY = (52002, 52003, 52004, 52005, 52007)
BORROWINGS = (22001, 22002, 22005, 21801, 21802)
ASSETS = (13004, 13005, 13006, 13003, 13002, 13001, 13008, 14001)
INCOME = (42002, 42003, 43003, 43007, 43009, 41010)
ADVANCE = (11603,)
INCOME_TAX_WITHHELD = 21602
INTEREST_PAID = 51003


@dataclass(frozen=True, slots=True)
class VoucherTemplate:
    """A kind of voucher: the accounts to choose from, the usual one first.

    ``extra`` names a second amount and its account: in the left column it is
    paid on top, in the right one it is kept back.  ``units`` is what only a book
    with another unit beside it has; the first one brings their accounts.
    """

    key: str
    group: str
    title: str
    help: str
    debit: tuple[int, ...]
    credit: tuple[int, ...]
    extra_title: str = ""
    extra_account: int = 0
    extra_on_top: bool = False
    units: bool = False


OUT, IN, BETWEEN = N_("Money goes out"), N_("Money comes in"), N_("Between our own")
BETWEEN_UNITS = N_("With the other unit")
OWED_BY_UNIT, OWED_TO_UNIT = chart.BETWEEN_UNITS
UNIT_INCOME = (chart.UNIT_INTEREST[0], chart.UNIT_FEES[0])
UNIT_EXPENSE = (chart.UNIT_INTEREST[1], chart.UNIT_FEES[1])

TEMPLATES = (
    VoucherTemplate(
        "expense",
        OUT,
        N_("Pay an expense"),
        N_("Electricity, paper, transport, rent, meetings and the like."),
        EXPENSES,
        MONEY,
    ),
    VoucherTemplate(
        "salary",
        OUT,
        N_("Pay salary or honorarium"),
        N_("Enter what was agreed; tax kept back is entered beside it."),
        PAY,
        MONEY,
        N_("Tax kept back"),
        INCOME_TAX_WITHHELD,
    ),
    VoucherTemplate(
        "advance",
        OUT,
        N_("Give an advance"),
        N_("Money for an activity, to be accounted for with receipts."),
        ADVANCE,
        MONEY,
    ),
    VoucherTemplate(
        "advance-spent",
        BETWEEN,
        N_("Account for an advance"),
        N_("What was spent of an advance, receipt by receipt."),
        EXPENSES,
        ADVANCE,
    ),
    VoucherTemplate(
        "advance-returned",
        IN,
        N_("Take back the rest of an advance"),
        N_("What was left of an advance comes back."),
        MONEY,
        ADVANCE,
    ),
    VoucherTemplate(
        "transfer",
        BETWEEN,
        N_("Move money between cash and bank"),
        N_("From the counter to the safe or the bank, and back."),
        (*BANKS, *CASH),
        MONEY,
    ),
    VoucherTemplate(
        "petty-cash",
        BETWEEN,
        N_("Fill the petty cash"),
        N_("Bring the petty cash back to its fixed amount."),
        (11103,),
        (11102, 11101, *BANKS),
    ),
    VoucherTemplate(
        "borrow",
        IN,
        N_("Borrow from a bank or fund"),
        N_("A loan that the cooperative itself takes."),
        (*BANKS, *CASH),
        BORROWINGS,
    ),
    VoucherTemplate(
        "repay-borrowing",
        OUT,
        N_("Repay a borrowing"),
        N_("Enter the principal; the interest is entered beside it."),
        BORROWINGS,
        (*BANKS, *CASH),
        N_("Interest paid"),
        INTEREST_PAID,
        extra_on_top=True,
    ),
    VoucherTemplate(
        "buy-asset",
        OUT,
        N_("Buy equipment or another asset"),
        N_("Things that last for years: computer, cupboard, machine, vehicle."),
        ASSETS,
        (*BANKS, *CASH),
    ),
    VoucherTemplate(
        "income",
        IN,
        N_("Receive other income"),
        N_("Bank interest, support from the village, book fees and the like."),
        (*CASH, *BANKS),
        INCOME,
    ),
    VoucherTemplate(
        "grant",
        IN,
        N_("Receive a grant"),
        N_("A gift without condition adds to capital; with one it waits."),
        (*BANKS, *CASH),
        (33002, 21702, 43002),
    ),
    VoucherTemplate(
        "unit-charge",
        BETWEEN_UNITS,
        N_("Charge the other unit interest or a fee"),
        N_("What it owes us for it; the other unit books the same from its side."),
        (OWED_BY_UNIT, *MONEY),
        UNIT_INCOME,
        units=True,
    ),
    VoucherTemplate(
        "unit-charged",
        BETWEEN_UNITS,
        N_("Book what the other unit charges us"),
        N_("The same amount in the same month as in the other unit's book."),
        UNIT_EXPENSE,
        (OWED_TO_UNIT, *MONEY),
        units=True,
    ),
    VoucherTemplate(
        "unit-give",
        BETWEEN_UNITS,
        N_("Give the other unit money"),
        N_("It owes us the money, or we pay what we owe it."),
        (OWED_BY_UNIT, OWED_TO_UNIT),
        MONEY,
        units=True,
    ),
    VoucherTemplate(
        "unit-take",
        BETWEEN_UNITS,
        N_("Take money from the other unit"),
        N_("We owe it the money, or it pays what it owes us."),
        MONEY,
        (OWED_TO_UNIT, OWED_BY_UNIT),
        units=True,
    ),
)


def template(key: str) -> VoucherTemplate | None:
    """Return the template of a key."""
    return next((each for each in TEMPLATES if each.key == key), None)
