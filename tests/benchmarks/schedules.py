"""python -m tests.benchmarks.schedules: schedules beside bare whole numbers.

Six to sixty monthly installments, 33 on average, annuities rounded to the unit and
paid on days of their own.  One by one against a bare loop over whole numbers without
rules, days or refusals; all at once against the same in numpy.  Rounds are interleaved.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from datetime import date

import numpy as np

from coopbook.loans.many import schedules
from coopbook.loans.schedule import schedule
from coopbook.loans.terms import InterestMethod, StepRounding, Terms
from coopbook.money import Money, Rate

LOANS, TERMS = 20_000, range(6, 61)
MANY = 200_000
NEAREST = StepRounding.NEAREST


def bare(principal, periods):
    """Return the rows of an annuity of 1.5 % a month, as a loop can do it at best."""
    grown, one = 203**periods, 200**periods
    installment = (2 * principal * 3 * grown + 200 * (grown - one)) // (
        2 * 200 * (grown - one)
    )
    parts, charges = [], []
    for _ in range(periods - 1):
        charge, rest = divmod(principal * 3, 200)
        if rest > 100 or (rest == 100 and charge & 1):
            charge += 1
        part = installment - charge
        parts.append(part)
        charges.append(charge)
        principal -= part
    charge, rest = divmod(principal * 3, 200)
    charges.append(charge + (rest > 100 or (rest == 100 and charge & 1)))
    parts.append(principal)
    return parts, charges


def bare_many(principals, periods):
    """Do the same in numpy for all loans of one term."""
    factor = 0.015 / (1 - 1.015**-periods)
    installment = np.rint(principals * factor).astype(np.int64)
    owed = principals.copy()
    parts = np.empty((periods, len(owed)), np.int64)
    charges = np.empty_like(parts)
    for row in range(periods):
        charge = (owed * 3 + 100) // 200
        charges[row] = charge
        part = owed if row == periods - 1 else installment - charge
        parts[row] = part
        owed = owed - part
    return parts, charges


def timed(work):
    """Return the seconds a piece of work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main(rounds=7):
    """Print loans a second and the ratios, as medians of interleaved rounds."""
    chance = random.Random(5)
    terms = {
        n: Terms(InterestMethod.ANNUITY, Rate.percent("1.5"), n, step_rounding=NEAREST)
        for n in TERMS
    }
    loans = [
        (
            chance.choice(TERMS),
            chance.randrange(10**5, 10**8),
            date(
                2020 + chance.randrange(7), chance.randint(1, 12), chance.randint(1, 28)
            ),
        )
        for _ in range(LOANS)
    ]
    for periods, units, start in loans[:500]:
        plan = schedule(terms[periods], Money(units), start)
        assert (plan.principal, plan.interest) == bare(units, periods)
    groups = {
        n: np.array([chance.randrange(10**5, 10**8) for _ in range(MANY // len(TERMS))])
        for n in TERMS
    }
    works = {
        "one by one": lambda: [
            schedule(terms[n], Money(units), start) for n, units, start in loans
        ],
        "bare": lambda: [bare(units, n) for n, units, _ in loans],
        "all at once": lambda: [
            schedules(terms[n], each) for n, each in groups.items()
        ],
        "bare numpy": lambda: [bare_many(each, n) for n, each in groups.items()],
    }
    taken = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            taken[name].append(timed(work))
    sizes = {"one by one": LOANS, "bare": LOANS}
    many = sum(len(each) for each in groups.values())
    for name, seconds in taken.items():
        rate = sizes.get(name, many) / statistics.median(seconds)
        print(f"{name:12} {rate:12,.0f} a second")
    for ours, theirs in (("one by one", "bare"), ("all at once", "bare numpy")):
        ratios = [a / b for a, b in zip(taken[ours], taken[theirs], strict=True)]
        print(
            f"{ours} / {theirs}: median {statistics.median(ratios):.2f}"
            f" {[round(each, 2) for each in ratios]}"
        )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
