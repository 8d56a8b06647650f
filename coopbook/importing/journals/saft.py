"""A journal in a Standard Audit File for Tax, read as it comes.

XML that declares anything of its own (a DOCTYPE, an entity) is refused unread.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers import expat

from coopbook.errors import Refused
from coopbook.i18n import N_
from coopbook.importing.journals.lines import (
    OtherCommodity,
    SourceAccount,
    SourceJournal,
    SourceLine,
    day_of,
    whole_units,
)
from coopbook.importing.journals.naming import number_in, type_by_code, type_of
from coopbook.importing.understood import Problem

DEEPEST = 40


@dataclass(eq=False)
class NotWhole(Refused):
    """The XML is damaged, or declares what no audit file has to."""

    sentence = N_(
        "Line %(row)s: this audit file is damaged, or is none. "
        "Export it again and choose the new file."
    )

    row: int


@dataclass(eq=False)
class BeginsWithBalances(Refused):
    """The file begins in the middle of a book, with balances no entry explains."""

    sentence = N_(
        "Line %(row)s: account %(account)s begins with a balance. Opening balances are "
        "not brought in; export the whole journal, or post them first and accept this."
    )

    row: int
    account: str


@dataclass(slots=True)
class _Node:
    """An element that is open: where it began, its text, what was read in it."""

    name: str
    row: int
    words: str = ""
    found: dict[str, str] = field(default_factory=dict)
    lines: list[tuple[int, dict[str, str]]] = field(default_factory=list)


def from_saft(data: bytes) -> SourceJournal:
    """Read the accounts, customers and transactions of an audit file.

    Raises: ``NotWhole``.
    """
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator="}")
    reader.parser = parser
    parser.buffer_text = True
    parser.StartElementHandler = reader.begin
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.write
    parser.StartDoctypeDeclHandler = reader.declared
    try:
        parser.Parse(data, True)
    except expat.ExpatError as broken:
        raise NotWhole(broken.lineno) from broken
    return reader.found


class _Reader:
    """What expat calls; elements are gathered by their own names."""

    def __init__(self) -> None:
        self.found = SourceJournal("saft")
        self.open: list[_Node] = []
        self.accounts: dict[str, SourceAccount] = {}
        self.cards: dict[str, str] = {}
        self.ours = False
        self.parser: expat.XMLParserType | None = None

    @property
    def row(self) -> int:
        """The line the parser is at."""
        assert self.parser is not None
        return self.parser.CurrentLineNumber

    def declared(self, *_: object) -> None:
        """Refuse a declaration."""
        raise NotWhole(self.row)

    def begin(self, name: str, _: object) -> None:
        """Open an element."""
        if len(self.open) == DEEPEST:
            raise NotWhole(self.row)
        self.open.append(_Node(name.rpartition("}")[2], self.row))

    def write(self, words: str) -> None:
        """Take text into the innermost element."""
        if self.open:
            self.open[-1].words += words

    def end(self, _: str) -> None:
        """Close an element: an account, a customer or a transaction is complete."""
        node = self.open.pop()
        parent = self.open[-1] if self.open else node
        if node.name == "DefaultCurrencyCode":
            if node.words.strip() != "IDR":
                reason = OtherCommodity(node.row, node.words.strip())
                self.found.refuse(reason, node.row)
        elif node.name == "SoftwareID":
            self.ours = node.words.strip() == "coopbook"
        elif node.name == "Account":
            self._account(node)
        elif node.name == "Customer":
            said = node.found.get("CustomerID", "")
            self.cards[said] = node.found.get("Name", "")
        elif node.name == "Line":
            parent.lines.append((node.row, node.found))
        elif node.name == "Transaction":
            self._transaction(node)
        elif node.name in ("DebitAmount", "CreditAmount"):
            parent.found[node.name] = node.found.get("Amount", node.words.strip())
        elif parent is not node:
            parent.found.setdefault(node.name, node.words.strip())

    def _account(self, node: _Node) -> None:
        said = node.found.get
        code = said("AccountID", "")
        name = said("AccountDescription", "")
        number = number_in(said("GroupingCode", "")) if self.ours else None
        kind = type_of(said("GroupingCategory", "")) or type_by_code(code, number)
        self.accounts[code] = SourceAccount(code, number, name, name, kind)
        for side in ("OpeningDebitBalance", "OpeningCreditBalance"):
            if said(side, "0").strip("0.") and not self.found.breaks:
                reason = BeginsWithBalances(node.row, code)
                self.found.breaks.append(Problem(node.row, reason))

    def _transaction(self, node: _Node) -> None:
        said = node.found.get
        try:
            day = said("GLPostingDate") or said("TransactionDate", "")
            on = day_of(day, node.row)
            lines = [self._line(row, cells) for row, cells in node.lines]
        except Refused as reason:
            self.found.refuse(reason, int(reason.facts.get("row", node.row)))
            return
        self.found.enter(
            *(node.row, on, said("Description", ""), lines),
            reference=said("TransactionID", ""),
        )

    def _line(self, row: int, cells: dict[str, str]) -> SourceLine:
        code = cells.get("AccountID", "")
        if code not in self.accounts:
            kind = type_by_code(code, None)
            self.accounts[code] = SourceAccount(code, None, "", "", kind)
        debit = whole_units(cells.get("DebitAmount", "0"), row)
        credit = whole_units(cells.get("CreditAmount", "0"), row)
        customer = cells.get("CustomerID", "")
        of, _, card = customer.rpartition("/")
        number = int(card) if of == code and card.isascii() and card.isdigit() else 0
        return SourceLine(
            account=self.accounts[code],
            units=debit - credit,
            card=number,
            card_name=self.cards.get(customer, "") if number else "",
        )
