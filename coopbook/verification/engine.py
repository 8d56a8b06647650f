"""The engine's own integrity, and the schema and guards as they should be."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from sqlalchemy import (
    Connection,
    Constraint,
    Dialect,
    ForeignKeyConstraint,
    PrimaryKeyConstraint,
    UniqueConstraint,
    create_engine,
    inspect,
)

from coopbook.chain.findings import Wrong
from coopbook.db import schema
from coopbook.db.engines import prepare
from coopbook.db.guards import create_guards, guards, trigger_name
from coopbook.i18n import N_
from coopbook.tables import metadata, table_names


def check_engine(connection: Connection) -> int:
    """Run the engine's own checks; return how many tables they covered."""
    if connection.dialect.name != "sqlite":
        bad = connection.exec_driver_sql(
            "SELECT conname FROM pg_constraint k"
            " JOIN pg_namespace n ON n.oid = k.connamespace"
            " WHERE n.nspname = 'public' AND NOT convalidated"
        ).fetchone()
        if bad is not None:
            raise Wrong(N_("Constraint %(name)s is not valid."), name=bad[0])
        return len(table_names)
    told = connection.exec_driver_sql("PRAGMA integrity_check(1)").fetchone()
    if told is None or told[0] != "ok":
        raise Wrong(N_("The database file is damaged: %(told)s"), told=told and told[0])
    orphan = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchone()
    if orphan is not None:
        raise Wrong(
            N_("A row of %(table)s refers to a row of %(parent)s that is not there."),
            table=orphan[0],
            parent=orphan[2],
        )
    return len(table_names)


def check_schema(connection: Connection) -> int:
    """Compare the schema and every guard with what this program expects."""
    tables = set(inspect(connection).get_table_names())
    if schema.VERSION_TABLE in tables and schema.current(connection) != schema.newest():
        raise Wrong(
            N_("The database is at %(found)s, not at %(newest)s: db upgrade"),
            found=schema.current(connection),
            newest=schema.newest(),
        )
    if connection.dialect.name == "sqlite":
        return _check_sqlite(connection)
    return _check_postgresql(connection)


@cache
def _fresh_sqlite() -> str:
    """Return the schema of a book made just now, in its normal form, as JSON."""
    fresh = prepare(create_engine("sqlite://"))
    with fresh.connect().execution_options(writing=True) as model:
        metadata.create_all(model)
        create_guards(model, table_names)
        expected = schema.description(model)
        model.rollback()
    fresh.dispose()
    return json.dumps(expected)


def _check_sqlite(connection: Connection) -> int:
    expected = json.loads(_fresh_sqlite())
    found = schema.description(connection)
    wanted_triggers, triggers = dict(expected[1]), dict(found[1])
    for name, text in wanted_triggers.items():
        if name not in triggers:
            raise Wrong(N_("Guard %(name)s was removed."), name=name)
        if triggers[name] != text:
            raise Wrong(N_("Guard %(name)s was changed."), name=name)
    for name in triggers:
        if name not in wanted_triggers:
            raise Wrong(N_("Guard %(name)s does not belong here."), name=name)
    _compare_tables(expected[0], found[0])
    return len(wanted_triggers) + len(expected[0])


def _compare_tables(expected: list[list[Any]], found: list[list[Any]]) -> None:
    wanted, there = ({row[0]: row[1:] for row in rows} for rows in (expected, found))
    for name, parts in wanted.items():
        if name not in there:
            raise Wrong(N_("Table %(name)s was removed."), name=name)
        if there[name] != parts:
            raise Wrong(N_("Table %(name)s was changed."), name=name)
    for name in there:
        if name not in wanted:
            raise Wrong(N_("Table %(name)s does not belong here."), name=name)


def _check_postgresql(connection: Connection) -> int:
    columns, constraints, _, triggers, functions = schema.description(connection)
    there = {(row[1], row[0]): row for row in triggers}
    bodies = {name: _body(text) for name, text in functions}
    count = 0
    for statement in guards("postgresql", table_names):
        count += 1
        if statement.startswith("CREATE TRIGGER"):
            name = trigger_name(statement)
            table = statement.split(" ON ")[1].split()[0]
            row = there.pop((name, table), None)
            if row is None or row[3] == "D":
                raise Wrong(N_("Guard %(name)s was removed."), name=name)
        else:
            name = statement.split("FUNCTION ")[1].split("(")[0]
            if name not in bodies:
                raise Wrong(N_("Guard %(name)s was removed."), name=name)
            if bodies[name] != _body(statement):
                raise Wrong(N_("Guard %(name)s was changed."), name=name)
    for name, _ in there:
        raise Wrong(N_("Guard %(name)s does not belong here."), name=name)
    _compare_columns(connection.dialect, {tuple(row) for row in columns})
    _compare_constraints({(table, name): told for table, name, told in constraints})
    return count


def _compare_columns(dialect: Dialect, there: set[tuple[Any, ...]]) -> None:
    """Compare every column: its type, if it may be empty, that nothing fills it."""
    for table in metadata.sorted_tables:
        for column in table.columns:
            kind = column.type.compile(dialect).lower()
            empty = "YES" if column.nullable else "NO"
            if (table.name, column.name, kind, empty, None) not in there:
                raise Wrong(N_("Table %(name)s was changed."), name=table.name)


def _compare_constraints(there: dict[tuple[str, str], str]) -> None:
    """Compare every key as PostgreSQL writes it, and that every condition is there."""
    for table in metadata.sorted_tables:
        for constraint in table.constraints:
            told = there.pop((table.name, str(constraint.name)), None)
            written = _written(constraint)
            if told is None or (written is not None and told != written):
                raise Wrong(N_("Table %(name)s was changed."), name=table.name)
    for name, _ in there:
        raise Wrong(N_("Table %(name)s was changed."), name=name)


def _written(constraint: Constraint) -> str | None:
    """Return a key as PostgreSQL writes it; ``None`` for a condition."""
    if isinstance(constraint, ForeignKeyConstraint):
        own = ", ".join(constraint.column_keys)
        other = ", ".join(element.column.name for element in constraint.elements)
        to = constraint.referred_table.name
        late = " DEFERRABLE INITIALLY DEFERRED" if constraint.deferrable else ""
        return f"FOREIGN KEY ({own}) REFERENCES {to}({other}){late}"
    if isinstance(constraint, PrimaryKeyConstraint | UniqueConstraint):
        word = "UNIQUE" if isinstance(constraint, UniqueConstraint) else "PRIMARY KEY"
        return f"{word} ({', '.join(column.name for column in constraint.columns)})"
    return None


def _body(text: str) -> tuple[str, bool, bool]:
    """Return what of a function matters: its body, its rights, its search path."""
    quote = "$function$" if "$function$" in text else "$$"
    body = " ".join(text.split(quote)[1].split())
    path = "search_path" in text and "public" in text and "pg_temp" in text
    return body, "SECURITY DEFINER" in text, path
