"""Create the schema, upgrade it by its migrations, and digest what it is.

Alembic is loaded where it is asked: commands that only read have no use for it.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine

from coopbook.db.guards import create_guards

if TYPE_CHECKING:
    from alembic.config import Config

VERSION_TABLE = "alembic_version"


def migrations_dir() -> Path:
    """Return the folder of the migrations: in the wheel, or beside the package."""
    inside = Path(__file__).parent.parent / "migrations"
    return inside if inside.exists() else inside.parent.parent / "migrations"


def _config(connection: Connection | None = None) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations_dir()).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def newest() -> str:
    """Return the revision that this program expects."""
    from alembic.script import ScriptDirectory

    head = ScriptDirectory.from_config(_config()).get_current_head()
    assert head is not None
    return head


def current(connection: Connection) -> str | None:
    """Return the revision a database is at."""
    from alembic.migration import MigrationContext

    return MigrationContext.configure(connection).get_current_revision()


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring a database to a revision, all of it or nothing."""
    from alembic import command

    with _schema_connection(engine) as connection:
        command.upgrade(_config(connection), revision)
        connection.commit()


def downgrade(engine: Engine, revision: str) -> None:
    """Take a database back to an earlier revision."""
    from alembic import command

    with _schema_connection(engine) as connection:
        command.downgrade(_config(connection), revision)
        connection.commit()


def check(engine: Engine) -> None:
    """Raise when the models and the database differ."""
    from alembic import command

    with _schema_connection(engine) as connection:
        command.check(_config(connection))
        connection.rollback()


def _schema_connection(engine: Engine) -> Connection:
    return engine.connect().execution_options(writing=True)


def create(engine: Engine) -> None:
    """Create every table and guard from the models, for tests."""
    from coopbook.tables import metadata, table_names

    with _schema_connection(engine) as connection:
        metadata.create_all(connection)
        create_guards(connection, table_names)
        connection.commit()


def description(connection: Connection) -> list[Any]:
    """Return the schema in a normal form, equal however it came about."""
    if connection.dialect.name == "sqlite":
        return _sqlite_description(connection)
    return _postgresql_description(connection)


def digest(connection: Connection) -> str:
    """Return the SHA-256 of the schema's normal form."""
    written = json.dumps(description(connection), separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def _rows(connection: Connection, sql: str) -> list[list[Any]]:
    return [list(row) for row in connection.exec_driver_sql(sql).all()]


def _sqlite_description(connection: Connection) -> list[Any]:
    found: list[Any] = []
    names = _rows(
        connection,
        "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')"
        r" AND name NOT LIKE 'sqlite\_%' ESCAPE '\'"
        f" AND name <> '{VERSION_TABLE}' ORDER BY name",
    )
    for (table,) in names:
        columns = sorted(
            [name, kind.upper(), notnull, default, key, hidden]
            for _, name, kind, notnull, default, key, hidden in _rows(
                connection, f"PRAGMA table_xinfo({_quoted(table)})"
            )
        )
        keys = sorted(
            [target, column, other, on_update, on_delete, match]
            for _, _, target, column, other, on_update, on_delete, match in _rows(
                connection, f"PRAGMA foreign_key_list({_quoted(table)})"
            )
        )
        indexes = sorted(
            [unique, origin, partial, *_index(connection, name)]
            for _, name, unique, origin, partial in _rows(
                connection, f"PRAGMA index_list({_quoted(table)})"
            )
        )
        (written,) = _rows(
            connection,
            "SELECT sql FROM sqlite_master WHERE type IN ('table', 'view')"
            f" AND name = {_quoted(table)}",
        )[0]
        found.append([table, columns, keys, indexes, _conditions(written)])
    triggers = _rows(
        connection,
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
    )
    return [found, [[name, " ".join(sql.split())] for name, sql in triggers]]


def _quoted(name: str) -> str:
    """Quote a name that a stranger may have given."""
    return "'" + name.replace("'", "''") + "'"


def _index(connection: Connection, name: str) -> list[Any]:
    """Return what an index is over: columns, directions, collations, condition."""
    parts = [
        [str(column), descending, collation]
        for _, _, column, descending, collation, key in _rows(
            connection, f"PRAGMA index_xinfo({_quoted(name)})"
        )
        if key
    ]
    written = _rows(
        connection,
        "SELECT sql FROM sqlite_master WHERE type = 'index'"
        f" AND name = {_quoted(name)}",
    )
    text = " ".join(str(written[0][0]).split()) if written else ""
    return [parts, text.partition(" WHERE ")[2]]


def _conditions(written: str) -> list[Any]:
    """Return what SQLite's pragmas do not tell: deferred keys, checks, rowid."""
    text = " ".join(written.upper().split())
    checks = sorted(part.split(", CONSTRAINT")[0] for part in text.split(" CHECK ")[1:])
    tail = text[text.rfind(")") :]
    return [
        text.count("DEFERRABLE INITIALLY DEFERRED"),
        *(
            text.count(word)
            for word in ("ON CONFLICT", "COLLATE", "AS SELECT", "STRICT")
        ),
        [check.removesuffix(tail).strip().rstrip(",").strip() for check in checks],
        tail.strip(" )"),
    ]


def _postgresql_description(connection: Connection) -> list[Any]:
    columns = _rows(
        connection,
        "SELECT table_name, column_name, data_type, is_nullable, column_default"
        " FROM information_schema.columns WHERE table_schema = 'public'"
        f" AND table_name <> '{VERSION_TABLE}' ORDER BY 1, 2",
    )
    constraints = _rows(
        connection,
        "SELECT c.relname, k.conname, pg_get_constraintdef(k.oid)"
        " FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid"
        " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public'"
        f" AND c.relname <> '{VERSION_TABLE}' AND k.contype <> 'n' ORDER BY 1, 2",
    )
    indexes = _rows(
        connection,
        "SELECT tablename, indexname, indexdef FROM pg_indexes"
        f" WHERE schemaname = 'public' AND tablename <> '{VERSION_TABLE}'"
        " ORDER BY 1, 2",
    )
    triggers = _rows(
        connection,
        "SELECT c.relname, t.tgname, pg_get_triggerdef(t.oid), t.tgenabled"
        " FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
        " JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = 'public' AND NOT t.tgisinternal ORDER BY 1, 2",
    )
    functions = _rows(
        connection,
        "SELECT p.proname, pg_get_functiondef(p.oid) FROM pg_proc p"
        " JOIN pg_namespace n ON n.oid = p.pronamespace"
        " WHERE n.nspname = 'public' ORDER BY 1",
    )
    return [columns, constraints, indexes, triggers, functions]
