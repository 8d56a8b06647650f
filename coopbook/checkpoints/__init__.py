"""Checkpoints: how far the book had come, in a line that others keep."""

from coopbook.checkpoints.model import Checkpoint
from coopbook.checkpoints.rules import (
    NotACheckpoint,
    Reason,
    Statement,
    is_signed_by,
    read,
    read_all,
    words,
)
from coopbook.checkpoints.service import checkpoints, latest, make

__all__ = [
    "Checkpoint",
    "NotACheckpoint",
    "Reason",
    "Statement",
    "checkpoints",
    "is_signed_by",
    "latest",
    "make",
    "read",
    "read_all",
    "words",
]
