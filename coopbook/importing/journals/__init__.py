"""A whole journal that was written down by a program: ours, or another's."""

from coopbook.importing.journals.folders import packed
from coopbook.importing.journals.lines import (
    JournalEntry,
    SourceAccount,
    SourceJournal,
    SourceLine,
)
from coopbook.importing.journals.recognizing import recognized

__all__ = [
    "JournalEntry",
    "SourceAccount",
    "SourceJournal",
    "SourceLine",
    "packed",
    "recognized",
]
