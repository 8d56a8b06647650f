"""Archive: photos, specimens and papers, sealed where they lie."""

from coopbook.archive.model import Scan
from coopbook.archive.rules import SCAN_NAMES, NoSuchScan, NotAScan, ScanKind
from coopbook.archive.service import keep, latest, opened, scan, scans

__all__ = [
    "SCAN_NAMES",
    "NoSuchScan",
    "NotAScan",
    "Scan",
    "ScanKind",
    "keep",
    "latest",
    "opened",
    "scan",
    "scans",
]
