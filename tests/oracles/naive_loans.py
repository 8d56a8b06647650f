"""A loan schedule in fractions, row by row, from docs/rules/loan-schedules.md alone."""

import calendar
import datetime
from decimal import Decimal, localcontext
from fractions import Fraction

DAY = datetime.timedelta(days=1)
IN_A_YEAR = {"day": 365, "week": 52, "month": 12, "year": 1}


# Days


def on_day(year, month, day):
    """Return the day of that month, or the month's last where it is short."""
    while month > 12:
        year, month = year + 1, month - 12
    while month < 1:
        year, month = year - 1, month + 12
    return datetime.date(year, month, min(day, calendar.monthrange(year, month)[1]))


def move(day, count, unit, kept):
    """Return the day so many units later; by months on the kept day of the month."""
    if unit == "day":
        return day + count * DAY
    if unit == "week":
        return day + 7 * count * DAY
    return on_day(day.year, day.month + count, kept)


def kept_day(terms):
    """Return the day of the month the due days keep; nothing for chosen days."""
    if terms.get("dates"):
        return None
    if terms.get("due_day"):
        return terms["due_day"]
    return (terms.get("first_due") or terms["start"]).day


def due_days(terms):
    """Return the due days before closed days move them."""
    start, first = terms["start"], terms.get("first_due")
    every, unit = terms.get("every", 1), terms.get("unit", "month")
    days = []
    if terms.get("dates"):
        days = list(terms["dates"])
    else:
        for row in range(1, terms["periods"] + 1):
            if first and row == 1:
                days.append(first)
            elif first:
                days.append(move(first, (row - 1) * every, unit, kept_day(terms)))
            else:
                days.append(move(start, row * every, unit, kept_day(terms)))
    before = start
    for day in days:
        if day <= before:
            raise ValueError("due days must rise")
        before = day
    return days


def open_days(terms, days):
    """Return the due days after closed days moved them."""
    closed, weekend = terms.get("closed", set()), terms.get("weekend", set())
    shift = terms.get("shift", "none")
    if shift == "none":
        return list(days)
    by_month = terms.get("dates") or terms.get("unit", "month") == "month"
    if shift == "extend" and by_month:
        raise ValueError("only a loan by days or weeks extends")
    moved, later = [], 0
    for due in days:
        day = due + later * DAY
        while day in closed or day.weekday() in weekend:
            day += -DAY if shift == "previous" else DAY
        if day <= terms["start"]:
            day = due
            while day in closed or day.weekday() in weekend:
                day += DAY
        if shift == "extend":
            later = (day - due).days
        moved.append(day)
    return moved


# How long a period is


def naive_years(a, b, day_count, unit="month", due_day=None):
    """Return the length from day a to day b in years."""
    days = (b - a).days
    if day_count == "actual_365":
        return Fraction(days, 365)
    if day_count == "actual_360":
        return Fraction(days, 360)
    if day_count == "thirty_360_dates":
        whole = 360 * (b.year - a.year) + 30 * (b.month - a.month)
        return Fraction(whole + min(b.day, 30) - min(a.day, 30), 360)
    if day_count == "actual_actual":
        counted = [a + step * DAY for step in range(1, days + 1)]
        return sum((Fraction(1, year_days(day)) for day in counted), Fraction(0))
    if day_count == "actual_actual_first":
        counted = [a + step * DAY for step in range(days)]
        return sum((Fraction(1, year_days(day)) for day in counted), Fraction(0))
    if day_count == "actual_february":
        counted = [a + step * DAY for step in range(1, days + 1)]
        leap = any(day.month == 2 and day.day == 29 for day in counted)
        return Fraction(days, 366 if leap else 365)
    if day_count == "thirty_360" and unit != "month":
        return Fraction(days, 360)
    if day_count not in ("even", "thirty_360"):
        raise ValueError("unknown day count")
    kept = b.day
    if due_day and b == on_day(b.year, b.month, due_day):
        kept = due_day
    units = 0
    while move(b, -(units + 1), unit, kept) >= a:
        units += 1
    end = b if units == 0 else move(b, -units, unit, kept)
    begin = move(b, -(units + 1), unit, kept)
    rest = Fraction((end - a).days, (end - begin).days)
    return (units + rest) / IN_A_YEAR[unit]


def year_days(day):
    """Return the days of the year a day lies in."""
    return 366 if calendar.isleap(day.year) else 365


