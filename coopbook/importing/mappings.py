"""Named mappings: how a cooperative's own sheet is read, kept for the next file."""

from __future__ import annotations

from dataclasses import dataclass

from coopbook.book import Book
from coopbook.errors import Missing, Refused
from coopbook.i18n import N_
from coopbook.importing.answers import Answers
from coopbook.importing.kinds.registry import Kind
from coopbook.importing.model import SheetMapping


@dataclass(eq=False)
class NameForMapping(Refused):
    """A mapping is found again by its name."""

    sentence = N_(
        "Give the mapping a name of up to 60 letters, such as “Gaji PT Maju”."
    )


@dataclass(eq=False)
class MappingOfAnotherKind(Refused):
    """The name belongs to a mapping for another kind of sheet."""

    sentence = N_("“%(name)s” is kept for another kind of sheet. Choose another name.")

    name: str


@dataclass(eq=False)
class NoSuchMapping(Missing):
    """No mapping has that name."""

    sentence = N_("There is no mapping “%(name)s”.")

    name: str


def keep_mapping(book: Book, name: str, kind: Kind | str, answers: str) -> SheetMapping:
    """Keep how a sheet is read under a name; the same name again replaces it.

    ``answers`` is what ``Answers.to_json`` writes; its day is left out, since the
    next file has another.  Raises ``NameForMapping``, ``MappingOfAnotherKind``.
    """
    tidy = " ".join(name.split())
    if not 1 <= len(tidy) <= 60:
        raise NameForMapping
    said = Answers.from_json(answers)
    kept = Answers(None, said.said, said.layout).to_json()
    row = book.get(SheetMapping, tidy)
    if row is None:
        row = SheetMapping(
            cooperative_id=book.cooperative_id,
            name=tidy,
            kind=Kind(kind).value,
            answers=kept,
            archived=False,
        )
        book.session.add(row)
    elif row.kind != Kind(kind).value and not row.archived:
        raise MappingOfAnotherKind(tidy)
    else:
        row.kind, row.answers, row.archived = Kind(kind).value, kept, False
    book.session.flush()
    return row


def mapping(book: Book, name: str) -> SheetMapping:
    """Return a mapping by its name; raise ``NoSuchMapping``."""
    row = book.get(SheetMapping, " ".join(name.split()))
    if row is None or row.archived:
        raise NoSuchMapping(name)
    return row


def drop_mapping(book: Book, name: str) -> None:
    """Put a mapping away; raise ``NoSuchMapping``."""
    mapping(book, name).archived = True
    book.session.flush()
