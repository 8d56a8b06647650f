"""The text of a checkpoint: written, read, signed and checked without a book."""

from __future__ import annotations

import hashlib
import re
from base64 import b32decode, b32encode
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from coopbook.errors import Refused
from coopbook.i18n import N_

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

FORM = "CB1"
UNSIGNED = "-"
SHAPE = re.compile(
    rf"{FORM}\|([1-9][0-9]{{0,15}})\|([1-9][0-9]{{0,15}})\|([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})"
    r"\|([A-Z2-7]{52})"
    r"\|([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z)"
    r"\|([A-Z2-7]{16}|-)\|([A-Z2-7]{103}|-)"
)
WORDS = 10
CONSONANTS, VOWELS = "bcdghjklmnprstwy", "aiuo"


class Reason(StrEnum):
    """Why a checkpoint was made."""

    DAY_CLOSED = "day_closed"
    MONTH_CLOSED = "month_closed"
    YEAR_CLOSED = "year_closed"
    ASKED = "asked"


@dataclass(eq=False)
class NotACheckpoint(Refused):
    """The text is not one of a checkpoint, or not all of it."""

    sentence = N_(
        "This is not the text of a checkpoint: %(asked)s. Copy the whole line,"
        " from CB1 to its last letter."
    )

    asked: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What the text of a checkpoint says.

    ``count`` is the number of the book's last record, ``head`` its digest in
    hexadecimal figures, ``made_at`` a moment in UTC as records have it.  ``key_id``
    and ``signature`` are empty where nobody signed.
    """

    cooperative: int
    count: int
    day: date
    head: str
    made_at: str
    key_id: str | None = None
    signature: str | None = None

    @property
    def text(self) -> str:
        """The line that people keep, in capital letters."""
        return f"{self.signed_part}|{self.signature or UNSIGNED}"

    @property
    def signed_part(self) -> str:
        """What is signed: the line without its last part."""
        parts = (
            *(FORM, self.cooperative, self.count, self.day.isoformat()),
            *(letters(bytes.fromhex(self.head)), self.made_at.replace("+00:00", "Z")),
            self.key_id or UNSIGNED,
        )
        return "|".join(map(str, parts))


def letters(raw: bytes) -> str:
    """Write bytes in base32, without the signs that fill it up.

    >>> letters(b"coop")
    'MNXW64A'
    """
    return b32encode(raw).decode().rstrip("=")


def _raw(text: str) -> bytes:
    return b32decode(text + "=" * (-len(text) % 8))


def key_id(public: bytes) -> str:
    """Return the sixteen letters by which a public key is called."""
    return letters(hashlib.sha256(public).digest()[:10])


def read(text: str) -> Statement:
    """Read the text of a checkpoint; raise ``NotACheckpoint`` for anything else.

    Only the one way of writing it is read, so two texts never say the same.
    """
    line = text.strip()
    found = SHAPE.fullmatch(line)
    if found is None:
        raise NotACheckpoint(line[:40])
    cooperative, count, day, head, made_at, key, signature = found.groups()
    try:
        statement = Statement(
            int(cooperative),
            int(count),
            date.fromisoformat(day),
            _raw(head).hex(),
            made_at.replace("Z", "+00:00"),
            None if key == UNSIGNED else key,
            None if signature == UNSIGNED else signature,
        )
    except ValueError as error:
        raise NotACheckpoint(line[:40]) from error
    spelled = signature == UNSIGNED or letters(_raw(signature)) == signature
    if statement.text != line or not spelled:
        raise NotACheckpoint(line[:40])
    return statement


def read_all(text: str) -> list[Statement]:
    """Read known checkpoints, one a line, and return them oldest first.

    Empty lines and lines that begin with ``#`` are passed over.
    """
    lines = (line.strip() for line in text.removeprefix("\ufeff").splitlines())
    known = [read(line) for line in lines if line and not line.startswith("#")]
    return sorted(known, key=lambda one: (one.cooperative, one.count, one.made_at))


def sign(statement: Statement, key: Ed25519PrivateKey) -> Statement:
    """Return the statement with the name of the key and its signature."""
    named = replace(statement, key_id=key_id(key.public_key().public_bytes_raw()))
    return replace(named, signature=letters(key.sign(named.signed_part.encode())))


def is_signed_by(statement: Statement, public: bytes) -> bool:
    """Say whether the signature was made with the key of this public half."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    if statement.signature is None or statement.key_id != key_id(public):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(
            _raw(statement.signature), statement.signed_part.encode()
        )
    except (InvalidSignature, ValueError):
        return False
    return True


def digest(text: str) -> str:
    """Return by what the next checkpoint names this one."""
    return hashlib.sha256(text.encode()).hexdigest()


def words(head: str) -> list[str]:
    """Return ten words to read aloud for a head: its first 120 bits, 12 a word.

    >>> words("00" * 32)[:2], words("ff" * 32)[0], words("0123456789abcdef" * 4)[:3]
    (['baba', 'baba'], 'yoyo', ['bahu', 'gici', 'kiwa'])
    """
    bits = int(head, 16) >> (256 - 12 * WORDS)
    found = []
    for place in reversed(range(WORDS)):
        twelve = bits >> (12 * place) & 0xFFF
        found.append(_syllable(twelve >> 6) + _syllable(twelve & 0x3F))
    return found


def _syllable(six: int) -> str:
    return CONSONANTS[six >> 2] + VOWELS[six & 3]
