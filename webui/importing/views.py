"""Choose a file, see what was understood of it, then post all of it or nothing."""

from __future__ import annotations

import secrets
from pathlib import PurePath

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from coopbook.errors import Refused
from coopbook.importing import Kind, batches, bring_in, preview
from webui.desk import current_book, desk_store
from webui.deskstore import Parked
from webui.importing import bp
from webui.importing.forms import KINDS, PostForm, SheetForm
from webui.wording import tell

SHOWN = 30


@bp.route("/import", methods=["GET", "POST"])
def start() -> ResponseReturnValue:
    """Choose a file; it is kept aside until it is posted, at most a day."""
    form = SheetForm()
    form.kind.choices = KINDS
    if form.validate_on_submit():
        file, key = form.file.data, secrets.token_urlsafe(12)
        name = PurePath(file.filename or "").name[:100]
        found = Parked(name, form.kind.data or "", file.read())
        with form.showing_refusals():
            preview(current_book, Kind(found.media_type), found.content)
            desk_store().park(key, current_user.get_id(), found)
            return redirect(url_for(".sheet", key=key))
    page = render_template(
        "importing/start.html", form=form, batches=batches(current_book)[:10]
    )
    return page, 422 if form.errors or form.refusals else 200


@bp.get("/import/<key>")
def sheet(key: str) -> ResponseReturnValue:
    """Show what was understood, the totals, and what stands in the way."""
    return _shown(key, PostForm(formdata=None))


def _kept(key: str) -> Parked:
    found = desk_store().fetch(key, current_user.get_id())
    if found is None:
        abort(404)
    return found


def _shown(key: str, form: PostForm) -> ResponseReturnValue:
    file = _kept(key)
    try:
        looked = preview(current_book, Kind(file.media_type), file.content)
    except Refused as refusal:
        flash(tell(refusal), "late")
        return redirect(url_for(".start"))
    form.digest.data = looked.digest
    page = render_template(
        "importing/sheet.html",
        form=form,
        key=key,
        file=file,
        looked=looked,
        shown=SHOWN,
        stops=[*looked.not_understood, *looked.closed],
        tell=tell,
    )
    return page, 422 if form.errors or form.refusals else 200


@bp.post("/import/<key>")
def posting(key: str) -> ResponseReturnValue:
    """Post every row of the file, in its order, or none of them."""
    file, form = _kept(key), PostForm()
    if form.validate_on_submit():
        with form.showing_refusals():
            batch = current_book.once(
                f"{current_user.get_id()}:import:{key}",
                bring_in,
                file.media_type,
                file.content,
                seen=form.digest.data,
                accept=form.accept.data or None,
            )
            if batch is None:
                flash(_("The book has every row of this file. Nothing was posted."))
            else:
                flash(
                    ngettext(
                        "%(num)s row is posted.",
                        "%(num)s rows are posted.",
                        batch.rows_posted,
                    )
                )
            return redirect(url_for(".start"))
    return _shown(key, form)
