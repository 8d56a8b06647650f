"""Goods from the shell: the list, buy, sell, count, the card of an item."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

import click

from coopbook.cli.desk import (
    AMOUNT,
    DAY,
    Desk,
    business_day,
    format_option,
    on_option,
    pass_desk,
    posted,
    today,
)
from coopbook.cli.output import show
from coopbook.i18n import N_
from coopbook.money import Money

if TYPE_CHECKING:
    from coopbook.goods import GoodsItem


class Many(click.ParamType[int]):
    """A quantity with three places at most, ``2.5`` or ``2,5``, in thousandths."""

    name = "quantity"

    def convert(self, value: Any, param: Any, ctx: Any) -> int:
        """Read a quantity, or say how one is written."""
        from coopbook.goods.rules import in_thousandths

        if isinstance(value, int):
            return value
        try:
            found = in_thousandths(Decimal(str(value).strip().replace(",", ".")))
        except InvalidOperation:
            found = None
        if found is None:
            self.fail(f"{value!r} is not a quantity such as 12 or 2.5")
        return found


MANY = Many()
key_option = click.option("--key", help="Do it once under this key.")


@click.group()
def goods() -> None:
    """What the shop of a multi-purpose cooperative buys and sells."""


@goods.command("begin")
@on_option
@pass_desk
def begin(desk: Desk, on: date | None) -> None:
    """Enter the accounts of trade into the book; the by-laws must say it trades."""
    from coopbook import goods as book_goods

    with desk.write() as book:
        book_goods.open_shop(book, business_day(book, on))
    desk.echo(N_("The book has the accounts of trade."))


@goods.command("list")
@click.option("--as-of", type=DAY)
@format_option
@pass_desk
def listed(desk: Desk, as_of: date | None, shape: str) -> None:
    """List what there is of every item, with its value beside account 11701."""
    from coopbook import goods as book_goods

    with desk.read() as book:
        day = as_of or today(book)
        rows = [
            {
                **_said(one.item),
                "quantity": book_goods.in_units(one.stock.quantity),
                "value": one.stock.value,
                "member_price": one.item.member_price,
                "other_price": one.item.other_price,
                "sold": one.item.active,
            }
            for one in book_goods.stocks(book, day)
        ]
        found = book_goods.tied(book, day) if rows else None
    show(
        *("goods", rows),
        shape=shape,
        language=desk.language,
        asked={"as_of": day},
        totals={"value": found.stock} if found else {},
    )
    if found and not found.holds:
        said = N_("Account 11701 holds %(held)s, the goods in stock cost %(stock)s.")
        click.echo(desk.say(said, held=found.account, stock=found.stock), err=True)


def _said(item: GoodsItem) -> dict[str, Any]:
    return {"code": item.code, "name": item.name, "unit": item.unit}


@goods.command("item")
@click.argument("code")
@click.argument("name")
@click.argument("unit")
@click.argument("member_price", type=AMOUNT)
@click.argument("other_price", type=AMOUNT)
@on_option
@pass_desk
def item(
    desk: Desk,
    code: str,
    name: str,
    unit: str,
    member_price: Money,
    other_price: Money,
    on: date | None,
) -> None:
    """Put an item on the list: its CODE, NAME, UNIT and what a unit costs."""
    from coopbook import goods as book_goods

    with desk.write() as book:
        number = book_goods.enter_item(
            *(book, code, name),
            unit=unit,
            member_price=member_price,
            other_price=other_price,
            on=business_day(book, on),
        ).number
    desk.echo(N_("Item %(number)s is on the list."), number=number)


@goods.command("change")
@click.argument("code")
@click.option("--member-price", type=AMOUNT)
@click.option("--other-price", type=AMOUNT)
@click.option("--sold/--aside", default=None, help="Sold again, or put aside.")
@pass_desk
def change(
    desk: Desk,
    code: str,
    member_price: Money | None,
    other_price: Money | None,
    sold: bool | None,
) -> None:
    """Change the prices of an item, put it aside or sell it again."""
    from coopbook import goods as book_goods

    with desk.write() as book:
        row = book_goods.item_of(book, code)
        book_goods.change_item(
            *(book, row.number),
            member_price=member_price or row.member_price,
            other_price=other_price or row.other_price,
            active=row.active if sold is None else sold,
        )
    desk.echo(N_("Item %(code)s is changed."), code=code)


@goods.command("buy")
@click.argument("code")
@click.argument("quantity", type=MANY)
@click.argument("cost", type=AMOUNT)
@click.option("--paid-from", type=int, help="Cash or bank; without it, it is owed.")
@click.option("--supplier", default="")
@click.option("--document", default="")
@on_option
@key_option
@pass_desk
def buy(
    desk: Desk,
    code: str,
    quantity: int,
    cost: Money,
    paid_from: int | None,
    supplier: str,
    document: str,
    on: date | None,
    key: str | None,
) -> None:
    """Buy a QUANTITY of an item for COST, all of it together."""
    from coopbook import goods as book_goods
    from coopbook.people import Approval

    with desk.write() as book:
        done = posted(
            *(book, key, book_goods.buy),
            [(book_goods.item_of(book, code).number, quantity, cost)],
            on=business_day(book, on),
            paid_from=paid_from,
            supplier=supplier,
            document=document,
        )
        asked = done.number if isinstance(done, Approval) else None
        voucher = "" if isinstance(done, Approval) else done.voucher
    if asked is None:
        click.echo(voucher)
    else:
        desk.echo(N_("Request %(number)s waits for a second person."), number=asked)


@goods.command("take-over")
@click.argument("code")
@click.argument("quantity", type=MANY)
@click.argument("cost", type=AMOUNT)
@on_option
@pass_desk
def take_over(
    desk: Desk, code: str, quantity: int, cost: Money, on: date | None
) -> None:
    """Take over goods whose value account 11701 holds already."""
    from coopbook import goods as book_goods

    with desk.write() as book:
        number = book_goods.item_of(book, code).number
        book_goods.take_over(book, number, quantity, cost, on=business_day(book, on))
    desk.echo(N_("Taken over."))


@goods.command("sell")
@click.argument("code")
@click.argument("quantity", type=MANY)
@click.option("--member", type=int, help="The number of the member who buys.")
@click.option("--bank", is_flag=True, help="Paid through the bank, not in cash.")
@click.option("--on-account", is_flag=True, help="Paid later: the member owes it.")
@on_option
@key_option
@pass_desk
def sell(
    desk: Desk,
    code: str,
    quantity: int,
    member: int | None,
    bank: bool,
    on_account: bool,
    on: date | None,
    key: str | None,
) -> None:
    """Sell a QUANTITY of an item for cash."""
    from coopbook import goods as book_goods
    from coopbook.ledger import chart

    if bank and on_account:
        raise click.UsageError(desk.say(N_("Name --bank or --on-account, not both.")))

    with desk.write() as book:
        entry = posted(
            *(book, key, book_goods.sell),
            [(book_goods.item_of(book, code).number, quantity)],
            on=business_day(book, on),
            member=member,
            into=chart.SHOP_RECEIVABLE
            if on_account
            else book_goods.TILLS[1 if bank else 0],
        )
        voucher = entry.voucher
    click.echo(voucher)


@goods.command("pay")
@click.argument("member", type=int)
@click.argument("amount", type=AMOUNT)
@click.option("--bank", is_flag=True, help="Paid through the bank, not in cash.")
@on_option
@key_option
@pass_desk
def pay(
    desk: Desk,
    member: int,
    amount: Money,
    bank: bool,
    on: date | None,
    key: str | None,
) -> None:
    """Take an AMOUNT that a MEMBER pays of goods bought on account."""
    from coopbook import goods as book_goods

    with desk.write() as book:
        entry = posted(
            *(book, key, book_goods.pay_account, member, amount),
            on=business_day(book, on),
            into=book_goods.TILLS[1 if bank else 0],
        )
        voucher = entry.voucher
    click.echo(voucher)


@goods.command("owed")
@click.option("--as-of", type=DAY)
@format_option
@pass_desk
def owed(desk: Desk, as_of: date | None, shape: str) -> None:
    """Show who owes the shop, the oldest debt first."""
    from coopbook import goods as book_goods
    from coopbook.members import member as find_member
    from coopbook.money import ZERO

    with desk.read() as book:
        day = as_of or today(book)
        found = book_goods.on_account(book, day)
        rows = [
            {
                "number": one.member,
                "name": find_member(book, one.member).name,
                "since": one.since,
                "amount": one.owed,
            }
            for one in found
        ]
    show(
        *("goods-owed", rows),
        shape=shape,
        language=desk.language,
        asked={"as_of": day},
        totals={"amount": sum((one.owed for one in found), ZERO)},
    )


@goods.command("count")
@click.argument("code")
@click.argument("quantity", type=MANY)
@click.option("--witness", required=True)
@click.option("--why", default="")
@on_option
@pass_desk
def count(
    desk: Desk, code: str, quantity: int, witness: str, why: str, on: date | None
) -> None:
    """Say how much of an item was counted; what differs is booked."""
    from coopbook import goods as book_goods

    with desk.write() as book:
        done = book_goods.count_goods(
            *(book, book_goods.item_of(book, code).number, quantity),
            on=business_day(book, on),
            witness=witness,
            explanation=why,
        )
        facts = {
            "book": book_goods.in_units(done.book),
            "counted": book_goods.in_units(done.counted),
        }
    desk.echo(N_("The book said %(book)s, counted were %(counted)s."), **facts)


@goods.command("card")
@click.argument("code")
@click.option("--limit", type=int, default=200)
@format_option
@pass_desk
def card(desk: Desk, code: str, limit: int, shape: str) -> None:
    """Show the stock card of an item, the latest first."""
    from coopbook import goods as book_goods

    with desk.read() as book:
        number = book_goods.item_of(book, code).number
        rows = [
            {
                "number": one.number,
                "date": one.moved_on,
                "what": book_goods.KIND_NAMES[one.kind],
                "quantity": book_goods.in_units(one.quantity),
                "value": one.value,
                "left": book_goods.in_units(one.left_quantity),
                "worth": one.left_value,
                "member": one.member_number,
                "note": one.note,
            }
            for one in book_goods.stock_card(book, number, limit=limit)
        ]
    show("stock card", rows, shape=shape, language=desk.language, asked={"code": code})
