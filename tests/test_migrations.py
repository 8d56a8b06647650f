"""The migrations build what the models declare, and go back down."""

import pytest
from sqlalchemy import inspect

from coopbook.db import schema
from coopbook.db.engines import engine_for
from coopbook.tables import table_names
from tests.conftest import found, new_postgresql


@pytest.fixture(params=["sqlite", "postgresql"])
def fresh(request, tmp_path):
    """An empty database, and how to get another."""

    def make(name):
        if request.param == "sqlite":
            folder = tmp_path / name
            folder.mkdir()
            return engine_for(folder)
        server = request.getfixturevalue("postgresql_server")
        return new_postgresql(server, f"migrations_{name}")

    return make


def digest_of(engine):
    with engine.connect() as connection:
        return schema.digest(connection)


def test_a_migrated_and_a_created_schema_are_the_same(fresh):
    migrated, created = fresh("migrated"), fresh("created")
    schema.upgrade(migrated)
    schema.create(created)

    assert digest_of(migrated) == digest_of(created)
    schema.check(migrated)
    with migrated.connect() as connection:
        assert schema.current(connection) == schema.newest()
    migrated.dispose()
    created.dispose()


def test_a_migrated_book_keeps_and_then_goes_back_down(fresh):
    engine = fresh("down")
    schema.upgrade(engine)
    found(engine)
    engine.dispose()

    empty = fresh("empty")
    schema.upgrade(empty)
    schema.downgrade(empty, "base")

    with empty.connect() as connection:
        left = set(inspect(connection).get_table_names()) - {"alembic_version"}
    assert left == set()
    empty.dispose()


def test_a_missing_guard_changes_the_digest(fresh):
    engine = fresh("digest")
    schema.create(engine)
    before = digest_of(engine)
    with engine.connect().execution_options(writing=True) as connection:
        on = "" if connection.dialect.name == "sqlite" else " ON line"
        connection.exec_driver_sql(f"DROP TRIGGER line_no_delete{on}")
        connection.commit()

    assert digest_of(engine) != before
    engine.dispose()


def test_every_key_begins_with_the_cooperative():
    """The rules that keep the way to a cluster open, read off the metadata."""
    from coopbook.tables import metadata

    assert set(table_names) == set(metadata.tables)
    for table in metadata.sorted_tables:
        if table.name == "cooperative":
            continue
        first = next(iter(table.primary_key))
        assert first.name == "cooperative_id", table.name
        assert not table.c.cooperative_id.nullable
        for constraint in table.constraints:
            columns = [column.name for column in getattr(constraint, "columns", ())]
            if type(constraint).__name__ in {
                "UniqueConstraint",
                "ForeignKeyConstraint",
            }:
                assert columns[0] == "cooperative_id", (table.name, columns)
        for index in table.indexes:
            assert next(iter(index.columns)).name == "cooperative_id", index.name
        for key in table.foreign_keys:
            assert key.ondelete is None and key.onupdate is None
