"""What every loan was on every day: the log of classes, and what is kept for it."""

from coopbook.baddebts.daily.glance import Glance, at_month_end, glance
from coopbook.baddebts.daily.model import ClassRun, LoanClassLog, LoanDaily
from coopbook.baddebts.daily.queries import Span, history_of, last_run, logged, rows_of
from coopbook.baddebts.daily.service import Classed, class_loans, current
from coopbook.baddebts.daily.setting_out import needed_by_kept
from coopbook.baddebts.daily.states import ENDED, State, kept, state_on

__all__ = [
    "ENDED",
    "ClassRun",
    "Classed",
    "Glance",
    "LoanClassLog",
    "LoanDaily",
    "Span",
    "State",
    "at_month_end",
    "class_loans",
    "current",
    "glance",
    "history_of",
    "kept",
    "last_run",
    "logged",
    "needed_by_kept",
    "rows_of",
    "state_on",
]
