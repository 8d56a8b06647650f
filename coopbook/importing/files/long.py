"""Read a table in text that is too long for memory, a part of its rows at a time.

The same encodings and separators as of a short one (``text``).  The whole file is
passed over once before anything is read of it, so that a byte that cannot be text is
refused before the first row is.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from coopbook.importing.files.bounds import (
    LARGEST_FILE,
    MEGABYTE,
    MOST_COLUMNS,
    NotASpreadsheet,
    TooLarge,
)
from coopbook.importing.files.journals import refuse_journal
from coopbook.importing.files.pages import is_page
from coopbook.importing.files.text import OTHER, encodings, separator_of
from coopbook.importing.files.workbook import Cell, EmptyFile

LONGEST = 500 * MEGABYTE
LONGEST_LINE = MEGABYTE
AT_ONCE = 2_000
"""How many rows are in memory together."""

Told = Callable[[int, int], None]
"""Told how much is done, and of how much."""

_BLOCK = 256 * 1024
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1f]")


@dataclass(frozen=True, slots=True)
class LongTable:
    """A table in text, known by its bytes; ``digest`` is their SHA-256."""

    path: Path
    size: int
    encoding: str
    separator: str
    digest: str

    def parts(self, told: Told | None = None) -> Iterator[list[list[Cell]]]:
        """Return the rows from the very first, some thousand at a time.

        The last of them are never fewer, unless the file is: what stands under the
        rows (a total, signatures) comes with the rows above.  ``told`` hears how
        many bytes are read, and of how many.

        Raises: ``NotASpreadsheet`` and ``TooLarge``.
        """
        with self.path.open("rb") as raw:
            text = io.TextIOWrapper(raw, encoding=self.encoding, newline="")
            rows = csv.reader(text, delimiter=self.separator)
            waiting: list[list[Cell]] = []
            try:
                while part := [list[Cell](row) for row in islice(rows, AT_ONCE)]:
                    if any(len(row) > MOST_COLUMNS for row in part):
                        raise TooLarge()
                    if told is not None:
                        told(raw.tell(), self.size)
                    if len(part) < AT_ONCE:
                        waiting += part
                        break
                    if waiting:
                        yield waiting
                    waiting = part
                if waiting:
                    yield waiting
            except csv.Error as broken:
                raise NotASpreadsheet() from broken


def is_long(path: Path) -> bool:
    """Say whether a file is too large to be read at once."""
    return path.stat().st_size > LARGEST_FILE


def long_table(path: Path) -> LongTable:
    """Find out how a long table in text is written.

    Units:  at most 500 megabytes, and a megabyte without the end of a line.
    Raises: ``EmptyFile``, ``NotASpreadsheet``, ``TooLarge``, ``AccountingJournal``
            and ``MultiCommodity``.  What is no text (a workbook) is too large.
    """
    size = path.stat().st_size
    if size > LONGEST:
        raise TooLarge()
    with path.open("rb") as file:
        head = file.read(_BLOCK)
    if not head.strip():
        raise EmptyFile()
    encoding, digest = _passed_over(path, encodings(head))
    said = codecs.getincrementaldecoder(encoding)().decode(head)
    if is_page(said):
        raise TooLarge()
    refuse_journal(said)
    if said.lstrip().startswith(OTHER):
        raise NotASpreadsheet()
    return LongTable(path, size, encoding, separator_of(said), digest)


def _passed_over(path: Path, candidates: list[str]) -> tuple[str, str]:
    """Return the first encoding in which the whole file is text, and its SHA-256."""
    readers = {name: codecs.getincrementaldecoder(name)() for name in candidates}
    sha = hashlib.sha256()
    since = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            sha.update(block)
            end = block.rfind(b"\n")
            since = len(block) - end if end >= 0 else since + len(block)
            if since > LONGEST_LINE:
                raise TooLarge()
            for name, reader in list(readers.items()):
                try:
                    said = reader.decode(block)
                except UnicodeDecodeError:
                    del readers[name]
                else:
                    if _NO_TEXT.search(said):
                        raise _refusal(path)
    for name, reader in list(readers.items()):
        try:
            reader.decode(b"", final=True)
        except UnicodeDecodeError:
            del readers[name]
    if not readers:
        raise _refusal(path)
    return next(iter(readers)), sha.hexdigest()


def _refusal(path: Path) -> NotASpreadsheet | TooLarge:
    """Say of a large file that is no text what it is: a workbook, or nothing known."""
    with path.open("rb") as file:
        head = file.read(8)
    workbook = head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))
    return TooLarge() if workbook else NotASpreadsheet()
