"""The forms of the treasurer and the bookkeeper."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import FieldList, FormField, SelectField
from wtforms import Form as PlainForm
from wtforms.validators import Optional

from webui.forms import (
    DateField,
    LineField,
    MoneyField,
    MoneyForm,
    Spoken,
    at_most,
    needed,
)

ROWS = 6


class VoucherForm(MoneyForm):
    """A voucher in everyday words."""

    memo = LineField(_l("What is it for?"), [needed(), at_most(200)])
    debit = SelectField(_l("Goes to"), [needed()], coerce=int)
    credit = SelectField(_l("Comes from"), [needed()], coerce=int)
    amount = MoneyField(_l("Amount"), [needed()])
    extra = MoneyField(_l("Beside it"), [Optional()])
    on = DateField(_l("Date"), [needed()])
    paper = FileField(
        _l("Receipt or letter"),
        [Optional()],
        render_kw={"accept": "image/jpeg,image/png,application/pdf"},
    )


class JournalRow(PlainForm):
    """A line of the free journal."""

    class Meta:
        """Let WTForms speak the reader's language."""

        def get_translations(self, form: object) -> Spoken:
            return Spoken()

    account = LineField(_l("Account"), [Optional(), at_most(120)])
    debit = MoneyField(_l("Debit"), [Optional()])
    credit = MoneyField(_l("Credit"), [Optional()])


class JournalForm(MoneyForm):
    """A free entry of up to six lines."""

    memo = LineField(_l("What is it for?"), [needed(), at_most(200)])
    on = DateField(_l("Date"), [needed()])
    rows = FieldList(FormField(JournalRow), min_entries=ROWS, max_entries=ROWS)

    def fingerprint(self) -> str:
        """Return a digest of what is asked for, its lines included."""
        rows = [
            f"{row.account.data}|{row.debit.data}|{row.credit.data}"
            for row in self.rows
        ]
        return super().fingerprint() + self.digest_of(rows)
