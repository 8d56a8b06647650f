"""Where the sample lives, so that it never touches a real book."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from coopbook.errors import Refused
from coopbook.i18n import N_
from webui.demo.make import make_demo

DEFAULT = Path("books") / "contoh"
MARK = "sample-until"
OURS = (
    "book.db",
    "book.db-wal",
    "book.db-shm",
    "desk.db",
    "desk.db-wal",
    "desk.db-shm",
)


@dataclass(eq=False)
class RealBookThere(Refused):
    """The folder holds a book that is not a sample."""

    sentence = N_(
        "%(place)s holds a real book. Name another folder for the sample:"
        " coopbook --book FOLDER demo"
    )

    place: str


def is_sample(folder: Path) -> bool:
    """Say whether every cooperative in a folder's book is marked as a sample."""
    try:
        with sqlite3.connect(f"file:{folder / 'book.db'}?mode=ro", uri=True) as raw:
            found = raw.execute("SELECT sample FROM cooperative").fetchall()
        raw.close()
    except sqlite3.Error:
        return False
    return all(bool(sample) for (sample,) in found)


def prepare_demo(
    folder: Path, today: date, *, fresh: bool, progress: Callable[[int, int], None]
) -> bool:
    """Make the sample, or keep the one of the same day; say whether it was made.

    Raises ``RealBookThere`` and touches nothing when the folder's book is real.
    """
    mark = folder / MARK
    if (folder / "book.db").exists():
        if not is_sample(folder):
            raise RealBookThere(str(folder))
        if not fresh and mark.exists() and mark.read_text() == today.isoformat():
            return False
        for name in (*OURS, "secret", MARK):
            (folder / name).unlink(missing_ok=True)
    make_demo(folder, today, progress=progress)
    mark.write_text(today.isoformat())
    return True
