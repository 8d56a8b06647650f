"""Know an accounting journal in plain text (beancount, hledger, ledger) for one.

Such a file is full of dates and amounts, but it is no table: one entry is a dated line
with lines of accounts under it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from coopbook.errors import Refused
from coopbook.i18n import N_

_DATED = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:=\S{1,20})?(?=\s|$)")
_DIRECTIVE = re.compile(
    r"\d{4}-\d\d-\d\d\s+(?:open|close|balance|pad|commodity|price|txn)\s"
    r'|option\s+"|(?:account|commodity)\s+\S'
)
_POSTING = re.compile(r"[ \t]+(?:[*!]\s+)?[(\[]?[^\W\d_][^:;\"]{0,99}:[^\s:]")
_COMMODITY = re.compile(r'"[^"]{1,30}"|[^\W\d_][\w\'.\-]{0,30}|[$€£¥]')


@dataclass(eq=False)
class AccountingJournal(Refused):
    """The file is a journal of beancount, hledger or ledger."""

    sentence = N_(
        "This file is an accounting journal in plain text, not a sheet. "
        "Save its register as .csv and choose that."
    )


@dataclass(eq=False)
class MultiCommodity(Refused):
    """The file is such a journal, and counts in more than one thing."""

    sentence = N_(
        "This file is an accounting journal in plain text that counts in "
        "%(count)s commodities (%(named)s), but a book has one currency. Save the "
        "register of that one as .csv and choose it."
    )

    count: int
    named: str


def refuse_journal(text: str) -> None:
    """Refuse a text that is an accounting journal; let any other pass.

    Raises: ``AccountingJournal`` and ``MultiCommodity``.
    """
    lines = text.splitlines()
    if not is_journal(lines):
        return
    found = sorted(set(_commodities(lines)))
    if len(found) > 1:
        named = ", ".join(found[:5]) + (", …" if len(found) > 5 else "")
        raise MultiCommodity(len(found), named)
    raise AccountingJournal()


def is_journal(lines: list[str]) -> bool:
    """Say whether an entry stands in the text: a dated line, an account under it."""
    directives = sum(bool(_DIRECTIVE.match(line)) for line in lines[:1_000])
    said = (line for line in lines if line.strip() and line.lstrip()[0] not in ";#|")
    dated = False
    for line in said:
        if not line[0].isspace():
            dated = bool(_DATED.match(line))
        elif dated and _POSTING.match(line):
            return True
    return directives > 2


def _commodities(lines: list[str]) -> Iterator[str]:
    """Return what the amounts of postings are counted in, prices and costs too."""
    entry = False
    for line in lines:
        if line and not line[0].isspace():
            entry = bool(_DATED.match(line))
        elif entry and _POSTING.match(line):
            _, _, amount = _parted(line.partition(";")[0].strip())
            if any(c.isdigit() for c in amount):
                dates = re.sub(r"\[[^\]]*\]|\d{4}[-/]\d\d?[-/]\d\d?", "", amount)
                yield from (found.strip('"') for found in _COMMODITY.findall(dates))


def _parted(posting: str) -> tuple[str, str, str]:
    """Part an account from its amount: by two spaces or a tab, else by one space."""
    if found := re.search(r" {2,}|\t", posting):
        return posting[: found.start()], found[0], posting[found.end() :]
    return posting.partition(" ")
