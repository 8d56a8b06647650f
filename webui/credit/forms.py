"""The forms of the loan desk."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    IntegerField,
    RadioField,
    SelectField,
)
from wtforms import Form as PlainForm
from wtforms.validators import NumberRange, Optional

from coopbook.i18n import N_
from coopbook.loans.daycount import DayCount, Unit
from coopbook.loans.fees import GoesTo, Taken
from coopbook.loans.replay import EARLY_NAMES, ORDER_NAMES, Early, Order
from coopbook.loans.terms import METHOD_NAMES, Every, InterestMethod
from coopbook.opendays import Shift
from webui.forms import (
    DateField,
    Form,
    LineField,
    MoneyField,
    MoneyForm,
    Spoken,
    WrittenField,
    at_most,
    needed,
)
from webui.parts import sectors
from webui.wording import Unreadable, day, read_date

TERM = NumberRange(1, 360, _l("Write the number of months, like 12."))


def _whole(least: int, most: int) -> NumberRange:
    return NumberRange(least, most, _l("Write a whole number, like 12."))


class SimulationForm(Form):
    """What a loan would cost."""

    product = SelectField(_l("Kind of loan"), [needed()])
    amount = MoneyField(_l("Amount"), [needed()])
    term = IntegerField(_l("Months"), [needed(), TERM], default=12)


class DaysField(WrittenField):
    """Days with commas between them, in their order."""

    attributes: ClassVar[dict[str, str]] = {"maxlength": "200"}

    def read(self, text: str) -> tuple[date, ...]:
        return tuple(read_date(one.strip()) for one in text.split(",") if one.strip())

    def write(self, data: Any) -> str:
        return ", ".join(day(one) for one in data)


class ApplicationForm(MoneyForm):
    """What a member asks for, and what for."""

    product = SelectField(_l("Kind of loan"), [needed()])
    amount = MoneyField(_l("Amount"), [needed()])
    term = IntegerField(_l("Months"), [needed(), TERM], default=12)
    purpose = LineField(_l("What is the loan for?"), [needed(), at_most(200)])
    sector = SelectField(
        _l("What will the money work in?"),
        [Optional()],
        choices=lambda: [("", gettext("not chosen")), *sectors()],
    )
    joint = BooleanField(_l("The member's group answers for it"))
    first_due = DateField(_l("First installment due on"), [Optional()])
    dates = DaysField(_l("Or due on chosen days, like harvests"), [Optional()])
    decision = IntegerField(
        _l("Decision of the board, its number"), [Optional(), _whole(1, 10**9)]
    )
    on = DateField(_l("Date"), [needed()])


class PercentField(WrittenField):
    """A percentage as it is quoted, with a comma or a point, kept exact as text."""

    attributes: ClassVar[dict[str, str]] = {"inputmode": "decimal", "maxlength": "8"}

    def read(self, text: str) -> str:
        tidy = text.strip().removesuffix("%").strip().replace(",", ".")
        whole, _, rest = tidy.partition(".")
        plain = (whole + rest).isascii() and whole.isdecimal()
        plain = plain and len(whole) <= 5 and len(rest) <= 4
        if not plain or (rest and not rest.isdecimal()):
            raise Unreadable(N_("Write a percentage like 1,5."))
        return tidy

    def write(self, data: str) -> str:
        return str(data).replace(".", ",")


PERS = [
    *(("month", _l("a month")), ("year", _l("a year"))),
    *(("week", _l("a week")), ("day", _l("a day"))),
]


class WaiverForm(MoneyForm):
    """How much of a penalty is not asked, and why."""

    amount = MoneyField(_l("Amount"), [needed()])
    reason = LineField(_l("Why is it waived?"), [needed(), at_most(200)])
    on = DateField(_l("Date"), [needed()])


class RateForm(MoneyForm):
    """Another rate of a running loan, from which day on, and why."""

    percent = PercentField(_l("New rate in percent"), [needed()])
    per = SelectField(
        _l("Rate for"), [needed()], choices=lambda: list(PERS), default="month"
    )
    reason = LineField(_l("Where it was decided"), [needed(), at_most(200)])
    on = DateField(_l("From"), [needed()])


UNITS = [("month", _l("months")), ("week", _l("weeks")), ("day", _l("days"))]
DAY_COUNTS = [
    (DayCount.EVEN.value, _l("every month a twelfth of a year")),
    (DayCount.ACTUAL_365.value, _l("days over 365")),
    (DayCount.ACTUAL_360.value, _l("days over 360")),
    (DayCount.ACTUAL_ACTUAL.value, _l("days over the days of the year")),
    (DayCount.THIRTY_360.value, _l("months of 30 days over 360")),
]
SHIFTS = [
    (Shift.NONE.value, _l("stays due on that day")),
    (Shift.NEXT.value, _l("is due on the next open day")),
    (Shift.PREVIOUS.value, _l("is due on the last open day before")),
]
OFFERED = [
    InterestMethod.FLAT,
    InterestMethod.DECLINING,
    InterestMethod.ANNUITY,
    InterestMethod.BULLET,
    InterestMethod.BULLET_END,
]
"""An agreed charge is agreed loan by loan, so no kind of loan offers it here."""


def said_every(every: Every) -> str:
    """Say how long a period is."""
    one, many = {
        Unit.MONTH: (N_("every month"), N_("every %(count)s months")),
        Unit.WEEK: (N_("every week"), N_("every %(count)s weeks")),
        Unit.DAY: (N_("every day"), N_("every %(count)s days")),
    }[every.unit]
    return gettext(one) if every.count == 1 else gettext(many, count=every.count)


TAKEN = {
    Taken.DEDUCTED: _l("kept back from the payout"),
    Taken.ADDED: _l("lent with the loan"),
}
GOES_TO = {
    GoesTo.INCOME: _l("income of the cooperative"),
    GoesTo.HELD: _l("held for others, like an insurer"),
    GoesTo.SHARE: _l("the member's own special mandatory share"),
}
FEES = 3


class FeeRow(PlainForm):
    """A fee of a kind of loan; a row without a name is none."""

    class Meta:
        """Let WTForms speak the reader's language."""

        def get_translations(self, form: object) -> Spoken:
            return Spoken()

    title = LineField(_l("Name of the fee"), [Optional(), at_most(60)])
    fixed = IntegerField(_l("In rupiah"), [Optional(), _whole(0, 10**8)])
    percent = PercentField(_l("In percent of the loan"), [Optional()])
    taken = SelectField(
        _l("How it is taken"),
        choices=lambda: [(one.value, str(said)) for one, said in TAKEN.items()],
        default=Taken.DEDUCTED.value,
    )
    goes_to = SelectField(
        _l("Whose it is"),
        choices=lambda: [(one.value, str(said)) for one, said in GOES_TO.items()],
        default=GoesTo.INCOME.value,
    )


