"""Close the old books and begin these: what ties, what is missing, who signed."""

from coopbook.cutover.queries import CutOverView, Difference, cut_over_day, view
from coopbook.cutover.service import ask_sign_off

__all__ = [
    "CutOverView",
    "Difference",
    "ask_sign_off",
    "cut_over_day",
    "view",
]
