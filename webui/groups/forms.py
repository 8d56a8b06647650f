"""The forms of groups, and the sheet of a meeting as it is typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask import request
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField
from wtforms.validators import NumberRange, Optional

from coopbook.groups import MEETS_NAMES, Given, Meets, Saved, SheetRow, evenly
from coopbook.members import Member
from coopbook.money import ZERO, Money
from coopbook.savings import SavingsAccount
from webui.collection.forms import PLACES
from webui.forms import DateField, LineField, MoneyField, MoneyForm, at_most, needed
from webui.wording import Unreadable, figure, read_money

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

    member = IntegerField(_l("Number of the member"), [needed(), NumberRange(1, 10**9)])
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
    """A row of the sheet as it was typed: what a loan is paid, what is saved."""

    row: SheetRow
    free: SavingsAccount | None
    paid: str
    saved: str
    first: bool
    wrong: list[str] = field(default_factory=list)
    beside: set[str] = field(default_factory=set)

    @property
    def number(self) -> int:
        """The number of the member."""
        return self.row.member.number

    def amount(self, kind: str) -> Money:
        """Return what was paid or saved; what cannot be read is noted as wrong."""
        try:
            return _amount(self.paid if kind == "a" else self.saved)
        except Unreadable as unclear:
            self.wrong.append(gettext(str(unclear)))
            self.beside.add(kind)
            return ZERO


@dataclass
class Covering:
    """A line that says who pays for whom, and how much."""

    loan: str
    by: str
    amount: str

    @property
    def empty(self) -> bool:
        """Nothing is written there."""
        return not (self.loan.strip() or self.by.strip() or self.amount.strip())


def _amount(text: str) -> Money:
    tidy = text.strip()
    return ZERO if tidy in ("", "0") else read_money(tidy)


COVERINGS = 5
"""So many lines for who pays for whom; whoever needs more posts two sheets."""


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
        accounts: Mapping[int, SavingsAccount],
        **about: object,
    ) -> None:
        super().__init__(**about)
        self.rows: list[Typed] = []
        seen = set[int]()
        for row in rows:
            number, first = row.member.number, row.member.number not in seen
            seen.add(number)
            free = accounts.get(number) if first else None
            self.rows.append(Typed(row, free, self._paid(row), "", first))
        if request.method == "POST":
            for one in self.rows:
                one.saved = _typed(f"v{one.number}") if one.free else ""
        self.coverings = [
            Covering(*(_typed(f"{kind}{place}") for kind in ("for", "by", "sum")))
            for place in range(COVERINGS)
        ]

    @staticmethod
    def _paid(row: SheetRow) -> str:
        if row.loan is None:
            return ""
        if request.method != "POST":
            return figure(row.due) if row.due else ""
        return _typed(f"a{row.loan.number}")

    def fingerprint(self) -> str:
        """Return a digest of what is asked for, every amount and tick included."""
        rows = [f"{one.number}|{one.paid}|{one.saved}" for one in self.rows]
        rows += [f"{one.loan}|{one.by}|{one.amount}" for one in self.coverings]
        return super().fingerprint() + self.digest_of([*rows, *map(str, self.present)])

    @property
    def present(self) -> list[int]:
        """The numbers of those who were ticked; on a fresh sheet everybody."""
        here = [one.number for one in self.rows if one.first]
        if request.method != "POST":
            return here
        return [number for number in here if request.form.get(f"p{number}")]

    def given(self, people: Mapping[int, Member]) -> list[Given]:
        """Return what was given on each loan; what cannot be is on the form."""
        covered = self._covered(people)
        found = []
        for one in self.rows:
            if one.row.loan is None:
                continue
            paid, by = one.amount("a"), covered.pop(one.row.loan.number, [])
            if paid or by:
                found.append(Given(one.row.loan, paid, tuple(by)))
        for number in covered:
            said = gettext("Loan %(number)s is not on this sheet.", number=number)
            self.refusals.append(said)
        return found

    def _covered(
        self, people: Mapping[int, Member]
    ) -> dict[int, list[tuple[Member, Money]]]:
        """Return who covers how much of which loan."""
        found: dict[int, list[tuple[Member, Money]]] = {}
        owners = {one.row.loan.number: one.number for one in self.rows if one.row.loan}
        for one in self.coverings:
            if one.empty:
                continue
            loan = int(one.loan) if _whole(one.loan) else 0
            try:
                amount = _amount(one.amount)
            except Unreadable as unclear:
                self.refusals.append(gettext(str(unclear)))
                continue
            by = self._coverers(one.by, owners.get(loan), amount, people)
            if not loan or not amount or not by:
                said = gettext(
                    "Write for which loan, who covered (a number of the roster, or "
                    "“all”), and how much."
                )
                self.refusals.append(said)
                continue
            found.setdefault(loan, []).extend(by)
        return found

    def _coverers(
        self, said: str, owner: int | None, amount: Money, people: Mapping[int, Member]
    ) -> list[tuple[Member, Money]]:
        """Return who covers how much: one by number, or all who came, evenly."""
        text = said.strip().casefold()
        if text in EVERYBODY:
            others = [n for n in self.present if n != owner and n in people]
            if not others:
                return []
            parts = zip(others, evenly(amount, len(others)), strict=True)
            return [(people[number], part) for number, part in parts if part]
        who = people.get(int(text)) if _whole(text) else None
        return [(who, amount)] if who is not None else []

    def saved(self) -> list[Saved]:
        """Return what was saved."""
        found = []
        for one in self.rows:
            amount = one.amount("v") if one.free is not None else ZERO
            if one.free is not None and amount:
                found.append(Saved(one.free, amount))
        return found


def _typed(name: str) -> str:
    return request.form.get(name, "")[:24]


def _whole(text: str) -> bool:
    tidy = text.strip()
    return tidy.isascii() and tidy.isdecimal()
