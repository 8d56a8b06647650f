"""Who may open which page: one table, and a page without a line does not start."""

from __future__ import annotations

from enum import Enum

from flask import Flask, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.routing import IntegerConverter, Map

from coopbook.ledger import Entry
from coopbook.people import Role


class Access(Enum):
    """Pages that do not ask for a role."""

    PUBLIC = "everybody"
    SIGNED_IN = "everybody logged in"


Rule = Access | frozenset[Role]

R = Role
STAFF = frozenset(Role) - {R.MEMBER}
READERS = frozenset({R.MANAGER, R.TREASURER, R.BOOKKEEPER, R.SUPERVISOR, R.AUDITOR})
COUNTER = frozenset({R.TELLER, R.TREASURER})
MEMBERSHIP = frozenset({R.TELLER, R.CREDIT, R.MANAGER})
DESKS = STAFF - {R.AUDITOR}
KEEPERS = frozenset({R.BOOKKEEPER})
CASH = frozenset({R.TREASURER})
CHECKERS = frozenset({R.MANAGER, R.TREASURER, R.SUPERVISOR})
OWN = frozenset({R.MEMBER})
MANAGERS = frozenset({R.MANAGER})
LENDERS = frozenset({R.CREDIT, R.MANAGER})
OVERSEERS = frozenset({R.MANAGER, R.SUPERVISOR, R.AUDITOR})
WATCHERS = OVERSEERS | {R.CREDIT, R.BOOKKEEPER}
COLLECTORS = LENDERS | CASH
FOLLOWERS = COLLECTORS | OVERSEERS
SIGNERS = frozenset({R.BOOKKEEPER, R.TREASURER, R.MANAGER})
RECONCILERS = SIGNERS

