"""An export folder as one file, and the journal that lies in one."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from coopbook.errors import Refused
from coopbook.i18n import N_
from coopbook.importing.files.bounds import (
    LARGEST_UNPACKED,
    TooLarge,
    parts_of,
    unpacked,
)

MANIFEST = "manifest.json"
JOURNALS = (
    *("journal.csv", "GL_Detail_*.csv", "saft.xml", "book.xlsx"),
    *("ledger.beancount", "ledger.journal"),
)
"""The files of an export that hold the journal, as their names are."""


EMPTY = b"PK\x05\x06"
"""How a zip begins in which there is nothing."""


@dataclass(eq=False)
class NoJournalInside(Refused):
    """Neither the folder nor the zip holds a journal that is known."""

    sentence = N_(
        "There is no exported journal in it. Choose the folder or the zip file that "
        "“export” wrote, with its manifest."
    )


@dataclass(eq=False)
class Altered(Refused):
    """A file of the export is not as its manifest has it."""

    sentence = N_(
        "%(file)s is not as it was exported: it is missing, or was changed. "
        "Export the book again, or choose that file by itself."
    )

    file: str


def packed(place: Path) -> bytes:
    """Return the files of an export folder as one zip, the same for the same files.

    A file by itself is packed as well, so that a long one is small enough to be read.

    Raises: ``TooLarge``.
    """
    out, size = io.BytesIO(), 0
    with zipfile.ZipFile(out, "w") as archive:
        for path in sorted(place.iterdir()) if place.is_dir() else [place]:
            if path.is_file():
                size += path.stat().st_size
                if size > LARGEST_UNPACKED:
                    raise TooLarge()
                named = zipfile.ZipInfo(path.name)  # dated alike: same files, same zip
                archive.writestr(named, path.read_bytes(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def is_folder(data: bytes) -> bool:
    """Say whether the bytes are a zip, and no workbook."""
    if not data.startswith((b"PK\x03\x04", EMPTY)):
        return False
    names = {part.filename for part in parts_of(data)}
    return not names & {"xl/workbook.xml", "content.xml", "encrypted-package"}


def journal_inside(data: bytes) -> tuple[bytes, Mapping[str, bytes]]:
    """Return the journal of a packed export, and all files beside it.

    Raises: ``NoJournalInside``, ``Altered``; ``NotASpreadsheet``, ``TooLarge``.
    """
    files = dict(unpacked(data, parts_of(data)))
    if len(files) == 1:
        return next(iter(files.values())), files
    for pattern in JOURNALS:
        for name in sorted(files):
            if Path(name).match(pattern):
                check_manifest(files)
                return files[name], files
    raise NoJournalInside()


def check_manifest(files: Mapping[str, bytes]) -> None:
    """Compare every file with the manifest, where there is one; raise ``Altered``."""
    if MANIFEST not in files:
        return
    try:
        listed = json.loads(files[MANIFEST])["files"]
        expected = {str(file["name"]): str(file["sha256"]) for file in listed}
    except (ValueError, KeyError, TypeError) as broken:
        raise Altered(MANIFEST) from broken
    for name, digest in expected.items():
        if hashlib.sha256(files.get(name, b"")).hexdigest() != digest:
            raise Altered(name)
