"""The forms of bad debts."""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField
from wtforms.validators import NumberRange, Optional

from coopbook.baddebts import POLICIES, By, LoanClass
from webui.forms import DateField, Form, LineField, MoneyForm, at_most, needed

RESTRUCTURED = "restructured"


def _policies() -> list[tuple[str, str]]:
    """Return the by-law's choice first, then the policies whose rules are known."""
    known = [(each, about) for each, about in POLICIES.items() if not about.missing]
    return [
        ("", gettext("what the by-laws say")),
        *((each.value, gettext(about.title)) for each, about in known),
    ]


class AsOf(Form):
    """Of which day, and by whose rules; it lives in the address."""

    class Meta(Form.Meta):
        """A question asked by GET needs no token."""

        csrf = False

    on = DateField(_l("On"), [Optional()])
    policy = SelectField(_l("Classes"), [Optional()], choices=_policies)


class Listed(AsOf):
    """Which loans: of a class, more than so many days late, of one part."""

    loan_class = SelectField(
        _l("Class"),
        [Optional()],
        choices=lambda: [("", ""), *((one.value, one.value) for one in LoanClass)],
    )
    days = IntegerField(_l("Days late"), [Optional(), NumberRange(0, 36_500)])
    by = SelectField(
        _l("By what"),
        [Optional()],
        choices=lambda: [("", ""), *((one.value, one.value) for one in By)],
    )
    name = LineField(_l("Name"), [Optional()])
    only = SelectField(
        _l("Only"),
        [Optional()],
        choices=lambda: [("", ""), (RESTRUCTURED, RESTRUCTURED)],
    )


class AllowanceForm(MoneyForm):
    """The day to which the allowance is brought."""

    on = DateField(_l("Date"), [needed()])


class HandedOverForm(MoneyForm):
    """To whom a loan went, by which paper, and why; or why it came back."""

    reference = LineField(
        _l("To whom, and the number of the paper"), [needed(), at_most(120)]
    )
    reason = LineField(_l("Reason"), [needed(), at_most(200)])
    on = DateField(_l("Date"), [needed()])


class SalvageableForm(MoneyForm):
    """By which decision a loan can be saved, and why; or why it cannot any more."""

    decision = SelectField(_l("Decision"), [needed()], coerce=int)
    reason = LineField(_l("Reason"), [needed(), at_most(200)])
    on = DateField(_l("Date"), [needed()])
