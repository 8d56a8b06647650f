"""What an auditor asks of the journal: a time, and how a sample is drawn."""

from __future__ import annotations

from flask import request
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField, StringField
from wtforms.validators import Length, NumberRange, Optional

from coopbook.auditing import METHOD_NAMES, Method
from webui.forms import DateField, Form

SAMPLE = 25
"""How many vouchers are drawn when nobody says."""


class Asked(Form):
    """A question in the address; the same address gets the same answer."""

    class Meta(Form.Meta):
        """A question asked by GET needs no token."""

        csrf = False

    @property
    def query(self) -> dict[str, str]:
        """What was asked, for the address of the paper that answers the same."""
        return {
            name: request.args[name] for name in self._fields if name in request.args
        }


class ChangesFilter(Asked):
    """From which day on."""

    since = DateField(_l("Recorded since"), [Optional()])


class Drawing(Asked):
    """How something is drawn."""

    how = SelectField(_l("How it is drawn"), default=Method.RANDOM.value)
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


class LettersFilter(Drawing):
    """Of which day the balances are, how many members, where they answer to."""

    on = DateField(_l("Balances of"), [Optional()])
    size = IntegerField(
        _l("How many members"), [Optional(), NumberRange(1, 500)], default=10
    )
    reply_to = StringField(_l("Answer to"), [Optional(), Length(max=120)])


class AuditFilter(Drawing):
    """A time, and how many vouchers of it are drawn."""

    since = DateField(_l("From"), [Optional()])
    until = DateField(_l("Until"), [Optional()])
    size = IntegerField(
        _l("How many vouchers"), [Optional(), NumberRange(1, 9_999)], default=SAMPLE
    )
