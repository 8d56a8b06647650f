"""The journals of hledger and ledger, as far as they are dated entries in rupiah."""

from __future__ import annotations

import re
from dataclasses import dataclass

from coopbook.errors import Refused
from coopbook.i18n import N_
from coopbook.importing.journals.amounts import amount, mark_of
from coopbook.importing.journals.lines import SourceJournal, day_of
from coopbook.importing.journals.postings import (
    Collector,
    Draft,
    NotReadHere,
    Posting,
)

_DATED = re.compile(
    r"(?P<day>\d{4}[-/.]\d{1,2}[-/.]\d{1,2})(?:=[\d/.-]+)?"
    r"(?:\s+(?P<flag>[*!]))?(?:\s*\((?P<code>[^)]*)\))?(?:\s+(?P<memo>.*))?$"
)
_TAG = re.compile(r"(?:^|[,\s])([\w-]+):\s*([^,]*)")
_HARMLESS = frozenset(
    ["tag", "payee", "apply tag", "end tag", "end apply tag", "end", "p", "d"]
)
"""Directives that change no entry; ``P`` and ``D`` are prices and a sample."""


@dataclass(eq=False)
class Automated(Refused):
    """A rule of ledger writes postings that do not stand in the file."""

    sentence = N_(
        "Line %(row)s: the rule “%(words)s” adds lines that are not written in the "
        "file. Have the program write them out (“print --auto”) and choose that file."
    )

    row: int
    words: str


@dataclass(eq=False)
class VirtualUnbalanced(Refused):
    """A posting in round brackets balances with nothing."""

    sentence = N_(
        "Line %(row)s: (%(account)s) is a virtual posting that balances with nothing. "
        "Put it in square brackets with its other side, or leave it out."
    )

    row: int
    account: str


def from_plain_text(text: str) -> SourceJournal:
    """Read the entries of an hledger or ledger journal."""
    reader = _Reader()
    for row, line in enumerate(text.splitlines(), start=1):
        reader.read(row, line.rstrip())
    return reader.into.journal()


class _Reader:
    def __init__(self) -> None:
        self.into = Collector("plain-text")
        self.mark = ""
        self.account = ""
        self.comment = False

    def read(self, row: int, line: str) -> None:
        """Read a line; what stands under something belongs to it."""
        if self.comment:
            self.comment = line.strip() != "end comment"
        elif not line.strip():
            self._closed()
        elif line[0].isspace():
            self._under(row, line.strip())
        elif line[0] in ";#*%|":
            self._closed()
        else:
            self._closed()
            self._begun(row, line)

    def _closed(self) -> None:
        self.into.close()
        self.account = ""

    def _begun(self, row: int, line: str) -> None:
        if line[0].isdigit():
            self._dated(row, line)
            return
        word, _, rest = line.partition(" ")
        if word in ("comment", "test"):
            self.comment = True
        elif word == "account":
            name, _, beside = rest.partition(";")
            self.account = name.strip()
            self._about(beside)
        elif word == "decimal-mark":
            self.mark = rest.strip()[:1]
        elif word in ("commodity", "D"):
            self.mark = mark_of(rest) or self.mark
        elif word[0] == "=":
            self.into.refuse(Automated(row, line), row)
        elif not self._harmless(line):
            self.into.refuse(NotReadHere(row, line[:60]), row)

    def _harmless(self, line: str) -> bool:
        words = line.lower().split()
        return words[0] in _HARMLESS or " ".join(words[:2]) in _HARMLESS

    def _dated(self, row: int, line: str) -> None:
        head, _, beside = line.partition(";")
        found = _DATED.match(head.strip())
        if found is None:
            self.into.refuse(NotReadHere(row, line[:60]), row)
            return
        try:
            on = day_of(found["day"], row)
        except Refused as reason:
            self.into.refuse(reason, row)
            return
        memo = (found["memo"] or "").strip()
        reference = (found["code"] or "").strip()
        self.into.draft = Draft(row, on, "" if memo == "-" else memo, reference)
        self._about(beside)

    def _under(self, row: int, line: str) -> None:
        draft = self.into.draft
        if line.startswith(";"):
            self._about(line[1:])
            return
        if draft is None and line.startswith("format "):
            self.mark = mark_of(line.removeprefix("format ")) or self.mark
            return
        if line.startswith("("):
            name = line[1:].partition(")")[0]
            self.into.refuse(VirtualUnbalanced(row, name), row)
        elif draft is not None:
            try:
                self._posting(row, line)
            except Refused as reason:
                self.into.refuse(reason, row)

    def _posting(self, row: int, line: str) -> None:
        said, _, beside = line.partition(";")
        if said[:2] in ("* ", "! "):
            said = said[2:].lstrip()
        parted = re.split(r" {2,}|\t", said.strip(), maxsplit=1)
        name, figures = parted[0], parted[1].strip() if len(parted) > 1 else ""
        apart = name.startswith("[") and name.endswith("]")
        figures, equal, _ = figures.partition("=")
        if equal and not figures.strip():
            raise NotReadHere(row, line[:60])
        told = amount(figures, row, self.mark) if figures.strip() else None
        self.into.post(Posting(row, name.strip("[]"), told, apart))
        self._about(beside)

    def _about(self, comment: str) -> None:
        """Read the tags that say more: an account's code, a line's card."""
        for name, value in _TAG.findall(comment):
            if name == "card" and self.into.draft is not None:
                self.into.draft.card(value)
            elif name == "code" and self.account and self.into.draft is None:
                self.into.codes[self.account] = value.strip()
