"""Fixed assets: their register, depreciation in equal months, leaving."""

from coopbook.assets.buying import BUY, enter_asset, take_out
from coopbook.assets.model import Depreciation, FixedAsset
from coopbook.assets.rules import (
    PAIRS,
    AlreadyDisposed,
    BoughtByEntry,
    DepreciatedSince,
    DisposedTooEarly,
    NoLife,
    NoSuchAsset,
    NotAnAsset,
    NothingToDepreciate,
    ResidualTooHigh,
)
from coopbook.assets.service import (
    Worth,
    asset,
    assets,
    depreciate,
    dispose,
    due,
    worth,
)
from coopbook.assets.tying import TIED, Tied, register_checks, tied

__all__ = [
    "BUY",
    "PAIRS",
    "TIED",
    "AlreadyDisposed",
    "BoughtByEntry",
    "DepreciatedSince",
    "Depreciation",
    "DisposedTooEarly",
    "FixedAsset",
    "NoLife",
    "NoSuchAsset",
    "NotAnAsset",
    "NothingToDepreciate",
    "ResidualTooHigh",
    "Tied",
    "Worth",
    "asset",
    "assets",
    "depreciate",
    "dispose",
    "due",
    "enter_asset",
    "register_checks",
    "take_out",
    "tied",
    "worth",
]
