"""What the desk asks of several packages at once: a person with pictures, a house.

``book.once`` compares what was asked by value, so it is asked in plain values.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Response
from werkzeug.datastructures import FileStorage

from coopbook import archive, members, proxies
from coopbook.archive import Scan, ScanKind
from coopbook.book import Book
from coopbook.members import Household, Member
from coopbook.proxies import Proxy

Picture = tuple[str, bytes]
SUFFIXES = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


def file_of(sent: FileStorage | None) -> Picture | None:
    """Return kind and bytes of a file that came with a form, if one did.

    Its own name is left out: people name pictures after identity numbers.
    """
    if not sent or not sent.filename:
        return None
    with sent.stream as content:
        return sent.mimetype, content.read()


def admit(
    book: Book,
    name: str,
    *,
    on: date,
    photo: Picture | None,
    specimen: Picture | None,
    **fields: Any,
) -> Member:
    """Enter a candidate, with the pictures that came along."""
    row = members.admit(book, name, on=on, **fields)
    _keep_both(book, row, photo, specimen, on)
    return row


def correct(
    book: Book,
    member: Member,
    *,
    on: date,
    photo: Picture | None,
    specimen: Picture | None,
    **fields: Any,
) -> Member:
    """Correct what is written of a member, and keep newer pictures."""
    members.correct(book, member, **fields)
    _keep_both(book, member, photo, specimen, on)
    return member


def _keep_both(
    book: Book,
    member: Member,
    photo: Picture | None,
    specimen: Picture | None,
    on: date,
) -> None:
    for kind, file in ((ScanKind.PHOTO, photo), (ScanKind.SPECIMEN, specimen)):
        if file is not None:
            keep_paper(book, member, kind=kind, file=file, on=on)


def keep_paper(
    book: Book, member: Member, *, kind: ScanKind, file: Picture, on: date
) -> Scan:
    """Keep a picture or a paper about a member, under a name that says its kind."""
    media_type, content = file
    return archive.keep(
        *(book, subject_of(member.number), kind),
        name=f"{kind.value}.{SUFFIXES.get(media_type, 'bin')}",
        media_type=media_type,
        content=content,
        on=on,
    )


def subject_of(number: int) -> str:
    """Return the subject under which the papers of a member are kept."""
    return f"member:{number}"


def enter_proxy(
    book: Book, member: Member, *, on: date, file: Picture | None, **fields: Any
) -> Proxy:
    """Write down who may act for a member, with the paper it is written on."""
    scan = None
    if file is not None:
        kind = ScanKind.PROXY
        scan = keep_paper(book, member, kind=kind, file=file, on=on).number
    return proxies.enter_proxy(book, member, on=on, scan=scan, **fields)


def share_house(
    book: Book, member: Member, *, other: Member | None, name: str
) -> Household:
    """Put a member into the house of another one, or into a new one.

    Where the other has no house yet, both move into the new one.  Raises
    ``NameNeeded`` for a new house without a name.
    """
    known = members.household_of(book, other) if other is not None else None
    if known is not None:
        return members.set_household(book, member, household=known[0].number)
    house = members.set_household(book, member, name=name)
    if other is not None and other.number != member.number:
        members.set_household(book, other, household=house.number)
    return house


def handed_out(book: Book, scan: Scan, name: str) -> Response:
    """Hand out a picture to look at, or a paper to save; nobody in between keeps it."""
    response = Response(archive.opened(book, scan), mimetype=scan.media_type)
    way = "inline" if scan.media_type.startswith("image/") else "attachment"
    file = f"{name}.{SUFFIXES[scan.media_type]}"
    response.headers["Content-Disposition"] = f'{way}; filename="{file}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
