"""The forms of the import."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, SelectField
from wtforms.validators import Optional

from coopbook.importing import KIND_NAMES, Kind, Question
from coopbook.importing.answers import Answers
from webui.forms import DateField, Form, LineField, OnceForm, at_most, needed

GROUPS = (
    (
        _l("To begin with"),
        ("members", "accounts", "trial-balance", "member-balances", "loans", "cards"),
    ),
    (
        _l("Every month"),
        (
            "savings",
            "loan-movements",
            "deductions",
            "bank-book",
            "cash-book",
            "journal",
        ),
    ),
)
"""The kinds of sheet in the order a cooperative needs them."""

HIGHEST_ROW = 2_000_000
MOST_ROWS = 5_000


def grouped_kinds() -> dict[str, list[tuple[str, str]]]:
    """Return every kind of sheet with its name, under what it is for."""
    placed = {value for _, values in GROUPS for value in values}
    left = tuple(kind.value for kind in Kind if kind.value not in placed)
    groups = [*GROUPS, (_l("Other sheets"), left)]
    named = {kind.value: _(KIND_NAMES[kind]) for kind in Kind}
    found = {
        str(title): [(value, named[value]) for value in values if value in named]
        for title, values in groups
    }
    return {title: kinds for title, kinds in found.items() if kinds}


class SheetForm(Form):
    """Which file, what it is about, and how it is read."""

    kind = SelectField(_l("What is in the file?"), [needed()])
    file = FileField(
        _l("File"),
        [FileRequired(_l("Choose a file."))],
        render_kw={"accept": ".xlsx,.xls,.ods,.csv,.txt,.html,.htm"},
    )
    mapping = SelectField(_l("How is it read?"), [Optional()])


class PostForm(OnceForm):
    """Post what was shown; rules that are broken need a reason."""

    digest = HiddenField()
    accept = LineField(
        _l("Why is this in order all the same?"), [Optional(), at_most(200)]
    )


class MappingForm(Form):
    """A name for how a sheet is read."""

    name = LineField(_l("Name for next time"), [needed(), at_most(60)])


class TakeBackForm(OnceForm):
    """Why a whole import is taken back, and on which day if not on its own."""

    reason = LineField(_l("Why is it taken back?"), [needed(), at_most(200)])
    on = DateField(_l("Date of the reversals"), [Optional()])


def answers_form(questions: Iterable[Question], said: Answers) -> Form:
    """Return a form that asks what a sheet leaves open."""
    fields: dict[str, object] = {}
    choices: dict[str, list[tuple[str, str]]] = {}
    for one in questions:
        name = f"q-{one.key}"
        default = said.said.get(one.key) or one.suggested
        if one.key == "on":
            fields[name] = DateField(_(one.ask), [needed()], default=said.on)
        elif one.choices:
            named = [(value, _(words)) for value, words in one.choices]
            choices[name] = named if default else [("", _("Choose")), *named]
            fields[name] = SelectField(_(one.ask), [needed()], default=default)
        else:
            limits = [needed(), at_most(60)]
            fields[name] = LineField(_(one.ask), limits, default=default)
    form: Form = type("AnswersForm", (Form,), fields)()
    for name, offered in choices.items():
        form[name].choices = offered
    return form


def accounts_form(unknown: Iterable[tuple[str, str]], said: Answers) -> Form:
    """Return a form that asks which account here an old one is."""
    fields: dict[str, object] = {
        f"q-account.{code}": LineField(
            f"{code} {name}".strip(),
            [Optional(), at_most(40)],
            default=said.said.get(f"account.{code}", ""),
        )
        for code, name in unknown
    }
    form: Form = type("AccountsForm", (Form,), fields)()
    return form


class RowsField(LineField):
    """Numbers of rows: ``3``, ``12, 15-18``; nothing for none."""

    data: tuple[int, ...] | None

    def _value(self) -> str:
        if self.data is not None:
            return written_rows(self.data)
        return self.raw_data[0] if self.raw_data else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        text = valuelist[0].strip() if valuelist else ""
        if not text:
            self.data = ()
            return
        rows = read_rows(text)
        if rows is None:
            raise ValueError(_("Write the numbers of rows like 3 or 12, 15-18."))
        self.data = rows


def read_rows(text: str) -> tuple[int, ...] | None:
    """Read numbers of rows and ranges of them; nothing when they are not such.

    >>> read_rows("12, 15-17"), read_rows("zwölf")
    ((12, 15, 16, 17), None)
    """
    found: set[int] = set()
    for part in filter(None, re.split(r"[,;\s]+", re.sub(r"\s*[-–]\s*", "-", text))):
        row = re.fullmatch(r"([0-9]{1,7})(?:-([0-9]{1,7}))?", part)
        if row is None:
            return None
        first, last = int(row[1]), int(row[2] or row[1])
        if not first <= last <= HIGHEST_ROW or last - first > MOST_ROWS:
            return None
        found.update(range(first, last + 1))
    return tuple(sorted(found)) if found and len(found) <= MOST_ROWS else None


def written_rows(rows: Sequence[int]) -> str:
    """Write numbers of rows shortly.

    >>> written_rows((12, 15, 16, 17)), written_rows(())
    ('12, 15-17', '')
    """
    spans: list[list[int]] = []
    for row in sorted(rows):
        if spans and row == spans[-1][1] + 1:
            spans[-1][1] = row
        else:
            spans.append([row, row])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in spans)


class ReadingForm(Form):
    """Where the table lies in the file."""

    sheet = SelectField(_l("Sheet"), [Optional()])
    headings = RowsField(_l("Rows of headings"), [Optional()])
    skip = RowsField(_l("Rows that are not part of the table"), [Optional()])
    take = RowsField(_l("Rows that are, though they look like totals"), [Optional()])
