"""The forms of the savings desk."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, IntegerField, SelectField
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import TextInput

from coopbook.money import Per, Rate
from coopbook.savings import HOLD_NAMES, Basis, DayCount, HoldReason
from webui.forms import (
    DateField,
    LineField,
    MoneyField,
    MoneyForm,
    OnceForm,
    at_most,
    needed,
)


def bases() -> list[tuple[str, str]]:
    """Return on which balance interest can be paid."""
    return [
        (Basis.DAILY.value, gettext("Every day by itself")),
        (Basis.AVERAGE.value, gettext("The mean of the days of a month")),
        (Basis.MINIMUM.value, gettext("The least balance of a month")),
    ]


def counts() -> list[tuple[str, str]]:
    """Return how the days of a year can be counted."""
    return [
        (DayCount.ACTUAL_365.value, gettext("Days over 365")),
        (DayCount.ACTUAL_ACTUAL.value, gettext("Days over 365, in leap years 366")),
        (DayCount.TWELFTH.value, gettext("Every month a twelfth")),
    ]


class PercentField(Field):
    """A percentage, read exactly: ``3``, ``2,5``, ``0.75 %``."""

    widget = TextInput()
    data: Any

    def _value(self) -> str:
        if self.data is not None:
            text = f"{self.data.normalize():f}"
            return text.replace(".", ",")
        return self.raw_data[0] if self.raw_data else ""

    def __call__(self, **kwargs: Any) -> Any:
        """Render as a short text that opens the phone's number keys."""
        kwargs.setdefault("inputmode", "decimal")
        kwargs.setdefault("autocomplete", "off")
        kwargs.setdefault("maxlength", "8")
        return super().__call__(**kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        text = (valuelist[0] if valuelist else "").strip().rstrip("%").strip()
        if not text:
            return
        if not re.fullmatch(r"[0-9]{1,3}([.,][0-9]{1,4})?", text):
            raise ValueError(gettext("Write a percentage like 3 or 2,5."))
        self.data = Decimal(text.replace(",", "."))


def yearly(percent: Decimal) -> Rate:
    """Return a percentage as a rate by year."""
    return Rate.percent(str(percent), Per.YEAR)


class MonthForm(MoneyForm):
    """The month whose interest is posted."""

    dated = False
    month = LineField(_l("Month"), [needed(), at_most(7)])


class TermsForm(MoneyForm):
    """What a kind of savings earns from a month on."""

    dated = False
    rate = PercentField(_l("Percent a year"), [needed()])
    above = MoneyField(_l("Another rate from a balance of"), [Optional()])
    more = PercentField(_l("Percent a year from there"), [Optional()])
    slices = BooleanField(_l("The second rate only on what lies above"))
    basis = SelectField(_l("On which balance"), [needed()], choices=bases)
    day_count = SelectField(_l("How days are counted"), [needed()], choices=counts)
    least = MoneyField(_l("A balance below this earns nothing"), [Optional()])
    on = DateField(_l("From the first day of a month"), [needed()])
    source = LineField(_l("Who decided it"), [needed(), at_most(200)])


class OfferForm(OnceForm):
    """A kind of savings the cooperative begins to offer."""

    kind = SelectField(_l("Kind of savings"), [needed()])


class HoldForm(MoneyForm):
    """An amount that has to stay."""

    amount = MoneyField(_l("Amount to hold"), [needed()])
    why = SelectField(
        _l("Why"),
        [needed()],
        choices=lambda: [(one.value, gettext(HOLD_NAMES[one])) for one in HoldReason],
    )
    loan = IntegerField(
        _l("Number of the loan it secures"), [Optional(), NumberRange(min=1)]
    )
    reason = LineField(_l("For whom, and by which paper"), [needed(), at_most(200)])
    on = DateField(_l("Date"), [needed()])


class ReasonForm(OnceForm):
    """Why something is done that others will want to follow."""

    reason = LineField(_l("In a few words, why"), [needed(), at_most(200)])


class WakeForm(OnceForm):
    """Somebody has looked at the owner."""

    seen_owner = BooleanField(
        _l("I compared the owner with the photo and the signature"), [needed()]
    )


class GoalForm(OnceForm):
    """What an account is saved for."""

    title = LineField(_l("What is it for?"), [needed(), at_most(60)])
    amount = MoneyField(_l("How much is needed"), [needed()])
    on = DateField(_l("By when"), [Optional()])
