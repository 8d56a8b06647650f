"""Verification: everything that can be checked about a book, one line a check."""

from coopbook.chain.findings import Check, Finding
from coopbook.verification.verify import verify

__all__ = ["Check", "Finding", "verify"]
