"""Read the sheets of a workbook (.xlsx, .xls, .ods), in a process of its own.

Whoever calls has measured the file first, as far as that can be told from outside.
"""

from __future__ import annotations

import marshal
import os
import subprocess
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import python_calamine

from coopbook.importing.files import apart
from coopbook.importing.files.bounds import NotASpreadsheet, TooLarge
from coopbook.importing.files.faults import faults, put_back
from coopbook.importing.files.workbook import Cell, Locked, Sheet, without_blank_end

SECONDS = 8
"""No honest workbook within the bounds takes longer."""

_Sheets = list[tuple[int, str, list[list[Any]]]]
"""Sheets as the program apart writes them: place in the file, name, rows."""

KEPT = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
"""All of the environment that Python needs to start; no key of the book goes along."""


def sheets(data: bytes) -> list[Sheet]:
    """Return the visible sheets of a workbook, in its order.

    Raises: ``Locked``, ``NotASpreadsheet`` and ``TooLarge``.
    """
    found = faults(data)
    made = []
    for index, name, cells in _read(data):
        rows = [[*map(_cell, row)] for row in cells]
        if index < len(found):
            put_back(rows, found[index])
        made.append(Sheet(name, without_blank_end(rows)))
    return made


def _read(data: bytes) -> _Sheets:
    """Read a workbook apart; however that ends, this process goes on."""
    folder = Path(python_calamine.__file__).parent.parent
    program = [sys.executable, "-I", "-S", str(Path(apart.__file__)), str(folder)]
    try:
        done = subprocess.run(  # noqa: S603 - our own program, the file only as input
            program,
            input=data,
            capture_output=True,
            env={key: os.environ[key] for key in KEPT if key in os.environ},
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise TooLarge() from late
    if done.returncode == apart.LOCKED:
        raise Locked()
    if done.returncode:
        raise NotASpreadsheet()
    read: _Sheets = marshal.loads(done.stdout)  # noqa: S302 - our own program's
    return read


def _cell(said: Any) -> Cell:
    """Return a cell as the program apart wrote it; moments are tuples there."""
    if not isinstance(said, tuple):
        cell: Cell = said
        return cell
    kind, *parts = said
    match kind:
        case "date":
            return date.fromisoformat(*parts)
        case "datetime":
            return datetime.fromisoformat(*parts)
        case "time":
            return time.fromisoformat(*parts)
        case _:
            return timedelta(*parts)
