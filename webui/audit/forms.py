"""What an auditor asks of the journal: a time, and how a sample is drawn."""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField, StringField
from wtforms.validators import Length, NumberRange, Optional

from coopbook.auditing import METHOD_NAMES, Method
from webui.forms import DateField, Form

SAMPLE = 25
"""How many vouchers are drawn when nobody says."""


class AuditFilter(Form):
    """A question in the address: the same address draws the same sample."""

    class Meta(Form.Meta):
        """A question asked by GET needs no token."""

        csrf = False

    since = DateField(_l("From"), [Optional()])
    until = DateField(_l("Until"), [Optional()])
    how = SelectField(_l("How it is drawn"), default=Method.RANDOM.value)
    size = IntegerField(
        _l("How many vouchers"), [Optional(), NumberRange(1, 9_999)], default=SAMPLE
    )
    seed = StringField(_l("Seed"), [Optional(), Length(max=60)])

    @property
    def method(self) -> Method:
        """The way of drawing; an address that was tampered with draws at random."""
        known = self.how.data in list(Method)
        return Method(self.how.data) if known else Method.RANDOM

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Offer the methods in the reader's language."""
        super().__init__(*args, **kwargs)
        self.how.choices = [
            (method.value, gettext(name)) for method, name in METHOD_NAMES.items()
        ]
