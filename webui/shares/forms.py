"""The forms of the mandatory share: a plan, months that are exempt."""

from __future__ import annotations

import re
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import Field, IntegerField, SelectField
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import TextInput

from coopbook.errors import Conflict, Refused
from coopbook.members.standing import DecisionNeeded
from coopbook.savings.catching_up import MonthsBackwards
from coopbook.savings.mandatory import PlanTooLong
from webui.forms import LineField, OnceForm, at_most, needed
from webui.wording import tell


class CalendarMonthField(Field):
    """A month, written ``3/2026`` or ``2026-03``, read as ``202603``."""

    widget = TextInput()
    data: Any

    def _value(self) -> str:
        if self.data is not None:
            return f"{self.data % 100:02d}/{self.data // 100}"
        return self.raw_data[0] if self.raw_data else ""

    def __call__(self, **kwargs: Any) -> Any:
        """Render as text, so that it reads the same in every browser."""
        kwargs.setdefault("inputmode", "numeric")
        kwargs.setdefault("autocomplete", "off")
        kwargs.setdefault("maxlength", "7")
        kwargs.setdefault("placeholder", "03/2026")
        return super().__call__(**kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        text = (valuelist[0] if valuelist else "").strip()
        if not text:
            return
        written = re.fullmatch(r"([0-9]{1,2})[/.-]([0-9]{4})", text)
        iso = re.fullmatch(r"([0-9]{4})-([0-9]{1,2})", text)
        month, year = (
            (int(written[1]), int(written[2]))
            if written
            else (int(iso[2]), int(iso[1]))
            if iso
            else (0, 0)
        )
        if not (1 <= month <= 12 and 1900 <= year <= 2200):
            raise ValueError(gettext("Write the month like 03/2026."))
        self.data = year * 100 + month


class BesideForm(OnceForm):
    """A form that puts some refusals beside the field they speak of."""

    beside: tuple[tuple[type, str], ...] = ()

    def show(self, refusal: Refused | Conflict) -> None:
        """Put a refusal beside its field, or on top."""
        for kind, name in self.beside:
            if isinstance(refusal, kind):
                field = self._fields[name]
                field.errors = [*field.errors, tell(refusal)]
                return
        super().show(refusal)


class PlanForm(BesideForm):
    """Over how many months the arrears are paid."""

    beside = ((PlanTooLong, "months"),)
    months = IntegerField(_l("Over how many months?"), [needed(), NumberRange(min=1)])
    note = LineField(_l("What was agreed"), [Optional(), at_most(200)])


class ExemptionForm(BesideForm):
    """Months for which nothing is owed, and who decided it."""

    beside = ((MonthsBackwards, "last_month"), (DecisionNeeded, "decision"))
    first_month = CalendarMonthField(_l("First month"), [needed()])
    last_month = CalendarMonthField(_l("Last month"), [needed()])
    decision = SelectField(_l("Decision"), [Optional()], validate_choice=False)
    reason = LineField(_l("In a few words, why"), [needed(), at_most(200)])


class EndForm(OnceForm):
    """Something agreed or decided ends today."""
