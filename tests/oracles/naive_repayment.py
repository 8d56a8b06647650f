"""How a loan stands after its events, from docs/rules/loan-repayment.md alone.

Nothing is carried along but the list of what was taken so far: every question looks
through that list again, and a penalty is worked out day by day.
"""

from fractions import Fraction
from itertools import takewhile

from tests.oracles.naive_changes import naive_changed
from tests.oracles.naive_loans import DAY, due_days, move, rounded

DAYS_OF = {"day": 1, "week": 7, "year": 365}

# Readings the page leaves open; see the functions that use them.
MONTHS_OF_A_LOAN_TAKEN_OVER = "anew"  # or "anew", or "all"
SHARE_OF_WHAT_IS_UNPAID = True
LATER_ROWS_BY_THE_DAY_THEY_ARE_DUE = False


def naive_replay(terms, rules, events, on):
    """Return how the loan stands on a day, and where its payments went."""
    loan = {"terms": terms, "rules": rules, "taken": [], "known": {}}
    payments, held = [], 0
    for event in events:
        if event[0] > on:
            continue
        if event[1] == "pay":
            payments.append(take_payment(loan, event[0], event[2], event[3]))
            held += payments[-1][4]
        elif event[1] == "held":
            used = min(event[2], max(held, 0))
            payments.append(take_payment(loan, event[0], used, "hold"))
            held += payments[-1][4] - used
        elif event[1] == "back":
            held -= event[2]
        else:
            if event[1] == "replaced":
                payments.append((*event[2:], 0, 0))
            take_other(loan, *event)
    return dict(standing(loan, on), payments=payments, held=held)


def standing(loan, on):
    """Return how the loan stands on a day."""
    rows, left, owed = rows_on(loan, on), left_on(loan, on), penalties_left(loan, on)
    paid_principal, paid_interest = fills_on(loan, on)
    late = late_rows(loan, on)
    return {
        "rows": list(map(flat, rows, paid_principal, paid_interest, owed)),
        "outstanding": sum(principal for _, principal, _ in rows) - sum(paid_principal),
        "due": totals(due_parts(loan, on)),
        "arrears": sum(sum(left[row]) for row in late),
        "days_past_due": (on - rows[late[0]][0]).days if late else 0,
        "payoff": payoff(loan, on),
        "to_date": payoff(dict(loan, rules=dict(loan["rules"], early="to_date")), on),
        "asked": sum(owed) + sum(map(sum, left)),
    }


def flat(row, principal, interest, penalty):
    """Return a row with what is paid of it and the penalty that is left."""
    return (*row, principal, interest, penalty)


# What was taken


def until(loan, day):
    """Return what was taken up to the end of a day."""
    return [record for record in loan["taken"] if record[0] <= day]


def take_other(loan, day, kind, *amounts):
    """Take what is not a payment of the member's."""
    if kind == "waive":
        amount = min(amounts[0], sum(penalties_left(loan, day)))
        loan["taken"].append((day, "waived", amount))
    elif kind == "given":
        loan["taken"].append((day, "paid", *amounts))
    elif kind == "replaced":
        paid = sum(record[3] for record in loan["taken"] if record[1] == "paid")
        loan["taken"].append((day, "paid", *amounts))
        loan["taken"].append((day, "replaced", paid + amounts[1]))
    elif kind in ("tranche", "rate"):
        loan["taken"].append((day, "changed", kind, amounts[0]))
    else:
        raise ValueError("unknown event")


# What is owed


def rows_on(loan, day):
    """Return the rows with every change up to the end of a day.

    A loan in whose place another came asks no interest any more but what was paid.
    """
    rows = changed(loan, changes_until(loan, day))
    for paid in replaced_until(loan, day)[:1]:
        interest = filled([row[2] for row in rows], paid)
        rows = [(*row[:2], paid) for row, paid in zip(rows, interest, strict=True)]
    return rows


def replaced_until(loan, day):
    """Return the interest paid by each time another loan took the place of it."""
    return [record[2] for record in until(loan, day) if record[1] == "replaced"]


def changes_until(loan, day):
    """Return the changes up to the end of a day; none after it was replaced."""
    taken = takewhile(lambda record: record[1] != "replaced", until(loan, day))
    return [(on, *change) for on, what, *change in taken if what == "changed"]


def changed(loan, changes):
    """Return the rows after changes; they are looked up where they were worked out."""
    key = tuple(changes)
    if key not in loan["known"]:
        loan["known"][key] = naive_changed(loan["terms"], changes)
    return loan["known"][key]


def filled(amounts, money):
    """Return how much of each amount the money fills, oldest first."""
    fills = []
    for amount in amounts:
        fills.append(min(amount, money))
        money -= fills[-1]
    return fills


def fills_on(loan, day):
    """Return what is paid of the principal and of the interest of each row."""
    rows = rows_on(loan, day)
    paid = [record for record in until(loan, day) if record[1] == "paid"]
    principal = filled([row[1] for row in rows], sum(record[4] for record in paid))
    interest = filled([row[2] for row in rows], sum(record[3] for record in paid))
    return principal, interest


