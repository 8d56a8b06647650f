"""A preview in words: where each thing stands in the file, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from flask_babel import gettext as _

from coopbook.errors import Refused
from coopbook.i18n import N_
from coopbook.importing import Preview
from coopbook.importing.kinds.journal import ToSuspense
from coopbook.importing.kinds.trial_balance import NotKnown
from coopbook.importing.rounding import whole
from coopbook.importing.sheets.layout import Proposal
from coopbook.importing.understood import (
    Movement,
    Problem,
    TotalDiffers,
    amount_in,
)
from coopbook.money import Money
from webui.wording import day, exactly, rate, rupiah, tell

LISTS = {
    "unread": N_("Rows not understood"),
    "broken": N_("Rows that break a rule"),
    "notes": N_("Worth a look"),
    "members": N_("New members"),
    "loans": N_("Loans taken over"),
    "aside": N_("Rows set aside"),
    "rows": N_("Rows as they were understood"),
}
"""The lists a preview holds, by their names in an address."""


@dataclass(frozen=True, slots=True)
class Said:
    """Where something stands in the file, and what it is."""

    where: str
    words: str


@dataclass(frozen=True, slots=True)
class Sum:
    """The total of a column three times: in the sheet, as read, as posted."""

    name: str
    stated: Decimal | None
    counted: Decimal
    posted: Money | None

    @property
    def agrees(self) -> bool:
        """Say whether the sheet's own total is what its rows add up to."""
        return self.stated is None or abs(self.stated - self.counted) < Decimal("0.005")


def proposals(looked: Preview) -> tuple[Proposal, ...]:
    """Return the tables that were read: one, or one a sheet."""
    return (looked.understood.proposal, *looked.understood.others)


def listed(looked: Preview, name: str) -> list[Said]:
    """Return one of the lists of a preview, whole."""
    return list(_SAYING[name](looked))


def lists(looked: Preview) -> dict[str, list[Said]]:
    """Return every list a person should see before posting, by name."""
    return {name: listed(looked, name) for name in LISTS if name != "rows"}


def totals_differ(looked: Preview) -> list[str]:
    """Say which totals of the sheet its own rows contradict."""
    return [
        tell(one.reason)
        for one in looked.breaks
        if isinstance(one.reason, TotalDiffers)
    ]


def _where(row: int, sheet: str = "") -> str:
    if not row:
        return sheet
    said = _("Row %(row)s", row=row)
    return f"{sheet}, {said}" if sheet else said


def _problems(problems: Iterable[Problem]) -> Iterator[Said]:
    for one in problems:
        words = tell(one.reason)
        where = _where(one.row, one.sheet)
        alike = words.startswith((f"{where}:", f"{where}."))
        yield Said("" if alike else where, words)


def _unread(looked: Preview) -> Iterator[Said]:
    return _problems((*looked.not_understood, *looked.closed))


def _broken(looked: Preview) -> Iterator[Said]:
    rest = (o for o in looked.breaks if not isinstance(o.reason, TotalDiffers))
    return _problems(rest)


def unknown_accounts(looked: Preview, most: int = 12) -> list[tuple[str, str]]:
    """Return the code and name of accounts that this book does not have."""
    found = {
        one.reason.account: one.reason.name
        for one in looked.notes
        if isinstance(one.reason, NotKnown | ToSuspense)
    }
    return list(found.items())[:most]


def _notes(looked: Preview) -> Iterator[Said]:
    for one in looked.notes:
        reason = one.reason
        if isinstance(reason, NotKnown):
            words = _(
                "Account %(account)s %(name)s is not in this book: its %(amount)s "
                "waits in suspense.",
                account=reason.account,
                name=reason.name,
                amount=exactly(reason.amount),
            )
            yield Said(_where(one.row, one.sheet), words)
        else:
            yield from _problems([one])


def _aside(looked: Preview) -> Iterator[Said]:
    tables = proposals(looked)
    for table in tables:
        for one in table.set_aside:
            sheet = table.sheet if len(tables) > 1 else ""
            yield Said(_where(one.number, sheet), f"{_(one.why)}: {_short(one.words)}")


def _short(words: str, most: int = 80) -> str:
    return words if len(words) <= most else f"{words[: most - 1]}…"


def _members(looked: Preview) -> Iterator[Said]:
    names = {
        getattr(row, "member", ""): (getattr(row, "name", ""), row.row)
        for row in reversed(looked.understood.movements)
    }
    for number in looked.new_members:
        name, row = names.get(number, ("", 0))
        words = number if name in ("", number) else f"{number} · {name}"
        yield Said(_where(row), _short(words))


def _loans(looked: Preview) -> Iterator[Said]:
    for one in looked.judged.borrowers.takeovers:
        plan, (member, contract) = one.plan, one.key
        assert plan is not None
        whose = _("member %(number)s", number=member)
        if contract:
            whose = f"{whose} · {contract}"
        terms = _(
            "%(left)s left of %(principal)s, %(term)s installments, %(rate)s",
            left=rupiah(plan.opening),
            principal=rupiah(plan.principal),
            term=plan.term,
            rate=rate(plan.rate),
        )
        yield Said(_where(plan.row), f"{whose}: {terms}")


def _rows(looked: Preview) -> Iterator[Said]:
    for one in looked.understood.movements:
        sheet = getattr(one, "sheet", "")
        yield Said(_where(one.row, sheet), _short(_movement(one), 120))


def _movement(row: Movement) -> str:
    member, name = getattr(row, "member", ""), getattr(row, "name", "")
    whose = member if name in ("", member) else f"{member} {name}"
    moved = exactly(row.amount) if row.amount else ""
    said = (day(row.on), whose, row.memo, moved)
    return " · ".join(filter(None, map(str, said)))


_SAYING = {
    "unread": _unread,
    "broken": _broken,
    "notes": _notes,
    "members": _members,
    "loans": _loans,
    "aside": _aside,
    "rows": _rows,
}


def sums(looked: Preview) -> list[Sum]:
    """Return the totals of the columns of amounts, three times each."""
    fresh = {(getattr(row, "sheet", ""), row.row) for _name, row in looked.fresh}
    names = {
        column.key: column.name
        for table in proposals(looked)
        for column in table.columns
    }
    return [
        Sum(
            _(names.get(one.key, one.key)),
            one.stated,
            one.counted,
            _posted(looked, one.key, fresh),
        )
        for one in looked.understood.figures
    ]


def _posted(looked: Preview, key: str, fresh: set[tuple[str, int]]) -> Money | None:
    """Add up what will be posted of a column, each amount rounded by itself.

    A column that adds up others, or goes on from row to row, is not posted itself.
    """
    if key.endswith(("total", "balance", "outstanding")):
        return None
    if looked.proposal.form is not None:
        return whole(sum((row.amount for _name, row in looked.fresh), Decimal(0)))
    units = 0
    for table in proposals(looked):
        for row in table.rows:
            if ("", row.number) in fresh or (table.sheet, row.number) in fresh:
                try:
                    units += whole(amount_in(table, row, key)).units
                except Refused:
                    continue
    return Money(units)
