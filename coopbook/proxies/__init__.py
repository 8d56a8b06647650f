"""Proxies: who may act for a member abroad, and guardians of children."""

from coopbook.proxies.model import Proxy, ProxyCard, ProxyUse
from coopbook.proxies.rules import KIND_NAMES, ProxyKind
from coopbook.proxies.service import (
    Used,
    cards_of,
    check_grown,
    check_not_revoked,
    check_use,
    ending,
    enter_proxy,
    holds,
    note_use,
    proxies_of,
    proxy,
    revoke,
    used_in_month,
    uses,
)

__all__ = [
    "KIND_NAMES",
    "Proxy",
    "ProxyCard",
    "ProxyKind",
    "ProxyUse",
    "Used",
    "cards_of",
    "check_grown",
    "check_not_revoked",
    "check_use",
    "ending",
    "enter_proxy",
    "holds",
    "note_use",
    "proxies_of",
    "proxy",
    "revoke",
    "used_in_month",
    "uses",
]
