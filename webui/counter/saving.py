"""Take in and pay out savings: for which months, from whom, to whom."""

from __future__ import annotations

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import savings
from coopbook.ledger import Entry
from coopbook.money import Money
from coopbook.savings import SavingsType
from webui import months
from webui.counter import bp
from webui.counter.forms import CashForm, DepositForm, WithdrawalForm
from webui.counter.here import (
    ask_who,
    at_counter,
    comers,
    pictures,
    shown,
    standing_of,
    who_came,
)
from webui.counter.service import take_in
from webui.desk import Done, Preview, current_book, put, today
from webui.policy import asked_number
from webui.watching import watch
from webui.wording import label, rupiah

USUAL = "voluntary"
"""The kind of savings most people come with, chosen unless another is asked for."""


def offer_accounts(form: CashForm, here: dict[str, Any], *, out: bool) -> None:
    """Offer the member's accounts; the one asked for, or the usual, is chosen."""
    standings = [s for s in here["savings"] if not out or s.product.withdrawable]
    form.account.choices = [
        (
            s.account.number,
            f"{label(s.product)} · {rupiah(s.balance)}",
            {"class": s.product.savings_type.value},
        )
        for s in standings
    ]
    if request.method == "GET" and standings:
        numbers, asked = [s.account.number for s in standings], asked_number("account")
        free = [s.account.number for s in standings if s.account.product_code == USUAL]
        form.account.data = asked if asked in numbers else (free or numbers)[-1]


# -- taking in -----------------------------------------------------------------


def _share(here: dict[str, Any]) -> savings.AccountStanding | None:
    """Return the member's mandatory share, if there is an account."""
    return next(
        (
            one
            for one in here["savings"]
            if one.product.savings_type is SavingsType.MANDATORY_SHARE
            and one.account.closed_on is None
        ),
        None,
    )


def _month(form: DepositForm, share: savings.AccountStanding | None) -> int | None:
    """Return the month that was chosen, where the account is the mandatory share."""
    typed = form.month.data or ""
    chosen = share is not None and share.account.number == form.account.data
    plain = typed.isascii() and typed.isdecimal() and len(typed) == 6
    if not (chosen and plain and 1 <= int(typed[4:]) <= 12):
        return None
    return int(typed)


@bp.route("/counter/<int:number>/deposit", methods=["GET", "POST"])
def deposit(number: int) -> ResponseReturnValue:
    """Take in a member's savings."""
    here = at_counter(number)
    share, form, outcome = _share(here), DepositForm(on=today()), None
    offer_accounts(form, here, out=False)
    of = months.months_of(current_book, here["member"], today()) if share else None
    choices = of.choices() if of else []
    form.month.choices = [("", _("I write the amount"))] + [
        (str(one.month), f"{months.named(one.month)} · {rupiah(one.amount)}")
        for one in choices
    ]
    if form.validate_on_submit():
        month = _month(form, share)
        if form.amount.data is None and of and month:
            form.amount.data = of.takes(month) or None
        if form.amount.data is not None:
            outcome = _taken_in(form, here, month, of)
            watch(outcome, here["member"])
        elif month:
            form.month.errors = [_("Everything up to this month is paid.")]
        else:
            form.amount.errors = [_("Please fill this in.")]
    return shown("deposit", form, outcome, here, share=share, months=of)


def _taken_in(
    form: DepositForm,
    here: dict[str, Any],
    month: int | None,
    of: months.Months | None,
) -> Done | Preview | None:
    standing, amount = standing_of(here, form.account.data), form.amount.data
    notes = list[str]()

    def said(_entry: Entry) -> str:
        if of and standing.product.savings_type is SavingsType.MANDATORY_SHARE:
            notes.extend(_for_which(of, here))
        return _(
            "%(savings)s of %(name)s grows by %(amount)s to %(balance)s.",
            savings=label(standing.product),
            name=here["member"].name,
            amount=rupiah(amount),
            balance=rupiah(standing.balance + amount),
        )

    outcome = put(
        form,
        take_in,
        standing.account,
        amount,
        month=month,
        on=form.on.data,
        **form.brought,
        amount_shown=amount,
        sentence=said,
    )
    if isinstance(outcome, Preview):
        outcome.notes.extend(notes)
    return outcome


def _for_which(of: months.Months, here: dict[str, Any]) -> list[str]:
    """Say which months a payment just rehearsed is for, and what is still missed."""
    after = savings.share_standing(current_book, here["member"], today()).calendar
    pays = months.pays(of.said, after)
    left = months.missed(after) or _("Nothing is missed after it.")
    return [_("It pays %(months)s.", months=pays), left] if pays else [left]


# -- paying out ----------------------------------------------------------------


@bp.route("/counter/<int:number>/withdrawal", methods=["GET", "POST"])
def withdrawal(number: int) -> ResponseReturnValue:
    """Pay a member, or who may act for one, out of savings."""
    here, form, outcome = at_counter(number), WithdrawalForm(on=today()), None
    offer_accounts(form, here, out=True)
    found = comers(here["member"])
    ask_who(form, here["member"], found)
    if form.validate_on_submit():
        standing, amount = standing_of(here, form.account.data), form.amount.data
        outcome = put(
            form,
            savings.withdraw_or_ask,
            standing.account,
            amount,
            on=form.on.data,
            **acting(form),
            amount_shown=amount,
            sentence=_gets(form, here, standing, amount),
        )
        watch(outcome, here["member"])
    return shown(
        *("withdrawal", form, outcome, here),
        comers=found,
        pictures=pictures(here["member"], found),
    )


def acting(form: WithdrawalForm) -> dict[str, Any]:
    """Return who acts for the member as a service wants to know it."""
    proxy = who_came(form)
    return {"proxy": proxy} if proxy is not None else {}


def _gets(
    form: WithdrawalForm,
    here: dict[str, Any],
    standing: savings.AccountStanding,
    amount: Money,
) -> str:
    proxy, facts = (
        who_came(form),
        {
            "savings": label(standing.product),
            "name": here["member"].name,
            "amount": rupiah(amount),
            "balance": rupiah(standing.balance - amount),
        },
    )
    if proxy is None:
        return _(
            "%(name)s gets %(amount)s in cash; %(balance)s stays on %(savings)s.",
            **facts,
        )
    return _(
        "%(proxy)s gets %(amount)s in cash for %(name)s; %(balance)s stays on "
        "%(savings)s.",
        proxy=proxy.name,
        **facts,
    )