class ProductForm(MoneyForm):
    """What a kind of loan offers."""

    method = SelectField(
        _l("Method of interest"),
        [needed()],
        choices=lambda: [(one.value, gettext(METHOD_NAMES[one])) for one in OFFERED],
    )
    percent = PercentField(_l("Rate in percent"), [needed()])
    per = SelectField(_l("Rate for"), [needed()], choices=lambda: list(PERS))
    limit = MoneyField(_l("Largest loan"), [needed()])
    max_term = IntegerField(_l("Most installments"), [needed(), _whole(1, 3_660)])
    count = IntegerField(_l("An installment every"), [needed(), _whole(1, 366)])
    unit = SelectField(
        _l("Months, weeks or days"), [needed()], choices=lambda: list(UNITS)
    )
    due_day = IntegerField(_l("Due day of the month"), [Optional(), _whole(1, 31)])
    day_count = SelectField(
        _l("How days are counted"), [needed()], choices=lambda: list(DAY_COUNTS)
    )
    shift = SelectField(
        _l("Due on a closed day"), [needed()], choices=lambda: list(SHIFTS)
    )
    principal_grace = IntegerField(
        _l("First installments without principal"), [Optional(), _whole(0, 120)]
    )
    interest_deferred = IntegerField(
        _l("First installments whose interest is asked later"),
        [Optional(), _whole(0, 120)],
    )
    step = SelectField(
        _l("Installments rounded up to"),
        [needed()],
        choices=lambda: [("1", "1"), ("100", "100"), ("500", "500"), ("1000", "1.000")],
    )
    order = SelectField(
        _l("A payment settles"),
        [needed()],
        choices=lambda: [(one.value, gettext(ORDER_NAMES[one])) for one in Order],
    )
    early = SelectField(
        _l("Interest when a loan is ended early"),
        [needed()],
        choices=lambda: [(one.value, gettext(EARLY_NAMES[one])) for one in Early],
    )
    penalty = PercentField(_l("Penalty in percent"), [needed()])
    penalty_per = SelectField(
        _l("Penalty for"), [needed()], choices=lambda: list(reversed(PERS))
    )
    grace_days = IntegerField(_l("Days of grace"), [Optional(), _whole(0, 90)])
    tolerance = IntegerField(
        _l("Tolerated, rupiah an installment"), [Optional(), _whole(0, 100_000)]
    )
    origination = PercentField(_l("Origination fee in percent"), [needed()])
    admin = IntegerField(
        _l("Administration fee in rupiah"), [Optional(), _whole(0, 10**7)]
    )
    fees = FieldList(FormField(FeeRow), min_entries=FEES, max_entries=FEES)
    rate_from = PercentField(_l("Approved from, percent a year"), [Optional()])
    rate_to = PercentField(_l("Approved up to, percent a year"), [Optional()])
    decision = IntegerField(
        _l("Decision of the meeting, its number"), [Optional(), _whole(1, 10**9)]
    )
    cover = IntegerField(
        _l("Cover asked for, in percent of the loan"), [Optional(), _whole(0, 300)]
    )
    joint = BooleanField(_l("Only for members of a group with joint liability"))
    reason = LineField(_l("Where it was decided"), [needed(), at_most(200)])

    def fingerprint(self) -> str:
        """Return a digest of what is asked for, every fee included."""
        rows = [
            "|".join(str(field.data or "") for field in row.form) for row in self.fees
        ]
        return super().fingerprint() + self.digest_of(rows)


