"""The forms of the register."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import IntegerField, SelectField, SelectMultipleField
from wtforms.validators import NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from coopbook import migrants, regions
from coopbook.archive import ScanKind
from coopbook.members import Relation, Risk, Verdict
from coopbook.proxies import ProxyKind
from webui.forms import (
    DateField,
    LineField,
    MoneyField,
    MoneyForm,
    OnceForm,
    at_most,
    needed,
)
from webui.membership.naming import choices
from webui.parts import country_name
from webui.policy import LARGEST_NUMBER

FIGURES: dict[str, Any] = {"inputmode": "numeric", "autocomplete": "off"}
WHOLE = NumberRange(1, LARGEST_NUMBER, _l("Write a whole number, like 12."))
TERRITORIES = migrants.countries()
PICTURES = {"image/jpeg", "image/png"}
PAPERS = PICTURES | {"application/pdf"}
KEPT = (
    *(ScanKind.PHOTO, ScanKind.SPECIMEN, ScanKind.IDENTITY, ScanKind.HEIRS),
    *(ScanKind.DEATH, ScanKind.DOCUMENT),
)


class PictureField(FileField):
    """A photograph, PNG or JPEG."""

    kinds = PICTURES
    said = _l("Choose a PNG or a JPEG picture of at most 2 MB.")

    def __call__(self, **kwargs: Any) -> Any:
        """Render so that a phone offers its camera and its pictures."""
        kwargs.setdefault("accept", ",".join(sorted(self.kinds)))
        return super().__call__(**kwargs)

    def pre_validate(self, form: Any) -> None:
        if self.data and self.data.mimetype not in self.kinds:
            raise ValidationError(str(self.said))


class PaperField(PictureField):
    """A paper: PDF, PNG or JPEG."""

    kinds = PAPERS
    said = _l("Choose a PDF, a PNG or a JPEG picture of at most 2 MB.")


def number(label: Any) -> LineField:
    """Return a field for a number that is written in figures and kept sealed."""
    return LineField(label, [Optional(), at_most(20)], render_kw=FIGURES)


class MemberForm(OnceForm):
    """What the register keeps about a person."""

    name = LineField(_l("Full name"), [needed(), at_most(100)])
    national_id = number(_l("National identity number (NIK)"))
    family_card_no = number(_l("Family card number"))
    passport_no = LineField(
        _l("Passport number"),
        [Optional(), at_most(20)],
        render_kw={"autocomplete": "off"},
    )
    phone = LineField(
        _l("Phone"),
        [Optional(), at_most(30)],
        render_kw={"inputmode": "tel", "autocomplete": "off"},
    )
    born_on = DateField(_l("Date of birth"), [Optional()])
    address = LineField(_l("Address"), [Optional(), at_most(200)])
    hamlet = LineField(
        _l("Hamlet or RT"), [Optional(), at_most(60)], render_kw={"list": "hamlets"}
    )
    village = LineField(_l("Village"), [Optional(), at_most(100)])
    look_for = LineField(
        _l("Look for the district"),
        [Optional(), at_most(60)],
        render_kw={"type": "search", "autocomplete": "off"},
    )
    region_code = SelectField(
        _l("District"), [Optional()], choices=[], validate_choice=False
    )
    village_code = LineField(
        _l("Village code"), [Optional(), at_most(15)], render_kw=FIGURES
    )
    occupation = LineField(_l("Occupation"), [Optional(), at_most(60)])
    source_of_funds = LineField(
        _l("Where the money comes from"), [Optional(), at_most(100)]
    )
    risk = SelectField(
        _l("How closely money is looked at"),
        [Optional()],
        choices=lambda: choices(Risk, none=gettext("not judged yet")),
    )
    photo = PictureField(_l("Photo"), [Optional()])
    specimen = PictureField(_l("Signature specimen"), [Optional()])

    def offer_districts(self) -> None:
        """Let the district be chosen among those that were looked for."""
        found = regions.search(self.look_for.data or "", limit=12)
        chosen = regions.districts().get(self.region_code.data or "")
        if chosen is not None and chosen not in found:
            found = [chosen, *found]
        none = gettext("not known")
        self.region_code.choices = [("", none), *((one.code, one) for one in found)]

    def still_choosing(self) -> bool:
        """Say whether a district was looked for and none was chosen yet."""
        return bool(self.look_for.data and not self.region_code.data)


class AdmissionForm(MemberForm):
    """A person who asks to belong."""

    on = DateField(_l("Date of admission"), [needed()])


class OpeningForm(MoneyForm):
    """A new savings account; opening it moves no money."""

    dated = False
    product = SelectField(_l("Kind of savings"), [needed()])
    on = DateField(_l("Date"), [needed()])


class PaperForm(OnceForm):
    """A picture or a paper about a member."""

    kind = SelectField(_l("What it shows"), [needed()], choices=lambda: choices(KEPT))
    paper = PaperField(_l("Picture or scan"), [FileRequired(PaperField.said)])


class StandingForm(OnceForm):
    """Where a member stands from a day on, and why."""

    to = SelectField(_l("The new standing"), [needed()])
    on = DateField(_l("From"), [needed()])
    until = DateField(_l("A suspension ends on"), [Optional()])
    decision = SelectField(_l("Decision"), [Optional()])
    reason = LineField(_l("Reason"), [needed(), at_most(200)])


class KinForm(OnceForm):
    """What somebody is to a member."""

    relation = SelectField(
        _l("Who it is to the member"), [needed()], choices=lambda: choices(Relation)
    )
    number = IntegerField(_l("Member number"), [Optional(), WHOLE], render_kw=FIGURES)
    name = LineField(_l("Name"), [Optional(), at_most(100)])


class HouseholdForm(OnceForm):
    """With whom a member shares a kitchen."""

    number = IntegerField(
        _l("Number of a member of the same house"),
        [Optional(), WHOLE],
        render_kw=FIGURES,
    )
    name = LineField(_l("Name of a new house"), [Optional(), at_most(100)])


class HeirForm(OnceForm):
    """Who receives a share of a member's money on death."""

    name = LineField(_l("Full name"), [needed(), at_most(100)])
    relation = SelectField(
        _l("Who it is to the member"), [needed()], choices=lambda: choices(Relation)
    )
    share = IntegerField(_l("Share in percent"), [needed()], render_kw=FIGURES)
    national_id = number(_l("National identity number (NIK)"))
    phone = LineField(_l("Phone"), [Optional(), at_most(30)], render_kw=FIGURES)


