"""The digests of many entries of one act: those of ``posting.entry_hash``, faster."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from json.encoder import encode_basestring_ascii as quoted

from coopbook.book.canon import canonical
from coopbook.ledger.posting import VERSION

PLAIN = (None, None, None, None, None)
"""What a line that names no loan, unit, fund, pillar or term of office ends with."""
Column = tuple[int, int, int, int]
"""A line that names none of them: account, card, debit and credit in units."""


class Writing:
    """The digest of ``posting.entry_hash`` for many entries of one act.

    What they share is written down once; the digest is the same.
    """

    def __init__(
        self, cooperative: int, at: str, actor: str, source: str, once: str | None
    ) -> None:
        self._begins = f'[{VERSION},"entry",{cooperative},'
        self._by = f",{quoted(at)},{quoted(actor)},"
        self._from = f",{quoted(source)},"
        self._once = "null" if once is None else quoted(once)
        self._rest: dict[tuple[object, ...], str] = {}

    def hash(self, entry: Sequence[object], lines: Sequence[tuple[object, ...]]) -> str:
        """Return the digest of an entry whose shared columns are these."""
        day, parts = entry[2], []
        for n, _, account, card, debit, credit, *more in lines:
            rest = tuple(more)
            said = self._rest.get(rest) or self._rest.setdefault(rest, _written(rest))
            parts.append(f'[{n},"{day}",{account},{card},{debit},{credit},{said}]')
        return self._seal(entry, parts)

    def hash_plain(self, entry: Sequence[object], columns: Iterable[Column]) -> str:
        """Return the same digest for plain lines, numbered in their order."""
        between, end = f',"{entry[2]}",', f",{_written(PLAIN)}]"
        parts = [
            f"[{n}{between}{account},{card},{debit},{credit}{end}"
            for n, (account, card, debit, credit) in enumerate(columns, start=1)
        ]
        return self._seal(entry, parts)

    def _seal(self, entry: Sequence[object], parts: Sequence[str]) -> str:
        _, number, day, _, _, memo, voucher, kind, _, reverses, _, _, before = entry
        text = (
            f'{self._begins}{number},"{day}"{self._by}{quoted(str(memo))},"{voucher}",'
            f'"{kind}"{self._from}{"null" if reverses is None else reverses},null,'
            f'{self._once},[{",".join(parts)}],"{before}"]'
        )
        return hashlib.sha256(text.encode()).hexdigest()


def _written(values: Sequence[object]) -> str:
    """Write a line's dimensions as JSON does."""
    return canonical(list(values))[1:-1]
