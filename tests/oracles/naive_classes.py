"""Loan classes again, the slow way: walk the calendar one day at a time.

Written from the domain guide (4.1) alone.  Nothing here imports coopbook, and
nothing subtracts one date from another: "exceeds n months" is settled by
starting on the due day and turning one calendar leaf after the other until
the limit day, looking whether the judged day was among the leaves.
"""

from calendar import monthrange
from datetime import date
from fractions import Fraction

# (part, rhythm): may be late up to / substandard up to, in months.
KUKM_ROWS = {
    ("principal", "short"): (1, 2),
    ("principal", "months"): (3, 6),
    ("principal", "half_years"): (6, 12),
    ("interest", "short"): (1, 3),
    ("interest", "months"): (3, 6),
    ("interest", "half_years"): (3, 6),
}
# "No installments" rows: interest before maturity, and the matured loan.
BULLET_INTEREST = (3, 6)
BULLET_MATURED = (0, 3)

BADNESS = ["current", "substandard", "doubtful", "loss"]


def next_leaf(day):
    """The day after, by turning the leaf and, at a month's end, the sheet."""
    year, month, number = day.year, day.month, day.day + 1
    if number > monthrange(year, month)[1]:
        number, month = 1, month + 1
    if month == 13:
        month, year = 1, year + 1
    return date(year, month, number)


def months_later(day, months):
    """The same day number `months` sheets on, or the last day of that sheet.

    The day number is kept aside during the walk, so 31 January + 3 months is
    30 April although February lies between.
    """
    year, month = day.year, day.month
    for _ in range(months):
        month += 1
        if month == 13:
            month, year = 1, year + 1
    number = day.day
    while number > monthrange(year, month)[1]:
        number -= 1
    return date(year, month, number)


def exceeds(due, months, on):
    """Is `on` later than `due` + `months` calendar months?"""
    if due is None or on <= due:
        return False
    last_good_day = months_later(due, months)
    leaf = due
    while leaf != last_good_day:
        leaf = next_leaf(leaf)
        if leaf == on:
            return False
    return True


def days_late(due, on):
    """Leaves turned between the due day and `on` (0 when not late)."""
    count = 0
    leaf = due
    while leaf is not None and leaf < on:
        leaf = next_leaf(leaf)
        count += 1
    return count


def oldest(principal_due, interest_due):
    """The earlier of the two unpaid due days, None when there is none."""
    found = None
    for due in (principal_due, interest_due):
        if due is None:
            continue
        if found is None or due < found:
            found = due
    return found


def beyond_class(due, upper, on, cover, salvageable, doubtful_months):
    """Doubtful or loss, for a loan that is past its substandard months."""
    secured = False
    if salvageable and cover >= Fraction(75, 100):
        secured = True
    if cover >= 1:
        secured = True
    if not secured:
        return "loss"
    if exceeds(due, upper + doubtful_months, on):
        return "loss"
    return "doubtful"


def row_class(due, row, on, cover, salvageable, doubtful_months):
    """One row of the kukm table for one unpaid due day."""
    lower, upper = row
    if not exceeds(due, lower, on):
        return "current"
    if not exceeds(due, upper, on):
        return "substandard"
    return beyond_class(due, upper, on, cover, salvageable, doubtful_months)


def kukm_class(
    on,
    rhythm,
    principal_due,
    interest_due,
    matures_on,
    bullet,
    cover,
    salvageable,
    handed_over,
    doubtful_months,
):
    """Permen KUKM 20/2008 and 14/2009: four classes, the worst finding counts."""
    if handed_over:
        return "loss"
    rest = (on, cover, salvageable, doubtful_months)
    findings = ["current"]
    if bullet:
        # The row says "matured, unpaid" of the loan, not of its principal:
        # unpaid interest alone makes a matured bullet loan unpaid too.
        findings.append(row_class(interest_due, BULLET_INTEREST, *rest))
        if on > matures_on and (principal_due is not None or interest_due is not None):
            findings.append(row_class(matures_on, BULLET_MATURED, *rest))
    else:
        findings.append(row_class(principal_due, KUKM_ROWS["principal", rhythm], *rest))
        findings.append(row_class(interest_due, KUKM_ROWS["interest", rhythm], *rest))
    for name in reversed(BADNESS):
        if name in findings:
            return name
    raise AssertionError("unreachable")


def bank5_class(days):
    """Five-class banking practice: 0 / 1-90 / 91-120 / 121-180 / over 180."""
    if days <= 0:
        return "current"
    if days in range(1, 91):
        return "special_mention"
    if days in range(91, 121):
        return "substandard"
    if days in range(121, 181):
        return "doubtful"
    return "loss"


def lkm3_class(on, due):
    """POJK 62/2015 (historic): up to 3, up to 9, over 9 months."""
    if exceeds(due, 9, on):
        return "loss"
    if exceeds(due, 3, on):
        return "doubtful"
    return "current"


def pearls_class(on, due, days):
    """Late by more than 30 days; apart from that, by more than 12 months.

    The days are counted from the oldest unpaid due day; `days` as given is
    believed only when no due day is known.
    """
    if exceeds(due, 12, on):
        return "delinquent_12"
    late = days if due is None else days_late(due, on)
    return "delinquent" if late > 30 else "current"


def naive_class(
    policy,
    on,
    *,
    rhythm,
    principal_due=None,
    interest_due=None,
    matures_on,
    bullet=False,
    days=0,
    cover=Fraction(0),
    salvageable=False,
    handed_over=False,
    doubtful_months=21,
):
    """The class of one loan on one day under one policy."""
    if rhythm not in ("short", "months", "half_years"):
        raise ValueError(rhythm)
    if policy == "kukm":
        return kukm_class(
            on,
            rhythm,
            principal_due,
            interest_due,
            matures_on,
            bullet,
            cover,
            salvageable,
            handed_over,
            doubtful_months,
        )
    if policy == "bank5":
        return bank5_class(days)
    if policy == "lkm3":
        return lkm3_class(on, oldest(principal_due, interest_due))
    if policy == "pearls":
        return pearls_class(on, oldest(principal_due, interest_due), days)
    raise ValueError(policy)
