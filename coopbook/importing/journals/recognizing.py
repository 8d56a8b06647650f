"""What a file is that holds a whole journal, told by its bytes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from coopbook.errors import Refused
from coopbook.importing.files import NotASpreadsheet, read
from coopbook.importing.files.bounds import LARGEST_UNPACKED, TooLarge, check_size
from coopbook.importing.files.journals import is_journal
from coopbook.importing.files.text import decoded
from coopbook.importing.journals.beancount import from_beancount
from coopbook.importing.journals.folders import MANIFEST, is_folder, journal_inside
from coopbook.importing.journals.lines import SourceJournal
from coopbook.importing.journals.plain_text import from_plain_text
from coopbook.importing.journals.saft import from_saft
from coopbook.importing.journals.tables import (
    ADS,
    OURS,
    from_ads,
    from_csv,
    from_workbook,
    rows_of,
    said,
)

_BEANCOUNT = re.compile(
    r'^(?:option\s+"|\d{4}-\d\d-\d\d\s+(?:(?:open|txn|balance|pad)\s|[*!]\s+"))',
    re.MULTILINE,
)
_HEAD = 4_000
XLSX = b"PK\x03\x04"


def recognized(data: bytes) -> SourceJournal | None:
    """Return the journal of a file, or nothing if it is a sheet like any other.

    A packed export folder, our tables and workbook, the detail of the ADS form, an
    audit file (SAF-T), and journals of beancount, hledger and ledger are known.

    Raises: ``Altered``, ``NoJournalInside``, ``NotWhole``; ``TooLarge``.
    """
    check_size(data)
    files: Mapping[str, bytes] = {}
    if is_folder(data):
        data, files = journal_inside(data)
        if len(data) > LARGEST_UNPACKED:
            raise TooLarge()
    if data.startswith(XLSX):
        return from_workbook(read(data))
    if b"AuditFile" in data[:_HEAD]:
        return from_saft(data)
    try:
        text = decoded(data)
    except NotASpreadsheet:
        return None
    if is_journal(text.splitlines()):
        form = from_beancount if _BEANCOUNT.search(text) else from_plain_text
        return form(text)
    return _table(data, files)


def _table(data: bytes, files: Mapping[str, bytes]) -> SourceJournal | None:
    try:
        headings, rows = rows_of(data)
    except Refused:
        return None
    if headings >= OURS:
        _, balances = rows_of(files.get("trial-balance.csv", b"code,type\r\n"))
        types = {said(row["code"]): row.get("type", "") for _, row in balances}
        return from_csv(rows, types)
    if headings >= ADS:
        chart = [name for name in files if Path(name).match("Chart_Of_Accounts_*.csv")]
        _, named = rows_of(files[chart[0]] if chart else b"GL_Account_Number\r\n")
        return from_ads(rows, named, ours=MANIFEST in files)
    return None
