"""The forms about people who log in."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectMultipleField
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from coopbook.people import Role
from webui.forms import LineField, OnceForm, at_most, needed
from webui.policy import LARGEST_NUMBER

CHOOSE = _l("Choose at least one role.")


class RolesField(SelectMultipleField):
    """The roles a person holds, each with its box."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class RolesForm(OnceForm):
    """Which roles a person holds."""

    roles = RolesField(_l("Roles"))

    def wanted(self) -> list[Role]:
        """Return the roles that were chosen, in a fixed order."""
        return sorted(Role(role) for role in self.roles.data or [])


class PersonForm(RolesForm):
    """A person who is to log in."""

    name = LineField(
        _l("Log-in name"),
        [needed(), at_most(30)],
        render_kw={"autocomplete": "off", "autocapitalize": "none"},
    )
    full_name = LineField(
        _l("Full name"), [needed(), at_most(100)], render_kw={"autocomplete": "off"}
    )
    member_number = IntegerField(
        _l("Member number"),
        [
            Optional(),
            NumberRange(1, LARGEST_NUMBER, _l("Write a whole number, like 12.")),
        ],
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
