"""What a request about loans asks for, in words: what the checker decides on."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext as _

from coopbook import (
    appraisal,
    decisions,
    groups,
    loans,
    members,
    savings,
    security,
)
from coopbook.loans.offering import offer_of, offered
from coopbook.money import Money, Rate
from coopbook.people import Approval, approvals
from webui.credit.products import facts_of as offer_facts
from webui.desk import current_book, today
from webui.parts import sector_name
from webui.wording import day, label, rate, rupiah, word

Facts = list[tuple[str, str]]


def _loan(asked: dict[str, Any]) -> Facts:
    loan = loans.loan(current_book, int(asked["loan"]))
    who = members.member(current_book, loan.member_number)
    product = loans.product(current_book, loan.product_code)
    more = loans.added_by(current_book, loan, today())
    limit = loans.lending_limit(current_book, who, more, today())
    found = [
        (_("Member"), f"{who.number:04d} {who.name}"),
        (_("Loan"), f"{loan.number} · {label(product)}"),
        (_("Amount"), rupiah(Money(int(asked["principal"])))),
        (_("Installments"), str(loan.term)),
        (_("Interest"), f"{word(loan.method)}, {rate(loan.rate)}"),
        (_("What is the loan for?"), loan.purpose),
        (_("What will the money work in?"), sector_name(loan.sector) or "–"),
        (_("Asked for"), day(loan.applied_on)),
        (_("Proposed by"), loan.applied_by),
        (
            _("Would owe in all"),
            _(
                "%(owes)s; the lending limit is %(most)s",
                owes=rupiah(limit.owes),
                most=rupiah(limit.most),
            ),
        ),
    ]
    whole = loans.whole_of(loan)
    if whole > loan.principal:
        said = _("%(first)s at first, %(whole)s in all") % {
            "first": rupiah(loan.principal),
            "whole": rupiah(whole),
        }
        found.insert(3, (_("In parts"), said))
    if loan.replaces is not None:
        found.insert(3, (_("In place of"), _replaced(loan)))
    found += _backing(loan)
    if loan.related:
        found.append((_("Related party, through"), loan.related))
    if loan.approved_by:
        found.append((_("Approved by"), loan.approved_by))
    return found


def _replaced(loan: loans.Loan) -> str:
    """Say which loan is replaced, and how late it is by now."""
    old = loans.loan(current_book, loan.replaces or 0)
    now = loans.standing(current_book, old, today())
    late = now.days_past_due + (old.carried_days or 0)
    said = _("Loan %(number)s, %(sum)s left, %(days)s days late") % {
        "number": old.number,
        "sum": rupiah(now.outstanding_principal),
        "days": late,
    }
    if loan.carried_days is not None:
        said += "; " + _("restructured, no new money")
    return said


def _waiver(asked: dict[str, Any]) -> Facts:
    loan = loans.loan(current_book, int(asked["loan"]))
    return [
        *_whose(loan),
        (_("Amount waived"), rupiah(Money(int(asked["amount"])))),
        (_("Date"), day(date.fromisoformat(str(asked["on"])))),
        (_("Reason"), str(asked["reason"])),
    ]


def _new_rate(asked: dict[str, Any]) -> Facts:
    loan = loans.loan(current_book, int(asked["loan"]))
    new = Rate.percent(str(asked["percent"]), per=str(asked["per"]))
    return [
        *_whose(loan),
        (_("Interest"), rate(loan.rate)),
        (_("From %(day)s", day=day(date.fromisoformat(str(asked["on"])))), rate(new)),
        (_("Reason"), str(asked["reason"])),
    ]


def _whose(loan: loans.Loan) -> Facts:
    who = members.member(current_book, loan.member_number)
    return [
        (_("Member"), f"{who.number:04d} {who.name}"),
        (_("Loan"), f"{loan.number} · {rupiah(loan.principal)}"),
    ]


def _kind_of_loan(asked: dict[str, Any]) -> Facts:
    row = loans.product(current_book, str(asked["product"]))
    before = dict(offer_facts(offer_of(row)))
    after = offer_facts(offered(asked))
    changed = [
        (name, _("%(after)s (now %(before)s)", after=said, before=before[name]))
        for name, said in after
        if name in before and before[name] != said
    ]
    added = [(name, said) for name, said in after if name not in before]
    reason = (_("Reason"), str(asked["reason"]))
    return [(_("Kind of loan"), label(row)), *changed, *added, reason]


def _backing(loan: loans.Loan) -> Facts:
    """Say what stands behind a loan: whoever decides on it sees that first."""
    found: Facts = []
    said = appraisal.appraisal_of(current_book, loan)
    capacity = appraisal.capacity_of(current_book, loan)
    if said is not None and capacity is not None:
        advice = _(appraisal.RECOMMENDATION_NAMES[said.recommends])
        if said.amount:
            advice += f": {rupiah(said.amount)}"
        fits = (
            _("%(asked)s a month, at most %(most)s: it fits")
            if capacity.enough
            else _("%(asked)s a month, at most %(most)s: it does not fit")
        ) % {"asked": rupiah(capacity.asked), "most": rupiah(capacity.most)}
        found += [(_("Appraisal"), advice), (_("Installments"), fits)]
    cover = security.cover_of(current_book, loan, today())
    if cover.total:
        said_cover = f"{rupiah(cover.total)} ({cover.percent} %)"
        found.append((_("Cover"), said_cover))
    names = [
        one.name
        for one in security.guarantors_of(current_book, loan)
        if one.released_on is None
    ]
    if names:
        found.append((_("Guarantors"), ", ".join(names)))
    group = groups.group_behind(current_book, loan)
    if group is not None:
        frozen = groups.frozen(current_book, group) is not None
        name = f"{group.name} ({_('frozen')})" if frozen else group.name
        found.append((_("Answered for by the group"), name))
    return found


def _new_kind(asked: dict[str, Any]) -> Facts:
    like = loans.product(current_book, str(asked["like"]))
    return [
        (_("Kind of loan"), f"{asked['name_id']} / {asked['name_en']}"),
        (_("Begins with the terms of"), label(like)),
        *offer_facts(offer_of(like)),
        (_("Reason"), str(asked["reason"])),
    ]


def _owed(loan: loans.Loan) -> tuple[str, str]:
    left = security.cover_of(current_book, loan, today()).owed
    return _("Still owed"), rupiah(left)


def _guarantor(asked: dict[str, Any]) -> Facts:
    loan = loans.loan(current_book, int(asked["loan"]))
    row = security.guarantor(current_book, loan, int(asked["guarantor"]))
    return [
        *_whose(loan),
        _owed(loan),
        (_("Guarantor"), f"{row.name}, {rupiah(row.amount)}"),
        (_("Reason"), str(asked["reason"])),
    ]


def _collateral(asked: dict[str, Any]) -> Facts:
    row = security.collateral(current_book, int(asked["collateral"]))
    loan = loans.loan(current_book, row.loan_number)
    return [
        *_whose(loan),
        _owed(security.secures(current_book, loan)),
        (_("Collateral"), f"{row.description} {row.document}".strip()),
        (_("Value"), rupiah(row.value)),
        (_("Given to"), str(asked["to"])),
        (_("Reason"), str(asked["reason"])),
    ]


def _hold(asked: dict[str, Any]) -> Facts:
    row = savings.find_hold(current_book, int(asked["hold"]))
    loan = loans.loan(current_book, row.loan_number or 0)
    return [
        *_whose(loan),
        _owed(loan),
        (_("Amount"), rupiah(row.amount)),
        (_("What is held for"), row.note),
        (_("Reason"), str(asked["reason"])),
    ]


def _given_up(asked: dict[str, Any]) -> list[tuple[str, str]]:
    """Say of a write-off or a waiver whose loan, how much, by which decision, why."""
    loan = loans.loan(current_book, int(asked["loan"]))
    found = _whose(loan)
    if "claim" in asked:
        found += [
            (_("Leaves the books"), rupiah(Money(int(asked["principal"])))),
            (_("Stays claimed"), rupiah(Money(int(asked["claim"])))),
            (
                _("Days late"),
                str(loans.standing(current_book, loan, today()).days_past_due),
            ),
        ]
    else:
        found.append((_("Not asked any more"), rupiah(Money(int(asked["amount"])))))
    return [*found, *_decided(asked)]


def _taken_over(asked: dict[str, Any]) -> list[tuple[str, str]]:
    loan = loans.loan(current_book, int(asked["loan"]))
    thing = security.collateral(current_book, int(asked["collateral"]))
    return [
        *_whose(loan),
        (_("Collateral"), f"{thing.description} · {thing.document}"),
        (_("Worth, less what selling costs"), rupiah(Money(int(asked["value"])))),
        *_decided(asked),
    ]


def _whose(loan: loans.Loan) -> list[tuple[str, str]]:
    who = members.member(current_book, loan.member_number)
    return [
        (_("Loan"), str(loan.number)),
        (_("Member"), f"{who.number:04d} {who.name}"),
    ]


def _decided(asked: dict[str, Any]) -> list[tuple[str, str]]:
    row = decisions.decision(current_book, int(asked["decision"]))
    return [
        (_("By decision"), f"{row.label} · {row.title}"),
        (_("Date"), day(date.fromisoformat(str(asked["on"])))),
        (_("Reason"), str(asked["reason"])),
    ]


TELLERS = {
    "loans.approve": _loan,
    "loans.approve.small": _loan,
    "loans.agree": _loan,
    "loans.waive": _waiver,
    "loans.rate": _new_rate,
    "loans.product": _kind_of_loan,
    "loans.product.new": _new_kind,
    "baddebts.write_off": _given_up,
    "baddebts.waive": _given_up,
    "baddebts.foreclose": _taken_over,
    "security.guarantor": _guarantor,
    "security.collateral": _collateral,
    "security.hold": _hold,
}


def _of_loan(one: Approval, name: str) -> str:
    loan = loans.loan(current_book, int(name))
    who = members.member(current_book, loan.member_number)
    return f"{loan.number} · {who.name} · {rupiah(loan.principal)}"


def _of_kind(one: Approval, name: str) -> str:
    asked = approvals.request_of(one)
    if "name_id" in asked:
        return f"{asked['name_id']}"
    return label(loans.product(current_book, name))


def _of_hold(one: Approval, name: str) -> str:
    row = savings.find_hold(current_book, int(name))
    return f"{row.note} · {rupiah(row.amount)}"


SUBJECTS = {"loan": _of_loan, "loan_product": _of_kind, "hold": _of_hold}
"""What a request is about, in a word or two, by the kind of its subject."""
