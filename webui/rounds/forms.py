"""The forms of lists and of who looks after loans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import request
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import Optional

from coopbook.loans import Loan
from coopbook.money import ZERO, Money
from coopbook.rounds import DueListRow
from webui.collection.forms import PLACES
from webui.forms import (
    DateField,
    Form,
    LineField,
    MoneyField,
    MoneyForm,
    OnceForm,
    at_most,
    needed,
)
from webui.wording import Unreadable, read_money


class DueFilter(Form):
    """What is due by a day, where, and with whom; it lives in the address."""

    class Meta(Form.Meta):
        """A question asked by GET needs no token."""

        csrf = False

    on = DateField(_l("On"), [Optional()])
    hamlet = SelectField(_l("Hamlet or RT"), [Optional()], validate_choice=False)
    officer = SelectField(_l("Officer"), [Optional()], validate_choice=False)


class MakeForm(OnceForm):
    """Keep the list that is shown, so that it can be taken along and keyed in."""


@dataclass
class Typed:
    """A row of a list as it was typed."""

    row: DueListRow
    loan: Loan
    text: str
    wrong: list[str] = field(default_factory=list)

    def amount(self) -> Money:
        """Return what was written beside the loan; nothing is zero."""
        if self.text.strip() in ("", "0"):
            return ZERO
        try:
            return read_money(self.text)
        except Unreadable as unclear:
            self.wrong.append(gettext(str(unclear)))
            return ZERO


class KeyingForm(MoneyForm):
    """What came back of a list, and the total on its foot."""

    control = MoneyField(_l("Control total on the paper"), [needed()])
    collector = LineField(_l("Who collected"), [needed(), at_most(60)])
    place = SelectField(
        _l("Where is the money?"), choices=lambda: PLACES, default="drawer"
    )
    on = DateField(_l("Date"), [needed()])

    def __init__(self, rows: Sequence[tuple[DueListRow, Loan]], **about: object):
        super().__init__(**about)
        self.rows = [
            Typed(row, loan, request.form.get(f"a{loan.number}", "")[:24])
            for row, loan in rows
        ]

    def fingerprint(self) -> str:
        """Return a digest of what is asked for, every amount included."""
        rows = [f"{one.loan.number}|{one.text}" for one in self.rows]
        return super().fingerprint() + self.digest_of(rows)


class OfficerForm(MoneyForm):
    """Who looks after a loan from a day on."""

    officer = SelectField(_l("Officer"), [needed()])
    on = DateField(_l("From"), [needed()])


class HandOverForm(MoneyForm):
    """Whose loans go over to whom."""

    before = SelectField(_l("Loans of"), [needed()])
    after = SelectField(_l("Go over to"), [needed()])
    on = DateField(_l("From"), [needed()])


class QuotationForm(MoneyForm):
    """Until when a quotation is good."""

    valid_to = DateField(_l("Good until"), [needed()])
    on = DateField(_l("Date"), [needed()])
