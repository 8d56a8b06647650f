"""How far a workbook may unfold, counted before anything opens it.

A workbook is a zip of XML.  A small file can unfold to gigabytes, either in the
zip itself or in the grid it describes (one cell in the last corner of a sheet).
Each part is therefore inflated here with a limit, the sizes the file states of
itself are not believed, and the grid is measured from the text of its sheets
(``grids``).
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from coopbook.errors import Refused
from coopbook.i18n import N_

MEGABYTE = 1_000_000
LARGEST_FILE = 10 * MEGABYTE
LARGEST_UNPACKED = 60 * MEGABYTE
MOST_PARTS = 1_000
STEEPEST_RATIO = 100
MOST_CELLS = 1_000_000
MOST_COLUMNS = 16_384
MOST_ROWS = 1_048_576
LARGEST_TEXT = 64 * MEGABYTE
"""Bytes of text that all the cells together may hold."""

_LOCAL_HEADER = struct.Struct("<4s5H3I2H")
_ENCRYPTED = 0x1


@dataclass(eq=False)
class NotASpreadsheet(Refused):
    """The bytes are not those of a workbook or of a table in text."""

    sentence = N_(
        "This file is not a spreadsheet that can be read here. "
        "Save it as .xlsx or .csv and choose it again."
    )


@dataclass(eq=False)
class TooLarge(Refused):
    """The file, or what it unfolds to, is larger than any honest sheet."""

    sentence = N_(
        "This file is too large to be read safely. Save only the sheet that is "
        "needed, or a part of its rows, and choose that file."
    )


def check_size(data: bytes) -> None:
    """Refuse a file of more than ten megabytes.

    Raises: ``TooLarge``.
    """
    if len(data) > LARGEST_FILE:
        raise TooLarge()


def parts_of(data: bytes) -> list[zipfile.ZipInfo]:
    """Return what a zip says it holds.

    Raises: ``NotASpreadsheet`` for what is no zip, or a damaged one; ``TooLarge``.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (
        zipfile.BadZipFile,
        ArithmeticError,
        LookupError,
        NotImplementedError,
        OSError,
        ValueError,
        struct.error,
    ) as broken:
        raise NotASpreadsheet() from broken
    if len(parts) > MOST_PARTS:
        raise TooLarge()
    return parts


def unpacked(data: bytes, parts: list[zipfile.ZipInfo]) -> Iterator[tuple[str, bytes]]:
    """Unpack a zip part by part, never further than is allowed in all.

    Units:  at most 60 megabytes, and 100 times the size of the zip.
    Raises: ``NotASpreadsheet`` and ``TooLarge``.
    """
    allowed = min(LARGEST_UNPACKED, STEEPEST_RATIO * len(data))
    for part in parts:
        text = _inflated(data, part, allowed)
        allowed -= len(text)
        yield part.filename, text


def _inflated(data: bytes, part: zipfile.ZipInfo, allowed: int) -> bytes:
    """Return a part's bytes, or refuse as soon as it passes what is allowed."""
    start = part.header_offset
    header = data[start : start + _LOCAL_HEADER.size]
    if len(header) < _LOCAL_HEADER.size or header[:4] != b"PK\x03\x04":
        raise NotASpreadsheet()
    if part.flag_bits & _ENCRYPTED:
        raise NotASpreadsheet()
    *_, name_length, extra_length = _LOCAL_HEADER.unpack(header)
    start += _LOCAL_HEADER.size + name_length + extra_length
    packed = data[start : start + part.compress_size]
    if part.compress_type == zipfile.ZIP_STORED:
        text = packed
    elif part.compress_type == zipfile.ZIP_DEFLATED:
        try:
            text = zlib.decompressobj(-15).decompress(packed, max(allowed, 0) + 1)
        except zlib.error as broken:
            raise NotASpreadsheet() from broken
    else:
        raise NotASpreadsheet()
    if len(text) > allowed:
        raise TooLarge()
    return text
