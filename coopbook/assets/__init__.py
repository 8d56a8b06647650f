"""Fixed assets: their register, depreciation in equal months, leaving."""

from coopbook.assets.model import Depreciation, FixedAsset
from coopbook.assets.rules import (
    PAIRS,
    AlreadyDisposed,
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
    enter_asset,
    worth,
)

__all__ = [
    "PAIRS",
    "AlreadyDisposed",
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
    "worth",
]
