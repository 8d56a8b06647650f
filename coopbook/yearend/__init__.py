"""The end of a year: its check list, its closing, its approval, opening it again."""

from coopbook.statements import CLOSING
from coopbook.yearend.adjusting import (
    ADJUSTED,
    CORRECTED,
    adjusting_entry,
    book_adjustment,
)
from coopbook.yearend.benefit import member_benefit
from coopbook.yearend.benefit_rules import Compared, InShop, MemberBenefit
from coopbook.yearend.model import TEXT_NAMES, TextSubject, YearClosing, YearText
from coopbook.yearend.reopening import ask_reopen_year, check_reopen
from coopbook.yearend.rules import (
    ChainBroken,
    DecidedBeforeYearEnd,
    DecisionOfMembers,
    EarlierYearOpen,
    LaterYearClosed,
    NotInOrder,
    PartOfClosing,
    SuspenseLeft,
    YearAlreadyClosed,
    YearApproved,
    YearBeforeBook,
    YearNotClosed,
    YearNotOver,
)
from coopbook.yearend.service import (
    Closing,
    approve_year,
    close_year,
    closing_of,
    closings,
    entries_of,
    label_of,
    next_year,
    propose_close,
    year_checklist,
)
from coopbook.yearend.telling import TextEmpty, TextTooLong, texts_of, write_text

__all__ = [
    "ADJUSTED",
    "CLOSING",
    "CORRECTED",
    "TEXT_NAMES",
    "ChainBroken",
    "Closing",
    "Compared",
    "DecidedBeforeYearEnd",
    "DecisionOfMembers",
    "EarlierYearOpen",
    "InShop",
    "LaterYearClosed",
    "MemberBenefit",
    "NotInOrder",
    "PartOfClosing",
    "SuspenseLeft",
    "TextEmpty",
    "TextSubject",
    "TextTooLong",
    "YearAlreadyClosed",
    "YearApproved",
    "YearBeforeBook",
    "YearClosing",
    "YearNotClosed",
    "YearNotOver",
    "YearText",
    "adjusting_entry",
    "approve_year",
    "ask_reopen_year",
    "book_adjustment",
    "check_reopen",
    "close_year",
    "closing_of",
    "closings",
    "entries_of",
    "label_of",
    "member_benefit",
    "next_year",
    "propose_close",
    "texts_of",
    "write_text",
    "year_checklist",
]
