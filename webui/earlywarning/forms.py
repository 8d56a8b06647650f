"""The forms of early warning: all live in the address."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import IntegerField, SelectField
from wtforms.validators import NumberRange, Optional, Regexp

from coopbook.earlywarning import (
    ABOUT_OFFICERS,
    EVERY_NAMES,
    KIND_NAMES,
    ORIGINS,
    PLACES,
    Kind,
)
from webui.forms import DateField, Form, LineField
from webui.policy import OVERSEERS

SHOWS = {
    "ageing": _l("Ageing"),
    "rolls": _l("Roll rates"),
    "vintages": _l("Vintages"),
    "concentration": _l("Concentration"),
}
"""The figures, each with its table and its chart, by the word in the address."""

PARTS = ("borrower", "household", "kind", "hamlet", "sector")


def readable() -> list[Kind]:
    """Return what the person may read; about officers' own work only who oversees."""
    oversees = bool(OVERSEERS & frozenset(current_user.roles))
    return [kind for kind in KIND_NAMES if oversees or kind not in ABOUT_OFFICERS]


def _words(words: Iterable[str]) -> list[tuple[str, str]]:
    """Return the words an address may hold; they are never shown as a list."""
    return [("", ""), *((one, one) for one in words)]


class AsOf(Form):
    """Of which day."""

    class Meta(Form.Meta):
        """A question asked by GET needs no token."""

        csrf = False

    on = DateField(_l("On"), [Optional()])


class Asked(AsOf):
    """Of which day, and which questions."""

    kind = SelectField(
        _l("Which"),
        [Optional()],
        choices=lambda: [
            ("", gettext("all of them")),
            *((kind.value, gettext(KIND_NAMES[kind])) for kind in readable()),
        ],
    )


class Figures(AsOf):
    """Of which day, which figures, and how many loans belong together."""

    show = SelectField(_l("Which"), [Optional()], choices=lambda: _words(SHOWS))
    every = SelectField(
        _l("Loans of"),
        [Optional()],
        choices=lambda: [
            ("", ""),
            *((one.value, gettext(said)) for one, said in EVERY_NAMES.items()),
        ],
    )


class Behind(Figures):
    """The loans behind a figure: which one, and where in its table."""

    place = SelectField(
        _l("Where"), [Optional()], choices=lambda: _words(one.name for one in PLACES)
    )
    began = SelectField(
        _l("From"), [Optional()], choices=lambda: _words(one.name for one in ORIGINS)
    )
    month = LineField(_l("Month"), [Optional(), Regexp(r"[0-9]{4}-[0-9]{2}\Z")])
    age = IntegerField(_l("Months on book"), [Optional(), NumberRange(1, 120)])
    part = SelectField(_l("By what"), [Optional()], choices=lambda: _words(PARTS))
    member = IntegerField(_l("Member"), [Optional(), NumberRange(1, 10**12)])
    name = LineField(_l("Name"), [Optional()])
