"""The list of items: enter, change, count, take over."""

from __future__ import annotations

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook import goods
from coopbook.goods import GoodsCount, GoodsItem, in_units
from webui.acts import Act, Trail, answer
from webui.desk import current_book, put, today
from webui.goods import bp
from webui.goods.forms import ChangeForm, ItemForm, StockCountForm, TakeOverForm
from webui.wording import exact, rupiah


def trail(here: str, item: GoodsItem | None = None) -> Trail:
    """Return the way to a page of the shop."""
    way: list[tuple[str, str | None]] = [(_("Shop"), url_for("goods.desk"))]
    if item is not None:
        way.append((item.name, url_for("goods.card", number=item.number)))
    return [*way, (here, None)]


@bp.route("/shop/items/new", methods=["GET", "POST"])
def entering() -> ResponseReturnValue:
    """Put an item on the list."""
    goods.check_trades(current_book, today())
    form, outcome = ItemForm(), None
    if form.validate_on_submit():
        outcome = put(
            form,
            goods.enter_item,
            form.code.data or "",
            form.name.data or "",
            unit=form.unit.data or "",
            member_price=form.member_price.data,
            other_price=form.other_price.data,
            on=today(),
            sentence=_(
                "%(name)s costs members %(member)s and others %(other)s.",
                name=form.name.data,
                member=rupiah(form.member_price.data),
                other=rupiah(form.other_price.data),
            ),
        )
    title = _("Put an item on the list")
    act = Act(
        title,
        _("Put it on the list"),
        url_for(".desk"),
        trail(title),
        helps={
            "code": _("Short, like B01; it may stand on the shelf."),
            "unit": _("Like kg, litre, piece."),
            "member_price": _("For one unit."),
        },
    )
    return answer(form, outcome, act, _("It is on the list."))


@bp.route("/shop/items/<int:number>/change", methods=["GET", "POST"])
def changing(number: int) -> ResponseReturnValue:
    """Change what an item costs, put it aside or sell it again."""
    row = goods.item(current_book, number)
    form = ChangeForm(
        member_price=row.member_price,
        other_price=row.other_price,
        active="yes" if row.active else "no",
    )
    form.active.choices = [("yes", _("yes")), ("no", _("no, it is put aside"))]
    outcome = None
    if form.validate_on_submit():
        outcome = put(
            form,
            goods.change_item,
            number,
            member_price=form.member_price.data,
            other_price=form.other_price.data,
            active=form.active.data == "yes",
            sentence=_(
                "%(name)s costs members %(member)s and others %(other)s.",
                name=row.name,
                member=rupiah(form.member_price.data),
                other=rupiah(form.other_price.data),
            ),
        )
    act = Act(
        _("Change %(name)s", name=row.name),
        _("Change it"),
        url_for(".card", number=number),
        trail(_("Change"), row),
    )
    return answer(form, outcome, act, _("Changed."))


@bp.route("/shop/items/<int:number>/count", methods=["GET", "POST"])
def counting(number: int) -> ResponseReturnValue:
    """Count an item against the book."""
    row = goods.item(current_book, number)
    form, outcome = StockCountForm(on=today()), None
    if form.validate_on_submit():
        outcome = put(
            form,
            goods.count_goods,
            number,
            form.quantity.data,
            on=form.on.data,
            witness=form.witness.data or "",
            explanation=form.explanation.data or "",
            sentence=lambda done: _counted(done, row),
        )
    act = Act(
        _("Count %(name)s", name=row.name),
        _("Post the count"),
        url_for(".card", number=number),
        trail(_("Count it"), row),
        helps={
            "quantity": _("In %(unit)s, like 12 or 2,5.", unit=row.unit),
            "witness": _("Somebody else than who counts, like a supervisor."),
        },
    )
    return answer(form, outcome, act, _("Counted."))


def _counted(done: GoodsCount, row: GoodsItem) -> str:
    facts = {
        "book": exact(in_units(done.book)),
        "unit": row.unit,
        "value": rupiah(abs(done.value)),
    }
    if not done.difference:
        return _("The count is what the book says: %(book)s %(unit)s.", **facts)
    if done.difference > 0:
        return _(
            "The book says %(book)s %(unit)s; more was counted, worth %(value)s.",
            **facts,
        )
    return _(
        "The book says %(book)s %(unit)s; less was counted, worth %(value)s.", **facts
    )


@bp.route("/shop/items/<int:number>/older", methods=["GET", "POST"])
def taking_over(number: int) -> ResponseReturnValue:
    """Take over what the older books had of an item."""
    row = goods.item(current_book, number)
    form, outcome = TakeOverForm(on=today()), None
    if form.validate_on_submit():
        outcome = put(
            form,
            goods.take_over,
            number,
            form.quantity.data,
            form.cost.data,
            on=form.on.data,
            amount_shown=form.cost.data,
            sentence=_(
                "%(amount)s of what account 11701 holds already is now %(name)s.",
                amount=rupiah(form.cost.data),
                name=row.name,
            ),
        )
    act = Act(
        _("Taken over from the older books"),
        _("Take it over"),
        url_for(".card", number=number),
        trail(_("Older books"), row),
        _(
            "For goods whose value came in with the balances of the older books. What"
            " is bought now is entered as bought."
        ),
    )
    return answer(form, outcome, act, _("Taken over."))
