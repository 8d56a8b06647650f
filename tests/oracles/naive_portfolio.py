"""A stranger reads the exported book and works every loan out again, day by day.

Nothing here imports coopbook; the csv module is all that opens the files.  A loan is
walked from its payout one day at a time: each day what is late bears its penalty, the
payments of the day are taken, and in the evening it is looked at.
"""

import csv
import json
from calendar import monthrange
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

ONE = timedelta(days=1)
PENALTIES = "41008"
"""The account of the standard chart to which penalties go."""

PAR = (1, 7, 30, 60, 90, 365)
A_YEAR_HAS = {"day": 365, "week": 52, "month": 12, "year": 1}

# More than so many months late is substandard, more than so many doubtful or lost.
PRINCIPAL = {"short": (1, 2), "months": (3, 6), "half_years": (6, 12)}
INTEREST = {"short": (1, 3), "months": (3, 6), "half_years": (3, 6)}
ALLOWANCE = {"current": 0, "substandard": 50, "doubtful": 75, "loss": 100}
WORSE = ("current", "substandard", "doubtful", "loss")


# The files ----------------------------------------------------------------------


def read(folder, name):
    """Return the rows of a file, each a dict of texts."""
    with open(folder / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def day(text):
    """Return a day, or None where the cell is empty."""
    return date.fromisoformat(text) if text else None


class Exported:
    """What a folder says: agreements, payments, cover, by-laws, terms of office."""

    def __init__(self, folder):
        self.loans = {
            int(row["loan"]): row
            for row in read(folder, "loans.csv")
            if row["disbursed_on"]
        }
        self.by_laws = defaultdict(list)
        for row in read(folder, "by-laws.csv"):
            self.by_laws[row["name"]].append((day(row["valid_from"]), row["value"]))
        self.cover = defaultdict(list)
        for row in read(folder, "security.csv"):
            self.cover[int(row["loan"])].append(row)
        self.judgements = defaultdict(list)
        for row in read(folder, "loan-judgements.csv"):
            self.judgements[int(row["loan"])].append(row)
        self.offices = read(folder, "terms-of-office.csv")
        assert not read(folder, "loan-changes.csv"), "changes are not walked here"
        self.payments = defaultdict(list)
        self.replaces = {}
        self._read_journal(read(folder, "journal.csv"))

    def _read_journal(self, lines):
        undone = {row["reverses"] for row in lines if row["reverses"]}
        found, taking_over = {}, {}
        for row in lines:
            if not row["loan"] or row["entry"] in undone or row["reverses"]:
                continue
            if row["source"] == "loans.disburse":
                continue
            assert row["source"] in ("loans.repay", "loans.replace"), row["source"]
            loan, entry = self.loans[int(row["loan"])], int(row["entry"])
            if row["source"] == "loans.replace" and int(row["debit"]):
                taking_over[entry] = int(row["loan"])
                assert loan["principal"] == row["debit"]
                continue
            paid = found.setdefault(
                entry, {"loan": int(row["loan"]), "on": day(row["booked_on"])}
            )
            part = {
                PENALTIES: "penalty",
                loan["interest_account"]: "interest",
                loan["account"]: "principal",
            }[row["account"]]
            units = int(row["credit"]) - int(row["debit"])
            paid[part] = paid.get(part, 0) + units
        for entry, new in taking_over.items():
            found[entry]["ends"] = True
            self.replaces[new] = found[entry]["loan"]
        for entry in sorted(found):
            self.payments[found[entry]["loan"]].append(found[entry])

    def by_law(self, name, on):
        """Return the figure of a by-law that is in force on a day."""
        value = None
        for valid_from, said in sorted(self.by_laws[name]):
            if value is None or valid_from <= on:
                value = said
        return int(value)

    def cover_on(self, loan, on):
        """Return what counts of what stands behind a loan on a day.

        What stood behind a loan whose place it took stands behind it as well.
        """
        total, rows = 0, list(self.cover[loan])
        while loan in self.replaces:
            loan = self.replaces[loan]
            rows += self.cover[loan]
        for row in rows:
            stands = day(row["since"]) <= on and not (
                row["until"] and day(row["until"]) <= on
            )
            if stands and row["kind"] != "promise":
                total += int(row["amount"])
        return total

    def judged(self, loan, on, begins, ends):
        """Say whether the last of a pair of judgements by a day begins it."""
        found = [
            row["kind"]
            for row in self.judgements[loan]
            if row["kind"] in (begins, ends) and day(row["judged_on"]) <= on
        ]
        return found[-1:] == [begins]

    def handed_over(self, loan, on):
        """Say whether others collect a loan on a day."""
        return self.judged(loan, on, "handed_over", "taken_back")

    def salvageable(self, loan, on):
        """Say whether the board said by a day that a loan can be saved."""
        return self.judged(loan, on, "salvageable", "not_salvageable")


# The calendar -------------------------------------------------------------------


def months_later(start, months):
    """Return the same day of a later month, or that month's last."""
    place = start.year * 12 + start.month - 1 + months
    year, month = place // 12, place % 12 + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def month_ends(first, last):
    """Return the last day of every month between two days."""
    found, on = [], first
    while on <= last:
        if (on + ONE).day == 1:
            found.append(on)
        on += ONE
    return found


# What falls due -----------------------------------------------------------------


def half_even(amount):
    """Return the nearest whole number; a half goes to the even one."""
    below = amount.numerator // amount.denominator
    rest = amount - below
    if rest > Fraction(1, 2) or (rest == Fraction(1, 2) and below % 2):
        return below + 1
    return below


def up_to(amount, step):
    """Return the next multiple of a step."""
    return -(-amount // step) * step


def schedule(loan):
    """Return the rows of a loan: due day, principal, interest."""
    said = json.loads(loan["conditions"])
    count, unit = said.pop("every", "1 month").split()
    assert not said, f"agreed on something this reader does not know: {said}"
    count, periods, start = int(count), int(loan["term"]), day(loan["disbursed_on"])
    if unit == "month":
        due = [months_later(start, count * n) for n in range(1, periods + 1)]
    else:
        assert unit == "week"
        due = [start + 7 * count * n * ONE for n in range(1, periods + 1)]
    yearly = Fraction(loan["rate"]) / 100 * A_YEAR_HAS[loan["rate_per"]]
    factor = yearly * count / A_YEAR_HAS[unit]
    lent, step = int(loan["principal"]), int(loan["rounding_step"])
    if loan["method"] == "bullet_end":
        return [(due[-1], lent, half_even(lent * factor * periods))]
    if loan["method"] == "annuity":
        worth = sum(Fraction(1) / (1 + factor) ** n for n in range(1, periods + 1))
        installment = up_to(lent / worth, step)
    rows, left = [], lent
    for n in range(periods):
        bears = left if loan["method"] in ("declining", "annuity") else lent
        interest = half_even(bears * factor)
        if n == periods - 1:
            principal = left
        elif loan["method"] == "bullet":
            principal = 0
        elif loan["method"] == "annuity":
            principal = installment - interest
        elif step == 1:
            principal = half_even(Fraction(lent, periods))
        else:
            principal = up_to(Fraction(lent, periods) + interest, step) - interest
        rows.append((due[n], principal, interest))
        left -= principal
    return rows


def rhythm(loan):
    """Say how often a loan is repaid, as the ministry's table counts it."""
    count, unit = json.loads(loan["conditions"]).get("every", "1 month").split()
    if unit != "month":
        assert int(count) * 7 < 28
        return "short"
    return "half_years" if int(count) >= 6 else "months"


# A loan, day by day -------------------------------------------------------------


@dataclass
class Evening:
    """How a loan stands at the end of a day."""

    loan: int
    on: date
    outstanding: int
    days: int
    loan_class: str
    deductible: int
    allowance: int


class Walk:
    """A loan walked from its payout, and looked at on the days one wants."""

    def __init__(self, exported, number, old=None):
        self.book, self.number, self.old = exported, number, old
        self.carried = self.eve_class = None
        self.in_a_row, self.cured, self.kept_class = 0, False, set()
        if old is not None:
            self.carried, self.eve_class = old.ended_with
        self.loan = exported.loans[number]
        self.rows = schedule(self.loan)
        self.principal = [row[1] for row in self.rows]
        self.interest = [row[2] for row in self.rows]
        self.late_sum = [0] * len(self.rows)
        self.fined = 0
        self.first_late = None
        self.differs = []
        rate = Fraction(self.loan["penalty_rate"]) / 100
        assert self.loan["penalty_per"] == "day"
        self.penalty_rate = rate
        self.grace = int(self.loan["penalty_grace_days"])

    def left(self, row):
        """Return what is left of a row, without its penalty."""
        return self.principal[row] + self.interest[row]

    def fines(self):
        """Return what is left of the penalty of each row, the oldest paid first."""
        money, found = self.fined, []
        for late in self.late_sum:
            asked = half_even(late * self.penalty_rate)
            found.append(max(asked - money, 0))
            money = max(money - asked, 0)
        return found

    def walk(self, days):
        """Return the evenings of the days on which the loan runs."""
        on, last, found = day(self.loan["disbursed_on"]), max(days), []
        waiting = sorted(
            self.book.payments[self.number], key=lambda payment: payment["on"]
        )
        while on <= last:
            for row, (due, _, _) in enumerate(self.rows):
                if due + self.grace * ONE >= on:
                    break
                self.late_sum[row] += self.left(row)
            while waiting and waiting[0]["on"] == on:
                self.pay(waiting.pop(0))
            if self.first_late is None and self.days_late(on) > 30:
                self.first_late = on
            if any(due + ONE == on for due, _, _ in self.rows) and not self.cured:
                self.in_a_row = 0 if self.days_late(on) else self.in_a_row + 1
                needed = self.book.by_law("cure_installments", on)
                self.cured = self.in_a_row >= needed
            over = not any(map(self.left, range(len(self.rows))))
            if over and not any(self.fines()):
                break
            if on in days:
                found.append(self.evening(on))
            on += ONE
        assert not [payment for payment in waiting if payment["on"] <= last]
        return found

    @property
    def carries(self):
        """Say whether the loan was restructured and is not cured."""
        return self.carried is not None and not self.cured

    def end(self, payment):
        """End the loan: another takes its place, for all it owes to the day."""
        on = payment["on"]
        fines, principal = sum(self.fines()), sum(self.principal)
        went = {
            "penalty": fines,
            "interest": self.to_date(on) - fines - principal,
            "principal": principal,
        }
        if went != {part: payment.get(part, 0) for part in went}:
            self.differs.append((payment, went))
        eve, days = self.loan_class(on - ONE), self.days_late(on)
        if self.carries:
            days += self.carried
        self.ended_with = days, eve
        self.fined += fines
        self.principal = [0] * len(self.rows)
        self.interest = [0] * len(self.rows)

    def pay(self, payment):
        """Let money settle row by row its penalty, interest, principal; then ahead."""
        if payment.get("ends"):
            self.end(payment)
            return
        parts = {part: payment.get(part, 0) for part in ("penalty", "interest")}
        parts["principal"] = payment.get("principal", 0)
        money, fines = sum(parts.values()), self.fines()
        went = dict.fromkeys(parts, 0)

        def take(part, asked):
            nonlocal money
            taken = min(asked, money)
            money -= taken
            went[part] += taken
            return taken

        for due_only in (True, False):
            for row, (due, _, _) in enumerate(self.rows):
                if (due <= payment["on"]) is not due_only:
                    continue
                if due_only:
                    self.fined += take("penalty", fines[row])
                self.interest[row] -= take("interest", self.interest[row])
                self.principal[row] -= take("principal", self.principal[row])
        assert money == 0, "more was paid than the loan asks"
        if went != parts:
            self.differs.append((payment, went))

    def late(self, on):
        """Return the rows that were due before a day and are not paid."""
        return [
            row
            for row, (due, _, _) in enumerate(self.rows)
            if due < on and self.left(row)
        ]

    def days_late(self, on):
        """Return the days since the oldest late row was due."""
        return max(((on - self.rows[row][0]).days for row in self.late(on)), default=0)

    def to_date(self, on):
        """Return what would end the loan: principal, penalty, interest to the day."""
        total = sum(self.principal) + sum(self.fines())
        begin = day(self.loan["disbursed_on"])
        for row, (due, _, charge) in enumerate(self.rows):
            if due <= on:
                total += self.interest[row]
            else:
                passed = Fraction((on - begin).days, (due - begin).days)
                paid = charge - self.interest[row]
                return total + max(half_even(charge * passed) - paid, 0)
            begin = due
        return total

    def evening(self, on):
        """Look at the loan in the evening of a day."""
        outstanding, days = sum(self.principal), self.days_late(on)
        loan_class = self.loan_class(on)
        cover = self.book.cover_on(self.number, on)
        watched = bool(self.carried) and not self.cured
        looked = days or watched or self.book.handed_over(self.number, on)
        if watched:
            days = max(days, self.carried)
        deductible = min(cover, outstanding) if looked else 0
        base = outstanding if loan_class == "current" else outstanding - deductible
        allowance = half_even(Fraction(base * ALLOWANCE[loan_class], 100))
        return Evening(
            self.number, on, outstanding, days, loan_class, deductible, allowance
        )

    def loan_class(self, on):
        """Return the class by the ministry's four: the worst of what is found."""
        assert self.book.by_law("classification_policy", on) == 0
        assert self.book.by_law("allowance_scale", on) == 0
        assert not self.book.by_law("worst_marks_all", on)
        if self.book.handed_over(self.number, on):
            return "loss"
        late = self.late(on)
        principal = [self.rows[row][0] for row in late if self.principal[row]]
        interest = [self.rows[row][0] for row in late if self.interest[row]]
        matures, in_one_sum = self.rows[-1][0], self.loan["method"].startswith("bullet")
        found = ["current"]
        if interest:
            months = (3, 6) if in_one_sum else INTEREST[rhythm(self.loan)]
            found.append(self.judged(on, min(interest), *months))
        if in_one_sum:
            if late and on > matures:
                found.append(self.judged(on, matures, 0, 3))
        elif principal:
            months = PRINCIPAL[rhythm(self.loan)]
            found.append(self.judged(on, min(principal), *months))
        if self.carried and not self.cured:
            found.append(self.eve_class)
            self.kept_class.add(self.eve_class)
        return max(found, key=WORSE.index)

    def judged(self, on, due, current, substandard):
        """Return the class of what fell due on a day and is not paid."""
        if on <= months_later(due, current):
            return "current"
        if on <= months_later(due, substandard):
            return "substandard"
        needed = 75 if self.book.salvageable(self.number, on) else 100
        if self.book.cover_on(self.number, on) * 100 < self.to_date(on) * needed:
            return "loss"
        longest = substandard + self.book.by_law("doubtful_months", on)
        return "doubtful" if on <= months_later(due, longest) else "loss"


# The portfolio ------------------------------------------------------------------


class Portfolio:
    """Every loan of an exported book in the evening of every day one wants."""

    def __init__(self, folder, days):
        exported = Exported(folder)
        self.exported = exported
        self.evenings = {on: {} for on in days}
        self.first_late, self.differs, self.walks = {}, [], []
        walks = {}
        for number in sorted(exported.loans):
            old = walks.get(exported.replaces.get(number))
            walk = walks[number] = Walk(exported, number, old)
            for evening in walk.walk(set(days)):
                self.evenings[evening.on][number] = evening
            self.first_late[number] = walk.first_late
            self.walks.append(walk)
            self.differs += walk.differs

    def outstanding(self, on):
        """Return the principal that is owed on a day."""
        return sum(each.outstanding for each in self.evenings[on].values())

    def allowance(self, on):
        """Return what has to be set aside on a day."""
        return sum(each.allowance for each in self.evenings[on].values())

    def at_risk(self, on, days):
        """Return how many loans are at risk, their principal, its share of all."""
        late = [each for each in self.evenings[on].values() if each.days > days]
        part, whole = sum(each.outstanding for each in late), self.outstanding(on)
        return len(late), part, Fraction(part, whole) if whole else Fraction(0)

    def classes(self):
        """Return how many evenings there were of each class."""
        return Counter(
            each.loan_class
            for evenings in self.evenings.values()
            for each in evenings.values()
        )

    def fell_in(self, office):
        """Return for each term of an office which loans first fell late in it.

        In their first 24 months; later few loans still run.
        """
        found = {}
        horizon = {
            number: months_later(day(loan["disbursed_on"]), 24)
            for number, loan in self.exported.loans.items()
        }
        for row in self.exported.offices:
            if row["office"] != office:
                continue
            first, last = day(row["began_on"]), day(row["ended_on"]) or date.max
            found[int(row["number"])] = {
                number
                for number, on in self.first_late.items()
                if on is not None and first <= on <= last and on < horizon[number]
                if number not in self.exported.replaces
            }
        return found
