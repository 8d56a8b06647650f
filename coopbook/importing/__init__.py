"""Bring spreadsheets in: read, understand, show, then post all or nothing."""

from coopbook.importing.checking import altered_batches
from coopbook.importing.kinds.registry import Kind
from coopbook.importing.model import ImportBatch, ImportRow
from coopbook.importing.queries import Preview, batches, preview
from coopbook.importing.service import bring_in, post_import

__all__ = [
    "ImportBatch",
    "ImportRow",
    "Kind",
    "Preview",
    "altered_batches",
    "batches",
    "bring_in",
    "post_import",
    "preview",
]
