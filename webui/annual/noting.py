"""The notes to a year's statements on one page, long ones on pages of their own."""

from __future__ import annotations

from dataclasses import replace

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from coopbook.disclosures import Grid, Note, note_facts, notes_of
from webui.annual import bp
from webui.annual.views import NAMES, checked
from webui.desk import current_book
from webui.portions import portion
from webui.wording import language

LONG = 15
"""A table of more rows has a page of its own."""
SHOWN = 40


def shape_of(piece: object) -> str:
    """Name a piece for the page."""
    return type(piece).__name__.lower()


def rows_of(note: Note) -> int:
    """Return how many rows the tables of a note have."""
    return sum(len(each.rows) for each in note.pieces if isinstance(each, Grid))


def about(year: int) -> dict[str, object]:
    """Return what both pages need."""
    return {
        "year": year,
        "names": NAMES,
        "shape": shape_of,
    }


@bp.get("/year/<int:year>/notes")
def notes(year: int) -> ResponseReturnValue:
    """Show what the statements of a year rest on; long tables are led to."""
    found = notes_of(note_facts(current_book, checked(year)), language())
    long = {note.key: rows_of(note) for note in found if rows_of(note) > LONG}
    return render_template("annual/notes.html", notes=found, long=long, **about(year))


@bp.get("/year/<int:year>/notes/<key>")
def note(year: int, key: str) -> ResponseReturnValue:
    """Show one note whole, its tables in portions."""
    found = notes_of(note_facts(current_book, checked(year)), language())
    places = {each.key: place for place, each in enumerate(found)}
    place = places.get(key)
    if place is None:
        abort(404)
    one = found[place]
    more: str | None = None
    pieces = []
    for piece in one.pieces:
        if isinstance(piece, Grid) and len(piece.rows) > LONG:
            numbered = list(enumerate(piece.rows))
            after = request.args.get("after")
            some, more = portion(numbered, after, lambda row: row[0], SHOWN)
            piece = replace(piece, rows=[row for _, row in some])
        pieces.append(piece)
    one = replace(one, pieces=tuple(pieces))
    return render_template(
        "annual/note.html", note=one, place=place + 1, more=more, **about(year)
    )
