"""The forms of groups, and the sheet of a meeting as it is typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import request
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField
from wtforms.validators import NumberRange, Optional

from coopbook.groups import MEETS_NAMES, Given, Meets, Saved, SheetRow
from coopbook.members import Member
from coopbook.money import ZERO, Money
from coopbook.savings import SavingsAccount
from webui.forms import DateField, LineField, MoneyField, MoneyForm, at_most, needed
from webui.wording import Unreadable, figure, read_money

PLACES = [
    ("drawer", _l("In the teller's drawer")),
    ("field", _l("Still with the collector")),
]
EVERYBODY = ("semua", "all")
"""What is written where everybody who came covers together, evenly."""


def _meets() -> SelectField:
    return SelectField(
        _l("Meets"),
        [needed()],
        choices=lambda: [
            (one.value, gettext(name)) for one, name in MEETS_NAMES.items()
        ],
        default=Meets.MONTHLY.value,
    )


class FoundingForm(MoneyForm):
    """A group, its people and when they meet."""

    name = LineField(_l("Name of the group"), [needed(), at_most(60)])
    people = LineField(
        _l("Numbers of the members, the leader first"), [needed(), at_most(300)]
    )
    hamlet = LineField(_l("Hamlet or RT"), [Optional(), at_most(60)])
    meets = _meets()
    first_meeting = DateField(_l("First meeting"), [needed()])
    place = LineField(_l("Where they meet"), [Optional(), at_most(60)])
    on = DateField(_l("Date"), [needed()])


class RosterForm(MoneyForm):
    """Somebody who joins."""

    member = IntegerField(_l("Number of the member"), [needed(), NumberRange(min=1)])
    on = DateField(_l("Date"), [needed()])


class ChoiceForm(MoneyForm):
    """Somebody of the roster."""

    member = SelectField(_l("Member"), [needed()], coerce=int)


class LeavingForm(ChoiceForm):
    """Who leaves, and why."""

    reason = LineField(_l("Why?"), [needed(), at_most(200)])
    on = DateField(_l("Date"), [needed()])


class DaysForm(MoneyForm):
    """When and where a group meets."""

    meets = _meets()
    first_meeting = DateField(_l("Next meeting"), [needed()])
    place = LineField(_l("Where they meet"), [Optional(), at_most(60)])


class WhyForm(MoneyForm):
    """Why a group is frozen, or is not any more."""

    reason = LineField(_l("Why?"), [needed(), at_most(200)])
    on = DateField(_l("Date"), [needed()])


class EndForm(MoneyForm):
    """When a group ends."""

    on = DateField(_l("Date"), [needed()])


class BackForm(MoneyForm):
    """What was given back between two members."""

    amount = MoneyField(_l("Amount"), [needed()])
    note = LineField(_l("Remark"), [Optional(), at_most(100)])
    on = DateField(_l("Date"), [needed()])


# -- the sheet -----------------------------------------------------------------------


@dataclass
class Typed:
    """A row of the sheet as it was typed: paid, covered and by whom, saved."""

    row: SheetRow
    share: SavingsAccount | None
    free: SavingsAccount | None
    texts: dict[str, str]
    first: bool
    wrong: list[str] = field(default_factory=list)
    beside: set[str] = field(default_factory=set)

    @property
    def number(self) -> int:
        """The number of the member."""
        return self.row.member.number

    @property
    def key(self) -> str:
        """What the fields of the row are called by: its loan, or its member."""
        return f"L{self.row.loan.number}" if self.row.loan else f"M{self.number}"

    def amount(self, kind: str) -> Money:
        """Return an amount; what cannot be read is noted as wrong."""
        text = self.texts.get(kind, "").strip()
        if text in ("", "0"):
            return ZERO
        try:
            return read_money(text)
        except Unreadable as unclear:
            self.refuse(kind, gettext(str(unclear)))
            return ZERO

    def refuse(self, kind: str, sentence: str) -> None:
        """Note what is wrong, and beside which field."""
        self.wrong.append(sentence)
        self.beside.add(kind)


KINDS = ("a", "c", "b", "m", "v")
"""Paid by the borrower; covered, by whom; mandatory share, voluntary savings."""


class MeetingForm(MoneyForm):
    """The sheet of a meeting: one row a loan, one tick a person."""

    control = MoneyField(_l("Cash counted, in all"), [Optional()])
    place = SelectField(
        _l("Where is the money?"), choices=lambda: PLACES, default="drawer"
    )
    note = LineField(_l("Remark"), [Optional(), at_most(200)])
    on = DateField(_l("Date"), [needed()])

    def __init__(
        self,
        rows: Sequence[SheetRow],
        accounts: dict[tuple[int, str], SavingsAccount],
        **about: object,
    ) -> None:
        super().__init__(**about)
        self.rows: list[Typed] = []
        seen = set[int]()
        for row in rows:
            number = row.member.number
            first = number not in seen
            seen.add(number)
            share = accounts.get((number, "mandatory")) if first else None
            free = accounts.get((number, "voluntary")) if first else None
            self.rows.append(Typed(row, share, free, {}, first))
        for one in self.rows:
            one.texts = self._typed(one)

    @staticmethod
    def _typed(one: Typed) -> dict[str, str]:
        if request.method != "POST":
            return {"a": figure(one.row.due) if one.row.due else ""}
        return {kind: request.form.get(f"{kind}{one.key}", "")[:24] for kind in KINDS}

    def fingerprint(self) -> str:
        """Return a digest of what is asked for, every amount and tick included."""
        rows = [f"{one.key}|" + "|".join(one.texts.values()) for one in self.rows]
        return super().fingerprint() + self.digest_of([*rows, *map(str, self.present)])

    @property
    def present(self) -> list[int]:
        """The numbers of those who were ticked; on a fresh sheet everybody."""
        here = [one.number for one in self.rows if one.first]
        if request.method != "POST":
            return here
        return [number for number in here if request.form.get(f"p{number}")]

    def given(self, people: dict[int, Member]) -> list[Given]:
        """Return what was given on each loan; a row that cannot be is noted."""
        found = []
        for one in self.rows:
            if one.row.loan is None:
                continue
            paid, covered = one.amount("a"), one.amount("c")
            by = self._coverers(one, covered, people) if covered else ()
            if paid or by:
                found.append(Given(one.row.loan, paid, tuple(by)))
        return found

    def _coverers(
        self, one: Typed, amount: Money, people: dict[int, Member]
    ) -> list[tuple[Member, Money]]:
        """Return who covers how much: one by number, or all who came, evenly."""
        text = one.texts.get("b", "").strip().casefold()
        if text in EVERYBODY:
            others = [n for n in self.present if n != one.number and n in people]
            if others:
                parts = zip(others, evenly(amount, len(others)), strict=True)
                return [(people[number], part) for number, part in parts if part]
        plain = text.isascii() and text.isdecimal()
        who = people.get(int(text)) if plain else None
        if who is None:
            one.refuse(
                "b", gettext("Write who covered: a number of the roster, or “all”.")
            )
            return []
        return [(who, amount)]

    def saved(self) -> list[Saved]:
        """Return what was saved."""
        found = []
        for one in self.rows:
            for kind, account in (("m", one.share), ("v", one.free)):
                amount = one.amount(kind) if account is not None else ZERO
                if account is not None and amount:
                    found.append(Saved(account, amount))
        return found


def evenly(amount: Money, count: int) -> list[Money]:
    """Split an amount into parts that differ by a rupiah at most.

    >>> evenly(Money(10), 3)
    [Money(units=4), Money(units=3), Money(units=3)]
    """
    part, left = divmod(amount.units, count)
    return [Money(part + (place < left)) for place in range(count)]
