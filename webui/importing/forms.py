"""The forms of the import."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, SelectField
from wtforms.validators import Optional

from coopbook.importing import Kind
from webui.forms import Form, LineField, at_most, needed

KINDS = [
    (Kind.SAVINGS.value, _l("Movements of members' savings")),
    (Kind.BANK_BOOK.value, _l("Bank book")),
]


class SheetForm(Form):
    """Which file, and what it is about."""

    kind = SelectField(_l("What is in the file?"), [needed()])
    file = FileField(_l("File"), [FileRequired(_l("Choose a file."))])


class PostForm(Form):
    """Post what was shown; rules that are broken need a reason."""

    digest = HiddenField()
    accept = LineField(
        _l("Why are these rows in order all the same?"), [Optional(), at_most(200)]
    )
