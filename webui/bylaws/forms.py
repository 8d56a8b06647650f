"""The forms that change a by-law, by what its figure counts."""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import InputRequired

from coopbook.cooperatives import OFFICE_NAMES, Standard, Unit
from coopbook.money import ZERO, Money
from webui.forms import (
    DateField,
    LineField,
    MoneyField,
    MoneyForm,
    OnceForm,
    at_most,
    needed,
)
from webui.wording import figure

VALUE = _l("New figure")


class LimitField(MoneyField):
    """An amount that may be nothing: a limit of zero asks of every payment."""

    def read(self, text: str) -> Money:
        return ZERO if text.strip() == "0" else super().read(text)

    def write(self, data: Money) -> str:
        return figure(data, zero=True)


class BylawForm(MoneyForm):
    """A figure, from which day on, and where it was decided."""

    value = LineField(VALUE, [needed(), at_most(12)])
    valid_from = DateField(_l("From"), [needed()])
    source = LineField(_l("Where it was decided"), [needed(), at_most(120)])

    def asked(self) -> int | str:
        """Return the figure as the book keeps it."""
        return str(self.value.data)


class AmountForm(BylawForm):
    """A by-law that is an amount of money."""

    value = LimitField(VALUE, [InputRequired(_l("Please fill this in."))])

    def asked(self) -> int | str:
        """Return the amount in rupiah."""
        return int(self.value.data.units)


class YesNoForm(BylawForm):
    """A by-law that holds or does not."""

    value = SelectField(
        VALUE,
        [needed()],
        choices=lambda: [("1", gettext("yes")), ("0", gettext("no"))],
    )


class ChoiceForm(BylawForm):
    """A by-law that names one of a few ways."""

    value = SelectField(VALUE, [needed()], choices=list)


class ClosedDayForm(OnceForm):
    """A day on which nothing falls due, and why."""

    on = DateField(_l("Date"), [needed()])
    name = LineField(_l("Why"), [needed(), at_most(60)])


class HolidaysForm(OnceForm):
    """Close a year's public holidays."""


class OpenForm(OnceForm):
    """Open a day again."""

    day = DateField(_l("Date"), [needed()])


class TermForm(OnceForm):
    """Who holds an office from a day on."""

    office = SelectField(
        _l("Office"),
        choices=lambda: [
            (one.value, gettext(said)) for one, said in OFFICE_NAMES.items()
        ],
    )
    name = LineField(_l("Who"), [needed(), at_most(80)])
    on = DateField(_l("From"), [needed()])
    source = LineField(_l("Where it was decided"), [needed(), at_most(120)])


FORMS = {Unit.RUPIAH: AmountForm, Unit.YES_NO: YesNoForm, Unit.CHOICE: ChoiceForm}


def form_for(standard: Standard, **filled: object) -> BylawForm:
    """Return the form for a by-law, with what can be chosen."""
    form = FORMS.get(standard.unit, BylawForm)(**filled)
    if isinstance(form, ChoiceForm):
        form.value.choices = [
            (str(place), gettext(said)) for place, said in enumerate(standard.choices)
        ]
    return form
