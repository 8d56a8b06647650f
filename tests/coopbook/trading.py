"""A shop for a day: bought, sold to a member, taken back, counted."""

from __future__ import annotations

from coopbook import goods, ledger
from coopbook.cooperatives import set_setting
from coopbook.ledger import chart
from coopbook.money import Money

KILO = goods.WHOLE


def trade(book, on):
    """Let the cooperative trade from a day on, and do each thing once."""
    set_setting(book, "trades", 1, valid_from=on, source="AD pasal 5", on=on)
    rice = goods.enter_item(
        *(book, "B01", "Beras"),
        unit="kg",
        member_price=Money(13_000),
        other_price=Money(14_000),
        on=on,
    ).number
    lines = [
        ledger.debit(chart.TELLER_CASH, Money(110_000)),
        ledger.credit(33_002, Money(110_000)),
    ]
    ledger.post(book, on=on, memo="modal toko", lines=lines)
    goods.buy(
        book,
        [(rice, 10 * KILO, Money(110_000))],
        on=on,
        paid_from=chart.TELLER_CASH,
        supplier="UD Makmur",
    )
    sale = goods.sell(book, [(rice, 2 * KILO)], on=on, member=1)
    goods.sell(book, [(rice, KILO)], on=on)
    ledger.reverse(book, sale, on=on, reason="salah barang")
    goods.count_goods(
        book, rice, 8_500, on=on, witness="sari", explanation="karung bocor"
    )