class VerdictForm(OnceForm):
    """What was found out about two members who look like one person."""

    verdict = SelectField(
        _l("What was found out"), [needed()], choices=lambda: choices(Verdict)
    )
    reason = LineField(_l("How it was found out"), [needed(), at_most(200)])


class AccountsField(SelectMultipleField):
    """Savings accounts, each with its box."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class ProxyForm(OnceForm):
    """Who may act for a member, on which accounts, and until when."""

    kind = SelectField(
        _l("By what right"), [needed()], choices=lambda: choices(ProxyKind)
    )
    name = LineField(_l("Full name"), [needed(), at_most(100)])
    relation = SelectField(
        _l("Who it is to the member"), [needed()], choices=lambda: choices(Relation)
    )
    national_id = number(_l("National identity number (NIK)"))
    phone = LineField(_l("Phone"), [Optional(), at_most(30)], render_kw=FIGURES)
    accounts = AccountsField(_l("On which accounts"), coerce=int)
    monthly_limit = MoneyField(_l("At most in a month"), [Optional()])
    valid_until = DateField(_l("Ends on"), [Optional()])
    paper = LineField(_l("Number of the letter"), [Optional(), at_most(80)])
    scan = PaperField(_l("Scan of the letter with the signatures"), [Optional()])


class RevokeForm(OnceForm):
    """Why a power is taken back."""

    on = DateField(_l("Date"), [needed()])
    reason = LineField(_l("Reason"), [needed(), at_most(200)])


def countries() -> list[tuple[str, str]]:
    """Return the countries of the world, where most were placed before the others."""
    named = [(code, country_name(code)) for code in TERRITORIES]
    often = [(code, country_name(code)) for code in migrants.OFTEN]
    rest = [each for each in named if each[0] not in migrants.OFTEN]
    return [("", ""), *often, *sorted(rest, key=lambda each: each[1])]


class StayForm(OnceForm):
    """A stay abroad: where, from when, until when."""

    country = SelectField(_l("Country"), [needed()], choices=countries)
    departed = DateField(_l("Left on"), [Optional()])
    returned = DateField(_l("Came back on"), [Optional()])
