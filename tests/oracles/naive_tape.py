"""A lender reads the loan tape: classes and what is at risk, from the file alone.

Nothing here imports coopbook; the csv module is all that opens the file.
"""

import csv
from collections import Counter
from datetime import date
from fractions import Fraction

from tests.oracles.naive_classes import bank5_class, exceeds, lkm3_class, pearls_class

NOT_BY_ITS_OWN_DAYS = ("carried", "worst")


def read_tape(path):
    """Return the rows of a tape, each a dict of texts."""
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def day(text):
    """Return a day, or None where the cell is empty."""
    return date.fromisoformat(text) if text else None


def units(rows, column):
    """Add a column of whole rupiah up."""
    return sum(int(row[column] or 0) for row in rows)


def running(rows):
    """Return the loans that ran on the day."""
    return [row for row in rows if row["state"] == "disbursed"]


def days_late(row):
    """Return the days that count for what is at risk."""
    return max(int(row["days_past_due"]), int(row["days_carried"] or 0))


def at_risk(rows, days):
    """Return how many loans are at risk, their principal, and its share of all."""
    ran = running(rows)
    late = [row for row in ran if days_late(row) > days]
    whole, part = (units(some, "principal_outstanding") for some in (ran, late))
    return len(late), part, Fraction(part, whole) if whole else Fraction(0)


def class_counts(rows, column="class"):
    """Return how many running loans are in each class, and their principal."""
    counts, sums = Counter(), Counter()
    for row in running(rows):
        counts[row[column]] += 1
        sums[row[column]] += int(row["principal_outstanding"])
    return {name: (counts[name], sums[name]) for name in counts}


def reckoned(row, policy):
    """Return the class of a loan from its days alone; None where others decide it.

    By the ministry's rules only what is still current or substandard is told: beyond
    that it is a matter of cover.
    """
    on = day(row["as_of"])
    principal, interest = (
        day(row[f"oldest_{part}_due_on"]) for part in ("principal", "interest")
    )
    oldest = min((one for one in (principal, interest) if one), default=None)
    days = int(row["days_past_due"])
    if policy == "kukm" and row["handed_over"] == "1":
        return "loss"
    if policy == "bank5":
        return bank5_class(days)
    if policy == "lkm3":
        return lkm3_class(on, oldest)
    if policy == "pearls":
        return pearls_class(on, oldest, days)
    if row["method"].startswith("bullet"):
        return None
    current = {"short": (1, 1), "months": (3, 3), "half_years": (6, 3)}
    substandard = {"short": (2, 3), "months": (6, 6), "half_years": (12, 6)}
    dues = (principal, interest)
    for name, limits in (("current", current), ("substandard", substandard)):
        months = limits[row["rhythm"]]
        if not any(
            exceeds(due, count, on) for due, count in zip(dues, months, strict=True)
        ):
            return name
    return None


def own_days(row):
    """Say whether a loan is classed by its own days, not by another loan's."""
    return row["reason"] not in NOT_BY_ITS_OWN_DAYS and not int(
        row["days_carried"] or 0
    )
