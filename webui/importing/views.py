"""Choose a file, see what was understood of it, then post all of it or nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from coopbook import ledger
from coopbook.errors import Refused
from coopbook.importing import (
    KIND_NAMES,
    Answers,
    Kind,
    Preview,
    batches,
    bring_in,
    drop_mapping,
    keep_mapping,
    mappings,
    taken_back,
)
from coopbook.importing.files import Workbook, read
from coopbook.importing.kinds.registry import Family
from coopbook.importing.sheets.layout import describe
from coopbook.importing.templates import template
from webui.desk import current_book, once, today
from webui.forms import Form
from webui.importing import bp
from webui.importing.columns import reads_every_sheet
from webui.importing.forms import (
    MappingForm,
    PostForm,
    SheetForm,
    accounts_form,
    answers_form,
    grouped_kinds,
)
from webui.importing.keeping import KINDS, Chosen, chosen, keep, keep_said, new_file_key
from webui.importing.progress import heard, telling
from webui.importing.telling import (
    LISTS,
    listed,
    lists,
    sums,
    totals_differ,
    unknown_accounts,
)
from webui.policy import asked_number
from webui.treasury.service import NoSuchCode
from webui.wording import day, language, tell

SHOWN = 8
EACH = 60
BATCHES = 12
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def kind_name(kind: Kind | str) -> str:
    """Return what a kind of sheet is called."""
    known = str(kind) in KINDS
    return str(_(KIND_NAMES[Kind(kind)])) if known else str(kind)


def is_register(file: Chosen) -> bool:
    """Say whether the file holds a list to be entered, with nothing to post."""
    return file.kind.family is Family.REGISTER


# -- choosing a file ---------------------------------------------------------


@bp.route("/import", methods=["GET", "POST"])
def start() -> ResponseReturnValue:
    """Choose a file; it is kept aside until it is posted, at most a day."""
    form = SheetForm()
    named, kinds = mappings(current_book), grouped_kinds()
    form.kind.choices = {_("Choose"): [("", _("Choose"))], **kinds}
    if not form.is_submitted():
        form.kind.data = request.args.get("kind", "")
    form.mapping.choices = [
        ("", _("By its headings")),
        *((one.name, f"{one.name} · {kind_name(one.kind)}") for one in named),
    ]
    if form.validate_on_submit():
        file = form.file.data
        name = PurePath(file.filename or "").name[:100] or _("File")
        kept = next((one for one in named if one.name == form.mapping.data), None)
        if kept is not None and kept.kind != form.kind.data:
            form.mapping.errors = [
                _("This is kept for: %(kind)s.", kind=kind_name(kept.kind))
            ]
        else:
            found = Chosen(
                *(new_file_key(), name, Kind(form.kind.data), file.read()),
                Answers.from_json(kept.answers) if kept else Answers(),
                mapping=kept.name if kept else "",
            )
            with form.showing_refusals():
                return _taken_in(found)
    before = asked_number("before")
    known = [one for one in batches(current_book) if not before or one.number < before]
    page = render_template(
        "importing/start.html",
        form=form,
        batches=known[:BATCHES],
        older=known[BATCHES - 1].number if len(known) > BATCHES else None,
        back=taken_back(current_book),
        mappings=named,
        kinds=kinds,
        kind_name=kind_name,
    )
    return page, 422 if form.errors or form.refusals else 200


def _taken_in(file: Chosen) -> ResponseReturnValue:
    """Keep a file aside, and go where it can be looked at or put right."""
    try:
        file.looked()
    except Refused:
        if not _is_table(read(file.content)):
            raise
        keep(file)
        return redirect(url_for(".reading", key=file.key))
    keep(file)
    return redirect(url_for(".sheet", key=file.key))


def _is_table(workbook: Workbook) -> bool:
    """Say whether a person could find a table where the book found none."""
    return any(len(row) > 1 for sheet in workbook.sheets for row in sheet.rows)


@bp.get("/import/templates/<key>")
def blank(key: str) -> Response:
    """Hand out an empty sheet of a kind, with its headings."""
    if key not in KINDS:
        abort(404)
    response = Response(template(Kind(key), language()), mimetype=XLSX)
    disposition = f'attachment; filename="coopbook-{key}.xlsx"'
    response.headers["Content-Disposition"] = disposition
    return response


@bp.post("/import/mappings")
def dropping() -> ResponseReturnValue:
    """Put a mapping away; files that were read by it stay as they are."""
    form = MappingForm()
    if form.validate_on_submit():
        with form.showing_refusals():
            with current_book.transaction():
                drop_mapping(current_book, form.name.data or "")
            flash(_("“%(name)s” is no longer offered.", name=form.name.data))
    for sentence in form.refusals:
        flash(sentence, "late")
    return redirect(url_for(".start"))


# -- what was understood -----------------------------------------------------


@bp.get("/import/<key>")
def sheet(key: str) -> ResponseReturnValue:
    """Show what was understood, the totals, and what stands in the way."""
    return shown(chosen(key), PostForm(formdata=None))


def shown(
    file: Chosen,
    form: PostForm,
    asking: Form | None = None,
    naming: MappingForm | None = None,
    codes: Form | None = None,
) -> ResponseReturnValue:
    """Show the preview of a file; one that cannot be read is put right first."""
    try:
        looked = file.looked()
    except Refused as refusal:
        flash(tell(refusal), "late")
        return redirect(url_for(".reading", key=file.key))
    form.digest.data = looked.digest
    if asking is None and looked.questions:
        asking = answers_form(looked.questions, file.answers)
    unknown = unknown_accounts(looked)
    if codes is None and unknown:
        codes = accounts_form(unknown, file.answers)
    if naming is None:
        naming = MappingForm(formdata=None, name=file.mapping)
    page = render_template(
        "importing/sheet.html",
        form=form,
        asking=asking,
        naming=naming,
        codes=codes,
        file=file,
        kind=kind_name(file.kind),
        looked=looked,
        register=is_register(file),
        lists=lists(looked),
        titles=LISTS,
        sums=sums(looked),
        totals=totals_differ(looked),
        out=any(row.amount < 0 for row in looked.understood.movements),
        shown=SHOWN,
        stops=bool(looked.not_understood or looked.closed),
    )
    wrong = [one for one in (form, asking, naming, codes) if one is not None]
    refused = any(one.errors or one.refusals for one in wrong)
    return page, 422 if refused else 200


@bp.get("/import/<key>/list")
def rows(key: str) -> ResponseReturnValue:
    """Show one of the lists of a preview, whole, so many lines at a time."""
    name, first = request.args.get("of", "rows"), asked_number("from", 1) or 1
    if name not in LISTS:
        abort(404)
    file = chosen(key)
    try:
        found = listed(file.looked(), name)
    except Refused:
        return redirect(url_for(".sheet", key=key))
    return render_template(
        "importing/rows.html",
        file=file,
        name=name,
        title=_(LISTS[name]),
        lines=found[first - 1 : first - 1 + EACH],
        first=first,
        each=EACH,
        count=len(found),
    )


@bp.post("/import/<key>/answers")
def answering(key: str) -> ResponseReturnValue:
    """Keep what a person says about a sheet, or forget it, and look again."""
    file = chosen(key)
    if request.form.get("again"):
        fresh = Answers(layout=file.answers.layout)
        keep_said(replace(file, answers=fresh, asked={}, mapping=""))
        return redirect(url_for(".sheet", key=key))
    try:
        looked = file.looked()
    except Refused:
        return redirect(url_for(".sheet", key=key))
    form = answers_form(looked.questions, file.answers)
    if form.validate_on_submit():
        told = _answered(file, looked, form)
        with form.showing_refusals():
            told.looked()
            keep_said(told)
            return redirect(url_for(".sheet", key=key))
    return shown(file, PostForm(formdata=None), asking=form)


@bp.post("/import/<key>/accounts")
def accounts(key: str) -> ResponseReturnValue:
    """Keep which account here an account of the old books is, and look again."""
    file = chosen(key)
    try:
        unknown = unknown_accounts(file.looked())
    except Refused:
        return redirect(url_for(".sheet", key=key))
    form, said = accounts_form(unknown, file.answers), dict(file.answers.said)
    if form.validate_on_submit():
        there = {row.code for row in ledger.accounts(current_book) if row.postable}
        for code, _name in unknown:
            field = form[f"q-account.{code}"]
            if field.data and field.data not in there:
                field.errors = [tell(NoSuchCode(field.data))]
            elif field.data:
                said[f"account.{code}"] = field.data
        if not form.errors:
            keep_said(replace(file, answers=replace(file.answers, said=said)))
            return redirect(url_for(".sheet", key=key))
    return shown(file, PostForm(formdata=None), codes=form)


def _answered(file: Chosen, looked: Preview, form: Form) -> Chosen:
    """Return the file with what the form says of it."""
    on, said, asked = file.answers.on, dict(file.answers.said), dict(file.asked)
    for one in looked.questions:
        answer = form[f"q-{one.key}"].data
        if one.key == "on":
            on = answer
            asked[one.key] = (one.ask, day(answer))
        else:
            said[one.key] = answer
            asked[one.key] = (one.ask, dict(one.choices).get(answer, answer))
    return replace(file, answers=replace(file.answers, on=on, said=said), asked=asked)


@bp.post("/import/<key>/mapping")
def naming(key: str) -> ResponseReturnValue:
    """Keep how the sheet is read under a name, for the next file."""
    file, form = chosen(key), MappingForm()
    if form.validate_on_submit():
        with form.showing_refusals():
            layout = describe(
                file.looked().understood.proposal, every=reads_every_sheet(file.kind)
            )
            said = replace(file.answers, layout=layout).to_json()
            with current_book.transaction():
                kept = keep_mapping(current_book, form.name.data or "", file.kind, said)
                name = kept.name
            keep_said(replace(file, mapping=name))
            flash(_("Kept as “%(name)s”. Choose it for the next file.", name=name))
            return redirect(url_for(".sheet", key=key))
    return shown(file, PostForm(formdata=None), naming=form)


@bp.post("/import/<key>")
def posting(key: str) -> ResponseReturnValue:
    """Post every row of the file, in its order, or none of them."""
    file, form = chosen(key), PostForm()
    if form.validate_on_submit():
        with form.showing_refusals():
            count = len(file.looked().fresh) if is_register(file) else 0
            with heard(key) as told:
                batch = once(
                    form,
                    telling(bring_in, told),
                    file.kind.value,
                    file.content,
                    seen=form.digest.data,
                    accept=form.accept.data or None,
                    today=today(),
                    answers=file.answers.to_json(),
                )
            if count:
                flash(
                    ngettext(
                        "%(num)s row is entered.", "%(num)s rows are entered.", count
                    )
                )
                return redirect(url_for(".start"))
            if batch is None:
                flash(_("The book has every row of this file. Nothing was posted."))
                return redirect(url_for(".start"))
            flash(
                ngettext(
                    "%(num)s row is posted.",
                    "%(num)s rows are posted.",
                    batch.rows_posted,
                )
            )
            return redirect(url_for(".batch_page", number=batch.number))
    return shown(file, form)
