"""Move savings from account to account; take in what is sent home."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import savings
from coopbook.errors import Missing
from coopbook.money import Money
from coopbook.savings import Channel, Purpose, SavingsAccount
from coopbook.savings.rules import SavingsType
from webui.counter import bp
from webui.counter.forms import RemittanceForm, TransferForm
from webui.counter.here import (
    ask_who,
    at_counter,
    comers,
    pictures,
    shown,
    who_came,
)
from webui.desk import Done, Preview, current_book, put, today, total
from webui.watching import watch
from webui.wording import exact, label, rupiah, tell

ANOTHER = 0
"""The choice that stands for an account of another member."""


# -- from account to account -----------------------------------------------------


@bp.route("/counter/<int:number>/transfer", methods=["GET", "POST"])
def transfer(number: int) -> ResponseReturnValue:
    """Move money between two accounts of a member, or to another member's."""
    here, form, outcome = at_counter(number), TransferForm(on=today()), None
    running = [s for s in here["savings"] if s.account.closed_on is None]
    form.account.choices = [
        (s.account.number, f"{label(s.product)} · {rupiah(s.available)}")
        for s in running
        if s.product.withdrawable
    ]
    form.to.choices = [
        (ANOTHER, _("Another member's account")),
        *(
            (s.account.number, f"{label(s.product)} {s.account.number}")
            for s in running
        ),
    ]
    found = comers(here["member"])
    ask_who(form, here["member"], found)
    if form.validate_on_submit():
        to = _goes_to(form)
        if to is not None:
            outcome = _moved(form, to)
    return shown(
        *("transfer", form, outcome, here),
        comers=found,
        pictures=pictures(here["member"], found),
    )


def _goes_to(form: TransferForm) -> SavingsAccount | None:
    """Return the account the money goes to; what cannot be found is said there."""
    number = form.to.data
    if number == ANOTHER:
        if form.number.data is None:
            form.number.errors = [_("Write the number that stands on the passbook.")]
            return None
        number = form.number.data
    try:
        return savings.account(current_book, number)
    except Missing as missing:
        asked = _("Look at the number on the passbook.")
        form.number.errors = [f"{tell(missing)} {asked}"]
        return None


def _moved(form: TransferForm, to: SavingsAccount) -> Done | Preview | None:
    account, amount = savings.account(current_book, form.account.data), form.amount.data
    proxy = who_came(form)
    return put(
        form,
        savings.transfer,
        account,
        to,
        amount,
        on=form.on.data,
        note=form.note.data or "",
        **({"proxy": proxy} if proxy is not None else {}),
        amount_shown=amount,
        sentence=_(
            "%(amount)s moves from %(savings)s of %(name)s to %(other)s of %(owner)s, "
            "member %(number)s.",
            amount=rupiah(amount),
            savings=label(account.product),
            name=account.member.name,
            other=label(to.product),
            owner=to.member.name,
            number=to.member_number,
        ),
    )


# -- sent home -------------------------------------------------------------------


@bp.route("/counter/<int:number>/remittance", methods=["GET", "POST"])
def remittance(number: int) -> ResponseReturnValue:
    """Take in what a member sends home, split by what it is for."""
    here, form, outcome = at_counter(number), RemittanceForm(on=today()), None
    choices = [
        (s.account.number, label(s.product))
        for s in here["savings"]
        if s.account.closed_on is None
        and s.product.savings_type is not SavingsType.PRINCIPAL_SHARE
    ]
    for row in form.rows:
        row.account.choices = [(0, "–"), *choices]
    if form.validate_on_submit() and _whole(form):
        outcome = _remitted(form, here)
        watch(outcome, here["member"])
    return shown("remittance", form, outcome, here)


def _whole(form: RemittanceForm) -> bool:
    """Say whether every row names both an account and an amount, or neither."""
    for row in form.rows:
        if row.amount.data is not None and not row.account.data:
            row.account.errors = [_("Choose where this goes.")]
        if row.account.data and row.amount.data is None:
            row.amount.errors = [_("Please fill this in.")]
    form.rows.errors = [row.errors for row in form.rows if row.errors]
    return not form.rows.errors


def _remitted(form: RemittanceForm, here: dict[str, Any]) -> Done | Preview | None:
    parts = [
        Purpose(
            savings.account(current_book, row.account.data),
            row.amount.data,
            row.purpose.data or "",
        )
        for row in form.rows
        if row.account.data
    ]
    whole, sent = total(part.amount for part in parts), None
    with form.showing_refusals():
        sent = savings.foreign(form.currency.data or "", form.sent.data, form.rate.data)
    if form.errors:
        return None
    outcome = put(
        form,
        savings.remit,
        here["member"],
        parts,
        on=form.on.data,
        payer=form.payer.data or "",
        reference=form.reference.data or "",
        sent=sent,
        channel=Channel(form.channel.data),
        amount_shown=whole,
        sentence=_(
            "%(whole)s from %(payer)s is shared over %(count)s purposes of %(name)s.",
            whole=rupiah(whole),
            payer=form.payer.data,
            count=len(parts),
            name=here["member"].name,
        ),
    )
    if isinstance(outcome, Preview) and sent is not None:
        outcome.notes.extend(_kept_back(sent, whole))
    return outcome


def _kept_back(sent: savings.Foreign, whole: Money) -> list[str]:
    """Say what the sum sent comes to at its rate, and what of it did not arrive."""
    came = _(
        "%(currency)s %(amount)s at %(rate)s comes to %(rupiah)s.",
        currency=sent.currency,
        amount=exact(sent.amount),
        rate=exact(sent.rate),
        rupiah=rupiah(sent.rupiah),
    )
    if sent.rupiah > whole:
        kept = rupiah(sent.rupiah - whole)
        return [came, _("%(kept)s stayed with the bank; it is not booked.", kept=kept)]
    if sent.rupiah < whole:
        more = rupiah(whole - sent.rupiah)
        asked = _(
            "%(more)s more is shared out than that. Is the rate right?", more=more
        )
        return [came, asked]
    return [came]
