"""Settlement: leaving and death, set off in one step and paid to whom it belongs."""

from coopbook.settlement.capital import CapitalBelow, below_initial
from coopbook.settlement.holding import in_the_way
from coopbook.settlement.model import Payee, Settlement
from coopbook.settlement.paying import pay_out, pay_out_or_ask, payee
from coopbook.settlement.queries import (
    payees,
    settlement,
    settlement_of,
    settlements,
)
from coopbook.settlement.reckoning import Statement, reckon, surplus_of_members
from coopbook.settlement.rules import STATE_NAMES, SettlementState
from coopbook.settlement.service import (
    Heir,
    begin,
    end_claim,
    settle,
    suggested,
)
from coopbook.settlement.undoing import take_back

__all__ = [
    "STATE_NAMES",
    "CapitalBelow",
    "Heir",
    "Payee",
    "Settlement",
    "SettlementState",
    "Statement",
    "begin",
    "below_initial",
    "end_claim",
    "in_the_way",
    "pay_out",
    "pay_out_or_ask",
    "payee",
    "payees",
    "reckon",
    "settle",
    "settlement",
    "settlement_of",
    "settlements",
    "suggested",
    "surplus_of_members",
    "take_back",
]
