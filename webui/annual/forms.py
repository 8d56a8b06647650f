"""The forms of the year."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, SelectField, TextAreaField
from wtforms.validators import InputRequired, NumberRange, Optional

from coopbook.errors import Refused
from coopbook.i18n import N_
from coopbook.members.rules import MemberStatus
from coopbook.surplus import (
    ACTIVITY_NAMES,
    CAPITAL_NAMES,
    POOL_NAMES,
    SPREAD_NAMES,
    Activity,
    CapitalBase,
    Pool,
    Spread,
)
from webui.credit.forms import PercentField
from webui.forms import (
    DateField,
    Form,
    LineField,
    MoneyField,
    MoneyForm,
    at_most,
    needed,
)
from webui.treasury.forms import JournalForm


class Span(Form):
    """Of which time a statement is; it lives in the address."""

    class Meta(Form.Meta):
        """A question asked by GET needs no token."""

        csrf = False

    first = DateField(_l("From"), [Optional()])
    last = DateField(_l("Until"), [Optional()])


@dataclass(eq=False)
class NoSuchTime(Refused):
    """A file is asked of a time that cannot be read."""

    sentence = N_("There is no file of that time: %(said)s")

    said: str


class CloseForm(MoneyForm):
    """Close a year; there is nothing to fill in."""


class ReopenForm(MoneyForm):
    """Why a closed year has to be opened again."""

    reason = LineField(_l("Why is it reopened?"), [needed(), at_most(200)])


class ApproveForm(MoneyForm):
    """The decision of the members by which a year is approved."""

    decision = SelectField(_l("Decision of the members"), [needed()], coerce=int)


class AdjustmentForm(JournalForm):
    """A correction of an earlier year: what was found, and its lines."""

    on = None
    memo = LineField(_l("What was found?"), [needed(), at_most(300)])


class BookForm(MoneyForm):
    """When a correction is booked."""

    on = DateField(_l("Date"), [needed()])


class DeclineForm(MoneyForm):
    """Why a correction is not booked."""

    reason = LineField(_l("Why is it not booked?"), [needed(), at_most(200)])


class LineForm(MoneyForm):
    """The line of a statement that an account is given."""

    line = SelectField(_l("Line"), [Optional()])


class HandOutForm(MoneyForm):
    """When a decided surplus is handed out."""

    on = DateField(_l("Date"), [needed()])


class CoverForm(MoneyForm):
    """How much of a deficit the reserve covers, by which decision."""

    decision = SelectField(_l("Decision of the members"), [needed()], coerce=int)
    amount = MoneyField(_l("Amount"), [needed()])
    on = DateField(_l("Date"), [needed()])


class PayForm(MoneyForm):
    """How a member takes the waiting surplus."""

    amount = MoneyField(_l("Amount"), [needed()])
    to = SelectField(_l("Paid"), [Optional()])
    heir = LineField(_l("Heir who receives it"), [Optional(), at_most(100)])
    papers = LineField(_l("Papers shown"), [Optional(), at_most(200)])
    on = DateField(_l("Date"), [needed()])


def _some(names: dict[object, str], words: object) -> list[tuple[str, str]]:
    return [(one.value, gettext(names[one])) for one in words]  # type: ignore[attr-defined]


MAY_BE_OUT = (
    *(MemberStatus.ASSOCIATE, MemberStatus.SUSPENDED, MemberStatus.RESIGNED),
    *(MemberStatus.EXPELLED, MemberStatus.DECEASED),
)


class PolicyForm(MoneyForm):
    """How the surplus is divided from a year on, and where that is written."""

    first_year = IntegerField(_l("From the year"), [needed(), NumberRange(1990, 2200)])
    reserve = PercentField(POOL_NAMES[Pool.RESERVE], [Optional()])
    risk_reserve = PercentField(POOL_NAMES[Pool.RISK_RESERVE], [Optional()])
    capital = PercentField(POOL_NAMES[Pool.CAPITAL], [Optional()])
    patronage = PercentField(POOL_NAMES[Pool.PATRONAGE], [Optional()])
    board = PercentField(POOL_NAMES[Pool.BOARD], [Optional()])
    staff = PercentField(POOL_NAMES[Pool.STAFF], [Optional()])
    education = PercentField(POOL_NAMES[Pool.EDUCATION], [Optional()])
    social = PercentField(POOL_NAMES[Pool.SOCIAL], [Optional()])
    development = PercentField(POOL_NAMES[Pool.DEVELOPMENT], [Optional()])
    members_part = PercentField(_l("Members' part of the surplus"), [Optional()])
    capital_base = SelectField(_l("Return on shares is divided by"), [needed()])
    activity = SelectField(_l("Patronage is divided by"), [needed()])
    spread = SelectField(_l("Rounding"), [needed()])
    step = SelectField(
        _l("Rounded to"),
        [needed()],
        choices=lambda: [("1", "Rp 1"), ("100", "Rp 100"), ("1000", "Rp 1.000")],
    )
    leavers = BooleanField(_l("Who left in the year takes part"))
    saved = BooleanField(_l("Voluntary savings count with the shares"))
    out_associate = BooleanField(_l("Associate members take no part"))
    out_suspended = BooleanField(_l("Suspended members take no part"))
    out_resigned = BooleanField(_l("Who resigned takes no part"))
    out_expelled = BooleanField(_l("Who was expelled takes no part"))
    out_deceased = BooleanField(_l("Heirs of who died take no part"))
    members_only = BooleanField(_l("What was earned with others stays in the reserve"))
    source = LineField(_l("Where is it written?"), [needed(), at_most(200)])

    def excluded(self) -> frozenset[MemberStatus]:
        """Return who takes no part, by standing."""
        return frozenset(one for one in MAY_BE_OUT if self[f"out_{one.value}"].data)

    def offer(self, *, goods: bool) -> None:
        """Fill in what may be chosen; purchases where there are goods."""
        self.capital_base.choices = _some(dict(CAPITAL_NAMES), CapitalBase)
        self.activity.choices = _some(
            dict(ACTIVITY_NAMES),
            [one for one in Activity if goods or one is not Activity.PURCHASES],
        )
        self.spread.choices = _some(dict(SPREAD_NAMES), Spread)
        for pool in Pool:
            field = self[pool.value]
            field.label.text = gettext(POOL_NAMES[pool])


class AnswersForm(MoneyForm):
    """How many questions of a group are answered yes and no, and who says so."""

    group = SelectField(_l("Questions about"), [needed()])
    yes = IntegerField(_l("Answered yes"), [InputRequired(), NumberRange(0, 12)])
    no = IntegerField(_l("Answered no"), [InputRequired(), NumberRange(0, 12)])
    said_by = LineField(_l("Who answered?"), [needed(), at_most(100)])


class TextForm(MoneyForm):
    """A chapter of the meeting's book in somebody's own words."""

    body = TextAreaField(
        _l("What the members should read"),
        [needed(), at_most(8_000)],
        render_kw={"rows": 14},
    )


class BudgetForm(MoneyForm):
    """What an account is planned to come to."""

    account = SelectField(_l("Account"), [needed()])
    amount = MoneyField(_l("Planned for the year"), [needed()])
