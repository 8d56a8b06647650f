"""What happened to loans, read from exported entries and rows of changes alone.

A loan that takes the place of another needs the book as it was known on the day: what
ended the old one, and how late it was, stay as they were reckoned then, whatever was
entered or reversed since.  So every question may be asked as before an entry.
"""

from datetime import date
from fractions import Fraction

from tests.oracles.naive_repayment import naive_replay

PAYOUTS = ("loans.disburse", "loans.replace")
PERIODS = {"month": 12, "year": 1}


def naive_booked(loan):
    """Return what was booked on each account in the name of a loan."""
    booked = {}
    for row in loan["entries"]:
        before = booked.get(row.account_number, 0)
        booked[row.account_number] = before + row.credit - row.debit
    return booked


def standing_lines(loan, known):
    """Return the lines of entries that were known, and not reversed, before one."""
    rows = [row for row in loan["entries"] if known is None or row.number < known]
    undone = {row.reverses for row in rows if row.reverses}
    return [row for row in rows if not row.reverses and row.number not in undone]


def paid_out_by(loan, known=None):
    """Return the entry that paid a loan out, none where that was taken back."""
    found = [
        row.number
        for row in standing_lines(loan, known)
        if row.source in PAYOUTS and row.account_number == loan["account"] and row.debit
    ]
    return max(found, default=None)


def naive_events(loan, known=None):
    """Return the events of a loan as they were known before an entry."""
    lines, paid_out = standing_lines(loan, known), paid_out_by(loan, known)
    numbers, moved, held = dict.fromkeys(row.number for row in lines), {}, {}
    wishes = {row.entry_number: row.kind for row in loan["changes"]}
    for row in lines:
        numbers[row.number] = row
        moved[row.number] = moved.get(row.number, 0) + row.credit - row.debit
        if row.account_number == loan["held"]:
            held[row.number] = held.get(row.number, 0) + row.debit
    events = []
    for number, row in numbers.items():
        on = str(row.booked_on)
        if row.source == "loans.repay":
            wish = wishes.get(number, "next")
            events.append((on, number, "pay", moved[number], wish))
        elif row.source == "loans.use_held":
            events.append((on, number, "held", held[number]))
        elif row.source == "loans.give_back":
            events.append((on, number, "back", held[number]))
        elif row.source == "loans.replace" and number != paid_out:
            events.append((on, number, "replaced", number))
    events += changes(loan, numbers, paid_out or 0, known)
    events.sort(key=lambda each: each[:2])
    return [(date.fromisoformat(on), *rest) for on, _, *rest in events]


def changes(loan, numbers, paid_out, known):
    """Return tranches, rates and waivers; those of an earlier payout went with it."""
    events = []
    for row in loan["changes"]:
        on, at = str(row.changed_on), row.recorded
        if row.kind == "tranche" and row.entry_number in numbers:
            events.append((on, row.entry_number, "tranche", row.amount))
        elif at < paid_out or (known is not None and at >= known):
            continue
        elif row.kind == "rate":
            share, per = row.rate.split(" ")
            events.append((on, at, "rate", Fraction(share) * PERIODS[per]))
        elif row.kind == "waiver":
            events.append((on, at, "waive", row.amount))
    return events


def naive_stood(loans, number, on, known=None):
    """Return how a loan stood on a day, as it was known before an entry."""
    loan, events = loans[number], []
    for event in naive_events(loan, known):
        if event[1] == "replaced":
            then = naive_stood(loans, number, event[0], event[2])
            event = (*event[:2], *then["to_date"])
        events.append(event)
    terms = loan["terms"]
    if loan["restructured"]:
        terms = dict(terms, principal=sum(taken_over(loans, number)["to_date"]))
    return naive_replay(terms, loan["rules"], events, on)


def taken_over(loans, number):
    """Return how the old loan stood when this one took its place, as known then."""
    loan = loans[number]
    known = paid_out_by(loan)
    return naive_stood(loans, loan["replaces"], loan["terms"]["start"], known)


def naive_carried(loans, number):
    """Return the days past due a loan carries; none where it was not restructured."""
    loan = loans[number]
    if not loan["restructured"]:
        return None
    before = naive_carried(loans, loan["replaces"]) or 0
    return taken_over(loans, number)["days_past_due"] + before
