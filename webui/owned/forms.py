"""The forms of assets and cash counts."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField
from wtforms.validators import NumberRange, Optional

from coopbook.cashcounts import PIECES
from webui.forms import DateField, LineField, MoneyField, MoneyForm, at_most, needed


class AssetForm(MoneyForm):
    """A thing the cooperative owns."""

    name = LineField(_l("What is it?"), [needed(), at_most(100)])
    account = SelectField(_l("Kind"), [needed()])
    cost = MoneyField(_l("What it cost"), [needed()])
    months = IntegerField(
        _l("Wears out in so many months"), [Optional(), NumberRange(0, 600)]
    )
    residual = MoneyField(_l("Left at the end"), [Optional()])
    paid_from = SelectField(_l("Paid from"), [Optional()])
    place = LineField(_l("Where it is"), [Optional(), at_most(100)])
    document = LineField(_l("Paper"), [Optional(), at_most(100)])
    worn_before = MoneyField(_l("Depreciated in older books"), [Optional()])
    taken_over = DateField(_l("Taken over from them on"), [Optional()])
    on = DateField(_l("Date"), [needed()])


class WearForm(MoneyForm):
    """Up to the end of which month everything wears out."""

    month = LineField(_l("Month, like 2026-10"), [needed(), at_most(7)])


class DisposalForm(MoneyForm):
    """What an asset was sold for, or why it was discarded."""

    amount = MoneyField(_l("Sold for"), [Optional()])
    reason = LineField(_l("Why?"), [needed(), at_most(100)])
    on = DateField(_l("Date"), [needed()])


class TakeOutForm(MoneyForm):
    """Why an asset should not be in the register."""

    reason = LineField(_l("Why?"), [needed(), at_most(100)])


class CountForm(MoneyForm):
    """How many of each note and coin are in a cash box."""

    account = SelectField(_l("Cash box"), [needed()])
    witness = LineField(_l("Who saw the count?"), [needed(), at_most(100)])
    explanation = LineField(_l("If it differs: why?"), [Optional(), at_most(200)])
    on = DateField(_l("Date"), [needed()])


for _piece in PIECES:
    setattr(
        CountForm,
        f"piece_{_piece}",
        IntegerField(
            f"Rp {_piece:,}".replace(",", "."),
            [Optional(), NumberRange(0, 1_000_000)],
            render_kw={"inputmode": "numeric"},
        ),
    )
