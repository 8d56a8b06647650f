"""The forms of the loan desk."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField
from wtforms.validators import NumberRange

from webui.forms import (
    DateField,
    Form,
    LineField,
    MoneyField,
    MoneyForm,
    at_most,
    needed,
)

TERM = NumberRange(1, 360, _l("Write the number of months, like 12."))


class SimulationForm(Form):
    """What a loan would cost."""

    product = SelectField(_l("Kind of loan"), [needed()])
    amount = MoneyField(_l("Amount"), [needed()])
    term = IntegerField(_l("Months"), [needed(), TERM], default=12)


class ApplicationForm(MoneyForm):
    """What a member asks for, and what for."""

    product = SelectField(_l("Kind of loan"), [needed()])
    amount = MoneyField(_l("Amount"), [needed()])
    term = IntegerField(_l("Months"), [needed(), TERM], default=12)
    purpose = LineField(_l("What is the loan for?"), [needed(), at_most(200)])
    on = DateField(_l("Date"), [needed()])


class DisbursementForm(MoneyForm):
    """Pay a loan out on a day."""

    on = DateField(_l("Date"), [needed()])
