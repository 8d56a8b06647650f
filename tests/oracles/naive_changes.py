"""A changed loan schedule in fractions, from docs/rules/loan-schedules.md alone."""

from fractions import Fraction

from tests.oracles.naive_loans import (
    IN_A_YEAR,
    by_remainders,
    due_days,
    factors,
    kept_day,
    move,
    naive_loan,
    naive_years,
    on_day,
    open_days,
    rounded,
    to_step,
    with_rest,
    works,
)

# Readings the page leaves open; see ``counts_as_whole`` and ``shorter_rows``.
WHOLE_ONLY_WHEN_BROKEN = True
PARTS_OF_THE_PLAN_IN_FORCE = True


def naive_changed(terms, changes):
    """Return ``(due_on, principal, interest)`` rows of a loan that was changed."""
    naive_loan(terms)
    loan = as_agreed(terms)
    for change in changes:
        apply(loan, *change)
    due_on, n = open_days(terms, due_days(terms)), loan["n"]
    if terms["method"] == "bullet_end":
        return [(due_on[-1], loan["owed"], book(loan, stretches(loan)))]
    interests = [interest for _, interest in loan["rows"]]
    asked = min(terms.get("interest_deferred", 0), n - 1)
    for row in range(asked):
        interests[asked] += interests[row]
        interests[row] = 0
    return [(due_on[k], int(loan["rows"][k][0]), int(interests[k])) for k in range(n)]


# The loan as agreed


def as_agreed(terms):
    """Return the loan on the day it is paid out."""
    days = due_days(terms)
    lengths, real = factors(dict(terms, rate=1, per="year", interest_waived=0), days)
    rate = Fraction(terms.get("rate", 0)) * IN_A_YEAR[terms.get("per", "month")]
    loan = {
        "terms": terms,
        "days": days,
        "n": len(days),
        "today": terms["start"],
        "done": 0,
        "owed": int(terms["principal"]),
        "base": Fraction(terms["principal"]),
        "charge": terms.get("margin", 0),
        "rate": Fraction(0) if terms["method"] == "margin" else rate,
        "carried": Fraction(0),
        "lengths": list(lengths),
        "full": list(lengths),
        "rows": [],
        "history": [],
    }
    if terms["method"] == "bullet_end":
        loan["lengths"][0] = loan["full"][0] = real
        loan["history"] = [(left_of_loan(loan, None), loan["owed"], loan["rate"])]
        return loan
    loan["rows"] = planned_rows(loan)
    loan["first_parts"] = list(loan.get("parts", []))
    if is_added(terms):
        if terms["method"] != "margin":
            factor = Fraction(0) if waived(loan, 0) else loan["rate"] * real
            loan["rows"][0] = (loan["rows"][0][0], book(loan, loan["owed"] * factor))
        loan["lengths"][0] = loan["full"][0] = real
    return loan


def is_added(terms):
    """Return whether the first period is added to a loan planned without it."""
    return terms.get("broken", "days") == "added" and not terms.get("dates")


def waived(loan, row):
    """Return whether a row (from 0) bears no interest."""
    return row < loan["terms"].get("interest_waived", 0)


def book(loan, interest):
    """Return interest as booked."""
    return rounded(interest, loan["terms"].get("rounding", "half_even"))


# A change


def apply(loan, day, kind, amount):
    """Take a change: the rows due by then stay, the others are planned again."""
    method = loan["terms"]["method"]
    if day < loan["today"] or day >= loan["days"][loan["n"] - 1]:
        raise ValueError("no change before the one before or after the last row")
    loan["today"] = day
    pass_rows(loan, day)
    if method != "bullet_end":
        carry(loan, day)
    change_what_is_owed(loan, kind, amount)
    if method == "bullet_end":
        loan["history"].append((left_of_loan(loan, day), loan["owed"], loan["rate"]))
    elif kind == "shorter" and method != "bullet":
        loan["rows"][loan["done"] :] = shorter_rows(loan)
        loan["n"] = len(loan["rows"])
    else:
        loan["rows"][loan["done"] :] = planned_rows(loan)


def pass_rows(loan, day):
    """Leave alone the rows due on the day or before."""
    while loan["days"][loan["done"]] <= day:
        if loan["terms"]["method"] != "bullet_end":
            principal, interest = loan["rows"][loan["done"]]
            loan["owed"] -= int(principal)
            loan["charge"] -= interest
        loan["carried"] = Fraction(0)
        loan["done"] += 1