def left_on(loan, day):
    """Return what is left of each row, (principal, interest), at the end of a day."""
    key = ("left", *until(loan, day))
    if key not in loan["known"]:
        loan["known"][key] = left_afresh(loan, day)
    return loan["known"][key]


def left_afresh(loan, day):
    """Return what is left of each row; a loan that was ended asks no later rows."""
    ends = [record[0] for record in until(loan, day) if record[1] == "ended"]
    paid_principal, paid_interest = fills_on(loan, day)
    left = []
    for row, (due_on, principal, interest) in enumerate(rows_on(loan, day)):
        if any(due_on > end for end in ends):
            principal, interest = paid_principal[row], paid_interest[row]
        principal -= paid_principal[row]
        left.append((principal, interest - paid_interest[row]))
    return left


def due_rows(loan, day):
    """Return the numbers (from 0) of the rows that are due."""
    rows = rows_on(loan, day)
    return [row for row in range(len(rows)) if rows[row][0] <= day]


def later_rows(loan, day):
    """Return the numbers (from 0) of the rows that come."""
    rows = rows_on(loan, day)
    return [row for row in range(len(rows)) if rows[row][0] > day]


def late_rows(loan, day):
    """Return the numbers (from 0) of the rows that are late."""
    rows, left = rows_on(loan, day), left_on(loan, day)
    return [
        row
        for row in range(len(rows))
        if rows[row][0] < day and sum(left[row]) > tolerated(loan, row)
    ]


def tolerated(loan, row):
    """Return what may be left of a row without its being late."""
    return loan["rules"]["tolerance"] * (row + 1)


# Penalty


def penalties_left(loan, day):
    """Return what is left of the penalty of each row."""
    asked, money = penalties(loan, day), 0
    for record in until(loan, day):
        if record[1] in ("paid", "waived"):
            money += record[2]
    fills = filled(asked, money)
    return [penalty - fill for penalty, fill in zip(asked, fills, strict=True)]


def penalties(loan, day):
    """Return the penalty of each row, whether it was paid or not."""
    cap, asked = loan["rules"]["cap"], []
    for row, (due_on, principal, interest) in enumerate(rows_on(loan, day)):
        penalty = rounded(exact_penalty(loan, row, due_on, day), "half_even")
        if cap is not None:
            penalty = min(penalty, rounded(cap * (principal + interest), "down"))
        asked.append(penalty)
    return asked


def exact_penalty(loan, row, due_on, day):
    """Return the penalty of a row before it is rounded."""
    if loan["rules"]["penalty_per"] == "month":
        rate = Fraction(loan["rules"]["penalty_rate"])
        counted = begun_months(loan, due_on, day)
    else:
        rate = Fraction(loan["rules"]["penalty_rate"])
        rate /= DAYS_OF[loan["rules"]["penalty_per"]]
        counted = counted_days(loan, due_on, day)
    return rate * sum(bears(loan, row, begin - DAY) for begin in counted)


def counted_days(loan, due_on, day):
    """Return the days after the grace, and after the day the loan was taken over."""
    begin, since = due_on + loan["rules"]["grace_days"] * DAY, loan["rules"]["since"]
    if since and since > begin:
        begin = since
    return [begin + step * DAY for step in range(1, (day - begin).days + 1)]


def begun_months(loan, due_on, day):
    """Return the days on which months after the grace began."""
    first = due_on + (loan["rules"]["grace_days"] + 1) * DAY
    since, how = loan["rules"]["since"], MONTHS_OF_A_LOAN_TAKEN_OVER
    if since and how == "anew":
        first = max(first, since + DAY)
    begun, months = [], 0
    while move(first, months, "month", first.day) <= day:
        begun.append(move(first, months, "month", first.day))
        months += 1
    if since and how == "begun_after":
        begun = [begin for begin in begun if begin > since]
    return begun


def bears(loan, row, day):
    """Return what a row bears a penalty on by the end of a day."""
    left = left_on(loan, day)
    if row >= len(left) or sum(left[row]) <= tolerated(loan, row):
        return 0
    return sum(left[row])


# Where a payment goes


def take_payment(loan, day, amount, wish):
    """Take a payment: penalty, interest, principal, reduction and what is held."""
    if wish == "settle":
        ends = payoff(loan, day)
        if amount >= sum(ends):
            loan["taken"].append((day, "paid", *ends))
            loan["taken"].append((day, "ended"))
            return (*ends, 0, amount - sum(ends))
        wish = "next"
    parts, rest = shared(due_parts(loan, day), amount)
    loan["taken"].append((day, "paid", *totals(parts)))
    if wish == "hold":
        return (*totals(parts), 0, rest)
    if wish in ("smaller", "shorter") and may_reduce(loan, day, wish, rest):
        loan["taken"].append((day, "changed", wish, rest))
        return (*totals(parts), rest, 0)
    further, rest = shared(next_parts(loan, day), rest)
    loan["taken"].append((day, "paid", *totals(further)))
    return (*totals(parts + further), 0, rest)


