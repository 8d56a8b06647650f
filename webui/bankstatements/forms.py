"""The forms of the bank's statements."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import HiddenField, SelectField
from wtforms.validators import Optional

from webui.forms import (
    DateField,
    LineField,
    MoneyField,
    MoneyForm,
    OnceForm,
    at_most,
    needed,
)

COLUMNS = (
    ("on", _l("The date is in")),
    ("memo", _l("The description is in")),
    ("out", _l("Money out (debit) is in")),
    ("in", _l("Money in (credit) is in")),
    ("amount", _l("One amount with its sign is in")),
    ("side", _l("Debit or credit is told in")),
    ("balance", _l("The balance is in")),
)
"""What a person may say of the columns of a sheet, by the book's own keys."""


class StatementForm(MoneyForm):
    """A bank's statement, and what the file does not say itself."""

    account = SelectField(_l("Which account?"), [needed()], coerce=int)
    file = FileField(
        _l("Statement from the bank"),
        [Optional()],
        render_kw={"accept": ".csv,.xlsx,.xls,.ods,.txt,.html,.ofx,.qfx"},
    )
    first = DateField(_l("First day"), [Optional()])
    last = DateField(_l("Last day"), [Optional()])
    opening = MoneyField(_l("Balance before the first line"), [Optional()])


for _key, _label in COLUMNS:
    setattr(
        StatementForm,
        f"column_{_key}",
        SelectField(_label, [Optional()], choices=[], validate_choice=False),
    )


class LineForm(MoneyForm):
    """What a line of the bank is that the book lacks."""

    against = SelectField(_l("What was it?"), [needed()], coerce=int)
    tax = MoneyField(_l("Tax the bank kept back"), [Optional()])
    memo = LineField(_l("As it should read in the journal"), [needed(), at_most(200)])
    on = DateField(_l("Date"), [needed()])


class ProposalsForm(OnceForm):
    """Accept what was shown: one of them, or all that are sure."""

    seal = HiddenField()


class UndoForm(MoneyForm):
    """Why lines do not belong together after all."""

    reason = LineField(_l("Why?"), [needed(), at_most(200)])


class SignForm(OnceForm):
    """The day for which somebody says that the bank is reconciled."""

    day = HiddenField()
