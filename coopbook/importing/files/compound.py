"""Measure an old workbook (.xls) before anything opens it.

Such a file is a small file system: sectors chained by a table, a directory of
streams.  One stream holds the workbook as records.  What matters here is in three of
them: how large a sheet claims to be, where its cells lie, and how long the texts are
that cells share.

Source: Microsoft, [MS-CFB] 2.2 to 2.6; [MS-XLS] 2.4.90 (Dimensions), 2.4.117
        (FilePass), 2.4.265 (SST), 2.4.149 (LabelSst).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from coopbook.importing.files.bounds import (
    LARGEST_TEXT,
    MOST_CELLS,
    NotASpreadsheet,
    TooLarge,
)
from coopbook.importing.files.workbook import Locked

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_BOOK = ("Workbook", "Book")
_LAST_SECTOR = 0xFFFF_FFFA
"""Numbers from here on stand for no sector: free, end of a chain, the table itself."""

_COUNTS = (0x28, 0x2C, 0x40, 0x48)
"""Where the header counts sectors: of the directory, the table, and what extends it."""

_BOF, _DIMENSIONS, _FILEPASS, _SST, _CONTINUE = 0x809, 0x200, 0x2F, 0xFC, 0x3C
_LABEL_SST, _MULTIPLE = 0xFD, (0xBD, 0xBE)
_CELLS = frozenset(
    [0x06, 0xBD, 0xBE, 0xD6, _LABEL_SST, 0x201, 0x203, 0x204, 0x205, 0x27E]
)
_LONGEST = 32_767


def check_compound(data: bytes) -> None:
    """Refuse an old workbook that is locked, broken or claims too much.

    Units:  at most one million cells, and 64 megabytes of text in them.
    Raises: ``Locked``, ``NotASpreadsheet`` and ``TooLarge``.
    """
    if _PACKAGE in data:
        raise Locked()
    book = workbook_stream(data)
    try:
        _check_records(book)
    except (struct.error, LookupError) as broken:
        raise NotASpreadsheet() from broken


def workbook_stream(data: bytes) -> bytes:
    """Return the records of the workbook out of their container.

    Raises: ``NotASpreadsheet``.
    """
    try:
        return _workbook(data)
    except (struct.error, LookupError) as broken:
        raise NotASpreadsheet() from broken


def _workbook(data: bytes) -> bytes:
    """Return the stream of the workbook out of its container."""
    sector_shift, mini_shift = struct.unpack_from("<HH", data, 0x1E)
    first_directory, _, cutoff, first_mini = struct.unpack_from("<4I", data, 0x30)
    if sector_shift not in (9, 12) or mini_shift != 6:
        raise NotASpreadsheet()
    size = 1 << sector_shift
    for place in _COUNTS:
        if struct.unpack_from("<I", data, place)[0] > len(data) // size:
            raise NotASpreadsheet()
    table = _table(data, size)

    def stream(first: int) -> bytes:
        chain = _chain(first, table, len(data) // size + 1)
        return b"".join(data[(n + 1) * size : (n + 2) * size] for n in chain)

    directory = stream(first_directory)
    root = book = None
    for at in range(0, len(directory) - 127, 128):
        length = struct.unpack_from("<H", directory, at + 64)[0]
        name = directory[at : at + max(min(length, 64) - 2, 0)]
        start, long = struct.unpack_from("<II", directory, at + 116)
        kind = directory[at + 66]
        if kind in (2, 5) and long > len(data):
            raise NotASpreadsheet()
        if kind == 5:
            root = start
        elif kind == 2 and name.decode("utf-16-le", "replace") in _BOOK:
            book = book or (start, long)
    if book is None or root is None:
        raise NotASpreadsheet()
    start, long = book
    if long >= cutoff:
        return _all(stream(start), long)
    minis = struct.unpack(f"<{len(raw := stream(first_mini)) // 4}I", raw)
    whole = stream(root)
    chain = _chain(start, minis, len(whole) // 64 + 1)
    return _all(b"".join(whole[n * 64 : n * 64 + 64] for n in chain), long)


def _all(stream: bytes, long: int) -> bytes:
    """Return a stream as long as it should be; a file cut short has less."""
    if len(stream) < long:
        raise NotASpreadsheet()
    return stream[:long]


def _table(data: bytes, size: int) -> tuple[int, ...]:
    """Return the table that chains sectors, itself in sectors the header lists."""
    listed = list(struct.unpack_from("<109I", data, 0x4C))
    following, many = struct.unpack_from("<II", data, 0x44)
    for _ in range(min(many, len(data) // size)):
        if following >= _LAST_SECTOR:
            break
        more = data[(following + 1) * size : (following + 2) * size]
        *numbers, following = struct.unpack(f"<{size // 4}I", more)
        listed += numbers
    sectors = dict.fromkeys(n for n in listed if n < _LAST_SECTOR)
    raw = b"".join(data[(n + 1) * size : (n + 2) * size] for n in sectors)
    return struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4])


def _chain(first: int, table: tuple[int, ...], most: int) -> Iterator[int]:
    """Follow a chain of sectors; one that is longer than the file runs in circles."""
    number, count = first, 0
    while number < _LAST_SECTOR:
        count += 1
        if count > most:
            raise NotASpreadsheet()
        yield number
        number = table[number]


def records(book: bytes) -> Iterator[tuple[int, bytes]]:
    """Return the records of a workbook one after another: their kind, their bytes."""
    at = 0
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, at)
        yield kind, book[at + 4 : at + 4 + length]
        at += 4 + length


def _check_records(book: bytes) -> None:
    total = deepest = widest = labels = 0
    texts: list[bytes] = []
    in_texts = False
    for kind, record in records(book):
        if kind == _BOF:
            total += deepest * widest
            deepest = widest = 0
        elif kind == _FILEPASS:
            raise Locked()
        elif kind == _DIMENSIONS:
            _check_claim(record)
        elif kind == _SST and struct.unpack_from("<I", record, 4)[0] > len(book):
            raise NotASpreadsheet()
        elif kind in _CELLS and len(record) >= 6:
            row, column = struct.unpack_from("<HH", record)
            if kind in _MULTIPLE:
                column = max(
                    column, struct.unpack_from("<H", record, len(record) - 2)[0]
                )
            deepest, widest = max(deepest, row + 1), max(widest, column + 1)
            labels += kind == _LABEL_SST
        in_texts = kind == _SST or (in_texts and kind == _CONTINUE)
        if in_texts:
            texts.append(record)
    if total + deepest * widest > MOST_CELLS:
        raise TooLarge()
    if labels * _longest(texts) > LARGEST_TEXT * 16:
        raise TooLarge()


def _check_claim(record: bytes) -> None:
    """Refuse a sheet that claims too many cells, or to end before it begins.

    A reader sets memory aside for what is claimed, and wraps around below zero.
    """
    if len(record) not in (10, 14):
        raise NotASpreadsheet()
    claimed = struct.unpack_from("<IIHH" if len(record) == 14 else "<4H", record)
    first_row, rows, first_column, columns = claimed
    if rows and columns:
        if first_row >= rows or first_column >= columns:
            raise NotASpreadsheet()
        if (rows - first_row) * (columns - first_column) > MOST_CELLS:
            raise TooLarge()


def _longest(texts: list[bytes]) -> int:
    """Return the length of the longest text that cells share, in characters.

    A text may go on in the next record, which then says anew how wide its
    characters are.  Where the count goes astray, the longest possible is returned.
    """
    longest, record, at = 0, 0, 8
    try:
        while record < len(texts):
            if at >= len(texts[record]):
                record, at = record + 1, 0
                continue
            left, flags = struct.unpack_from("<HB", texts[record], at)
            longest = max(longest, left)
            runs = struct.unpack_from("<H", texts[record], at + 3)[0] * bool(flags & 8)
            after = at + 3 + 2 * bool(flags & 8)
            extra = (
                struct.unpack_from("<I", texts[record], after)[0] if flags & 4 else 0
            )
            at = after + 4 * bool(flags & 4)
            while left:
                here = (len(texts[record]) - at) >> (flags & 1)
                taken = min(left, here)
                left, at = left - taken, at + (taken << (flags & 1))
                if left:
                    record, at = record + 1, 1
                    flags = texts[record][0]
            skip = runs * 4 + extra
            while skip:
                taken = min(skip, len(texts[record]) - at)
                skip, at = skip - taken, at + taken
                if skip:
                    record, at = record + 1, 0
    except (struct.error, LookupError):
        return _LONGEST
    return longest