def shared(parts, money):
    """Return how much of each part the money pays, and the rest of it."""
    fills = filled([amount for _, amount in parts], money)
    paid = [(kind, fill) for (kind, _), fill in zip(parts, fills, strict=True)]
    return paid, money - sum(fills)


def totals(parts):
    """Return what parts come to: penalty, interest, principal."""
    kinds = ("penalty", "interest", "principal")
    return tuple(sum(paid for kind, paid in parts if kind == asked) for asked in kinds)


def due_parts(loan, day):
    """Return what is due on a day, in the order of the product."""
    left, owed = left_on(loan, day), penalties_left(loan, day)
    due, order = due_rows(loan, day), loan["rules"]["order"]
    penalty = [[("penalty", owed[row])] for row in due]
    interest = [[("interest", left[row][1])] for row in due]
    principal = [[("principal", left[row][0])] for row in due]
    if order == "installments":
        parts = row_by_row(penalty, interest, principal)
    elif order == "interest_first":
        parts = row_by_row(interest, principal) + penalty
    elif order == "components":
        parts = penalty + interest + principal
    elif order == "principal_first":
        parts = principal + interest + penalty
    else:
        raise ValueError("unknown order")
    return [part for some in parts for part in some]


def row_by_row(*kinds):
    """Return the parts of the oldest row first, in each the kinds in this order."""
    return [part for parts in zip(*kinds, strict=True) for part in parts]


def next_parts(loan, day):
    """Return what the rows that come ask, interest before principal."""
    left, parts = left_on(loan, day), []
    for row in later_rows(loan, day):
        parts += [("interest", left[row][1]), ("principal", left[row][0])]
    return parts


def may_reduce(loan, day, wish, amount):
    """Return whether money may reduce principal instead of paying the next rows."""
    later, left = later_rows(loan, day), left_on(loan, day)
    paid_principal, paid_interest = fills_on(loan, day)
    if not LATER_ROWS_BY_THE_DAY_THEY_ARE_DUE:
        later = planned_again(loan, day)
    ahead = any(paid_principal[row] + paid_interest[row] for row in later)
    if ahead or replaced_until(loan, day):
        return False
    if not 0 < amount < sum(left[row][0] for row in later):
        return False
    try:
        changed(loan, [*changes_until(loan, day), (day, wish, amount)])
    except ValueError:
        return False
    return True


def planned_again(loan, day):
    """Return the numbers of the rows that a change on a day plans again."""
    days, rows = due_days(loan["terms"]), rows_on(loan, day)
    if loan["terms"]["method"] == "bullet_end":
        days = days[-1:]
    return [row for row in range(len(rows)) if days[row] > day]


# Early settlement


def payoff(loan, day):
    """Return what ends the loan on a day: penalty, interest, principal."""
    left = left_on(loan, day)
    interest = sum(left[row][1] for row in due_rows(loan, day))
    interest += later_interest(loan, day)
    principal = sum(row[0] for row in left)
    return sum(penalties_left(loan, day)), interest, principal


def later_interest(loan, day):
    """Return the interest of later rows that ending the loan on a day asks."""
    left, later = left_on(loan, day), later_rows(loan, day)
    rule, unpaid = loan["rules"]["early"], [left[row][1] for row in later]
    if not later or rule == "full":
        return sum(unpaid)
    if rule == "months":
        return sum(unpaid[: 1 + loan["rules"]["early_months"]])
    passed = interest_by_days(loan, day, later[0])
    asked = passed_unpaid(loan, day, later[0], passed)
    if rule == "to_date":
        return asked
    if rule != "share":
        raise ValueError("unknown rule")
    share = Fraction(loan["rules"]["early_share"])
    if SHARE_OF_WHAT_IS_UNPAID:
        return asked + rounded(share * (sum(unpaid) - asked), "half_even")
    scheduled = [rows_on(loan, day)[row][2] for row in later]
    paid = sum(scheduled) - sum(unpaid)
    rest = rounded(share * (sum(scheduled) - passed), "half_even")
    return max(passed + rest - paid, 0)


def interest_by_days(loan, day, row):
    """Return the interest of the running row for the days that passed of it."""
    rows = rows_on(loan, day)
    begin = rows[row - 1][0] if row else loan["terms"]["start"]
    passed, days = max((day - begin).days, 0), (rows[row][0] - begin).days
    return rounded(Fraction(rows[row][2] * passed, days), "half_even")


def passed_unpaid(loan, day, row, passed):
    """Return what is not yet paid of the interest for the days that passed."""
    paid = fills_on(loan, day)[1][row]
    return min(max(passed - paid, 0), left_on(loan, day)[row][1])
