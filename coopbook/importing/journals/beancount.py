"""The journal of beancount, as far as it is dated entries in rupiah."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coopbook.errors import Refused
from coopbook.importing.journals.amounts import amount
from coopbook.importing.journals.lines import SourceJournal, day_of
from coopbook.importing.journals.naming import TYPES
from coopbook.importing.journals.postings import (
    Collector,
    Draft,
    NotReadHere,
    Posting,
)

_DATED = re.compile(r"(\d{4}[-/]\d{1,2}[-/]\d{1,2})\s+(\S+)\s*(.*)$")
_OPTION = re.compile(r'option\s+"name_(\w+)"\s+"([^"]+)"')
_ABOUT = re.compile(r"([a-z][\w-]*):(?:\s+(.*))?$")
_POSTING = re.compile(r"(?:[*!&#?%A-Z]\s+)?([^\W\d_][^\s:]*(?::[^\s:]+)+)(?:\s+(.*))?$")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_HARMLESS = frozenset(
    [
        *("close", "balance", "commodity", "note", "document", "event"),
        *("query", "custom", "price"),
    ]
)
"""Dated directives that change no entry."""
LONGEST = 10_000
"""How many characters words in quotes may have; a mark that is never closed ends."""
_HARMLESS_WORDS = ("option", "pushtag", "poptag", "pushmeta", "popmeta")


def from_beancount(text: str) -> SourceJournal:
    """Read the entries of a beancount file; assertions of balance are not checked."""
    reader = _Reader()
    for row, line in _logical_lines(text):
        reader.read(row, line.rstrip())
    return reader.into.journal()


class _Reader:
    def __init__(self) -> None:
        self.into = Collector("beancount")
        self.account = ""

    def read(self, row: int, line: str) -> None:
        """Read a line; what stands under something belongs to it."""
        said = _without_comment(line).rstrip()
        if not said.strip():
            if not line.strip():
                self._closed()
        elif said[0].isspace():
            try:
                self._under(row, said.strip())
            except Refused as reason:
                self.into.refuse(reason, row)
        elif said[0] in "*#:!&?%":
            self._closed()
        else:
            self._closed()
            self._begun(row, said)

    def _closed(self) -> None:
        self.into.close()
        self.account = ""

    def _begun(self, row: int, line: str) -> None:
        if found := _OPTION.match(line):
            kind = TYPES.get(found[1])
            if kind is not None:
                self.into.roots[found[2].casefold()] = kind
        elif dated := _DATED.match(line):
            self._dated(row, *dated.groups())
        elif not line.startswith(_HARMLESS_WORDS):
            self.into.refuse(NotReadHere(row, line[:60]), row)

    def _dated(self, row: int, day: str, word: str, rest: str) -> None:
        if word == "open":
            self.account = rest.split()[0] if rest else ""
        elif word in ("*", "!", "txn") or (len(word) == 1 and word.isupper()):
            words = [_plain(each) for each in _QUOTED.findall(rest)]
            try:
                on = day_of(day, row)
            except Refused as reason:
                self.into.refuse(reason, row)
                return
            memo = " ".join(each for each in words if each)
            self.into.draft = Draft(row, on, memo)
        elif word not in _HARMLESS:
            self.into.refuse(NotReadHere(row, f"{day} {word} {rest}"[:60]), row)

    def _under(self, row: int, line: str) -> None:
        draft = self.into.draft
        if about := _ABOUT.match(line):
            self._about(about[1], _unquoted(about[2] or ""))
        elif draft is not None and (found := _POSTING.match(line)):
            name, figures = found[1], (found[2] or "").strip()
            told = amount(figures, row, ".") if figures else None
            self.into.post(Posting(row, name, told))
        elif draft is not None and line[0] not in "#^":
            self.into.refuse(NotReadHere(row, line[:60]), row)

    def _about(self, key: str, value: str) -> None:
        """Read what says more: an account's code, an entry's voucher, a line's card."""
        draft = self.into.draft
        if draft is None:
            if key == "code" and self.account:
                self.into.codes[self.account] = value
        elif key == "card":
            draft.card(value)
        elif key == "voucher" and not draft.postings:
            draft.reference = value


def _logical_lines(text: str) -> Iterator[tuple[int, str]]:
    """Return the lines with their numbers; words in quotes may go over several."""
    begun, waiting = 0, ""
    for row, line in enumerate(text.splitlines(), start=1):
        begun = begun if waiting else row
        whole = f"{waiting} {line}" if waiting else line
        bare = _without_comment(whole).replace("\\\\", "").replace('\\"', "")
        waiting = whole if bare.count('"') % 2 and len(whole) < LONGEST else ""
        if not waiting:
            yield begun, whole
    if waiting:
        yield begun, waiting


def _without_comment(line: str) -> str:
    """Return a line up to the semicolon that is not inside quotes."""
    quoted = escaped = False
    for place, character in enumerate(line):
        if escaped:
            escaped = False
        elif character == "\\" and quoted:
            escaped = True
        elif character == '"':
            quoted = not quoted
        elif character == ";" and not quoted:
            return line[:place]
    return line


def _unquoted(words: str) -> str:
    found = _QUOTED.match(words.strip())
    return _plain(found[1]) if found else words.strip()


def _plain(words: str) -> str:
    return re.sub(r"\\(.)", r"\1", words)