def carry(loan, day):
    """Carry what passed of the running period, exactly."""
    row, length = loan["done"], left_of_period(loan, day)
    if not waived(loan, row):
        passed = loan["lengths"][row] - length
        loan["carried"] += bearing(loan) * loan["rate"] * passed
    loan["lengths"][row] = length


def bearing(loan):
    """Return what interest is charged on."""
    return loan["base"] if loan["terms"]["method"] == "flat" else loan["owed"]


def left_of_period(loan, day):
    """Return what is left of the running period on a day, in years."""
    terms, row, days = loan["terms"], loan["done"], loan["days"]
    begin, end = days[row - 1] if row else terms["start"], days[row]
    count = terms.get("day_count", "even")
    by_days = row == 0 and counts_as_whole(terms, end)
    if by_days or count == "actual_february":
        return loan["full"][row] * Fraction((end - day).days, (end - begin).days)
    unit = "month" if terms.get("dates") else terms.get("unit", "month")
    return naive_years(day, end, count, unit, kept_day(terms))


def counts_as_whole(terms, first):
    """Return whether the first period is broken and counted as a whole one."""
    if terms.get("broken", "days") != "whole" or terms.get("dates"):
        return False
    unit, kept = terms.get("unit", "month"), kept_day(terms)
    if first != on_day(first.year, first.month, kept):
        kept = first.day
    begin = move(first, -terms.get("every", 1), unit, kept)
    return begin != terms["start"] or not WHOLE_ONLY_WHEN_BROKEN


def change_what_is_owed(loan, kind, amount):
    """Change what is owed, or the rate."""
    if kind in ("tranche", "rate") and loan["terms"]["method"] == "margin":
        raise ValueError("not with a margin")
    if kind == "tranche":
        if amount <= 0:
            raise ValueError("a tranche pays out more")
        loan["owed"] += amount
        loan["base"] += amount
    elif kind == "rate":
        loan["rate"] = Fraction(amount)
    elif kind in ("smaller", "shorter"):
        if not 0 < amount < loan["owed"]:
            raise ValueError("a reduction lies between nothing and what is owed")
        loan["base"] *= Fraction(loan["owed"] - amount, loan["owed"])
        loan["owed"] -= amount
    else:
        raise ValueError("unknown change")


# Interest at the end


def left_of_loan(loan, day):
    """Return what is left of the loan on a day; waived periods have no length."""
    left = Fraction(0)
    for row in range(loan["done"], loan["n"]):
        if waived(loan, row):
            continue
        running = day is not None and row == loan["done"]
        left += left_of_period(loan, day) if running else loan["full"][row]
    return left


def stretches(loan):
    """Return the exact interest of all stretches."""
    ends = [left for left, _, _ in loan["history"][1:]] + [Fraction(0)]
    interest = Fraction(0)
    for (left, owed, rate), after in zip(loan["history"], ends, strict=True):
        interest += owed * rate * (left - after)
    return interest


# The rows that are left


def planned_rows(loan):
    """Return the rows that are left, planned for what is owed now."""
    if loan["terms"]["method"] == "annuity":
        return checked(loan, annuity_rest(loan))
    divide(loan)
    return checked(loan, rest_in_parts(loan, ends_early=False))


def shorter_rows(loan):
    """Return the rows that are left, of the size they were, as far as they go."""
    if loan["terms"]["method"] == "annuity":
        rows = paid_down(loan, loan["installment"], ends_early=True)
    else:
        if loan["terms"].get("step", 1) > 1 and not PARTS_OF_THE_PLAN_IN_FORCE:
            loan["parts"] = list(loan["first_parts"])
        rows = rest_in_parts(loan, ends_early=True)
    return checked(loan, rows)


def checked(loan, rows):
    """Return the rows unless they are refused."""
    left = loan["owed"]
    for row, (principal, interest) in enumerate(rows, 1):
        if principal < 0 or interest < 0:
            raise ValueError("interest exceeds")
        if row < len(rows) and principal >= left:
            raise ValueError("too coarse")
        left -= principal
    return rows


def own_factor(loan, row):
    """Return the factor of a row from the last change on."""
    return Fraction(0) if waived(loan, row) else loan["rate"] * loan["lengths"][row]


def exact_interest(loan, row, on):
    """Return the interest of a row with what is carried into it."""
    carried = loan["carried"] if row == loan["done"] else Fraction(0)
    return carried + on * own_factor(loan, row)


