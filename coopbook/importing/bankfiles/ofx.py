"""A bank's statement as OFX: lines with the bank's own numbers, one balance."""

from __future__ import annotations

import marshal
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from coopbook.bankstatements.rules import BankFile, Told
from coopbook.errors import Refused
from coopbook.i18n import N_
from coopbook.importing.bankfiles import ofx_apart
from coopbook.importing.files.bounds import TooLarge
from coopbook.importing.files.spreadsheets import KEPT

SECONDS = 20
"""No honest statement takes longer; five thousand lines take two."""

NEEDED = ("ofxparse", "bs4", "soupsieve", "typing_extensions", "six", "lxml")
"""What the reader is made of; each may lie in a folder of its own."""


@dataclass(eq=False)
class OfxUnread(Refused):
    """The bytes begin like OFX and are none."""

    sentence = N_(
        "This OFX file cannot be read. Download it again from the bank, or take the"
        " statement as CSV or XLSX."
    )


@dataclass(eq=False)
class SeveralAccounts(Refused):
    """A statement is of one account."""

    sentence = N_(
        "This file holds the statements of %(count)s accounts: %(numbers)s. Download"
        " one account at a time."
    )

    count: int
    numbers: str


@dataclass(eq=False)
class NotInRupiah(Refused):
    """This book counts rupiah."""

    sentence = N_(
        "This statement is in %(currency)s. The book counts rupiah; bring in the"
        " statement of a rupiah account."
    )

    currency: str


def bank_file(data: bytes, *, name: str, digest: str) -> BankFile:
    """Read OFX as a statement; see ``read_bank_file`` for what it raises."""
    found = _read(data)
    if not found:
        raise OfxUnread
    if len(found) > 1:
        raise SeveralAccounts(len(found), ", ".join(one["number"] for one in found))
    (said,) = found
    if said["currency"] != "IDR":
        raise NotInRupiah(said["currency"] or "?")
    try:
        lines = [_told(place, *line) for place, line in enumerate(said["lines"], 1)]
        first, last = (_day(said[key]) for key in ("first", "last"))
        closing = _finite(said["balance"]) if said["balance"] else None
        as_of = _day(said["as_of"])
    except (ValueError, ArithmeticError) as broken:
        raise OfxUnread from broken
    lines.sort(key=lambda one: one.day)
    latest = max((one.day for one in lines), default=None)
    if closing is not None and as_of is not None and latest and as_of < latest:
        closing = None  # a balance of a day between the lines closes nothing
    return BankFile(
        name=name,
        digest=digest,
        form="ofx",
        lines=tuple(lines),
        closing=closing,
        first=first,
        last=last,
        of=said["number"],
        ids=True,
    )


def _told(
    place: int, bank_id: str, written: str, amount: str, payee: str, memo: str
) -> Told:
    words = payee if memo in payee else f"{payee} {memo}"
    day = date.fromisoformat(written)
    return Told(f"STMTTRN {place}", day, words.strip(), _finite(amount), bank_id)


def _finite(written: str) -> Decimal:
    number = Decimal(written)
    if not number.is_finite():
        raise ValueError(written)
    return number


def _day(written: str) -> date | None:
    return date.fromisoformat(written) if written else None


def _read(data: bytes) -> list[dict[str, Any]]:
    """Read OFX apart; however that ends, this process goes on."""
    program = [sys.executable, "-I", "-S", str(Path(ofx_apart.__file__))]
    try:
        done = subprocess.run(  # noqa: S603 - our own program, the file only as input
            [*program, *_folders()],
            input=data,
            capture_output=True,
            env={key: os.environ[key] for key in KEPT if key in os.environ},
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise TooLarge() from late
    if done.returncode:
        raise OfxUnread
    read: list[dict[str, Any]] = marshal.loads(done.stdout)  # noqa: S302 - our own
    return read


def _folders() -> list[str]:
    """Return the folders that hold the reader's packages and modules."""
    found = set()
    for spec in filter(None, map(find_spec, NEEDED)):
        if spec.submodule_search_locations:
            found.add(str(Path(spec.submodule_search_locations[0]).parent))
        elif spec.origin:
            found.add(str(Path(spec.origin).parent))
    return sorted(found)
