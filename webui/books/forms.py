"""The forms of the books."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import Optional

from webui.forms import (
    DateField,
    Form,
    LineField,
    MoneyForm,
    OnceForm,
    at_most,
    needed,
)


class JournalFilter(Form):
    """Which entries of the journal are shown."""

    class Meta(Form.Meta):
        """A question asked by GET needs no token."""

        csrf = False

    first = DateField(_l("From"), [Optional()])
    last = DateField(_l("Until"), [Optional()])
    actor = SelectField(_l("By"), [Optional()])


class AccountForm(OnceForm):
    """A new account of the chart."""

    code = LineField(_l("Code"), [needed(), at_most(20)])
    name_id = LineField(_l("Name in Indonesian"), [needed(), at_most(100)])
    name_en = LineField(_l("Name in English"), [Optional(), at_most(100)])
    account_type = SelectField(_l("Kind"), [needed()])


class RecodeForm(OnceForm):
    """Another printed code for an account."""

    code = LineField(_l("Code"), [needed(), at_most(20)])


class ReopenForm(MoneyForm):
    """Why a month has to be opened again."""

    reason = LineField(_l("Why is it reopened?"), [needed(), at_most(200)])
