"""An export folder: plainly named files, and a manifest that vouches for them.

The manifest is written last.  Where it is missing, the export was interrupted.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

from sqlalchemy import func, select

from coopbook.book import Book, Head
from coopbook.cooperatives.queries import cooperative
from coopbook.errors import Refused
from coopbook.exports.rows import JournalLine
from coopbook.i18n import N_
from coopbook.ledger.model import Entry

MANIFEST = "manifest.json"
VERSION = 1


@dataclass(eq=False)
class FolderInUse(Refused):
    """The folder is not empty, and nothing in it is overwritten."""

    sentence = N_("%(folder)s is not empty. Choose a new folder for the export.")

    folder: str


@dataclass(slots=True)
class Totals:
    """How many rows a file has, and what they add up to in each column."""

    rows: int = 0
    debit: int = 0
    credit: int = 0

    def count(self, debit: int, credit: int) -> None:
        """Count one row more."""
        self.rows += 1
        self.debit += debit
        self.credit += credit

    def counting(self, lines: Iterable[JournalLine]) -> Iterator[JournalLine]:
        """Hand lines on, counting each."""
        for line in lines:
            self.count(line.debit, line.credit)
            yield line


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """A file of an export, as the manifest has it."""

    name: str
    rows: int
    debit: int
    credit: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an export holds, and the record of the book it was made at."""

    version: int
    cooperative: int
    name: str
    booked_from: str | None
    booked_to: str | None
    as_of: str | None
    currency: str
    head_number: int
    head_hash: str
    files: list[ExportedFile]
    notes: list[str] = field(default_factory=list)
    """What a reader has to know about the files."""


class Folder:
    """A new export folder, open for files until it is closed."""

    def __init__(
        self,
        directory: Path | str,
        book: Book,
        *,
        booked_from: date | None = None,
        booked_to: date | None = None,
    ) -> None:
        """Make the folder; raise ``FolderInUse`` when it holds anything."""
        self.directory = Path(directory)
        self.book = book
        self.booked_from, self.booked_to = booked_from, booked_to
        self.as_of = booked_to or last_day(book)
        self.files: list[ExportedFile] = []
        self.notes: list[str] = []
        if self.directory.exists() and (
            not self.directory.is_dir() or any(self.directory.iterdir())
        ):
            raise FolderInUse(str(directory))
        self.directory.mkdir(parents=True, exist_ok=True)

    def add(self, name: str, content: Iterable[bytes], totals: Totals) -> None:
        """Write a file and keep its digest; totals are read after it is written."""
        digest, size = hashlib.sha256(), 0
        with (self.directory / name).open("xb") as file:
            for part in content:
                file.write(part)
                digest.update(part)
                size += len(part)
        self.files.append(
            ExportedFile(name, *_figures(totals), size, digest.hexdigest())
        )

    def close(self) -> Manifest:
        """Write the manifest and return it."""
        of, head = cooperative(self.book), self._head()
        manifest = Manifest(
            version=VERSION,
            cooperative=of.id,
            name=of.name,
            booked_from=_iso(self.booked_from),
            booked_to=_iso(self.booked_to),
            as_of=_iso(self.as_of),
            currency="IDR",
            head_number=head[0],
            head_hash=head[1],
            files=self.files,
            notes=self.notes,
        )
        told = {key: value for key, value in asdict(manifest).items() if key != "notes"}
        if manifest.notes:
            told["notes"] = manifest.notes
        text = json.dumps(told, indent=2, ensure_ascii=False)
        (self.directory / MANIFEST).write_text(text + "\n", encoding="utf-8")
        return manifest

    def _head(self) -> tuple[int, str]:
        row = self.book.session.execute(
            select(Head.number, Head.hash).where(
                Head.cooperative_id == self.book.cooperative_id
            )
        ).one()
        return int(row[0]), str(row[1])


def in_bytes(parts: Iterable[str]) -> Iterator[bytes]:
    """Join small parts of a text into larger ones, in UTF-8."""
    waiting: list[str] = []
    size = 0
    for part in parts:
        waiting.append(part)
        size += len(part)
        if size > 1 << 16:
            yield "".join(waiting).encode()
            waiting, size = [], 0
    yield "".join(waiting).encode()


def _figures(totals: Totals) -> tuple[int, int, int]:
    return totals.rows, totals.debit, totals.credit


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def last_day(book: Book) -> date | None:
    """Return the latest business date of the journal, if it has any."""
    return book.session.scalar(
        select(func.max(Entry.booked_on)).where(
            Entry.cooperative_id == book.cooperative_id
        )
    )


def altered_files(directory: Path | str) -> list[str]:
    """Return the files of an export that are missing or not as the manifest has them.

    The manifest itself is named when it is missing or cannot be read.
    """
    folder = Path(directory)
    try:
        files = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
        expected = {file["name"]: file["sha256"] for file in files}
    except (OSError, ValueError, KeyError, TypeError):
        return [MANIFEST]
    return [
        name
        for name, digest in sorted(expected.items())
        if not (folder / name).is_file()
        or hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest
    ]
