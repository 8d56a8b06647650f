"""The months of the mandatory share: in words, in squares, and what they ask for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from babel.dates import format_date
from babel.lists import format_list
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from coopbook import savings
from coopbook.book import Book
from coopbook.members import Member
from coopbook.money import ZERO, Money
from coopbook.savings import MonthOwed, MonthState, ShareCalendar
from coopbook.savings.calendar import calendar, next_month
from webui.forms import new_key
from webui.wording import locale, rupiah

S = MonthState
AHEAD = 12
"""How many months to come one may choose at the counter."""
SQUARES = 18
STATES = {
    S.PAID: _l("paid"),
    S.PART: _l("partly paid"),
    S.MISSED: _l("missed"),
    S.DUE: _l("due this month"),
    S.AHEAD: _l("paid ahead"),
    S.EXEMPT: _l("exempt"),
}
MARKS = {S.PAID: "✓", S.PART: "½", S.MISSED: "!", S.AHEAD: "✓", S.EXEMPT: "–"}
COLOURS = {
    S.PAID: "paid",
    S.PART: "part",
    S.MISSED: "late",
    S.DUE: "due",
    S.AHEAD: "early",
    S.EXEMPT: "free",
}


@dataclass(frozen=True, slots=True)
class Until:
    """A month up to which one can pay, and what that takes."""

    month: int
    amount: Money


def _first(month: int) -> date:
    return date(month // 100, month % 100, 1)


def named(month: int) -> str:
    """Write a month of the calendar, ``202603``, as ``March 2026``."""
    return format_date(_first(month), "MMMM yyyy", locale=locale())


def short(month: int) -> str:
    """Write a month of the calendar in a few letters: ``Mar``."""
    return format_date(_first(month), "MMM", locale=locale())


def listed(parts: Iterable[str]) -> str:
    """Join a few words as one says them: ``a, b and c``."""
    return format_list(list(parts), locale=locale())


def spoken(months: Sequence[int]) -> str:
    """Say some months, those that follow each other as one: ``March to May 2026``."""
    return listed(_runs(months))


def _runs(months: Sequence[int]) -> list[str]:
    found, run = list[str](), list[int]()
    for month in [*months, None]:
        if run and (month is None or month != next_month(run[-1])):
            found.append(_run(run[0], run[-1]))
            run = []
        if month is not None:
            run.append(month)
    return found


def _run(first: int, last: int) -> str:
    if first == last:
        return named(first)
    begins = format_date(_first(first), "MMMM", locale=locale())
    if first // 100 != last // 100:
        begins = named(first)
    return _("%(first)s to %(last)s", first=begins, last=named(last))


def pays(before: ShareCalendar, after: ShareCalendar) -> str:
    """Say which months a payment is for, from the calendars before and after it."""
    was = {month.month: month.paid for month in before.months}
    now = {month.month: month for month in after.months}
    parts, whole = list[str](), list[int]()
    for month, amount in savings.pays_for(before, after):
        new = was.get(month, ZERO) == ZERO
        if new and now[month].left == ZERO:
            whole.append(month)
            continue
        said = (
            _("the rest of %(month)s", month=named(month))
            if now[month].left == ZERO
            else _("%(amount)s of %(month)s", amount=rupiah(amount), month=named(month))
        )
        parts += [*_runs(whole), said]
        whole = []
    parts += _runs(whole)
    return listed(parts)


def missed(said: ShareCalendar) -> str:
    """Say which months are missed, and what they ask for; nothing when none is."""
    if not said.missed:
        return ""
    return _(
        "%(amount)s is missed for %(months)s.",
        amount=rupiah(said.arrears),
        months=spoken([month.month for month in said.missed]),
    )


def summary(months: Sequence[MonthOwed]) -> str:
    """Say how some months stand, those that stand alike and follow as one."""
    parts = []
    for state, group in groupby(months, key=lambda one: one.state):
        run = [one.month for one in group]
        parts.append(
            _(
                "%(months)s: %(state)s",
                months=_run(run[0], run[-1]),
                state=STATES[state],
            )
        )
    return "; ".join(parts)


def around(said: ShareCalendar, most: int = SQUARES) -> tuple[MonthOwed, ...]:
    """Return the months worth seeing at the counter: from before the oldest owed."""
    owed = [n for n, one in enumerate(said.months) if one.left > ZERO]
    first = owed[0] if owed else len(said.months) - 1
    begin = max(min(first, len(said.months) - most // 3) - 2, 0)
    return said.months[begin : begin + most]


@dataclass(frozen=True, slots=True)
class Months:
    """A member's calendar with what months to come ask for."""

    said: ShareCalendar
    first: int
    paid: Money
    amount_of: Callable[[int], Money]
    excused: Collection[int]

    def around(self) -> tuple[MonthOwed, ...]:
        """Return the months worth seeing at the counter."""
        return around(self.said)

    def missed(self) -> str:
        """Say which months are missed, and what they ask for."""
        return missed(self.said)

    def takes(self, until: int) -> Money:
        """Return what has to be paid so that everything up to a month is paid."""
        return savings.amount_until(self.said, until, self.amount_of, self.excused)

    def with_more(self, amount: Money) -> ShareCalendar:
        """Return the calendar as it would be after a payment."""
        return calendar(
            *(self.first, self.said.now, self.amount_of),
            self.paid + amount,
            self.excused,
        )

    def choices(self) -> list[Until]:
        """Return the months up to which one can pay, from the oldest owed on."""
        if not self.said.months:
            return []
        end = self.said.months[-1].month
        owed = [one.month for one in self.said.months if one.left > ZERO]
        month, last = owed[0] if owed else next_month(end), max(self.said.now, end)
        found, before = list[Until](), ZERO
        while month <= next_month(last, AHEAD):
            amount = self.takes(month)
            if amount > before:
                found.append(Until(month, amount))
            before, month = amount, next_month(month)
        return found


def months_of(book: Book, member: Member, on: date) -> Months:
    """Return the months of a member as they stand on a day."""
    said = savings.share_standing(book, member, on).calendar
    paid = sum((month.paid for month in said.months), said.over)
    first = said.months[0].month if said.months else said.now
    excused = savings.excused_months(book, [member.number])
    return Months(
        *(said, first, paid, savings.amounts(book)),
        excused.get(member.number, frozenset()),
    )


def words() -> dict[str, object]:
    """Hand what the pages need of the months to their templates."""
    return {
        "month_named": named,
        "month_short": short,
        "month_summary": summary,
        "month_marks": MARKS,
        "month_colours": COLOURS,
        "month_words": STATES,
        "new_key": new_key,
    }
