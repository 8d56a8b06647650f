"""Correct how a sheet is read: which table, which columns, which rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook.errors import Refused
from coopbook.i18n import N_, Word
from coopbook.importing.files import Workbook, read
from coopbook.importing.sheets.layout import Layout, NoSuchRow, Proposal
from webui.importing import bp
from webui.importing.columns import (
    Table,
    corrected,
    honoured,
    labels_of,
    proposal_of,
    reads_every_sheet,
    shape_of,
    table_of,
)
from webui.importing.forms import ReadingForm
from webui.importing.keeping import Chosen, chosen, keep_said
from webui.importing.views import kind_name
from webui.policy import asked_number
from webui.wording import tell

COLUMNS_EACH = 12


@dataclass(eq=False)
class ChosenTwice(Refused):
    """Two columns of a file are read as one and the same."""

    sentence = N_(
        "“%(column)s” is chosen for the columns %(letters)s. Choose it for one of them."
    )

    column: Word
    letters: str


@bp.route("/import/<key>/reading", methods=["GET", "POST"])
def reading(key: str) -> ResponseReturnValue:
    """Show how the sheet is read, or read it as a person says."""
    file = chosen(key)
    if request.form.get("afresh"):
        fresh = replace(file.answers, layout=None)
        keep_said(replace(file, answers=fresh, mapping=""))
        return redirect(url_for(".reading", key=key))
    workbook = read(file.content)
    proposal, refusal = proposal_of(file)
    layout = file.answers.layout or Layout()
    table = table_of(workbook, layout, proposal)
    form = _form(workbook, layout, table)
    if not form.is_submitted() and refusal is not None:
        form.refusals.append(tell(refusal))
    if not form.validate_on_submit():
        return _shown(file, form, table, {})
    if other := _other_sheet(form, layout, table):
        keep_said(replace(file, answers=replace(file.answers, layout=other)))
        return redirect(url_for(".reading", key=key))
    said = {
        one.letter: request.form[f"column-{one.letter}"]
        for one in table.columns
        if f"column-{one.letter}" in request.form
    }
    with form.showing_refusals():
        _each_once(file, table, said)
        told = _told(workbook, table, form, layout, proposal, said)
        if reads_every_sheet(file.kind):
            told = replace(told, sheet=None)
        unused = frozenset(letter for letter, read_as in said.items() if not read_as)
        answers = replace(file.answers, layout=told)
        file, _looked = honoured(replace(file, answers=answers), unused)
        keep_said(file)
        return redirect(url_for(".sheet", key=key))
    return _shown(file, form, table, said)


def _form(workbook: Workbook, layout: Layout, table: Table) -> ReadingForm:
    form = ReadingForm(
        sheet=layout.sheet or "",
        headings=table.headings,
        skip=layout.skip,
        take=layout.take,
    )
    names = [sheet.name for sheet in workbook.sheets if sheet.rows]
    form.sheet.choices = [("", _("The book chooses")), *((one, one) for one in names)]
    if len(names) < 2:
        del form.sheet
    return form


def _other_sheet(form: ReadingForm, layout: Layout, table: Table) -> Layout | None:
    """Return where to look instead, when another sheet is chosen than was shown."""
    if "sheet" not in form:
        return None
    wanted = form["sheet"].data or None
    if wanted == layout.sheet or wanted == table.sheet:
        return None
    return Layout(sheet=wanted)


def _each_once(file: Chosen, table: Table, said: Mapping[str, str]) -> None:
    """Refuse two columns that are read as one and the same."""
    known = {column.key: column.name for column in shape_of(file.kind).columns}
    found: dict[str, list[str]] = {}
    for one in table.columns:
        read_as = said.get(one.letter, one.read_as)
        if read_as:
            found.setdefault(read_as, []).append(one.letter)
    for key, places in found.items():
        if key in known and len(places) > 1:
            raise ChosenTwice(known[key], ", ".join(places))


def _told(
    workbook: Workbook,
    table: Table,
    form: ReadingForm,
    layout: Layout,
    proposal: Proposal | None,
    said: Mapping[str, str],
) -> Layout:
    """Return the layout a person describes; what they left alone stays a guess."""
    typed = form.headings.data or None
    headings = () if typed == (0,) else typed
    sheet = next(one for one in workbook.sheets if one.name == table.sheet)
    if headings:
        for row in headings:
            if not 1 <= row <= len(sheet.rows):
                raise NoSuchRow(row, len(sheet.rows))
    rows = table.headings if headings is None else headings
    told = corrected(layout, table, labels_of(sheet, rows), said)
    guessed = layout.headings is None and headings == table.headings
    by_letter = any(place.startswith("=") for place in told.columns.values())
    if guessed and (proposal is not None or not by_letter):
        headings = None
    chosen_sheet = form["sheet"].data if "sheet" in form else layout.sheet
    return replace(
        told,
        sheet=chosen_sheet or None,
        headings=headings,
        skip=form.skip.data or (),
        take=form.take.data or (),
    )


def _shown(
    file: Chosen, form: ReadingForm, table: Table, said: Mapping[str, str]
) -> ResponseReturnValue:
    first = max(asked_number("from", 1) or 1, 1)
    columns = table.columns[first - 1 : first - 1 + COLUMNS_EACH]
    page = render_template(
        "importing/reading.html",
        file=file,
        kind=kind_name(file.kind),
        form=form,
        table=table,
        columns=[(one, said.get(one.letter, one.read_as)) for one in columns],
        first=first,
        each=COLUMNS_EACH,
        choices=[(one.key, _(one.name)) for one in shape_of(file.kind).columns],
        every=reads_every_sheet(file.kind),
    )
    return page, 422 if form.is_submitted() else 200
