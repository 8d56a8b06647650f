"""The desks a person may sit at, in the order of the rail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import g, request
from flask_babel import lazy_gettext as _l

from coopbook import goods
from coopbook.people import Role, approvals
from webui.desk import current_book, person, today
from webui.policy import may

R = Role
WITHIN = {
    "leaving": "membership",
    "backing": "credit",
    "groups": "credit",
    "rounds": "credit",
    "earlywarning": "credit",
    "owned": "treasury",
    "bankstatements": "treasury",
}
"""Pages that belong to the desk of another blueprint."""


@dataclass(frozen=True, slots=True)
class Place:
    """A desk in the rail: where it is, what it is called, what waits there."""

    endpoint: str
    icon: str
    label: object
    count: int = 0

    @property
    def here(self) -> bool:
        """Say whether the page shown belongs to this desk."""
        now = request.endpoint or ""
        if now != self.endpoint and any(now == one.endpoint for one in places()):
            return False
        if self.endpoint.endswith(
            (".home", ".room", ".inbox", ".desk", ".register", ".everybody")
        ):
            desk = now.split(".")[0]
            return self.endpoint.split(".")[0] in (desk, WITHIN.get(desk))
        return now == self.endpoint


PLACES = [
    ("board.home", "home", _l("Today"), {R.MANAGER, R.SUPERVISOR}),
    ("counter.desk", "counter", _l("Counter"), set(Role)),
    ("portal.home", "portal", _l("My savings"), {R.MEMBER}),
    ("membership.register", "members", _l("Members"), set(Role) - {R.AUDITOR}),
    ("credit.desk", "loans", _l("Loans"), set(Role)),
    ("dunning.desk", "members", _l("Collecting"), {R.CREDIT, R.MANAGER}),
    ("savings.desk", "passbook", _l("Savings"), set(Role)),
    ("shares.desk", "passbook", _l("Mandatory share"), set(Role)),
    ("goods.desk", "shop", _l("Shop"), set(Role)),
    ("approvals.inbox", "approvals", _l("Approvals"), set(Role)),
    ("treasury.desk", "vouchers", _l("Vouchers"), set(Role)),
    ("bankstatements.desk", "vouchers", _l("Bank"), {R.SUPERVISOR, R.AUDITOR}),
    ("audit.room", "audit", _l("Audit room"), set(Role)),
    ("books.trial_balance", "books", _l("Trial balance"), set(Role)),
    ("books.journal", "passbook", _l("Journal"), set(Role)),
    ("books.chart", "books", _l("Accounts"), set(Role)),
    ("books.months", "approvals", _l("Months"), set(Role)),
    ("annual.desk", "books", _l("The year"), set(Role)),
    ("membership.register", "members", _l("Members"), {R.AUDITOR}),
    ("meetings.desk", "meetings", _l("Meetings"), set(Role)),
    ("meetings.mine", "meetings", _l("Decisions"), {R.MEMBER}),
    ("importing.start", "importing", _l("Import"), set(Role)),
    ("cutover.page", "importing", _l("From the old books"), set(Role)),
    ("oversight.desk", "audit", _l("Oversight"), {R.MANAGER, R.SUPERVISOR, R.AUDITOR}),
    ("portal.about", "members", _l("My data"), {R.MEMBER}),
    ("bylaws.desk", "approvals", _l("By-laws"), set(Role)),
    ("people.everybody", "members", _l("People"), {R.MANAGER}),
]


STARTS = [
    (Role.MANAGER, "board.home"),
    (Role.SUPERVISOR, "board.home"),
    (Role.TELLER, "counter.desk"),
    (Role.TREASURER, "treasury.desk"),
    (Role.CREDIT, "credit.desk"),
    (Role.BOOKKEEPER, "books.trial_balance"),
    (Role.AUDITOR, "audit.room"),
    (Role.MEMBER, "portal.home"),
]


def start_of(roles: Iterable[str]) -> str:
    """Return where a person's day begins: the desk of their first office."""
    held = set(roles)
    return next((start for role, start in STARTS if role in held), "board.menu")


def places() -> list[Place]:
    """Return the desks of the person logged in; what waits is counted."""
    who = person()
    if who is None:
        return []
    if "places" not in g:
        found: dict[str, Place] = {}
        for endpoint, icon, label, roles in PLACES:
            if endpoint == "goods.desk" and not goods.trades(current_book, today()):
                continue
            if roles & set(who.roles) and may(endpoint) and endpoint not in found:
                waiting = _waiting() if endpoint == "approvals.inbox" else 0
                found[endpoint] = Place(endpoint, icon, label, waiting)
        first = found.pop(start_of(who.roles), None)
        g.places = [first, *found.values()] if first else list(found.values())
    return list(g.places)


def _waiting() -> int:
    pending = approvals.inbox(current_book, state="pending", limit=100)
    return sum(1 for one in pending if approvals.may_decide(current_book, one))
