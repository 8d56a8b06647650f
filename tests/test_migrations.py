"""The migrations build what the models declare, and go back down."""

from datetime import date

import pytest
from sqlalchemy import MetaData, Table, inspect

from coopbook import assets, goods, ledger
from coopbook.assets import Depreciation, FixedAsset
from coopbook.chain.recording import record, row_of
from coopbook.db import schema
from coopbook.db.engines import engine_for
from coopbook.goods.rules import EMPTY, MovementKind, Stock
from coopbook.ledger import chart
from coopbook.money import ZERO, Money
from coopbook.tables import table_names
from coopbook.verification import verify
from tests.conftest import FIRST_DAY, VAULT, found, new_postgresql
from tests.coopbook.goods.shop import RICE, opened
from tests.tools.test_verify_book import check


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


def head_of(engine):
    with engine.connect() as connection:
        return connection.exec_driver_sql("SELECT number, hash FROM head").all()


NEW_IN_0016 = {"worn_before", "taken_over_on", "purchase_entry", "other_takings"}


def as_0015(book, *things):
    """Write rows and their event as a book of version 0015 did."""
    written = []
    for thing in things:
        table, row = row_of(thing)
        older = [one._copy() for one in table.c if one.name not in NEW_IN_0016]
        old = Table(table.name, MetaData(), *older)
        book.session.execute(
            old.insert().values({one.name: row[one.name] for one in old.c})
        )
        written.append((old, row))
    record(book, written)


def bought_in_0015(book):
    """Buy a laptop as version 0015 did; return its entry's number."""
    cost = Money(3_600_000)
    entry = ledger.post(
        book,
        on=FIRST_DAY,
        memo="Beli Laptop",
        lines=[ledger.debit(13_005, cost), ledger.credit(33_002, cost)],
        source=assets.BUY,
    )
    whole = {"cooperative_id": book.cooperative_id}
    laptop = FixedAsset(
        **whole,
        number=1,
        name="Laptop",
        account_number=13_005,
        bought_on=FIRST_DAY,
        cost=cost,
        residual=ZERO,
        months=36,
        place="",
        document="",
    )
    as_0015(book, laptop)
    zero = {"month": FIRST_DAY.year * 12 - 1, "amount": ZERO}
    as_0015(
        book,
        Depreciation(**whole, entry_number=entry.number, asset_number=1, **zero),
    )
    return entry.number


def sold_in_0015(book):
    """Sell rice to a member as version 0015 did; return the number of the entry."""
    opened(book)
    cost, price = Money(90_000), Money(130_000)
    entries = [
        ledger.post(book, on=FIRST_DAY, memo="Beras", lines=lines, source=source)
        for lines, source in (
            (
                [
                    ledger.debit(chart.INVENTORY, cost),
                    ledger.credit(chart.BANK, cost),
                ],
                "goods.buy",
            ),
            (
                [
                    ledger.debit(chart.TELLER_CASH, price),
                    ledger.credit(chart.SALES_MEMBERS, price),
                    ledger.debit(chart.COST_MEMBERS, cost),
                    ledger.credit(chart.INVENTORY, cost),
                ],
                goods.SELL,
            ),
        )
    ]
    for number, (entry, kind, sign) in enumerate(
        zip(entries, (MovementKind.PURCHASE, MovementKind.SALE), (1, -1), strict=True),
        start=1,
    ):
        inside = Stock(10_000, cost) if sign > 0 else EMPTY
        as_0015(
            book,
            goods.GoodsMovement(
                cooperative_id=book.cooperative_id,
                item_number=RICE,
                number=number,
                moved_on=FIRST_DAY,
                kind=kind,
                quantity=sign * 10_000,
                value=cost if sign > 0 else -cost,
                takings=ZERO if sign > 0 else price,
                member_number=None if sign > 0 else 1,
                entry_number=entry.number,
                left_quantity=inside.quantity,
                left_value=inside.value,
                note="",
                made_by=book.actor,
            ),
        )
    return entries[1].number


def in_order(engine):
    """Check a book, also by the program that knows nothing of this one."""
    assert [one for one in verify(engine=engine, vault=VAULT) if one.finding] == []
    if engine.dialect.name == "sqlite":
        told = check(engine.url.database)
        assert told.returncode == 0, told.stdout


def test_an_older_book_is_brought_up_and_keeps_its_chain(fresh):
    engine = fresh("older")
    schema.upgrade(engine, "0015")
    coop = found(engine)
    with coop.open() as book:
        number, sale = bought_in_0015(book), sold_in_0015(book)
    before = head_of(engine)
    schema.upgrade(engine)
    assert head_of(engine) == before
    in_order(engine)
    with coop.read() as book:
        (row,) = assets.assets(book)
        assert (row.bought_by, row.since) == (number, FIRST_DAY)
    with coop.open() as book:
        row = assets.asset(book, 1)
        with pytest.raises(assets.BoughtByEntry):
            assets.take_out(book, row, reason="dobel")
        worn = assets.depreciate(book, 2026, 2)
        entry = ledger.entry(book, number)
        with pytest.raises(assets.DepreciatedSince):
            ledger.reverse(book, entry, on=date(2026, 3, 1), reason="salah")
        ledger.reverse(book, worn, on=date(2026, 3, 1), reason="salah")
        assert assets.tied(book, date(2026, 3, 1))[0].missing == ZERO
        ledger.reverse(book, entry, on=date(2026, 3, 1), reason="salah")
        assert assets.asset(book, 1).disposed_on == date(2026, 3, 1)
        year = (FIRST_DAY, date(2026, 12, 31))
        told = goods.MemberSales(ZERO, ZERO, 1, FIRST_DAY)
        assert goods.member_sales(book, *year) == told
        back = ledger.reverse(
            book, ledger.entry(book, sale), on=date(2026, 3, 1), reason="salah"
        )
        (row,) = goods.movements_of(book, back.number)
        assert row.other_takings is None
        assert goods.member_sales(book, *year).unknown == 0
    in_order(engine)
    engine.dispose()


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
