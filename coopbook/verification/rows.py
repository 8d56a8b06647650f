"""Events match rows: every row is as the last event left it."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import BigInteger, Boolean, Connection, Date, Table, select

from coopbook.book.canon import canonical, plain
from coopbook.chain.findings import Wrong
from coopbook.chain.recording import UNRECORDED, after_image
from coopbook.db.base import Base
from coopbook.i18n import N_
from coopbook.vault import Unreadable, Vault

#: Rows that other checks compare: a batch's by its sealed digest, a key's by the
#: records made under it.
ELSEWHERE = frozenset({"import_row", "once"})


def recorded_tables() -> list[Table]:
    """Return the tables whose rows leave events."""
    return [
        table
        for table in Base.metadata.sorted_tables
        if table.name not in UNRECORDED | ELSEWHERE
    ]


def _key(table: Table, row: dict[str, Any]) -> tuple[str, ...]:
    return tuple(str(plain(row[column.key])) for column in table.primary_key)


def images_of(connection: Connection, cooperative_id: int) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    bodies = connection.exec_driver_sql(
        "SELECT number, body FROM event"
        f" WHERE cooperative_id = {int(cooperative_id)} ORDER BY number"
    )
    tables = Base.metadata.tables
    for number, body in bodies:
        for name, image in json.loads(body):
            key = (name, _key(tables[name], image))
            found[key] = (number, image)
    return found


def check_rows(connection: Connection, cooperative_id: int, vault: Vault | None) -> int:
    """Compare every row with the last event about it; return how many rows."""
    images, count = images_of(connection, cooperative_id), 0
    for table in recorded_tables():
        owner = table.c.get("cooperative_id", table.c.get("id"))
        assert owner is not None
        _check_spelling(connection, table)
        found = connection.execute(select(table).where(owner == cooperative_id))
        for row in _read(found, table):
            count += 1
            _compare(table, row, images, vault)
    for (name, key), (number, _) in images.items():
        if name in ELSEWHERE:
            continue
        raise Wrong(
            N_("A row of %(table)s is gone: %(key)s, recorded by event %(number)s."),
            table=name,
            key=" ".join(key[1:] or key),
            number=number,
        )
    return count


def _check_spelling(connection: Connection, table: Table) -> None:
    """Refuse what SQLite let a column hold in another spelling or kind."""
    if connection.dialect.name != "sqlite":
        return
    for column in table.columns:
        name = column.name
        odd_when = {
            Boolean: f"{name} NOT IN (0, 1)",
            Date: f"date({name}, '+0 days') IS NOT {name} AND {name} IS NOT NULL",
            BigInteger: f"typeof({name}) NOT IN ('integer', 'null')",
        }
        kind = type(getattr(column.type, "impl_instance", column.type))
        if kind in odd_when:
            odd = connection.exec_driver_sql(
                f"SELECT 1 FROM {table.name} WHERE {odd_when[kind]} LIMIT 1"
            ).fetchone()
            if odd is not None:
                raise Wrong(
                    N_("A row of %(table)s cannot be read: %(told)s"),
                    table=table.name,
                    told=column.name,
                )


def _read(found: Any, table: Table) -> Any:
    try:
        for row in found.mappings():
            yield dict(row)
    except (ValueError, TypeError, LookupError) as error:
        raise Wrong(
            N_("A row of %(table)s cannot be read: %(told)s"),
            table=table.name,
            told=str(error)[:200],
        ) from error


def _compare(
    table: Table, row: dict[str, Any], images: dict[Any, Any], vault: Vault | None
) -> None:
    try:
        key = (table.name, _key(table, row))
        number, image = images.pop(key, (None, None))
        facts = {"table": table.name, "key": " ".join(key[1][1:] or key[1])}
        if image is None:
            raise Wrong(
                N_("A row of %(table)s was added without an event: %(key)s."), **facts
            )
        now = after_image(table, row, vault)
    except (Unreadable, TypeError, ValueError, AssertionError) as error:
        raise Wrong(
            N_("A row of %(table)s cannot be read: %(told)s"),
            table=table.name,
            told=str(error)[:200],
        ) from error
    for column in sorted({*now, *image}):
        if canonical(now.get(column)) != canonical(image.get(column)):
            raise Wrong(
                N_(
                    "%(column)s in %(table)s %(key)s was changed without an event"
                    " (last recorded by event %(number)s)."
                ),
                column=column,
                number=number,
                **facts,
            )
    _check_index(table, row, vault)


def _check_index(table: Table, row: dict[str, Any], vault: Vault | None) -> None:
    """Refuse a keyed index that does not lead to what is sealed beside it."""
    for name in row:
        if not name.endswith("_index") or vault is None:
            continue
        field = name.removesuffix("_index")
        token = row[f"{field}_sealed"]
        place = "/".join(map(str, _key(table, row)))
        place = place.replace("/", f"/{table.name}/", 1) + f"/{field}_sealed"
        opened = None if token is None else vault.open(token, place)
        if row[name] != (None if opened is None else vault.index(opened, field)):
            raise Wrong(
                N_("The search index of %(field)s in %(table)s %(key)s was changed."),
                field=field,
                table=table.name,
                key=" ".join(_key(table, row)[1:]),
            )
