"""A book with a life in it, and what leaves it, for the program in one file."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from coopbook import checkpoints, exports
from coopbook.db import schema
from coopbook.db.engines import engine_for
from tests.conftest import TODAY, VAULT, found
from tests.coopbook.test_verification import live

PROGRAM = Path(__file__).parents[2] / "tools" / "verify_book.py"


@pytest.fixture(scope="module")
def lived(tmp_path_factory):
    """A book with a life in it and a neighbour, its exports, and the lines kept."""
    top = tmp_path_factory.mktemp("lived")
    folder = top / "book"
    folder.mkdir()
    engine = engine_for(folder)
    schema.create(engine)
    coop = found(engine)
    live(coop)
    found(engine, 10)
    with coop.open("sari") as book:
        checkpoints.make(book, on=TODAY)
    with coop.read() as book:
        exports.export(book, "csv", top / "whole")
        exports.export(book, "csv", top / "cut", style=exports.Style.excel())
        exports.export(book, "csv", top / "early", as_of=TODAY)
        exports.export(book, "beancount", top / "beancount")
        exports.journal_csv(book, top / "links")
        rows = checkpoints.checkpoints(book)
        (top / "known.txt").write_text("".join(f"{row.text}\n" for row in rows))
    engine.dispose()
    (folder / "secret").write_text(VAULT.secret.hex())
    raw = sqlite3.connect(folder / "book.db")
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()
    return top


@pytest.fixture(scope="module")
def program():
    """The program as a module, so that hundreds of books are checked quickly."""
    from importlib.util import module_from_spec, spec_from_file_location

    spec = spec_from_file_location("verify_book", PROGRAM)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
