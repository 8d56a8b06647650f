"""What stands over every page of a member, and what may be done now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from coopbook import archive, members, proxies, settlement
from coopbook.archive import ScanKind
from coopbook.members import LEFT, Member, MemberStatus
from coopbook.members.standing import LEAVING, WAYS
from webui.desk import current_book, today
from webui.membership.service import subject_of
from webui.policy import may

S = MemberStatus
GONE = (*LEFT, S.SETTLED)
NO_LOAN = {
    S.PROSPECTIVE: _l("First the principal share is paid."),
    S.ASSOCIATE: _l("Loans are for full members."),
    S.SUSPENDED: _l("Suspended: lift the suspension first."),
}
TABS = (
    ("membership.member", _l("Cards")),
    ("membership.person", _l("Details")),
    ("membership.family", _l("Family")),
    ("membership.abroad", _l("Abroad")),
    ("membership.proxies", _l("Proxies")),
    ("membership.papers", _l("Documents")),
    ("membership.history", _l("History")),
    ("shares.calendar", _l("Mandatory share")),
    ("deposits.of_member", _l("Term deposits")),
)


@dataclass(frozen=True, slots=True)
class Action:
    """Something to do for a member; ``why`` says why not now."""

    label: str
    href: str
    why: str = ""


def about(who: Member) -> dict[str, Any]:
    """Return what the head of a member's page shows."""
    photo = None
    if may("membership.scan"):
        photo = archive.latest(current_book, subject_of(who.number), ScanKind.PHOTO)
    house = members.household_of(current_book, who)
    return {
        "member": who,
        "photo": photo,
        "house": house,
        "ties": members.ties(current_book, who),
        "same": members.same_as(current_book, who),
        "tabs": TABS,
        "leaving": settlement.settlement_of(current_book, who)
        if who.status in GONE
        else None,
        "acting": [
            one
            for one in proxies.proxies_of(current_book, who)
            if proxies.holds(one, today())
        ],
    }


def actions(who: Member) -> list[Action]:
    """Return what the person at the desk could do, the most likely first."""
    gone, number = who.status in GONE, who.number
    left = _("%(name)s has left.", name=who.name)
    found = [
        (
            "counter.installment" if who.status in LEFT else "counter.deposit",
            _("To the counter"),
            _("Everything is settled.") if who.status is S.SETTLED else "",
        ),
        (
            "credit.application",
            _("Apply for a loan"),
            str(NO_LOAN.get(who.status, left if gone else "")),
        ),
        ("membership.opening", _("Open savings"), left if gone else ""),
        ("membership.standing", _("Change the standing"), _no_change(who)),
        ("leaving.page", _leaving(who), ""),
    ]
    if gone:
        found.reverse()
    return [
        Action(label, url_for(endpoint, number=number), why)
        for endpoint, label, why in found
        if may(endpoint)
    ]


def _no_change(who: Member) -> str:
    if who.status in LEFT:
        return _("First the leaving is settled, or taken back.")
    if who.status is S.SETTLED and not may_return(who):
        return _("%(name)s has died.", name=who.name)
    return ""


def _leaving(who: Member) -> str:
    if who.status in LEAVING:
        return _("Leave the cooperative")
    return _("How the leaving stands") if who.status is S.SETTLED else _("Settle")


def may_return(who: Member) -> bool:
    """Say whether somebody who left and was settled can be taken back."""
    changes = members.history(current_book, who)
    died = any(change.status is S.DECEASED for change in changes[-2:])
    return who.status is S.SETTLED and not died


def ways(who: Member) -> list[MemberStatus]:
    """Return where a decision can bring a member from here."""
    if who.status is S.SETTLED:
        return [S.PROSPECTIVE] if may_return(who) else []
    ways = WAYS.get(who.status, frozenset())
    return sorted(ways | {S.ACTIVE} if who.status is S.PROSPECTIVE else ways)
