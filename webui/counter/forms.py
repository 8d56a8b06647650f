"""The forms of the counter."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from webui.forms import DateField, LineField, MoneyField, MoneyForm, at_most, needed


class CashForm(MoneyForm):
    """An amount of cash crossing the counter on a day."""

    account = SelectField(_l("Savings"), [needed()], coerce=int)
    amount = MoneyField(_l("Amount"), [needed()])
    on = DateField(_l("Date"), [needed()])


class InstallmentForm(MoneyForm):
    """A payment on a loan."""

    loan = SelectField(_l("Loan"), [needed()], coerce=int)
    amount = MoneyField(_l("Amount"), [needed()])
    on = DateField(_l("Date"), [needed()])


class ReversalForm(MoneyForm):
    """Why an entry is reversed, and on which day."""

    reason = LineField(_l("Why is it reversed?"), [needed(), at_most(200)])
    on = DateField(_l("Date"), [needed()])
