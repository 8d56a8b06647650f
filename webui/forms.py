"""Forms read, they do not judge: amounts, dates, and the key that posts once."""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, ClassVar

from flask import url_for
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, HiddenField, StringField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import TextInput

from coopbook.errors import Conflict, Refused
from coopbook.i18n import N_
from coopbook.money import Money
from webui.wording import Unreadable, day, figure, read_date, read_money, tell

UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
UNSEEN_SAID = N_("Leave out characters that cannot be seen.")
BESIDE = ("amount", "on", "name", "month", "password", "term", "reason")
"""Fields a refusal may stand beside, when the refusal names them."""
ALSO = {"amount": "asked", "on": "earliest"}
"""What else a refusal may call a field."""


OURS = {
    "Not a valid choice.": N_("Choose one from the list."),
    "Not a valid integer value.": N_("Write a whole number, like 12."),
    "This field is required.": N_("Please fill this in."),
    "'%(value)s' is not a valid choice for this field.": N_(
        "Choose one from the list."
    ),
}


class Spoken:
    """Say the few sentences of WTForms itself in the reader's language."""

    def gettext(self, sentence: str) -> str:
        return str(gettext(OURS.get(sentence, sentence)))

    def ngettext(self, one: str, many: str, n: int) -> str:
        if one in OURS:
            return self.gettext(one)
        return str(ngettext(one, many, n))


def needed() -> InputRequired:
    """Ask that a field be filled in."""
    return InputRequired(_l("Please fill this in."))


def at_most(length: int) -> Length:
    """Ask that a text be no longer than a line can hold."""
    return Length(max=length, message=_l("Please keep this to %(max)d characters."))


class WrittenField(Field):
    """Something written as text and read strictly; what cannot be read stays shown."""

    widget = TextInput()
    data: Any
    attributes: ClassVar[dict[str, str]] = {}
    """What its box is given, unless the page says otherwise."""

    def read(self, text: str) -> Any:
        """Return what was written; raise ``Unreadable`` when it cannot be made out."""
        raise NotImplementedError

    def write(self, data: Any) -> str:
        """Return how it is written."""
        raise NotImplementedError

    def _value(self) -> str:
        if self.data is not None:
            return self.write(self.data)
        return self.raw_data[0] if self.raw_data else ""

    def __call__(self, **kwargs: Any) -> Any:
        """Render as a line of text, so that it reads the same in every browser."""
        return super().__call__(**{"autocomplete": "off", **self.attributes, **kwargs})

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        if not valuelist or not valuelist[0].strip():
            return
        try:
            self.data = self.read(valuelist[0])
        except Unreadable as unclear:
            raise ValueError(gettext(str(unclear))) from None


class MoneyField(WrittenField):
    """An amount of money, read strictly and said in words beneath."""

    attributes: ClassVar[dict[str, str]] = {
        "class": "amount",
        "inputmode": "numeric",
        "maxlength": "24",
    }

    def __call__(self, **kwargs: Any) -> Any:
        """Render as a large figure that opens the phone's number keys."""
        kwargs.setdefault("data-words", url_for("board.words"))
        return super().__call__(**kwargs)

    def read(self, text: str) -> Money:
        return read_money(text)

    def write(self, data: Any) -> str:
        return figure(data)


class DateField(WrittenField):
    """A date, written ``21/11/2026``."""

    attributes: ClassVar[dict[str, str]] = {
        "inputmode": "numeric",
        "maxlength": "10",
        "placeholder": "21/11/2026",
    }

    def read(self, text: str) -> date:
        return read_date(text)

    def write(self, data: Any) -> str:
        return day(data)


class LineField(StringField):
    """A line of text, trimmed, of at most a hundred characters unless told."""

    def process_formdata(self, valuelist: list[str]) -> None:
        tidy = [unicodedata.normalize("NFC", text).strip() for text in valuelist]
        super().process_formdata(tidy)
        if any(unicodedata.category(c) in UNSEEN for text in tidy for c in text):
            raise ValueError(gettext(UNSEEN_SAID))


class Form(FlaskForm):
    """A form that shows what the book refused."""

    key: HiddenField | None = None
    seen: HiddenField | None = None

    class Meta(FlaskForm.Meta):
        """Let WTForms speak the reader's language."""

        def get_translations(self, form: Any) -> Spoken:
            return Spoken()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.refusals: list[str] = []
        super().__init__(*args, **kwargs)

    @contextmanager
    def showing_refusals(self) -> Iterator[None]:
        """Turn what the book refuses into sentences on the form."""
        try:
            yield
        except (Refused, Conflict) as refusal:
            self.show(refusal)

    def show(self, refusal: Refused | Conflict) -> None:
        """Put a refusal beside the field it speaks of, or on top."""
        sentence = tell(refusal)
        for name in BESIDE:
            field = self._fields.get(name)
            if field is not None and (
                name in refusal.facts or ALSO.get(name) in refusal.facts
            ):
                field.errors = [*field.errors, sentence]
                return
        self.refusals.append(sentence)


class DayFilter(Form):
    """On which day a report stands; it lives in the address."""

    class Meta(Form.Meta):
        """A question asked by GET needs no token."""

        csrf = False

    on = DateField(_l("On"), [Optional()])


def new_key() -> str:
    """Return a key under which a form is posted once."""
    return secrets.token_urlsafe(18)


def _asked(field: Field) -> object:
    """Return what a field asks for; what a box sends is the same ticked and not."""
    if isinstance(field, BooleanField):
        return bool(field.data)
    value = getattr(field, "_value", None)
    return value() if value is not None else field.data


class OnceForm(Form):
    """A form that does one thing once, however often it is sent.

    ``key`` is made when the form is first shown and stays with it.
    """

    key = HiddenField(default=new_key)


class MoneyForm(OnceForm):
    """A form that posts: checked first, then posted once.

    ``seen`` remembers what the person was shown in the preview: only that is
    posted.
    """

    seen = HiddenField()
    dated = True
    """Whether the day is of the desk: today, or the few days back it may book."""

    def fingerprint(self) -> str:
        """Return a digest of what the form asks for."""
        unseen = {"csrf_token", "key", "seen", "submit"}
        asked = [
            f"{name}={_asked(field)}"
            for name, field in sorted(self._fields.items())
            if name not in unseen
        ]
        return self.digest_of(asked)

    @staticmethod
    def digest_of(parts: list[str]) -> str:
        """Return a short digest of some texts."""
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]

    def confirmed(self) -> bool:
        """Say whether the person saw a preview of exactly this."""
        return bool(self.seen and self.seen.data == self.fingerprint())

    def mark_seen(self) -> None:
        """Remember that a preview of this was shown."""
        if self.seen is not None:
            self.seen.data = self.fingerprint()
