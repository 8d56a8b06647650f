"""Engines: how each connection to SQLite or PostgreSQL is set up and left."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event

SETTINGS = {
    "journal_mode": ("WAL", "wal"),
    "synchronous": ("FULL", 2),
    "foreign_keys": ("ON", 1),
    "recursive_triggers": ("ON", 1),
    "busy_timeout": ("30000", 30000),
    "trusted_schema": ("OFF", 0),
    "cell_size_check": ("ON", 1),
}


def sqlite_url(place: str | Path) -> str:
    """Return the URL of the book in a folder, or the URL as it was given."""
    text = str(place)
    if "://" in text:
        return text.replace("postgresql://", "postgresql+psycopg://", 1)
    return f"sqlite:///{Path(text) / 'book.db'}"


def engine_for(place: str | Path, **options: Any) -> Engine:
    """Return an engine on which every connection keeps the rules of the book."""
    url = sqlite_url(place)
    if url.startswith("sqlite"):  # the check-in below rolls back what is left open
        options.setdefault("pool_reset_on_return", None)
    return prepare(create_engine(url, **options))


def prepare(engine: Engine) -> Engine:
    """Install the listeners; done once, however often it is asked."""
    if getattr(engine, "_coopbook_prepared", False):
        return engine
    engine._coopbook_prepared = True  # type: ignore[attr-defined] # our mark
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _sqlite_connect)
        event.listen(engine, "begin", _sqlite_begin)
        event.listen(engine, "checkin", _sqlite_checkin)
    else:
        event.listen(engine, "begin", _postgresql_begin)
    return engine


def _sqlite_connect(connection: Any, record: Any) -> None:
    """Set what durability and the guards rest on, and read it back."""
    connection.isolation_level = None
    for name, (asked, expected) in SETTINGS.items():
        connection.execute(f"PRAGMA {name}={asked}").fetchall()
        found = connection.execute(f"PRAGMA {name}").fetchone()[0]
        in_memory = name == "journal_mode" and found == "memory"
        if found != expected and not in_memory:
            raise RuntimeError(f"SQLite keeps {name}={found!r}, not {expected!r}")


def _sqlite_begin(connection: Connection) -> None:
    """Open for reading only, unless the transaction says that it writes.

    The pragma is run only where it changes something: each run makes SQLite
    compile every statement of the connection anew.
    """
    writing = bool(connection.get_execution_options().get("writing", False))
    pooled = connection.connection
    driver: Any = pooled.driver_connection
    if pooled.info.get("writing") is not writing:
        driver.execute(f"PRAGMA query_only={'OFF' if writing else 'ON'}").fetchall()
        pooled.info["writing"] = writing
    driver.execute("BEGIN IMMEDIATE" if writing else "BEGIN")


def _sqlite_checkin(connection: Any, record: Any) -> None:
    """Roll back what a refused COMMIT left open; it would hold the write lock."""
    if connection is not None and connection.in_transaction:
        connection.rollback()


def _postgresql_begin(connection: Connection) -> None:
    if not connection.get_execution_options().get("writing", False):
        connection.exec_driver_sql(
            "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
        )
