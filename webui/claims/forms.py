"""The forms of written-off loans."""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import Optional

from coopbook.ledger.rules import Channel
from webui.forms import DateField, LineField, MoneyField, MoneyForm, at_most, needed


class WriteOffForm(MoneyForm):
    """By which decision a loan is written off, and why."""

    decision = SelectField(_l("Decision"), [needed()], coerce=int)
    reason = LineField(_l("Why was it not paid?"), [needed(), at_most(200)])
    on = DateField(_l("Date"), [needed()])


class RecoveryForm(MoneyForm):
    """Money that comes in on a written-off loan."""

    amount = MoneyField(_l("Amount"), [needed()])
    source = SelectField(_l("Paid with"), [needed()])
    payer = LineField(_l("Who pays, if not the member"), [Optional(), at_most(80)])
    reference = LineField(_l("Number of the transfer"), [Optional(), at_most(80)])
    on = DateField(_l("Date"), [needed()])


class ClaimWaiverForm(MoneyForm):
    """What of a claim is given up, by which decision, and why."""

    amount = MoneyField(_l("Amount"), [needed()])
    decision = SelectField(_l("Decision"), [needed()], coerce=int)
    reason = LineField(_l("Why is it waived?"), [needed(), at_most(200)])
    on = DateField(_l("Date"), [needed()])


class ToldForm(MoneyForm):
    """The day on which a borrower was told."""

    on = DateField(_l("Date"), [needed()])


class TakeOverForm(MoneyForm):
    """At what a thing is taken over, by which decision, and why."""

    value = MoneyField(_l("Worth"), [needed()])
    decision = SelectField(_l("Decision"), [needed()], coerce=int)
    reason = LineField(_l("Reason"), [needed(), at_most(200)])
    on = DateField(_l("Date"), [needed()])


class SaleForm(MoneyForm):
    """What was taken over is sold: for how much, to whom."""

    price = MoneyField(_l("Price"), [needed()])
    buyer = LineField(_l("Buyer"), [needed(), at_most(80)])
    to_borrower = MoneyField(_l("For the borrower"), [Optional()])
    source = SelectField(
        _l("Paid with"),
        [needed()],
        choices=lambda: [
            ("cash", gettext("In cash")),
            ("bank", gettext("By bank transfer")),
        ],
    )
    on = DateField(_l("Date"), [needed()])


class ReliefForm(MoneyForm):
    """What an insurance pays on a loan."""

    amount = MoneyField(_l("Amount"), [needed()])
    insurer = LineField(_l("Insurer"), [needed(), at_most(80)])
    reference = LineField(
        _l("Policy and number of the transfer"), [needed(), at_most(80)]
    )
    on = DateField(_l("Date"), [needed()])


CHANNELS = {"cash": Channel.CASH, "bank": Channel.BANK}
"""How money comes in beside the member's own savings."""
