"""Who is at the counter, with every card, and how a counter page is answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import archive, cooperatives, loans, members, proxies, savings
from coopbook.archive import Scan, ScanKind
from coopbook.loans import LoanState
from coopbook.members import Member
from coopbook.money import ZERO, Money
from coopbook.people import Approval
from coopbook.proxies import Proxy
from coopbook.proxies.rules import is_child
from webui.counter.forms import ComingForm
from webui.desk import Done, Preview, current_book, today
from webui.forms import MoneyForm
from webui.policy import may
from webui.wording import day, rupiah


def at_counter(number: int) -> dict[str, Any]:
    """Return the member at the counter with every card."""
    member = members.member(current_book, number)
    running = [
        (loan, loans.standing(current_book, loan, today()))
        for loan in loans.loans_of(current_book, member)
        if loan.state is LoanState.DISBURSED
    ]
    cards = savings.accounts_of(current_book, member, on=today())
    goals = {
        one.account.number: savings.progress(current_book, one.account, today())
        for one in cards
    }
    return {
        "member": member,
        "savings": cards,
        "loans": running,
        "goals": {number: one for number, one in goals.items() if one},
    }


def standing_of(here: dict[str, Any], number: int) -> savings.AccountStanding:
    """Return how one of the member's accounts stands."""
    found: savings.AccountStanding = next(
        one for one in here["savings"] if one.account.number == number
    )
    return found


def shown(
    kind: str,
    form: MoneyForm,
    outcome: Done | Preview | None,
    here: dict[str, Any],
    **more: Any,
) -> ResponseReturnValue:
    """Answer a counter page: its receipt, what waits, or the form."""
    if isinstance(outcome, Done) and isinstance(outcome.result, Approval):
        return waiting(outcome.result)
    if isinstance(outcome, Done):
        return redirect(url_for("counter.receipt", number=outcome.result.number))
    page = render_template(
        f"counter/{kind}.html", form=form, preview=outcome, kind=kind, **here, **more
    )
    return page, 422 if form.errors or form.refusals else 200


def waiting(request: Approval) -> ResponseReturnValue:
    """Say that the request waits, at the desk that made it."""
    flash(
        _(
            "The request waits for a second person: number %(number)s.",
            number=request.number,
        )
    )
    return redirect(url_for("board.home"))


# -- who is here ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Comer:
    """Somebody who may act for the member, what is left of the month, the paper."""

    proxy: Proxy
    left: Money | None
    scan: int | None


def comers(member: Member) -> list[Comer]:
    """Return the proxies whose power holds today."""
    found = []
    for one in proxies.proxies_of(current_book, member):
        if proxies.holds(one, today()):
            used = proxies.used_in_month(current_book, one, today())
            limit = one.monthly_limit
            left = max(limit - used, ZERO) if limit is not None else None
            found.append(Comer(one, left, one.scan_number))
    return found


def ask_who(form: ComingForm, member: Member, found: list[Comer]) -> None:
    """Offer the member and the proxies to choose from; a child's guardian is likely."""
    if not found:
        del form.by
        return
    form.by.choices = [(0, _("%(name)s, the member", name=member.name))]
    form.by.choices += [(one.proxy.number, _named(one)) for one in found]
    age = cooperatives.setting(current_book, "adult_age", today())
    if not form.is_submitted() and is_child(member.born_on, today(), age):
        guardians = [one for one in found if one.proxy.kind == "guardian"]
        form.by.data = guardians[0].proxy.number if guardians else 0


def _named(one: Comer) -> str:
    said = _(
        "%(name)s, may act until %(day)s",
        name=one.proxy.name,
        day=day(one.proxy.valid_until),
    )
    if one.left is None:
        return said
    return _("%(who)s; %(left)s is left this month", who=said, left=rupiah(one.left))


def who_came(form: ComingForm) -> Proxy | None:
    """Return the proxy who was chosen, nothing for the member."""
    number = form.by.data if "by" in form else 0
    return proxies.proxy(current_book, number) if number else None


def pictures(member: Member, found: list[Comer]) -> list[tuple[Scan, str]]:
    """Return photo and specimens to compare, those that are kept, each with its name.

    None for whoever may not open them.
    """
    if not may("membership.scan"):
        return []
    kept = [
        (archive.latest(current_book, f"member:{member.number}", kind), said)
        for kind, said in (
            (ScanKind.PHOTO, _("Photo of %(name)s", name=member.name)),
            (ScanKind.SPECIMEN, _("Signature of %(name)s", name=member.name)),
        )
    ]
    papers = [
        (archive.scan(current_book, one.scan), _power(one.proxy))
        for one in found
        if one.scan is not None
    ]
    return [
        (scan, said)
        for scan, said in (*kept, *papers)
        if scan is not None and scan.media_type.startswith("image/")
    ]


def _power(one: Proxy) -> str:
    return _("Power and signature of %(name)s", name=one.name)
