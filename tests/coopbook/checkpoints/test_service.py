"""A checkpoint is made when a month or year is closed, or asked for; it stands."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from coopbook import checkpoints, ledger
from coopbook.book import Book
from coopbook.checkpoints import Reason, is_signed_by
from coopbook.db import schema
from coopbook.verification import verify
from tests.conftest import TODAY, VAULT, as_


def hash_of(book, number):
    """Return the digest of a record, asked without the program's own queries."""
    return book.ask(
        "SELECT hash FROM entry WHERE cooperative_id = ? AND number = ?"
        " UNION ALL SELECT hash FROM event WHERE cooperative_id = ? AND number = ?",
        (book.cooperative_id, number) * 2,
    )[0][0]


def test_a_month_that_is_closed_leaves_a_checkpoint_of_its_closing(book):
    ledger.close_month(book, "2026-01", today=TODAY)

    (row,) = checkpoints.checkpoints(book)

    assert (row.reason, row.period, row.made_on) == (
        *(Reason.MONTH_CLOSED, "2026-01"),
        TODAY,
    )
    assert (row.number, row.previous, row.made_by) == (1, "", "rina")
    assert row.head == hash_of(book, row.record)
    assert book.number == row.record + 1  # its own event, which the next one covers
    assert row.schema_digest == schema.digest(book.session.connection())
    assert is_signed_by(checkpoints.read(row.text), bytes.fromhex(row.public_key))


def test_a_day_and_a_year_leave_one_as_well(book):
    ledger.close(book, "2026-01-01", today=TODAY)
    ledger.close(book, "2026-01-05", today=TODAY)
    first = checkpoints.latest(book)
    assert first is not None
    assert (first.reason, first.period) == (Reason.DAY_CLOSED, "2026-01-05")
    for month in range(1, 13):
        ledger.close(book, f"2026-{month:02d}")
    ledger.close(book, "2026", today=date(2027, 1, 9))

    found = checkpoints.checkpoints(book)

    assert [row.number for row in found] == list(range(15, 0, -1))
    assert (found[0].reason, found[0].period) == (Reason.YEAR_CLOSED, "2026")
    assert {row.reason for row in found[1:-2]} == {Reason.MONTH_CLOSED}


def test_each_names_the_one_before_and_who_made_it(book):
    first = checkpoints.make(book, on=TODAY)
    with as_(book, "sari"):
        second = checkpoints.make(book, on=TODAY)

    assert second.previous == hashlib.sha256(first.text.encode()).hexdigest()
    assert second.record == first.record + 1
    assert (first.made_by, second.made_by) == ("rina", "sari")
    assert first.key_id != second.key_id
    assert checkpoints.make(book, on=TODAY).key_id == first.key_id


def test_without_the_secret_it_is_not_signed_and_still_evidence(coop):
    with Session(coop.engine) as session:
        book = Book(session, coop.number, "rina")
        with book.transaction():
            row = checkpoints.make(book, on=TODAY)
            text = row.text

    assert text.endswith("|-|-")
    checks = verify(
        engine=coop.engine,
        vault=VAULT,
        cooperative_id=coop.number,
        known=[checkpoints.read(text)],
    )
    assert [check.name for check in checks if not check.in_order] == []


def test_it_stands_for_good(coop):
    with coop.open() as book:
        checkpoints.make(book, on=TODAY)
    for statement in ("UPDATE checkpoint SET head = ''", "DELETE FROM checkpoint"):
        with (
            coop.engine.connect().execution_options(writing=True) as connection,
            pytest.raises(DBAPIError, match="this record stands"),
        ):
            connection.exec_driver_sql(statement)


def test_a_closing_that_is_not_done_leaves_none(coop):
    with pytest.raises(ledger.closing.EarlierMonthOpen), coop.open() as book:
        ledger.close_month(book, "2026-02", today=TODAY)
    with coop.read() as book:
        assert checkpoints.checkpoints(book) == []
