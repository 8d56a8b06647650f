"""The forms of collecting."""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, SelectMultipleField
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from coopbook.dunning import BY_HAND, REASON_WORDS, STEP_NAMES, StepKind, Task
from coopbook.dunning.refusals import NotAPromise, PromiseTooFar
from coopbook.errors import Conflict, Refused
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
from webui.meetings.forms import TextField
from webui.wording import tell

BY_OFFICER = [kind for kind in BY_HAND if kind is not StepKind.REMINDER]
"""What is written down by itself; a reminder is, when it is sent."""


class WorkFilter(Form):
    """Of which day, where, with whom, and why; it lives in the address."""

    class Meta(Form.Meta):
        """A question asked by GET needs no token."""

        csrf = False

    on = DateField(_l("On"), [Optional()])
    hamlet = SelectField(_l("Hamlet or RT"), [Optional()], validate_choice=False)
    officer = SelectField(_l("Officer"), [Optional()], validate_choice=False)
    task = SelectField(
        _l("Why"),
        [Optional()],
        choices=lambda: [("", ""), *((one.value, one.value) for one in Task)],
    )


def _kinds() -> list[tuple[str, str]]:
    return [(kind.value, gettext(STEP_NAMES[kind])) for kind in BY_OFFICER]


def _reasons() -> list[tuple[str, str]]:
    said = [(why.value, gettext(word)) for why, word in REASON_WORDS.items()]
    return [("", gettext("nothing was said")), *said]


class StepForm(OnceForm):
    """What was done about a loan, what was said, what comes next."""

    kind = SelectField(_l("What was done"), [needed()], choices=_kinds)
    on = DateField(_l("Date"), [needed()])
    met = LineField(_l("Whom you met"), [Optional(), at_most(80)])
    why = SelectField(_l("Why nothing was paid"), [Optional()], choices=_reasons)
    promised = MoneyField(_l("Promised amount"), [Optional()])
    promised_on = DateField(_l("To be paid by"), [Optional()])
    note = TextField(_l("Note"), [Optional(), at_most(1000)], render_kw={"rows": 3})
    next_step = LineField(_l("What to do next"), [Optional(), at_most(120)])
    next_on = DateField(_l("On which day"), [Optional()])

    def show(self, refusal: Refused | Conflict) -> None:
        """Put what is wrong with a promise beside it."""
        if isinstance(refusal, NotAPromise):
            self.promised.errors = [*self.promised.errors, tell(refusal)]
        elif isinstance(refusal, PromiseTooFar):
            self.promised_on.errors = [*self.promised_on.errors, tell(refusal)]
        else:
            super().show(refusal)


class SentForm(OnceForm):
    """A reminder was sent from the officer's own phone."""


class CopiesField(SelectMultipleField):
    """Who gets a copy, each with a box."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class LetterForm(MoneyForm):
    """The next warning letter: who gets a copy, and for the third the meeting.

    It has the same fields for every letter, so that a form that is sent twice is the
    same form when the letter it sent is there; the page shows those that are asked.
    """

    copies = CopiesField(_l("Who gets a copy"))
    meeting_on = DateField(_l("The board meets on"), [Optional()])
    meeting_place = LineField(_l("Where, and at what time"), [Optional(), at_most(120)])
    early = BooleanField(_l("Send it before its day: the borrower moves away"))
    note = LineField(_l("Note for the book"), [Optional(), at_most(200)])


class StrikeForm(MoneyForm):
    """Why something was written down by mistake."""

    reason = LineField(_l("Reason"), [needed(), at_most(200)])


class ConsentForm(MoneyForm):
    """That the borrower lets the village have copies."""

    signed_on = DateField(_l("Signed on"), [needed()])
    paper = LineField(_l("Where the signed paper lies"), [needed(), at_most(100)])
    decision = SelectField(_l("Decision of the board"), [needed()], coerce=int)


class WithdrawForm(MoneyForm):
    """The borrower takes the consent back."""