POLICY: dict[str, Rule] = {
    "static": Access.PUBLIC,
    "account.login": Access.PUBLIC,
    "account.language": Access.PUBLIC,
    "account.logout": Access.SIGNED_IN,
    "account.password": Access.SIGNED_IN,
    "oversight.desk": OVERSEERS,
    "oversight.cash": OVERSEERS,
    "board.home": Access.SIGNED_IN,
    "board.menu": Access.SIGNED_IN,
    "board.words": Access.SIGNED_IN,
    "counter.desk": COUNTER,
    "counter.deposit": COUNTER,
    "counter.withdrawal": COUNTER,
    "counter.installment": COUNTER,
    "counter.transfer": COUNTER,
    "counter.remittance": COUNTER,
    "counter.reversal": COUNTER | KEEPERS,
    "counter.receipt": STAFF,
    "counter.printing": DESKS,
    "counter.paper": STAFF,
    "membership.register": STAFF,
    "membership.search": STAFF,
    "membership.found": STAFF,
    "membership.admission": MEMBERSHIP,
    "membership.districts": MEMBERSHIP,
    "membership.member": STAFF,
    "membership.correction": MEMBERSHIP,
    "membership.person": STAFF,
    "membership.papers": STAFF,
    "membership.paper_new": MEMBERSHIP,
    "membership.scan": MEMBERSHIP | COUNTER,
    "membership.history": STAFF,
    "membership.standing": MANAGERS,
    "membership.family": STAFF,
    "membership.kin_new": MEMBERSHIP,
    "membership.kin_end": MEMBERSHIP,
    "membership.household": MEMBERSHIP,
    "membership.heir_new": MEMBERSHIP,
    "membership.heir_end": MEMBERSHIP,
    "membership.abroad": LENDERS | {R.SUPERVISOR},
    "membership.stay_new": LENDERS,
    "membership.stay": LENDERS,
    "membership.proxies": STAFF,
    "membership.proxy_new": frozenset({R.CREDIT, R.MANAGER}),
    "membership.revoking": MEMBERSHIP,
    "membership.doubles": MEMBERSHIP | OVERSEERS,
    "membership.alike": MEMBERSHIP | OVERSEERS,
    "membership.judging": MANAGERS,
    "membership.hamlets": STAFF,
    "membership.book": STAFF,
    "membership.book_file": READERS,
    "membership.opening": MEMBERSHIP | COUNTER,
    "membership.passbook": STAFF,
    "membership.printed": STAFF,
    "leaving.desk": STAFF,
    "leaving.page": STAFF,
    "leaving.begin": MANAGERS,
    "leaving.back": MANAGERS,
    "leaving.settling": MANAGERS,
    "leaving.paying": COUNTER,
    "leaving.ending": MANAGERS,
    "leaving.statement": STAFF,
    "credit.desk": STAFF,
    "credit.simulation": STAFF,
    "credit.application": frozenset({R.CREDIT}),
    "credit.loan": STAFF,
    "credit.disbursement": COUNTER,
    "credit.agreement": STAFF,
    "credit.card": STAFF,
    "credit.payoff": STAFF,
    "credit.tranche": COUNTER,
    "credit.giving_back": COUNTER,
    "credit.new_kind": MANAGERS,
    "credit.quoting": COUNTER | {R.CREDIT},
    "credit.quotation": STAFF,
    "credit.waiver": COUNTER | {R.CREDIT},
    "credit.rate": MANAGERS | {R.CREDIT},
    "credit.replacement": frozenset({R.CREDIT}),
    "credit.products": STAFF,
    "credit.product": MANAGERS,
    "backing.page": STAFF,
    "backing.desk": STAFF,
    "backing.appraising": frozenset({R.CREDIT, R.MANAGER}),
    "backing.guaranteeing": LENDERS,
    "backing.freeing": LENDERS,
    "backing.holding": LENDERS,
    "backing.pledging": LENDERS,
    "backing.releasing": LENDERS,
    "backing.placing": LENDERS,
    "backing.application": STAFF,
    "backing.receipt": STAFF,
    "baddebts.desk": READERS | LENDERS,
    "baddebts.listed": READERS | LENDERS,
    "baddebts.parts": READERS,
    "baddebts.parts_picture": READERS,
    "baddebts.fallen": READERS,
    "baddebts.risk_picture": READERS | LENDERS,
    "baddebts.impaired": READERS | LENDERS,
    "baddebts.history": READERS | LENDERS,
    "baddebts.classing": KEEPERS | MANAGERS | LENDERS,
    "baddebts.providing": KEEPERS | MANAGERS,
    "baddebts.handing_over": LENDERS,
    "baddebts.salvaging": MANAGERS,
    "claims.writing_off": LENDERS | KEEPERS,
    "claims.page": STAFF,
    "claims.recovery": COUNTER,
    "claims.waiving": LENDERS,
    "claims.telling": LENDERS,
    "claims.taking_over": LENDERS,
    "claims.selling": COUNTER,
    "claims.relief": COUNTER,
    "baddebts.report": WATCHERS,
    "dunning.desk": FOLLOWERS,
    "dunning.route": FOLLOWERS,
    "dunning.page": FOLLOWERS,
    "dunning.noting": COLLECTORS,
    "dunning.reminding": COLLECTORS,
    "dunning.sending": COLLECTORS,
    "dunning.letter": FOLLOWERS,
    "dunning.striking": COLLECTORS,
    "dunning.consenting": COLLECTORS,
    "dunning.withdrawing": COLLECTORS,
    "earlywarning.desk": WATCHERS,
    "earlywarning.figures": WATCHERS,
    "earlywarning.listed": WATCHERS,
    "earlywarning.picture": WATCHERS,
    "groups.desk": STAFF,
    "groups.page": STAFF,
    "groups.meeting": STAFF,
    "groups.paper": STAFF,
    "groups.sheet": COUNTER,
    "groups.founding": LENDERS,
    "groups.joining": LENDERS,
    "groups.leaving": LENDERS,
    "groups.leading": LENDERS,
    "groups.days": LENDERS,
    "groups.freezing": LENDERS,
    "groups.lifting": MANAGERS,
    "groups.ending": LENDERS,
    "groups.giving_back": COUNTER | LENDERS,
    "rounds.due": STAFF,
    "rounds.making": COUNTER | LENDERS,
    "rounds.desk": STAFF,
    "rounds.page": STAFF,
    "rounds.paper": STAFF,
    "rounds.keying": COUNTER,
    "rounds.officer": LENDERS,
    "rounds.handing_over": MANAGERS,
    "savings.desk": STAFF,
    "savings.offer": MANAGERS,
    "savings.terms": MANAGERS,
    "savings.conditions": MANAGERS,
    "savings.interest": KEEPERS | CASH,
    "savings.sleeping": STAFF,
    "savings.state": STAFF,
    "savings.hold": MANAGERS | {R.CREDIT, R.TREASURER},
    "savings.release": MANAGERS,
    "savings.block": MANAGERS | COUNTER,
    "savings.wake": MANAGERS | COUNTER,
    "savings.goal": COUNTER | MANAGERS,
    "shares.calendar": STAFF,
    "shares.desk": STAFF,
    "shares.file": STAFF,
    "shares.plan": MANAGERS | CASH,
    "shares.plan_end": MANAGERS | CASH,
    "shares.exemption": MANAGERS,
    "shares.exemption_end": MANAGERS,
    "collection.desk": STAFF,
    "collection.blank": COUNTER | MANAGERS,
    "collection.sheet": COUNTER,
    "collection.page": STAFF,
    "orders.desk": STAFF,
    "orders.of_loan": STAFF,
    "orders.ordering": COUNTER | {R.CREDIT},
    "orders.ending": COUNTER | {R.CREDIT},
    "orders.work": COUNTER,
    "deposits.desk": STAFF,
    "deposits.terms": STAFF,
    "deposits.setting": MANAGERS,
    "deposits.work": KEEPERS | CASH,
    "deposits.of_member": STAFF,
    "deposits.opening": COUNTER,
    "deposits.deposit": STAFF,
    "deposits.maturing": COUNTER,
    "deposits.breaking": COUNTER,
    "deposits.pledging": MANAGERS | {R.CREDIT},
    "deposits.wishes": COUNTER,
    "treasury.desk": CASH | KEEPERS | {R.MANAGER},
    "treasury.voucher": CASH | KEEPERS,
    "treasury.journal": KEEPERS,
    "treasury.attachment": READERS,
    "approvals.inbox": CHECKERS,
    "approvals.approval": CHECKERS | KEEPERS | {R.CREDIT},
    "approvals.approve": CHECKERS,
    "approvals.refuse": CHECKERS,
    "books.trial_balance": READERS,
    "books.chart": READERS,
    "books.account_new": KEEPERS,
    "books.account": KEEPERS,
    "books.archiving": KEEPERS,
    "books.statement": READERS,
    "books.journal": READERS,
    "books.voucher": STAFF,
    "bankstatements.desk": READERS,
    "bankstatements.work": READERS,
    "bankstatements.statement": READERS,
    "bankstatements.reconciliation": READERS,
    "bankstatements.bringing": RECONCILERS,
    "bankstatements.accepting": RECONCILERS,
    "bankstatements.matching": RECONCILERS,
    "bankstatements.undoing": RECONCILERS,
    "bankstatements.posting": CASH | KEEPERS,
    "bankstatements.signing": RECONCILERS,
    "goods.desk": STAFF,
    "goods.card": STAFF,
    "goods.selling": COUNTER,
    "goods.accounts": STAFF,
    "goods.paying": COUNTER,
    "goods.buying": KEEPERS | CASH,
    "goods.entering": KEEPERS | MANAGERS,
    "goods.changing": KEEPERS | MANAGERS,
    "goods.counting": COUNTER | KEEPERS,
    "goods.taking_over": KEEPERS,
    "owned.desk": READERS,
    "owned.entering": KEEPERS | CASH,
    "owned.wearing": KEEPERS,
    "owned.disposing": KEEPERS,
    "owned.taking_out": KEEPERS,
    "owned.counts": STAFF,
    "owned.counting": COUNTER | KEEPERS,
    "owned.ending": KEEPERS | CASH,
    "annual.desk": READERS,
    "annual.page": READERS,
    "annual.statement": READERS,
    "annual.together": READERS,
    "annual.joint_workbook": READERS,
    "annual.joint_plain": READERS,
    "annual.joint_paper": READERS,
    "annual.health_page": READERS,
    "annual.ratio": READERS,
    "annual.meeting_book": READERS,
    "annual.meeting_paper": READERS,
    "annual.meeting_annex": READERS,
    "annual.text": MANAGERS | {R.SUPERVISOR},
    "annual.budget": READERS,
    "annual.planning": MANAGERS | CASH | KEEPERS,
    "annual.questions": MANAGERS | {R.SUPERVISOR},
    "annual.workbook": READERS,
    "annual.paper": READERS,
    "annual.plain_file": READERS,
    "annual.behind": READERS,
    "annual.notes": READERS,
    "annual.note": READERS,
    "annual.benefit": READERS,
    "annual.closing": KEEPERS,
    "annual.reopening": KEEPERS | MANAGERS,
    "annual.approving": MANAGERS,
    "annual.adjustments": READERS,
    "annual.proposing": MANAGERS | {R.SUPERVISOR},
    "annual.booking": KEEPERS,
    "annual.declining": KEEPERS | MANAGERS,
    "annual.lines": READERS,
    "annual.giving": KEEPERS,
    "funds.desk": READERS,
    "funds.using": CASH | KEEPERS,
    "annual.sharing": READERS,
    "annual.policy": MANAGERS,
    "annual.deciding": MANAGERS,
    "annual.handing_out": KEEPERS,
    "annual.covering": KEEPERS,
    "annual.paying": COUNTER,
    "annual.slip": STAFF,
    "books.months": READERS,
    "books.closing": KEEPERS,
    "books.reopening": KEEPERS | {R.MANAGER},
    "bylaws.calendar": STAFF,
    "bylaws.closing": MANAGERS,
    "bylaws.holidays": MANAGERS,
    "bylaws.opening": MANAGERS,
    "bylaws.offices": STAFF,
    "bylaws.entering": MANAGERS,
    "bylaws.desk": Access.SIGNED_IN,
    "bylaws.changing": MANAGERS,
    "audit.room": frozenset({R.AUDITOR, R.SUPERVISOR, R.MANAGER}),
    "audit.exported": frozenset({R.AUDITOR, R.SUPERVISOR, R.MANAGER}),
    "audit.papers": frozenset({R.AUDITOR, R.SUPERVISOR, R.MANAGER}),
    "audit.checkpoints": frozenset({R.AUDITOR, R.SUPERVISOR, R.MANAGER}),
    "audit.checkpoint_paper": frozenset({R.AUDITOR, R.SUPERVISOR, R.MANAGER}),
    "audit.questions": frozenset({R.AUDITOR, R.SUPERVISOR, R.MANAGER}),
    "audit.found": frozenset({R.AUDITOR, R.SUPERVISOR, R.MANAGER}),
    "audit.changes": frozenset({R.AUDITOR, R.SUPERVISOR, R.MANAGER}),
    "audit.letters": frozenset({R.AUDITOR, R.SUPERVISOR, R.MANAGER}),
    "audit.letters_paper": frozenset({R.AUDITOR, R.SUPERVISOR, R.MANAGER}),
    "audit.sample_paper": frozenset({R.AUDITOR, R.SUPERVISOR, R.MANAGER}),
    "audit.opened": frozenset({R.AUDITOR, R.SUPERVISOR, R.MANAGER}),
    "audit.verification": frozenset({R.AUDITOR, R.SUPERVISOR, R.MANAGER}),
    "importing.start": KEEPERS,
    "importing.sheet": KEEPERS,
    "importing.posting": KEEPERS,
    "importing.far": KEEPERS,
    "importing.rows": KEEPERS,
    "importing.reading": KEEPERS,
    "importing.answering": KEEPERS,
    "importing.accounts": KEEPERS,
    "importing.naming": KEEPERS,
    "importing.dropping": KEEPERS,
    "importing.blank": KEEPERS,
    "importing.batch_page": READERS,
    "importing.taking_back": KEEPERS,
    "cutover.page": READERS,
    "cutover.lines": READERS,
    "cutover.signing": SIGNERS,
    "cutover.record": READERS,
    "meetings.desk": STAFF,
    "meetings.call": MANAGERS,
    "meetings.meeting": STAFF,
    "meetings.opening": MANAGERS,
    "meetings.again": MANAGERS,
    "meetings.cancellation": MANAGERS,
    "meetings.closing": MANAGERS,
    "meetings.minutes": STAFF,
    "meetings.signing": MANAGERS,
    "meetings.signed": OVERSEERS,
    "meetings.attendance": STAFF,
    "meetings.sheet": MANAGERS,
    "meetings.going": MANAGERS,
    "meetings.motion_new": MANAGERS,
    "meetings.motion": STAFF,
    "meetings.deciding": MANAGERS,
    "meetings.roll_call": MANAGERS,
    "meetings.decisions": STAFF,
    "meetings.decision": STAFF,
    "meetings.decision_new": MANAGERS,
    "meetings.decision_signing": MANAGERS,
    "meetings.decision_paper": STAFF,
    "meetings.documents": OVERSEERS,
    "meetings.document": OVERSEERS,
    "meetings.document_new": MANAGERS,
    "meetings.replacement": MANAGERS,
    "meetings.document_scan": MANAGERS,
    "meetings.document_paper": OVERSEERS,
    "meetings.mine": OWN,
    "people.everybody": MANAGERS,
    "people.entry": MANAGERS,
    "people.person": MANAGERS,
    "people.roles": MANAGERS,
    "people.disabling": MANAGERS,
    "people.password": MANAGERS,
    "printing.passbook": STAFF,
    "printing.lines": COUNTER,
    "printing.printed": COUNTER,
    "printing.again": COUNTER,
    "printing.lines_again": COUNTER,
    "printing.cover": COUNTER,
    "printing.issuing": COUNTER,
    "printing.certificate": COUNTER,
    "printing.slip": STAFF,
    "printing.slip_printed": COUNTER,
    "printing.raw": STAFF,
    "printing.raw_printed": COUNTER,
    "portal.home": OWN,
    "portal.shared": OWN,
    "portal.slip": OWN,
    "portal.passbook": OWN,
    "portal.loan": OWN,
    "portal.calendar": OWN,
    "portal.about": OWN,
    "portal.deposit": OWN,
    "portal.group": OWN,
    "portal.group_paper": OWN,
}


