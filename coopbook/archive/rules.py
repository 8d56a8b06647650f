"""Which pictures and papers are kept, and how large they may be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from coopbook.errors import Missing, Refused
from coopbook.i18n import N_

LARGEST_SCAN = 2 * 1024 * 1024
BEGINS = {
    "application/pdf": b"%PDF-",
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/jpeg": b"\xff\xd8\xff",
}


class ScanKind(StrEnum):
    """What a picture or paper shows."""

    PHOTO = "photo"
    SPECIMEN = "specimen"
    IDENTITY = "identity"
    PROXY = "proxy"
    DEATH = "death"
    HEIRS = "heirs"
    MINUTES = "minutes"
    DECISION = "decision"
    DOCUMENT = "document"


SCAN_NAMES = {
    ScanKind.PHOTO: N_("Photo"),
    ScanKind.SPECIMEN: N_("Signature specimen"),
    ScanKind.IDENTITY: N_("Identity card"),
    ScanKind.PROXY: N_("Power of attorney"),
    ScanKind.DEATH: N_("Death certificate"),
    ScanKind.HEIRS: N_("Statement of heirs"),
    ScanKind.MINUTES: N_("Signed minutes"),
    ScanKind.DECISION: N_("Signed decision"),
    ScanKind.DOCUMENT: N_("Document"),
}


@dataclass(eq=False)
class NotAScan(Refused):
    """A scan is a PDF or a picture of a size that a laptop can keep."""

    sentence = N_("Choose a PDF, a PNG or a JPEG picture of at most 2 MB.")


@dataclass(eq=False)
class NoSuchScan(Missing):
    """There is no paper of that number."""

    sentence = N_("There is no paper %(number)s.")

    number: int


def check_scan(media_type: str, content: bytes) -> None:
    """Refuse what is no picture or PDF, what is empty, and what is too large.

    >>> check_scan("image/png", BEGINS["image/png"] + b"...")
    """
    begins = BEGINS.get(media_type)
    fits = 0 < len(content) <= LARGEST_SCAN
    if begins is None or not fits or not content.startswith(begins):
        raise NotAScan
