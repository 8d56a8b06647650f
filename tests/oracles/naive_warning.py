"""Early warning again, the slow way: plain rows, one loan and one day at a time.

Nothing here imports coopbook.  Loans are dictionaries or tuples, amounts are whole
numbers, and every figure is counted by looking at every loan for it.
"""

from calendar import monthrange
from datetime import date, timedelta
from fractions import Fraction

NAMES = [
    "not late",
    "1 to 7 days late",
    "8 to 30 days late",
    "31 to 60 days late",
    "61 to 90 days late",
    "91 to 180 days late",
    "181 to 365 days late",
    "more than 365 days late",
]
LAST_DAYS = [0, 7, 30, 60, 90, 180, 365]


def bucket(days):
    """The first bucket whose last day has not passed."""
    for name, last in zip(NAMES, LAST_DAYS, strict=False):
        if days <= last:
            return name
    return NAMES[-1]


def ageing(rows):
    """Of (loan, outstanding, days): every bucket with loans, sum and share."""
    whole = sum(outstanding for _, outstanding, _ in rows)
    found = {}
    for name in NAMES:
        some = [row for row in rows if bucket(row[2]) == name]
        left = sum(row[1] for row in some)
        share = Fraction(left, whole) if whole else Fraction(0)
        found[name] = (sorted(row[0] for row in some), left, share)
    return found


def rolls(courses, month):
    """Of (loan, lent, places): who went where between month and the next.

    A place is (outstanding, days), a word for how the loan ended, or None.
    """
    found = {}
    for loan, lent, places in courses:
        before, after = places[month], places[month + 1]
        if isinstance(before, str) or after is None:
            continue
        origin = "new" if before is None else bucket(before[1])
        held = lent if before is None else before[0]
        place = after if isinstance(after, str) else bucket(after[1])
        loans, principal = found.get((origin, place), ([], 0))
        found[origin, place] = (sorted([*loans, loan]), principal + held)
    return found


def months_later(day, months):
    """The same day of the month so many sheets on, or the last of that sheet."""
    year, month = day.year, day.month
    for _ in range(months):
        month += 1
        if month > 12:
            year, month = year + 1, 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def vintages(rows, on, length, ages):
    """Of (loan, principal, began, late or None): by first month of the vintage."""
    found = {}
    for loan, principal, began, late in rows:
        if began > on:
            continue
        month = began.month
        while (month - 1) % length:
            month -= 1
        found.setdefault(date(began.year, month, 1), []).append(
            (loan, principal, began, late)
        )
    return {
        first: (
            sorted(row[0] for row in some),
            [_ever_late(some, first, length, age, on) for age in ages],
        )
        for first, some in found.items()
    }


def _ever_late(some, first, length, age, on):
    """Which loans were late on any day up to the age; None where it is too soon."""
    day = first
    while months_later(first, length) > day + timedelta(days=1):
        day += timedelta(days=1)  # to the last day of the vintage
    if months_later(day, age) > on:
        return None
    late = []
    for loan, principal, began, fell in some:
        day, last = began, months_later(began, age)
        while day <= last:
            if day == fell:
                late.append((loan, principal))
                break
            day += timedelta(days=1)
    held, whole = sum(row[1] for row in late), sum(row[1] for row in some)
    share = Fraction(held, whole) if whole else Fraction(0)
    return sorted(row[0] for row in late), held, share, Fraction(len(late), len(some))


def concentration(rows, key):
    """Of rows and a way to tell what belongs together: (loans, sum), largest first."""
    keys = []
    for row in rows:
        if key(row) not in keys:
            keys.append(key(row))
    parts = []
    for one in keys:
        some = [row for row in rows if key(row) == one]
        parts.append((sorted(row[0] for row in some), sum(row[-1] for row in some)))
    return sorted(parts, key=lambda part: -part[1])


def herfindahl(amounts):
    """Every share squared and added."""
    whole = sum(amounts)
    if not whole:
        return Fraction(0)
    return sum((Fraction(each, whole) ** 2 for each in amounts), Fraction(0))


def chains(replaced):
    """Of {new: old}: from every loan that replaced none, forward to the end."""
    found = []
    for first in set(replaced.values()) - set(replaced):
        chain = [first]
        while True:
            after = [new for new, old in replaced.items() if old == chain[-1]]
            if not after:
                break
            chain.append(after[0])
        found.append(chain)
    return sorted(found, key=lambda chain: chain[-1])


def pace(days_lent, began, ended, last):
    """How many loans a day in the last days, and in all the days of a term."""
    term, day = [], began
    while day <= ended:
        term.append(day)
        day += timedelta(days=1)
    end = term[-last:]
    in_term = sum(days_lent.count(day) for day in term)
    in_end = sum(days_lent.count(day) for day in end)
    if not in_term:
        return in_end, in_term, Fraction(0)
    times = Fraction(in_end, len(end)) / Fraction(in_term, len(term))
    return in_end, in_term, times
