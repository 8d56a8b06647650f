"""The forms at the door."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, PasswordField, SelectField
from wtforms.validators import EqualTo, Optional

from webui.forms import Form, LineField, at_most, needed


class LoginForm(Form):
    """Who somebody is, and in which cooperative."""

    cooperative = SelectField(_l("Cooperative"), coerce=int, validators=[Optional()])
    name = LineField(
        _l("Log-in name"),
        [needed(), at_most(100)],
        render_kw={"autocomplete": "username", "autocapitalize": "none"},
    )
    password = PasswordField(
        _l("Password"),
        [needed(), at_most(200)],
        render_kw={"autocomplete": "current-password"},
    )
    back = HiddenField()


class PasswordForm(Form):
    """The old password, and the new one twice."""

    old = PasswordField(
        _l("Password now"),
        [needed(), at_most(200)],
        render_kw={"autocomplete": "current-password"},
    )
    password = PasswordField(
        _l("New password"),
        [needed(), at_most(200)],
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        _l("New password, once more"),
        [needed(), EqualTo("password", message=_l("The two are not the same."))],
        render_kw={"autocomplete": "new-password"},
    )
