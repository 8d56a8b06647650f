"""Tell by its first bytes what a bank's file is, and read it as that."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from coopbook.bankstatements.rules import BankFile
from coopbook.importing.bankfiles import ofx, sheet
from coopbook.importing.files import read
from coopbook.importing.files.bounds import check_size
from coopbook.importing.files.reading import content
from coopbook.importing.sheets.layout import Layout

_OFX = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*(?:OFXHEADER|<\?OFX|<OFX>)", re.IGNORECASE)
_DECLARED = re.compile(rb"\s*<\?xml[^>]{0,200}\?>\s*<\?OFX", re.IGNORECASE)


def read_bank_file(
    source: Path | str | bytes, *, name: str = "", layout: Layout | None = None
) -> BankFile:
    """Read a bank's statement: xlsx, xls, ods, csv, a page of tables, or OFX.

    ``layout`` is how a person says that a sheet is to be read; OFX needs none.  Units:
    exact decimals, what comes into the account positive.

    Raises: ``EmptyFile``, ``NotASpreadsheet``, ``Locked``, ``TooLarge``; for a sheet
    that is no statement ``NoHeadings``, ``ColumnMissing`` and ``NoRows`` with the
    headings that are wanted, ``LinesUnread``; ``OfxUnread``, ``NotInRupiah`` and
    ``SeveralAccounts``; ``OSError`` when a path cannot be read.
    """
    if isinstance(source, bytes):
        data = source
    else:
        data = content(Path(source))
        name = name or Path(source).name
    check_size(data)
    digest = hashlib.sha256(data).hexdigest()
    head = data[:1_000]
    if _OFX.match(head) or _DECLARED.match(head):
        return ofx.bank_file(data, name=name, digest=digest)
    return sheet.bank_file(read(data), name=name, digest=digest, layout=layout)
