"""The forms of the mandatory share: a plan, months that are exempt."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField
from wtforms.validators import NumberRange, Optional

from coopbook.errors import Conflict, Refused
from coopbook.i18n import N_
from coopbook.members.standing import DecisionNeeded
from coopbook.savings.catching_up import MonthsBackwards
from coopbook.savings.mandatory import PlanTooLong
from webui.forms import LineField, OnceForm, WrittenField, at_most, needed
from webui.wording import Unreadable, tell


class CalendarMonthField(WrittenField):
    """A month, written ``3/2026`` or ``2026-03``, read as ``202603``."""

    attributes: ClassVar[dict[str, str]] = {
        "inputmode": "numeric",
        "maxlength": "7",
        "placeholder": "03/2026",
    }

    def read(self, text: str) -> int:
        tidy = text.strip()
        written = re.fullmatch(r"(?P<month>[0-9]{1,2})[/.-](?P<year>[0-9]{4})", tidy)
        iso = re.fullmatch(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})", tidy)
        found = written or iso
        month, year = (int(found["month"]), int(found["year"])) if found else (0, 0)
        if not (1 <= month <= 12 and 1900 <= year <= 2200):
            raise Unreadable(N_("Write the month like 03/2026."))
        return year * 100 + month

    def write(self, data: Any) -> str:
        return f"{data % 100:02d}/{data // 100}"


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
