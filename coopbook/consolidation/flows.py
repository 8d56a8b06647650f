"""Cash flow and equity of several books as one (pure).

Cash that one unit gives another stays within, so what moved on the accounts between
them is in no cash flow of the whole.  What one unit received or paid for the other is:
it stands under what the other booked it for.

Source: SAK EP on consolidation; direct method as in ``statements.cashflow``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from coopbook.consolidation.rules import Combined
from coopbook.i18n import N_, Names, say
from coopbook.money import ZERO, Money
from coopbook.statements import (
    COLUMNS,
    ROWS,
    EquityChanges,
    Flow,
    Kind,
    Layout,
    Row,
    laid_out_flows,
)

MOVES = [row for row in ROWS if row != "closing"]
ALL = "total"
"""What a kind of capital is called that is all of them."""


@dataclass(frozen=True, slots=True)
class UnitCash:
    """The cash of a unit: what moved, and at both ends.

    ``on_account`` is what it booked against another unit without any cash.
    """

    flows: tuple[Flow, ...]
    on_account: tuple[Flow, ...]
    opening: Money
    closing: Money


def whole_flows(units: Sequence[UnitCash], within: Collection[int]) -> list[Flow]:
    """Return what moved between all units together and everybody else.

    Left out are the accounts ``within``.  In their place stands what the units booked
    against each other, less what one gave and another took on the same account.
    """
    moved = [one for unit in units for one in unit.flows if one.account not in within]
    found: defaultdict[tuple[int, str], list[Flow]] = defaultdict(list)
    for unit in units:
        for one in unit.on_account:
            found[one.account, one.category].append(one)
    for some in found.values():
        handed = handed_over([(one.received, one.paid) for one in some])
        received = sum((one.received for one in some), -handed)
        paid = sum((one.paid for one in some), -handed)
        moved.append(replace(some[0], received=received, paid=paid))
    return moved


def handed_over(units: Sequence[tuple[Money, Money]]) -> Money:
    """Return how much of what units received other units paid, as much as can be.

    What a unit paid to itself is not among it.

    >>> handed_over([(Money(7), Money(5)), (Money(0), Money(4))])
    Money(units=4)
    """
    received = sum((one for one, _ in units), ZERO)
    paid = sum((other for _, other in units), ZERO)
    can = [(max(one, ZERO), max(other, ZERO)) for one, other in units]
    most = sum((one + other for one, other in can), ZERO)
    others = (most - one - other for one, other in can)
    return max(ZERO, min(received, paid, *others))


def _named(code: str, kind: Kind, level: int, sentence: str, *parts: str) -> Row:
    said = Names(say(sentence, "id"), sentence)
    return Row(code, kind, level, None, (), tuple((1, one) for one in parts), said)


def cash_rows(
    rows: Layout, units: Sequence[UnitCash], within: Collection[int]
) -> list[Combined]:
    """Return the cash flow of several books with the cash at both ends."""
    own = [laid_out_flows(rows, unit.flows) for unit in units]
    whole = laid_out_flows(rows, whole_flows(units, within))
    told = []
    for row in rows:
        parts = tuple(one.get(row.code, ZERO) for one in own)
        told.append(Combined(row, parts, whole.get(row.code, ZERO) - sum(parts, ZERO)))
    opening = _named("opening", Kind.LINE, 0, N_("Cash at the beginning"))
    ends = ("opening", "net_change")
    closing = _named("closing", Kind.TOTAL, 0, N_("Cash at the end"), *ends)
    told.append(Combined(opening, tuple(one.opening for one in units), ZERO))
    told.append(Combined(closing, tuple(one.closing for one in units), ZERO))
    return told


def equity_rows(
    units: Sequence[EquityChanges], left_out: Sequence[EquityChanges]
) -> list[Combined]:
    """Return the changes in equity of several books, one kind of capital after another.

    ``left_out`` is what the capital of units moved in each.
    """

    def combined(row: Row, code: str, kinds: Collection[str]) -> Combined:
        def of(one: EquityChanges) -> Money:
            return sum((one.amounts[code][kind] for kind in kinds), ZERO)

        gone = sum((of(one) for one in left_out), ZERO)
        return Combined(row, tuple(map(of, units)), -gone)

    told: list[Combined] = []
    kinds = list(COLUMNS)
    for kind in (*kinds, ALL):
        name = COLUMNS.get(kind, N_("Total equity"))
        some = kinds if kind == ALL else [kind]
        told.append(
            Combined(
                _named(f"kind.{kind}", Kind.HEADING, 0, name),
                (ZERO,) * len(units),
                ZERO,
            )
        )
        told += [
            combined(
                _named(
                    *(f"{code}.{kind}", _kind(code, kind), 1, ROWS[code]),
                    *(_adds_up(code, kind, kinds)),
                ),
                *(code, some),
            )
            for code in ROWS
        ]
    return told


def _kind(code: str, kind: str) -> Kind:
    ends = code == "closing" or (code == "opening" and kind == ALL)
    return Kind.TOTAL if ends else Kind.LINE


def _adds_up(code: str, kind: str, kinds: Sequence[str]) -> list[str]:
    """Return the rows a row of the changes adds up: kinds across, or moves down."""
    if kind == ALL:
        return [f"{code}.{one}" for one in kinds]
    return [f"{one}.{kind}" for one in MOVES] if code == "closing" else []
