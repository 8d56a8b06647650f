"""After a whole life, no row of any table goes, and what stands for good stays."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from coopbook.db.guards import FOR_GOOD
from coopbook.tables import table_names
from tests.coopbook.test_verification import live


def test_nothing_is_deleted_and_what_stands_for_good_is_not_changed(coop):
    live(coop)
    tried = 0
    for table in table_names:
        owner = "id" if table == "cooperative" else "cooperative_id"
        where = f"WHERE {owner} = {coop.number}"
        statements = [f"DELETE FROM {table} {where}"]
        if table in FOR_GOOD:
            statements.append(f"UPDATE {table} SET {owner} = {owner} {where}")
        for statement in statements:
            with coop.engine.connect().execution_options(writing=True) as connection:
                count = f"SELECT count(*) FROM {table} {where}"
                assert connection.execute(text(count)).scalar(), f"{table} is empty"
                with pytest.raises(DBAPIError):
                    connection.execute(text(statement))
                connection.rollback()
            tried += 1

    assert tried == len(table_names) + len(FOR_GOOD)
