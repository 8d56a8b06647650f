"""The forms of the meetings desk."""

from __future__ import annotations

import unicodedata
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    TextAreaField,
)
from wtforms.validators import NumberRange, Optional

from coopbook import decisions, meetings
from webui.forms import (
    UNSEEN,
    UNSEEN_SAID,
    DateField,
    LineField,
    OnceForm,
    at_most,
    needed,
)
from webui.meetings.naming import choices

PAPERS = {"accept": "image/jpeg,image/png,application/pdf"}
WHOLE = NumberRange(0, 10**9, _l("Write a whole number, like 12."))
COUNT: dict[str, Any] = {"inputmode": "numeric", "autocomplete": "off"}


class TextField(TextAreaField):
    """A text of several lines, trimmed."""

    def process_formdata(self, valuelist: list[str]) -> None:
        tidy = [unicodedata.normalize("NFC", text).strip() for text in valuelist]
        super().process_formdata([text.replace("\r\n", "\n") for text in tidy])
        seen = self.data or ""
        if any(unicodedata.category(c) in UNSEEN for c in seen if c not in "\n\t"):
            raise ValueError(gettext(UNSEEN_SAID))


def chosen(label: Any, words: Any, **kwargs: Any) -> Any:
    """Return a field that chooses one word of a set."""
    return SelectField(label, [needed()], choices=lambda: choices(words), **kwargs)


class AgainForm(OnceForm):
    """When and where a meeting is held."""

    called_on = DateField(_l("Called on"), [needed()])
    held_on = DateField(_l("Held on"), [needed()])
    begins_at = LineField(_l("Begins at"), [needed(), at_most(5)], default="09.00")
    place = LineField(_l("Place"), [needed(), at_most(150)])
    short_notice_reason = LineField(
        _l("Why the notice is short"), [Optional(), at_most(200)]
    )


class CallForm(AgainForm):
    """A meeting the members are called to."""

    kind = chosen(_l("Kind of meeting"), meetings.MeetingKind)
    agenda = TextField(_l("Agenda"), [needed(), at_most(3000)], render_kw={"rows": 6})


class CancelForm(OnceForm):
    """Why a meeting is called off."""

    reason = LineField(_l("Reason"), [needed(), at_most(200)])


class OpeningForm(OnceForm):
    """Who answers for the minutes."""

    chair = LineField(_l("Chair of the meeting"), [needed(), at_most(100)])
    secretary = LineField(_l("Secretary of the meeting"), [needed(), at_most(100)])


class SheetForm(OnceForm):
    """Members who take part, ticked on a page of the sheet."""

    numbers = SelectMultipleField(coerce=int, choices=[])
    presence = SelectField(
        _l("How they take part"), [needed()], choices=lambda: choices(meetings.HERE)
    )
    signed = BooleanField(_l("They signed the list on paper"), default=True)


class GoingForm(OnceForm):
    """Why somebody is on the list no more."""

    presence = SelectField(
        _l("What happened"),
        [needed()],
        choices=lambda: choices((meetings.Presence.LEFT, meetings.Presence.STRUCK)),
    )


class MotionForm(OnceForm):
    """What the members decide on."""

    title = LineField(_l("Short title"), [needed(), at_most(120)])
    text = TextField(
        _l("The words that are voted on"),
        [needed(), at_most(3000)],
        render_kw={"rows": 5},
    )
    matter = chosen(_l("Kind of decision"), meetings.Matter)


class DecidingForm(OnceForm):
    """How a motion was decided, and the votes."""

    way = chosen(_l("How it is decided"), meetings.Way, default="show_of_hands")
    votes_for = IntegerField(_l("In favour"), [Optional(), WHOLE], render_kw=COUNT)
    votes_against = IntegerField(_l("Against"), [Optional(), WHOLE], render_kw=COUNT)
    abstained = IntegerField(_l("Abstained"), [Optional(), WHOLE], render_kw=COUNT)


class ClosingForm(OnceForm):
    """What else the minutes should say."""

    notes = TextField(
        _l("Notes for the minutes"),
        [Optional(), at_most(3000)],
        render_kw={"rows": 4},
    )


class PaperForm(OnceForm):
    """A scan of something that was signed."""

    paper = FileField(
        _l("Scan"),
        [FileRequired(_l("Choose a PDF, a PNG or a JPEG picture of at most 2 MB."))],
        render_kw=PAPERS,
    )


class DecisionForm(OnceForm):
    """A decision of the board or the supervisors."""

    body = chosen(
        _l("Who decided"),
        (decisions.DecisionBody.BOARD, decisions.DecisionBody.SUPERVISORS),
    )
    title = LineField(_l("Short title"), [needed(), at_most(120)])
    text = TextField(
        _l("What was decided"), [needed(), at_most(3000)], render_kw={"rows": 5}
    )
    on = DateField(_l("Date"), [needed()])
    paper = FileField(_l("Signed paper"), [Optional()], render_kw=PAPERS)


class ReplacementForm(OnceForm):
    """A paper of the cooperative itself, its kind known."""

    title = LineField(_l("What it is called"), [needed(), at_most(150)])
    reference = LineField(_l("Number on the paper"), [Optional(), at_most(80)])
    issuer = LineField(_l("Issued by"), [Optional(), at_most(100)])
    issued_on = DateField(_l("Issued on"), [Optional()])
    expires_on = DateField(_l("Ends on"), [Optional()])
    remind_days = IntegerField(
        _l("Remind so many days before"), [needed(), WHOLE], default=30, render_kw=COUNT
    )
    paper = FileField(_l("Scan"), [Optional()], render_kw=PAPERS)


class DocumentForm(ReplacementForm):
    """A paper of the cooperative itself."""

    kind = chosen(_l("Kind of paper"), decisions.DocumentKind)
