"""Bring spreadsheets in: read, understand, show, then post all or nothing."""

from coopbook.importing.answers import Answers, Question
from coopbook.importing.checking import altered_batches
from coopbook.importing.journals.folders import Altered
from coopbook.importing.kinds.registry import KIND_NAMES, Kind
from coopbook.importing.mappings import drop_mapping, keep_mapping, mapping
from coopbook.importing.model import ImportBatch, ImportRow
from coopbook.importing.previews import Preview
from coopbook.importing.queries import (
    batches,
    mappings,
    preview,
    taken_back,
)
from coopbook.importing.service import bring_in, post_import
from coopbook.importing.undoing import batch, take_back

__all__ = [
    "KIND_NAMES",
    "Altered",
    "Answers",
    "ImportBatch",
    "ImportRow",
    "Kind",
    "Preview",
    "Question",
    "altered_batches",
    "batch",
    "batches",
    "bring_in",
    "drop_mapping",
    "keep_mapping",
    "mapping",
    "mappings",
    "post_import",
    "preview",
    "take_back",
    "taken_back",
]
