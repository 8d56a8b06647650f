"""The forms of a passbook: what is on paper, what is printed again, a next book."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField
from wtforms.widgets import HiddenInput

from webui.forms import LineField, OnceForm, at_most, needed


class PrintedForm(OnceForm):
    """The last line that came out of the printer, and in which book."""

    of = IntegerField(widget=HiddenInput())
    up_to = SelectField(
        _l("Last row that is on paper"), [needed()], coerce=int, validate_choice=False
    )


class AgainForm(OnceForm):
    """Lines that are on paper and are printed once more."""

    book = SelectField(_l("Passbook"), [needed()], coerce=int)
    first = IntegerField(_l("From line"), [needed()])
    last = IntegerField(_l("To line"), [needed()])
    reason = LineField(_l("Why are they printed again?"), [needed(), at_most(200)])


class BookForm(OnceForm):
    """A first book, or the one after the current."""

    why = SelectField(_l("Why is a book issued?"), [needed()])
    paper = SelectField(_l("Size of the book"), [needed()])
