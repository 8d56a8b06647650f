"""What a request to spend above the limit asks for: an asset, goods, out of a fund."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext as _

from coopbook import decisions, funds, goods, ledger, members
from coopbook.funds import FundUseKind
from coopbook.money import ZERO, Money
from webui.desk import current_book
from webui.wording import day, exact, label, rupiah

Facts = list[tuple[str, str]]


def _account(number: int | None) -> str:
    if number is None:
        return _("later: it is owed to the supplier")
    return label(ledger.account(current_book, number))


def _paid(asked: dict[str, Any]) -> Facts:
    return [
        (_("Paid from"), _account(asked["paid_from"])),
        (_("Date"), day(date.fromisoformat(str(asked["on"])))),
    ]


def _asset(asked: dict[str, Any]) -> Facts:
    return [
        (_("What is it?"), str(asked["name"])),
        (_("Kind"), _account(int(asked["account"]))),
        (_("What it cost"), rupiah(Money(int(asked["cost"])))),
        (_("Wears out in so many months"), str(asked["months"] or "–")),
        (_("Where it is"), str(asked["place"] or "–")),
        (_("Paper"), str(asked["document"] or _("none"))),
        *_paid(asked),
    ]


def _fund(asked: dict[str, Any]) -> Facts:
    kind = FundUseKind(asked["kind"])
    found = [
        (_("Fund"), _account(funds.fund_of(kind))),
        (_("What is it for?"), _(funds.KIND_NAMES[kind])),
        (_("For whom?"), str(asked["whom"])),
        (_("Amount"), rupiah(Money(int(asked["amount"])))),
        *_paid(asked),
    ]
    if asked["member"] is not None:
        who = members.member(current_book, int(asked["member"]))
        found.insert(2, (_("Member"), f"{who.number:04d} {who.name}"))
    if asked["decision"] is not None:
        row = decisions.decision(current_book, int(asked["decision"]))
        found.append((_("Decision"), f"{row.label} · {row.title}"))
    return found


def _goods(asked: dict[str, Any]) -> Facts:
    found = []
    for number, many, cost in asked["bought"]:
        row = goods.item(current_book, int(number))
        much = f"{exact(goods.in_units(int(many)))} {row.unit}"
        found.append((row.name, f"{much} · {rupiah(Money(int(cost)))}"))
    whole = sum((Money(int(cost)) for _item, _many, cost in asked["bought"]), ZERO)
    return [
        *found,
        (_("Amount"), rupiah(whole)),
        (_("Supplier"), str(asked["supplier"] or "–")),
        (_("Paper"), str(asked["document"] or _("none"))),
        *_paid(asked),
    ]


TELLERS = {"assets.buy": _asset, "funds.use": _fund, "goods.buy": _goods}
