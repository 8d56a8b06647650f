"""The form for using a fund."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField
from wtforms.validators import NumberRange, Optional

from webui.forms import DateField, LineField, MoneyField, MoneyForm, at_most, needed


class UseForm(MoneyForm):
    """What a fund is used for, for whom, and how much."""

    kind = SelectField(_l("What is it for?"), [needed()])
    amount = MoneyField(_l("Amount"), [needed()])
    member = IntegerField(_l("Number of the member"), [Optional(), NumberRange(1)])
    whom = LineField(_l("For whom?"), [needed(), at_most(120)])
    paid_from = SelectField(_l("Paid from"), [needed()], coerce=int)
    decision = SelectField(_l("Decision that allows it"), [Optional()])
    on = DateField(_l("Date"), [needed()])