def divide(loan):
    """Divide what is owed, and the charge of a margin, among the rows left."""
    terms, done, n = loan["terms"], loan["done"], loan["n"]
    grace = terms.get("principal_grace", 0)
    first = max(grace, done)
    weights = [1] * (n - first)
    if terms.get("weights") and terms["method"] in ("flat", "declining", "margin"):
        weights = terms["weights"][first - grace : n - grace]
    shares = [Fraction(weight) / sum(map(Fraction, weights)) for weight in weights]
    spread = terms.get("remainder", "last") == "spread"
    parts = [loan["owed"] * share for share in shares]
    charges = [loan["charge"] * share for share in shares]
    if terms.get("step", 1) == 1:
        how = terms.get("part_rounding", "half_even")
        parts = by_remainders(parts) if spread else with_rest(parts, how)
    charges = by_remainders(charges) if spread else with_rest(charges, "half_even")
    loan["parts"] = [0] * first + parts
    loan["charges"] = [0] * first + charges


def rest_in_parts(loan, ends_early):
    """Return the rows left whose principal comes in parts (or all at the end)."""
    left, rows = loan["owed"], []
    for row in range(loan["done"], loan["n"]):
        interest = part_interest(loan, row, left)
        principal = part_principal(loan, row, interest)
        if row == loan["n"] - 1 or (ends_early and principal >= left):
            booked = sum(before for _, before in rows)
            rows.append((left, last_interest(loan, row, interest, booked)))
            break
        rows.append((principal, interest))
        left -= principal
    return rows


def part_interest(loan, row, left):
    """Return the booked interest of a row, or its part of the charge."""
    method = loan["terms"]["method"]
    if method == "margin":
        return loan["charges"][row]
    on = loan["base"] if method == "flat" else left
    return book(loan, exact_interest(loan, row, on))


def last_interest(loan, last, interest, booked):
    """Return the interest of the last row, which may take what is left of it."""
    method = loan["terms"]["method"]
    if method == "margin":
        return loan["charge"] - booked
    if method == "flat" and loan["terms"].get("rounded_over", "each") == "total":
        rows = range(loan["done"], last + 1)
        total = sum(exact_interest(loan, row, loan["base"]) for row in rows)
        return book(loan, total) - booked
    return interest


def part_principal(loan, row, interest):
    """Return the principal of a row that is not the last."""
    terms = loan["terms"]
    step, how = terms.get("step", 1), terms.get("step_rounding", "up")
    if row < terms.get("principal_grace", 0) or terms["method"] == "bullet":
        return 0
    if step == 1:
        return loan["parts"][row]
    if terms.get("remainder", "last") == "spread":
        how = "nearest"
    return to_step(loan["parts"][row] + interest, step, how) - interest


def annuity_rest(loan):
    """Return the rows left of an annuity, its installment worked out again."""
    terms, done, n = loan["terms"], loan["done"], loan["n"]
    grace, step = terms.get("principal_grace", 0), terms.get("step", 1)
    worth, product, owed = Fraction(0), Fraction(1), Fraction(loan["owed"])
    for row in range(max(grace, done), n):
        product /= 1 + own_factor(loan, row)
        worth += product
    if done >= grace:
        owed += loan["carried"] / (1 + own_factor(loan, done))
    exact = owed / worth
    if terms.get("remainder", "last") == "last":
        loan["installment"] = to_step(exact, step, terms.get("step_rounding", "up"))
        return paid_down(loan, loan["installment"], ends_early=False)
    best, least, below = None, None, rounded(exact / step, "down")
    for multiple in range(max(below - 3, 0), below + 5):
        rows = paid_down(loan, multiple * step, ends_early=False)
        apart = abs(sum(rows[-1]) - multiple * step)
        differs = (not works(rows, loan["owed"]), apart)
        if least is None or differs < least:
            best, least = rows, differs
            loan["installment"] = multiple * step
    return best


def paid_down(loan, installment, ends_early):
    """Return the rows left with one installment, whatever comes out of it."""
    grace, n = loan["terms"].get("principal_grace", 0), loan["n"]
    left, rows = loan["owed"], []
    for row in range(loan["done"], n):
        interest = book(loan, exact_interest(loan, row, left))
        principal = 0 if row < grace else installment - interest
        if row == n - 1 or (ends_early and principal >= left):
            rows.append((left, interest))
            break
        rows.append((principal, interest))
        left -= principal
    return rows
