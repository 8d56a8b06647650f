"""What the journals of beancount, hledger and ledger have in common: postings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from coopbook.errors import Refused
from coopbook.i18n import N_
from coopbook.importing.journals.amounts import Amount, Priced, is_rupiah
from coopbook.importing.journals.lines import (
    OtherCommodity,
    SourceAccount,
    SourceJournal,
    SourceLine,
)
from coopbook.importing.journals.naming import type_by_code, type_of
from coopbook.ledger.rules import AccountType

_NUMBERED = re.compile(r"(\d{1,9})(?:-|$)")


@dataclass(eq=False)
class SeveralCommodities(Refused):
    """The file counts in more than one thing."""

    sentence = N_(
        "Line %(row)s: this file counts in several commodities (%(named)s); a book has "
        "one currency. Write out one of them in rupiah and choose that."
    )

    row: int
    named: str


@dataclass(eq=False)
class UnknownRoot(Refused):
    """The first word of an account's name tells no kind of account."""

    sentence = N_(
        "Line %(row)s: what kind of account is %(account)s? Begin its name with "
        "Assets:, Liabilities:, Equity:, Income: or Expenses:."
    )

    row: int
    account: str


@dataclass(eq=False)
class SeveralLeftOpen(Refused):
    """More than one line of an entry has no amount."""

    sentence = N_(
        "Line %(row)s: only one line of an entry may be left without an amount. "
        "Write the others out."
    )

    row: int


@dataclass(eq=False)
class NotReadHere(Refused):
    """The line says something that is more than dated entries."""

    sentence = N_(
        "Line %(row)s: “%(words)s” is not read here. Have the program write out plain "
        "dated entries (“print”) and choose that file."
    )

    row: int
    words: str


@dataclass(frozen=True, slots=True)
class Posting:
    """A line under an entry; virtual ones balance ``apart`` from the others."""

    row: int
    account: str
    amount: Amount | None
    apart: bool = False


@dataclass(slots=True)
class Draft:
    """An entry that is being read."""

    row: int
    on: date
    memo: str
    reference: str = ""
    postings: list[Posting] = field(default_factory=list)
    cards: dict[int, int] = field(default_factory=dict)
    broken: bool = False

    def card(self, words: str) -> None:
        """Note the card that the last posting names."""
        plain = words.strip().strip('"')
        if self.postings and plain.isascii() and plain.isdigit():
            self.cards[len(self.postings) - 1] = int(plain)


class Collector:
    """Entries, accounts and commodities as they are met; each line is met once."""

    def __init__(self, form: str) -> None:
        self.found = SourceJournal(form)
        self.codes: dict[str, str] = {}
        self.roots: dict[str, AccountType] = {}
        self.accounts: dict[str, SourceAccount] = {}
        self.commodities: dict[str, int] = {}
        self.draft: Draft | None = None

    def refuse(self, reason: Refused, row: int) -> None:
        """Keep why a line cannot be read; its entry is none."""
        self.found.refuse(reason, row)
        if isinstance(reason, Priced):
            self._counted(reason.commodity, row)
        if self.draft is not None:
            self.draft.broken = True

    def post(self, posting: Posting) -> None:
        """Keep a posting of the entry that is open."""
        assert self.draft is not None
        if posting.amount is not None:
            self._counted(posting.amount.commodity, posting.row)
            self.draft.broken |= posting.amount.foreign
        self.draft.postings.append(posting)

    def _counted(self, commodity: str, row: int) -> None:
        """Note what an amount is counted in, and where for the first time."""
        said = "IDR" if is_rupiah(commodity) else commodity
        self.commodities.setdefault(said, row)

    def close(self) -> None:
        """End the entry that is open, and keep it."""
        draft, self.draft = self.draft, None
        if draft is None or draft.broken or not draft.postings:
            return
        try:
            lines = list(self._lines(draft))
        except Refused as reason:
            self.found.refuse(reason, int(reason.facts["row"]))
            return
        self.found.enter(
            draft.row, draft.on, draft.memo, lines, reference=draft.reference
        )

    def journal(self) -> SourceJournal:
        """Return what was read; foreign commodities are refused by name."""
        self.close()
        foreign = {word: row for word, row in self.commodities.items() if word != "IDR"}
        if len(self.commodities) > 1 and foreign:
            row = sorted(self.commodities.values())[1]
            self.found.refuse(SeveralCommodities(row, _listed(self.commodities)), row)
        else:
            for word, row in foreign.items():
                self.found.refuse(OtherCommodity(row, word), row)
        return self.found

    def _lines(self, draft: Draft) -> Iterator[SourceLine]:
        left = {
            apart: sum(
                one.amount.units
                for one in draft.postings
                if one.amount is not None and one.apart is apart
            )
            for apart in (False, True)
        }
        open_ = [one for one in draft.postings if one.amount is None]
        for apart in (False, True):
            several = [one for one in open_ if one.apart is apart]
            if len(several) > 1:
                raise SeveralLeftOpen(several[1].row)
        for place, one in enumerate(draft.postings):
            units = -left[one.apart] if one.amount is None else one.amount.units
            account = self._account(one.account, one.row)
            yield SourceLine(account, units, draft.cards.get(place, 0))

    def _account(self, name: str, row: int) -> SourceAccount:
        """Return an account by its name: the kind from its root, the code if told."""
        if name not in self.accounts:
            parts = name.split(":")
            kind = self.roots.get(parts[0].casefold()) or type_of(parts[0])
            kind = (len(parts) > 2 and _memorandum(parts[1])) or kind
            told = _NUMBERED.match(parts[-1])
            number = int(told[1]) if told else None
            if kind is None and number is not None:
                kind = type_by_code("", number)
            if kind is None:
                raise UnknownRoot(row, name)
            code = self.codes.get(name, "")
            words = parts[-1].replace("-", " ") if told else " ".join(parts[1:])
            said = words.removeprefix(told[1]).strip() if told else words
            self.accounts[name] = SourceAccount(code, number, said, said or name, kind)
        return self.accounts[name]


def _memorandum(word: str) -> AccountType | None:
    kind = type_of(word)
    return kind if kind is AccountType.MEMO else None


def _listed(commodities: dict[str, int]) -> str:
    named = sorted(commodities)
    return ", ".join(named[:5]) + (", …" if len(named) > 5 else "")