class ReplacementForm(MoneyForm):
    """A loan that takes the place of another."""

    how = RadioField(
        _l("What is asked for"),
        [needed()],
        choices=lambda: [
            ("restructure", gettext("Restructure: more time, no new money")),
            ("refinance", gettext("Refinance: a larger loan pays this one off")),
        ],
        default="restructure",
    )
    product = SelectField(_l("Kind of loan"), [needed()])
    amount = MoneyField(_l("Amount of the new loan"), [needed()])
    term = IntegerField(_l("Installments"), [needed(), TERM])
    purpose = LineField(_l("Why?"), [needed(), at_most(200)])
    on = DateField(_l("Date"), [needed()])


class DisbursementForm(MoneyForm):
    """Pay a loan out on a day."""

    on = DateField(_l("Date"), [needed()])


class MoreForm(MoneyForm):
    """More of a loan that comes in parts, or of what is held, paid out."""

    amount = MoneyField(_l("Amount"), [needed()])
    on = DateField(_l("Date"), [needed()])


class NewKindForm(MoneyForm):
    """A kind of loan that begins like another."""

    code = LineField(_l("Short name, like harvest"), [needed(), at_most(20)])
    name_id = LineField(_l("Name in Indonesian"), [needed(), at_most(60)])
    name_en = LineField(_l("Name in English"), [needed(), at_most(60)])
    like = SelectField(_l("Begins with the terms of"), [needed()])
    reason = LineField(_l("Where it was decided"), [needed(), at_most(200)])