def factors(terms, days):
    """Return the factors the loan is planned with, and the real first one."""
    chosen, waived = terms.get("dates"), terms.get("interest_waived", 0)
    unit = "month" if chosen else terms.get("unit", "month")
    count, kept = terms.get("day_count", "even"), kept_day(terms)
    yearly = Fraction(terms.get("rate", 0)) * IN_A_YEAR[terms.get("per", "month")]
    planned, before = [], terms["start"]
    for row, day in enumerate(days, 1):
        length = naive_years(before, day, count, unit, kept)
        planned.append(yearly * length if row > waived else Fraction(0))
        before = day
    real = planned[0]
    if terms.get("broken", "days") != "days" and not chosen and waived == 0:
        first = days[0]
        if unit == "month" and first != on_day(first.year, first.month, kept):
            kept = first.day
        begin = move(first, -terms.get("every", 1), unit, kept)
        planned[0] = yearly * naive_years(begin, first, count, unit, kept)
    if terms.get("broken", "days") != "added":
        real = planned[0]
    return planned, real


# Rounding


def rounded(amount, how):
    """Return the amount in whole units."""
    amount = Fraction(amount)
    down = amount.numerator // amount.denominator
    over = amount - down
    if over == 0 or how == "down":
        return down
    if how == "up":
        return down + 1
    if over == Fraction(1, 2):
        return down + (1 if how == "half_up" else down % 2)
    return down + (1 if over > Fraction(1, 2) else 0)


def to_step(amount, step, how):
    """Return the amount as a multiple of the step, up or the nearest (halves up)."""
    return step * rounded(Fraction(amount) / step, "up" if how == "up" else "half_up")


def by_remainders(parts):
    """Return whole parts; the largest remainders get a unit each, first rows first."""
    whole = [rounded(part, "down") for part in parts]
    order = sorted(range(len(parts)), key=lambda row: (whole[row] - parts[row], row))
    for row in order[: int(sum(parts)) - sum(whole)]:
        whole[row] += 1
    return whole


def with_rest(parts, how):
    """Return whole parts, each rounded, and the rest in the last one."""
    whole = [rounded(part, how) for part in parts[:-1]]
    return [*whole, int(sum(parts)) - sum(whole)]


# What falls due


def naive_loan(terms, exact=False):
    """Return ``(due_on, principal, interest)`` rows."""
    method, lent = terms["method"], Fraction(terms["principal"])
    days = due_days(terms)
    due_on, n = open_days(terms, days), len(days)
    grace, deferred = terms.get("principal_grace", 0), terms.get("interest_deferred", 0)
    if grace >= n or (deferred >= n and method != "bullet_end"):
        raise ValueError("no row is left after the grace")
    planned, real = factors(terms, days)

    def book(interest):
        how = terms.get("rounding", "half_even")
        return Fraction(interest) if exact else rounded(interest, how)

    if method == "bullet_end":
        interest = book(lent * (real + sum(planned[1:])))
        return [(due_on[-1], lent if exact else int(lent), interest)]
    if method == "annuity":
        rows = annuity_rows(terms, planned, book, exact)
    else:
        rows = other_rows(terms, planned, book, exact)
    left = lent
    for row, (principal, interest) in enumerate(rows, 1):
        if principal < 0 or interest < 0:
            raise ValueError("interest exceeds")
        if row < n and principal >= left:
            raise ValueError("too coarse")
        left -= principal
    principals = [principal for principal, _ in rows]
    interests = [interest for _, interest in rows]
    if terms.get("broken", "days") == "added" and method != "margin":
        interests[0] = book(lent * real)
    for row in range(deferred):
        interests[deferred] += interests[row]
        interests[row] -= interests[row]
    number = Fraction if exact else int
    principals = [number(amount) for amount in principals]
    interests = [number(amount) for amount in interests]
    return list(zip(due_on, principals, interests, strict=True))


