"""The forms of leaving, a step each."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FieldList, FormField, SelectField
from wtforms import Form as PlainForm
from wtforms.validators import Optional

from coopbook.members import Relation
from coopbook.money import ZERO, Money
from coopbook.savings import Channel
from webui.forms import (
    DateField,
    LineField,
    MoneyField,
    MoneyForm,
    OnceForm,
    Spoken,
    at_most,
    needed,
)
from webui.membership.forms import FIGURES
from webui.membership.naming import choices
from webui.wording import word

MOST_PAYEES = 12


class BeginForm(OnceForm):
    """Why and since when somebody leaves."""

    cause = SelectField(_l("Why the membership ends"), [needed()])
    on = DateField(_l("From"), [needed()])
    reason = LineField(_l("In a few words"), [needed(), at_most(200)])
    decision = SelectField(_l("Decision"), [Optional()])


class PayeeRow(PlainForm):
    """Somebody who receives a part, against papers."""

    class Meta:
        """Let WTForms speak the reader's language."""

        def get_translations(self, form: object) -> Spoken:
            return Spoken()

    name = LineField(_l("Name"), [Optional(), at_most(100)])
    relation = SelectField(
        _l("Who it is to the member"),
        [Optional()],
        choices=lambda: choices(Relation, none=gettext("the member")),
    )
    amount = MoneyField(_l("Amount"), [Optional()])
    national_id = LineField(
        _l("National identity number (NIK)"),
        [Optional(), at_most(20)],
        render_kw=FIGURES,
    )
    papers = LineField(_l("Papers shown"), [Optional(), at_most(300)])

    def filled(self) -> bool:
        """Say whether anybody is named in the row."""
        return bool(self.name.data or self.amount.data or self.papers.data)


class SettleForm(MoneyForm):
    """Who receives what is left, on a day."""

    on = DateField(_l("Date"), [needed()])
    set_off = BooleanField(_l("Set the loans off against what was saved"))
    rows = FieldList(FormField(PayeeRow), max_entries=MOST_PAYEES)

    def fingerprint(self) -> str:
        """Return a digest of what is asked for, its payees included."""
        rows = [
            "|".join(str(f.data) for f in row.form if f.name != "csrf_token")
            for row in self.rows
        ]
        return super().fingerprint() + self.digest_of(rows)

    def parts(self) -> list[tuple[str, Money, Relation | None, str]]:
        """Return who receives how much, what they are, and on which papers."""
        return [
            (
                row.form.name.data or "",
                row.form.amount.data or ZERO,
                Relation(row.form.relation.data) if row.form.relation.data else None,
                row.form.papers.data or "",
            )
            for row in self.rows
            if row.form.filled()
        ]

    def numbers(self) -> list[Any]:
        """Return the identity numbers of those who receive, in the same order."""
        return [
            row.form.national_id.data or None for row in self.rows if row.form.filled()
        ]


class PayForm(MoneyForm):
    """How and when somebody is paid."""

    channel = SelectField(
        _l("How"),
        [needed()],
        choices=lambda: [(one.value, word(one)) for one in Channel],
    )
    on = DateField(_l("Date"), [needed()])


class BackForm(OnceForm):
    """Why a leaving is taken back."""

    on = DateField(_l("Date"), [needed()])
    reason = LineField(_l("Reason"), [needed(), at_most(200)])
