"""What is in stock is what moved, and costs what the account of goods holds."""

from __future__ import annotations

from sqlalchemy import Connection

from coopbook.chain.findings import Wrong
from coopbook.i18n import N_
from coopbook.ledger import chart
from coopbook.ledger.following import rows

ITEMS = "SELECT count(*) FROM goods_item WHERE cooperative_id = {}"
MOVES = (
    "SELECT item_number, number, quantity, value, left_quantity, left_value, moved_on"
    " FROM goods_movement WHERE cooperative_id = {} ORDER BY item_number, number"
)
MOVED = (
    "SELECT entry_number, sum(value) FROM goods_movement WHERE cooperative_id = {}"
    " AND entry_number IS NOT NULL GROUP BY entry_number"
)
BOOKED = (
    "SELECT l.entry_number, sum(l.debit) - sum(l.credit) FROM line l"
    " WHERE l.cooperative_id = {}"
    f" AND l.account_number = {chart.INVENTORY}"
    " GROUP BY l.entry_number"
)


def check_goods(connection: Connection, cooperative_id: int) -> int:
    """Follow every item movement by movement; return how many movements there are.

    An item's movements are numbered without gaps, by day, and each leaves what the one
    before left and it moved: never less than nothing, and nothing worth something.
    Each entry moved on 11701 what its movements are worth, and all of it together is
    what the account holds.
    """
    ((items,),) = rows(connection, ITEMS, cooperative_id)
    if not items:
        return 0
    count, worth = 0, 0
    before, last, there, value = None, 0, 0, 0
    day = ""
    for item, number, much, cost, left, left_value, on in rows(
        connection, MOVES, cooperative_id
    ):
        if item != before:
            worth, before = worth + value, item
            last, there, value, day = 0, 0, 0, ""
        there, value, count = there + much, value + cost, count + 1
        if (
            number != last + 1
            or on < day
            or (left, left_value) != (there, value)
            or min(there, value) < 0
            or (value and not there)
        ):
            raise Wrong(
                N_("Movement %(number)s of item %(item)s does not follow."),
                number=number,
                item=item,
            )
        last, day = number, on
    worth += value
    booked = {
        entry: int(units) for entry, units in rows(connection, BOOKED, cooperative_id)
    }
    for entry, moved in rows(connection, MOVED, cooperative_id):
        if booked.get(entry, 0) != int(moved):
            raise Wrong(
                N_(
                    "Entry %(entry)s moved goods of %(moved)s, its lines say %(lines)s."
                ),
                entry=entry,
                moved=f"{int(moved):,}",
                lines=f"{booked.get(entry, 0):,}",
            )
    held = sum(booked.values())
    if held != worth:
        raise Wrong(
            N_("Goods in stock cost %(worth)s, their account holds %(held)s."),
            worth=f"{worth:,}",
            held=f"{held:,}",
        )
    return count