LARGEST_NUMBER = 10**15


class NoPolicy(Exception):
    """A page has no line in the table, or a line has no page."""


def may(endpoint: str, roles: object = None) -> bool:
    """Say whether the person logged in, or the roles given, may open a page."""
    rule = POLICY.get(endpoint)
    if rule is None:
        return False
    if rule is Access.PUBLIC:
        return True
    if roles is None:
        if not current_user.is_authenticated:
            return False
        roles = current_user.roles
    return rule is Access.SIGNED_IN or bool(rule & frozenset(roles))


class Number(IntegerConverter):
    """A number in an address: no longer than a number of the book can be."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=LARGEST_NUMBER)


def asked_number(name: str, default: int | None = None) -> int | None:
    """Return a number from the query of an address, or the default."""
    text = request.args.get(name, "")
    plain = text.isascii() and text.isdecimal() and len(text) <= 15
    return int(text) if plain else default


def readable() -> None:
    """Refuse a request that holds characters no person types."""
    words = [*request.args.values(), *(request.view_args or {}).values()]
    if any("\x00" in str(word) for word in (*words, *request.form.values())):
        abort(400)


def guard() -> ResponseReturnValue | None:
    """Let nobody past who may not pass; called before every page."""
    endpoint = request.endpoint
    if endpoint is None or may(endpoint):
        return None
    if current_user.is_authenticated:
        abort(403)
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("account.login", back=back))


def check(app: Flask) -> None:
    """Refuse to start while a page has no policy, or a policy no page."""
    pages = {rule.endpoint for rule in app.url_map.iter_rules()}
    for missing in sorted(pages - POLICY.keys()):
        raise NoPolicy(f"the page {missing} has no policy")
    for left in sorted(POLICY.keys() - pages):
        raise NoPolicy(f"the policy {left} has no page")


def as_markdown(app: Flask) -> str:
    """Write the table as a page, which ``docs/policy.md`` keeps."""
    roles = list(Role)
    lines = [
        "# Who may open which page",
        "",
        "Made from `webui/policy.py`, which the program obeys; a test holds the two",
        "together. A page that is not in the table does not start. What a person may",
        "do on a page is judged once more by the book: nobody approves what they made.",
        "",
        "| page | address | before log-in | " + " | ".join(roles) + " |",
        "|---|---|" + ":-:|" * (len(roles) + 1),
    ]
    for rule in sorted(app.url_map.iter_rules(), key=lambda r: (r.endpoint, r.rule)):
        access = POLICY[rule.endpoint]
        cells = ["●" if access is Access.PUBLIC else ""]
        cells += ["●" if may(rule.endpoint, [role]) else "" for role in roles]
        address = rule.rule.replace("<", "‹").replace(">", "›")
        lines.append(f"| {rule.endpoint} | `{address}` | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def may_reverse(entry: Entry) -> bool:
    """Say whether the entry is one that the person's own desk makes."""
    held = set(current_user.roles)
    at_the_counter = (
        *("savings.", "loans.", "orders.", "rounds.", "goods.sell", "goods.pay"),
        *("baddebts.recover", "baddebts.relieve", "baddebts.sell"),
    )
    counter = entry.source.startswith(at_the_counter)
    needed = COUNTER if counter else CASH
    return bool(held & (needed | KEEPERS))
