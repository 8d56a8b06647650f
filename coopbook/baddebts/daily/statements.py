"""The classes of a policy as SQL, for loans behind which nothing stands (pure).

The thresholds are those of ``classes``; a month's edge becomes the last due day that is
beyond it on the day asked for.  A test holds every expression to ``classify``.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from coopbook.baddebts import classes
from coopbook.baddebts.allowance import SCALES, Scale
from coopbook.baddebts.classes import LoanClass, Policy, Reason, Rhythm
from coopbook.dates import months_after

Spelt = Callable[[date], str]
"""How a day is written in a statement of an engine."""

Arm = tuple[str, LoanClass, Reason]
C, R = LoanClass, Reason


def last_beyond(on: date, months: int) -> date:
    """Return the latest due day that a day exceeds by so many months.

    >>> last_beyond(date(2025, 5, 1), 3)
    datetime.date(2025, 1, 31)
    >>> last_beyond(date(2025, 4, 30), 3)
    datetime.date(2025, 1, 29)
    """
    due = months_after(on, -months) + timedelta(days=3)
    while not classes.exceeds(on, due, months):
        due -= timedelta(days=1)
    return due


def arms(policy: Policy, on: date, spelt: Spelt) -> list[Arm]:
    """Return the conditions of a policy in their order: the first that is true counts.

    For loans that are covered by nothing; a loan of which nothing is late fits none.
    Raises ``KeyError`` for a policy whose thresholds are unknown.
    """
    return {
        Policy.KUKM: _kukm,
        Policy.BANK5: _bank5,
        Policy.LKM3: _lkm3,
        Policy.PEARLS: _pearls,
    }[policy](on, spelt)


def _kukm(on: date, spelt: Spelt) -> list[Arm]:
    def beyond(column: str, months: int) -> str:
        return f"{column} <= {spelt(last_beyond(on, months))}"

    whole = f"bullet AND matures_on < {spelt(on)} AND oldest_due < {spelt(on)}"
    found: list[Arm] = [
        (
            f"{whole} AND {beyond('matures_on', classes.MATURED_MONTHS)}",
            C.LOSS,
            R.UNCOVERED,
        )
    ]
    current, substandard = classes.NO_INSTALLMENTS
    found.append(
        (f"bullet AND {beyond('interest_due', substandard)}", C.LOSS, R.UNCOVERED)
    )
    by_rhythm = [
        (
            f"NOT bullet AND rhythm = '{rhythm.value}'",
            classes.PRINCIPAL_MONTHS[rhythm],
            classes.INTEREST_MONTHS[rhythm],
        )
        for rhythm in Rhythm
    ]
    for which, principal, interest in by_rhythm:
        found.append(
            (
                f"{which} AND {beyond('principal_due', principal[1])}",
                C.LOSS,
                R.UNCOVERED,
            )
        )
        found.append(
            (f"{which} AND {beyond('interest_due', interest[1])}", C.LOSS, R.UNCOVERED)
        )
    found.append((whole, C.SUBSTANDARD, R.MATURED))
    for which, principal, _ in by_rhythm:
        found.append(
            (
                f"{which} AND {beyond('principal_due', principal[0])}",
                C.SUBSTANDARD,
                R.PRINCIPAL,
            )
        )
    for which, _, interest in by_rhythm:
        found.append(
            (
                f"{which} AND {beyond('interest_due', interest[0])}",
                C.SUBSTANDARD,
                R.INTEREST,
            )
        )
    found.append(
        (f"bullet AND {beyond('interest_due', current)}", C.SUBSTANDARD, R.INTEREST)
    )
    found.append((f"oldest_due < {spelt(on)}", C.CURRENT, R.WITHIN))
    return found


def _late(on: date, spelt: Spelt, most: int) -> str:
    """Say that something is more than so many days late."""
    return f"oldest_due < {spelt(on - timedelta(days=most))}"


def _bank5(on: date, spelt: Spelt) -> list[Arm]:
    found, above = [], C.LOSS
    for most, each in reversed(classes.BANK5):
        found.append((_late(on, spelt, most), above, R.DAYS))
        above = each
    return found


def _lkm3(on: date, spelt: Spelt) -> list[Arm]:
    (current, _), (doubtful, _) = classes.LKM3
    return [
        (f"oldest_due <= {spelt(last_beyond(on, doubtful))}", C.LOSS, R.DAYS),
        (f"oldest_due <= {spelt(last_beyond(on, current))}", C.DOUBTFUL, R.DAYS),
        (_late(on, spelt, 0), C.CURRENT, R.WITHIN),
    ]


def _pearls(on: date, spelt: Spelt) -> list[Arm]:
    long = last_beyond(on, classes.LONG_MONTHS)
    return [
        (f"oldest_due <= {spelt(long)}", C.DELINQUENT_12, R.DAYS),
        (_late(on, spelt, classes.DELINQUENT_DAYS), C.DELINQUENT, R.DAYS),
        (_late(on, spelt, 0), C.CURRENT, R.WITHIN),
    ]


def class_of(policy: Policy, on: date, spelt: Spelt) -> str:
    """Return the expression of a loan's class on a day."""
    words = [(when, each.value) for when, each, _ in arms(policy, on, spelt)]
    return _case(on, spelt, words, C.CURRENT.value)


def reason_of(policy: Policy, on: date, spelt: Spelt) -> str:
    """Return the expression of why a loan is in its class on a day."""
    words = [(when, why.value) for when, _, why in arms(policy, on, spelt)]
    return _case(on, spelt, words, R.NOTHING_LATE.value)


def _case(on: date, spelt: Spelt, words: list[tuple[str, str]], otherwise: str) -> str:
    """Return the first word that is true; what is not late comes first: most are."""
    good = (f"oldest_due IS NULL OR oldest_due >= {spelt(on)}", otherwise)
    words = [good, *words]
    inner = " ".join(f"WHEN {when} THEN '{word}'" for when, word in words)
    return f"CASE {inner} ELSE '{otherwise}' END"


def needed_of(scale: Scale, loan_class: str) -> str:
    """Return the expression of what a loan needs set aside, nothing taken off.

    ``loan_class`` is the expression of its class.
    Rounding: half to even, loan by loan, as ``allowance.needed`` does.
    """
    found: dict[str, list[str]] = {}
    for each, share in SCALES[scale].shares.items():
        if share:
            found.setdefault(_part(share.numerator, share.denominator), []).append(
                each.value
            )
    inner = " ".join(
        f"WHEN {loan_class} IN ({', '.join(map(repr, named))}) THEN {part}"
        for part, named in found.items()
    )
    return f"CASE {inner} ELSE 0 END"


def _part(above: int, below: int) -> str:
    whole = f"(outstanding * {above})"
    if below == 1:
        return whole
    quotient = f"({whole} / {below})"
    rest = f"({whole} - {quotient} * {below})"
    odd = f"{quotient} - {quotient} / 2 * 2 = 1"
    up = f"2 * {rest} > {below} OR (2 * {rest} = {below} AND {odd})"
    return f"{quotient} + CASE WHEN {up} THEN 1 ELSE 0 END"
