"""The forms of the register."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import Optional

from webui.forms import DateField, LineField, MoneyForm, OnceForm, at_most, needed


class MemberForm(OnceForm):
    """What the register keeps about a person."""

    name = LineField(_l("Full name"), [needed(), at_most(100)])
    national_id = LineField(
        _l("National identity number (NIK)"),
        [Optional(), at_most(20)],
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
    family_card_no = LineField(
        _l("Family card number"),
        [Optional(), at_most(20)],
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
    passport_no = LineField(
        _l("Passport number"),
        [Optional(), at_most(20)],
        render_kw={"autocomplete": "off"},
    )
    phone = LineField(
        _l("Phone"),
        [Optional(), at_most(30)],
        render_kw={"inputmode": "tel", "autocomplete": "off"},
    )
    born_on = DateField(_l("Date of birth"), [Optional()])
    address = LineField(_l("Address"), [Optional(), at_most(200)])
    village = LineField(_l("Village"), [Optional(), at_most(100)])


class AdmissionForm(MemberForm):
    """A person who asks to belong."""

    on = DateField(_l("Date of admission"), [needed()])


class OpeningForm(MoneyForm):
    """A new savings account; opening it moves no money."""

    dated = False
    product = SelectField(_l("Kind of savings"), [needed()])
    on = DateField(_l("Date"), [needed()])
