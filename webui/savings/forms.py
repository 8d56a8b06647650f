"""The forms of the savings desk."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, ClassVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, SelectField
from wtforms.validators import NumberRange, Optional

from coopbook.i18n import N_
from coopbook.money import Per, Rate
from coopbook.savings import HOLD_NAMES, Basis, DayCount, HoldReason
from webui.forms import (
    DateField,
    LineField,
    MoneyField,
    MoneyForm,
    OnceForm,
    WrittenField,
    at_most,
    needed,
)
from webui.wording import Unreadable


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


class PercentField(WrittenField):
    """A percentage, read exactly: ``3``, ``2,5``, ``0.75 %``."""

    attributes: ClassVar[dict[str, str]] = {"inputmode": "decimal", "maxlength": "8"}

    def read(self, text: str) -> Decimal:
        tidy = text.strip().rstrip("%").strip()
        if not re.fullmatch(r"[0-9]{1,3}([.,][0-9]{1,4})?", tidy):
            raise Unreadable(N_("Write a percentage like 3 or 2,5."))
        return Decimal(tidy.replace(",", "."))

    def write(self, data: Any) -> str:
        return f"{data.normalize():f}".replace(".", ",")


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


class ConditionsForm(OnceForm):
    """What has to stay on a kind of savings, and when it falls asleep."""

    minimum = MoneyField(_l("What has to stay"), [Optional()])
    dormant = IntegerField(
        _l("Falls asleep after so many months"),
        [Optional(), NumberRange(1, 600, _l("Write a whole number, like 12."))],
        render_kw={"inputmode": "numeric"},
    )


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
