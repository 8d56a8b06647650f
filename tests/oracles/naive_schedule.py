"""A loan schedule worked out row by row, as on paper."""

import calendar
import datetime
from decimal import ROUND_CEILING, ROUND_HALF_EVEN, Decimal, localcontext


def naive_schedule(method, principal, share, months, start, step):
    """Return ``(due_on, principal, interest)`` rows in whole units."""
    with localcontext() as context:
        context.prec = 60
        rate = Decimal(share.numerator) / Decimal(share.denominator)
        left, rows = principal, []
        for month in range(1, months + 1):
            base = left if method == "declining" else principal
            interest = int((base * rate).quantize(Decimal(1), ROUND_HALF_EVEN))
            if month == months:
                part = left
            elif step == 1:
                part = principal // months + (1 if month <= principal % months else 0)
            else:
                share_up = (Decimal(principal) / months).quantize(
                    Decimal(1), ROUND_CEILING
                )
                whole = int(share_up) + interest
                part = ((whole + step - 1) // step) * step - interest
            rows.append((_month_later(start, month), part, interest))
            left -= part
    return rows


def _month_later(start, months):
    year, month = start.year, start.month
    for _ in range(months):
        month += 1
        if month == 13:
            year, month = year + 1, 1
    return datetime.date(
        year, month, min(start.day, calendar.monthrange(year, month)[1])
    )
