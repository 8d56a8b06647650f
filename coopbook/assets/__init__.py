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

__all__ = [
    "BUY",
    "PAIRS",
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
    "Worth",
    "asset",
    "assets",
    "depreciate",
    "dispose",
    "due",
    "enter_asset",
    "take_out",
    "worth",
]