def other_rows(terms, planned, book, exact):
    """Return the planned principal and interest of all but annuities."""
    method, lent = terms["method"], Fraction(terms["principal"])
    n, grace = len(planned), terms.get("principal_grace", 0)
    step, spread = terms.get("step", 1), terms.get("remainder", "last") == "spread"
    step_how = "nearest" if spread else terms.get("step_rounding", "up")
    parts = principal_parts(terms, n)
    whole_parts = None
    if not exact and step == 1:
        how = terms.get("part_rounding", "half_even")
        whole = by_remainders(parts) if spread else with_rest(parts, how)
        whole_parts = [0] * grace + whole
    parts = [Fraction(0)] * grace + parts
    charges = None
    if method == "margin":
        share = Fraction(terms.get("margin", 0)) / lent
        charges = [share * part for part in principal_parts(terms, n)]
        if not exact:
            how = "half_even"
            charges = by_remainders(charges) if spread else with_rest(charges, how)
        charges = [0] * grace + charges
    rows, left = [], lent
    for row in range(n):
        if method == "margin":
            interest = charges[row]
        elif method == "declining":
            interest = book(left * planned[row])
        else:
            interest = book(lent * planned[row])
        over_total = method == "flat" and terms.get("rounded_over", "each") == "total"
        if row == n - 1 and over_total and not exact:
            booked = sum(before for _, before in rows)
            interest = book(lent * sum(planned)) - booked
        if row < grace or (method == "bullet" and row < n - 1):
            principal = Fraction(0)
        elif row == n - 1:
            principal = left
        elif exact:
            principal = parts[row]
        elif step == 1:
            principal = whole_parts[row]
        else:
            principal = to_step(parts[row] + interest, step, step_how) - interest
        rows.append((principal, interest))
        left -= principal
    return rows


def principal_parts(terms, n):
    """Return the exact parts of the rows that carry principal."""
    lent, carry = Fraction(terms["principal"]), n - terms.get("principal_grace", 0)
    weights = [1] * carry
    if terms.get("weights") and terms["method"] in ("flat", "declining", "margin"):
        weights = terms["weights"]
    if len(weights) != carry or min(weights) <= 0:
        raise ValueError("a weight for each row that carries principal")
    return [lent * weight / sum(weights) for weight in weights]


def annuity_rows(terms, planned, book, exact):
    """Return the planned principal and interest of an annuity."""
    lent, grace = Fraction(terms["principal"]), terms.get("principal_grace", 0)
    step = terms.get("step", 1)
    worth, product = Fraction(0), Fraction(1)
    for factor in planned[grace:]:
        product /= 1 + factor
        worth += product
    installment = lent / worth
    if exact:
        return paid_off(lent, grace, planned, book, installment)
    if terms.get("remainder", "last") == "last":
        installment = to_step(installment, step, terms.get("step_rounding", "up"))
        return paid_off(lent, grace, planned, book, installment)
    best, least = None, None
    below = rounded(installment / step, "down")
    for multiple in range(max(below - 3, 0), below + 5):
        rows = paid_off(lent, grace, planned, book, multiple * step)
        differs = (not works(rows, lent), abs(sum(rows[-1]) - multiple * step))
        if least is None or differs < least:
            best, least = rows, differs
    return best


def works(rows, left):
    """Tell whether every row before the last pays something and leaves something."""
    for principal, _ in rows[:-1]:
        if principal < 0 or principal >= left:
            return False
        left -= principal
    return True


def paid_off(lent, grace, planned, book, installment):
    """Return the rows of one installment, whatever comes out of it."""
    rows, left = [], lent
    for row, factor in enumerate(planned):
        interest = book(left * factor)
        if row == len(planned) - 1:
            principal = left
        elif row < grace:
            principal = Fraction(0)
        else:
            principal = installment - interest
        rows.append((principal, interest))
        left -= principal
    return rows


# What a loan really costs


def naive_internal_rate(paid_out, rows, start):
    """Return the monthly rate at which what is received equals what is paid."""
    with localcontext() as context:
        context.prec = 40
        received = decimal_of(paid_out)
        payments = []
        for due_on, principal, interest in rows:
            months = decimal_of(12 * naive_years(start, due_on, "even"))
            payments.append((months, decimal_of(principal + interest)))

        def too_low(rate):
            return sum(paid / (1 + rate) ** when for when, paid in payments) > received

        low, high = Decimal("-0.9"), Decimal(1)
        while too_low(high):
            low, high = high, 2 * high
        for _ in range(100):
            middle = (low + high) / 2
            if too_low(middle):
                low = middle
            else:
                high = middle
        return (low + high) / 2


def decimal_of(number):
    """Return a fraction or whole number as a decimal."""
    number = Fraction(number)
    return Decimal(number.numerator) / Decimal(number.denominator)
