"""The words of members, families and leavings, as people say them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _

from coopbook import archive, decisions, members, proxies, settlement
from coopbook.members import MemberStatus
from coopbook.settlement import SettlementState

NAMES: dict[type, Mapping[Any, str]] = {
    members.MemberStatus: members.STATUS_NAMES,
    members.Relation: members.RELATION_NAMES,
    members.Risk: members.RISK_NAMES,
    members.Verdict: members.VERDICT_NAMES,
    proxies.ProxyKind: proxies.KIND_NAMES,
    archive.ScanKind: archive.SCAN_NAMES,
    settlement.SettlementState: settlement.STATE_NAMES,
    decisions.DecisionBody: decisions.BODY_NAMES,
}
COLOURS: dict[Any, str] = {
    MemberStatus.PROSPECTIVE: "note",
    MemberStatus.ASSOCIATE: "note",
    MemberStatus.SUSPENDED: "watch",
    MemberStatus.RESIGNED: "late",
    MemberStatus.EXPELLED: "late",
    MemberStatus.DECEASED: "late",
    MemberStatus.SETTLED: "note",
    SettlementState.BEGUN: "watch",
    SettlementState.PAYABLE: "watch",
    SettlementState.CLAIM: "late",
    SettlementState.WITHDRAWN: "note",
}


def name_of(value: Any) -> str:
    """Say one of the words; the same word may mean two things, so its set decides."""
    return str(_(NAMES[type(value)][value]))


def colour_of(value: Any) -> str:
    """Return the kind of chip a standing or a step is shown in."""
    return COLOURS.get(value, "")


def choices(words: Iterable[Any], *, none: str = "") -> list[tuple[str, str]]:
    """Return words for a field that chooses one; ``none`` names the empty choice."""
    empty = [("", none)] if none else []
    return empty + [(one.value, name_of(one)) for one in words]


def decided(book: Any, *, none: str) -> list[tuple[str, str]]:
    """Return the latest decisions for a field that chooses one."""
    latest = decisions.decisions(book, limit=30)
    return [("", none)] + [
        (str(one.number), f"{one.label} · {one.title}") for one in latest
    ]


def words() -> dict[str, Any]:
    """Hand the words to the templates of the desks that use them."""
    from webui.forms import new_key

    return {"name_of": name_of, "colour_of": colour_of, "new_key": new_key}
