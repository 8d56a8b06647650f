"""See exactly what will be done, then approve or refuse it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import (
    cooperatives,
    cutover,
    ledger,
    members,
    oversight,
    people,
    proxies,
    savings,
    settlement,
)
from coopbook.cooperatives.standards import KNOWN
from coopbook.i18n import N_
from coopbook.money import ZERO, Money
from coopbook.people import Approval, ApprovalState, Role, approvals
from webui.approvals import bp, lending, spending
from webui.approvals.forms import ApproveForm, RefuseForm
from webui.bylaws.saying import spoken
from webui.desk import (
    JournalLine,
    current_book,
    desk_store,
    once,
    rehearse,
    today,
)
from webui.policy import asked_number
from webui.watching import warn
from webui.wording import day, label, month, rupiah, word

PAGE = 20

_NAMES = {
    "name": N_("Name"),
    "roles": N_("Roles"),
    "on": N_("Date"),
    "amount": N_("Amount"),
    "memo": N_("What"),
    "template": N_("Template"),
    "reason": N_("Reason"),
}


@bp.get("/approvals")
def inbox() -> ResponseReturnValue:
    """List what waits for a second person, or what was decided."""
    asked = request.args.get("state", "pending")
    state = asked if asked in set(ApprovalState) else "pending"
    before = asked_number("before")
    found = approvals.inbox(current_book, state, before=before, limit=PAGE + 1)
    return render_template(
        "approvals/inbox.html",
        rows=[
            (one, title(one), about(one), approvals.may_decide(current_book, one))
            for one in found[:PAGE]
        ],
        more=len(found) > PAGE,
        state=state,
        states=list(ApprovalState),
    )


def title(one: Approval) -> str:
    """Say what kind of request it is."""
    return str(_(approvals.KINDS[one.kind].title))


@bp.get("/approvals/<int:number>")
def approval(number: int) -> ResponseReturnValue:
    """Show a request, as it will be done."""
    return _shown(number, ApproveForm(formdata=None), RefuseForm(formdata=None))


def _shown(number: int, yes: ApproveForm, no: RefuseForm) -> ResponseReturnValue:
    one = approvals.approval(current_book, number)
    mine = approvals.may_decide(current_book, one)
    lines: list[JournalLine] = []
    if mine:
        with yes.showing_refusals():
            lines, _said = rehearse(approvals.approve, number, digest=one.digest)
        one = approvals.approval(current_book, number)
        yes.digest.data = one.digest
    page = render_template(
        "approvals/approval.html",
        one=one,
        title=title(one),
        rows=facts_of(one),
        lines=lines,
        mine=mine,
        yes=yes,
        no=no,
    )
    return page, 422 if (yes.refusals or no.errors or no.refusals) else 200


@bp.post("/approvals/<int:number>/approve")
def approve(number: int) -> ResponseReturnValue:
    """Approve and do what was asked for."""
    form = ApproveForm()
    if form.validate_on_submit():
        with form.showing_refusals():
            once(form, approvals.approve, number, digest=form.digest.data or "")
            one = approvals.approval(current_book, number)
            if one.kind == "people.password":
                whose = one.subject.partition(":")[2]
                desk_store().send_away(current_book.cooperative_id, whose)
            flash(_("Approved."))
            _watch(one)
            return redirect(url_for(".approval", number=number))
    return _shown(number, form, RefuseForm(formdata=None))


def _watch(one: Approval) -> None:
    """Warn whoever let cash go out, as the counter does for what it pays alone."""
    if one.kind == "savings.withdraw":
        asked = approvals.request_of(one)
        member = savings.account(current_book, int(asked["account"])).member
        on = date.fromisoformat(str(asked["on"]))
        found = oversight.reaches_threshold(current_book, member, on)
        if found is not None:
            warn(found)


@bp.post("/approvals/<int:number>/refuse")
def refuse(number: int) -> ResponseReturnValue:
    """Refuse, with a reason the maker can read."""
    form = RefuseForm()
    if form.validate_on_submit():
        with form.showing_refusals():
            once(form, approvals.refuse, number, reason=form.reason.data or "")
            flash(_("Refused, with your reason."))
            return redirect(url_for(".approval", number=number))
    return _shown(number, ApproveForm(formdata=None), form)


def facts_of(one: Approval) -> list[tuple[str, str]]:
    """Return the fields of a request in words: what the checker decides on."""
    asked = approvals.request_of(one)
    teller = TELLERS.get(one.kind)
    return teller(asked) if teller else _plainly(asked)


def _plainly(asked: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        (_(_NAMES.get(name, name)), _spoken(name, value))
        for name, value in asked.items()
        if value not in (None, "", [])
    ]


def _spoken(name: str, value: Any) -> str:
    if name == "on":
        return day(date.fromisoformat(str(value)))
    if name in ("amount", "principal", "requested"):
        return rupiah(Money(int(value)))
    if isinstance(value, list):
        return ", ".join(word(one) for one in value)
    return str(value)


def _reopening(asked: dict[str, Any]) -> list[tuple[str, str]]:
    name = str(asked["name"])
    period = month(name) if len(name) == 7 else name
    return [(_("Period"), period), (_("Reason"), str(asked["reason"]))]


def _new_roles(asked: dict[str, Any]) -> list[tuple[str, str]]:
    one = people.user(current_book, str(asked["name"]))
    held = people.roles_of(current_book, one.name)
    wanted = {Role(role) for role in asked["roles"]}
    return [
        (_("Person"), f"{one.full_name} ({one.name})"),
        (_("Roles now"), _named(held)),
        (_("Roles after it"), _named(wanted)),
        (_("Gets"), _named(wanted - held)),
        (_("Loses"), _named(held - wanted)),
        (_("From"), day(date.fromisoformat(str(asked["on"])))),
    ]


def _named(roles: Iterable[Role]) -> str:
    return ", ".join(word(role) for role in sorted(roles)) or _("none")


def about(one: Approval) -> str:
    """Say whom or what a request is about, in a word or two."""
    kind, _colon, name = one.subject.partition(":")
    if kind == "person":
        return people.user(current_book, name).full_name
    if kind == "period":
        return month(name) if len(name) == 7 else name
    if kind in lending.SUBJECTS:
        return lending.SUBJECTS[kind](one, name)
    if kind == "savings":
        account = savings.account(current_book, int(name))
        amount = Money(int(approvals.request_of(one)["amount"]))
        return f"{account.member.number:04d} {account.member.name} · {rupiah(amount)}"
    if kind == "settlement":
        who = _leaver(int(name))
        return f"{who.number:04d} {who.name} · {_payee_amount(one)}"
    if kind == "setting":
        return str(_(KNOWN[name].title))
    if kind == "cutover":
        return day(date.fromisoformat(name))
    if kind == "voucher":
        return str(approvals.request_of(one)["memo"])
    return name


def _bylaw(asked: dict[str, Any]) -> list[tuple[str, str]]:
    standard = KNOWN[str(asked["name"])]
    begins = date.fromisoformat(str(asked["valid_from"]))
    now = cooperatives.setting_text(current_book, standard.name, today())
    return [
        (_("By-law"), _(standard.title)),
        (_("Now"), spoken(standard, now)),
        (_("New figure"), spoken(standard, str(asked["value"]))),
        (_("From, or from its approval if that is later"), day(begins)),
        (_("Where it was decided"), str(asked["source"])),
    ]


def _voucher(asked: dict[str, Any]) -> list[tuple[str, str]]:
    amount = sum((Money(left) for _number, left, _right in asked["lines"]), ZERO)
    return [
        (_("What"), str(asked["memo"])),
        (_("Amount"), rupiah(amount)),
        (_("Date"), day(date.fromisoformat(str(asked["on"])))),
    ]


def _reversal(asked: dict[str, Any]) -> list[tuple[str, str]]:
    entry = ledger.entry(current_book, int(asked["entry"]))
    return [
        (_("Voucher"), f"{entry.voucher} · {entry.memo}"),
        (_("Reason"), str(asked["reason"])),
        (_("Date"), day(date.fromisoformat(str(asked["on"])))),
    ]


def _payout(asked: dict[str, Any]) -> list[tuple[str, str]]:
    account = savings.account(current_book, int(asked["account"]))
    rows = [
        (_("Member"), f"{account.member.number:04d} {account.member.name}"),
        (_("Savings"), label(account.product)),
        (_("Amount"), rupiah(Money(int(asked["amount"])))),
        (_("Date"), day(date.fromisoformat(str(asked["on"])))),
    ]
    if asked.get("proxy"):
        acting = proxies.proxy(current_book, int(asked["proxy"]))
        rows.insert(1, (_("Who receives it"), acting.name))
    return rows


def _leaver(number: int) -> members.Member:
    row = settlement.settlement(current_book, number)
    return members.member(current_book, row.member_number)


def _payee_amount(one: Approval) -> str:
    return rupiah(Money(int(approvals.request_of(one)["amount"])))


def _to_a_leaver(asked: dict[str, Any]) -> list[tuple[str, str]]:
    number = int(asked["settlement"])
    row = settlement.settlement(current_book, number)
    who, to = _leaver(number), settlement.payee(current_book, row, int(asked["payee"]))
    return [
        (_("Member"), f"{who.number:04d} {who.name}"),
        (_("Who receives it"), to.name),
        (_("Papers shown"), to.papers or _("none")),
        (_("Amount"), rupiah(Money(int(asked["amount"])))),
        (_("How"), word(asked["channel"])),
        (_("Date"), day(date.fromisoformat(str(asked["on"])))),
    ]


def _password(asked: dict[str, Any]) -> list[tuple[str, str]]:
    one = people.user(current_book, str(asked["name"]))
    return [(_("Person"), f"{one.full_name} ({one.name})")]


def _cutover(asked: dict[str, Any]) -> list[tuple[str, str]]:
    on = date.fromisoformat(str(asked["on"]))
    seen = cutover.view(current_book, on)
    kept = ", ".join(str(one.number) for one in seen.batches)
    return [
        (_("Last day of the old books"), day(on)),
        (_("Accounts compared"), str(len(seen.lines))),
        (_("Accounts that differ"), str(len(seen.differing))),
        (_("Imports"), kept or _("none")),
    ]


TELLERS = {
    "importing.cutover": _cutover,
    "people.password": _password,
    "ledger.voucher": _voucher,
    "ledger.reversal": _reversal,
    "savings.withdraw": _payout,
    "settlement.pay": _to_a_leaver,
    **lending.TELLERS,
    **spending.TELLERS,
    "ledger.reopen": _reopening,
    "people.roles": _new_roles,
    "cooperatives.setting": _bylaw,
}
