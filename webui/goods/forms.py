"""The forms of the shop."""

from __future__ import annotations

from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField
from wtforms.validators import NumberRange, Optional

from coopbook.goods import GoodsItem, in_units
from coopbook.goods.rules import in_thousandths
from coopbook.i18n import N_
from webui.counter.forms import ExactField
from webui.forms import DateField, LineField, MoneyField, MoneyForm, at_most, needed
from webui.wording import Unreadable, exact

ROWS = 4
"""How many items a receipt has; a longer one is entered as two."""
ROWS_OF = range(1, ROWS + 1)


class QuantityField(ExactField):
    """A quantity with three places at most, kept in thousandths: ``2,5``."""

    def read(self, text: str) -> int:
        found = in_thousandths(super().read(text))
        if found is None:
            raise Unreadable(N_("Write at most three places after the comma."))
        return found

    def write(self, data: Any) -> str:
        return exact(in_units(data))


class ItemForm(MoneyForm):
    """An item of the shop."""

    code = LineField(_l("Code"), [needed(), at_most(20)])
    name = LineField(_l("What is it?"), [needed(), at_most(60)])
    unit = LineField(_l("Counted in"), [needed(), at_most(20)])
    member_price = MoneyField(_l("Price for members"), [needed()])
    other_price = MoneyField(_l("Price for others"), [needed()])


class ChangeForm(MoneyForm):
    """What an item costs from now on, and whether it is sold."""

    member_price = MoneyField(_l("Price for members"), [needed()])
    other_price = MoneyField(_l("Price for others"), [needed()])
    active = SelectField(_l("Is it sold?"), [needed()])


class _Lines(MoneyForm):
    """A receipt of some items."""

    columns: ClassVar[tuple[str, ...]] = ("item", "quantity")

    def offer(self, rows: list[GoodsItem], first: int | None) -> None:
        """Fill in the items one may choose."""
        names = [(str(one.number), f"{one.name} ({one.unit})") for one in rows]
        for n in ROWS_OF:
            self[f"item_{n}"].choices = [("", _("choose an item")), *names]
        if first and not self.is_submitted():
            self["item_1"].data = str(first)

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask that a row that was begun be whole."""
        good = super().validate(extra_validators)
        for n in ROWS_OF:
            row = [self[f"{name}_{n}"] for name in self.columns]
            if any(each.data for each in row):
                for each in row:
                    if not each.data and not each.errors:
                        each.errors = [_("Please fill this in.")]
                        good = False
        return good

    def lines(self) -> list[list[Any]]:
        """Return the rows that were filled in: item, quantity and, bought, the cost."""
        rows = ([self[f"{c}_{n}"].data for c in self.columns] for n in ROWS_OF)
        return [[int(item), *rest] for item, *rest in rows if item]


class SaleForm(_Lines):
    """What somebody buys at the till."""

    member = IntegerField(
        _l("Number of the member"),
        [Optional(), NumberRange(1, 10**9)],
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
    into = SelectField(_l("Paid"), [needed()])
    on = DateField(_l("Date"), [needed()])


class AccountPaymentForm(MoneyForm):
    """What a member pays of goods bought on account."""

    amount = MoneyField(_l("Amount"), [needed()])
    into = SelectField(_l("Paid"), [needed()])
    on = DateField(_l("Date"), [needed()])


class PurchaseForm(_Lines):
    """What the shop buys."""

    columns = ("item", "quantity", "cost")

    supplier = LineField(_l("Supplier"), [Optional(), at_most(60)])
    document = LineField(_l("Number of the invoice"), [Optional(), at_most(40)])
    paid_from = SelectField(_l("Paid from"), [Optional()])
    on = DateField(_l("Date"), [needed()])


class TakeOverForm(MoneyForm):
    """Goods that the older books had."""

    quantity = QuantityField(_l("How many"), [needed()])
    cost = MoneyField(_l("What all of it cost"), [needed()])
    on = DateField(_l("Date"), [needed()])


class StockCountForm(MoneyForm):
    """How much of an item was counted."""

    quantity = QuantityField(_l("Counted"), [needed()])
    witness = LineField(_l("Who saw the count?"), [needed(), at_most(100)])
    explanation = LineField(_l("If it differs: why?"), [Optional(), at_most(200)])
    on = DateField(_l("Date"), [needed()])


for _n in ROWS_OF:
    _asked = [needed()] if _n == 1 else [Optional()]
    for _form in (SaleForm, PurchaseForm):
        setattr(_form, f"item_{_n}", SelectField(_l("Item"), _asked))
        setattr(_form, f"quantity_{_n}", QuantityField(_l("How many"), _asked))
    setattr(PurchaseForm, f"cost_{_n}", MoneyField(_l("What all of it cost"), _asked))
