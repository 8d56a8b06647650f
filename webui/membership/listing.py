"""The book of members as the law wants it: on the screen, on paper, as a file."""

from __future__ import annotations

import tempfile
from pathlib import Path

from flask import Response, abort, render_template
from flask.typing import ResponseReturnValue

from coopbook import members
from coopbook.exports import ListFormat, write_members
from webui.desk import current_book, today
from webui.membership import bp
from webui.policy import asked_number

PAGE = 20
OFFICE = "application/vnd.openxmlformats-officedocument"
TYPES = {
    ListFormat.CSV: "text/csv; charset=utf-8",
    ListFormat.XLSX: f"{OFFICE}.spreadsheetml.sheet",
}


@bp.get("/members/book", endpoint="book")
def page_of_book() -> ResponseReturnValue:
    """Show a page of the book of members; it prints on A4."""
    after = asked_number("after", 0) or 0
    lines = members.book_of_members(current_book, after=after, limit=PAGE + 1)
    return render_template(
        "membership/book.html",
        lines=lines[:PAGE],
        more=len(lines) > PAGE,
        after=after,
        counts=members.counts(current_book),
    )


@bp.get("/members/book.<key>")
def book_file(key: str) -> Response:
    """Hand the whole book of members out as a file."""
    if key not in set(ListFormat):
        abort(404)
    form = ListFormat(key)
    with tempfile.TemporaryDirectory(prefix="coopbook-") as made:
        path = Path(made) / f"book.{form.value}"
        write_members(current_book, path, form)
        response = Response(path.read_bytes(), content_type=TYPES[form])
    name = f"buku-daftar-anggota-{today():%Y%m%d}.{form.value}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
