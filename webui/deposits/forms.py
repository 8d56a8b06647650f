"""The forms of term deposits."""

from __future__ import annotations

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, SelectField
from wtforms.validators import NumberRange, Optional

from coopbook.deposits import PAYS_NAMES, ROLLOVER_NAMES, TERMS, Pays, Rollover
from coopbook.savings import DayCount
from webui.forms import (
    DateField,
    LineField,
    MoneyField,
    MoneyForm,
    OnceForm,
    at_most,
    needed,
)
from webui.savings.forms import PercentField, counts


def months() -> list[tuple[int, str]]:
    """Return for how long money can be tied, in the reader's words."""
    return [(n, ngettext("%(num)s month", "%(num)s months", n)) for n in TERMS]


def rollovers() -> list[tuple[str, str]]:
    """Return what can happen at maturity."""
    return [(one.value, gettext(ROLLOVER_NAMES[one])) for one in Rollover]


class DepositForm(MoneyForm):
    """Money a member ties for some months."""

    amount = MoneyField(_l("Amount"), [needed()])
    months = SelectField(_l("For how long"), [needed()], coerce=int, choices=months)
    source = SelectField(
        _l("Where does the money come from?"),
        [needed()],
        choices=lambda: [
            ("savings", gettext("From the savings account")),
            ("cash", gettext("Cash at the counter")),
            ("bank", gettext("Transfer to the bank")),
        ],
    )
    account = SelectField(
        _l("Interest and principal are paid to"), [needed()], coerce=int
    )
    rollover = SelectField(_l("When it matures"), [needed()], choices=rollovers)
    pays = SelectField(
        _l("Interest is paid"),
        [needed()],
        choices=lambda: [(p.value, gettext(PAYS_NAMES[p])) for p in reversed(Pays)],
    )
    heir = LineField(_l("Heir"), [Optional(), at_most(100)])
    on = DateField(_l("Date"), [needed()])


class EndForm(MoneyForm):
    """A deposit is paid out on a day."""

    in_cash = BooleanField(_l("Pay it in cash instead of to the savings account"))
    on = DateField(_l("Date"), [needed()])


class PledgeForm(OnceForm):
    """What a deposit secures."""

    loan = IntegerField(
        _l("Number of the loan it secures"), [Optional(), NumberRange(min=1)]
    )
    reason = LineField(_l("For whom, and by which paper"), [needed(), at_most(200)])


class WishesForm(OnceForm):
    """What is to happen at maturity, and who inherits."""

    rollover = SelectField(_l("When it matures"), [needed()], choices=rollovers)
    heir = LineField(_l("Heir"), [Optional(), at_most(100)])


class WorkForm(MoneyForm):
    """What a day brings for every deposit."""

    dated = False


class DepositTermsForm(MoneyForm):
    """What a deposit of some months earns, from a day on."""

    dated = False
    months = SelectField(_l("For how long"), [needed()], coerce=int, choices=months)
    rate = PercentField(_l("Percent a year"), [needed()])
    day_count = SelectField(
        _l("How days are counted"),
        [needed()],
        choices=counts,
        default=DayCount.ACTUAL_365.value,
    )
    kept = IntegerField(
        _l("Percent of the interest kept when broken early"),
        [needed(), NumberRange(0, 100)],
        default=0,
    )
    penalty = IntegerField(
        _l("Percent of the principal paid when broken early"),
        [needed(), NumberRange(0, 100)],
        default=0,
    )
    on = DateField(_l("For deposits opened from"), [needed()])
    source = LineField(_l("Who decided it"), [needed(), at_most(200)])
