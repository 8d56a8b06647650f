"""The forms of what stands behind a loan."""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, SelectField
from wtforms.validators import NumberRange, Optional

from coopbook.appraisal import JUDGEMENT_NAMES, RECOMMENDATION_NAMES, Judgement
from coopbook.security import KIND_NAMES
from webui.forms import DateField, LineField, MoneyField, MoneyForm, at_most, needed


def _judged(label: object) -> SelectField:
    return SelectField(
        label,
        [needed()],
        choices=lambda: [
            (one.value, gettext(name)) for one, name in JUDGEMENT_NAMES.items()
        ],
        default=Judgement.FAIR.value,
    )


class AppraisalForm(MoneyForm):
    """What a household can pay, and the five C."""

    business = LineField(_l("What the household lives on"), [needed(), at_most(200)])
    income = MoneyField(_l("Income of a month"), [needed()])
    expenses = MoneyField(_l("Living costs of a month"), [needed()])
    other_debts = MoneyField(_l("Installments elsewhere, in a month"), [Optional()])
    of_character = _judged(_l("Character: are they honest and known for it?"))
    of_capacity = _judged(_l("Capacity: can they pay out of their income?"))
    of_capital = _judged(_l("Capital: what do they own and put in themselves?"))
    of_collateral = _judged(_l("Collateral: what stands behind the loan?"))
    of_conditions = _judged(_l("Condition: prices, season, market of the business"))
    recommends = SelectField(
        _l("What do you recommend?"),
        [needed()],
        choices=lambda: [
            (one.value, gettext(name)) for one, name in RECOMMENDATION_NAMES.items()
        ],
    )
    amount = MoneyField(_l("Amount to lend, if less"), [Optional()])
    visited_on = DateField(_l("Visited at home on"), [Optional()])
    dependants = IntegerField(
        _l("People who live on this income"), [Optional(), NumberRange(0, 50)]
    )
    note = LineField(_l("What else the deciders should know"), [at_most(400)])
    on = DateField(_l("Date"), [needed()])


class GuarantorForm(MoneyForm):
    """Who answers for a loan."""

    member = IntegerField(
        _l("Number of the member who answers"), [Optional(), NumberRange(1, 10**9)]
    )
    name = LineField(_l("Name, if no member"), [Optional(), at_most(100)])
    relation = LineField(_l("Relation to the borrower"), [needed(), at_most(60)])
    amount = MoneyField(_l("Answers for"), [needed()])
    hold = BooleanField(_l("Hold it on the voluntary savings of the member"))
    on = DateField(_l("Date"), [needed()])


class OwnHoldForm(MoneyForm):
    """The borrower's own savings, held."""

    account = SelectField(_l("Savings"), [needed()], coerce=int)
    amount = MoneyField(_l("Amount to hold"), [needed()])
    on = DateField(_l("Date"), [needed()])


class CollateralForm(MoneyForm):
    """A thing that secures a loan, and its paper."""

    kind = SelectField(
        _l("What is it?"),
        [needed()],
        choices=lambda: [
            (one.value, gettext(name)) for one, name in KIND_NAMES.items()
        ],
    )
    description = LineField(_l("Description"), [needed(), at_most(200)])
    document = LineField(_l("Number of its paper"), [Optional(), at_most(60)])
    owner = LineField(_l("Owner"), [needed(), at_most(100)])
    relation = LineField(_l("Relation to the borrower"), [needed(), at_most(60)])
    value = MoneyField(_l("Appraised value"), [needed()])
    appraised_by = LineField(_l("Appraised by"), [needed(), at_most(100)])
    kept_where = LineField(_l("Where its paper is kept"), [needed(), at_most(100)])
    accepted = MoneyField(_l("Counts as cover"), [Optional()])
    insured_until = DateField(_l("Insured until"), [Optional()])
    on = DateField(_l("Date"), [needed()])


class ReleaseForm(MoneyForm):
    """Why somebody or something is let go."""

    reason = LineField(_l("Why?"), [needed(), at_most(200)])
    on = DateField(_l("Date"), [needed()])


class GiveBackForm(ReleaseForm):
    """To whom a thing is given back, and why."""

    to = LineField(_l("Given to"), [needed(), at_most(100)])


class PlaceForm(MoneyForm):
    """Where a paper is kept from now on."""

    kept_where = LineField(_l("Where its paper is kept"), [needed(), at_most(100)])
