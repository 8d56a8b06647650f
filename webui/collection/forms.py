"""The sheet of a round: who collected, when, and two amounts a member."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import request
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from coopbook.money import ZERO, Money
from coopbook.savings import Collected, SavingsAccount, SheetRow
from webui.forms import DateField, LineField, MoneyForm, at_most, needed
from webui.wording import Unreadable, figure, read_money

PLACES = [
    ("drawer", _l("In the teller's drawer")),
    ("field", _l("Still with the collector")),
]


@dataclass
class Typed:
    """A row of the sheet as it was typed."""

    row: SheetRow
    mandatory: str
    voluntary: str
    wrong: list[str] = field(default_factory=list)
    beside: set[str] = field(default_factory=set)

    @property
    def number(self) -> int:
        """The number of the member."""
        return self.row.member.number

    def gave(self) -> list[Collected]:
        """Return what the member gives; what cannot be read is noted as wrong."""
        found = []
        for kind, account, text in (
            ("m", self.row.mandatory, self.mandatory),
            ("v", self.row.voluntary, self.voluntary),
        ):
            amount = self._read(kind, text)
            if account is not None and amount is not None:
                found.append(Collected(account, amount))
        return found

    def _read(self, kind: str, text: str) -> Money | None:
        if not text.strip() or text.strip() == "0":
            return None
        try:
            return read_money(text)
        except Unreadable as unclear:
            self.refuse(kind, gettext(str(unclear)))
            return None

    def refuse(self, kind: str, sentence: str) -> None:
        """Note what is wrong, and beside which of the two fields."""
        self.wrong.append(sentence)
        self.beside.add(kind)


class SheetForm(MoneyForm):
    """A sheet of up to forty members."""

    collector = LineField(_l("Who collected"), [needed(), at_most(60)])
    place = SelectField(
        _l("Where is the money?"), choices=lambda: PLACES, default="drawer"
    )
    on = DateField(_l("Date"), [needed()])

    def __init__(self, rows: Sequence[SheetRow], **about: object) -> None:
        super().__init__(**about)
        self.rows = [_typed(row) for row in rows]

    def fingerprint(self) -> str:
        """Return a digest of what is asked for, every amount included."""
        rows = [f"{one.number}|{one.mandatory}|{one.voluntary}" for one in self.rows]
        return super().fingerprint() + self.digest_of(rows)

    def strangers(self) -> list[int]:
        """Return the members an amount was typed for who are not on the sheet."""
        here = {one.number for one in self.rows}
        typed = {
            int(name[1:])
            for name, text in request.form.items()
            if name[:1] in ("m", "v") and name[1:].isdecimal() and len(name) < 16
            if text.strip()
        }
        return sorted(typed - here)


def _typed(row: SheetRow) -> Typed:
    number = row.member.number
    if request.method != "POST":
        owed = row.calendar.owed if row.mandatory is not None else ZERO
        return Typed(row, figure(owed), "")
    asked = [request.form.get(f"{kind}{number}", "")[:24] for kind in "mv"]
    return Typed(row, *asked)


def given(gave: Sequence[Collected], account: SavingsAccount | None) -> Money:
    """Return what is given on one account."""
    if account is None:
        return ZERO
    return sum((g.amount for g in gave if g.account.number == account.number), ZERO)
